/** Lists of 7z archives: as 7-Zip itself lists them, and of those that are made to do harm. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  packedList,
  SECRET_CONTENT_SEVEN_ZIP,
  SECRET_SEVEN_ZIP,
  SEVEN_ZIP,
  sevenZipAround,
  sevenZipHeader,
  sevenZipNumber,
  sevenZipOf,
} from '../../../test/builders/seven-zip.ts';
import { type ArchiveEntry, wallTimeMs } from './archive-entry.ts';
import { ArchiveError } from './archive-error.ts';
import { readSevenZip, type SevenZip } from './seven-zip.ts';

const MIB = 1024 * 1024;
const LIMITS = { storedBytes: 32 * MIB, unpackedBytes: 32 * MIB };

async function list(bytes: Uint8Array, limits = LIMITS): Promise<SevenZip> {
  const reading = readSevenZip(bytes.length, limits);
  let step = reading.next();
  while (!step.done) {
    const { from, to } = step.value;
    if (from < 0 || to > bytes.length || to < from) throw new Error(`outside of the file: ${from} to ${to}`);
    step = reading.next(bytes.subarray(from, to));
  }
  return step.value;
}
const damaged = { code: 'damaged' };
const MODIFIED = Date.UTC(2026, 8, 26, 14, 30);

describe('the list of a 7z archive', () => {
  test('that is packed is read', async () => {
    const modifiedMs = wallTimeMs(MODIFIED);
    const entry = (path: string, isFolder: boolean, sizeBytes: number) => ({
      path,
      isFolder,
      sizeBytes,
      modifiedMs,
      encrypted: false,
    });
    expect(await list(SEVEN_ZIP)).toEqual({
      version: '0.4',
      encrypted: false,
      list: {
        entries: [
          entry('Letters', true, 0),
          entry('empty', true, 0),
          entry('nothing.txt', false, 0),
          entry('Letters/summer.txt', false, 3000),
          entry('süß 🌊.txt', false, 7),
        ],
        total: 5,
        cut: false,
        unpackedBytes: 3007,
      },
    });
  });

  test('that is encrypted is told to be', async () => {
    expect(await list(SECRET_SEVEN_ZIP)).toEqual({ version: '0.4', encrypted: true, list: null });
  });

  test('that is not encrypted, of content that is, says which', async () => {
    const { encrypted, list: read } = await list(SECRET_CONTENT_SEVEN_ZIP);
    expect(encrypted).toBe(true);
    expect(read?.entries.map((entry) => [entry.path, entry.sizeBytes, entry.encrypted])).toEqual([
      ['Letters', 0, false],
      ['Letters/one.txt', 5, true],
      ['Letters/three.txt', 2, true],
      ['Letters/two.txt', 2, true],
    ]);
  });

  test('that is not there is that of an empty archive', async () => {
    expect(await list(sevenZipAround(Buffer.alloc(0)))).toEqual({
      version: '0.4',
      encrypted: false,
      list: { entries: [], total: 0, cut: false, unpackedBytes: 0 },
    });
  });

  test('with a byte changed anywhere is damaged, never another list', async () => {
    const right = await list(SEVEN_ZIP);
    let refused = 0;
    // Behind the format's version, and not in the content, which is not read.
    for (let at = 8; at < SEVEN_ZIP.length; at++) {
      const changed = Buffer.from(SEVEN_ZIP);
      changed[at] ^= 0x10;
      const read = await list(changed).catch((error: unknown) => error);
      if (read instanceof ArchiveError) refused += 1;
      else expect(read, `byte ${at}`).toEqual(right);
    }
    // 37 bytes of content, and five of its packed list that LZMA puts there and does not need.
    expect(refused).toBe(SEVEN_ZIP.length - 8 - 37 - 5);
  });

  test('cut anywhere is damaged', async () => {
    for (let length = 0; length < SEVEN_ZIP.length; length++)
      await expect(list(SEVEN_ZIP.subarray(0, length)), `${length} bytes`).rejects.toMatchObject(damaged);
  });

  test('with more names than are shown says how many there are', async () => {
    const files = Array.from({ length: 10_001 }, (_, i) => ({ name: `file ${i}`, sizeBytes: i }));
    const { list: read } = await list(sevenZipOf(files));
    expect([read?.total, read?.cut, read?.entries.length]).toEqual([10_001, true, 10_000]);
    expect(read?.entries[9_999]).toMatchObject({ path: 'file 9999', sizeBytes: 9_999 });
    // Also what is not shown.
    expect(read?.unpackedBytes).toBe((10_000 * 10_001) / 2);
  });

  test('is told to hold something encrypted where that is not among what is shown', async () => {
    const files = Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}`, sizeBytes: 1 }));
    const archive = sevenZipOf(files);
    expect((await list(archive)).encrypted).toBe(false);
    // AES in place of the last file's method: an id of four bytes as well.
    const aes = sevenZipHeader(sevenZipOf(files, '0403040506'));
    aes.set(Buffer.from('06f10701', 'hex'), aes.lastIndexOf(Buffer.from('03040506', 'hex')));
    const { encrypted, list: read } = await list(sevenZipAround(aes));
    expect([encrypted, read?.entries.some((entry) => entry.encrypted)]).toEqual([true, false]);
  });

  test('with sizes of no file keeps to numbers', async () => {
    const { list: read } = await list(sevenZipOf([{ name: '../../evil', sizeBytes: 2n ** 64n - 1n }]));
    expect(read?.entries).toMatchObject([{ path: '../../evil', sizeBytes: Number.MAX_SAFE_INTEGER }]);
  });
});

const numbers = (...values: Array<number | bigint>) => Buffer.concat(values.map(sevenZipNumber));

describe('a list that is made to do harm', () => {
  const plain = sevenZipHeader(sevenZipOf([{ name: 'a', sizeBytes: 5 }]));

  test('whose dictionary would be four gigabytes is unpacked in what it needs', async () => {
    const { list: read } = await list(packedList(plain));
    expect(read?.entries).toMatchObject([{ path: 'a', sizeBytes: 5 }]);
  });

  test('that unpacks to more than a list has is not unpacked', async () => {
    await expect(list(packedList(plain, 33 * 1024 * 1024))).rejects.toMatchObject({ code: 'too-large' });
    await expect(list(packedList(plain, 2 ** 53))).rejects.toMatchObject({ code: 'too-large' });
    // It says less than it holds, and more.
    await expect(list(packedList(plain, 3))).rejects.toMatchObject(damaged);
    await expect(list(packedList(plain, 32 * 1024 * 1024))).rejects.toMatchObject(damaged);
  });

  test('that is itself larger than a list is, is not read', async () => {
    const start = Buffer.from(sevenZipAround(Buffer.alloc(1)).subarray(0, 32));
    start.writeBigUInt64LE(40n * 1024n * 1024n, 20);
    const sum = sevenZipAround(Buffer.alloc(40 * 1024 * 1024));
    sum.copy(start, 8, 8, 12);
    start.writeUInt32LE(sum.readUInt32LE(28), 28);
    const reading = readSevenZip(2 ** 40, LIMITS);
    expect(reading.next().value).toEqual({ from: 0, to: 32 });
    expect(() => reading.next(start)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  test('that is larger than whoever reads allows is neither read nor unpacked', async () => {
    const archive = packedList(plain);
    const { list: read } = await list(archive, { storedBytes: 200, unpackedBytes: plain.length });
    expect(read?.total).toBe(1);
    for (const limits of [
      { storedBytes: 40, unpackedBytes: plain.length },
      { storedBytes: 200, unpackedBytes: plain.length - 1 },
    ])
      await expect(list(archive, limits)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('packed by a method that is not known, or in a way that lzma1 does not take, is said to be so', async () => {
    for (const coder of ['0121', '0103', '0303030103'.slice(0, 8)])
      await expect(list(packedList(plain, plain.length, undefined, coder)), coder).rejects.toMatchObject({
        code: 'codec',
      });
    for (const properties of [0x80, 0xe0, 0xff])
      await expect(list(packedList(plain, plain.length, properties))).rejects.toMatchObject({ code: 'codec' });
  });

  test('packed again and again ends', async () => {
    const again = (archive: Buffer) => {
      const packed = archive.subarray(32, 32 + Number(archive.readBigUInt64LE(12)));
      return { header: sevenZipHeader(archive), packed };
    };
    // A list that is packed and, unpacked, is the same again: copied from where it lies itself.
    const { header } = again(packedList(plain, 0, undefined, '0100'));
    const loop = Buffer.from(header);
    loop.set(sevenZipNumber(loop.length), 5);
    loop.set(sevenZipNumber(loop.length), loop.length - 11);
    await expect(list(sevenZipAround(loop))).rejects.toMatchObject(damaged);
  });

  test.each([
    ['files', Buffer.concat([Buffer.from([0x01, 0x05]), numbers(2n ** 40n), Buffer.from([0, 0])])],
    ['folders', Buffer.concat([Buffer.from([0x01, 0x04, 0x07, 0x0b]), numbers(2n ** 63n), Buffer.alloc(20)])],
    ['packed streams', Buffer.concat([Buffer.from([0x01, 0x04, 0x06]), numbers(0, 2n ** 62n), Buffer.from([9, 1, 1])])],
    [
      'sums of packed streams',
      Buffer.concat([Buffer.from([0x01, 0x04, 0x06]), numbers(0, 2n ** 62n), Buffer.from([0x0a, 0, 1])]),
    ],
    ['coders', Buffer.from([0x01, 0x04, 0x07, 0x0b, 1, 0, 33, 0, 0, 0])],
    ['inputs', Buffer.from([0x01, 0x04, 0x07, 0x0b, 1, 0, 1, 0x11, 0, 0xff, 1, 1, 1, 1, 1, 1, 1, 1, 1])],
    ['no outputs', Buffer.from([0x01, 0x04, 0x07, 0x0b, 1, 0, 1, 0x11, 0, 1, 0, 0x0c, 1, 0])],
    ['outputs that all lead back', Buffer.from([0x01, 0x04, 0x07, 0x0b, 1, 0, 1, 0x11, 0, 2, 2, 0, 0, 0x0c, 1, 1, 0])],
    [
      'contents of one folder',
      Buffer.concat([
        Buffer.from([0x01, 0x04, 0x07, 0x0b, 1, 0, 1, 1, 0, 0x0c, 5, 0, 0x08, 0x0d]),
        numbers(2n ** 60n),
        Buffer.from([0x09, 1, 1, 1]),
      ]),
    ],
    [
      'contents larger than their folder',
      Buffer.from([0x01, 0x04, 0x07, 0x0b, 1, 0, 1, 1, 0, 0x0c, 5, 0, 0x08, 0x0d, 2, 9, 6, 0, 0]),
    ],
    ['a part twice', Buffer.from([0x01, 0x04, 0x08, 0x00, 0x08, 0x00, 0x00, 0x00])],
    ['a part that is none', Buffer.from([0x01, 0x77, 0x00])],
    ['names that end too early', Buffer.from([0x01, 0x05, 2, 0x0e, 1, 0xc0, 0x11, 3, 0, 0x41, 0, 0, 0, 0, 0, 0, 0])],
    ['no content for a file', Buffer.from([0x01, 0x05, 1, 0x11, 5, 0, 0x41, 0, 0, 0, 0, 0])],
    ['a part longer than the list', Buffer.from([0x01, 0x05, 1, 0x11, 0xfe, 1, 1, 1, 1, 1, 1, 1, 0])],
  ])('is damaged: %s', async (_, header) => {
    // Without bounds these take hours or all memory.
    await expect(list(sevenZipAround(header))).rejects.toMatchObject(damaged);
    await expect(list(packedList(header))).rejects.toMatchObject(damaged);
  });

  test('changed in any way, with sums that fit, gives a list or is refused', async () => {
    const files = Array.from({ length: 20 }, (_, i) => ({ name: `file ${i}`, sizeBytes: i * 1000 }));
    const header = sevenZipHeader(sevenZipOf(files));
    let seed = 12_345;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    let refused = 0;
    for (let round = 0; round < 3000; round++) {
      const changed = Buffer.from(header);
      for (let i = 0; i < 3; i++) changed[random(changed.length)] = [0, 0xff, random(256), random(32)][random(4)];
      const read = await list(sevenZipAround(changed)).catch((error: unknown) => error);
      if (read instanceof Error) {
        expect(read, `round ${round}`).toBeInstanceOf(ArchiveError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(500);
  });

  test('with the same vectors again and again is read once through', async () => {
    const parts = Buffer.concat(Array.from({ length: 500_000 }, () => Buffer.from([0x0f, 0])));
    const header = Buffer.concat([Buffer.from([0x01, 0x05]), sevenZipNumber(500_000), parts, Buffer.from([0, 0])]);
    // Not 500,000 times 500,000 entries, which ends the test by its time.
    await expect(list(sevenZipAround(header))).rejects.toMatchObject(damaged);
  });
});

const has7z = spawnSync('7z', ['i'], { stdio: 'ignore' }).error === undefined;
const many = Array.from({ length: 20_000 }, (_, i) => `many/folder ${i % 100}/with the file ${i} in it.txt`);

/** Skipped aloud where the tool is missing: test/run-all.sh installs it. */
describe.skipIf(!has7z)('an archive that 7-Zip makes is listed as 7-Zip lists it', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'airlock-7z-'));
    const put = (path: string, content: string | Uint8Array) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
      utimesSync(join(folder, path), new Date(MODIFIED), new Date(MODIFIED));
    };
    put('few/letter.txt', 'dear reader\n'.repeat(500));
    put('few/empty.txt', '');
    put('few/größe 日本語 🌊.txt', 'x');
    put('few/deep/er/and deeper/a.bin', Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * i * 7919) >> 3)));
    put('few/program.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(50_000, 0xe8)]));
    mkdirSync(join(folder, 'few/an empty folder'));
    many.forEach((path, i) => {
      put(path, i % 7 === 0 ? '' : `${i}`);
    });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['as it comes', 'few', []],
    ['with a plain list', 'few', ['-mhc=off']],
    ['each file by itself', 'few', ['-ms=off']],
    ['with few files in a block', 'few', ['-ms=2f']],
    ['LZMA', 'few', ['-m0=LZMA:d=64k']],
    ['PPMd', 'few', ['-m0=PPMd']],
    ['BZip2', 'few', ['-m0=BZip2']],
    ['Deflate', 'few', ['-m0=Deflate']],
    ['Copy', 'few', ['-m0=Copy']],
    [
      'BCJ2 with four streams',
      'few',
      ['-m0=BCJ2', '-m1=LZMA:d=1m', '-m2=LZMA', '-m3=LZMA', '-mb0:1', '-mb0s1:2', '-mb0s2:3'],
    ],
    ['Delta before LZMA2', 'few', ['-m0=Delta:4', '-m1=LZMA2']],
    ['with all times', 'few', ['-mtc=on', '-mta=on']],
    ['without times', 'few', ['-mtm=off']],
    ['with a password, and names to be seen', 'few', ['-psecret']],
    ['with empty files and folders only', 'few', ['-x!*.txt', '-x!*.bin', '-x!*.exe']],
    ['many files in one block', 'many', ['-mx=1']],
    ['many files, each by itself, in a plain list', 'many', ['-m0=Copy', '-ms=off', '-mhc=off']],
  ])(
    '%s',
    async (_, what, options) => {
      const archive = join(folder, 'made.7z');
      rmSync(archive, { force: true });
      execFileSync('7z', ['a', '-bd', ...options, archive, what], { cwd: folder, stdio: 'ignore' });
      await expectAs7zLists(archive);
    },
    120_000,
  );

  test('with items that unpacking takes away', () => {
    const work = join(folder, 'anti');
    mkdirSync(join(work, 'old/gone too'), { recursive: true });
    writeFileSync(join(work, 'old/gone.txt'), 'x');
    const seven = (...options: string[]) => execFileSync('7z', options, { cwd: work, stdio: 'ignore' });
    seven('a', '-bd', 'base.7z', 'old');
    rmSync(join(work, 'old/gone.txt'));
    rmSync(join(work, 'old/gone too'), { recursive: true });
    seven('u', '-bd', 'base.7z', 'old', '-u-', '-up0q3r2x2y2z0w2!update.7z');
    return expectAs7zLists(join(work, 'update.7z'), ['old', 'old/gone.txt', 'old/gone too']);
  });
});

