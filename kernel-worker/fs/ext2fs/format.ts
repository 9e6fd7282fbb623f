/**
 * The superblock of ext2, ext3 and ext4 as data. (Inodes, group descriptors, extents, directory entries, attributes and the journal have their layouts
 * in the files of these names.) Layout: Linux Documentation/filesystems/ext4, "Super Block" (struct ext4_super_block, 1024 bytes, little-endian, at byte 1024).
 */

import { damaged } from '../../rump/errno.ts';
import { crc32c } from '../../rump/lib/crc32c.ts';
import { u16le, u32le, u64le } from '../../rump/vfs/bytes.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import { COMPAT, INCOMPAT, RO_COMPAT } from './features.ts';

export const SUPERBLOCK_OFFSET = 1024;
export const SUPERBLOCK_SIZE = 1024;
export const EXT2_MAGIC = 0xef53;
/** 64 KiB blocks: the largest that the format allows (EXT2_MAX_BLOCK_LOG_SIZE 16). */
const MAX_LOG_BLOCK_SIZE = 6;
/** Revision 0 had no fields for these two. */
const OLD_INODE_SIZE = 128;
const OLD_FIRST_INODE = 11;
/** s_checksum_type: crc32c is the only one ever defined. */
const CHECKSUM_CRC32C = 1;

/** s_state */
export const STATE = { valid: 1, errors: 2, orphans: 4 } as const;
/** s_flags: which sign the makers of the directory hashes gave to characters. */
const FLAG_UNSIGNED_HASH = 2;

export interface Superblock {
  /** Where it was read. */
  byteOffset: number;
  inodesCount: number;
  blocksCount: number;
  freeBlocks: number;
  freeInodes: number;
  firstDataBlock: number;
  blockSize: number;
  /** Bytes of a cluster: the unit of allocation with bigalloc, else a block. */
  clusterSize: number;
  blocksPerGroup: number;
  inodesPerGroup: number;
  groupCount: number;
  revision: number;
  state: number;
  creatorOs: number;
  firstInode: number;
  inodeSize: number;
  blockGroupNumber: number;
  compat: number;
  incompat: number;
  roCompat: number;
  uuid: Uint8Array;
  label: string;
  lastMounted: string;
  mountTime: number;
  writeTime: number;
  mkfsTime: number;
  checkTime: number;
  mountCount: number;
  errorCount: number;
  journalInode: number;
  /** Copy of the journal inode's i_block and size (s_jnl_blocks), or null. */
  journalBackup: { iblock: Uint8Array; size: number } | null;
  lastOrphan: number;
  orphanFileInode: number;
  hashSeed: Uint32Array;
  hashVersion: number;
  hashUnsigned: boolean;
  descriptorSize: number;
  firstMetaBg: number;
  mmpBlock: number;
  backupGroups: [number, number];
  encodingFlags: number;
  /** What every metadata checksum begins with; 0 where metadata_csum is not set. */
  checksumSeed: number;
  /** The superblock's own checksum (metadata_csum only). */
  checksumFits: boolean;
}

/** Whether ext's magic number stands in these 1024 bytes. */
export function hasMagic(bytes: Uint8Array): boolean {
  return u16le(bytes, 0x38) === EXT2_MAGIC;
}

