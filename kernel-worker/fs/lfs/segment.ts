/**
 * Partial segments: a summary, and the blocks of files and inodes that it lists, in the order in which they follow it.
 * Layout: struct segsum_v1, segsum32, segsum64 and finfo in <ufs/lfs/lfs.h> of NetBSD; the order of blocks and the checksums: its lfs_rfw.c.
 */

import { damaged } from '../../rump/errno.ts';
import type { ByteOrder } from '../../rump/lib/byteorder.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { checksum, LABEL_PAD, SUPERBLOCK_PAD, type Superblock, segmentOf } from './format.ts';

const SUMMARY_MAGIC = 0x061561;
/** More partial segments belong to the same change of directories. */
const FLAG_CONTINUES = 0x02;

interface Header {
  next: number;
  identity: number;
  infos: number;
  inodes: number;
  flags: number;
  serial: number;
  time: number;
  /** Where the list of files begins. */
  bytes: number;
}

/** A block of a file; indirect blocks have negative numbers. */
export interface WrittenBlock {
  ino: number;
  generation: number;
  logicalBlock: number;
  byteOffset: number;
  lengthBytes: number;
}

export interface PartialSegment {
  /** In the order of the log; inode blocks as the byte where they stand. */
  written: Array<WrittenBlock | { inodeBlock: number }>;
  serial: number;
  time: number;
  continues: boolean;
  /** Address of the next partial segment. */
  next: number;
}

/** What a partial segment must be to follow the one before it. */
export interface Expected {
  /** Version 2. */
  serial: number;
  /** No older than this. */
  time: number;
}

/** The partial segment at an address, or null if what stands there is none that continues the log: so every log ends. */
export function partialSegmentAt(
  device: FsDevice,
  sb: Superblock,
  address: number,
  expected: Expected,
): PartialSegment | null {
  const at = behindSuperblock(sb, address);
  const segment = segmentOf(sb, at);
  const summaryOffset = at * sb.unitBytes;
  if (segment.number < 0 || segment.number >= sb.segments) return null;
  if (summaryOffset + sb.summaryBytes > Math.min(device.sizeBytes, segment.end * sb.unitBytes)) return null;
  const summary = device.bread(summaryOffset, sb.summaryBytes);
  const header = headerOf(sb, summary);
  if (header === null || !continuesLog(sb, header, expected)) return null;
  const blocks = listBlocks(sb, summary, header, summaryOffset, segment.end * sb.unitBytes);
  if (blocks === null || !hasRightData(device, sb, summary, blocks.offsets)) return null;
  const end = blocks.end / sb.unitBytes;
  // Where the writer would not begin another one (LFS_PARTIAL_FITS), the log goes on in the next segment.
  const isFull = segment.end - end <= sb.blockBytes / sb.fragmentBytes;
  if (isFull && segmentOf(sb, header.next).number === segment.number) return null;
  return {
    written: blocks.written,
    serial: header.serial,
    time: header.time,
    continues: (header.flags & FLAG_CONTINUES) !== 0,
    next: isFull ? header.next : end,
  };
}

/** At the start of a segment a super block, and in front of the first one a disk label, may stand. */
function behindSuperblock(sb: Superblock, address: number): number {
  const { start, number } = segmentOf(sb, address);
  if (address !== start) return address;
  const label = number === 0 && sb.version > 1 ? Math.max(0, LABEL_PAD / sb.unitBytes - start) : 0;
  const superblock = sb.copies.includes(start + label) ? SUPERBLOCK_PAD / sb.unitBytes : 0;
  return start + label + superblock;
}

/** null where the summary's own checksum or magic number is wrong. */
function headerOf(sb: Superblock, summary: Uint8Array): Header | null {
  const { order } = sb;
  if (order.u32(summary, 8) !== SUMMARY_MAGIC) return null;
  if (order.u32(summary, 0) !== checksum(order, summary, 4, summary.length)) return null;
  const u16 = (at: number) => order.u16(summary, at);
  if (sb.version === 1) {
    return {
      next: order.u32(summary, 12),
      identity: 0,
      infos: u16(20),
      inodes: u16(22),
      flags: u16(24),
      serial: 0,
      time: order.u32(summary, 16),
      bytes: 28,
    };
  }
  const at = sb.is64
    ? { next: order.u64(summary, 16), identity: 12, counts: 24, serial: 40, bytes: 56 }
    : { next: order.u32(summary, 12), identity: 16, counts: 20, serial: 32, bytes: 48 };
  return {
    next: at.next,
    identity: order.u32(summary, at.identity),
    infos: u16(at.counts),
    inodes: u16(at.counts + 2),
    flags: u16(at.counts + 4),
    serial: order.u64(summary, at.serial),
    time: order.u64(summary, at.serial + 8),
    bytes: at.bytes,
  };
}

