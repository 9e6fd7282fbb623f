import { describe, expect, test } from 'vitest';
import { extImage, extManifest, mountExt } from '../../../test/images/ext-images.ts';
import { crc32c } from '../../rump/lib/crc32c.ts';
import { u32be } from '../../rump/vfs/bytes.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';
import { badRangeBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { parseJournalSuperblock } from './journalformat.ts';

const MAGIC = 0xc03b3998;

/** Byte offsets of the journal's blocks of a type ('descriptor' 1, 'commit' 2, superblock 4, 'revoke' 5), in order of their sequence. */
function journalBlocks(bytes: Uint8Array, type: number, blockSize = 1024): number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at += blockSize) {
    if (u32be(bytes, at) === MAGIC && u32be(bytes, at + 4) === type) found.push(at);
  }
  return found.sort((a, b) => u32be(bytes, a + 8) - u32be(bytes, b + 8));
}

function setU32be(bytes: Uint8Array, at: number, value: number): void {
  new DataView(bytes.buffer).setUint32(at, value);
}

/** The first characters of the files that the journal's transactions changed: two blocks each of a, b, c, d, e. */
function contentOf(mount: Mount): string {
  return ['a', 'b', 'c', 'd', 'e']
    .map((name) => {
      const file = namei(mount, `/${name}`, true);
      const byte = new Uint8Array(1);
      return [0, file.attr.size > 2048 ? mount.info.facts['Block size'] : 0]
        .map((offset) => {
          mount.read(file, Number(offset), byte);
          return byte[0] === 0xc0 ? '!' : String.fromCharCode(byte[0]);
        })
        .join('');
    })
    .join(' ');
}

describe('replay', () => {
  test.each(['journal-v0', 'journal-v2', 'journal-v3'] as const)(
    '%s: takes what complete transactions logged, and not what was revoked since',
    async (name) => {
      const mount = await mountExt(extImage(name));
      // '!' is the escaped block, which begins with the journal's own magic number; b's second block was never committed.
      expect(contentOf(mount)).toBe('1R !b cN Xd Xe');
      expect(mount.info.state.notices).toEqual([
        'The file system was not cleanly unmounted; its journal was replayed in memory (7 transactions).',
      ]);
    },
  );

  test('noload shows what stood there before, with a notice', async () => {
    for (const option of ['noload', 'noreplay']) {
      const mount = await mountExt(extImage('journal-v3'), { [option]: '' });
      expect(contentOf(mount)).toBe('aa bb cc dd ee');
      expect(mount.info.state).toEqual({
        dirty: true,
        errors: false,
        notices: ['The journal was not replayed: the last changes are missing.'],
      });
    }
  });

  test('stops before a transaction whose commit block has a wrong checksum', async () => {
    for (const name of ['journal-v1', 'journal-v3'] as const) {
      const bytes = extImage(name);
      const commits = journalBlocks(bytes, 2);
      bytes[commits[1] + 0x10] ^= 1;
      const { state } = (await mountExt(bytes)).info;
      expect(state.notices).toEqual([
        'The file system was not cleanly unmounted; its journal was replayed in memory (1 transaction).',
        'A transaction in the journal is damaged; the journal was replayed up to it.',
      ]);
    }
  });

  test('stops before a descriptor with a wrong checksum', async () => {
    const bytes = extImage('journal-v2');
    bytes[journalBlocks(bytes, 1)[1] + 100] ^= 1;
    expect((await mountExt(bytes)).info.state.notices[1]).toBe(
      'A transaction in the journal is damaged; the journal was replayed up to it.',
    );
  });

  test('leaves out a block whose own checksum is wrong', async () => {
    const bytes = extImage('journal-v2');
    const logged = Buffer.from(bytes.buffer).indexOf('1'.repeat(1024));
    bytes[logged + 5] ^= 1;
    const mount = await mountExt(bytes);
    expect(contentOf(mount).slice(0, 2)).toBe('aR');
    expect(mount.info.state.notices).toContain('Blocks in the journal that are damaged and were left out: 1.');
  });

  test('goes round the end of the log', async () => {
    const bytes = extImage('journal-wrap');
    const commits = journalBlocks(bytes, 2).filter((at) => u32be(bytes, at + 8) >= 193);
    expect(Math.min(...commits)).toBeLessThan(commits[0]);
    expect((await mountExt(bytes)).info.state.notices[0]).toContain('(82 transactions)');
  });

  test('of fast commits adds and takes away names, blocks and inodes', async () => {
    const mount = await mountExt(extImage('fast-commit'));
    expect(mount.info.state.notices[0]).toMatch(/ and 50 fast changes\)\.$/);
    const before = await mountExt(extImage('fast-commit'), { noload: '' });
    expect([...before.readdir(before.root)].length).toBeLessThan(extManifest('fast-commit').length);
  });

  test('of a fast commit with a wrong checksum ends before it', async () => {
    const bytes = extImage('fast-commit');
    // The first fast commit begins with a head tag (9, 8 bytes, no features).
    const head = Buffer.from(bytes.buffer).indexOf(Buffer.of(9, 0, 8, 0, 0, 0, 0, 0));
    expect(head % 1024).toBe(0);
    bytes[head + 20] ^= 1;
    expect((await mountExt(bytes)).info.state.notices[0]).not.toContain('fast');
  });
});

