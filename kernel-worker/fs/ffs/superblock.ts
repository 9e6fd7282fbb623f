/**
 * Finding the super block: at its four places, or, where those are damaged, one of the copies that every cylinder group has.
 * Places and search order: SBLOCKSEARCH in <ufs/ffs/fs.h>; check hashes: FreeBSD's ffs_subr.c (CRC-32C over fs_sbsize bytes, fs_ckhash as zero).
 */

import { damaged, KernelError, unsupported } from '../../rump/errno.ts';
import { crc32c, crc32cZeros } from '../../rump/lib/crc32c.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import {
  CHECK_HASH,
  FS_FLAG,
  groupStart,
  type Recognized,
  recognize,
  SUPERBLOCK_AREA,
  SUPERBLOCK_BYTES,
  type Superblock,
} from './format.ts';

const UFS2_PLACE = 65536;
const PLACES = [UFS2_PLACE, 8192, 0, 262144] as const;
/**
 * Where the copy of the first cylinder group stands: behind the super block's place and its 8 KiB, rounded up to a block of 4 to 64 KiB
 * (of UFS1 from 8 KiB on, of UFS2 from 64 KiB on, of either from 0 or 256 KiB on).
 */
const FIRST_COPIES = [16384, 32768, 65536, 73728, 81920, 98304, 131072, 8192, 270336, 278528, 294912, 327680] as const;
/** How far a mount by name searches for copies where the first group's are lost as well: the second groups of all usual sizes begin before. */
const SEARCH_BYTES = 64 * 1024 * 1024;
const SEARCH_STEP = 4096;
const CHECK_HASH_OFFSET = 1304;

export interface Found {
  superblock: Superblock;
  /** Sentences on what was wrong with the first one. */
  notices: string[];
}

/**
 * The super block, or null if there is none; with `wide` copies in later groups are searched. EUCLEAN if there are only damaged ones, EOPNOTSUPP for
 * known file systems that are not read.
 */
export function findSuperblock(device: FsDevice, wide: boolean): Found | null {
  const search = new Search(device);
  const primary = search.primary();
  if (primary !== null && primary.contradictions.length === 0) return { superblock: primary, notices: search.notices };
  const copy = search.copy(wide);
  if (copy !== null) {
    search.notices.push(`The super block is damaged; its copy at byte ${copy.byteOffset} was used.`);
    return { superblock: copy, notices: search.notices };
  }
  if (primary !== null) {
    search.notices.push(
      `The super block contradicts itself (${primary.contradictions.join(', ')}) and no copy of it was found; it was used as it is.`,
    );
    return { superblock: primary, notices: search.notices };
  }
  if (search.failure !== null) throw search.failure;
  return null;
}

class Search {
  readonly notices: string[] = [];
  /** Why a place was not taken: said if there is no other. */
  failure: KernelError | null = null;
  private readonly device: FsDevice;

  constructor(device: FsDevice) {
    this.device = device;
  }

  /** The first super block in the order of places that has no contradictions, else the first at all. */
  primary(): Superblock | null {
    let second: Superblock | null = null;
    for (const place of PLACES) {
      const superblock = this.at(place);
      if (superblock === null || !belongsAt(superblock, place)) continue;
      if (superblock.contradictions.length === 0) return superblock;
      second ??= superblock;
    }
    return second;
  }

  copy(wide: boolean): Superblock | null {
    for (const place of FIRST_COPIES) {
      const superblock = this.at(place);
      if (superblock !== null && isCopyAt(superblock, place)) return superblock;
    }
    if (!wide) return null;
    const end = Math.min(this.device.sizeBytes, SEARCH_BYTES);
    for (let place = SEARCH_STEP; place < end; place += SEARCH_STEP) {
      const superblock = this.at(place);
      if (superblock !== null && isCopyAt(superblock, place)) return superblock;
    }
    return null;
  }

  private at(place: number): Superblock | null {
    const found = this.recognizeAt(place);
    if (found === null) return null;
    if (found.kind === 'foreign') {
      throw unsupported(`${found.name} is not read`, { byteOffset: place });
    }
    if (found.kind === 'bad') {
      this.failure ??= damaged(`the super block is damaged: ${found.what}`, { byteOffset: place });
      return null;
    }
    const { superblock } = found;
    if (!this.hasRightHash(superblock)) superblock.contradictions.push('fs_ckhash');
    return superblock;
  }

  private recognizeAt(place: number): Recognized | null {
    if (place + SUPERBLOCK_BYTES > this.device.sizeBytes) return null;
    try {
      return recognize(this.device.bread(place, SUPERBLOCK_BYTES), place);
    } catch (error) {
      if (!(error instanceof KernelError) || error.kind !== 'medium') throw error;
      this.failure ??= error;
      return null;
    }
  }

  private hasRightHash(sb: Superblock): boolean {
    if (!keepsHash(sb, CHECK_HASH.superblock)) return true;
    const { superblockBytes, byteOffset } = sb;
    if (superblockBytes < SUPERBLOCK_BYTES || superblockBytes > SUPERBLOCK_AREA) return false;
    if (byteOffset + superblockBytes > this.device.sizeBytes) return false;
    const bytes = this.device.bread(byteOffset, superblockBytes);
    const head = crc32cZeros(crc32c(~0, bytes, 0, CHECK_HASH_OFFSET), 4);
    return crc32c(head, bytes, CHECK_HASH_OFFSET + 4) === sb.checkHash;
  }
}

/** Whether FreeBSD's check hash of this kind is kept. NetBSD, whose journal or quotas use the same flag, writes none. */
export function keepsHash(sb: Superblock, kind: number): boolean {
  return (sb.flags & FS_FLAG.checkHashes) !== 0 && sb.journal === null && (sb.checkHashes & kind) !== 0;
}

/** A copy in a group of UFS1 with blocks of 64 KiB stands where UFS2 has its super block: it says that its place is another. */
function belongsAt(sb: Superblock, place: number): boolean {
  if (sb.location === place) return true;
  return sb.version === 1 && place !== UFS2_PLACE && (sb.location === null || sb.location === 0 || place === 8192);
}

/** Whether a copy of this very file system stands at `place`. */
function isCopyAt(sb: Superblock, place: number): boolean {
  if (sb.contradictions.some((field) => field !== 'fs_ckhash')) return false;
  const fragment = place / sb.fragmentBytes;
  const group = Math.floor((fragment - sb.superblockFragment) / sb.fragmentsPerGroup);
  return group >= 0 && group < sb.groups && groupStart(sb, group) + sb.superblockFragment === fragment;
}
