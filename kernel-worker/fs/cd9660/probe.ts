/** Is there an ISO 9660 (or High Sierra) volume on this device? Volume descriptors of ECMA-119 8, in plain or raw sectors. */

import { asKernelError } from '../../rump/errno.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { SECTOR_BYTES, type Section, SYSTEM_AREA_SECTORS, type VolumeDescriptor } from './format.ts';
import { detectSectors, userDataDevice } from './sectors.ts';
import { readDescriptorSet, volumeLabel } from './volumedescriptors.ts';

/**
 * Certainty 2 when a root directory stands where the descriptor says, 1 when only the descriptor is there: an old signature that a later
 * formatter did not reach. A UDF bridge is found here too; its UDF side is the surer one.
 */
export function probe(device: FsDevice): ProbeResult | null {
  try {
    const sectors = detectSectors(device);
    if (sectors === null) return null;
    const disc = sectors === 'plain' ? device : userDataDevice(device, sectors);
    const set = readDescriptorSet(disc, SYSTEM_AREA_SECTORS);
    const best = set.primary ?? set.joliet ?? set.enhanced;
    if (best === null) return null;
    return {
      fs: 'cd9660',
      title: best.highSierra ? 'High Sierra' : 'ISO 9660',
      label: volumeLabel(set) || null,
      uuid: best.uuid,
      dirty: false,
      certainty: best.roots.some((root) => isDirectory(disc, best, root)) ? 2 : 1,
    };
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return null;
  }
}

/** Whether a directory's own entry stands at the start of this section. EIO counts as no. */
function isDirectory(disc: FsDevice, descriptor: VolumeDescriptor, section: Section): boolean {
  const byteOffset = (section.block + section.attributeBlocks) * descriptor.blockSize;
  if (byteOffset + SECTOR_BYTES > disc.sizeBytes) return false;
  try {
    const bytes = disc.bread(byteOffset, 34);
    return bytes[0] >= 34 && bytes[32] === 1 && bytes[33] === 0;
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return false;
  }
}
