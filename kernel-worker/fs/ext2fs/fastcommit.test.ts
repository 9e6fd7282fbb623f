import { describe, expect, test } from 'vitest';
import { crc32c } from '../../rump/lib/crc32c.ts';
import { DirectoryChanges, type FastCommits, readFastCommits } from './fastcommit.ts';

const BLOCK = 1024;
const SEQUENCE = 7;

function u32(...values: number[]): number[] {
  return values.flatMap((value) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]);
}

function tlv(tag: number, value: number[]): number[] {
  return [tag & 255, tag >> 8, value.length & 255, value.length >> 8, ...value];
}

/** One fast commit in one block: its tags and a tail with the right checksum. */
function commit(tags: number[][], sequence = SEQUENCE): Uint8Array {
  const block = new Uint8Array(BLOCK);
  block.set(tags.flat());
  const at = tags.flat().length;
  block.set(tlv(8, u32(sequence, 0)), at);
  new DataView(block.buffer).setUint32(at + 8, crc32c(0, block, 0, at + 8), true);
  return block;
}

const HEAD = tlv(9, u32(0, SEQUENCE));
const addRange = (ino: number, start: number, count: number, physical: number) =>
  tlv(1, [...u32(ino, start), count & 255, count >> 8, 0, 0, ...u32(physical)]);
const name = (tag: number, parent: number, ino: number, text: string) =>
  tlv(tag, [...u32(parent, ino), ...new TextEncoder().encode(text)]);

function read(...blocks: Uint8Array[]): FastCommits | null {
  return readFastCommits({ blocks, sequence: SEQUENCE, blocksCount: 100_000 });
}

describe('fast commits', () => {
  test('are taken one after the other up to the first that is not complete', () => {
    const broken = commit([addRange(20, 0, 1, 500)]);
    broken[10] ^= 1;
    const commits = read(
      commit([HEAD, addRange(20, 0, 10, 100)]),
      commit([addRange(20, 4, 2, 300)]),
      broken,
      commit([addRange(20, 0, 10, 900)]),
    );
    expect(commits?.rangeAt(20, 0)).toEqual({ physical: 100, count: 4, isChanged: true });
    expect(commits?.rangeAt(20, 5)).toEqual({ physical: 301, count: 1, isChanged: true });
    expect(commits?.rangeAt(20, 6)).toEqual({ physical: 106, count: 4, isChanged: true });
    expect(commits?.rangeAt(20, 10)).toEqual({ physical: null, count: Number.POSITIVE_INFINITY, isChanged: false });
  });

  test('of another transaction are old ones, and not taken', () => {
    expect(read(commit([tlv(9, u32(0, SEQUENCE - 1)), addRange(20, 0, 10, 100)], SEQUENCE - 1))).toBe(null);
    expect(read(commit([HEAD, addRange(20, 0, 10, 100)], SEQUENCE - 1))).toBe(null);
    expect(read(new Uint8Array(BLOCK))).toBe(null);
  });

  test('with features that are not known are refused by name', () => {
    expect(() => read(commit([tlv(9, u32(4, SEQUENCE))]))).toThrow(
      "the journal's fast commits use an unknown feature (0x4)",
    );
  });

  test('that add blocks outside of the file system are damage', () => {
    expect(() => read(commit([HEAD, addRange(20, 0, 10, 99_995)]))).toThrow('outside of the file system');
  });

  test('know holes and unwritten blocks', () => {
    const commits = read(commit([HEAD, addRange(20, 0, 32768 + 5, 100), tlv(2, u32(20, 2, 100))]));
    expect(commits?.rangeAt(20, 0)).toEqual({ physical: null, count: 2, isChanged: true });
    expect(commits?.rangeAt(20, 50)).toEqual({ physical: null, count: 52, isChanged: true });
  });

  test('forget the blocks of an inode that was taken for a new file', () => {
    const inode = (generation: number) => {
      const fields = new Array<number>(128).fill(0);
      fields[1] = 0x80;
      fields.splice(0x64, 4, ...u32(generation));
      return tlv(6, [...u32(20), ...fields]);
    };
    const same = read(commit([HEAD, inode(1), addRange(20, 0, 10, 100), inode(1)]));
    expect(same?.rangeAt(20, 0).isChanged).toBe(true);
    const other = read(commit([HEAD, inode(1), addRange(20, 0, 10, 100), inode(2)]));
    expect(other?.rangeAt(20, 0).isChanged).toBe(false);
  });

  test('count the links that names add and take away', () => {
    const raw = new Uint8Array(256);
    raw[0x1a] = 2;
    const commits = read(commit([HEAD, name(4, 2, 20, 'b'), name(4, 2, 20, 'c'), name(5, 2, 20, 'a')]));
    expect(commits?.rawInode(20, raw)[0x1a]).toBe(3);
    expect(commits?.rawInode(21, raw)).toBe(raw);
  });
});

describe('changed names', () => {
  const stored = [
    { name: 'a', fileid: 11, type: null },
    { name: 'b', fileid: 12, type: null },
  ];
  const listingAfter = (change: (changes: DirectoryChanges) => void) => {
    const changes = new DirectoryChanges(false);
    change(changes);
    return [...changes.applyTo(stored)].map((item) => ('fileid' in item ? `${item.name}=${item.fileid}` : 'failure'));
  };

  test('are added and taken away', () => {
    expect(listingAfter((changes) => changes.link('c', 13))).toEqual(['a=11', 'b=12', 'c=13']);
    expect(listingAfter((changes) => changes.unlink('a', 11))).toEqual(['b=12']);
  });

  test('stay where the entry names another inode by now', () => {
    expect(listingAfter((changes) => changes.unlink('a', 99))).toEqual(['a=11', 'b=12']);
    expect(listingAfter((changes) => changes.link('a', 99))).toEqual(['a=11', 'b=12']);
  });

  test('are replaced by a rename over them', () => {
    const renamed = listingAfter((changes) => {
      changes.unlink('a', 11);
      changes.link('a', 12);
      changes.unlink('b', 12);
    });
    expect(renamed).toEqual(['a=12']);
  });

  test('can come and go and come', () => {
    const result = listingAfter((changes) => {
      changes.link('c', 13);
      changes.unlink('c', 13);
      changes.link('c', 14);
    });
    expect(result).toEqual(['a=11', 'b=12', 'c=14']);
  });
});
