/**
 * The super block of the Berkeley fast file system, UFS1 and UFS2, as data. Layout: struct fs in <ufs/ffs/fs.h> of NetBSD and FreeBSD (1376 bytes);
 * where Solaris put other fields in the same places: struct fs in <sys/fs/ufs_fs.h> of illumos, as Linux' ufs_fs.h has it too.
 */

import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN } from '../../rump/lib/byteorder.ts';
import { asciiAt, hexOf } from '../../rump/vfs/bytes.ts';

export const SUPERBLOCK_BYTES = 1376;
/** A super block with all that follows it, SBLOCKSIZE. */
export const SUPERBLOCK_AREA = 8192;
export const ROOT_INODE = 2;
/** UFS_MAXNAMLEN. */
export const NAME_MAX = 255;

const MAGIC_OFFSET = 1372;
const MAGIC_UFS1 = 0x011954;
const MAGIC_UFS2 = 0x19540119;
/** NetBSD's UFS2 whose extended attributes may be believed. */
const MAGIC_UFS2EA = 0x19012038;
/** Magics of file systems that stand in the same place and are not read, by name. */
const FOREIGN_MAGICS: Readonly<Record<number, string>> = {
  0x00decade: "Solaris' multi-terabyte UFS (MTB_UFS)",
  0x19960408: 'a UFS whose making was broken off (newfs did not finish)',
  0x00095014: "HP-UX' HFS with long names",
  0x00195612: "HP-UX' HFS with feature bits",
  0x80011954: "OSF/1's UFS with security labels",
};

/** fs_flags. */
export const FS_FLAG = {
  unclean: 0x01,
  softUpdates: 0x02,
  needsFsck: 0x04,
  suj: 0x08,
  gjournal: 0x40,
  /** NetBSD; FreeBSD has NFSv4 ACLs here. */
  wapbl: 0x100,
  /** FreeBSD; NetBSD has quotas here. */
  checkHashes: 0x200,
} as const;
/** fs_metackhash. */
export const CHECK_HASH = { superblock: 1, cylinderGroup: 2, inode: 4 } as const;
/** In fs_old_flags: the flags are in fs_flags, and the fields that UFS2 brought are in use. */
const FLAGS_UPDATED = 0x80;
/** fs_old_inodefmt from 4.4BSD on. */
const INODE_FORMAT_44BSD = 2;
/** fs_state + fs_time where Solaris vouches for fs_clean. */
const SOLARIS_OKAY = 0x7c269d38;

/** Whose variant it is, as far as the super block tells. */
export type Variant = 'bsd' | '4.3bsd' | 'solaris';

export interface Journal {
  /** UFS_WAPBL_JOURNALLOC: 1 behind the file system, 2 in it. */
  location: number;
  /** In blocks of `blockBytes`. */
  start: number;
  count: number;
  blockBytes: number;
}

export interface Superblock {
  order: ByteOrder;
  version: 1 | 2;
  variant: Variant;
  /** Where this copy was read. */
  byteOffset: number;
  magic: number;
  blockBytes: number;
  fragmentBytes: number;
  fragmentsPerBlock: number;
  inodeBytes: number;
  /** In fragments. */
  sizeFragments: number;
  groups: number;
  fragmentsPerGroup: number;
  inodesPerGroup: number;
  /** From the start of a group, in fragments. */
  superblockFragment: number;
  cylinderGroupFragment: number;
  inodesFragment: number;
  dataFragment: number;
  /** By which groups of UFS1 are staggered. */
  groupOffset: number;
  groupMask: number;
  cylinderGroupBytes: number;
  /** fs_sblockloc, or null where the super block is older than that field. */
  location: number | null;
  /** In directories. */
  hasOldDirectories: boolean;
  /** In inodes: owners of 16 bits. */
  hasOldInodes: boolean;
  maxSymlinkLength: number;
  clean: number;
  flags: number;
  checkHashes: number;
  checkHash: number;
  superblockBytes: number;
  label: string;
  lastMounted: string;
  uuid: string | null;
  freeFragments: number;
  freeInodes: number;
  dataFragments: number;
  journal: Journal | null;
  snapshots: number;
  /** Of Solaris: where its log begins, and whether it has to be rolled. */
  solarisLog: { fragment: number; needsRoll: boolean } | null;
  /** Derived fields that contradict the others: a super block that is not to be preferred. */
  contradictions: string[];
}

