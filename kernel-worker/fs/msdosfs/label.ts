/** The volume label in the root directory ("FAT Directory Structure", ATTR_VOLUME_ID), which wins over the boot sector's. */

import { asKernelError } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import {
  ATTRIBUTE_DIRECTORY,
  ATTRIBUTE_LONG_NAME,
  ATTRIBUTE_LONG_NAME_MASK,
  ATTRIBUTE_VOLUME,
  DIRENT,
  DIRENT_BYTES,
  type Geometry,
  SLOT_DELETED,
  SLOT_END,
} from './format.ts';

/**
 * For the probe, which reads no chains: the label among the first `searchBytes` of the root directory, of FAT32's in its first cluster; null if there
 * is none there or they cannot be read.
 */
export function earlyLabel(device: FsDevice, geometry: Geometry, searchBytes: number): Uint8Array | null {
  const { rootCluster, rootOffset, rootBytes, dataOffset, clusterBytes } = geometry;
  const isFat32 = geometry.bits === 32;
  const start = isFat32 ? dataOffset + (rootCluster - 2) * clusterBytes : rootOffset;
  const lengthBytes = Math.min(searchBytes, isFat32 ? clusterBytes : rootBytes, device.sizeBytes - start);
  if (lengthBytes < DIRENT_BYTES) return null;
  try {
    const label = labelIn(device.bread(start, lengthBytes));
    return label instanceof Uint8Array ? label : null;
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    return null;
  }
}

/** The 11 bytes of the label among these slots of the root directory; else whether the directory ended in them. */
export function labelIn(slots: Uint8Array): Uint8Array | 'ended' | 'not yet' {
  for (let at = 0; at + DIRENT_BYTES <= slots.length; at += DIRENT_BYTES) {
    if (slots[at] === SLOT_END) return 'ended';
    const attributes = slots[at + DIRENT.attributes];
    if (slots[at] === SLOT_DELETED || (attributes & ATTRIBUTE_LONG_NAME_MASK) === ATTRIBUTE_LONG_NAME) continue;
    if ((attributes & (ATTRIBUTE_VOLUME | ATTRIBUTE_DIRECTORY)) !== ATTRIBUTE_VOLUME) continue;
    const label = slots.slice(at, at + 11);
    // As in names, 0x05 stands for a first byte of 0xE5.
    if (label[0] === 0x05) label[0] = 0xe5;
    return label;
  }
  return 'not yet';
}
