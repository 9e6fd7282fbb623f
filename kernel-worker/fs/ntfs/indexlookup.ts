/** One name of a directory, through its index in the order of $UpCase, or one by one where that order cannot be relied on. */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
import { indexEntries, MAX_INDEX_DEPTH } from './directory.ts';
import { FILE_NAME_LENGTH, FILE_NAME_TEXT } from './format.ts';
import {
  type Directory,
  entryAt,
  entryKey,
  entryLength,
  hasSubnode,
  type IndexEntry,
  type IndexNode,
  isLast,
  openDirectory,
  readBlock,
  subnode,
} from './indexnode.ts';
import type { Inode } from './inode.ts';
import { compareUpcased, type UpcaseTable, upcased, upcaseTable } from './upcase.ts';
import type { Volume } from './volume.ts';

/** A name that differs by case only has few neighbours; a search that reads more blocks than this is led in circles. */
const MAX_SEARCH_BLOCKS = 256;
/** Up to this size (some 15,000 names) a directory is searched one by one too before a name is said not to be there: its writer may have sorted otherwise. */
const MAX_SCAN_BLOCKS = 512;

interface Search {
  volume: Volume;
  directory: Directory;
  table: UpcaseTable;
  name: string;
  upper: Uint16Array;
  blocksLeft: number;
  /** Equal but for case. */
  similar: IndexEntry | null;
}

/** The entry of exactly this name; else, unless the mount compares case, one that is equal but for case; else null. DOS names are found too. */
export function findName(volume: Volume, inode: Inode, name: string): IndexEntry | null {
  const directory = openDirectory(volume, inode);
  const table = upcaseTable(volume);
  if (!table.isOwn || !directory.isCollated) return scan(volume, inode, name, table);
  try {
    const entry = findCollated(volume, inode, name);
    if (entry !== null) return entry;
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return scan(volume, inode, name, table);
  }
  return directory.blockCount <= MAX_SCAN_BLOCKS ? scan(volume, inode, name, table) : null;
}

/** As `findName`, but by the order of the index only, which is cheap in directories of any size. EUCLEAN. */
export function findCollated(volume: Volume, inode: Inode, name: string): IndexEntry | null {
  const directory = openDirectory(volume, inode);
  const table = upcaseTable(volume);
  const upper = upcased(table, name);
  const search: Search = { volume, directory, table, name, upper, blocksLeft: MAX_SEARCH_BLOCKS, similar: null };
  const exact = descend(search, directory.root, 1);
  return exact ?? (volume.isCaseSensitive ? null : search.similar);
}

/** The entry of exactly the wanted name in or below `node`; what is equal but for case is noted on the way. */
function descend(search: Search, node: IndexNode, depth: number): IndexEntry | null {
  const { volume, directory, table, upper } = search;
  for (let at = node.start; ; ) {
    const length = entryLength(node, at);
    const key = isLast(node, at) ? -1 : entryKey(node, at, length);
    const order =
      key < 0 ? -1 : compareUpcased(table, upper, node.bytes, key + FILE_NAME_TEXT, node.bytes[key + FILE_NAME_LENGTH]);
    if (order <= 0 && hasSubnode(node, at)) {
      search.blocksLeft -= 1;
      if (depth >= MAX_INDEX_DEPTH || search.blocksLeft < 0) throw damaged('the index of a directory is too deep');
      const below = readBlock(volume, directory, subnode(directory, node, at, length));
      const found = descend(search, below, depth + 1);
      if (found !== null) return found;
    }
    if (order < 0) return null;
    if (order === 0) {
      const entry = entryAt(node, at, key);
      if (entry.name === search.name) return entry;
      search.similar ??= entry;
    }
    at += length;
  }
}

/** One by one. A failure is thrown only if the name was not found: it may have been there. */
function scan(volume: Volume, inode: Inode, name: string, table: UpcaseTable): IndexEntry | null {
  const upper = upcased(table, name).join();
  let similar: IndexEntry | null = null;
  let failure: KernelError | null = null;
  for (const item of indexEntries(volume, inode, true)) {
    if (item instanceof KernelError) failure ??= item;
    else if (item.name === name) return item;
    else if (similar === null && item.name.length === name.length && upcased(table, item.name).join() === upper)
      similar = item;
  }
  if (similar !== null && !volume.isCaseSensitive) return similar;
  if (failure !== null) throw failure;
  return null;
}
