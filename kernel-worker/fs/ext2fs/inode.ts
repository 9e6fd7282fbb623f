/**
 * Inodes in core: the fields of an on-disk inode that reading needs.
 * Layout: Linux Documentation/filesystems/ext4, "Index Nodes" (struct ext4_inode: 128 bytes, and i_extra_isize bytes more in larger inodes).
 */

import { damaged } from '../../rump/errno.ts';
import { crc32c, crc32cU32le, crc32cZeros } from '../../rump/lib/crc32c.ts';
import { i32le, u16le, u32le } from '../../rump/vfs/bytes.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import type { Vattr, VnodeType } from '../../rump/vfs/vnode.ts';
import type { ExtentNode } from './extent.ts';
import { INCOMPAT, RO_COMPAT } from './features.ts';
import type { Superblock } from './format.ts';

export const ROOT_INODE = 2;

/** i_flags */
export const FLAG = {
  encrypt: 0x800,
  index: 0x1000,
  hugeFile: 0x40000,
  extents: 0x80000,
  verity: 0x100000,
  eaInode: 0x200000,
  inlineData: 0x10000000,
  casefold: 0x40000000,
} as const;

/** i_mode's upper four bits. */
const TYPES: Record<number, VnodeType> = {
  1: 'fifo',
  2: 'chr',
  4: 'dir',
  6: 'blk',
  8: 'file',
  10: 'symlink',
  12: 'sock',
};

/** Up to here an inode is as in ext2; what follows is i_extra_isize bytes long. */
const OLD_INODE_SIZE = 128;
const CREATOR_LINUX = 0;
/** i_block: 15 words. */
export const IBLOCK_AT = 0x28;
export const IBLOCK_SIZE = 60;

export interface Inode {
  ino: number;
  generation: number;
  flags: number;
  attr: Vattr;
  /** i_block: the block map, the extent tree's root, a short symbolic link, inline data, or a device number. */
  iblock: Uint8Array;
  /** The block of extended attributes, or 0. */
  fileAcl: number;
  /** Bytes behind the first 128 that are fields; attributes in the inode follow. */
  extraSize: number;
  /** Blocks of 512 bytes besides the attribute block's: 0 for a symbolic link whose target is in i_block. */
  hasBlocks: boolean;
  /** i_dtime: of an orphan, the next inode of the list. */
  dtime: number;
  /** With eaInode: the value's checksum. */
  valueChecksum: number;
  /** What the checksums of this file's directory and extent blocks begin with. */
  checksumSeed: number;
  /** The root of its extent tree, once it was needed. */
  extentRoot: ExtentNode | null;
}

export interface InodeRules {
  sb: Superblock;
  /** Whether the inode has a checksum that is to be verified. */
  verify: boolean;
}

/** The inode in `raw` (sb.inodeSize bytes, from `byteOffset`). EUCLEAN if it is damaged. */
export function parseInode(raw: Uint8Array, ino: number, byteOffset: number, rules: InodeRules): Inode {
  const { sb } = rules;
  const generation = u32le(raw, 0x64);
  const checksumSeed = crc32cU32le(crc32cU32le(sb.checksumSeed, ino), generation);
  const extraSize = raw.length > OLD_INODE_SIZE ? u16le(raw, 0x80) : 0;
  if (extraSize > raw.length - OLD_INODE_SIZE || (extraSize & 3) !== 0)
    throw damaged(`inode ${ino} has extra fields of an impossible size`, {
      byteOffset: byteOffset + 0x80,
      expected: `0 to ${raw.length - OLD_INODE_SIZE}`,
      found: extraSize,
    });
  if (rules.verify && sb.creatorOs === CREATOR_LINUX) verifyChecksum(raw, ino, byteOffset, checksumSeed, extraSize);

  const mode = u16le(raw, 0);
  const type = TYPES[mode >> 12];
  if (type === undefined) {
    const what = raw.every((byte) => byte === 0) ? 'is empty' : 'has an impossible type';
    throw damaged(`inode ${ino} ${what}`, { byteOffset, found: `mode 0${mode.toString(8)}` });
  }
  const flags = u32le(raw, 0x20);
  const size = sizeOf(raw, type, sb);
  if (!Number.isSafeInteger(size))
    throw damaged(`inode ${ino} has an impossible size`, { byteOffset: byteOffset + 4, found: size });
  const fileAcl = u32le(raw, 0x68) + (sb.descriptorSize >= 64 ? u16le(raw, 0x76) * 2 ** 32 : 0);
  const blocks512 = blocksOf(raw, flags, sb);
  const attributeBlocks512 = fileAcl === 0 ? 0 : sb.clusterSize / 512;
  const iblock = raw.slice(IBLOCK_AT, IBLOCK_AT + IBLOCK_SIZE);
  const has = (at: number) => extraSize >= at - OLD_INODE_SIZE;

  const attr: Vattr = {
    type,
    fileid: ino,
    size,
    allocatedBytes: blocks512 * 512,
    mode: mode & 0o7777,
    nlink: u16le(raw, 0x1a),
    uid: u16le(raw, 2) + u16le(raw, 0x78) * 65536,
    gid: u16le(raw, 0x18) + u16le(raw, 0x7a) * 65536,
    mtime: timeAt(raw, 0x10, has(0x8c) ? 0x88 : 0),
    atime: timeAt(raw, 8, has(0x90) ? 0x8c : 0),
    ctime: timeAt(raw, 0xc, has(0x88) ? 0x84 : 0),
    birthtime: has(0x98) ? timeAt(raw, 0x90, 0x94) : null,
  };
  if (type === 'chr' || type === 'blk') attr.rdev = deviceNumber(iblock);
  return {
    ino,
    generation,
    flags,
    attr,
    iblock,
    fileAcl,
    extraSize,
    hasBlocks: blocks512 > attributeBlocks512,
    dtime: u32le(raw, 0x14),
    valueChecksum: u32le(raw, 8),
    checksumSeed,
    extentRoot: null,
  };
}

