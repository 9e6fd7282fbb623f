/**
 * The super block of NetBSD's log-structured file system, versions 1 and 2 and the form of 64 bits, as data.
 * Layout: struct dlfs and dlfs64 in <ufs/lfs/lfs.h> of NetBSD; version 1's differences: "Compatibility" in its lfs_vfsops.c.
 */

import { damaged } from '../../rump/errno.ts';
import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN } from '../../rump/lib/byteorder.ts';
import { DINODE32_BYTES, DINODE64_BYTES } from '../../rump/lib/ufsdinode.ts';
import { asciiAt } from '../../rump/vfs/bytes.ts';

export const SUPERBLOCK_BYTES = 512;
/** LFS_LABELPAD: the first super block stands behind it; LFS_SBPAD is what each keeps free for itself. */
export const LABEL_PAD = 8192;
export const SUPERBLOCK_PAD = 8192;
export const IFILE_INODE = 1;
export const ROOT_INODE = 2;
export const NAME_MAX = 255;

const MAGIC = 0x070162;
/** 0x19620701, inverted since inode numbers grew to 64 bits. */
const MAGIC_64 = 0xe69df8fe;
/** The first draft of LFS64, with inode numbers of 32 bits, that no release had. */
const MAGIC_64_DRAFT = 0x19620701;
const MAX_COPIES = 10;
const V1_SUMMARY_BYTES = 512;
const FLAG_CLEAN = 1;
const SECTOR = 512;

export interface Superblock {
  order: ByteOrder;
  version: 1 | 2;
  is64: boolean;
  byteOffset: number;
  blockBytes: number;
  fragmentBytes: number;
  /** What addresses count: sectors of version 1, fragments of version 2. */
  unitBytes: number;
  sizeUnits: number;
  segmentUnits: number;
  segments: number;
  /** Address of segment 0. */
  firstSegment: number;
  summaryBytes: number;
  inodeBlockBytes: number;
  inodeBytes: number;
  /** Of the ifile: blocks of cleaner information and of the segment table, entries in a block, bytes of an entry. */
  cleanerBlocks: number;
  segmentTableBlocks: number;
  ifileEntriesPerBlock: number;
  ifileEntryBytes: number;
  maxSymlinkLength: number;
  /** Addresses of the super block's copies. */
  copies: number[];
  identity: number;
  isClean: boolean;
  lastMounted: string;
  freeUnits: number;
  files: number;
  checkpoint: Checkpoint;
}

/** The state of the log when the super block was written. */
export interface Checkpoint {
  /** Counts the partial segments of version 2; 0 in version 1. */
  serial: number;
  /** Seconds. */
  time: number;
  /** Where the inode of the ifile stands. */
  ifileAddress: number;
  /** Where the next partial segment begins. */
  next: number;
}

/** XOR of words of 16 bits in the file system's byte order (lfs_cksum.c). */
export function checksum(order: ByteOrder, bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at + 1 < to; at += 2) sum ^= order.u16(bytes, at);
  return sum;
}

/** null if there is no magic number. EUCLEAN if the checksum is wrong, or fields contradict each other. */
export function parseSuperblock(bytes: Uint8Array, byteOffset: number): Superblock | null {
  const order = [LITTLE_ENDIAN, BIG_ENDIAN].find((o) => [MAGIC, MAGIC_64, MAGIC_64_DRAFT].includes(o.u32(bytes, 0)));
  if (order === undefined) return null;
  const expected = checksum(order, bytes, 0, SUPERBLOCK_BYTES - 4);
  const found = order.u32(bytes, SUPERBLOCK_BYTES - 4);
  if (expected !== found) throw damaged('a super block has a wrong checksum', { byteOffset, expected, found });
  const is64 = order.u32(bytes, 0) !== MAGIC;
  const version = order.u32(bytes, 4);
  if (version !== 1 && version !== 2)
    throw damaged(`there is no version ${version} of LFS`, { byteOffset, found: version });
  const superblock = is64 ? parse64(bytes, order, byteOffset) : parse32(bytes, order, version, byteOffset);
  const fault = geometryFault(superblock);
  if (fault !== null) throw damaged(`the super block is damaged: ${fault}`, { byteOffset });
  return superblock;
}

