/** The volume descriptor set of one session: which trees there are, and the boot record (ECMA-119 6.7.1 and 8). */

import { asKernelError, type KernelError } from '../../rump/errno.ts';
import { hasText, u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import {
  DESCRIPTOR,
  descriptorStandard,
  descriptorType,
  parseVolumeDescriptor,
  SECTOR_BYTES,
  type VolumeDescriptor,
} from './format.ts';

/** Sets have three to five descriptors; nobody has seen twenty. A set without a terminator ends here at the latest. */
const MAX_DESCRIPTORS = 32;

export interface DescriptorSet {
  primary: VolumeDescriptor | null;
  /** Of several, the one with the highest level. */
  joliet: VolumeDescriptor | null;
  enhanced: VolumeDescriptor | null;
  /** First sector of the El Torito boot catalog, or null. */
  bootCatalog: number | null;
  /** The first descriptor that the medium would not give. */
  unreadable: KernelError | null;
  /** Whether the set ends as it should. */
  terminated: boolean;
}

/** Reads the set that begins at `firstSector`; a first descriptor that is none is passed over, as a damaged one. Only ENXIO is thrown; an empty set has no tree. */
export function readDescriptorSet(disc: FsDevice, firstSector: number): DescriptorSet {
  const set: DescriptorSet = {
    primary: null,
    joliet: null,
    enhanced: null,
    bootCatalog: null,
    unreadable: null,
    terminated: false,
  };
  for (let i = 0; i < MAX_DESCRIPTORS; i++) {
    const byteOffset = (firstSector + i) * SECTOR_BYTES;
    if (byteOffset + SECTOR_BYTES > disc.sizeBytes) break;
    let sector: Uint8Array;
    try {
      sector = disc.bread(byteOffset, SECTOR_BYTES);
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind === 'removed') throw failure;
      set.unreadable ??= failure;
      continue;
    }
    const standard = descriptorStandard(sector, 0);
    const type = standard === null ? null : descriptorType(sector, standard);
    if (i > 0 && (type === null || type === DESCRIPTOR.terminator)) {
      set.terminated = type !== null;
      break;
    }
    if (type === DESCRIPTOR.boot) set.bootCatalog ??= bootCatalogSector(sector);
    else
      addTree(set, parseVolumeDescriptor(sector, byteOffset, disc.sizeBytes, set.primary?.blockSize ?? SECTOR_BYTES));
  }
  return set;
}

function addTree(set: DescriptorSet, descriptor: VolumeDescriptor | null): void {
  if (descriptor === null) return;
  if (descriptor.tree === 'primary') set.primary ??= descriptor;
  else if (descriptor.tree === 'enhanced') set.enhanced ??= descriptor;
  else if (set.joliet === null || descriptor.jolietLevel > set.joliet.jolietLevel) set.joliet = descriptor;
}

/** El Torito specification 1.0, figure 7: the boot record volume descriptor. */
function bootCatalogSector(sector: Uint8Array): number | null {
  return hasText(sector, 7, 'EL TORITO SPECIFICATION') ? u32le(sector, 0x47) : null;
}

/**
 * The volume's name: Joliet's 16 characters, which keep case and other scripts than the primary's, and where the primary's goes on behind them, its
 * rest.
 */
export function volumeLabel(set: DescriptorSet): string {
  const primary = (set.primary ?? set.enhanced)?.label ?? '';
  const joliet = set.joliet?.label ?? '';
  if (joliet === '') return primary;
  return isCutBy(joliet, primary) ? joliet + primary.slice(joliet.length) : joliet;
}

/** Whether `long` says the same as `short` as far as that goes, in the fewer characters that it has. */
function isCutBy(short: string, long: string): boolean {
  if (long.length <= short.length) return false;
  for (let i = 0; i < short.length; i++) {
    if (long[i] !== '_' && long[i] !== short[i].toUpperCase() && long[i] !== short[i]) return false;
  }
  return true;
}
