/** The writing side in its own threads: the built ones, as the app uses them. */

import { createHash } from 'node:crypto';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FileOrder, TargetSide } from './orders.ts';
import { newTargetSide } from './target-side.ts';
import { threadedTargetSide } from './threaded-target-side.ts';

// Processes, threads and disks take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let base = '';
let side: TargetSide;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-threads-'));
  side = newTargetSide();
});
afterEach(async () => {
  await side.close();
  rmSync(base, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const order = (name: string, sizeBytes: number): FileOrder => ({
  folder: 0,
  name,
  sourcePath: `/${name}`,
  sizeBytes,
  mtimeMs: 1000,
  atimeMs: null,
  existing: 'refuse',
});

test('moves the extents of two large files, holes and all, from a medium that main has open', async () => {
  const medium = new Uint8Array(11 * 1024 * 1024).map((_, i) => (i * 7) ^ (i >> 9));
  writeFileSync(join(base, 'medium'), medium);
  const fd = openSync(join(base, 'medium'), 'r');
  const target = join(base, 'target');
  const opened = await side.open({
    path: target,
    medium: { fd, sizeBytes: medium.length },
    verification: 'cache',
    originBase: null,
  });
  expect(opened.freeBytes).toBeGreaterThan(0);
  let progress = 0;
  side.onProgress((bytes) => {
    progress += bytes;
  });
  const MIB = 1024 * 1024;
  const extents = [
    { mediumOffset: 5 * MIB, lengthBytes: 6 * MIB },
    { mediumOffset: null, lengthBytes: 9 * MIB },
    { mediumOffset: 3, lengthBytes: 100 },
  ];
  const expected = new Uint8Array(15 * MIB + 100);
  expected.set(medium.subarray(5 * MIB), 0);
  expected.set(medium.subarray(3, 103), 15 * MIB);
  for (const name of ['one', 'two']) {
    expect(await side.beginLarge(order(name, expected.length))).toBeNull();
    expect(await side.feedExtents(extents)).toBeNull();
    expect(await side.endLarge()).toMatchObject({
      outcome: 'copied',
      mtimeMs: 1000,
      marked: false,
      writtenAs: name,
      sha256: sha256(expected),
    });
    expect(Buffer.compare(readFileSync(join(target, name)), expected)).toBe(0);
  }
  expect(await side.finish([])).toBeNull();
  expect(progress).toBe(2 * expected.length);
});

test('fails a file that ends too early, and takes the next one', async () => {
  const target = join(base, 'target');
  await side.open({ path: target, medium: null, verification: 'disk', originBase: null });
  await side.beginLarge(order('short', 3_000_000));
  await side.feedBytes(new Uint8Array(1_000_000));
  expect(await side.endLarge()).toMatchObject({ outcome: 'failed', failure: { side: 'medium' } });
  expect(readdirSync(target)).toEqual([]);
  const bytes = new Uint8Array(2_000_001).fill(7);
  await side.beginLarge(order('whole', bytes.length));
  await side.feedBytes(bytes);
  expect(await side.endLarge()).toMatchObject({ outcome: 'copied', sha256: sha256(bytes) });
});

test('stops in the middle and leaves nothing', async () => {
  const target = join(base, 'target');
  await side.open({ path: target, medium: null, verification: 'cache', originBase: null });
  await side.beginLarge(order('half', 30_000_000));
  await side.feedBytes(new Uint8Array(1_000_000));
  side.stop();
  expect(await side.feedBytes(new Uint8Array(29_000_000))).toMatchObject({ side: 'stopped' });
  await side.abandonLarge();
  expect(readdirSync(target)).toEqual([]);
});

test('tells the host’s error of a target that cannot be', async () => {
  writeFileSync(join(base, 'file'), '');
  const opening = { path: join(base, 'file', 'x'), medium: null, verification: 'cache' as const, originBase: null };
  await expect(side.open(opening)).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('fails every call where the thread could not start, and hangs on none', async () => {
  const none = threadedTargetSide(join(base, 'none.js'), join(base, 'none.js'));
  await expect(none.makeFolder(0, 'x')).rejects.toThrow(/Cannot find module/);
  await expect(none.copySmall([])).rejects.toThrow(/Cannot find module/);
  await expect(none.close()).rejects.toThrow(/Cannot find module/);
});
