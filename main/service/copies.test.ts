/** The queue of copies over real workers and real folders: turns, pauses, other runs, a medium that comes back, reports, files to be dragged. */

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { placeStick, type StickFile } from '../../test/end-to-end/sticks.ts';
import { testImage } from '../../test/images/library.ts';
import { builtFile } from '../built-files.ts';
import type { Job, Medium } from '../contract.ts';
import { nodeLauncher } from '../kernels/node-launcher.ts';
import type { Trash } from '../transfers/copy-undo.ts';
import type { TargetSide } from '../transfers/orders.ts';
import { newTargetSide } from '../transfers/target-side.ts';
import { Copies } from './copies.ts';
import { Media } from './media.ts';
import { fingerprintOf } from './resume-offers.ts';
import { SettingsFile } from './settings.ts';

// Processes, threads and disks take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MB = 1024 * 1024;
let base = '';
let media: Media;
let copies: Copies;
let settings: SettingsFile;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-copies-'));
  media = new Media({
    drives: { current: () => [], refresh: async () => [], onChange: () => {}, close: () => {} },
    eject: async () => ({ safe: true, sentence: '', detail: null }),
    takeOver: async () => ({ safe: true, sentence: '', detail: null }),
    launch: nodeLauncher(builtFile('kernel-worker', 'worker.js')),
    sandbox: true,
    sampleImage: async () => '',
    showAll: () => true,
    fatReading: () => settings.current,
    onChange: () => copies?.mediaChanged(),
  });
  settings = new SettingsFile(join(base, 'settings.json'));
  settings.change({ targetFolder: join(base, 'out') });
  hold.at = Number.POSITIVE_INFINITY;
  copies = new Copies({
    media,
    settings,
    newTargetSide: holdingSide,
    dragListPath: join(base, 'drags.json'),
    trash,
    onChange: () => {},
  });
});
afterEach(async () => {
  await copies.cancelAll(null);
  media.closeAll();
  rmSync(base, { recursive: true, force: true });
});

/** Stands for the system's. */
const trash: Trash = async (paths) => {
  for (const path of paths) rmSync(path);
};

const find = (id: string) => copies.list().find((job) => job.id === id);
const stateOf = (id: string) => find(id)?.state;

async function ended(id: string): Promise<Job> {
  await expect.poll(() => find(id)?.finishedAtMs ?? null, { timeout: 50_000, interval: 10 }).not.toBeNull();
  const job = find(id);
  if (job === undefined) throw new Error('the job is gone');
  return job;
}

function stick(name: string, files: readonly StickFile[]): Promise<Medium> {
  return media.openImage(placeStick(base, name, 'STICK', [], files));
}
const start = (medium: Medium, target: string, paths = ['/']) =>
  copies.start({ mediumId: medium.id, volume: 0, paths, target: join(base, target), policy: 'skip' });
const files = (count: number, sizeBytes: number) =>
  Array.from({ length: count }, (_, i) => ({ name: `file ${i}.bin`, sizeBytes }));

/** The large file before which the next copy is held up, and what lets it go on. */
const hold = { at: Number.POSITIVE_INFINITY, waiting: [] as (() => void)[] };

function holdingSide(): TargetSide {
  const side = newTargetSide();
  const { beginLarge } = side;
  let begun = 0;
  side.beginLarge = async (order) => {
    begun += 1;
    if (begun > hold.at) await new Promise<void>((go) => hold.waiting.push(go));
    return beginLarge(order);
  };
  return side;
}

/** Starts a copy of large files and pauses it when so many are whole: it is then before the next one. */
async function startAndPause(medium: Medium, target: string, wholeFiles: number): Promise<string> {
  hold.at = wholeFiles;
  const { id } = start(medium, target);
  await expect.poll(() => hold.waiting.length, { timeout: 50_000, interval: 5 }).toBe(1);
  copies.pause(id);
  expect(stateOf(id)).toBe('paused');
  hold.at = Number.POSITIVE_INFINITY;
  for (const go of hold.waiting.splice(0)) go();
  return id;
}

describe('the queue', () => {
  test('works off one medium’s copies one after the other, and another medium’s beside them', async () => {
    const first = await stick('first.img', files(4, 4 * MB));
    const second = await stick('second.img', files(2, MB));
    const a = await startAndPause(first, 'a', 1);
    const b = start(first, 'b');
    const c = start(second, 'c');
    expect(stateOf(b.id)).toBe('waiting');
    expect(await ended(c.id)).toMatchObject({ state: 'done', doneFiles: 2 });
    expect(stateOf(b.id)).toBe('waiting');
    copies.resume(a);
    expect(await ended(a)).toMatchObject({ state: 'done', doneFiles: 4, doneBytes: 16 * MB });
    expect(await ended(b.id)).toMatchObject({ state: 'done', doneFiles: 4 });
  });

  test('cancels one that waits without touching the one before it', async () => {
    const medium = await stick('first.img', files(3, 4 * MB));
    const a = await startAndPause(medium, 'a', 1);
    const b = start(medium, 'b');
    copies.cancel(b.id);
    expect(await ended(b.id)).toMatchObject({ state: 'cancelled', totalFiles: null });
    expect(existsSync(join(base, 'b'))).toBe(false);
    copies.resume(a);
    expect(await ended(a)).toMatchObject({ state: 'done' });
    expect(() => copies.pause(a)).toThrow('This copy cannot be paused now.');
    // What was cancelled can be begun again.
    copies.retry(b.id);
    expect(await ended(b.id)).toMatchObject({ state: 'done', doneFiles: 3 });
    expect(() => copies.retry(b.id)).toThrow('There is nothing left to be copied here.');
  });
});

