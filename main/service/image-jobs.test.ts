/** Beginning an image: once a medium, not onto the medium itself, not of one that leaves, and never waiting without end for one that does not answer. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Drive, EjectOutcome } from '../drives/drive.ts';
import { stickDrive } from '../drives/drive-fixture.ts';
import type { OpenedSource } from '../imaging/device-source.ts';
import type { ImageSource } from '../imaging/save-image.ts';
import { ImageJobs } from './image-jobs.ts';
import { Media } from './media.ts';

const SIZE = 64 * 1024;
const RUNNING = 'An image of this medium is being saved already.';
const NOT_THERE = 'Only a stick, card or drive that is plugged in can be saved as an image.';

let folder = '';
let drives: Drive[] = [];
let media: Media;
let changed = () => {};
let eject: () => Promise<EjectOutcome>;
let jobs: ImageJobs;
/** What opening a device gives; and how often a source was opened and closed. */
let open: () => Promise<OpenedSource>;
let opened = 0;
let closed = 0;

const unused = () => Promise.reject(new Error('not asked for'));
const id = (name: string) => `device:${name}:1`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-images-'));
  drives = [stickDrive('/dev/airlock-a', { sizeBytes: SIZE }), stickDrive('/dev/airlock-b', { sizeBytes: SIZE })];
  [opened, closed] = [0, 0];
  open = async () => sourceOf(async (into) => into.fill(7).length);
  eject = async () => ({ safe: true, sentence: '', detail: null });
  media = new Media({
    drives: {
      current: () => drives,
      refresh: async () => drives,
      onChange: (listener) => {
        changed = listener;
      },
      close: () => {},
    },
    ...{ sandbox: true, takeOver: unused, sampleImage: unused, eject: () => eject() },
    launch: () => {
      throw new Error('no worker is needed');
    },
    ...{ showAll: () => true, fatReading: () => ({ fatCodePage: '', fatTimeZone: '' }), onChange: () => {} },
  });
  const keyPath = join(folder, 'settings', 'images.key');
  jobs = new ImageJobs({ media, openSource: () => open(), keyPath, onChange: () => {}, answerLimitMs: 50 });
});
afterEach(async () => {
  await jobs.cancelAll(null);
  rmSync(folder, { recursive: true, force: true });
});

function sourceOf(read: ImageSource['read']): OpenedSource {
  opened += 1;
  const close = () => {
    closed += 1;
  };
  return { source: { sizeBytes: SIZE, pieceBytes: 4096, read }, close };
}

/** Reads of all sources wait until they are let go. */
function held(): { let: () => void } {
  let go = () => {};
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  open = async () =>
    sourceOf(async (into) => {
      await gone;
      return into.fill(7).length;
    });
  return { let: () => go() };
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: Error) => error.message,
  );
const allEnded = () => vi.waitFor(() => expect(jobs.list().every((job) => job.finishedAtMs !== null)).toBe(true));

