/** The columns of a file list: what stands in each, which fit, and how wide one must be for its content. */

import type { ListColumn, Timespec, Vattr } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { displayText } from '../text/display-text.ts';
import { formatMode, formatSize, formatTime } from '../text/format.ts';
import { extensionOf } from './file-kind.ts';
import type { Row } from './row.ts';

/** `folder` is there among search results only. */
export type Column = 'name' | 'folder' | ListColumn['column'];

export interface ShownColumn {
  column: Exclude<Column, 'name'>;
  width: number;
}

/** In this order they stand in menus, and a column that is added goes to its place among the others. */
export const LIST_COLUMNS: ReadonlyArray<ListColumn['column']> = [
  'size',
  'modified',
  'created',
  'type',
  'extension',
  'attributes',
  'owner',
];

export const USUAL_WIDTHS: Readonly<Record<ShownColumn['column'], number>> = {
  folder: 230,
  size: 80,
  modified: 168,
  created: 168,
  type: 128,
  extension: 84,
  attributes: 128,
  owner: 104,
};

/** The bounds of a width, in CSS pixels; the settings allow no others. */
const MIN_WIDTH = 40;
const MAX_WIDTH = 1000;
/** The name takes what the others leave, and at least this. */
const MIN_NAME_WIDTH = 160;
/** Between columns, and at both ends of a row; as in the stylesheet. */
export const COLUMN_GAP = 18;
export const ROW_PADDING = 36;
/** A list narrower than this never scrolls sideways: it leaves columns out. */
const NARROW = 560;
const NARROW_NAME_WIDTH = 140;

export function boundedWidth(width: number): number {
  return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
}

/** What a row of these columns needs at least. */
export function leastWidth(columns: readonly ShownColumn[], nameWidth = MIN_NAME_WIDTH): number {
  return columns.reduce((sum, { width }) => sum + width + COLUMN_GAP, nameWidth + ROW_PADDING);
}

/** Those that a list of this width shows: all where there is room to scroll, else as many from the left as fit. */
export function shownColumns<Any extends ShownColumn>(columns: readonly Any[], listWidth: number): Any[] {
  if (listWidth >= NARROW) return [...columns];
  const shown: Any[] = [];
  for (const column of columns) {
    if (leastWidth([...shown, column], NARROW_NAME_WIDTH) > listWidth) break;
    shown.push(column);
  }
  return shown;
}

/** A folder's path is read from its end too: it may be narrower than usual. */
const MIN_FOLDER_WIDTH = 110;
const FOLDER_SHARE = 0.35;

/** As many from the left as fit, whatever the list's width; the folder takes no more than its share. */
export function fittingColumns(columns: readonly ShownColumn[], listWidth: number): ShownColumn[] {
  const nameWidth = listWidth < NARROW ? NARROW_NAME_WIDTH : MIN_NAME_WIDTH;
  const shown: ShownColumn[] = [];
  for (const column of columns) {
    const share = Math.max(MIN_FOLDER_WIDTH, Math.round(listWidth * FOLDER_SHARE));
    const fitted = column.column === 'folder' ? { ...column, width: Math.min(column.width, share) } : column;
    if (leastWidth([...shown, fitted], nameWidth) > listWidth) break;
    shown.push(fitted);
  }
  return shown;
}

/** The columns with one more or one less. */
export function toggled(columns: readonly ListColumn[], column: ListColumn['column']): ListColumn[] {
  if (columns.some((each) => each.column === column)) return columns.filter((each) => each.column !== column);
  const place = LIST_COLUMNS.indexOf(column);
  const next = columns.findIndex((each) => LIST_COLUMNS.indexOf(each.column) > place);
  const added = { column, width: USUAL_WIDTHS[column] };
  return next === -1 ? [...columns, added] : [...columns.slice(0, next), added, ...columns.slice(next)];
}

export function resized(columns: readonly ListColumn[], column: Column, width: number): ListColumn[] {
  return columns.map((each) => (each.column === column ? { ...each, width: boundedWidth(width) } : each));
}

/** What stands in a cell, as text. */
export function cellText(row: Row, column: ShownColumn['column']): string {
  const attr = row.entry.attr;
  switch (column) {
    case 'folder':
      return row.place === null ? '' : displayText(row.place.label);
    case 'size':
      return row.size === null ? (row.isFolder ? '' : '–') : formatSize(row.size);
    case 'modified':
      return formatTime(attr?.mtime ?? null);
    case 'created':
      return formatTime(attr?.birthtime ?? null);
    case 'type':
      return row.type;
    case 'extension':
      return row.isFolder ? '' : displayText(extensionOf(row.name));
    case 'attributes':
      return attr === null ? '' : attributesText(attr);
    case 'owner':
      return attr === null ? '' : ownerText(attr);
  }
}

/** Permissions where the format has them, else the names of the DOS attributes that are set. */
function attributesText(attr: Vattr): string {
  if (attr.mode !== null) return formatMode(attr.mode);
  return dosAttributesText(attr);
}

/** The third and fourth bit say volume label and folder, which the type says better. */
export function dosAttributesText(attr: Vattr): string {
  const bits = attr.dosAttributes ?? 0;
  return messages.details.dosAttributes
    .filter((_, bit) => bit !== 3 && bit !== 4 && ((bits >> bit) & 1) === 1)
    .join(', ');
}

function ownerText({ uid, gid }: Vattr): string {
  return uid === null ? '' : gid === null ? String(uid) : `${uid}:${gid}`;
}

/** By what a column sorts: numbers where they are known, else text. */
export function sortKey(row: Row, column: Exclude<Column, 'name'>): number | string | null {
  const attr = row.entry.attr;
  switch (column) {
    case 'size':
      return row.size;
    case 'modified':
      return seconds(attr?.mtime ?? null);
    case 'created':
      return seconds(attr?.birthtime ?? null);
    case 'owner':
      return attr?.uid ?? null;
    default:
      return cellText(row, column);
  }
}

function seconds(time: Timespec | null): number | null {
  return time === null ? null : time.sec + time.nsec / 1e9;
}

/** Of a long list so many rows, evenly spread, are looked at for a fit, and the longest texts among them are measured. */
const FITTED_ROWS = 3000;
const MEASURED_TEXTS = 20;

/** How wide a column must be for its head and every row; `measure` gives a text's width. */
export function fittingWidth(
  rows: readonly Row[],
  column: ShownColumn['column'],
  head: string,
  measure: (text: string) => number,
): number {
  const step = Math.max(1, Math.floor(rows.length / FITTED_ROWS));
  const texts = new Set(rows.filter((_, i) => i % step === 0).map((row) => cellText(row, column)));
  const longest = [...texts].sort((a, b) => b.length - a.length).slice(0, MEASURED_TEXTS);
  return boundedWidth(Math.max(measure(head) + HEAD_EXTRA, ...longest.map((text) => measure(text) + CELL_EXTRA)));
}

/** The arrow of the sorted column; rounding. */
const HEAD_EXTRA = 22;
const CELL_EXTRA = 4;
