/** Finds the boot sector: the main boot region, or its backup, by their checksums (§2.1, §3.4). */

import { asKernelError, damaged, type KernelError } from '../../rump/errno.ts';
import { hasText, u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { BOOT_REGION_SECTORS, type BootSector, bootChecksum, parseBootSector } from './format.ts';

const SECTOR_SIZES = [512, 1024, 2048, 4096];

export interface FoundBootSector {
  boot: BootSector;
  /** true: the region that `boot` is from has the checksum that it says. */
  checksumGood: boolean;
  /** false: where the main boot sector should be, there is none of exFAT's. */
  mainIsExfat: boolean;
  /** What was found wrong on the way, as sentences for the user. */
  notices: string[];
}

interface Region {
  boot: BootSector;
  checksumGood: boolean;
}

/**
 * The boot sector to work with. EUCLEAN or EIO as the main one failed, if neither is usable. Where no checksum is right, a boot sector whose fields
 * all agree with each other is better than none: nothing is written by it.
 */
export function findBootSector(device: FsDevice): FoundBootSector {
  const main = attempt(() => readRegion(device, 0));
  if ('boot' in main && main.checksumGood) return { ...main, mainIsExfat: true, notices: [] };
  const backup = findBackup(device);
  const mainIsExfat = 'boot' in main || isNamed(device);
  if (backup?.checksumGood) return { ...useBackup(backup, main), mainIsExfat, notices: [backupNotice(main)] };
  if ('boot' in main) {
    const notice = "The boot region's checksum is wrong, and its backup is no better; it was used as it is.";
    return { ...main, mainIsExfat, notices: [notice] };
  }
  if (backup !== null) return { ...backup, mainIsExfat, notices: [`${backupNotice(main)} Its checksum is wrong too.`] };
  throw main;
}

/** Whether the main boot sector at least says that it is exFAT's. */
function isNamed(device: FsDevice): boolean {
  const start = attempt(() => device.bread(0, 512));
  return start instanceof Uint8Array && hasText(start, 3, 'EXFAT   ');
}

function backupNotice(main: Region | KernelError): string {
  const why = 'boot' in main ? 'its checksum is wrong' : main.message;
  return `The boot region is damaged (${why}); its backup was used.`;
}

/** VolumeFlags and PercentInUse of a backup are stale (§3.1.13): the main sector's count where it makes sense at all. */
function useBackup(backup: Region, main: Region | KernelError): Region {
  const current = 'boot' in main ? main.boot : { flags: 0, percentInUse: 255 };
  const { flags, percentInUse } = current;
  return { boot: { ...backup.boot, flags, percentInUse }, checksumGood: true };
}

/** The backup stands in the twelfth sector, wherever that is when the main one does not tell how long sectors are. */
function findBackup(device: FsDevice): Region | null {
  let best: Region | null = null;
  for (const sectorSize of SECTOR_SIZES) {
    const region = attempt(() => readRegion(device, BOOT_REGION_SECTORS * sectorSize));
    if (!('boot' in region) || region.boot.sectorSize !== sectorSize) continue;
    if (region.checksumGood) return region;
    best ??= region;
  }
  return best;
}

function readRegion(device: FsDevice, start: number): Region {
  if (start + 512 > device.sizeBytes)
    throw damaged('the device is too short for exFAT', { byteOffset: start, found: device.sizeBytes });
  const boot = parseBootSector(device.bread(start, 512), start);
  const region = attempt(() => device.bread(start, BOOT_REGION_SECTORS * boot.sectorSize));
  return { boot, checksumGood: region instanceof Uint8Array && hasGoodChecksum(region, boot.sectorSize) };
}

/** The checksum fills the last sector (§3.4). */
function hasGoodChecksum(region: Uint8Array, sectorSize: number): boolean {
  const end = (BOOT_REGION_SECTORS - 1) * sectorSize;
  const sum = bootChecksum(region, end);
  for (let at = end; at < region.length; at += 4) if (u32le(region, at) !== sum) return false;
  return true;
}

/** The result, or the failure; throws ENXIO only. */
function attempt<T extends object>(read: () => T): T | KernelError {
  try {
    return read();
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return failure;
  }
}
