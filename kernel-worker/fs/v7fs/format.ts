/**
 * The file system of the 7th edition of Unix and its descendant s5fs of System V: super block and inodes. Layouts as filsys(5) and ino(5) of the 7th
 * edition manual and fs(4) of System V describe them. PDP-11, little-endian and big-endian.
 */

import { damaged, unsupported } from '../../rump/errno.ts';
import { asciiAt, u16be, u16le, u32be, u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice, VnodeType } from '../../rump/vfs/vnode.ts';

/** The super block stands here whatever the block size. */
export const SUPERBLOCK_OFFSET = 512;
export const SUPERBLOCK_BYTES = 512;
/** The list of inodes begins with this block. */
const ILIST_BLOCK = 2;
const INODE_BYTES = 64;
export const ROOT_INODE = 2;
export const ADDRESSES = 13;
/** Inode numbers are 16 bits wide. */
const MAX_INODES = 65_535;
/** Sizes of the caches of free blocks and inodes in the super block. */
const CACHED_BLOCKS = 50;
const CACHED_INODES = 100;
/** s5fs: the last words of the super block. */
const S5_MAGIC = 0xfd187e20;
const S5_STATE_SUM = 0x7c269d38;
/** In the place of the number of free blocks: the Acer Fast Filesystem, a different format under the same magic. */
const AFS_MARK = 0xffff;

export interface ByteOrder {
  name: string;
  u16(bytes: Uint8Array, at: number): number;
  u32(bytes: Uint8Array, at: number): number;
  /** Block addresses in inodes are three bytes. */
  u24(bytes: Uint8Array, at: number): number;
}

export const LITTLE_ENDIAN: ByteOrder = {
  name: 'little-endian',
  u16: u16le,
  u32: u32le,
  u24: (bytes, at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16),
};
export const BIG_ENDIAN: ByteOrder = {
  name: 'big-endian',
  u16: u16be,
  u32: u32be,
  u24: (bytes, at) => (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2],
};
/** Words little-endian, the more significant word first. */
export const PDP_ENDIAN: ByteOrder = {
  name: 'PDP-11',
  u16: u16le,
  u32: (bytes, at) => u16le(bytes, at) * 0x10000 + u16le(bytes, at + 2),
  u24: (bytes, at) => (bytes[at] << 16) | u16le(bytes, at + 1),
};

export interface SuperBlock {
  variant: 'v7' | 's5' | 's5 (SVR4)';
  order: ByteOrder;
  blockSize: number;
  /** First block behind the inode list. */
  firstDataBlock: number;
  sizeBlocks: number;
  inodeCount: number;
  time: number;
  freeBlocks: number;
  freeInodes: number;
  /** null where the format has no such flag. */
  clean: boolean | null;
  label: string;
  pack: string;
}

/** Where the fields stand: System V Release 4 aligned them to four bytes. */
interface Layout {
  fsize: number;
  nfree: number;
  ninode: number;
  time: number;
  tfree: number;
  tinode: number;
  fname: number;
}
const PACKED: Layout = { fsize: 2, nfree: 6, ninode: 208, time: 414, tfree: 418, tinode: 422, fname: 428 };
const PACKED_S5: Layout = { ...PACKED, tfree: 426, tinode: 430, fname: 432 };
const ALIGNED_S5: Layout = { fsize: 4, nfree: 8, ninode: 212, time: 420, tfree: 432, tinode: 436, fname: 440 };

/** The super block, or null if none of the formats fits. EOPNOTSUPP for AFS. */
export function readSuperBlock(device: FsDevice): SuperBlock | null {
  if (device.sizeBytes < SUPERBLOCK_OFFSET + SUPERBLOCK_BYTES + 1024) return null;
  const bytes = device.bread(SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES);
  return systemV(device, bytes) ?? seventhEdition(device, bytes);
}

function systemV(device: FsDevice, bytes: Uint8Array): SuperBlock | null {
  for (const order of [LITTLE_ENDIAN, BIG_ENDIAN, PDP_ENDIAN]) {
    if (order.u32(bytes, 504) !== S5_MAGIC) continue;
    const type = order.u32(bytes, 508);
    if (type < 1 || type > 3) {
      throw unsupported(`s5fs with block size type ${type}`, {
        byteOffset: SUPERBLOCK_OFFSET + 508,
        expected: '1 to 3',
        found: type,
      });
    }
    const blockSize = 256 << type;
    for (const [layout, variant] of [
      [ALIGNED_S5, 's5 (SVR4)'],
      [PACKED_S5, 's5'],
    ] as const) {
      if (order.u16(bytes, layout.nfree) === AFS_MARK && order.u16(bytes, layout.ninode) <= CACHED_INODES) {
        throw unsupported('the Acer Fast Filesystem (AFS)', { byteOffset: SUPERBLOCK_OFFSET + layout.nfree });
      }
      const superBlock = fields(bytes, order, layout, variant, blockSize);
      superBlock.clean = order.u32(bytes, 500) === (S5_STATE_SUM - superBlock.time) >>> 0;
      if (isPlausible(device, superBlock, bytes, layout)) return superBlock;
    }
    throw damaged('the super block of s5fs contradicts itself', { byteOffset: SUPERBLOCK_OFFSET });
  }
  return null;
}