describe('an image', () => {
  test('is begun once though it is asked for twice at once', async () => {
    const hold = held();
    const first = jobs.start(id('/dev/airlock-a'), folder);
    expect(jobs.isBusy(id('/dev/airlock-a'))).toBe(true);
    expect(await refusal(jobs.start(id('/dev/airlock-a'), folder))).toBe(RUNNING);
    hold.let();
    await first;
    await allEnded();
    expect(jobs.list()).toHaveLength(1);
    expect([opened, closed]).toEqual([1, 1]);
  });

  test('of another stick of the same kind and content goes into a file of its own', async () => {
    const hold = held();
    const both = Promise.all(['/dev/airlock-a', '/dev/airlock-b'].map((name) => jobs.start(id(name), folder)));
    hold.let();
    const [a, b] = await both;
    expect(b.path).toBe(a.path.replace(/\.img$/, ' (2).img'));
    await allEnded();
    expect(jobs.list().map(({ state }) => state)).toEqual(['done', 'done']);
    expect(readFileSync(b.path).equals(Buffer.alloc(SIZE, 7))).toBe(true);
  });

  test('is gone on with once though it is asked for twice at once', async () => {
    open = async () => sourceOf(async (into, at) => (at === 0 && into.length > 4096 ? 0 : into.fill(7).length));
    const { id: job } = await jobs.start(id('/dev/airlock-a'), folder);
    await allEnded();
    expect(jobs.list()).toMatchObject([{ state: 'interrupted' }]);
    const hold = held();
    const first = jobs.resume(job);
    expect(await refusal(jobs.resume(job))).toBe(RUNNING);
    hold.let();
    await first;
    expect(await refusal(jobs.resume(job))).not.toBe(null);
    await allEnded();
    expect(jobs.list()).toMatchObject([{ id: job, state: 'done' }]);
    expect(closed).toBe(opened);
  });

  test('is not begun of a medium that is being ejected, or was', async () => {
    let finish = () => {};
    eject = () =>
      new Promise((resolve) => {
        finish = () => resolve({ safe: true, sentence: '', detail: null });
      });
    const ejecting = media.eject(id('/dev/airlock-a'));
    expect(media.medium(id('/dev/airlock-a')).state).toBe('ejecting');
    expect(await refusal(jobs.start(id('/dev/airlock-a'), folder))).toBe(NOT_THERE);
    finish();
    await ejecting;
    expect(await refusal(jobs.start(id('/dev/airlock-a'), folder))).toBe(NOT_THERE);
    expect(opened).toBe(0);
  });

  test('is not begun of a medium that went while it was opened, and leaves nothing open', async () => {
    let go = () => {};
    open = () =>
      new Promise((resolve) => {
        go = () => resolve(sourceOf(async (into) => into.length));
      });
    const starting = refusal(jobs.start(id('/dev/airlock-a'), folder));
    drives = [];
    changed();
    go();
    expect(await starting).toBe('This medium is no longer there.');
    expect([opened, closed]).toEqual([1, 1]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is not begun of the disk from which the computer runs', async () => {
    drives = [stickDrive('/dev/airlock-a', { system: true })];
    changed();
    expect(await refusal(jobs.start(id('/dev/airlock-a'), folder))).not.toBe(null);
    expect(opened).toBe(0);
  });
});

describe('cancelling everything of a medium', () => {
  test('ends a beginning that waits for the user, and closes what is opened later', async () => {
    let go = () => {};
    open = () =>
      new Promise((resolve) => {
        go = () => resolve(sourceOf(async (into) => into.length));
      });
    const starting = refusal(jobs.start(id('/dev/airlock-a'), folder));
    await jobs.cancelAll(id('/dev/airlock-a'));
    expect(await starting).toBe('The image could not be saved.');
    expect(jobs.isBusy(null)).toBe(false);
    go();
    await vi.waitFor(() => expect(closed).toBe(1));
    expect(jobs.list()).toEqual([]);
  });

  test('ends a beginning whose medium does not answer, and closes it', async () => {
    open = async () => sourceOf(() => new Promise(() => {}));
    const starting = refusal(jobs.start(id('/dev/airlock-a'), folder));
    await vi.waitFor(() => expect(opened).toBe(1));
    await jobs.cancelAll(null);
    expect(await starting).toBe('The image could not be saved.');
    expect([closed, jobs.list()]).toEqual([1, []]);
  });
});

test('a medium that does not answer is not waited for without end', async () => {
  open = async () => sourceOf(() => new Promise(() => {}));
  expect(await refusal(jobs.start(id('/dev/airlock-a'), folder))).toMatch(/^The medium does not answer\./);
  expect([opened, closed]).toEqual([1, 1]);
  expect(jobs.isBusy(null)).toBe(false);
});

describe('the folder of an image', () => {
  const ON_MEDIUM = 'This folder is on the medium itself. Choose one on another disk.';
  beforeEach(() => {
    mkdirSync(join(folder, 'mounted', 'images'), { recursive: true });
    drives = [stickDrive('/dev/airlock-a', { sizeBytes: SIZE, hostMounts: [join(folder, 'mounted')] })];
    changed();
  });

  test.each(['mounted', 'mounted/images', 'link', 'link/images', 'link/new folder'])(
    '%s is refused where the medium is mounted there',
    async (name) => {
      symlinkSync(join(folder, 'mounted'), join(folder, 'link'));
      expect(await refusal(jobs.start(id('/dev/airlock-a'), join(folder, name)))).toBe(ON_MEDIUM);
      expect(opened).toBe(0);
    },
  );

  test('is taken beside it', async () => {
    mkdirSync(join(folder, 'mounted too'));
    await jobs.start(id('/dev/airlock-a'), join(folder, 'mounted too'));
    await allEnded();
    expect(jobs.list()).toMatchObject([{ state: 'done' }]);
  });

  test('is given by its whole path', async () => {
    const path = relative(process.cwd(), folder);
    expect(await refusal(jobs.start(id('/dev/airlock-a'), path))).toBe('A folder must be given with its whole path.');
  });
});