describe('a medium that goes', () => {
  test('interrupts its copy, which says what is missing and goes on when the same one is back', async () => {
    const medium = await stick('stick.img', files(6, 4 * MB));
    const image = readFileSync(medium.location);
    const id = await startAndPause(medium, 'out', 2);
    truncateSync(medium.location, 4096);
    copies.resume(id);
    const interrupted = await ended(id);
    expect(interrupted).toMatchObject({ state: 'interrupted', canResume: false });
    expect(interrupted).toMatchObject({ doneFiles: 2, failed: 0, missingFiles: 4, missingBytes: 16 * MB });
    expect(readdirSync(join(base, 'out'))).toHaveLength(2);
    expect(() => copies.resume(id)).toThrow('The medium is not there as it was.');
    const firstDates = new Map(
      readdirSync(join(base, 'out')).map((name) => [name, statSync(join(base, 'out', name)).ino]),
    );

    await media.eject(medium.id);
    writeFileSync(medium.location, image);
    const back = await media.openImage(medium.location);
    expect(back.id).not.toBe(medium.id);
    expect(find(id)).toMatchObject({ state: 'interrupted', canResume: true, mediumId: back.id });
    copies.resume(id);
    expect(await ended(id)).toMatchObject({
      state: 'done',
      doneFiles: 6,
      failed: 0,
      missingFiles: 0,
      canResume: false,
    });
    // Those that were whole are the same files as before.
    for (const [name, ino] of firstDates) expect(statSync(join(base, 'out', name)).ino).toBe(ino);
  });

  test('is closed under a copy only when that reads it no more', async () => {
    const medium = await stick('stick.img', files(3, 4 * MB));
    hold.at = 1;
    const { id } = start(medium, 'out');
    await expect.poll(() => hold.waiting.length, { timeout: 50_000, interval: 5 }).toBe(1);
    const fd = media.opened(medium.id).direct?.medium.fd ?? -1;
    const { ino } = statSync(medium.location);
    const isTheMedium = () => {
      try {
        return fstatSync(fd).ino === ino;
      } catch {
        return false;
      }
    };
    await media.eject(medium.id);
    // Still the medium's, so that no other file gets the number by which the copy reads.
    expect(isTheMedium()).toBe(true);
    for (const go of hold.waiting.splice(0)) go();
    expect(await ended(id)).toMatchObject({ state: 'interrupted' });
    expect(isTheMedium()).toBe(false);
  });

  test('and comes back changed is another one', async () => {
    const medium = await stick('stick.img', files(4, 4 * MB));
    const id = await startAndPause(medium, 'out', 1);
    const image = readFileSync(medium.location);
    truncateSync(medium.location, 4096);
    copies.resume(id);
    await ended(id);
    await media.eject(medium.id);
    // A volume serial number of another formatting (fatgen103, BS_VolID of FAT16).
    image.writeUInt32LE(0x12345678, 39);
    writeFileSync(medium.location, image);
    await media.openImage(medium.location);
    expect(find(id)).toMatchObject({ state: 'interrupted', canResume: false });
  });

  test('and is opened again as another one is not copied from into the same folder', async () => {
    const medium = await stick('stick.img', files(4, 4 * MB));
    const id = await startAndPause(medium, 'out', 1);
    copies.cancel(id);
    expect(await ended(id)).toMatchObject({ state: 'cancelled' });
    const image = readFileSync(medium.location);
    image.writeUInt32LE(0x12345678, 39);
    writeFileSync(medium.location, image);
    expect(await media.restart(medium.id)).toMatchObject({ state: 'open' });
    expect(() => copies.retry(id)).toThrow('The medium is not there as it was.');
  });

  test('is known by device, size, file system and its state', async () => {
    const open = await stick('stick.img', files(1, MB));
    const device: Medium = {
      ...open,
      kind: 'device',
      vendor: 'SanDisk',
      model: 'Ultra',
      serial: '1',
      location: '/dev/sdb',
    };
    const known = fingerprintOf(device, 0);
    expect(known).not.toBeNull();
    expect(fingerprintOf({ ...device, id: 'other', location: '/dev/sdc' }, 0)).toBe(known);
    expect(fingerprintOf({ ...device, serial: '2' }, 0)).not.toBe(known);
    expect(fingerprintOf({ ...device, sizeBytes: 1 }, 0)).not.toBe(known);
    expect(fingerprintOf({ ...device, state: 'present' }, 0)).toBeNull();
    const volume = device.volumes[0];
    if (volume.statvfs === null) throw new Error('no statvfs');
    const written = { ...volume, statvfs: { ...volume.statvfs, freeBytes: 0 } };
    expect(fingerprintOf({ ...device, volumes: [written] }, 0)).not.toBe(known);
  });
});