/** What stands at a place where a super block could be. */
export type Recognized =
  | { kind: 'ffs'; superblock: Superblock }
  | { kind: 'foreign'; name: string }
  | { kind: 'bad'; what: string };

/** null if there is no magic number. `bytes`: SUPERBLOCK_BYTES. */
export function recognize(bytes: Uint8Array, byteOffset: number): Recognized | null {
  for (const order of [LITTLE_ENDIAN, BIG_ENDIAN]) {
    const magic = order.u32(bytes, MAGIC_OFFSET);
    if (magic === MAGIC_UFS1 || magic === MAGIC_UFS2 || magic === MAGIC_UFS2EA)
      return parseSuperblock(bytes, byteOffset, order, magic);
    const name = FOREIGN_MAGICS[magic];
    if (name !== undefined && isBlockSize(order.u32(bytes, 48))) return { kind: 'foreign', name };
  }
  return null;
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}

function isBlockSize(value: number): boolean {
  return value >= 4096 && value <= 65536 && isPowerOfTwo(value);
}

/** The fields on which everything rests are checked here once; the rest trusts them. */
function parseSuperblock(bytes: Uint8Array, byteOffset: number, order: ByteOrder, magic: number): Recognized {
  const u32 = (at: number) => order.u32(bytes, at);
  const version = magic === MAGIC_UFS1 ? 1 : 2;
  const isUpdated = version === 2 || (bytes[211] & FLAGS_UPDATED) !== 0;
  const variant = version === 2 ? 'bsd' : variantOf(bytes, order, isUpdated);
  const blockBytes = u32(48);
  const fragmentBytes = u32(52);
  if (!isBlockSize(blockBytes)) return { kind: 'bad', what: `the block size is ${blockBytes}` };
  // DEV_BSIZE to a whole block; eighths of a block are the smallest.
  if (
    !isPowerOfTwo(fragmentBytes) ||
    fragmentBytes < 512 ||
    fragmentBytes > blockBytes ||
    blockBytes / fragmentBytes > 8
  )
    return { kind: 'bad', what: `the fragment size is ${fragmentBytes}` };
  const inodeBytes = version === 1 ? 128 : 256;
  const sizeFragments = version === 2 ? order.u64(bytes, 1080) : u32(36);
  const superblock: Superblock = {
    order,
    version,
    variant,
    byteOffset,
    magic,
    blockBytes,
    fragmentBytes,
    fragmentsPerBlock: blockBytes / fragmentBytes,
    inodeBytes,
    sizeFragments,
    groups: u32(44),
    fragmentsPerGroup: u32(188),
    inodesPerGroup: u32(184),
    superblockFragment: u32(8),
    cylinderGroupFragment: u32(12),
    inodesFragment: u32(16),
    dataFragment: u32(20),
    groupOffset: version === 1 ? u32(24) : 0,
    groupMask: version === 1 ? u32(28) : 0,
    cylinderGroupBytes: u32(160),
    location: isUpdated && variant === 'bsd' ? order.u64(bytes, 1000) : null,
    ...formsOf(bytes, order, version, variant),
    clean: bytes[209],
    flags: variant !== 'bsd' ? 0 : isUpdated ? u32(1312) : bytes[211],
    checkHashes: variant === 'bsd' && isUpdated ? u32(1308) : 0,
    checkHash: u32(1304),
    superblockBytes: u32(104),
    label: isUpdated && variant === 'bsd' ? asciiAt(bytes, 680, 32) : '',
    lastMounted: asciiAt(bytes, 212, 468),
    uuid: uuidOf(bytes, order),
    ...totalsOf(bytes, order, isUpdated, variant),
    journal: isUpdated && variant === 'bsd' ? journalOf(bytes, order) : null,
    snapshots: isUpdated && variant === 'bsd' ? snapshotsOf(bytes, order) : 0,
    solarisLog: variant === 'solaris' ? solarisLogOf(bytes, order) : null,
    contradictions: [],
  };
  const fault = geometryFault(superblock);
  if (fault !== null) return { kind: 'bad', what: fault };
  superblock.contradictions = contradictionsOf(superblock, bytes);
  return { kind: 'ffs', superblock };
}