/** Reads the 1024 bytes of a superblock that stood at `byteOffset`. EUCLEAN if a field on which all depends is impossible. */
export function parseSuperblock(bytes: Uint8Array, byteOffset: number): Superblock {
  const wrong = (field: string, at: number, found: number, expected: string) =>
    damaged(`the superblock is damaged: ${field}`, { byteOffset: byteOffset + at, found, expected });
  if (!hasMagic(bytes)) throw wrong('magic number', 0x38, u16le(bytes, 0x38), '0xef53');
  const compat = u32le(bytes, 0x5c);
  const incompat = u32le(bytes, 0x60);
  const roCompat = u32le(bytes, 0x64);
  const is64bit = (incompat & INCOMPAT.bits64) !== 0;
  const revision = u32le(bytes, 0x4c);

  const logBlockSize = u32le(bytes, 0x18);
  if (logBlockSize > MAX_LOG_BLOCK_SIZE) throw wrong('block size', 0x18, logBlockSize, '0 to 6');
  const blockSize = 1024 << logBlockSize;
  const bitsPerBlock = blockSize * 8;
  const hasClusters = (roCompat & RO_COMPAT.bigalloc) !== 0;
  const logClusterRatio = hasClusters ? u32le(bytes, 0x1c) - logBlockSize : 0;
  // 2^29 bytes is the largest cluster that mke2fs makes.
  if (logClusterRatio < 0 || logClusterRatio > 29 - 10 - logBlockSize)
    throw wrong('cluster size', 0x1c, u32le(bytes, 0x1c), `${logBlockSize} to 19`);
  const blocksPerGroup = u32le(bytes, 0x20);
  if (blocksPerGroup === 0 || blocksPerGroup > bitsPerBlock * 2 ** logClusterRatio)
    throw wrong('blocks per group', 0x20, blocksPerGroup, `1 to ${bitsPerBlock * 2 ** logClusterRatio}`);
  const inodesPerGroup = u32le(bytes, 0x28);
  if (inodesPerGroup === 0 || inodesPerGroup > bitsPerBlock)
    throw wrong('inodes per group', 0x28, inodesPerGroup, `1 to ${bitsPerBlock}`);
  const inodeSize = revision === 0 ? OLD_INODE_SIZE : u16le(bytes, 0x58);
  if (inodeSize < OLD_INODE_SIZE || inodeSize > blockSize || (inodeSize & (inodeSize - 1)) !== 0)
    throw wrong('inode size', 0x58, inodeSize, `a power of two from 128 to ${blockSize}`);
  const descriptorSize = is64bit ? u16le(bytes, 0xfe) : 32;
  if (is64bit && (descriptorSize < 64 || descriptorSize > 1024 || (descriptorSize & (descriptorSize - 1)) !== 0))
    throw wrong('group descriptor size', 0xfe, descriptorSize, '64 to 1024');
  const firstDataBlock = u32le(bytes, 0x14);
  const blocksCount = u32le(bytes, 4) + (is64bit ? u32le(bytes, 0x150) * 2 ** 32 : 0);
  if (firstDataBlock >= blocksCount) throw wrong('first data block', 0x14, firstDataBlock, `below ${blocksCount}`);

  const withChecksums = (roCompat & RO_COMPAT.metadataCsum) !== 0;
  if (withChecksums && bytes[0x175] !== CHECKSUM_CRC32C)
    throw wrong('checksum type', 0x175, bytes[0x175], '1 (crc32c)');
  const uuid = bytes.slice(0x68, 0x78);
  const ownSeed = (incompat & INCOMPAT.csumSeed) !== 0;
  const firstInode = revision === 0 ? OLD_FIRST_INODE : u32le(bytes, 0x54);
  const groupCount = Math.ceil((blocksCount - firstDataBlock) / blocksPerGroup);
  const hashVersion = bytes[0xfc];

  return {
    byteOffset,
    inodesCount: Math.min(u32le(bytes, 0), groupCount * inodesPerGroup),
    blocksCount,
    freeBlocks: u32le(bytes, 0xc) + (is64bit ? u32le(bytes, 0x158) * 2 ** 32 : 0),
    freeInodes: u32le(bytes, 0x10),
    firstDataBlock,
    blockSize,
    clusterSize: blockSize * 2 ** logClusterRatio,
    blocksPerGroup,
    inodesPerGroup,
    groupCount,
    revision,
    state: u16le(bytes, 0x3a),
    creatorOs: u32le(bytes, 0x48),
    // Below 11 all inodes are reserved, and a number past the inodes would hide every file: both can only be damage.
    firstInode: firstInode < OLD_FIRST_INODE || firstInode > inodesPerGroup ? OLD_FIRST_INODE : firstInode,
    inodeSize,
    blockGroupNumber: u16le(bytes, 0x5a),
    compat,
    incompat,
    roCompat,
    uuid,
    label: textAt(bytes, 0x78, 16),
    lastMounted: textAt(bytes, 0x88, 64),
    mountTime: time40(bytes, 0x2c, 0x275),
    writeTime: time40(bytes, 0x30, 0x274),
    mkfsTime: time40(bytes, 0x108, 0x276),
    checkTime: time40(bytes, 0x40, 0x277),
    mountCount: u16le(bytes, 0x34),
    errorCount: u32le(bytes, 0x194),
    journalInode: (compat & COMPAT.hasJournal) !== 0 ? u32le(bytes, 0xe0) : 0,
    journalBackup: journalBackupOf(bytes),
    lastOrphan: u32le(bytes, 0xe8),
    orphanFileInode: (compat & COMPAT.orphanFile) !== 0 ? u32le(bytes, 0x280) : 0,
    hashSeed: Uint32Array.of(u32le(bytes, 0xec), u32le(bytes, 0xf0), u32le(bytes, 0xf4), u32le(bytes, 0xf8)),
    hashVersion,
    hashUnsigned: (u32le(bytes, 0x160) & FLAG_UNSIGNED_HASH) !== 0,
    descriptorSize,
    firstMetaBg: u32le(bytes, 0x104),
    mmpBlock: (incompat & INCOMPAT.mmp) !== 0 ? u64le(bytes, 0x168) : 0,
    backupGroups: [u32le(bytes, 0x24c), u32le(bytes, 0x250)],
    encodingFlags: u16le(bytes, 0x27e),
    checksumSeed: !withChecksums ? 0 : ownSeed ? u32le(bytes, 0x270) : crc32c(~0, uuid),
    checksumFits: !withChecksums || crc32c(~0, bytes, 0, 0x3fc) === u32le(bytes, 0x3fc),
  };
}

/** Seconds since 1970 of which the upper 8 bits stand elsewhere. */
function time40(bytes: Uint8Array, at: number, highAt: number): number {
  return u32le(bytes, at) + bytes[highAt] * 2 ** 32;
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return nameFromBytes(end < 0 ? field : field.subarray(0, end));
}

/** s_jnl_backup_type 1 (EXT3_JNL_BACKUP_BLOCKS): 15 words of i_block, then i_size_high and i_size. */
function journalBackupOf(bytes: Uint8Array): Superblock['journalBackup'] {
  if (bytes[0xfd] !== 1) return null;
  return {
    iblock: bytes.slice(0x10c, 0x10c + 60),
    size: u32le(bytes, 0x148) * 2 ** 32 + u32le(bytes, 0x14c),
  };
}
