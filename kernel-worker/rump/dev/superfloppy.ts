/**
 * Boot sectors of FAT, NTFS and exFAT at the start of a medium: they end in 55 AA as an MBR does, and what stands where the MBR has its table is
 * their boot code, or an entry for the volume itself. Layouts: Microsoft's FAT specification (fatgen103), exFAT specification §3.1, NTFS boot sector.
 */

import { hasText, u16le, u32le } from '../vfs/bytes.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import { tableBytes } from './tablebytes.ts';

/** Whether `sector`, the first of the medium, is the boot sector of a volume that starts there. */
export function isVolumeBootSector(device: FsDevice, sector: Uint8Array): boolean {
  if (hasText(sector, 3, 'NTFS    ') || hasText(sector, 3, 'EXFAT   ')) return true;
  return isFatBootSector(device, sector);
}

/**
 * A plausible BIOS parameter block, and the FAT behind it begins with the media byte: boot managers' MBRs may carry a parameter block to please a
 * BIOS, but no FAT.
 */
function isFatBootSector(device: FsDevice, sector: Uint8Array): boolean {
  const bytesPerSector = u16le(sector, 11);
  const sectorsPerCluster = sector[13];
  const reserved = u16le(sector, 14);
  const fats = sector[16];
  const media = sector[21];
  if (bytesPerSector < 512 || bytesPerSector > 4096 || !isPowerOfTwo(bytesPerSector)) return false;
  if (!isPowerOfTwo(sectorsPerCluster) || reserved === 0 || fats === 0 || fats > 4) return false;
  if (media !== 0xf0 && media < 0xf8) return false;
  if (u16le(sector, 19) === 0 && u32le(sector, 32) === 0) return false;
  const fat = tableBytes(device, reserved * bytesPerSector, 4);
  // Only the first three bytes: FAT12 has no more for its two reserved entries. The high bits of the third are a FAT16's dirty flags.
  return fat !== null && fat[0] === media && fat[1] === 0xff;
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}