function parse32(bytes: Uint8Array, order: ByteOrder, version: 1 | 2, byteOffset: number): Superblock {
  const u32 = (at: number) => order.u32(bytes, at);
  const isV1 = version === 1;
  const blockBytes = u32(20);
  return {
    order,
    version,
    is64: false,
    byteOffset,
    blockBytes,
    fragmentBytes: u32(24),
    unitBytes: isV1 ? SECTOR : u32(24),
    // Makers of version 1 counted its size in different units; its segments are what there is of it.
    sizeUnits: isV1 ? Math.max(u32(8), u32(188) + u32(116) * u32(96)) : u32(8),
    segmentUnits: u32(96),
    segments: u32(116),
    firstSegment: isV1 ? u32(188) : u32(348),
    summaryBytes: isV1 ? V1_SUMMARY_BYTES : u32(332),
    inodeBlockBytes: isV1 ? blockBytes : u32(344),
    inodeBytes: DINODE32_BYTES,
    cleanerBlocks: u32(124),
    segmentTableBlocks: u32(128),
    ifileEntriesPerBlock: u32(104),
    ifileEntryBytes: isV1 ? 12 : 20,
    maxSymlinkLength: Math.min(60, Math.max(0, order.i32(bytes, 184))),
    copies: copiesOf((index) => u32(188 + 4 * index)),
    identity: u32(368),
    isClean: (order.u16(bytes, 322) & FLAG_CLEAN) !== 0,
    lastMounted: asciiAt(bytes, 232, 90),
    freeUnits: order.i32(bytes, 36),
    files: u32(40),
    checkpoint: {
      serial: isV1 ? 0 : order.u64(bytes, 336),
      time: isV1 ? u32(80) : order.u64(bytes, 352),
      ifileAddress: u32(52),
      next: u32(72),
    },
  };
}

function parse64(bytes: Uint8Array, order: ByteOrder, byteOffset: number): Superblock {
  const u32 = (at: number) => order.u32(bytes, at);
  const u64 = (at: number) => order.u64(bytes, at);
  return {
    order,
    version: 2,
    is64: true,
    byteOffset,
    blockBytes: u32(28),
    fragmentBytes: u32(32),
    unitBytes: u32(32),
    sizeUnits: u64(8),
    segmentUnits: u32(144),
    segments: u32(164),
    firstSegment: u64(432),
    summaryBytes: u32(412),
    inodeBlockBytes: u32(416),
    inodeBytes: DINODE64_BYTES,
    cleanerBlocks: u32(172),
    segmentTableBlocks: u32(176),
    ifileEntriesPerBlock: u32(152),
    ifileEntryBytes: 32,
    maxSymlinkLength: Math.min(120, Math.max(0, order.i32(bytes, 304))),
    copies: copiesOf((index) => u64(224 + 8 * index)),
    identity: u32(452),
    isClean: (order.u16(bytes, 402) & FLAG_CLEAN) !== 0,
    lastMounted: asciiAt(bytes, 312, 90),
    freeUnits: order.i64(bytes, 56),
    files: u64(48),
    checkpoint: { serial: u64(424), time: u64(440), ifileAddress: u64(72), next: u64(112) },
  };
}

function copiesOf(at: (index: number) => number): number[] {
  return Array.from({ length: MAX_COPIES }, (_, index) => at(index)).filter((address) => address !== 0);
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}

function geometryFault(sb: Superblock): string | null {
  const { blockBytes, fragmentBytes, summaryBytes, inodeBlockBytes } = sb;
  if (!isPowerOfTwo(blockBytes) || blockBytes < 512 || blockBytes > 65536) return `the block size is ${blockBytes}`;
  if (!isPowerOfTwo(fragmentBytes) || fragmentBytes < 512 || fragmentBytes > blockBytes)
    return `the fragment size is ${fragmentBytes}`;
  if (summaryBytes < 512 || summaryBytes > 65536 || summaryBytes % sb.unitBytes !== 0)
    return `a segment summary has ${summaryBytes} bytes`;
  if (!isPowerOfTwo(inodeBlockBytes) || inodeBlockBytes < 512 || inodeBlockBytes > 65536)
    return `a block of inodes has ${inodeBlockBytes} bytes`;
  if (!Number.isSafeInteger(sb.sizeUnits * sb.unitBytes) || sb.segmentUnits === 0 || sb.segments === 0)
    return 'there are no segments';
  if (sb.ifileEntriesPerBlock === 0 || sb.ifileEntriesPerBlock * sb.ifileEntryBytes > blockBytes)
    return `a block of the ifile has ${sb.ifileEntriesPerBlock} entries`;
  return null;
}

/** The segment that holds an address, and where it begins and ends. */
export function segmentOf(sb: Superblock, address: number): { number: number; start: number; end: number } {
  const number = Math.floor((address - sb.firstSegment) / sb.segmentUnits);
  const start = sb.firstSegment + number * sb.segmentUnits;
  return { number, start, end: start + sb.segmentUnits };
}
