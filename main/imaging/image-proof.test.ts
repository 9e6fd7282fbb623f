/** What an image is proven by: the host's disk compared with the medium, and the seal of those that were begun here; and that nothing that is there is touched. */

import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ImageFiles } from './image-files.ts';
import { IMAGE_KEY_FILE, imageKey, isSealed, sealed } from './image-key.ts';
import { ImageMap, mapText, parseMap } from './image-map.ts';
import { type ImageProgress, type ImageSource, identityOf, saveImage } from './save-image.ts';
import { StretchComparison, Stretches } from './stretches.ts';

const MIB = 1024 * 1024;
const KEY = 'ab'.repeat(32);
let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-proof-'));
  path = join(folder, 'stick.img');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Content, 2 MiB of zeros from 1 MiB on, content. */
const BYTES = Buffer.alloc(4 * MIB, 0x5a).fill(0, MIB, 3 * MIB);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const failing = (code: string) => Object.assign(new Error(code), { code });

/** `before` may throw, do something, or say with 0 that the medium is gone. */
function sourceOf(before: (at: number, length: number) => 0 | undefined = () => undefined): ImageSource {
  const read = async (into: Uint8Array, at: number) =>
    before(at, into.length) ?? BYTES.copy(into, 0, at, at + into.length);
  return { sizeBytes: BYTES.length, pieceBytes: 4096, read };
}

const pulledAt = (end: number) => sourceOf((at) => (at >= end ? 0 : undefined));

function overwrite(file: string, bytes: Buffer, at: number): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

test('an image that the disk holds otherwise than the medium gave it is not published, and what is wrong is read anew', async () => {
  const source = sourceOf((at) => {
    if (at === 3 * MIB) overwrite(`${path}.partial`, Buffer.from('other'), 1000);
    return undefined;
  });
  await expect(saveImage({ source, path, key: KEY })).rejects.toMatchObject({ code: 'AIRLOCK_VERIFY' });
  // All of it was one stretch: nothing is left to go on with.
  expect(readdirSync(folder)).toEqual([]);
  const report = await saveImage({ source: sourceOf(), path, key: KEY });
  expect(report).toMatchObject({ outcome: 'done', sha256: sha256(BYTES), resumedBytes: 0 });
  expect(readFileSync(path).equals(BYTES)).toBe(true);
});

test('what an earlier run wrote is compared too', async () => {
  await saveImage({ source: pulledAt(2 * MIB), path, key: KEY });
  overwrite(`${path}.partial`, Buffer.from('other'), 1000);
  await expect(saveImage({ source: sourceOf(), path, key: KEY })).rejects.toMatchObject({ code: 'AIRLOCK_VERIFY' });
  const report = await saveImage({ source: sourceOf(), path, key: KEY });
  expect(report).toMatchObject({ outcome: 'done', sha256: sha256(BYTES), resumedBytes: 2 * MIB });
});

test('zeros of the medium, and what cannot be read, are zeros over what an earlier run left behind', async () => {
  await saveImage({ source: pulledAt(MIB), path, key: KEY });
  overwrite(`${path}.partial`, Buffer.alloc(3 * MIB, 0x77), MIB);
  const bad = 3 * MIB + 8192;
  const source = sourceOf((at, length) => {
    if (at < bad + 4096 && at + length > bad) throw failing('EIO');
    return undefined;
  });
  const expected = Buffer.from(BYTES).fill(0, bad, bad + 4096);
  expect(await saveImage({ source, path, key: KEY })).toMatchObject({ outcome: 'done', sha256: sha256(expected) });
  expect(readFileSync(path).equals(expected)).toBe(true);
});

test('a partial image that was not begun with this key is not gone on with, whatever its map says', async () => {
  const map = new ImageMap(await identityOf(sourceOf()));
  map.set(0, BYTES.length, '+');
  for (const text of [mapText(map), sealed(mapText(map), 'cd'.repeat(32))]) {
    writeFileSync(`${path}.partial`, Buffer.alloc(BYTES.length, 0x66));
    writeFileSync(`${path}.map`, text);
    await expect(saveImage({ source: sourceOf(), path, key: KEY })).rejects.toThrow('was not begun by Airlock');
    expect(readFileSync(`${path}.map`, 'utf8')).toBe(text);
  }
  expect(existsSync(path)).toBe(false);
});

