/** Runs of the copy engine: paused and gone on with, repeated over what an earlier run left, restricted to some content, with marks of provenance. */

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fileEntry, zipFile } from '../../test/builders/zip.ts';
import { type MountedKernel, treeKernel } from '../../test/support/kernel-in-process.ts';
import { readAttribute } from '../../test/support/xattr.ts';
import { KernelCallError, type KernelEnd, KernelEndedError } from '../kernels/kernel-process.ts';
import { type CopyOptions, type CopyProgress, copyOut } from './copy-out.ts';
import { localTargetSide } from './local-target-side.ts';
import type { TargetSide } from './orders.ts';
import { PauseGate } from './pause-gate.ts';
import type { KernelCalls } from './plan.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MB = 1024 * 1024;
let base = '';
let target = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-runs-'));
  target = join(base, 'target');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const file = (content: string | Uint8Array, mode = 0o644) => ({
  type: 'file' as const,
  content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  mode,
  mtime: { sec: 1_500_000_000, nsec: 0 },
});
const dir = (children: Record<string, Parameters<typeof treeKernel>[0]>) => ({ type: 'dir' as const, children });
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const random = (lengthBytes: number) => new Uint8Array(lengthBytes).map((_, i) => (i * 31) ^ (i >> 7));

function optionsFor({ kernel, mount }: Pick<MountedKernel, 'kernel' | 'mount'>, more: Partial<CopyOptions> = {}) {
  const options: CopyOptions = {
    kernel,
    mount,
    medium: null,
    paths: ['/'],
    target,
    policy: 'skip',
    skipSame: false,
    verification: 'cache',
    only: 'all',
    originBase: null,
    earlier: null,
    pause: new PauseGate(),
    symlinks: true,
    side: localTargetSide({ hashScript: null }),
    signal: new AbortController().signal,
    onProgress: () => {},
    decide: () => Promise.reject(new Error('nothing was to be asked')),
    ...more,
  };
  return options;
}

/** A kernel of which each call is told before it is made. */
function watched(kernel: KernelCalls, onCall: (name: string, args: unknown[]) => void): KernelCalls {
  return {
    call: (name, ...args) => {
      onCall(name, args);
      return kernel.call(name, ...args);
    },
  };
}

describe('a paused copy', () => {
  const big = random(24 * MB);

  async function pausedInTheMiddle() {
    const mounted = await treeKernel(dir({ 'big.bin': file(big), 'z.txt': file('last') }));
    const pause = new PauseGate();
    const abort = new AbortController();
    const told: CopyProgress[] = [];
    let reads = 0;
    const kernel = watched(mounted.kernel, (name) => {
      if (name === 'pread' && ++reads === 5) pause.set(true);
    });
    const more = { pause, signal: abort.signal, onProgress: (progress: CopyProgress) => void told.push(progress) };
    const done = copyOut(optionsFor({ ...mounted, kernel }, more));
    await expect.poll(() => told[told.length - 1]?.state).toBe('paused');
    return { done, pause, abort, told, reads: () => reads };
  }

  test('holds a large file up between its pieces, shows no half file, and goes on to the same bytes', async () => {
    const { done, pause, told, reads } = await pausedInTheMiddle();
    // However long it is paused, a piece or two that was on its way is all that still comes.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(reads()).toBeLessThan(12);
    expect(existsSync(join(target, 'big.bin'))).toBe(false);
    const before = told.length;
    pause.set(false);
    const report = await done;
    expect(told.slice(before).map(({ state }) => state)).toContain('copying');
    expect([report.outcome, report.copiedFiles]).toEqual(['done', 2]);
    expect(sha256(readFileSync(join(target, 'big.bin')))).toBe(sha256(big));
  });

  test('can be cancelled, and leaves nothing', async () => {
    const { done, abort } = await pausedInTheMiddle();
    abort.abort();
    expect((await done).outcome).toBe('cancelled');
    expect(readdirSync(target)).toEqual([]);
  });

  test('waits between batches of small files and while counting too', async () => {
    const children: Record<string, ReturnType<typeof file>> = {};
    for (let i = 0; i < 600; i++) children[`f${String(i).padStart(3, '0')}`] = file(`content ${i}`);
    const mounted = await treeKernel(dir(children));
    const pause = new PauseGate();
    pause.set(true);
    const told: CopyProgress[] = [];
    const done = copyOut(optionsFor(mounted, { pause, onProgress: (progress) => void told.push(progress) }));
    await expect.poll(() => told[told.length - 1]?.state).toBe('paused');
    expect(mounted.calls).not.toContain('open');
    pause.set(false);
    expect((await done).copiedFiles).toBe(600);
  });
});

