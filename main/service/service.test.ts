/** The service over real workers and real folders: opening, listing, copying, ejecting; and workers that end. */

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { testImage } from '../../test/images/library.ts';
import { assetFile, builtFile } from '../built-files.ts';
import type { Events, Guard, ImageJob, Job, Medium, RequestName, Requests, Settings } from '../contract.ts';
import type { Drive, EjectOutcome } from '../drives/drive.ts';
import { stickDrive } from '../drives/drive-fixture.ts';
import { openDeviceSource } from '../imaging/device-source.ts';
import type { WorkerHandle } from '../kernels/kernel-process.ts';
import { nodeLauncher } from '../kernels/node-launcher.ts';
import { newTargetSide } from '../transfers/target-side.ts';
import { sampleStick } from './sample-stick.ts';
import { Service } from './service.ts';

// Processes, threads and disks take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let base = '';
let service: Service;
let drives: Drive[] = [];
let drivesChanged = () => {};
let workers: WorkerHandle[] = [];
let ejected: EjectOutcome = { safe: true, sentence: 'It may be pulled out.', detail: null };
let letsGo: EjectOutcome = { safe: true, sentence: 'The system has let go of it.', detail: null };
let guard: Guard = { state: 'off', canSwitch: true, sentence: 'This computer may mount sticks.', parts: [] };
const sample = sampleStick(assetFile('sample-stick.img.gz'));

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-service-'));
  drives = [];
  workers = [];
  const launch = nodeLauncher(builtFile('kernel-worker', 'worker.js'));
  service = new Service({
    version: '1.2.3',
    abilities: {
      ...{ shell: 'browser', dropImages: false, chooseImage: null, chooseFolder: null, reveal: null },
      chooseSavePath: async (name) => join(base, 'chosen', name),
    },
    drives: {
      current: () => drives,
      refresh: async () => drives,
      onChange: (listener) => {
        drivesChanged = listener;
      },
      close: () => {},
    },
    eject: async () => ejected,
    takeOver: async (drive) => {
      if (letsGo.safe) drives = drives.map((each) => (each.id === drive.id ? { ...each, hostMounts: [] } : each));
      return letsGo;
    },
    guard: {
      state: async () => guard,
      switch: async (on) => {
        guard = { ...guard, state: on ? 'on' : 'off' };
        return guard;
      },
    },
    openImageSource: openDeviceSource,
    launchWorker: () => {
      const worker = launch();
      workers.push(worker);
      return worker;
    },
    sandbox: true,
    settingsPath: join(base, 'settings.json'),
    newTargetSide,
    sampleImage: () => sample.path(),
  });
});

afterEach(async () => {
  await service.close();
  sample.remove();
  rmSync(base, { recursive: true, force: true });
});

// The service answers each name with that name's type.
const ask = async <Name extends RequestName>(name: Name, ...args: Parameters<Requests[Name]>) =>
  (await service.request(name, args)) as ReturnType<Requests[Name]>;

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: Error) => error.message,
  );

function imageFile(name: string, file = `${name}.img`): string {
  const path = join(base, file);
  writeFileSync(path, testImage(name).bytes());
  return path;
}