test('a seal is of one key and of every character', () => {
  const text = sealed('# Mapfile\n', KEY);
  expect(isSealed(text, KEY)).toBe(true);
  for (const other of [text.replace('M', 'm'), `${text}\n`, `#${text}`, '', '# Mapfile\n'])
    expect(isSealed(other, KEY)).toBe(false);
  expect(isSealed(text, 'cd'.repeat(32))).toBe(false);
});

test('the key is made once and kept, and one that was damaged is made anew', () => {
  const file = join(folder, 'settings', IMAGE_KEY_FILE);
  const key = imageKey(file);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(imageKey(file)).toBe(key);
  expect(lstatSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, 'damaged');
  const made = imageKey(file);
  expect([made === key, imageKey(file)]).toEqual([false, made]);
  writeFileSync(join(folder, 'file'), '');
  expect(imageKey(join(folder, 'file', IMAGE_KEY_FILE))).toMatch(/^[0-9a-f]{64}$/);
});

test.each(['.partial', '.map', '.sha256'])(
  'nothing is begun where %s has the name, be it a link that leads nowhere',
  async (ending) => {
    writeFileSync(path + ending, 'mine');
    await expect(saveImage({ source: sourceOf(), path, key: KEY })).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(path + ending, 'utf8')).toBe('mine');
    unlinkSync(path + ending);
    symlinkSync(join(folder, 'elsewhere'), path + ending);
    await expect(saveImage({ source: sourceOf(), path, key: KEY })).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readdirSync(folder)).toEqual([`stick.img${ending}`]);
  },
);

test('a link in the place of the growing image or of its map is not followed', async () => {
  await saveImage({ source: pulledAt(2 * MIB), path, key: KEY });
  const mine = join(folder, 'mine');
  writeFileSync(mine, 'mine');
  symlinkSync(mine, `${path}.map.new`);
  renameSync(`${path}.partial`, join(folder, 'moved'));
  symlinkSync(mine, `${path}.partial`);
  await expect(saveImage({ source: sourceOf(), path, key: KEY })).rejects.toMatchObject({ code: 'ELOOP' });
  unlinkSync(`${path}.partial`);
  renameSync(join(folder, 'moved'), `${path}.partial`);
  expect(await saveImage({ source: sourceOf(), path, key: KEY })).toMatchObject({ outcome: 'done' });
  expect(readFileSync(mine, 'utf8')).toBe('mine');
  expect(lstatSync(`${path}.map.new`).isSymbolicLink()).toBe(true);
});

test.each(['', '.sha256'])('what takes the name %s of the image while it is read stays as it is', async (ending) => {
  const source = sourceOf((at) => {
    if (at === 3 * MIB) writeFileSync(path + ending, 'mine');
    return undefined;
  });
  await expect(saveImage({ source, path, key: KEY })).rejects.toThrow('was made by somebody else meanwhile');
  expect(readFileSync(path + ending, 'utf8')).toBe('mine');
  expect(readdirSync(folder).sort()).toEqual([`stick.img${ending}`, 'stick.img.map', 'stick.img.partial'].sort());
});

test('an end between the hash and the name is gone on with', async () => {
  await saveImage({ source: pulledAt(2 * MIB), path, key: KEY });
  writeFileSync(`${path}.sha256`, `${sha256(BYTES)}  stick.img\n`);
  expect(await saveImage({ source: sourceOf(), path, key: KEY })).toMatchObject({ outcome: 'done' });
  expect(readFileSync(`${path}.sha256`, 'utf8')).toBe(`${sha256(BYTES)}  stick.img\n`);
});

test('says when all is read and only compared, also where bad parts of an earlier run are tried again', async () => {
  const told: ImageProgress[] = [];
  const source = sourceOf((at, length) => {
    if (at < 8192 + 4096 && at + length > 8192) throw failing('EIO');
    return undefined;
  });
  const onProgress = (progress: ImageProgress) => told.push(progress);
  for (let run = 1; run <= 2; run++) {
    told.length = 0;
    expect(await saveImage({ source, path, key: KEY, onProgress })).toMatchObject({ outcome: 'done' });
    expect(told.filter(({ state }) => state === 'finishing')).toHaveLength(1);
    expect(told.at(-1)).toMatchObject({ state: 'finishing', doneBytes: BYTES.length, unreadableBytes: 4096 });
    expect(told[0].state).toBe('reading');
  }
});

