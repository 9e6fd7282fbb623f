/** A medium that hangs is told as one that does not answer and its worker is ended; another one goes on. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromWorker, ToWorker } from '../../kernel-worker/contract.ts';
import type { Drive, DriveList } from '../drives/drive.ts';
import { stickDrive } from '../drives/drive-fixture.ts';
import type { WorkerHandle, WorkerLauncher } from '../kernels/kernel-process.ts';
import { Media, type MediaOptions } from './media.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const TABLE = { scheme: 'none', sectorSize: 512, uuid: null, partitions: [], notices: [], wholeMedium: true } as const;
const REPORT = { sizeBytes: 1000, sectorSize: 512, table: { ...TABLE, partitions: [], notices: [] }, probes: {} };
const UNREADABLE = { errno: 'EOPNOTSUPP', kind: 'unsupported', message: 'no file system' } as const;

/** Workers that boot, find no file system, and answer `sync` unless they hang. */
function workers() {
  const killed: string[] = [];
  const hanging = new Set<string>();
  const launch = (): WorkerHandle => {
    let path = '';
    let deliver: (message: FromWorker) => void = () => {};
    return {
      send(message: ToWorker) {
        if (message.type === 'boot') {
          const { source } = message.request;
          path = 'path' in source ? source.path : '';
          queueMicrotask(() => deliver({ type: 'booted', report: { ...REPORT, lockdown: 'fake' } }));
        } else if (message.name === 'mount')
          queueMicrotask(() => deliver({ type: 'failed', id: message.id, failure: UNREADABLE }));
        else if (!hanging.has(path)) queueMicrotask(() => deliver({ type: 'answer', id: message.id, value: null }));
      },
      onMessage: (listener) => {
        deliver = listener as (message: FromWorker) => void;
      },
      onExit: () => {},
      kill: () => killed.push(path),
      residentBytes: () => null,
    };
  };
  return { launch, killed, hanging };
}

function mediaOf(drives: readonly Drive[], launch: WorkerLauncher): Media {
  const list: DriveList = {
    current: () => [...drives],
    refresh: async () => [...drives],
    onChange: () => {},
    close: () => {},
  };
  const unused = () => Promise.reject(new Error('not asked for'));
  const options: MediaOptions = {
    ...{ drives: list, launch, sandbox: true, eject: unused, takeOver: unused, sampleImage: unused },
    ...{ showAll: () => true, fatReading: () => ({ fatCodePage: '', fatTimeZone: '' }), onChange: () => {} },
  };
  return new Media(options);
}

test('is opened by its worker though main’s own opening of it does not end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-hung-'));
  // Opening a pipe that nobody writes to waits, as opening a drive that hangs does.
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const drive = stickDrive(pipe);
  const media = mediaOf([drive], workers().launch);
  const opening = media.open(drive.id);
  await vi.advanceTimersByTimeAsync(9000);
  expect(media.medium(drive.id).state).toBe('opening');
  await vi.advanceTimersByTimeAsync(1000);
  await opening;
  expect(media.opened(drive.id).direct).toBeNull();
  // Lets the opening end, whenever it began; closed with this process.
  openSync(pipe, 'r+');
  media.closeAll();
  rmSync(folder, { recursive: true });
});

test('does not answer, is told so, and the other medium is read on', async () => {
  const drives = [stickDrive('/dev/airlock-a'), stickDrive('/dev/airlock-b')];
  const { launch, killed, hanging } = workers();
  const media = mediaOf(drives, launch);
  const [a, b] = drives.map(({ id }) => id);
  await media.open(a);
  await media.open(b);
  hanging.add('/dev/airlock-a');
  const kernels = [a, b].map((id) => media.opened(id).kernel);
  const answers = kernels.map((kernel) => kernel.call('sync').then(() => 'answered', String));
  await vi.advanceTimersByTimeAsync(11_000);
  expect(await Promise.all(answers)).toEqual([
    'KernelEndedError: The medium does not answer, so the process that reads it was ended.',
    'answered',
  ]);
  expect(media.medium(a)).toMatchObject({
    state: 'failed',
    problem: {
      sentence: 'The medium does not answer, so the process that reads it was ended.',
      detail: 'no answer for 11 s',
      canRestart: true,
    },
  });
  expect(killed).toEqual(['/dev/airlock-a']);
  expect(await kernels[1].call('sync')).toBeNull();
  media.closeAll();
});
