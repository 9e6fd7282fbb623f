/** Whether an ext2, ext3 or ext4 file system is here: by the superblock, or by a copy of it where the first one is lost. */

import { KernelError } from '../../rump/errno.ts';
import { uuidText } from '../../rump/vfs/bytes.ts';
import { displayName } from '../../rump/vfs/names.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { INCOMPAT, RO_COMPAT, titleOf } from './features.ts';
import { hasMagic, parseSuperblock, STATE, SUPERBLOCK_OFFSET, SUPERBLOCK_SIZE, type Superblock } from './format.ts';
import { findCommonBackup } from './superblock.ts';

export function probe(device: FsDevice): ProbeResult | null {
  const first = firstSuperblock(device);
  if (first === 'foreign') return null;
  const superblock = first ?? findCommonBackup(device);
  if (superblock === null) return null;
  const isFirst = superblock === first;
  const hasChecksum = (superblock.roCompat & RO_COMPAT.metadataCsum) !== 0 && superblock.checksumFits;
  return {
    fs: 'ext2fs',
    title: titleOf(superblock),
    label: superblock.label === '' ? null : displayName(superblock.label),
    uuid: uuidOf(superblock),
    dirty: isFirst ? isDirty(superblock) : null,
    // A copy alone may be what another file system left of an ext that was there before.
    certainty: !isFirst ? 1 : hasChecksum ? 3 : 2,
  };
}

/** null: it is damaged, cannot be read, or something else stands there; 'foreign': too small to hold one at all. */
function firstSuperblock(device: FsDevice): Superblock | null | 'foreign' {
  if (device.sizeBytes < SUPERBLOCK_OFFSET + SUPERBLOCK_SIZE) return 'foreign';
  try {
    const bytes = device.bread(SUPERBLOCK_OFFSET, SUPERBLOCK_SIZE);
    return hasMagic(bytes) ? parseSuperblock(bytes, SUPERBLOCK_OFFSET) : null;
  } catch (error) {
    if (error instanceof KernelError && error.kind === 'removed') throw error;
    return null;
  }
}

/** As blkid prints it; null if it was never set. */
export function uuidOf(superblock: Superblock): string | null {
  return superblock.uuid.some((byte) => byte !== 0) ? uuidText(superblock.uuid) : null;
}

/** Not cleanly unmounted: the journal is to be replayed, or (without one) the state says so. */
export function isDirty(superblock: Superblock): boolean {
  return (superblock.incompat & INCOMPAT.recover) !== 0 || (superblock.state & STATE.valid) === 0;
}
