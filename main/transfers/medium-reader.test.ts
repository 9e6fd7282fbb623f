/** Byte ranges of a medium, read by main. */

import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkExtent, MediumReadError, nextStep, readMedium, readMediumSync } from './medium-reader.ts';
import { StoppedError } from './stopped.ts';

let base = '';
let fd = 0;
const bytes = new Uint8Array(10_000).map((_, i) => i % 251);
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-medium-'));
  writeFileSync(join(base, 'medium'), bytes);
  fd = openSync(join(base, 'medium'), 'r');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test('are read as they are, in either way', async () => {
  const medium = { fd, sizeBytes: bytes.length };
  const into = new Uint8Array(5000);
  readMediumSync(medium, 4999, into);
  expect(into).toEqual(bytes.slice(4999, 9999));
  await readMedium(medium, 0, into);
  expect(into).toEqual(bytes.slice(0, 5000));
});

test('are left where the user broke off, after the read that was under way', async () => {
  const medium = { fd, sizeBytes: bytes.length };
  await expect(readMedium(medium, 0, new Uint8Array(5000), () => true)).rejects.toBeInstanceOf(StoppedError);
});

test('are asked for in steps that follow the speed of the medium: half a second’s worth of a slow one, 4 MiB of a quick one', () => {
  const KIB = 1024;
  // 100 KB/s: 256 KiB took 2.6 s.
  expect(nextStep(256 * KIB, 2600)).toBe(64 * KIB);
  expect(nextStep(1024 * KIB, 1000)).toBe(512 * KIB);
  expect(nextStep(256 * KIB, 300)).toBe(256 * KIB);
  expect([256, 512, 1024, 2048, 4096].map((kib) => nextStep(kib * KIB, 5) / KIB)).toEqual([
    512, 1024, 2048, 4096, 4096,
  ]);
  expect(nextStep(64 * KIB, 60_000)).toBe(64 * KIB);
});

test('that end before the size recorded at open mean removal', async () => {
  const medium = { fd, sizeBytes: 20_000 };
  const removed = { failure: { side: 'removed', mediumOffset: 10_000 } };
  await expect(readMedium(medium, 9000, new Uint8Array(5000))).rejects.toMatchObject(removed);
  expect(() => readMediumSync(medium, 9000, new Uint8Array(5000))).toThrow(
    expect.objectContaining({ failure: expect.objectContaining(removed.failure) }),
  );
});

test('lie inside the medium, or are not read', () => {
  const medium = { fd, sizeBytes: 10_000 };
  for (const extent of [
    { mediumOffset: 0, lengthBytes: 10_000 },
    { mediumOffset: 9999, lengthBytes: 1 },
    { mediumOffset: null, lengthBytes: 1e15 },
  ])
    expect(() => checkExtent(medium, extent)).not.toThrow();
  for (const extent of [
    { mediumOffset: 0, lengthBytes: 10_001 },
    { mediumOffset: -1, lengthBytes: 1 },
    { mediumOffset: 10_000, lengthBytes: 1 },
    { mediumOffset: 0.5, lengthBytes: 1 },
    { mediumOffset: Number.MAX_SAFE_INTEGER, lengthBytes: 2 },
    { mediumOffset: 0, lengthBytes: 0 },
    { mediumOffset: 0, lengthBytes: Number.NaN },
    { mediumOffset: 0, lengthBytes: Number.POSITIVE_INFINITY },
  ])
    expect(() => checkExtent(medium, extent)).toThrow(MediumReadError);
  expect(() => checkExtent(null, { mediumOffset: 0, lengthBytes: 1 })).toThrow(MediumReadError);
});
