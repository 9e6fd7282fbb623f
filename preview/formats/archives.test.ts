/** Lists of archives: those that are as they should be, and those that lie. */

import { describe, expect, test } from 'vitest';
import { isBomb, isUnsafePath, wallTimeMs } from '../../kernel-worker/content/archives/archive-entry.ts';
import { tar, zip } from '../../test/end-to-end/look-stick.ts';
import { TarReader } from './tar.ts';
import { listZip } from './zip.ts';

const reader = (bytes: Uint8Array) => async (from: number, to: number) => {
  if (from < 0 || to > bytes.length || to < from) throw new Error(`outside of the file: ${from} to ${to}`);
  return bytes.subarray(from, to);
};
const list = (bytes: Uint8Array) => listZip(bytes.length, reader(bytes));

describe('a ZIP archive', () => {
  test('is listed with sizes, times and what is encrypted', async () => {
    const { entries, total, cut } = await list(
      zip([
        { name: 'Ordner/' },
        { name: 'Ordner/süß.txt', content: 'hello' },
        { name: 'x', content: 'y', encrypted: true },
      ]),
    );
    expect([total, cut]).toEqual([3, false]);
    expect(entries.map(({ path, isFolder, sizeBytes, encrypted }) => [path, isFolder, sizeBytes, encrypted])).toEqual([
      ['Ordner/', true, 0, false],
      ['Ordner/süß.txt', false, 5, false],
      ['x', false, 1, true],
    ]);
    expect(entries[0].modifiedMs).toBe(Date.UTC(2026, 8, 26, 14, 30));
  });

  test('behind a comment, or with something before it, is found', async () => {
    const bytes = Buffer.from(zip([{ name: 'a' }]));
    bytes.writeUInt16LE(500, bytes.length - 2);
    expect((await list(Buffer.concat([bytes, Buffer.alloc(500, 0x20)]))).entries).toHaveLength(1);
  });

  test('of more than four gigabytes says so in its extra field', async () => {
    const bytes = Buffer.from(zip([{ name: 'large', content: 'x', saidSize: 0xffff_ffff }]));
    const at = bytes.indexOf('PK\x01\x02');
    const extra = Buffer.alloc(12);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(5_000_000_000n, 4);
    bytes.writeUInt16LE(12, at + 30);
    const end = bytes.subarray(at + 46 + 5);
    end.writeUInt32LE(46 + 5 + 12, 12);
    const whole = Buffer.concat([bytes.subarray(0, at + 46 + 5), extra, end]);
    expect((await list(whole)).entries[0].sizeBytes).toBe(5_000_000_000);
  });

  test('whose directory is elsewhere, cut, or not there is damaged', async () => {
    const bytes = Buffer.from(zip([{ name: 'a' }, { name: 'b' }]));
    const elsewhere = Buffer.from(bytes);
    elsewhere.writeUInt32LE(0x7fff_ffff, bytes.length - 6);
    await expect(list(elsewhere)).rejects.toMatchObject({ code: 'damaged' });
    const wrong = Buffer.from(bytes);
    wrong.writeUInt32LE(3, bytes.length - 6);
    await expect(list(wrong)).rejects.toMatchObject({ code: 'damaged' });
    await expect(list(bytes.subarray(0, 20))).rejects.toMatchObject({ code: 'damaged' });
    await expect(list(Buffer.alloc(0))).rejects.toMatchObject({ code: 'damaged' });
  });

  test('that promises more entries than it has is listed as far as it goes', async () => {
    const bytes = Buffer.from(zip([{ name: 'a' }]));
    bytes.writeUInt16LE(500, bytes.length - 12);
    expect(await list(bytes)).toMatchObject({ total: 500, cut: true, entries: [{ path: 'a' }] });
  });
});

test('names that lead elsewhere, and sizes that no packing reaches, are told', () => {
  for (const path of ['../a', 'a/../../b', '/etc/passwd', '\\\\server\\x', 'C:\\x', '..', 'a\0b'])
    expect(isUnsafePath(path), path).toBe(true);
  for (const path of ['a/b', 'a..b', '...', '.hidden', 'a/..b/c']) expect(isUnsafePath(path), path).toBe(false);
  expect(isBomb(4_000_000_000, 1000)).toBe(true);
  expect(isBomb(4_000_000_000, 1_000_000_000)).toBe(false);
  expect(isBomb(10_000_000, 1000)).toBe(false);
});

/** As a view reads it: what is wanted, one after the other. */
function read(bytes: Uint8Array): TarReader {
  const taker = new TarReader();
  for (let at = 0; !taker.ended && !taker.damaged && at + 512 <= bytes.length; ) {
    const { kind, lengthBytes } = taker.wanted;
    taker.take(kind === 'pass' ? new Uint8Array(0) : bytes.subarray(at, at + lengthBytes));
    at += lengthBytes;
  }
  return taker;
}

describe('a tar archive', () => {
  test('is listed to its end', () => {
    const { entries, ended } = read(
      tar([
        { name: 'a.txt', content: 'x'.repeat(513) },
        { name: 'b', content: '' },
      ]),
    );
    expect(ended).toBe(true);
    expect(entries.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ['a.txt', 513],
      ['b', 0],
    ]);
    expect(entries[0].modifiedMs).toBe(wallTimeMs(1_790_000_000_000));
  });

  test('has long names by either way, for the entry that follows only', () => {
    const member = (type: string, name: string, content: string) => {
      const bytes = Buffer.from(tar([{ name, content }])).subarray(0, -1024);
      bytes[156] = type.charCodeAt(0);
      bytes.fill(0x20, 148, 156);
      const sum = bytes.subarray(0, 512).reduce((all, byte) => all + byte, 0);
      bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
      return bytes;
    };
    const long = `${'d/'.repeat(100)}gnu.txt`;
    const pax = `${'p/'.repeat(80)}pax.txt`;
    const record = ` path=${pax}\n`;
    const bytes = Buffer.concat([
      member('L', '././@LongLink', `${long}\0`),
      member('0', 'short', 'x'),
      member('x', 'PaxHeader', `${record.length + 3}${record}`),
      member('0', 'short', 'x'),
      member('0', 'last', 'x'),
    ]);
    expect(read(bytes).entries.map((entry) => entry.path)).toEqual([long, pax, 'last']);
  });

  test('that is none, or says impossible sizes, ends', () => {
    expect(read(Buffer.alloc(2048, 0x41)).damaged).toBe(true);
    const bytes = Buffer.from(tar([{ name: 'a', content: '' }]));
    bytes.write('77777777777\0', 124);
    bytes.fill(0x20, 148, 156);
    const sum = bytes.subarray(0, 512).reduce((all, byte) => all + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(read(bytes).entries).toMatchObject([{ path: 'a', sizeBytes: 8_589_934_591 }]);
  });
});
