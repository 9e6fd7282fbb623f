/** The order of the file list. The list is kept sorted by name as pages come in; every other order is a stable sort of that one, so that ties go by name. */

import type { Row } from './row.ts';

export type Column = 'name' | 'size' | 'modified' | 'type';

export interface Order {
  column: Column;
  descending: boolean;
}

/** Numbers inside names count as numbers: 'photo 9' comes before 'photo 10'. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Folders first, then by name; names that the collator calls equal go by their units. */
export function compareByName(a: Row, b: Row): number {
  if (a.isFolder !== b.isFolder) return a.isFolder ? -1 : 1;
  return collator.compare(a.name, b.name) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
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

/** What is not known sorts below everything that is. */
const UNKNOWN = Number.NEGATIVE_INFINITY;

function compareBy(column: Exclude<Column, 'name'>): (a: Row, b: Row) => number {
  switch (column) {
    case 'size':
      return (a, b) => difference(a.size ?? UNKNOWN, b.size ?? UNKNOWN);
    case 'modified':
      return (a, b) => difference(a.mtimeMs ?? UNKNOWN, b.mtimeMs ?? UNKNOWN);
    case 'type':
      return (a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0);
  }
}

function difference(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The rows in the asked order; folders stay on top in each. `byName` is sorted by name. */
export function inOrder(byName: readonly Row[], order: Order): Row[] {
  const folders = byName.filter((row) => row.isFolder);
  const others = byName.filter((row) => !row.isFolder);
  return [...ordered(folders, order), ...ordered(others, order)];
}

function ordered(rows: Row[], order: Order): Row[] {
  if (order.column === 'name') return order.descending ? rows.reverse() : rows;
  const compare = compareBy(order.column);
  return rows.sort(order.descending ? (a, b) => compare(b, a) : compare);
}