describe('a report', () => {
  test('is written beside the copied files, over nothing, and is what sha256sum expects', async () => {
    const path = join(base, 'fat.img');
    writeFileSync(path, testImage('fat16-c2k-kernel').bytes());
    const medium = await media.openImage(path);
    const { id, target } = start(medium, 'out');
    expect(await ended(id)).toMatchObject({ state: 'done', failed: 0 });
    const html = copies.saveReport(id, 'html', null).path;
    expect(html).toMatch(/Airlock report \d{4}-\d\d-\d\d\.html$/);
    expect(dirname(html)).toBe(target);
    const { path: sums } = copies.saveReport(id, 'sha256sum', null);
    expect(sums).toBe(join(target, 'SHA256SUMS'));
    const checked = execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: target });
    expect(checked.toString()).toBe('');
    expect(copies.saveReport(id, 'sha256sum', null).path).toBe(join(target, 'SHA256SUMS (2)'));
    const elsewhere = join(base, 'reports', 'mine.html');
    expect(copies.saveReport(id, 'html', elsewhere).path).toBe(elsewhere);
    expect(readFileSync(elsewhere, 'utf8')).toBe(readFileSync(html, 'utf8'));
    expect(() => copies.saveReport(id, 'html', join(path, 'x.html'))).toThrow('The report cannot be written to');
  });
});

describe('files to be dragged out', () => {
  test('are fetched into a private folder, are among what may be dragged, and are gone at the end', async () => {
    const medium = await stick('stick.img', [...files(2, MB), { name: 'other.bin', sizeBytes: MB }]);
    const { paths } = await copies.prepareDrag(medium.id, 0, ['/file 0.bin', '/file 1.bin']);
    expect(paths.map((path) => statSync(path).size)).toEqual([MB, MB]);
    const folder = dirname(paths[0]);
    expect(dirname(dirname(folder))).toBe(join(base, 'out'));
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(copies.list()).toEqual([]);
    expect(copies.hasWritten(paths)).toBe(true);
    expect(copies.hasWritten([...paths, join(base, 'settings.json')])).toBe(false);
    await expect(copies.prepareDrag(medium.id, 0, ['/none'])).rejects.toThrow();
    await copies.cancelAll(null);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('undoing', () => {
  test('takes back what a copy wrote in all its runs, with its folders, and nothing that was there', async () => {
    const medium = await stick('first.img', files(3, 4 * MB));
    const id = await startAndPause(medium, 'a', 1);
    writeFileSync(join(base, 'a', 'mine.txt'), 'mine');
    copies.cancel(id);
    expect(await ended(id)).toMatchObject({ state: 'cancelled', copied: 1, canUndo: true });
    copies.retry(id);
    expect(find(id)).toMatchObject({ canUndo: false });
    await expect(copies.undo(id)).rejects.toThrow('This copy cannot be undone any more.');
    expect(await ended(id)).toMatchObject({ state: 'done', copied: 3, canUndo: true });
    expect(await copies.undo(id)).toEqual({ trashed: 3, left: 0, problem: null });
    expect(readdirSync(join(base, 'a'))).toEqual(['mine.txt']);
    expect(find(id)).toBeUndefined();
  });

  test('leaves what the copy replaced, and what it left keeps its job', async () => {
    const medium = await stick('first.img', files(2, 1000));
    const request = { mediumId: medium.id, volume: 0, paths: ['/'], target: join(base, 'a') };
    const first = copies.start({ ...request, policy: 'skip' });
    await ended(first.id);
    const again = copies.start({ ...request, policy: 'overwrite' });
    expect(await ended(again.id)).toMatchObject({ copied: 2, canUndo: false });
    // The first copy's files were replaced: they are no longer its own.
    expect(await copies.undo(first.id)).toEqual({ trashed: 0, left: 2, problem: null });
    expect(find(first.id)).toMatchObject({ state: 'done', canUndo: false });
    expect(readdirSync(join(base, 'a'))).toHaveLength(2);
  });

  test('takes back what was written beside a file that was there', async () => {
    const medium = await stick('first.img', files(1, 1000));
    const request = { mediumId: medium.id, volume: 0, paths: ['/'], target: join(base, 'a') };
    mkdirSync(join(base, 'a'));
    writeFileSync(join(base, 'a', 'file 0.bin'), 'mine');
    const { id } = copies.start({ ...request, policy: 'rename' });
    expect(await ended(id)).toMatchObject({ copied: 1, renamed: 1, canUndo: true });
    expect(await copies.undo(id)).toEqual({ trashed: 1, left: 0, problem: null });
    expect(readFileSync(join(base, 'a', 'file 0.bin'), 'utf8')).toBe('mine');
    expect(readdirSync(join(base, 'a'))).toEqual(['file 0.bin']);
  });
});
