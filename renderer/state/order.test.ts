/** The order of the list: by name as pages come in, and by each column. */

import { describe, expect, it } from 'vitest';
import type { EntryReport } from '../../main/contract.ts';
import { inOrder, mergeByName, type Order } from './order.ts';
import { type Row, rowFrom } from './row.ts';

function entry(name: string, size: number, day: number, type: 'file' | 'dir' = 'file'): EntryReport {
  return {
    name,
    attr: {
      type,
      fileid: 1,
      size,
      allocatedBytes: null,
      mode: null,
      nlink: null,
      uid: null,
      gid: null,
      mtime: day === 0 ? null : { sec: day * 86400, nsec: 0 },
      atime: null,
      ctime: null,
      birthtime: null,
    },
  };
}

const names = (rows: readonly Row[]) => rows.map((row) => row.name).join(' ');
const rows = mergeByName(
  [],
  [
    entry('b9.txt', 5, 3),
    entry('b10.txt', 7, 0),
    entry('A.png', 5, 1),
    entry('z', 0, 2, 'dir'),
    entry('a', 9, 9, 'dir'),
  ].map(rowFrom),
);
const by = (column: Order['column'], descending: boolean) => names(inOrder(rows, { column, descending }));

describe('order', () => {
  it('puts folders first, then names with their numbers as numbers', () => {
    expect(names(rows)).toBe('a z A.png b9.txt b10.txt');
    expect(by('name', true)).toBe('z a b10.txt b9.txt A.png');
  });

  it('sorts by size, date and type, ties by name, what is not known last when the largest come first', () => {
    expect(by('size', false)).toBe('a z A.png b9.txt b10.txt');
    expect(by('size', true)).toBe('a z b10.txt A.png b9.txt');
    expect(by('modified', true)).toBe('a z b9.txt A.png b10.txt');
    expect(by('modified', false)).toBe('z a b10.txt A.png b9.txt');
    expect(by('type', false)).toBe('a z A.png b9.txt b10.txt');
  });

  it('merges a hundred pages as if they had come as one, and quickly', () => {
    const all = Array.from({ length: 100_000 }, (_, i) => rowFrom(entry(`IMG_${(i * 7919) % 100_003}.jpg`, i, 1)));
    // Time of the processor, not of the clock: others may work on this machine too.
    const before = process.cpuUsage();
    let merged: Row[] = [];
    for (let at = 0; at < all.length; at += 1000) merged = mergeByName(merged, all.slice(at, at + 1000));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(15_000);
    expect(merged).toHaveLength(100_000);
    const numbers = merged.map((row) => Number(row.name.slice(4, -4)));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });
});
