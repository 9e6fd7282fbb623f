/** Saving an image from media that are whole, broken, pulled out, and exchanged. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImageProgress, type ImageSource, saveImage } from './save-image.ts';

const MIB = 1024 * 1024;
const KEY = 'ab'.repeat(32);
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-image-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** 5 MiB and a bit: content, zeros, content. */
function medium(): Buffer {
  const bytes = Buffer.alloc(5 * MIB + 512);
  for (let at = 0; at < MIB + 100; at += 1) bytes[at] = (at * 7) & 0xff;
  bytes.fill(0x5a, 4 * MIB);
  return bytes;
}

const failing = (code: string) => Object.assign(new Error(code), { code });

function sourceOf(
  bytes: Buffer,
  before: (byteOffset: number, length: number) => number | null = () => null,
): ImageSource {
  return {
    sizeBytes: bytes.length,
    pieceBytes: 4096,
    async read(into, byteOffset) {
      const answer = before(byteOffset, into.length);
      if (answer !== null) return answer;
      return bytes.copy(into, 0, byteOffset, byteOffset + into.length);
    },
  };
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('is the medium bit by bit, with holes for zeros, and its SHA-256 beside it', async () => {
  const bytes = medium();
  const path = join(folder, 'a.img');
  const report = await saveImage({ key: KEY, source: sourceOf(bytes), path });
  expect(report).toMatchObject({ outcome: 'done', sha256: sha256(bytes), unreadable: [], resumedBytes: 0 });
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(statSync(path).blocks * 512).toBeLessThan(3 * MIB);
  expect(readFileSync(`${path}.sha256`, 'utf8')).toBe(`${sha256(bytes)}  a.img\n`);
  expect(readdirSync(folder).sort()).toEqual(['a.img', 'a.img.map', 'a.img.sha256']);
});

test('leaves zeros for what cannot be read, and says where', async () => {
  const bytes = medium();
  const bad = 4 * MIB + 8192;
  const source = sourceOf(bytes, (at, length) => {
    if (at < bad + 4096 && at + length > bad) throw failing('EIO');
    return null;
  });
  const report = await saveImage({ key: KEY, source, path: join(folder, 'b.img') });
  expect(report.unreadable).toEqual([{ start: bad, lengthBytes: 4096 }]);
  bytes.fill(0, bad, bad + 4096);
  expect(report).toMatchObject({ outcome: 'done', sha256: sha256(bytes), readBytes: bytes.length - 4096 });
});

test.each([
  ['answers no bytes', () => 0],
  [
    'answers ENODEV',
    () => {
      throw failing('ENODEV');
    },
  ],
])('goes on where it was when a medium that was pulled out (it %s) is back', async (_, gone) => {
  const bytes = medium();
  const path = join(folder, 'c.img');
  const pulled = sourceOf(bytes, (at) => (at >= 2 * MIB ? gone() : null));
  expect(await saveImage({ key: KEY, source: pulled, path })).toMatchObject({
    outcome: 'removed',
    sha256: null,
    readBytes: 2 * MIB,
  });
  expect(readdirSync(folder).sort()).toEqual(['c.img.map', 'c.img.partial']);
  let lowest = bytes.length;
  const again = sourceOf(bytes, (at) => {
    if (at >= 65536) lowest = Math.min(lowest, at);
    return null;
  });
  expect(await saveImage({ key: KEY, source: again, path })).toMatchObject({
    outcome: 'done',
    sha256: sha256(bytes),
    resumedBytes: 2 * MIB,
  });
  expect(lowest).toBe(2 * MIB);
});

test('does not go on with another medium, nor over a file that is there', async () => {
  const bytes = medium();
  const path = join(folder, 'd.img');
  const abort = new AbortController();
  const source = sourceOf(bytes, (at) => {
    if (at >= MIB) abort.abort();
    return null;
  });
  expect(await saveImage({ key: KEY, source, path, signal: abort.signal })).toMatchObject({ outcome: 'cancelled' });
  bytes[10] ^= 1;
  await expect(saveImage({ key: KEY, source: sourceOf(bytes), path })).rejects.toThrow('was begun with another medium');
  writeFileSync(path, 'mine');
  await expect(saveImage({ key: KEY, source: sourceOf(bytes), path })).rejects.toThrow('is there already');
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

/** Fails where a read touches one of the bad pages. */
const withBadPages = (bytes: Buffer, bad: ReadonlySet<number>) =>
  sourceOf(bytes, (at, length) => {
    for (const start of bad) if (at < start + 4096 && at + length > start) throw failing('EIO');
    return null;
  });

test('what could not be read is tried once more in the next run, and filled in when it comes', async () => {
  const bytes = medium();
  const path = join(folder, 'e.img');
  const bad = new Set([4 * MIB + 8192, 5 * MIB - 4096]);
  const first = await saveImage({ key: KEY, source: withBadPages(bytes, bad), path });
  expect(first).toMatchObject({ outcome: 'done' });
  expect(first.unreadable).toHaveLength(2);
  bad.delete(4 * MIB + 8192);
  const second = await saveImage({ key: KEY, source: withBadPages(bytes, bad), path });
  expect(second).toMatchObject({
    outcome: 'done',
    unreadable: [{ start: 5 * MIB - 4096, lengthBytes: 4096 }],
    resumedBytes: bytes.length - 8192,
  });
  bad.clear();
  const third = await saveImage({ key: KEY, source: withBadPages(bytes, bad), path });
  expect(third).toMatchObject({ outcome: 'done', unreadable: [], sha256: sha256(bytes) });
  expect(readFileSync(path).equals(bytes)).toBe(true);
  await expect(saveImage({ key: KEY, source: sourceOf(bytes), path })).rejects.toThrow('is there already');
});

test('in a run that goes on, the bad parts of the earlier one come last and once', async () => {
  const bytes = medium();
  const path = join(folder, 'f.img');
  const bad = new Set([8192]);
  const abort = new AbortController();
  const reads: number[] = [];
  const source = withBadPages(bytes, bad);
  const cancelling: ImageSource = {
    ...source,
    read: async (into, at) => {
      if (at === 2 * MIB) abort.abort();
      return source.read(into, at);
    },
  };
  expect(await saveImage({ key: KEY, source: cancelling, path, signal: abort.signal })).toMatchObject({
    outcome: 'cancelled',
  });
  const counting: ImageSource = {
    ...source,
    read: (into, at) => {
      reads.push(at);
      return source.read(into, at);
    },
  };
  expect((await saveImage({ key: KEY, source: counting, path })).unreadable).toEqual([
    { start: 8192, lengthBytes: 4096 },
  ]);
  // The beginning tells which medium it is; then the bad page as one, then by pieces; then whether the medium is there at all.
  const later = reads.slice(16);
  expect(later.indexOf(8192)).toBeGreaterThan(later.indexOf(5 * MIB));
  expect(later.filter((at) => at === 8192)).toHaveLength(2);
});

test('an image that somebody changed is not gone on with', async () => {
  const bytes = medium();
  const path = join(folder, 'g.img');
  const bad = new Set([8192]);
  await saveImage({ key: KEY, source: withBadPages(bytes, bad), path });
  const changed = readFileSync(path);
  changed[5 * MIB] ^= 1;
  writeFileSync(path, changed);
  await expect(saveImage({ key: KEY, source: sourceOf(bytes), path })).rejects.toThrow('is there already');
  expect(readFileSync(path).equals(changed)).toBe(true);
});

test('is not begun where there is no room for it, unless zeros are expected', async () => {
  const bytes = medium();
  // The first 64 KiB are the medium's; more than any disk has follows.
  const huge: ImageSource = { ...sourceOf(bytes), sizeBytes: 2 ** 52 };
  const path = join(folder, 'h.img');
  await expect(saveImage({ key: KEY, source: huge, path })).rejects.toMatchObject({
    name: 'ImageError',
    code: 'ENOSPC',
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('a medium that does not answer ends it with that word, and what was read is kept', async () => {
  const bytes = medium();
  const path = join(folder, 'i.img');
  const source: ImageSource = {
    ...sourceOf(bytes),
    read: (into, at) => (at < 2 * MIB ? sourceOf(bytes).read(into, at) : new Promise(() => {})),
  };
  await expect(saveImage({ key: KEY, source, path, answerLimitMs: 50 })).rejects.toThrow(
    'the medium does not answer: no bytes from 2097152 on for 0.05 s',
  );
  expect(readdirSync(folder).sort()).toEqual(['i.img.map', 'i.img.partial']);
  expect(await saveImage({ key: KEY, source: sourceOf(bytes), path })).toMatchObject({
    outcome: 'done',
    resumedBytes: 2 * MIB,
    sha256: sha256(bytes),
  });
});

test('is cancelled while a read hangs', async () => {
  const abort = new AbortController();
  const bytes = medium();
  const source: ImageSource = {
    ...sourceOf(bytes),
    read: (into, at) => {
      if (at < MIB) return sourceOf(bytes).read(into, at);
      setImmediate(() => abort.abort());
      return new Promise(() => {});
    },
  };
  expect(await saveImage({ key: KEY, source, path: join(folder, 'j.img'), signal: abort.signal })).toMatchObject({
    outcome: 'cancelled',
    readBytes: MIB,
  });
});

test('tells how far it is, what could not be read, and how much there is', async () => {
  const bytes = medium();
  const told: ImageProgress[] = [];
  const onProgress = (progress: ImageProgress) => told.push(progress);
  await saveImage({ key: KEY, source: withBadPages(bytes, new Set([8192])), path: join(folder, 'k.img'), onProgress });
  expect(told[0]).toMatchObject({ doneBytes: MIB, totalBytes: bytes.length, unreadableBytes: 4096 });
  expect(told.at(-1)).toMatchObject({ doneBytes: bytes.length });
});
