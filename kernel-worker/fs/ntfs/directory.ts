/** All names of a directory: the walk through its index, in order, around what is damaged. */

import { asKernelError, damaged, type KernelError } from '../../rump/errno.ts';
import {
  type Directory,
  entryAt,
  entryKey,
  entryLength,
  hasSubnode,
  type IndexEntry,
  type IndexNode,
  isDosName,
  isLast,
  openDirectory,
  readBlock,
  subnode,
  usedBlocks,
} from './indexnode.ts';
import type { Inode } from './inode.ts';
import type { Volume } from './volume.ts';

/** A node of 512 bytes holds at least one name, so no real tree of 2^32 names is deeper. */
export const MAX_INDEX_DEPTH = 32;

/**
 * All names in the order of the index, those for DOS only if asked for. A failure is yielded and costs an entry, or a block; in the latter case the blocks
 * that the bitmap calls used and that the tree did not reach are then read on their own. Throws if the index cannot be opened.
 */
export function* indexEntries(
  volume: Volume,
  inode: Inode,
  withDosNames = false,
): Generator<IndexEntry | KernelError, void> {
  const directory = openDirectory(volume, inode);
  const visited = new Uint8Array(Math.ceil(directory.blockCount / 8));
  const stack = [{ node: directory.root, at: directory.root.start, isBelowDone: false }];
  let isBroken = false;
  while (stack.length > 0) {
    const level = stack[stack.length - 1];
    const { node, at } = level;
    let below: IndexNode | null = null;
    try {
      const length = entryLength(node, at);
      if (hasSubnode(node, at) && !level.isBelowDone) {
        level.isBelowDone = true;
        if (stack.length >= MAX_INDEX_DEPTH) {
          throw damaged('the index of a directory is too deep', { found: stack.length });
        }
        below = blockOnce(volume, directory, subnode(directory, node, at, length), visited);
      } else if (isLast(node, at)) {
        stack.pop();
      } else {
        level.at = at + length;
        level.isBelowDone = false;
      }
    } catch (error) {
      yield failureOf(error);
      isBroken = true;
      // What is below an entry is lost, or, if it was the entry's own length, the rest of the node.
      if (!level.isBelowDone) stack.pop();
    }
    if (below !== null) stack.push({ node: below, at: below.start, isBelowDone: false });
    if (level.at === at) continue;
    const entry = namedEntry(node, at, level.at - at, withDosNames);
    if (entry !== null) yield entry;
  }
  if (isBroken) yield* unreachedEntries(volume, inode, directory, visited, withDosNames);
}

/** The entries of all blocks that the bitmap calls used and that are not in `visited`. */
function* unreachedEntries(
  volume: Volume,
  inode: Inode,
  directory: Directory,
  visited: Uint8Array,
  withDosNames: boolean,
): Generator<IndexEntry | KernelError, void> {
  const used = usedBlocks(volume, inode, directory);
  for (let number = 0; number < directory.blockCount; number++) {
    const bit = 1 << (number & 7);
    if ((used[number >> 3] & bit & ~visited[number >> 3]) === 0) continue;
    yield* blockEntries(volume, directory, number, withDosNames);
  }
}

/** The entry at `at`, or why it has no name; null for a name for DOS only that is not wanted. */
function namedEntry(
  node: IndexNode,
  at: number,
  length: number,
  withDosNames: boolean,
): IndexEntry | KernelError | null {
  try {
    const key = entryKey(node, at, length);
    return withDosNames || !isDosName(node, key) ? entryAt(node, at, key) : null;
  } catch (error) {
    return failureOf(error);
  }
}

/** Block `number`, unless it was read before: then the tree has a loop. */
function blockOnce(volume: Volume, directory: Directory, number: number, visited: Uint8Array): IndexNode {
  const bit = 1 << (number & 7);
  if ((visited[number >> 3] & bit) !== 0) {
    throw damaged('the index of a directory comes to the same block twice', { found: number });
  }
  visited[number >> 3] |= bit;
  return readBlock(volume, directory, number);
}

/** The entries of one block, without what is below it. */
function* blockEntries(
  volume: Volume,
  directory: Directory,
  number: number,
  withDosNames: boolean,
): Generator<IndexEntry | KernelError, void> {
  try {
    const node = readBlock(volume, directory, number);
    for (let at = node.start; !isLast(node, at); ) {
      const length = entryLength(node, at);
      const entry = namedEntry(node, at, length, withDosNames);
      if (entry !== null) yield entry;
      at += length;
    }
  } catch (error) {
    yield failureOf(error);
  }
}

/** What was thrown, to be yielded; only that the medium is gone is thrown on. */
function failureOf(error: unknown): KernelError {
  const failure = asKernelError(error);
  if (failure.kind === 'removed') throw failure;
  return failure;
}