/** In Solaris' layout fs_qbmask stands four bytes later than in 4.4BSD's, and fs_state elsewhere. */
function variantOf(bytes: Uint8Array, order: ByteOrder, isUpdated: boolean): Variant {
  const mask = order.u32(bytes, 48) - 1;
  if (order.u64(bytes, 1336) === mask) {
    return order.i32(bytes, 1324) >= INODE_FORMAT_44BSD || isUpdated ? 'bsd' : '4.3bsd';
  }
  const time = order.u32(bytes, 32);
  const vouches = (at: number) => (order.u32(bytes, at) + time) % 2 ** 32 === SOLARIS_OKAY;
  if (order.u64(bytes, 1340) === mask || vouches(1336) || vouches(132)) return 'solaris';
  return isUpdated ? 'bsd' : '4.3bsd';
}

function formsOf(bytes: Uint8Array, order: ByteOrder, version: 1 | 2, variant: Variant) {
  if (version === 2) return { hasOldDirectories: false, hasOldInodes: false, maxSymlinkLength: 120 };
  if (variant === 'solaris') return { hasOldDirectories: true, hasOldInodes: true, maxSymlinkLength: 0 };
  const maxSymlinkLength = order.i32(bytes, 1320);
  return {
    hasOldDirectories: maxSymlinkLength <= 0,
    hasOldInodes: order.i32(bytes, 1324) < INODE_FORMAT_44BSD,
    maxSymlinkLength: maxSymlinkLength <= 0 ? 0 : 60,
  };
}