async function expectAs7zLists(archive: string, paths?: string[]): Promise<void> {
  const { list: read } = await list(readFileSync(archive));
  const expected = listedBy7z(archive);
  expect(read?.total).toBe(expected.length);
  expect(read?.unpackedBytes).toBe(expected.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  expect(read?.entries).toEqual(expected.slice(0, 10_000));
  if (paths !== undefined) expect(read?.entries.map(({ path }) => path)).toEqual(paths);
}

/** `7z l -slt`: a block of lines 'Key = value' for each entry, in the archive's order. */
function listedBy7z(archive: string): ArchiveEntry[] {
  const answer = execFileSync('7z', ['l', '-slt', '-psecret', archive], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  });
  const [, entries] = answer.split('\n----------\n');
  return entries
    .trim()
    .split('\n\n')
    .map((block) => {
      const field = (key: string) => new RegExp(`^${key} = (.*)$`, 'm').exec(block)?.[1] ?? '';
      const modified = /^(.{10}) (.{8})(\.\d{0,3})?/.exec(field('Modified'));
      return {
        path: field('Path'),
        isFolder: /^D/.test(field('Attributes')),
        sizeBytes: Number(field('Size')),
        modifiedMs:
          modified === null ? null : wallTimeMs(Date.parse(`${modified[1]}T${modified[2]}${modified[3] ?? ''}Z`)),
        encrypted: field('Encrypted') === '+',
      };
    });
}
