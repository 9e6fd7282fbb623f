/**
 * The boot file system of System V (UnixWare, SCO): one super block, a table of inodes, one flat directory, each file in one contiguous run of blocks.
 * Layout after the fs_bfs(4) and bfs inode and directory descriptions of UnixWare, as NetBSD's sysvbfs and Linux's bfs read it. Both byte orders.
 */

import { damaged } from '../../rump/errno.ts';
import { u16be, u16le, u32be, u32le } from '../../rump/vfs/bytes.ts';
import { withoutTrailing } from '../../rump/vfs/names.ts';
import type { FsDevice, VnodeType } from '../../rump/vfs/vnode.ts';

export const BLOCK = 512;
export const MAGIC = 0x1badface;
/** The inode table follows the super block. */
export const INODES_OFFSET = BLOCK;
export const INODE_BYTES = 64;
/** Inodes are numbered from 2, the root directory's. */
export const ROOT_INODE = 2;
export const DIRENT_BYTES = 16;
export const NAME_BYTES = 14;
/** The numbers of inodes are 16 bits wide. */
const MAX_INODES = 65_535;

export interface ByteOrder {
  u16(bytes: Uint8Array, at: number): number;
  u32(bytes: Uint8Array, at: number): number;
}
export const LITTLE_ENDIAN: ByteOrder = { u16: u16le, u32: u32le };
export const BIG_ENDIAN: ByteOrder = { u16: u16be, u32: u32be };

export interface SuperBlock {
  order: ByteOrder;
  /** First byte behind the inode table. */
  dataStart: number;
  /** First byte behind the file system. */
  endOffset: number;
  inodeCount: number;
  /** Of six characters each; '' where the table was not given names. */
  fsName: string;
  volumeName: string;
}

/** null if it is no sysvbfs; EUCLEAN if its magic is there and its fields contradict each other. */
export function readSuperBlock(device: FsDevice): SuperBlock | null {
  if (device.sizeBytes < 2 * BLOCK) return null;
  const block = device.bread(0, BLOCK);
  const order = u32le(block, 0) === MAGIC ? LITTLE_ENDIAN : u32be(block, 0) === MAGIC ? BIG_ENDIAN : null;
  if (order === null) return null;
  const dataStart = order.u32(block, 4);
  const endOffset = order.u32(block, 8) + 1;
  const inodeCount = Math.floor((dataStart - INODES_OFFSET) / INODE_BYTES);
  if (inodeCount < 1 || inodeCount > MAX_INODES || dataStart >= endOffset) {
    throw damaged('the super block says that data start where they cannot', {
      byteOffset: 4,
      expected: `${INODES_OFFSET + INODE_BYTES} to ${endOffset}`,
      found: dataStart,
    });
  }
  if (dataStart > device.sizeBytes) {
    throw damaged('the inode table is larger than the medium', {
      byteOffset: 4,
      expected: device.sizeBytes,
      found: dataStart,
    });
  }
  return { order, dataStart, endOffset, inodeCount, fsName: nameField(block, 28), volumeName: nameField(block, 34) };
}

/** Six characters, padded with spaces or NULs; anything else is not a name. */
function nameField(block: Uint8Array, at: number): string {
  const text = withoutTrailing(String.fromCharCode(...block.subarray(at, at + 6)), '\0 ');
  return /^[\x20-\x7e]*$/.test(text) ? text : '';
}

export interface Inode {
  number: number;
  type: VnodeType;
  /** First and last block of the content, and the offset of its last byte, from the start of the medium. */
  startBlock: number;
  endByte: number;
  sizeBytes: number;
  mode: number;
  uid: number;
  gid: number;
  nlink: number;
  atime: number;
  mtime: number;
  ctime: number;
}

/** The inode `number`; EUCLEAN if it is not in use or its content does not lie inside the file system. */
export function readInode(device: FsDevice, superBlock: SuperBlock, number: number): Inode {
  const { order } = superBlock;
  const index = number - ROOT_INODE;
  if (index < 0 || index >= superBlock.inodeCount) {
    throw damaged(`there is no inode ${number}`, { expected: `2 to ${superBlock.inodeCount + 1}`, found: number });
  }
  const byteOffset = INODES_OFFSET + index * INODE_BYTES;
  const record = device.bread(byteOffset, INODE_BYTES);
  const recorded = order.u16(record, 0);
  if (recorded !== number) {
    throw damaged(`inode ${number} is not in use`, { byteOffset, expected: number, found: recorded });
  }
  const startBlock = order.u32(record, 4);
  // 0xffffffff stands for an empty file's end in some writers' tables.
  const endByte = order.u32(record, 12);
  const sizeBytes = startBlock === 0 ? 0 : endByte + 1 - startBlock * BLOCK;
  const limit = Math.min(superBlock.endOffset, device.sizeBytes);
  if (sizeBytes < 0 || (sizeBytes > 0 && (startBlock * BLOCK < superBlock.dataStart || endByte >= limit))) {
    throw damaged(`the content of inode ${number} lies outside of the file system`, {
      byteOffset: byteOffset + 4,
      expected: `within ${superBlock.dataStart} to ${limit}`,
      found: `${startBlock * BLOCK} to ${endByte}`,
    });
  }
  return {
    number,
    type: inodeType(order.u32(record, 16), number),
    startBlock,
    endByte,
    sizeBytes,
    mode: order.u32(record, 20) & 0o7777,
    uid: order.u32(record, 24),
    gid: order.u32(record, 28),
    nlink: order.u32(record, 32),
    atime: order.u32(record, 36),
    mtime: order.u32(record, 40),
    ctime: order.u32(record, 44),
  };
}

/** Only the root is a directory, whatever another inode claims: the format is flat. */
function inodeType(vtype: number, number: number): VnodeType {
  if (number === ROOT_INODE) return 'dir';
  if (vtype === 2) throw damaged(`inode ${number} is a directory below the root, which this format does not have`);
  return 'file';
}
