/** VOP_BMAP: where a byte of a file lies, whichever map the file has, and what fast commits changed in it. */

import { damaged } from '../../rump/errno.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import type { Run } from '../../rump/vfs/vnode.ts';
import type { Ext2Mount } from './ext2mount.ts';
import { type BlockRun, extentRun, MAX_LOGICAL_BLOCKS } from './extent.ts';
import { indirectRun, maxMappedBlocks } from './indirect.ts';
import { FLAG, type Inode } from './inode.ts';

/** The run of blocks from `logicalBlock` on. EUCLEAN if the map is damaged there. */
export function blockRun(fs: Ext2Mount, inode: Inode, logicalBlock: number): BlockRun {
  if (fs.fastCommits === null) return storedRun(fs, inode, logicalBlock);
  const change = fs.fastCommits.rangeAt(inode.ino, logicalBlock);
  if (change.isChanged) return change;
  const stored = storedRun(fs, inode, logicalBlock);
  return { physical: stored.physical, count: Math.min(stored.count, change.count) };
}

function storedRun(fs: Ext2Mount, inode: Inode, logicalBlock: number): BlockRun {
  return (inode.flags & FLAG.extents) !== 0 ? extentRun(fs, inode, logicalBlock) : indirectRun(fs, inode, logicalBlock);
}

export function bmap(fs: Ext2Mount, inode: Inode, fileOffset: number): Run {
  const { blockSize } = fs.sb;
  const logicalBlock = Math.floor(fileOffset / blockSize);
  const within = fileOffset - logicalBlock * blockSize;
  const run = blockRun(fs, inode, logicalBlock);
  const lengthBytes = run.count * blockSize - within;
  if (run.physical === null) return { deviceOffset: null, lengthBytes };
  const deviceOffset = run.physical * blockSize + within;
  if (deviceOffset >= fs.device.sizeBytes)
    throw damaged(`content of inode ${inode.ino} lies behind the end of the medium`, { byteOffset: deviceOffset });
  return { deviceOffset, lengthBytes: Math.min(lengthBytes, fs.device.sizeBytes - deviceOffset) };
}

/** Fills all of `into` with mapped content from `fileOffset` on; the caller knows that it lies inside the file. */
export function readBlocks(fs: Ext2Mount, inode: Inode, fileOffset: number, into: Uint8Array): void {
  readMapped(fs.device, (offset) => bmap(fs, inode, offset), fileOffset, into);
}

/** The largest content that the inode's map can describe, in bytes. */
export function maxFileSize(fs: Ext2Mount, inode: Inode): number {
  const blocks =
    (inode.flags & FLAG.extents) !== 0
      ? MAX_LOGICAL_BLOCKS
      : Math.min(MAX_LOGICAL_BLOCKS, maxMappedBlocks(fs.sb.blockSize));
  return blocks * fs.sb.blockSize;
}