describe('a journal that cannot be replayed', () => {
  test('because the medium cannot be read there is an error with the place, and noload mounts', async () => {
    const bytes = extImage('journal-v3');
    const commit = journalBlocks(bytes, 2)[2];
    const blocks = badRangeBlocks(memoryBlocks(bytes), commit, 512);
    await expect(mountExt(blocks)).rejects.toMatchObject({ errno: 'EIO', byteOffset: commit });
    expect(contentOf(await mountExt(blocks, { noload: '' }))).toBe('aa bb cc dd ee');
  });

  test('because its superblock is damaged costs the last changes, with a notice', async () => {
    const bytes = extImage('journal-v3');
    bytes[journalBlocks(bytes, 4)[0] + 0x40] ^= 1;
    const mount = await mountExt(bytes);
    expect(contentOf(mount)).toBe('aa bb cc dd ee');
    expect(mount.info.state.notices).toEqual([
      'The journal is damaged and was not replayed: the last changes are missing.',
    ]);
  });

  test('because it uses an unknown feature is refused by name', async () => {
    const bytes = extImage('journal-v0');
    setU32be(bytes, journalBlocks(bytes, 4)[0] + 0x28, 0x80);
    await expect(mountExt(bytes)).rejects.toMatchObject({
      errno: 'EOPNOTSUPP',
      message: 'the journal uses an unknown feature (incompat 0x80)',
    });
  });

  test('because it is on another device is refused by name, and noload mounts', async () => {
    const bytes = extImage('journal-v3');
    bytes.fill(0, 1024 + 0xe0, 1024 + 0xe4);
    new DataView(bytes.buffer).setUint32(1024 + 0x3fc, crc32c(~0, bytes, 1024, 1024 + 0x3fc), true);
    await expect(mountExt(bytes)).rejects.toMatchObject({
      errno: 'EOPNOTSUPP',
      message: expect.stringContaining('lies on another device'),
    });
    expect(contentOf(await mountExt(bytes, { noload: '' }))).toBe('aa bb cc dd ee');
  });

  test('is found by the copy of its map where its inode is damaged', async () => {
    const bytes = extImage('journal-v0');
    const expected = contentOf(await mountExt(extImage('journal-v0')));
    // Inode 8 of the first group: its table's block stands in the first group descriptor.
    const table = new DataView(bytes.buffer).getUint32(2048 + 8, true) * 1024;
    bytes.fill(0, table + 7 * 128, table + 9 * 128);
    const mount = await mountExt(bytes);
    expect(contentOf(mount)).toBe(expected);
  });
});

describe('the superblock of a journal', () => {
  /** Version 2, 1 KiB blocks, 1024 of them, the log empty. */
  function journalSuperblock(changes: Record<number, number>): Uint8Array {
    const bytes = new Uint8Array(1024);
    const fields = { 0: MAGIC, 4: 4, 0xc: 1024, 0x10: 1024, 0x14: 1, ...changes };
    for (const [at, value] of Object.entries(fields)) setU32be(bytes, Number(at), value);
    return bytes;
  }
  const parse = (changes: Record<number, number>) => parseJournalSuperblock(journalSuperblock(changes), 1024, 1024, 0);

  test('gives the log and the fast commit area behind an unused block', () => {
    expect(parse({})).toMatchObject({ first: 1, end: 1024, fastCommitArea: null });
    expect(parse({ 0x28: 0x20 })).toMatchObject({ end: 768, fastCommitArea: { first: 769, end: 1024 } });
    expect(parse({ 0x28: 0x20, 0x54: 24 })).toMatchObject({ end: 1000, fastCommitArea: { first: 1001, end: 1024 } });
  });

  test.each([
    ['magic number', 0, 1],
    ['type', 4, 2],
    ['block size', 0xc, 4096],
    ['length', 0x10, 1025],
    ['first block of the log', 0x14, 0],
    ['start of the log', 0x1c, 5000],
  ])('with an impossible %s is damage', (field, at, value) => {
    expect(() => parse({ [at]: value })).toThrow(`the journal's superblock is damaged: ${field}`);
  });
});
