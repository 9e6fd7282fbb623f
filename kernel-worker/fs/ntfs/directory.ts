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

/** Yielded inside this file where a part of the tree cannot be reached. */
const BROKEN = Symbol('broken');

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
  let isBroken = false;
  for (const item of treeEntries(volume, directory, visited, withDosNames)) {
    if (item === BROKEN) isBroken = true;
    else yield item;
  }
  if (!isBroken) return;
  const used = usedBlocks(volume, inode, directory);
  for (let number = 0; number < directory.blockCount; number++) {
    const bit = 1 << (number & 7);
    if ((used[number >> 3] & bit & ~visited[number >> 3]) !== 0)
      yield* blockEntries(volume, directory, number, withDosNames);
  }
}

function* treeEntries(
  volume: Volume,
  directory: Directory,
  visited: Uint8Array,
  withDosNames: boolean,
): Generator<IndexEntry | KernelError | typeof BROKEN, void> {
  const stack = [{ node: directory.root, at: directory.root.start, isBelowDone: false }];
  while (stack.length > 0) {
    const level = stack[stack.length - 1];
    const { node, at } = level;
    let length: number;
    try {
      length = entryLength(node, at);
    } catch (error) {
      yield failureOf(error);
      yield BROKEN;
      stack.pop();
      continue;
    }
    if (hasSubnode(node, at) && !level.isBelowDone) {
      level.isBelowDone = true;
      try {
        if (stack.length >= MAX_INDEX_DEPTH)
          throw damaged('the index of a directory is too deep', { found: stack.length });
        const below = blockOnce(volume, directory, subnode(directory, node, at, length), visited);
        stack.push({ node: below, at: below.start, isBelowDone: false });
      } catch (error) {
        yield failureOf(error);
        yield BROKEN;
      }
    } else if (isLast(node, at)) {
      stack.pop();
    } else {
      level.at = at + length;
      level.isBelowDone = false;
      const entry = namedEntry(node, at, length, withDosNames);
      if (entry !== null) yield entry;
    }
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
