/** Rows of lists. */

import { describe, expect, it } from 'vitest';
import type { EntryReport } from '../../main/contract.ts';
import { childPath } from './place.ts';
import { type Row, rowFrom, withoutNested } from './row.ts';

function row(path: string, type: 'file' | 'dir', volume = 1): Row {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  const attr = { type, size: 1 } as EntryReport['attr'];
  return { ...rowFrom({ name, attr }), key: `${volume}:${path}`, place: { volume, folder, label: folder } };
}
const pathOf = (each: Row) => childPath(each.place?.folder ?? '/', each.name);

describe('withoutNested', () => {
  it('leaves out what lies below a folder that is there, however deep, and nothing else', () => {
    const rows = [
      row('/a', 'dir'),
      row('/a/b/c.txt', 'file'),
      row('/ab.txt', 'file'),
      row('/a/x', 'file', 2),
      row('/b/d', 'dir'),
      row('/b', 'file'),
      row('/b/d/e', 'dir'),
    ];
    expect(withoutNested(rows, pathOf).map(({ key }) => key)).toEqual([
      '1:/a',
      '1:/ab.txt',
      '2:/a/x',
      '1:/b/d',
      '1:/b',
    ]);
  });
});