describe('another run', () => {
  const tree = dir({ a: file('first'), sub: dir({ b: file('second'), c: file('third') }), d: file('fourth') });

  /** As a medium on which some paths cannot be read. */
  function failingAt(mounted: MountedKernel, paths: readonly string[]): KernelCalls {
    return {
      call: (name, ...args) => {
        if (name !== 'open' || !paths.includes(String(args[1]))) return mounted.kernel.call(name, ...args);
        throw new KernelCallError({ errno: 'EIO', kind: 'medium', message: 'cannot be read', byteOffset: 4096 });
      },
    };
  }

  test('copies only what failed before, and its report tells of all', async () => {
    const mounted = await treeKernel(tree);
    const first = await copyOut(optionsFor({ ...mounted, kernel: failingAt(mounted, ['/sub/b', '/d']) }));
    expect([first.outcome, first.copiedFiles, first.failed]).toEqual(['done', 2, 2]);
    const opened: string[] = [];
    const kernel = watched(mounted.kernel, (name, args) => {
      if (name === 'open') opened.push(String(args[1]));
    });
    const second = await copyOut(optionsFor({ ...mounted, kernel }, { earlier: first }));
    expect(opened.sort()).toEqual(['/d', '/sub/b']);
    expect([second.outcome, second.copiedFiles, second.failed]).toEqual(['done', 4, 0]);
    expect(second.items.find(({ path }) => path === '/a')?.sha256).toBe(sha256(Buffer.from('first')));
    expect(readFileSync(join(target, 'sub', 'b'), 'utf8')).toBe('second');
  });

  test('copies again what was changed, deleted or replaced by a link at the target meanwhile', async () => {
    const mounted = await treeKernel(tree);
    const first = await copyOut(optionsFor(mounted));
    writeFileSync(join(target, 'a'), 'FIRST');
    utimesSync(join(target, 'a'), 1, 1);
    rmSync(join(target, 'sub', 'c'));
    const second = await copyOut(optionsFor(mounted, { earlier: first, policy: 'overwrite' }));
    expect([second.copiedFiles, second.failed, second.skipped]).toEqual([4, 0, 0]);
    expect(readFileSync(join(target, 'a'), 'utf8')).toBe('first');
    expect(readFileSync(join(target, 'sub', 'c'), 'utf8')).toBe('third');
  });

  test('is told of a removal that the worker was ended for before a read failed', async () => {
    const mounted = await treeKernel(dir({ 'a.bin': file(random(3 * MB)) }));
    const end: KernelEnd = { kind: 'removed', sentence: 'The medium was pulled out.', detail: null };
    const pulled: KernelCalls = {
      call: (name, ...args) => {
        if (name !== 'pread') return mounted.kernel.call(name, ...args);
        return Promise.reject(new KernelEndedError(end));
      },
    };
    const report = await copyOut(optionsFor({ ...mounted, kernel: pulled }));
    expect([report.outcome, report.missingFiles]).toEqual(['interrupted', 1]);
    expect(report.problem).toBe(
      'The medium was pulled out before the copy was done. What was already copied is whole.',
    );
    expect(readdirSync(target)).toEqual([]);
  });

  test('goes on after the medium was pulled out: what it did not come to is named, and then copied', async () => {
    const children: Record<string, ReturnType<typeof file>> = { 'big.bin': file(random(3 * MB)) };
    for (let i = 0; i < 20; i++) children[`f${i}`] = file(random(2 * MB));
    const mounted = await treeKernel(dir(children));
    let reads = 0;
    const pulled: KernelCalls = {
      call: (name, ...args) => {
        if (name !== 'pread' || ++reads <= 15) return mounted.kernel.call(name, ...args);
        throw new KernelCallError({ errno: 'ENXIO', kind: 'removed', message: 'gone' });
      },
    };
    const first = await copyOut(optionsFor({ ...mounted, kernel: pulled }));
    expect(first.outcome).toBe('interrupted');
    expect(first.copiedFiles).toBeGreaterThan(2);
    expect(first.missingFiles).toBe(21 - first.copiedFiles);
    expect(first.missingBytes + first.copiedBytes).toBe(43 * MB);
    expect(first.items.filter(({ outcome }) => outcome === 'missing')).toHaveLength(first.missingFiles);
    expect(readdirSync(target)).toHaveLength(first.copiedFiles);

    const progress: CopyProgress[] = [];
    const more = { earlier: first, onProgress: (told: CopyProgress) => void progress.push(told) };
    const second = await copyOut(optionsFor(mounted, more));
    expect([second.outcome, second.copiedFiles, second.missingFiles]).toEqual(['done', 21, 0]);
    // It began where the first had stopped.
    expect(progress.find(({ state }) => state === 'copying')?.doneFiles).toBe(first.copiedFiles);
  });

  test('with the same sizes and dates there, where no run is remembered, skips them', async () => {
    const mounted = await treeKernel(tree);
    await copyOut(optionsFor(mounted));
    writeFileSync(join(target, 'd'), 'mine');
    const second = await copyOut(optionsFor(mounted, { skipSame: true, policy: 'overwrite' }));
    expect([second.copiedFiles, second.skipped]).toEqual([1, 3]);
    expect(readFileSync(join(target, 'd'), 'utf8')).toBe('fourth');
  });
});