/** The 7th edition has no magic: every field must make sense, and the root directory too. */
function seventhEdition(device: FsDevice, bytes: Uint8Array): SuperBlock | null {
  for (const order of [PDP_ENDIAN, LITTLE_ENDIAN, BIG_ENDIAN]) {
    const superBlock = fields(bytes, order, PACKED, 'v7', 512);
    if (superBlock.time !== 0 && isPlausible(device, superBlock, bytes, PACKED)) return superBlock;
  }
  return null;
}

function fields(
  bytes: Uint8Array,
  order: ByteOrder,
  layout: Layout,
  variant: SuperBlock['variant'],
  blockSize: number,
): SuperBlock {
  const firstDataBlock = order.u16(bytes, 0);
  const inodes = Math.floor(((firstDataBlock - ILIST_BLOCK) * blockSize) / INODE_BYTES);
  return {
    variant,
    order,
    blockSize,
    firstDataBlock,
    sizeBlocks: order.u32(bytes, layout.fsize),
    inodeCount: Math.max(0, Math.min(inodes, MAX_INODES)),
    time: order.u32(bytes, layout.time),
    freeBlocks: order.u32(bytes, layout.tfree),
    freeInodes: order.u16(bytes, layout.tinode),
    clean: null,
    label: printable(asciiAt(bytes, layout.fname, 6)),
    pack: printable(asciiAt(bytes, layout.fname + 6, 6)),
  };
}

function printable(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text.trimEnd() : '';
}

function isPlausible(device: FsDevice, superBlock: SuperBlock, bytes: Uint8Array, layout: Layout): boolean {
  const { order, firstDataBlock, sizeBlocks, inodeCount, blockSize } = superBlock;
  if (firstDataBlock <= ILIST_BLOCK || sizeBlocks <= firstDataBlock || sizeBlocks > 0xffffff || inodeCount < ROOT_INODE)
    return false;
  if (order.u16(bytes, layout.nfree) > CACHED_BLOCKS || order.u16(bytes, layout.ninode) > CACHED_INODES) return false;
  // An image may be cut short, but its inodes must be there.
  if (firstDataBlock * blockSize > device.sizeBytes) return false;
  return hasRoot(device, superBlock);
}

function hasRoot(device: FsDevice, superBlock: SuperBlock): boolean {
  const record = device.bread(inodeOffset(superBlock, ROOT_INODE), INODE_BYTES);
  const size = superBlock.order.u32(record, 8);
  const first = superBlock.order.u24(record, 12);
  const isDirectory = typeOf(superBlock.order.u16(record, 0)) === 'dir';
  return (
    isDirectory && size > 0 && size % 16 === 0 && first >= superBlock.firstDataBlock && first < superBlock.sizeBlocks
  );
}

function inodeOffset(superBlock: SuperBlock, number: number): number {
  return ILIST_BLOCK * superBlock.blockSize + (number - 1) * INODE_BYTES;
}

export interface Inode {
  number: number;
  type: VnodeType;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  sizeBytes: number;
  /** Ten direct addresses, then the single, double and triple indirect blocks. */
  addresses: number[];
  atime: number;
  mtime: number;
  ctime: number;
  byteOffset: number;
}

/** Types of the 7th edition, and those that 2.10BSD and NetBSD added. */
const TYPES = new Map<number, VnodeType>([
  [0o010000, 'fifo'],
  [0o020000, 'chr'],
  // Multiplexed special files of the 7th edition.
  [0o030000, 'chr'],
  [0o040000, 'dir'],
  [0o060000, 'blk'],
  [0o070000, 'blk'],
  [0o100000, 'file'],
  [0o120000, 'symlink'],
  [0o140000, 'sock'],
]);

function typeOf(mode: number): VnodeType | undefined {
  return TYPES.get(mode & 0o170000);
}

/** EUCLEAN if there is no such inode, it is not in use, or claims more than its addresses can reach. */
export function readInode(device: FsDevice, superBlock: SuperBlock, number: number): Inode {
  const { order, inodeCount } = superBlock;
  if (number < 1 || number > inodeCount)
    throw damaged(`there is no inode ${number}`, { expected: `1 to ${inodeCount}`, found: number });
  const byteOffset = inodeOffset(superBlock, number);
  const record = device.bread(byteOffset, INODE_BYTES);
  const mode = order.u16(record, 0);
  const type = typeOf(mode);
  if (type === undefined) {
    throw damaged(`inode ${number} is not in use, or of no known type`, {
      byteOffset,
      found: `mode 0${mode.toString(8)}`,
    });
  }
  const sizeBytes = order.u32(record, 8);
  if (sizeBytes > 0x7fffffff)
    throw damaged(`inode ${number} has an impossible size`, { byteOffset: byteOffset + 8, found: sizeBytes });
  return {
    number,
    type,
    mode: mode & 0o7777,
    nlink: order.u16(record, 2),
    uid: order.u16(record, 4),
    gid: order.u16(record, 6),
    sizeBytes,
    addresses: Array.from({ length: ADDRESSES }, (_, index) => order.u24(record, 12 + 3 * index)),
    atime: order.u32(record, 52),
    mtime: order.u32(record, 56),
    ctime: order.u32(record, 60),
    byteOffset,
  };
}
