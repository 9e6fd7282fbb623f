/**
 * Group descriptors: where the inode table of each block group lies.
 * Layout: Linux Documentation/filesystems/ext4, "Block Group Descriptors" (struct ext4_group_desc, 32 or more bytes) and "Meta Block Groups".
 */

import { damaged, KernelError } from '../../rump/errno.ts';
import { crc16 } from '../../rump/lib/crc16.ts';
import { crc32c, crc32cU32le, crc32cZeros } from '../../rump/lib/crc32c.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { LruMap } from '../../rump/vfs/lru.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { COMPAT, INCOMPAT, RO_COMPAT } from './features.ts';
import type { Superblock } from './format.ts';

/** Descriptors kept parsed: 4096 groups of 4 KiB blocks are 512 GiB. */
const MAX_CACHED = 4096;
/** Groups asked for a copy of a damaged descriptor: the first that sparse_super gives one; further copies are as old as these. */
const BACKUP_GROUPS = [1, 3, 5, 7, 9, 25, 27, 49];
/** bg_checksum */
const CHECKSUM_AT = 0x1e;

export interface GroupTable {
  /** First byte of the inode table of a group. EUCLEAN if neither the descriptor nor a copy of it makes sense. */
  inodeTableOffset(group: number): number;
}

interface Descriptor {
  inodeTable: number;
  checksumFits: boolean;
  /** The inode table lies inside the file system. */
  plausible: boolean;
}

/** `notice` is told once when a copy had to be used. */
export function groupTable(
  device: FsDevice,
  sb: Superblock,
  verify: boolean,
  notice: (text: string) => void,
): GroupTable {
  const cache = new LruMap<number, number>(MAX_CACHED);
  const tableBlocks = Math.ceil((sb.inodesPerGroup * sb.inodeSize) / sb.blockSize);
  let told = false;

  function read(group: number, blockOfTable: number): Descriptor {
    const perBlock = Math.floor(sb.blockSize / sb.descriptorSize);
    const at = blockOfTable * sb.blockSize + (group % perBlock) * sb.descriptorSize;
    const bytes = device.bread(at, sb.descriptorSize);
    const high = sb.descriptorSize >= 64 ? u32le(bytes, 0x28) : 0;
    const inodeTable = u32le(bytes, 8) + high * 2 ** 32;
    return {
      inodeTable,
      checksumFits: !verify || descriptorChecksumFits(sb, group, bytes),
      plausible: inodeTable > sb.firstDataBlock && inodeTable + tableBlocks <= sb.blocksCount,
    };
  }

  function find(group: number): number {
    let doubtful: Descriptor | null = null;
    let failure: KernelError | null = null;
    const [first, ...copies] = descriptorBlocks(sb, group);
    for (const block of [first, ...copies]) {
      try {
        const descriptor = read(group, block);
        if (descriptor.plausible && descriptor.checksumFits) {
          if (block !== first) tell('A group descriptor is damaged; its copy was used.');
          return descriptor.inodeTable;
        }
        if (descriptor.plausible) doubtful ??= descriptor;
      } catch (error) {
        if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
        failure ??= error;
      }
    }
    if (doubtful !== null) {
      tell('The checksum of a group descriptor is wrong, and no good copy of it was found; it was used as it is.');
      return doubtful.inodeTable;
    }
    throw failure ?? damaged(`the descriptor of block group ${group} is damaged`, { byteOffset: first * sb.blockSize });
  }

  function tell(text: string): void {
    if (!told) notice(text);
    told = true;
  }

  return {
    inodeTableOffset(group) {
      let block = cache.get(group);
      if (block === undefined) {
        block = find(group);
        cache.set(group, block);
      }
      return block * sb.blockSize;
    },
  };
}

/** crc16 with uninit_bg, the lower half of crc32c with metadata_csum, over UUID (or seed), group number and descriptor; true where neither is set. */
function descriptorChecksumFits(sb: Superblock, group: number, bytes: Uint8Array): boolean {
  const found = u16le(bytes, CHECKSUM_AT);
  if ((sb.roCompat & RO_COMPAT.metadataCsum) !== 0) {
    const start = crc32c(crc32cU32le(sb.checksumSeed, group), bytes, 0, CHECKSUM_AT);
    return (crc32c(crc32cZeros(start, 2), bytes, CHECKSUM_AT + 2) & 0xffff) === found;
  }
  if ((sb.roCompat & RO_COMPAT.gdtCsum) === 0) return true;
  const number = Uint8Array.of(group, group >>> 8, group >>> 16, group >>> 24);
  const start = crc16(crc16(crc16(0xffff, sb.uuid), number), bytes, 0, CHECKSUM_AT);
  // Without 64bit the descriptor ends with its checksum.
  return crc16(start, bytes, CHECKSUM_AT + 2) === found;
}

/** The blocks that hold the descriptor of `group`: first the one that is used, then its copies. */
function descriptorBlocks(sb: Superblock, group: number): number[] {
  const perBlock = Math.floor(sb.blockSize / sb.descriptorSize);
  const index = Math.floor(group / perBlock);
  if ((sb.incompat & INCOMPAT.metaBg) !== 0 && index >= sb.firstMetaBg) {
    const firstGroup = index * perBlock;
    const groups = [firstGroup, firstGroup + 1, firstGroup + perBlock - 1].filter((g) => g < sb.groupCount);
    return groups.map((g) => superblockEnd(sb, g));
  }
  const holders = BACKUP_GROUPS.concat(sb.backupGroups).filter((g) => g < sb.groupCount && hasSuperblock(sb, g));
  return [0, ...holders].map((g) => superblockEnd(sb, g) + index);
}

/** The block behind the superblock (or its copy) of a group; the group's first block where it has none. */
function superblockEnd(sb: Superblock, group: number): number {
  // With 1 KiB blocks the superblock of group 0 is block 1 also where the groups begin with block 0 (bigalloc).
  if (group === 0) return Math.floor(1024 / sb.blockSize) + 1;
  return sb.firstDataBlock + group * sb.blocksPerGroup + (hasSuperblock(sb, group) ? 1 : 0);
}

function hasSuperblock(sb: Superblock, group: number): boolean {
  if (group === 0) return true;
  if ((sb.compat & COMPAT.sparseSuper2) !== 0) return sb.backupGroups.includes(group);
  if (group === 1 || (sb.roCompat & RO_COMPAT.sparseSuper) === 0) return true;
  return isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
}

function isPower(value: number, base: number): boolean {
  let power = base;
  while (power < value) power *= base;
  return power === value;
}