test('bad parts that are to be tried again are not done', async () => {
  const bad = [8192, 65536 + 4096];
  const source = sourceOf((at, length) => {
    if (bad.some((start) => at < start + 4096 && at + length > start)) throw failing('EIO');
    return undefined;
  });
  await saveImage({ source, path, key: KEY });
  const told: number[] = [];
  await saveImage({ source, path, key: KEY, onProgress: ({ doneBytes }) => told.push(doneBytes) });
  expect(told).toEqual([BYTES.length - 4096, BYTES.length, BYTES.length]);
});

test('is cancelled while it is compared, and then gone on with', async () => {
  const abort = new AbortController();
  const onProgress = ({ state }: ImageProgress) => {
    if (state === 'finishing') abort.abort();
  };
  const cancelled = await saveImage({ source: sourceOf(), path, key: KEY, signal: abort.signal, onProgress });
  expect(cancelled).toMatchObject({ outcome: 'cancelled', sha256: null, readBytes: BYTES.length });
  expect(await saveImage({ source: sourceOf(), path, key: KEY })).toMatchObject({
    outcome: 'done',
    sha256: sha256(BYTES),
  });
});

test('an image for which nothing was read leaves nothing behind', async () => {
  expect(
    await saveImage({ source: sourceOf((_, length) => (length > 4096 ? 0 : undefined)), path, key: KEY }),
  ).toMatchObject({
    outcome: 'removed',
    readBytes: 0,
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('a medium that goes while it is looked which one it is, is not taken for one with bad sectors', async () => {
  const source = sourceOf((at) => {
    if (at >= 8192) throw failing('ENODEV');
    return undefined;
  });
  await expect(saveImage({ source, path, key: KEY })).rejects.toThrow('there is no medium, or it was pulled out');
  expect(readdirSync(folder)).toEqual([]);
});

test('no file of another kind, and none that is too large, is taken for a map', () => {
  const files = new ImageFiles(path);
  expect(files.readMap(KEY)).toBeNull();
  symlinkSync('/dev/zero', files.map);
  expect(files.readMap(KEY)).toBeNull();
});

test('stretches are compared as they were read, whatever was read over them later', () => {
  const stretches = new Stretches();
  stretches.add(0, Buffer.from('ab\0\0'));
  stretches.add(4, Buffer.from('ef'));
  stretches.add(2, Buffer.from('c'));
  const lengths = (each: readonly { start: number; lengthBytes: number }[]) =>
    each.map(({ start, lengthBytes }) => [start, lengthBytes]);
  expect(lengths(stretches.all())).toEqual([
    [0, 6],
    [2, 1],
  ]);
  const wrongIn = (...pieces: string[]) => {
    const comparison = new StretchComparison(stretches.close());
    let at = 0;
    for (const piece of pieces) {
      comparison.add(at, Buffer.from(piece));
      at += piece.length;
    }
    return lengths(comparison.wrong());
  };
  expect(wrongIn('abc\0ef')).toEqual([]);
  expect(wrongIn('a', 'bc', '\0e', 'f')).toEqual([]);
  expect(wrongIn('abx\0ef')).toEqual([[2, 1]]);
  expect(wrongIn('abc', '\0eg')).toEqual([[0, 6]]);
  expect(wrongIn('ab')).toHaveLength(2);
});

test('what is wrong is untried again in the map, but not what was read over it later; and stretches are read back from its text', () => {
  const map = new ImageMap({ sizeBytes: 300, beginning: KEY });
  map.stretches.add(0, Buffer.alloc(200));
  map.set(0, 200, '+');
  map.set(50, 100, '-');
  map.stretches.add(60, Buffer.alloc(10));
  map.set(60, 10, '+');
  const again = parseMap(mapText(map));
  expect(again?.stretches.all()).toEqual(map.stretches.all());
  const [base] = again?.stretches.close() ?? [];
  again?.forget([base]);
  expect(again?.all()).toEqual([
    { start: 0, lengthBytes: 60, status: '?' },
    { start: 60, lengthBytes: 10, status: '+' },
    { start: 70, lengthBytes: 230, status: '?' },
  ]);
  expect(again?.stretches.all()).toHaveLength(1);
});