function continuesLog(sb: Superblock, header: Header, expected: Expected): boolean {
  if (header.infos === 0 && header.inodes === 0) return false;
  if (header.time < expected.time) return false;
  return sb.version === 1 || (header.serial === expected.serial && header.identity === sb.identity);
}

interface Blocks {
  written: PartialSegment['written'];
  /** Of every block, in order: the first word of each is in the checksum. */
  offsets: number[];
  end: number;
}

/** null if the summary lists what cannot be: it has the right checksum, so that this is no chance. */
function listBlocks(
  sb: Superblock,
  summary: Uint8Array,
  header: Header,
  summaryOffset: number,
  segmentEnd: number,
): Blocks | null {
  const { order, is64, unitBytes } = sb;
  const word = is64 ? 8 : 4;
  const infoBytes = is64 ? 24 : 16;
  const blocks: Blocks = { written: [], offsets: [], end: summaryOffset + sb.summaryBytes };
  let inodeBlocks = Math.ceil(header.inodes / (sb.inodeBlockBytes / sb.inodeBytes));
  let inodeAt = summary.length - word;
  const takeInodeBlocks = (info: number): boolean => {
    while (inodeBlocks > 0 && inodeAt >= info && wordAt(order, summary, inodeAt, word) * unitBytes === blocks.end) {
      blocks.written.push({ inodeBlock: blocks.end });
      blocks.offsets.push(blocks.end);
      blocks.end += sb.inodeBlockBytes;
      inodeBlocks -= 1;
      inodeAt -= word;
    }
    return blocks.end <= segmentEnd;
  };
  let info = header.bytes;
  for (let left = header.infos; left > 0; left--) {
    if (!takeInodeBlocks(info) || info + infoBytes > summary.length) return null;
    const count = order.u32(summary, info);
    if (count === 0 || info + infoBytes + count * word > summary.length) return null;
    const ino = is64 ? order.u64(summary, info + 8) : order.u32(summary, info + 8);
    const lastLength = order.u32(summary, info + (is64 ? 16 : 12));
    if (lastLength === 0 || lastLength > sb.blockBytes || lastLength % unitBytes !== 0) return null;
    for (let i = 0; i < count; i++) {
      const number = info + infoBytes + i * word;
      const lengthBytes = i === count - 1 ? lastLength : sb.blockBytes;
      blocks.written.push({
        ino,
        generation: order.u32(summary, info + 4),
        logicalBlock: is64 ? order.i64(summary, number) : order.i32(summary, number),
        byteOffset: blocks.end,
        lengthBytes,
      });
      blocks.offsets.push(blocks.end);
      blocks.end += lengthBytes;
    }
    info += infoBytes + count * word;
  }
  return takeInodeBlocks(info) && inodeBlocks === 0 ? blocks : null;
}

function wordAt(order: ByteOrder, bytes: Uint8Array, at: number, word: number): number {
  return word === 8 ? order.u64(bytes, at) : order.u32(bytes, at);
}

/**
 * ss_datasum is over the first word of each block, and a word is the u_long of the machine that wrote: of 32 bits by the structure's own definition
 * (lfs_checkword), of 64 bits in what NetBSD's 64-bit machines wrote (seen in images of NetBSD 7.99).
 */
function hasRightData(device: FsDevice, sb: Superblock, summary: Uint8Array, offsets: number[]): boolean {
  let short = 0;
  let long = 0;
  for (const byteOffset of offsets) {
    if (byteOffset + 8 > device.sizeBytes) return false;
    const head = device.bread(byteOffset, 8);
    short ^= checksum(sb.order, head, 0, 4);
    long ^= checksum(sb.order, head, 0, 8);
  }
  const recorded = sb.order.u32(summary, 4);
  return short === recorded || long === recorded;
}

/** EUCLEAN where an address lies outside of the file system. */
export function byteOfAddress(sb: Superblock, address: number, what: string): number {
  if (address <= 0 || address >= sb.sizeUnits)
    throw damaged(`${what} lies outside of the file system`, { expected: `below ${sb.sizeUnits}`, found: address });
  return address * sb.unitBytes;
}
