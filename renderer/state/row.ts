/** A row of the file list: a directory entry with what the list shows and sorts by, worked out once. */

import type { EntryReport } from '../../main/contract.ts';
import { timeInMs } from '../text/format.ts';
import { type FileKind, fileKind, typeName } from './file-kind.ts';

export interface Row {
  /** Identifies the row in its folder; goes back to main unchanged. */
  name: string;
  entry: EntryReport;
  kind: FileKind;
  type: string;
  isFolder: boolean;
  hidden: boolean;
  /** null where a size means nothing (folders, devices) or is not known. */
  size: number | null;
  mtimeMs: number | null;
}

/** FILE_ATTRIBUTE_HIDDEN. */
const DOS_HIDDEN = 0x02;

export function rowFrom(entry: EntryReport): Row {
  const kind = fileKind(entry);
  const attr = entry.attr;
  return {
    name: entry.name,
    entry,
    kind,
    type: typeName(entry.name, kind),
    isFolder: kind === 'folder',
    hidden: entry.name.startsWith('.') || ((attr?.dosAttributes ?? 0) & DOS_HIDDEN) !== 0,
    size: attr?.type === 'file' ? attr.size : null,
    mtimeMs: timeInMs(attr?.mtime ?? null),
  };
}
