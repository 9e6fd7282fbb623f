/** Finding the boot sector that holds: the first sector, FAT32's backup of it, or a floppy's layout by convention. */

import { asKernelError, damaged, type KernelError } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import {
  BOOT_SECTOR_BYTES,
  type BootSector,
  FLOPPY_FAT_BYTES,
  floppyBootSector,
  hasBootSignature,
  parseBootSector,
} from './format.ts';

export interface FoundBootSector {
  boot: BootSector;
  source: 'first' | 'backup' | 'convention';
  /** Why the first sector was not used. */
  failure: KernelError | null;
}

/** Where a backup is looked for: formatters put it into sector 6, by request elsewhere among the first; sectors have up to 4,096 bytes. */
const BACKUP_SEARCH_BYTES = 32 * 1024;

/** Throws what is wrong with the first sector if nothing else helps; ENXIO if the medium is gone. */
export function findBootSector(device: FsDevice): FoundBootSector {
  let failure: KernelError;
  try {
    return { boot: bootSectorAt(device, 0), source: 'first', failure: null };
  } catch (error) {
    failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
  }
  const floppy = conventionalFloppy(device);
  if (floppy !== null) return { boot: floppy, source: 'convention', failure };
  const boot = findBackup(device);
  if (boot !== null) return { boot, source: 'backup', failure };
  throw failure;
}

/** EUCLEAN also where the volume's data would start behind the end of the device. */
function bootSectorAt(device: FsDevice, byteOffset: number): BootSector {
  if (device.sizeBytes < byteOffset + BOOT_SECTOR_BYTES)
    throw damaged('the device is too small for a boot sector', { found: device.sizeBytes });
  const boot = parseBootSector(device.bread(byteOffset, BOOT_SECTOR_BYTES), byteOffset);
  if (boot.geometry.dataOffset >= device.sizeBytes) {
    throw damaged('the FAT file system starts its data behind the end of the device', {
      byteOffset: byteOffset + 14,
      expected: `less than ${device.sizeBytes}`,
      found: boot.geometry.dataOffset,
    });
  }
  return boot;
}

/**
 * FAT32's backup of the boot sector, which says itself where it stands; that tells it from the boot sectors of partitions. FAT12 and FAT16 keep none.
 */
function findBackup(device: FsDevice): BootSector | null {
  for (let at = BOOT_SECTOR_BYTES; at < BACKUP_SEARCH_BYTES; at += BOOT_SECTOR_BYTES) {
    try {
      if (at + BOOT_SECTOR_BYTES > device.sizeBytes || !hasBootSignature(device.bread(at, BOOT_SECTOR_BYTES))) continue;
      const boot = bootSectorAt(device, at);
      if (boot.geometry.bits === 32 && boot.backupOffset === at) return boot;
    } catch (error) {
      if (asKernelError(error).kind === 'removed') throw error;
    }
  }
  return null;
}

function conventionalFloppy(device: FsDevice): BootSector | null {
  if (device.sizeBytes < FLOPPY_FAT_BYTES || device.sizeBytes > MAX_FLOPPY_BYTES) return null;
  try {
    // The first sector is the one that may be bad: it is not read again.
    const firstSectors = new Uint8Array(FLOPPY_FAT_BYTES);
    firstSectors.set(device.bread(512, FLOPPY_FAT_BYTES - 512), 512);
    return floppyBootSector(device.sizeBytes, firstSectors);
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    return null;
  }
}

/** The largest standard floppy: 2.88 MB. */
const MAX_FLOPPY_BYTES = 5760 * 512;
