/** A row of a file list: a directory entry with what the list shows and sorts by, worked out once. */

import type { EntryReport } from '../../main/contract.ts';
import { type FileKind, fileKind, typeName } from './file-kind.ts';
import { parentPath } from './place.ts';

/** Where an entry lies that is not of the folder that is shown. */
export interface RowPlace {
  volume: number;
  /** The folder's path. */
  folder: string;
  /** What the list shows of it: with the volume's name where there are several. */
  label: string;
}

export interface Row {
  /** Identifies the row in its list: the name in a folder, volume and path among results. */
  key: string;
  /** Goes back to main unchanged. */
  name: string;
  entry: EntryReport;
  kind: FileKind;
  type: string;
  isFolder: boolean;
  hidden: boolean;
  /** null where a size means nothing (folders, devices) or is not known. */
  size: number | null;
  /** null: in the folder that is shown. */
  place: RowPlace | null;
}

/** Rows in their order, as a list shows them. */
export interface RowSource {
  readonly rows: readonly Row[];
  /** Of each row, in the same order. */
  readonly keys: readonly string[];
  readonly loading: boolean;
}

/** FILE_ATTRIBUTE_HIDDEN. */
const DOS_HIDDEN = 0x02;

export function rowFrom(entry: EntryReport): Row {
  const kind = fileKind(entry);
  const attr = entry.attr;
  return {
    key: entry.name,
    name: entry.name,
    entry,
    kind,
    type: typeName(entry.name, kind),
    isFolder: kind === 'folder',
    hidden: entry.name.startsWith('.') || ((attr?.dosAttributes ?? 0) & DOS_HIDDEN) !== 0,
    size: attr?.type === 'file' ? attr.size : null,
    place: null,
  };
}

/** Without what lies in folders that are among them: a search finds both, and a copy of the folder brings it along. */
export function withoutNested(rows: readonly Row[], pathOf: (row: Row) => string): Row[] {
  const keyOf = (row: Row, path: string) => `${row.place?.volume ?? ''}:${path}`;
  const folders = new Set(rows.filter((row) => row.isFolder).map((row) => keyOf(row, pathOf(row))));
  if (folders.size === 0) return [...rows];
  return rows.filter((row) => {
    for (let above = parentPath(pathOf(row)); above !== null; above = parentPath(above)) {
      if (folders.has(keyOf(row, above))) return false;
    }
    return true;
  });
}
