/**
 * Finds BSD fast file systems by their superblocks where the disklabel that named their places is lost, as OpenBSD's scan_ffs(8) does.
 * Superblock: <ufs/ffs/fs.h> of NetBSD (struct fs).
 */

import { u32be, u32le, u64be, u64le } from '../vfs/bytes.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import { tableBytes } from './tablebytes.ts';

const MAGIC_UFS1 = 0x011954;
const MAGIC_UFS2 = 0x19540119;
const SUPERBLOCK_UFS1 = 8192;
const SUPERBLOCK_UFS2 = 65536;
/** Tools of today begin partitions at multiples of 1 MiB. */
const ALIGNMENT = 1024 * 1024;
/** Places looked at where nothing is found: 64 MiB past the last file system, for some 2 MiB of reading. */
const MAX_MISSES = 64;
/** As many partitions as a label has. */
const MAX_FOUND = 16;

export interface FoundVolume {
  offsetBytes: number;
  sizeBytes: number;
}

/** The file systems in [offsetBytes, offsetBytes + sizeBytes), in order: at its start, right behind the last one found, or at the next alignment. */
export function findFastFileSystems(device: FsDevice, offsetBytes: number, sizeBytes: number): FoundVolume[] {
  const end = Math.min(offsetBytes + sizeBytes, device.sizeBytes);
  const found: FoundVolume[] = [];
  let at = offsetBytes;
  let misses = 0;
  while (at < end && misses < MAX_MISSES && found.length < MAX_FOUND) {
    const volumeBytes = volumeSizeAt(device, at);
    if (volumeBytes > 0 && at + volumeBytes <= end) {
      found.push({ offsetBytes: at, sizeBytes: volumeBytes });
      at += volumeBytes;
    } else {
      misses += 1;
      at = (Math.floor(at / ALIGNMENT) + 1) * ALIGNMENT;
    }
  }
  return found;
}

/** The size of the file system that starts at `at`; 0 if none does. */
function volumeSizeAt(device: FsDevice, at: number): number {
  for (const place of [SUPERBLOCK_UFS1, SUPERBLOCK_UFS2]) {
    const superblock = tableBytes(device, at + place, 1376);
    if (superblock === null) continue;
    for (const [u32, u64] of [[u32le, u64le] as const, [u32be, u64be] as const]) {
      const magic = u32(superblock, 1372);
      const isUfs2 = magic === MAGIC_UFS2;
      if (!isUfs2 && magic !== MAGIC_UFS1) continue;
      const fragmentBytes = u32(superblock, 52);
      if (fragmentBytes < 512 || fragmentBytes > 65536 || (fragmentBytes & (fragmentBytes - 1)) !== 0) continue;
      const fragments = isUfs2 ? u64(superblock, 1080) : u32(superblock, 36);
      const sizeBytes = fragments * fragmentBytes;
      if (Number.isSafeInteger(at + sizeBytes) && sizeBytes > place) return sizeBytes;
    }
  }
  return 0;
}
