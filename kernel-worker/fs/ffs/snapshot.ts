/**
 * Snapshots of FFS: files of the file system's size that hold the old content of blocks that were changed since, and marks for the others.
 * The marks: BLK_NOCOPY 1 and BLK_SNAP 2 of <ufs/ffs/fs.h>; that 0 means the live block: FreeBSD's ufs_bmap.c.
 */

import type { Superblock } from './format.ts';

/** Block was free, or belongs to a snapshot: both read as zeros. */
const HIGHEST_MARK = 2;

/** How a snapshot's pointers read; undefined for an ordinary one. */
export function snapshotPointer(sb: Superblock) {
  const marks = Math.max(sb.fragmentsPerBlock, HIGHEST_MARK + 1);
  const wholeBlocks = Math.floor(sb.sizeFragments / sb.fragmentsPerBlock);
  return (pointer: number, logicalBlock: number): { deviceOffset: number | null } | undefined => {
    if (pointer >= marks) return undefined;
    // Behind the last whole block stands the snapshot's own list of blocks.
    if (pointer !== 0 || logicalBlock >= wholeBlocks) return { deviceOffset: null };
    return { deviceOffset: logicalBlock * sb.blockBytes };
  };
}
