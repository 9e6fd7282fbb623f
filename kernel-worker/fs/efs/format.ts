/**
 * SGI's extent file system (IRIX until XFS): super block, inodes in cylinder groups, extents, directory blocks. Layouts as efs(4), inode(4) and dir(4)
 * of IRIX describe them. Big-endian; everything is counted in basic blocks (bb) of 512 bytes.
 */

import { damaged } from '../../rump/errno.ts';
import { asciiAt, i32be, u16be, u32be } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';

export const BB = 512;
export const SUPERBLOCK_OFFSET = BB;
export const SUPERBLOCK_BYTES = 92;
/** The layout before IRIX 3.3, and since, when file systems could be grown. */
export const MAGIC_OLD = 0x00072959;
export const MAGIC_NEW = 0x0007295a;
export const ROOT_INODE = 2;
export const DINODE_BYTES = 128;
export const DINODES_PER_BB = BB / DINODE_BYTES;
export const EXTENT_BYTES = 8;
export const EXTENTS_PER_BB = BB / EXTENT_BYTES;
export const DIRECT_EXTENTS = 12;
export const EXTENTS_AT = 32;
export const DIRBLK_MAGIC = 0xbeef;
export const DIRBLK_HEADER = 4;
export const NAME_MAX = 255;

export interface SuperBlock {
  grown: boolean;
  /** Of the whole file system, block 0 included. */
  sizeBlocks: number;
  firstCylinderGroup: number;
  cylinderGroupBlocks: number;
  inodeBlocksPerGroup: number;
  cylinderGroups: number;
  dirty: boolean;
  time: number;
  name: string;
  pack: string;
  freeBlocks: number;
  freeInodes: number;
}

/** The super block in these 92 bytes, or null if there is no magic. EUCLEAN, with its place, if its fields contradict each other. */
export function parseSuperBlock(bytes: Uint8Array, byteOffset: number): SuperBlock | null {
  const magic = u32be(bytes, 28);
  if (magic !== MAGIC_OLD && magic !== MAGIC_NEW) return null;
  const superBlock: SuperBlock = {
    grown: magic === MAGIC_NEW,
    sizeBlocks: u32be(bytes, 0),
    firstCylinderGroup: u32be(bytes, 4),
    cylinderGroupBlocks: u32be(bytes, 8),
    inodeBlocksPerGroup: u16be(bytes, 12),
    cylinderGroups: u16be(bytes, 18),
    dirty: u16be(bytes, 20) !== 0,
    time: u32be(bytes, 24),
    name: printableName(bytes, 32),
    pack: printableName(bytes, 38),
    freeBlocks: Math.max(0, i32be(bytes, 48)),
    freeInodes: Math.max(0, i32be(bytes, 52)),
  };
  const { firstCylinderGroup, cylinderGroupBlocks, cylinderGroups, inodeBlocksPerGroup, sizeBlocks } = superBlock;
  const sane =
    firstCylinderGroup >= 2 &&
    cylinderGroups >= 1 &&
    inodeBlocksPerGroup >= 1 &&
    inodeBlocksPerGroup <= cylinderGroupBlocks &&
    firstCylinderGroup + cylinderGroups * cylinderGroupBlocks <= sizeBlocks;
  if (!sane) {
    throw damaged('the cylinder groups that the super block describes do not fit into the file system', {
      byteOffset,
      expected: `within ${sizeBlocks} blocks`,
      found: `${cylinderGroups} groups of ${cylinderGroupBlocks} blocks from block ${firstCylinderGroup}`,
    });
  }
  return superBlock;
}

function printableName(bytes: Uint8Array, at: number): string {
  const text = asciiAt(bytes, at, 6).trimEnd();
  return /^[\x20-\x7e]*$/.test(text) ? text : '';
}

export function readSuperBlock(device: FsDevice): SuperBlock | null {
  if (device.sizeBytes < 4 * BB) return null;
  return parseSuperBlock(device.bread(SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES), SUPERBLOCK_OFFSET);
}

/** A run of blocks: `length` blocks of the file from its block `offset` on lie at block `block` of the file system. */
export interface Extent {
  block: number;
  length: number;
  offset: number;
}

/** An extent descriptor; EUCLEAN unless its magic is 0 and its blocks lie in the file system. */
export function parseExtent(bytes: Uint8Array, at: number, superBlock: SuperBlock, byteOffset: number): Extent {
  const first = u32be(bytes, at);
  const second = u32be(bytes, at + 4);
  const extent = { block: first & 0xffffff, length: second >>> 24, offset: second & 0xffffff };
  if (first >>> 24 !== 0 || extent.block + extent.length > superBlock.sizeBlocks) {
    throw damaged('an extent is not valid', {
      byteOffset: byteOffset + at,
      expected: `magic 0, blocks within ${superBlock.sizeBlocks}`,
      found: `magic ${first >>> 24}, blocks ${extent.block} to ${extent.block + extent.length}`,
    });
  }
  return extent;
}