/** fs_id as blkid prints it. In 4.3BSD its place held parameters of the drive. */
function uuidOf(bytes: Uint8Array, order: ByteOrder): string | null {
  const [first, second] = [order.u32(bytes, 144), order.u32(bytes, 148)];
  if (first === 0 && second === 0) return null;
  const word = (value: number) => hexOf(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
  return word(first) + word(second);
}

function totalsOf(bytes: Uint8Array, order: ByteOrder, isUpdated: boolean, variant: Variant) {
  const fragmentsPerBlock = order.u32(bytes, 48) / order.u32(bytes, 52);
  if (isUpdated && variant === 'bsd')
    return {
      freeFragments: order.u64(bytes, 1016) * fragmentsPerBlock + order.u64(bytes, 1032),
      freeInodes: order.u64(bytes, 1024),
      dataFragments: order.u64(bytes, 1088),
    };
  return {
    freeFragments: order.u32(bytes, 196) * fragmentsPerBlock + order.u32(bytes, 204),
    freeInodes: order.u32(bytes, 200),
    dataFragments: order.u32(bytes, 40),
  };
}

/** NetBSD's <ufs/ufs/ufs_wapbl.h>: version 1; the places are where FreeBSD counts unreferenced inodes. */
function journalOf(bytes: Uint8Array, order: ByteOrder): Journal | null {
  const location = bytes[865];
  if (bytes[864] !== 1 || (location !== 1 && location !== 2)) return null;
  const [start, count, blockBytes] = [872, 880, 888].map((at) => order.u64(bytes, at));
  return { location, start, count, blockBytes };
}

/** fs_snapinum: up to 20, ended by a zero. */
function snapshotsOf(bytes: Uint8Array, order: ByteOrder): number {
  let count = 0;
  while (count < 20 && order.u32(bytes, 1116 + 4 * count) !== 0) count++;
  return count;
}

/** fs_logbno, and fs_rolled: 2 is FS_NEED_ROLL. */
function solarisLogOf(bytes: Uint8Array, order: ByteOrder): { fragment: number; needsRoll: boolean } | null {
  const fragment = order.u32(bytes, 1324);
  return fragment === 0 ? null : { fragment, needsRoll: order.u32(bytes, 4) === 2 };
}

/** Sizes and places that contradict each other so that nothing could be found; null if there are none. */
function geometryFault(sb: Superblock): string | null {
  const { sizeFragments, groups, fragmentsPerGroup, inodesPerGroup, inodesFragment, dataFragment } = sb;
  if (!Number.isSafeInteger(sizeFragments * sb.fragmentBytes) || sizeFragments < dataFragment)
    return `the size is ${sizeFragments} fragments`;
  if (fragmentsPerGroup < dataFragment || fragmentsPerGroup === 0 || inodesPerGroup === 0)
    return `a cylinder group has ${fragmentsPerGroup} fragments and ${inodesPerGroup} inodes`;
  if (groups === 0 || (groups - 1) * fragmentsPerGroup >= sizeFragments)
    return `there are ${groups} cylinder groups of ${fragmentsPerGroup} fragments`;
  if (inodesFragment + (inodesPerGroup * sb.inodeBytes) / sb.fragmentBytes > fragmentsPerGroup)
    return `inodes begin at fragment ${inodesFragment} of a group of ${fragmentsPerGroup}`;
  if (inodesFragment <= sb.superblockFragment || groups * inodesPerGroup > 2 ** 32)
    return `inodes begin at fragment ${inodesFragment}`;
  return null;
}

function contradictionsOf(sb: Superblock, bytes: Uint8Array): string[] {
  const { order, blockBytes, fragmentBytes } = sb;
  const pointerBytes = sb.version === 1 ? 4 : 8;
  const expected: Array<[name: string, at: number, value: number]> = [
    ['fs_frag', 56, sb.fragmentsPerBlock],
    ['fs_bshift', 80, Math.log2(blockBytes)],
    ['fs_fshift', 84, Math.log2(fragmentBytes)],
    ['fs_fragshift', 96, Math.log2(sb.fragmentsPerBlock)],
    ['fs_nindir', 116, blockBytes / pointerBytes],
    ['fs_inopb', 120, blockBytes / sb.inodeBytes],
  ];
  const wrong = expected.filter(([, at, value]) => order.u32(bytes, at) !== value).map(([name]) => name);
  if (sb.superblockBytes < SUPERBLOCK_BYTES || sb.superblockBytes > SUPERBLOCK_AREA) wrong.push('fs_sbsize');
  const inodeFragments = Math.ceil((sb.inodesPerGroup * sb.inodeBytes) / fragmentBytes);
  if (sb.inodesFragment + inodeFragments > sb.dataFragment) wrong.push('fs_dblkno');
  if (sb.cylinderGroupFragment <= sb.superblockFragment || sb.cylinderGroupFragment >= sb.inodesFragment)
    wrong.push('fs_cblkno');
  if (sb.groups * sb.fragmentsPerGroup < sb.sizeFragments) wrong.push('fs_ncg');
  if (sb.cylinderGroupBytes > blockBytes || sb.cylinderGroupBytes === 0) wrong.push('fs_cgsize');
  return wrong;
}

/** The first fragment of a cylinder group's own structures (cgstart). */
export function groupStart(sb: Superblock, group: number): number {
  // fs_old_cgmask has ones where the stagger wraps: `group & ~mask` counts within a cycle.
  const stagger = sb.version === 1 ? sb.groupOffset * ((group & ~sb.groupMask) >>> 0) : 0;
  return group * sb.fragmentsPerGroup + stagger;
}

/** The byte at which an inode stands; the caller knows that there is such an inode. */
export function inodeOffset(sb: Superblock, ino: number): number {
  const group = Math.floor(ino / sb.inodesPerGroup);
  return (
    (groupStart(sb, group) + sb.inodesFragment) * sb.fragmentBytes + (ino - group * sb.inodesPerGroup) * sb.inodeBytes
  );
}
