/**
 * Block maps of ext2 and ext3: twelve direct pointers, then single, double and triple indirect blocks.
 * Layout: Linux Documentation/filesystems/ext4, "Direct/Indirect Block Addressing" (i_block as 15 little-endian words; 0 is a hole).
 */

import { damaged } from '../../rump/errno.ts';
import { u32le } from '../../rump/vfs/bytes.ts';
import type { Ext2Mount } from './ext2mount.ts';
import type { BlockRun } from './extent.ts';
import type { Inode } from './inode.ts';

const DIRECT_POINTERS = 12;
const INDIRECT_LEVELS = 3;

/** How many blocks a block map can address. */
export function maxMappedBlocks(blockSize: number): number {
  const perBlock = blockSize / 4;
  return DIRECT_POINTERS + perBlock + perBlock ** 2 + perBlock ** 3;
}

/** The run that holds `logicalBlock`, from there on. EUCLEAN if a pointer leads out of the file system. */
export function indirectRun(fs: Ext2Mount, inode: Inode, logicalBlock: number): BlockRun {
  if (logicalBlock < DIRECT_POINTERS) return pointerRun(fs, inode, inode.iblock, logicalBlock, DIRECT_POINTERS);
  const perBlock = fs.sb.blockSize / 4;
  let within = logicalBlock - DIRECT_POINTERS;
  let covered = perBlock;
  for (let level = 1; level <= INDIRECT_LEVELS; level++, covered *= perBlock) {
    if (within >= covered) {
      within -= covered;
      continue;
    }
    const top = u32le(inode.iblock, 4 * (DIRECT_POINTERS + level - 1));
    return descend(fs, inode, top, within, covered);
  }
  throw damaged(`inode ${inode.ino} is larger than its block map`, { found: logicalBlock });
}

/** From an indirect block that covers `covered` blocks to the pointer number `within` below it. */
function descend(fs: Ext2Mount, inode: Inode, top: number, within: number, covered: number): BlockRun {
  const perBlock = fs.sb.blockSize / 4;
  let block = top;
  let rest = within;
  for (let span = covered; ; ) {
    if (block === 0) return { physical: null, count: span - rest };
    checkPointer(fs, inode, block);
    const pointers = fs.device.bread(block * fs.sb.blockSize, fs.sb.blockSize);
    if (span === perBlock) return pointerRun(fs, inode, pointers, rest, perBlock);
    span /= perBlock;
    block = u32le(pointers, 4 * Math.floor(rest / span));
    rest %= span;
  }
}

/** The run of pointers from `first` on that follow each other, or are all holes. */
function pointerRun(fs: Ext2Mount, inode: Inode, pointers: Uint8Array, first: number, limit: number): BlockRun {
  const physical = u32le(pointers, 4 * first);
  const step = physical === 0 ? 0 : 1;
  let count = 1;
  while (first + count < limit && u32le(pointers, 4 * (first + count)) === physical + count * step) count++;
  if (physical === 0) return { physical: null, count };
  checkPointer(fs, inode, physical);
  return { physical, count: Math.min(count, fs.sb.blocksCount - physical) };
}

function checkPointer(fs: Ext2Mount, inode: Inode, block: number): void {
  if (block >= fs.sb.blocksCount)
    throw damaged(`inode ${inode.ino} points outside of the file system`, {
      expected: `below ${fs.sb.blocksCount}`,
      found: block,
    });
}
