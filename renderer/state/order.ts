/** The order of the file list. The list is kept sorted by name as pages come in; every other order is a stable sort of that one, so that ties go by name. */

import { compareText } from '../text/format.ts';
import { type Column, sortKey } from './columns.ts';
import type { Row } from './row.ts';

export interface Order {
  column: Column;
  descending: boolean;
}

/** Folders first, then by name; names that the collator calls equal go by their units. */
function compareByName(a: Row, b: Row): number {
  if (a.isFolder !== b.isFolder) return a.isFolder ? -1 : 1;
  return compareText(a.name, b.name) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** Merges two lists sorted by name. Each row of the (short) page seeks its place by halving: 100,000 rows cost few of the dear name comparisons. */
export function mergeByName(sorted: readonly Row[], page: readonly Row[]): Row[] {
  const incoming = [...page].sort(compareByName);
  const merged: Row[] = [];
  let from = 0;
  for (const row of incoming) {
    let low = from;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareByName(sorted[middle], row) <= 0) low = middle + 1;
      else high = middle;
    }
    for (let i = from; i < low; i++) merged.push(sorted[i]);
    merged.push(row);
    from = low;
  }
  for (let i = from; i < sorted.length; i++) merged.push(sorted[i]);
  return merged;
}

/** The rows in the asked order; folders stay on top in each. `byName` is sorted by name. */
export function inOrder(byName: readonly Row[], order: Order): Row[] {
  const folders = byName.filter((row) => row.isFolder);
  const others = byName.filter((row) => !row.isFolder);
  return [...ordered(folders, order), ...ordered(others, order)];
}

function ordered(rows: Row[], { column, descending }: Order): Row[] {
  if (column === 'name') return descending ? rows.reverse() : rows;
  const keys = rows.map((row) => sortKey(row, column));
  const ranks = textRanks(keys);
  const keyed = rows.map((row, i) => {
    const key = keys[i];
    return { row, key: key === null ? UNKNOWN : typeof key === 'number' ? key : (ranks.get(key) ?? UNKNOWN) };
  });
  keyed.sort(descending ? (a, b) => difference(b.key, a.key) : (a, b) => difference(a.key, b.key));
  return keyed.map(({ row }) => row);
}

/** What is not known sorts below everything that is. */
const UNKNOWN = Number.NEGATIVE_INFINITY;

function difference(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The place of each text among all that occur: they are few (types, extensions), and comparing texts is dear. */
function textRanks(keys: ReadonlyArray<number | string | null>): Map<string, number> {
  const texts = new Set<string>();
  for (const key of keys) if (typeof key === 'string') texts.add(key);
  return new Map([...texts].sort(compareText).map((text, rank) => [text, rank]));
}