test('files are told with their states while the copy runs', async () => {
  const mounted = await treeKernel(dir({ a: file('1'), 'big.bin': file(random(20 * MB)), c: file('22') }));
  const pause = new PauseGate();
  let files: Parameters<NonNullable<CopyOptions['onFiles']>>[0] = () => ({ total: 0, files: [] });
  let reads = 0;
  const kernel = watched(mounted.kernel, (name, args) => {
    if (name === 'pread' && Number(args[2]) > 1000 && ++reads === 3) pause.set(true);
  });
  const told: CopyProgress[] = [];
  const done = copyOut(
    optionsFor(
      { ...mounted, kernel },
      { pause, onFiles: (ask) => (files = ask), onProgress: (progress) => void told.push(progress) },
    ),
  );
  await expect.poll(() => told[told.length - 1]?.state).toBe('paused');
  expect(files(0, 10).total).toBe(3);
  expect(files(1, 1).files).toEqual([{ path: '/big.bin', sizeBytes: 20 * MB, state: 'working', note: null }]);
  expect(files(3, 10).files).toEqual([]);
  expect(told[told.length - 1].inWork.map(({ path }) => path)).toContain('/big.bin');
  pause.set(false);
  await done;
  expect(files(0, 10).files.map(({ state }) => state)).toEqual(['copied', 'copied', 'copied']);
  expect(told[told.length - 1].lastSettled.map(({ path }) => path).sort()).toEqual(['/a', '/big.bin', '/c']);
});