/** i_checksum_lo (0x7c) and, where i_extra_isize covers it, i_checksum_hi (0x82), counted as if both were zero. */
function verifyChecksum(raw: Uint8Array, ino: number, byteOffset: number, seed: number, extraSize: number): void {
  let crc = crc32cZeros(crc32c(seed, raw, 0, 0x7c), 2);
  let found = u16le(raw, 0x7c);
  const hasHigh = raw.length > OLD_INODE_SIZE && extraSize >= 4;
  if (hasHigh) {
    crc = crc32c(crc32cZeros(crc32c(crc, raw, 0x7e, 0x82), 2), raw, 0x84);
    found += u16le(raw, 0x82) * 65536;
  } else {
    crc = crc32c(crc, raw, 0x7e) & 0xffff;
  }
  if (crc === found) return;
  if (raw.every((byte) => byte === 0)) throw damaged(`inode ${ino} is empty`, { byteOffset });
  throw damaged(`the checksum of inode ${ino} is wrong`, {
    byteOffset: byteOffset + 0x7c,
    expected: `0x${crc.toString(16)}`,
    found: `0x${found.toString(16)}`,
  });
}

/** i_size_high is a size's upper half only for files, and for directories with large_dir. */
function sizeOf(raw: Uint8Array, type: VnodeType, sb: Superblock): number {
  const low = u32le(raw, 4);
  const isLargeDir = type === 'dir' && (sb.incompat & INCOMPAT.largedir) !== 0;
  return type === 'file' || isLargeDir ? low + u32le(raw, 0x6c) * 2 ** 32 : low;
}

function blocksOf(raw: Uint8Array, flags: number, sb: Superblock): number {
  const low = u32le(raw, 0x1c);
  if ((sb.roCompat & RO_COMPAT.hugeFile) === 0) return low;
  const blocks = low + u16le(raw, 0x74) * 2 ** 32;
  return (flags & FLAG.hugeFile) !== 0 ? blocks * (sb.blockSize / 512) : blocks;
}

/** Seconds as a signed word; the extra word has two more bits of them below 30 bits of nanoseconds. */
function timeAt(raw: Uint8Array, at: number, extraAt: number): Timespec {
  const sec = i32le(raw, at);
  if (extraAt === 0) return { sec, nsec: 0 };
  const extra = u32le(raw, extraAt);
  return { sec: sec + (extra & 3) * 2 ** 32, nsec: Math.min(extra >>> 2, 999_999_999) };
}

/** The old encoding (8 bits each) in the first word, else the new one (12 and 20 bits) in the second. */
function deviceNumber(iblock: Uint8Array): { major: number; minor: number } {
  const old = u32le(iblock, 0);
  if (old !== 0) return { major: (old >>> 8) & 0xff, minor: old & 0xff };
  const word = u32le(iblock, 4);
  return { major: (word >>> 8) & 0xfff, minor: (word & 0xff) | ((word >>> 12) & 0xfff00) };
}
