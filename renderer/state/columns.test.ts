/** The columns of the list. */

import { describe, expect, it } from 'vitest';
import type { EntryReport, Vattr } from '../../main/contract.ts';
import {
  boundedWidth,
  cellText,
  fittingColumns,
  fittingWidth,
  resized,
  shownColumns,
  sortKey,
  toggled,
} from './columns.ts';
import { rowFrom } from './row.ts';

const attr: Vattr = {
  type: 'file',
  fileid: 7,
  size: 1_500_000,
  allocatedBytes: null,
  mode: 0o4754,
  nlink: 1,
  uid: 1000,
  gid: 100,
  mtime: { sec: 1_700_000_000, nsec: 500_000_000 },
  atime: null,
  ctime: null,
  birthtime: null,
};
const row = (more: Partial<EntryReport> = {}) => rowFrom({ name: 'Photo.JPG', attr, ...more });
const usual = [
  { column: 'size', width: 92 },
  { column: 'modified', width: 168 },
  { column: 'type', width: 150 },
] as const;

describe('what stands in a column', () => {
  it('is what the file system says, in words and figures', () => {
    expect(cellText(row(), 'size')).toBe('1.5 MB');
    expect(cellText(row(), 'extension')).toBe('jpg');
    expect(cellText(row(), 'attributes')).toBe('rwsr-xr--');
    expect(cellText(row(), 'owner')).toBe('1000:100');
    expect(cellText(row(), 'created')).toBe('');
    expect(cellText(row(), 'type')).toBe('JPG picture');
  });

  it('are the names of DOS attributes where there are no permissions', () => {
    const dos = row({ attr: { ...attr, mode: null, uid: null, dosAttributes: 0x01 | 0x08 | 0x10 | 0x20 } });
    expect(cellText(dos, 'attributes')).toBe('Read-only, Archive');
    expect(cellText(dos, 'owner')).toBe('');
  });

  it('is nothing for a folder’s size and extension, and for what cannot be read', () => {
    const folder = rowFrom({ name: 'a.b', attr: { ...attr, type: 'dir' } });
    expect([cellText(folder, 'size'), cellText(folder, 'extension')]).toEqual(['', '']);
    const unreadable = row({ attr: null });
    expect(
      (['size', 'modified', 'attributes', 'owner'] as const).map((column) => cellText(unreadable, column)),
    ).toEqual(['–', '', '', '']);
  });

  it('sorts by numbers where there are numbers', () => {
    expect(sortKey(row(), 'size')).toBe(1_500_000);
    expect(sortKey(row(), 'modified')).toBe(1_700_000_000.5);
    expect(sortKey(row(), 'created')).toBe(null);
    expect(sortKey(row(), 'owner')).toBe(1000);
    expect(sortKey(row(), 'extension')).toBe('jpg');
  });
});

describe('choosing columns', () => {
  it('puts an added one to its place, and takes it away again', () => {
    const more = toggled([...usual], 'created');
    expect(more.map(({ column }) => column)).toEqual(['size', 'modified', 'created', 'type']);
    expect(toggled(more, 'created')).toEqual(usual);
    expect(toggled([...usual], 'owner').map(({ column }) => column)).toEqual(['size', 'modified', 'type', 'owner']);
    expect(toggled([...usual], 'size').map(({ column }) => column)).toEqual(['modified', 'type']);
  });

  it('changes the width of one within bounds', () => {
    expect(resized([...usual], 'type', 200.4)[2]).toEqual({ column: 'type', width: 200 });
    expect(boundedWidth(-5)).toBe(40);
    expect(boundedWidth(5000)).toBe(1000);
  });
});

describe('which columns are shown', () => {
  it('are all where there is room to scroll, and as many as fit in a narrow window', () => {
    const names = (width: number) => shownColumns(usual, width).map(({ column }) => column);
    expect(names(700)).toEqual(['size', 'modified', 'type']);
    expect(names(560)).toEqual(['size', 'modified', 'type']);
    expect(names(500)).toEqual(['size', 'modified']);
    expect(names(300)).toEqual(['size']);
    expect(names(200)).toEqual([]);
  });

  it('are never more than fit among results, the folder narrower where there is little room', () => {
    const columns = [{ column: 'folder', width: 230 } as const, ...usual];
    const fitted = (width: number) => fittingColumns(columns, width).map((each) => `${each.column} ${each.width}`);
    expect(fitted(1000)).toEqual(['folder 230', 'size 92', 'modified 168', 'type 150']);
    expect(fitted(600)).toEqual(['folder 210', 'size 92']);
    expect(fitted(420)).toEqual(['folder 147']);
    expect(fitted(200)).toEqual([]);
  });

  it('are as wide as the longest of their texts, or as their head', () => {
    const tenEach = (text: string) => text.length * 10;
    const rows = [row(), rowFrom({ name: 'b', attr: { ...attr, mode: null, dosAttributes: 0x27 } })];
    // 'Read-only, Hidden, System, Archive' has 34 letters.
    expect(fittingWidth(rows, 'attributes', 'Attributes', tenEach)).toBe(344);
    expect(fittingWidth([], 'owner', 'Owner', tenEach)).toBe(72);
  });
});