async function finished(job: Job): Promise<Job> {
  for (;;) {
    const found = (await ask('copy.list')).find((each) => each.id === job.id);
    if (found === undefined) throw new Error('the job is gone');
    if (found.finishedAtMs !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const stick = stickDrive;

describe('an image', () => {
  test('is opened under lockdown, listed, copied out and closed, and its bytes stay as they are', async () => {
    const path = imageFile('fat16-c2k-kernel');
    const before = createHash('sha256').update(readFileSync(path)).digest('hex');
    await ask('settings.change', { targetFolder: join(base, 'out') });
    const medium = await ask('media.openImage', path);
    expect(medium).toMatchObject({ kind: 'image', state: 'open', location: path, problem: null, unsandboxed: false });
    if (process.platform === 'linux') expect(medium.lockdown).toContain('seccomp');
    expect(medium.volumes[0]).toMatchObject({ id: 0, info: { fs: 'msdosfs' }, problem: null });
    // A second time it is the same medium.
    expect((await ask('media.openImage', path)).id).toBe(medium.id);

    const manifest = testImage('fat16-c2k-kernel').manifest('');
    const { listing } = await ask('folder.open', medium.id, 0, '/');
    const page = await ask('folder.read', listing, 1000);
    const inRoot = manifest.filter((entry) => /^\/[^/]+$/.test(entry.path)).map((entry) => entry.path.slice(1));
    expect(page.entries.map((entry) => entry.name).sort()).toEqual(inRoot.sort());
    expect(page.end).toBe(true);
    await ask('folder.close', listing);
    expect(await refusal(ask('folder.read', listing, 1))).toBe('This folder is no longer open.');

    const label = medium.volumes[0].info?.label?.trim();
    const job = await ask('copy.start', { mediumId: medium.id, volume: 0, paths: ['/'], target: null, policy: 'ask' });
    expect(job.target).toBe(join(base, 'out', label || 'fat16-c2k-kernel'));
    const done = await finished(job);
    const files = manifest.filter((entry) => entry.type === 'file');
    expect(done).toMatchObject({ state: 'done', doneFiles: files.length, failed: 0, problem: null });
    const items = await ask('copy.items', job.id, 0);
    for (const { path: name, sha256 } of files) expect(items.find((item) => item.path === name)?.sha256).toBe(sha256);
    await ask('copy.dismiss', job.id);
    expect(await ask('copy.list')).toEqual([]);

    expect(await ask('media.eject', medium.id, false)).toBeNull();
    expect(await ask('media.list')).toEqual([]);
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(before);
  });

  test('that is none, or is not there, is told in words', async () => {
    expect(await refusal(ask('media.openImage', join(base, 'none.img')))).toBe('This file is not there.');
    expect(await refusal(ask('media.openImage', base))).toBe('This is not an image file.');
    writeFileSync(join(base, 'text.img'), 'no file system at all'.repeat(1000));
    expect(await ask('media.openImage', join(base, 'text.img'))).toMatchObject({
      state: 'failed',
      problem: { sentence: 'There is no file system here that Airlock can read.' },
    });
  });

  test('with partitions has a volume for each that can hold files', async () => {
    const medium = await ask('media.openImage', imageFile('disk-mbr-logical-chain'));
    const mountable = medium.table?.partitions.filter((partition) => !partition.container) ?? [];
    expect(mountable.length).toBeGreaterThan(2);
    expect(medium.volumes.map((volume) => volume.id)).toEqual(mountable.map((partition) => partition.number));
    expect(await refusal(ask('folder.open', medium.id, 99, '/'))).toBe('This volume is not open.');
  });

  test('that is cut short in mid-use is a medium that was pulled out', async () => {
    const path = imageFile('fat32-c512-mtools');
    const medium = await ask('media.openImage', path);
    truncateSync(path, 512);
    const target = join(base, 'out');
    const job = await ask('copy.start', { mediumId: medium.id, volume: 0, paths: ['/'], target, policy: 'skip' });
    const done = await finished(job);
    expect(done.state).toBe('interrupted');
    expect(done.problem?.sentence).toContain('pulled out');
  });
});

describe('a worker', () => {
  test('that ends in mid-copy fails the copy and the medium, which can be started again', async () => {
    const medium = await ask('media.openImage', imageFile('fat32-c512-mtools'));
    const job = await ask('copy.start', {
      mediumId: medium.id,
      volume: 0,
      paths: ['/'],
      target: join(base, 'out'),
      policy: 'skip',
    });
    workers[0].kill();
    const done = await finished(job);
    expect(done.state).toBe('interrupted');
    expect(done.problem?.sentence).toBe('The process that reads this medium ended unexpectedly.');
    const [failed] = await ask('media.list');
    expect(failed).toMatchObject({
      state: 'failed',
      problem: { canRestart: true, detail: expect.stringContaining('SIGKILL') },
    });
    expect(await refusal(ask('folder.open', medium.id, 0, '/'))).toBe('This medium is not open.');
    expect(await ask('media.restart', medium.id)).toMatchObject({ id: medium.id, state: 'open' });
    expect(workers).toHaveLength(2);
    // It is the same medium as before, so that the copy can go on.
    expect((await ask('copy.list'))[0]).toMatchObject({ id: job.id, canResume: true });
    await ask('copy.resume', job.id);
    expect(await finished(job)).toMatchObject({ state: 'done', failed: 0, missingFiles: 0, canResume: false });
  });

  test('is one for each medium, however often it is asked for', async () => {
    const path = imageFile('fat12-1440k-mtools');
    const first = await ask('media.openImage', path);
    await ask('media.eject', first.id, false);
    await Promise.all([ask('media.openSample'), ask('media.openSample')]);
    const again = await ask('media.openSample');
    expect(again.volumes[0].info?.label).toBe('SAMPLE');
    expect((await ask('media.list')).filter((medium) => medium.kind === 'sample')).toHaveLength(1);
  });
});

describe('drives', () => {
  test('are shown when they can be pulled out; the others on request, and the system’s own is never opened', async () => {
    drives = [
      stick('/dev/sdb'),
      stick('/dev/sda', { system: true, removable: false }),
      stick('/dev/sdc', { removable: false }),
    ];
    drivesChanged();
    expect((await ask('media.list')).map((medium) => medium.location)).toEqual(['/dev/sdb']);
    await ask('settings.change', { showAllMedia: true });
    expect((await ask('media.list')).map((medium) => medium.location)).toEqual(['/dev/sdb', '/dev/sda', '/dev/sdc']);
    expect(await refusal(ask('media.open', 'device:/dev/sda:1'))).toBe(
      'The computer runs from this disk. Airlock does not open it.',
    );
    expect(await refusal(ask('media.restart', 'device:/dev/sda:1'))).toContain('does not open it');
    expect(await refusal(ask('media.eject', 'device:/dev/sda:1', true))).toContain('not ejected');
    expect(workers).toHaveLength(0);
  });

  test('come and go with events, and say when they cannot be opened', async () => {
    const events: Medium[][] = [];
    service.on((name, payload) => {
      if (name === 'media') events.push(payload as Events['media']);
    });
    drives = [stick('/dev/airlock-none')];
    drivesChanged();
    const opened = await ask('media.open', drives[0].id);
    expect(opened).toMatchObject({ state: 'failed', problem: { canRestart: true } });
    drives = [];
    drivesChanged();
    expect(await ask('media.list')).toMatchObject([
      { state: 'gone', problem: { sentence: 'The medium was pulled out.', canRestart: false } },
    ]);
    expect(await refusal(ask('media.open', opened.id))).toBe('This medium was pulled out.');
    expect(await ask('media.eject', opened.id, false)).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(events.at(-1)).toEqual([]);
  });

  test('that nobody has opened leave the list at once, and may come back', async () => {
    drives = [stick('/dev/sdb')];
    drivesChanged();
    drives = [];
    drivesChanged();
    expect(await ask('media.list')).toEqual([]);
    drives = [stick('/dev/sdb')];
    drivesChanged();
    expect(await ask('media.list')).toMatchObject([{ state: 'present' }]);
  });

  test('that are ejected can be pulled out, or say why not', async () => {
    drives = [stick('/dev/sdb')];
    drivesChanged();
    expect(await ask('media.eject', drives[0].id, false)).toMatchObject({
      state: 'ejected',
      problem: { sentence: 'It may be pulled out.' },
    });
    // Switched off, it is no longer among the drives; that it may be pulled out is still to be read.
    drives = [];
    drivesChanged();
    expect(await ask('media.list')).toMatchObject([{ state: 'ejected' }]);
    drives = [stick('/dev/sdb')];
    drivesChanged();
    expect(await ask('media.list')).toMatchObject([{ state: 'present', problem: null }]);
    ejected = { safe: false, sentence: 'A program has files of it open.', detail: 'busy' };
    expect(await ask('media.eject', drives[0].id, false)).toMatchObject({
      state: 'present',
      problem: { sentence: 'A program has files of it open.', detail: 'busy' },
    });
  });
});

describe('copies', () => {
  test('hold an eject back, unless it is forced, which leaves no half file', async () => {
    const medium = await ask('media.openSample');
    const target = join(base, 'out');
    const first = await ask('copy.start', { mediumId: medium.id, volume: 0, paths: ['/'], target, policy: 'skip' });
    await finished(first);
    // Everything is there already: the copy asks, and waits for the answer.
    const asking = await ask('copy.start', { mediumId: medium.id, volume: 0, paths: ['/'], target, policy: 'ask' });
    expect(await refusal(ask('media.eject', medium.id, false))).toBe(
      'Something is still being copied from this medium.',
    );
    expect(await ask('media.eject', medium.id, true)).toBeNull();
    expect((await finished(asking)).state).toBe('cancelled');
    expect(await refusal(ask('copy.answer', asking.id, 'skip', false))).toBe('This copy has no open question.');
  });

  test('ask, are answered, and rename', async () => {
    const medium = await ask('media.openSample');
    const target = join(base, 'out');
    mkdirSync(target);
    writeFileSync(join(target, 'Welcome.txt'), 'mine');
    const job = await ask('copy.start', {
      mediumId: medium.id,
      volume: 0,
      paths: ['/Welcome.txt'],
      target,
      policy: 'ask',
    });
    let asked: Job | undefined;
    while (asked?.state !== 'asking') {
      await new Promise((resolve) => setTimeout(resolve, 10));
      asked = (await ask('copy.list'))[0];
    }
    expect(asked.conflict).toMatchObject({
      path: '/Welcome.txt',
      targetPath: join(target, 'Welcome.txt'),
      existing: { sizeBytes: 4 },
    });
    await ask('copy.answer', job.id, 'rename', true);
    expect(await refusal(ask('copy.answer', job.id, 'skip', false))).toBe('This copy has no open question.');
    expect(await finished(job)).toMatchObject({ state: 'done', renamed: 1 });
    expect(readFileSync(join(target, 'Welcome.txt'), 'utf8')).toBe('mine');
    expect(statSync(join(target, 'Welcome (2).txt')).size).toBeGreaterThan(100);
  });

  test('are reported where the user said in the system’s dialog, once, and nowhere else', async () => {
    const medium = await ask('media.openSample');
    const request = { mediumId: medium.id, volume: 0, paths: ['/Welcome.txt'], target: join(base, 'out') };
    const { id } = await finished(await ask('copy.start', { ...request, policy: 'skip' }));
    const elsewhere = join(base, 'chosen', 'SHA256SUMS');
    const save = (path: string | null) => ask('copy.saveReport', id, 'sha256sum', path);
    expect(await refusal(save(elsewhere))).toBe('This request is not as it should be.');
    expect(existsSync(elsewhere)).toBe(false);
    expect(await ask('host.saveFile', 'SHA256SUMS')).toBe(elsewhere);
    expect(await save(elsewhere)).toEqual({ path: elsewhere });
    expect(await refusal(save(elsewhere))).toBe('This request is not as it should be.');
    expect(await save(null)).toEqual({ path: join(base, 'out', 'SHA256SUMS') });
  });

  test('do not go onto the medium itself', async () => {
    const path = imageFile('fat12-1440k-mtools');
    drives = [stick(path, { hostMounts: [join(base, 'mounted')] })];
    drivesChanged();
    const medium = await ask('media.openSample');
    Object.assign(service.media.medium(medium.id), { hostMounts: [join(base, 'mounted')] });
    const request = {
      mediumId: medium.id,
      volume: 0,
      paths: ['/'],
      target: join(base, 'mounted', 'x'),
      policy: 'ask' as const,
    };
    expect(await refusal(ask('copy.start', request))).toContain('on the medium itself');
    expect(existsSync(join(base, 'mounted'))).toBe(false);
    mkdirSync(join(base, 'mounted'));
    symlinkSync(join(base, 'mounted'), join(base, 'link'));
    expect(await refusal(ask('copy.start', { ...request, target: join(base, 'link', 'x') }))).toContain(
      'on the medium itself',
    );
    expect(readdirSync(join(base, 'mounted'))).toEqual([]);
    expect(await refusal(ask('copy.start', { ...request, target: 'here' }))).toContain('its whole path');
  });
});

describe('after its end the service', () => {
  test('begins nothing, and ends what was being opened', async () => {
    const path = imageFile('fat16-c2k-kernel');
    const opening = refusal(service.request('media.openImage', [path]));
    await service.close();
    await opening;
    expect(workers).toHaveLength(1);
    await vi.waitFor(() => expect(workers[0].residentBytes()).toBeNull(), { timeout: 20_000 });
    expect(await refusal(service.request('media.openSample', []))).not.toBeNull();
    expect(workers).toHaveLength(1);
  });
});

test('settings reach whoever listens', async () => {
  const seen: Settings[] = [];
  service.on((name, payload) => {
    if (name === 'settings') seen.push(payload as Settings);
  });
  await ask('settings.change', { showHidden: true });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(seen).toMatchObject([{ showHidden: true }]);
});

describe('a medium that the host has mounted', () => {
  test('is taken over: the host lets go, and it is opened', async () => {
    const path = imageFile('fat16-c2k-kernel', 'sdx');
    drives = [stick(path, { hostMounts: ['/media/me/STICK'], sizeBytes: statSync(path).size })];
    drivesChanged();
    const [present] = await ask('media.list');
    expect(present).toMatchObject({ hostMounts: ['/media/me/STICK'], vendor: 'SanDisk', speedMbitPerSecond: 480 });
    expect(await ask('media.takeOver', present.id)).toMatchObject({ state: 'open', hostMounts: [] });
  });

  test('stays as it is when somebody holds it, and the reason is told', async () => {
    const path = imageFile('fat16-c2k-kernel', 'sdx');
    drives = [stick(path, { hostMounts: ['/media/me/STICK'] })];
    drivesChanged();
    letsGo = { safe: false, sentence: 'The system could not let go of it: less (812) uses it.', detail: null };
    const [present] = await ask('media.list');
    expect(await refusal(service.request('media.takeOver', [present.id]))).toBe(letsGo.sentence);
    expect(await ask('media.list')).toMatchObject([{ state: 'present', hostMounts: ['/media/me/STICK'] }]);
    letsGo = { safe: true, sentence: 'The system has let go of it.', detail: null };
  });

  test('is kept from being mounted by the switch, which tells what then is so', async () => {
    expect(await ask('guard.state')).toMatchObject({ state: 'off' });
    expect(await ask('guard.switch', true)).toMatchObject({ state: 'on' });
    expect(await ask('guard.switch', false)).toMatchObject({ state: 'off' });
  });
});

describe('an empty slot', () => {
  test('is told as what it is and not opened', async () => {
    drives = [stick('/dev/sdq', { hasMedium: false, sizeBytes: null })];
    drivesChanged();
    const [slot] = await ask('media.list');
    expect(slot).toMatchObject({ hasMedium: false, state: 'present' });
    expect(await refusal(service.request('media.open', [slot.id]))).toBe('There is no medium in this drive.');
  });
});

describe('an image of a stick', () => {
  const ended = async (id: string): Promise<ImageJob> =>
    vi.waitFor(
      async () => {
        const job = (await ask('imaging.list')).find((each) => each.id === id);
        if (job === undefined || job.finishedAtMs === null) throw new Error('not finished');
        return job;
      },
      { timeout: 30_000, interval: 20 },
    );

  test('is saved under a name of its own, with its hash, and is the stick byte for byte', async () => {
    const path = imageFile('fat16-c2k-kernel', 'sdx');
    drives = [stick(path, { sizeBytes: statSync(path).size })];
    drivesChanged();
    const folder = join(base, 'images');
    mkdirSync(folder);
    const [medium] = await ask('media.list');
    const job = await ended((await ask('imaging.start', medium.id, folder)).id);
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
    expect(job).toMatchObject({ state: 'done', sha256: hash, doneBytes: statSync(path).size, unreadableBytes: 0 });
    expect(job.path).toMatch(/SanDisk Ultra \d{4}-\d\d-\d\d\.img$/);
    expect(createHash('sha256').update(readFileSync(job.path)).digest('hex')).toBe(hash);
    await ask('imaging.dismiss', job.id);
    expect(await ask('imaging.list')).toEqual([]);
  });

  test('that was begun in the folder is gone on with, and another stick gets another name', async () => {
    const path = imageFile('fat16-c2k-kernel', 'sdx');
    drives = [stick(path, { sizeBytes: statSync(path).size })];
    drivesChanged();
    const folder = join(base, 'images');
    mkdirSync(folder);
    const [medium] = await ask('media.list');
    const first = await ask('imaging.start', medium.id, folder);
    await ask('imaging.cancel', first.id);
    const cancelled = await ended(first.id);
    expect(existsSync(first.path)).toBe(cancelled.state === 'done');
    if (cancelled.state === 'cancelled') {
      expect((await ask('imaging.start', medium.id, folder)).path).toBe(first.path);
    }
    await vi.waitFor(async () =>
      expect((await ask('imaging.list')).every((job) => job.finishedAtMs !== null)).toBe(true),
    );
    const other = await ask('imaging.start', medium.id, folder);
    expect(other.path).not.toBe(first.path);
    await ended(other.id);
  });

  test('is refused of what is no device', async () => {
    const medium = await ask('media.openImage', imageFile('fat16-c2k-kernel'));
    expect(await refusal(service.request('imaging.start', [medium.id, base]))).toBe(
      'Only a stick, card or drive that is plugged in can be saved as an image.',
    );
  });
});