describe('only documents, pictures, sound and video', () => {
  test('are copied by what is in them and not by their names; empty folders are left out', async () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
    const program = Buffer.alloc(200);
    program.write('MZ\x90\0');
    const report = await copyOut(
      optionsFor(
        await treeKernel(
          dir({
            'holiday.exe': file(jpeg),
            'holiday.jpg': file(program),
            'letter.docx': file(zipFile([fileEntry('[Content_Types].xml', 'x'), fileEntry('word/document.xml', 'x')])),
            'notes.txt': file('remember the milk'),
            'notes.bat': file('del /q *.*'),
            'files.zip': file(zipFile([fileEntry('a', 'x')])),
            nothing: file(''),
            link: { type: 'symlink', target: 'notes.txt' },
            programs: dir({ 'setup.exe': file(program) }),
            deep: dir({ deeper: dir({ 'a.pdf': file('%PDF-1.4\n') }) }),
          }),
        ),
        { only: 'documents-and-media' },
      ),
    );
    expect(report.outcome).toBe('done');
    const copied = report.items.filter(({ outcome }) => outcome === 'copied').map(({ path }) => path);
    expect(copied.sort()).toEqual(['/deep/deeper/a.pdf', '/holiday.exe', '/letter.docx', '/notes.txt']);
    expect(readdirSync(target).sort()).toEqual(['deep', 'holiday.exe', 'letter.docx', 'notes.txt']);
    const note = (path: string) => report.items.find((item) => item.path === path)?.note;
    expect(note('/holiday.jpg')).toMatch(/^a program:/);
    expect(note('/notes.bat')).toMatch(/^a text that a computer runs/);
    expect(note('/files.zip')).toMatch(/^an archive:/);
    expect(note('/link')).toMatch(/^not known as/);
    expect([report.skipped, report.failed]).toEqual([6, 0]);
    expect(statSync(join(target, 'holiday.exe')).mode & 0o111).toBe(0);
  });
});

describe('room', () => {
  const side = (report: Partial<Awaited<ReturnType<TargetSide['open']>>>): TargetSide => {
    const real = localTargetSide({ hashScript: null });
    const open = real.open.bind(real);
    return Object.assign(real, {
      open: async (opening: Parameters<TargetSide['open']>[0]) => ({ ...(await open(opening)), ...report }),
    });
  };
  const tree = dir({ a: file(random(3000)), b: file(random(9000)) });

  test('that is too little is told with both numbers before anything is written', async () => {
    const report = await copyOut(optionsFor(await treeKernel(tree), { side: side({ freeBytes: 5000 }) }));
    expect(report).toMatchObject({ outcome: 'failed', copiedFiles: 0, missingFiles: 2 });
    expect(report.problem).toBe('There is not enough room: 12 kB are to be copied, and 5 kB are free there.');
    expect(readdirSync(target)).toEqual([]);
  });

  test('that nobody knows is no reason not to copy', async () => {
    const report = await copyOut(optionsFor(await treeKernel(tree), { side: side({ freeBytes: null }) }));
    expect(report).toMatchObject({ outcome: 'done', copiedFiles: 2 });
  });

  test('is judged by file where the disk holds no large ones', async () => {
    const report = await copyOut(optionsFor(await treeKernel(tree), { side: side({ maxFileBytes: 5000 }) }));
    expect(report).toMatchObject({ outcome: 'done', copiedFiles: 1, failed: 1 });
    expect(report.items[0]).toMatchObject({
      path: '/b',
      note: 'it has 9 kB, and the target disk (FAT) holds no file of more than 5 kB',
    });
  });
});

describe('marks of provenance', () => {
  test('are on each file, small and large, and on no name before they are', async () => {
    const mounted = await treeKernel(dir({ 'small ü.txt': file('x', 0o777), 'large.bin': file(random(2 * MB)) }));
    const originBase = 'airlock://SanDisk-Ultra/CAMERA';
    const report = await copyOut(optionsFor(mounted, { originBase }));
    expect(report.outcome).toBe('done');
    if (report.marks === 'impossible') {
      // Some kernels' tmpfs keeps no user attributes: that is then what is told.
      expect(readAttribute(join(target, 'large.bin'), 'user.xdg.origin.url')).toBeNull();
      return;
    }
    expect([report.marks, report.unmarked]).toEqual(['set', 0]);
    const attribute = (name: string, attr: string) => readAttribute(join(target, name), attr);
    expect(attribute('small ü.txt', 'user.xdg.origin.url')).toBe(`${originBase}/small%20%C3%BC.txt`);
    expect(attribute('large.bin', 'user.xdg.origin.url')).toBe(`${originBase}/large.bin`);
    expect(statSync(join(target, 'small ü.txt')).mode & 0o7111).toBe(0);
  });

  test('are not set where they are not wanted', async () => {
    const report = await copyOut(optionsFor(await treeKernel(dir({ a: file('x') }))));
    expect([report.marks, report.unmarked]).toEqual(['off', 1]);
    expect(readAttribute(join(target, 'a'), 'user.xdg.origin.url')).toBeNull();
  });
});
