/** All names of a directory: the walk through its index, in order, around what is damaged. */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
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
    const length = attempt(() => entryLength(node, at));
    if (length instanceof KernelError) {
      yield length;
      yield BROKEN;
      stack.pop();
    } else if (hasSubnode(node, at) && !level.isBelowDone) {
      level.isBelowDone = true;
      const below = attempt(() => {
        if (stack.length >= MAX_INDEX_DEPTH)
          throw damaged('the index of a directory is too deep', { found: stack.length });
        return blockOnce(volume, directory, subnode(directory, node, at, length), visited);
      });
      if (below instanceof KernelError) {
        yield below;
        yield BROKEN;
      } else stack.push({ node: below, at: below.start, isBelowDone: false });
    } else if (isLast(node, at)) {
      stack.pop();
    } else {
      level.at = at + length;
      level.isBelowDone = false;
      const key = attempt(() => entryKey(node, at, length));
      if (key instanceof KernelError) yield key;
      else if (withDosNames || !isDosName(node, key)) yield entryAt(node, at, key);
    }
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
  const node = attempt(() => readBlock(volume, directory, number));
  if (node instanceof KernelError) {
    yield node;
    return;
  }
  for (let at = node.start; !isLast(node, at); ) {
    const start = at;
    const length = attempt(() => entryLength(node, start));
    if (length instanceof KernelError) {
      yield length;
      return;
    }
    const key = attempt(() => entryKey(node, start, length));
    if (key instanceof KernelError) yield key;
    else if (withDosNames || !isDosName(node, key)) yield entryAt(node, start, key);
    at += length;
  }
}

/** The result of `work`, or its failure; only that the medium is gone is thrown. */
function attempt<Result>(work: () => Result): Result | KernelError {
  try {
    return work();
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return failure;
  }
}
