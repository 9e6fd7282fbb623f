/** Saving an image from media that are whole, broken, pulled out, and exchanged. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImageSource, saveImage } from './save-image.ts';

const MIB = 1024 * 1024;
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
  const report = await saveImage({ source: sourceOf(bytes), path });
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
  const report = await saveImage({ source, path: join(folder, 'b.img') });
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
  expect(await saveImage({ source: pulled, path })).toMatchObject({
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
  expect(await saveImage({ source: again, path })).toMatchObject({
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
  expect(await saveImage({ source, path, signal: abort.signal })).toMatchObject({ outcome: 'cancelled' });
  bytes[10] ^= 1;
  await expect(saveImage({ source: sourceOf(bytes), path })).rejects.toThrow('was begun with another medium');
  writeFileSync(path, 'mine');
  await expect(saveImage({ source: sourceOf(bytes), path })).rejects.toThrow('is there already');
  expect(readFileSync(path, 'utf8')).toBe('mine');
});
