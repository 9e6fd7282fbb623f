/** Finding the superblock, or the copy of it that is good where the first one is damaged or cannot be read. */

import { KernelError } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { hasMagic, parseSuperblock, SUPERBLOCK_OFFSET, SUPERBLOCK_SIZE, type Superblock } from './format.ts';

export interface FoundSuperblock {
  superblock: Superblock;
  /** What the user is told of how it was found. */
  notices: string[];
}

/** The superblock, or a backup where it is damaged or cannot be read. Throws what is wrong with the first one if no backup helps either. */
export function findSuperblock(device: FsDevice): FoundSuperblock {
  let failure: KernelError | null = null;
  let doubtful: Superblock | null = null;
  try {
    const superblock = parseSuperblock(device.bread(SUPERBLOCK_OFFSET, SUPERBLOCK_SIZE), SUPERBLOCK_OFFSET);
    if (superblock.checksumFits) return { superblock, notices: [] };
    doubtful = superblock;
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
    failure = error;
  }
  const reason = failure?.kind === 'medium' ? 'cannot be read' : 'is damaged';
  const backup = findBackup(device, doubtful);
  if (backup !== null) {
    const where = `the copy in block group ${backup.blockGroupNumber}`;
    return { superblock: backup, notices: [`The superblock ${reason}; ${where} was used.`] };
  }
  if (doubtful !== null) {
    const notice = 'The checksum of the superblock is wrong, and no copy of it was found; it was used as it is.';
    return { superblock: doubtful, notices: [notice] };
  }
  throw failure;
}

/** Group numbers that hold backups with sparse_super; the first of them is there in every layout with two groups or more. */
const BACKUP_GROUPS = [1, 3, 5, 7, 9, 25, 27, 49];
/** Blocks in a cluster that bigalloc is met with; mke2fs takes 16 when not told otherwise. */
const CLUSTER_RATIOS = [1, 16, 2, 4, 8, 32, 64];

/** A backup that fits its place and its checksum, or null. `doubtful` is a damaged superblock whose geometry is tried first. */
function findBackup(device: FsDevice, doubtful: Superblock | null): Superblock | null {
  const tried = new Set<number>();
  for (const place of backupPlaces(doubtful)) {
    const byteOffset = (place.firstDataBlock + place.group * place.blocksPerGroup) * place.blockSize;
    if (byteOffset + SUPERBLOCK_SIZE > device.sizeBytes || tried.has(byteOffset)) continue;
    tried.add(byteOffset);
    const backup = backupAt(device, byteOffset, place);
    if (backup !== null) return backup;
  }
  return null;
}

/** The copy in block group 1 of a file system with 1, 2 or 4 KiB blocks, or null: three reads, for probes. */
export function findCommonBackup(device: FsDevice): Superblock | null {
  for (const blockSize of [4096, 1024, 2048]) {
    const firstDataBlock = blockSize === 1024 ? 1 : 0;
    const place = { group: 1, blockSize, blocksPerGroup: blockSize * 8, firstDataBlock };
    const byteOffset = (firstDataBlock + place.blocksPerGroup) * blockSize;
    const backup = byteOffset + SUPERBLOCK_SIZE > device.sizeBytes ? null : backupAt(device, byteOffset, place);
    if (backup !== null) return backup;
  }
  return null;
}

interface BackupPlace {
  group: number;
  blockSize: number;
  blocksPerGroup: number;
  firstDataBlock: number;
}

function* backupPlaces(doubtful: Superblock | null): Generator<BackupPlace, void> {
  if (doubtful !== null) {
    const { blockSize, blocksPerGroup, firstDataBlock, backupGroups } = doubtful;
    for (const group of [...BACKUP_GROUPS, ...backupGroups]) yield { group, blockSize, blocksPerGroup, firstDataBlock };
  }
  for (const ratio of CLUSTER_RATIOS) {
    for (let blockSize = 1024; blockSize <= 65536; blockSize *= 2) {
      const blocksPerGroup = blockSize * 8 * ratio;
      const firstDataBlock = blockSize === 1024 && ratio === 1 ? 1 : 0;
      for (const group of ratio === 1 ? BACKUP_GROUPS : [1]) {
        yield { group, blockSize, blocksPerGroup, firstDataBlock };
      }
    }
  }
}

function backupAt(device: FsDevice, byteOffset: number, place: BackupPlace): Superblock | null {
  try {
    const bytes = device.bread(byteOffset, SUPERBLOCK_SIZE);
    if (!hasMagic(bytes)) return null;
    const backup = parseSuperblock(bytes, byteOffset);
    const isInPlace =
      backup.blockSize === place.blockSize &&
      backup.blocksPerGroup === place.blocksPerGroup &&
      (backup.revision === 0 || backup.blockGroupNumber === place.group);
    return isInPlace && backup.checksumFits ? backup : null;
  } catch (error) {
    if (error instanceof KernelError && error.kind === 'removed') throw error;
    return null;
  }
}
