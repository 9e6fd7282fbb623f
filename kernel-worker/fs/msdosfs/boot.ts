/** Finding the boot sector that holds: the first sector, FAT32's backup of it, or a floppy's layout by convention. */

import { asKernelError, damaged, type KernelError } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { BOOT_SECTOR_BYTES, type BootSector, FLOPPY_FAT_BYTES, floppyBootSector, parseBootSector } from './format.ts';

export interface FoundBootSector {
  boot: BootSector;
  source: 'first' | 'backup' | 'convention';
  /** Why the first sector was not used. */
  failure: KernelError | null;
}

/** "BPB_BkBootSec: usually 6; no value other than 6 is recommended": where the backup is looked for when the first sector cannot tell. */
const BACKUP_SECTOR = 6;
const SECTOR_SIZES = [512, 1024, 2048, 4096] as const;

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
  for (const sectorSize of SECTOR_SIZES) {
    const boot = backupAt(device, BACKUP_SECTOR * sectorSize);
    if (boot?.geometry.bytesPerSector === sectorSize) return { boot, source: 'backup', failure };
  }
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

/** A backup must carry the signature and be FAT32's: FAT12 and FAT16 keep none, and their sector 6 may hold anything. */
function backupAt(device: FsDevice, byteOffset: number): BootSector | null {
  try {
    const boot = bootSectorAt(device, byteOffset);
    return boot.hasSignature && boot.geometry.bits === 32 ? boot : null;
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    return null;
  }
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
