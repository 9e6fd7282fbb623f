/**
 * The structures of HFS Plus and HFSX as data. Layouts: Apple Technical Note TN1150, "HFS Plus Volume Format" (sections "Volume Header", "Fork Data
 * Structure", "HFS Plus Permissions", "Catalog File Data"). Everything is big-endian.
 */

import { damaged } from '../../rump/errno.ts';
import { u16be, u32be, u64be } from '../../rump/vfs/bytes.ts';

/** The volume header stands 1024 bytes from the start, its alternate 1024 bytes before the end. */
export const HEADER_OFFSET = 1024;
export const ALTERNATE_FROM_END = 1024;
export const HEADER_BYTES = 512;

export const SIGNATURE = { hfsPlus: 0x482b, hfsx: 0x4858, hfs: 0x4244 } as const;

/** attributes of the volume header. */
export const VOLUME_ATTRIBUTE = {
  hardwareLock: 1 << 7,
  unmounted: 1 << 8,
  sparedBlocks: 1 << 9,
  inconsistent: 1 << 11,
  idsReused: 1 << 12,
  journaled: 1 << 13,
  softwareLock: 1 << 15,
} as const;

/** Catalog node ids that are not files of a user (TN1150, "Catalog File"). */
export const CNID = {
  rootParent: 1,
  root: 2,
  extents: 3,
  catalog: 4,
  badBlocks: 5,
  allocation: 6,
  startup: 7,
  attributes: 8,
  firstUser: 16,
} as const;

/** Ids have 32 bits: so many files and folders a volume can have. */
export const MAX_FILES = 0xffffffff - CNID.firstUser;

export const FORK = { data: 0x00, resource: 0xff } as const;

/** Types of catalog records. */
export const RECORD = { folder: 1, file: 2, folderThread: 3, fileThread: 4 } as const;

/** flags of a catalog record. */
export const CATALOG_FLAG = { locked: 0x0001, hasAttributes: 0x0004 } as const;

export interface Extent {
  start: number;
  count: number;
}

/** A fork: what of its place stands in its own record; the rest is in the extents-overflow tree. */
export interface Fork {
  cnid: number;
  type: number;
  size: number;
  totalBlocks: number;
  extents: readonly Extent[];
  /** Where the further extents of this fork are, if not in the extents-overflow tree (a large attribute's). */
  overflow?: (index: number) => OverflowRecord | null;
}

/** Extents of a fork that stand in a record of their own. */
export interface OverflowRecord {
  /** The block of the fork with which the first extent begins. */
  startBlock: number;
  extents: readonly Extent[];
}

export interface VolumeHeader {
  isHfsx: boolean;
  version: number;
  attributes: number;
  /** Which implementation mounted the volume last: '10.0', 'HFSJ', 'H+Lx' … */
  lastMountedVersion: string;
  journalInfoBlock: number;
  created: number;
  modified: number;
  checked: number;
  fileCount: number;
  folderCount: number;
  blockSize: number;
  totalBlocks: number;
  freeBlocks: number;
  /** The last 8 bytes of the Finder's words: the volume's identifier. */
  identifier: Uint8Array;
  allocation: Fork;
  extents: Fork;
  catalog: Fork;
  attributeFile: Fork;
}

const FORK_EXTENTS = 8;
const NO_EXTENTS: readonly Extent[] = [];
/** A block size is a power of two from 512 on; newfs_hfs allows up to 1 MiB. */
const MAX_BLOCK_SIZE = 1024 * 1024;

/** The 8 extents at `at`, without the unused ones behind the last. */
export function parseExtents(bytes: Uint8Array, at: number): readonly Extent[] {
  if (u32be(bytes, at + 4) === 0) return NO_EXTENTS;
  const extents: Extent[] = [];
  for (let i = 0; i < FORK_EXTENTS; i++) {
    const count = u32be(bytes, at + 8 * i + 4);
    if (count === 0) break;
    extents.push({ start: u32be(bytes, at + 8 * i), count });
  }
  return extents;
}

/** HFSPlusForkData, 80 bytes. */
export function parseFork(bytes: Uint8Array, at: number, cnid: number, type: number): Fork {
  return {
    cnid,
    type,
    size: u64be(bytes, at),
    totalBlocks: u32be(bytes, at + 12),
    extents: parseExtents(bytes, at + 16),
  };
}

/** The header in `bytes`, which stand at `byteOffset`. EUCLEAN if it is none, or its numbers are impossible. */
export function parseVolumeHeader(bytes: Uint8Array, byteOffset: number): VolumeHeader {
  const signature = u16be(bytes, 0);
  if (signature !== SIGNATURE.hfsPlus && signature !== SIGNATURE.hfsx)
    throw damaged('there is no HFS Plus volume header', { byteOffset, found: signature });
  const blockSize = u32be(bytes, 40);
  if (blockSize < 512 || blockSize > MAX_BLOCK_SIZE || (blockSize & (blockSize - 1)) !== 0) {
    throw damaged('the volume header has an impossible block size', {
      byteOffset: byteOffset + 40,
      expected: `a power of two from 512 to ${MAX_BLOCK_SIZE}`,
      found: blockSize,
    });
  }
  const totalBlocks = u32be(bytes, 44);
  if (totalBlocks === 0) throw damaged('the volume header says that there are no blocks', { byteOffset });
  return {
    isHfsx: signature === SIGNATURE.hfsx,
    version: u16be(bytes, 2),
    attributes: u32be(bytes, 4),
    lastMountedVersion: String.fromCharCode(...bytes.subarray(8, 12)),
    journalInfoBlock: u32be(bytes, 12),
    created: u32be(bytes, 16),
    modified: u32be(bytes, 20),
    checked: u32be(bytes, 28),
    fileCount: u32be(bytes, 32),
    folderCount: u32be(bytes, 36),
    blockSize,
    totalBlocks,
    freeBlocks: u32be(bytes, 48),
    identifier: bytes.slice(104, 112),
    allocation: parseFork(bytes, 112, CNID.allocation, FORK.data),
    extents: parseFork(bytes, 192, CNID.extents, FORK.data),
    catalog: parseFork(bytes, 272, CNID.catalog, FORK.data),
    attributeFile: parseFork(bytes, 352, CNID.attributes, FORK.data),
  };
}

/** Seconds between 1904-01-01 and 1970-01-01. */
const MAC_EPOCH = 2_082_844_800;

/** A date of HFS Plus (seconds since 1904, UTC) as seconds since 1970; null: never (0). */
export function macSeconds(date: number): number | null {
  return date === 0 ? null : date - MAC_EPOCH;
}
