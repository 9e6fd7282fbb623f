/** The El Torito boot catalog as facts for people ("El Torito" Bootable CD-ROM Format Specification 1.0, Phoenix and IBM, 1995). */

import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { SECTOR_BYTES } from './format.ts';

const ENTRY_BYTES = 32;
/** Header indicators. */
const VALIDATION = 0x01;
const SECTION = 0x90;
const LAST_SECTION = 0x91;
const EXTENSION = 0x44;
const BOOTABLE = 0x88;

const PLATFORMS: Record<number, string> = { 0: 'BIOS', 1: 'PowerPC', 2: 'Mac', 239: 'UEFI' };
const MEDIA = ['no emulation', '1.2 MB floppy', '1.44 MB floppy', '2.88 MB floppy', 'hard disk'];

/** One line for each boot image of the catalog at `sector`; empty if there is no valid catalog. What reading throws is thrown. */
export function bootImages(disc: FsDevice, sector: number): string[] {
  const byteOffset = sector * SECTOR_BYTES;
  if (byteOffset + SECTOR_BYTES > disc.sizeBytes) return [];
  const catalog = disc.bread(byteOffset, SECTOR_BYTES);
  if (!isValidation(catalog)) return [];
  const images: string[] = [];
  let platform = catalog[1];
  let isLast = false;
  for (let at = ENTRY_BYTES; at + ENTRY_BYTES <= SECTOR_BYTES; at += ENTRY_BYTES) {
    const indicator = catalog[at];
    if (indicator === SECTION || indicator === LAST_SECTION) {
      if (isLast) break;
      isLast = indicator === LAST_SECTION;
      platform = catalog[at + 1];
    } else if (indicator === BOOTABLE) {
      images.push(describe(catalog, at, platform));
    } else if (indicator !== EXTENSION && at > ENTRY_BYTES) {
      break;
    }
  }
  return images;
}

/** Figure 2: key bytes, and words that add up to nothing. */
function isValidation(catalog: Uint8Array): boolean {
  if (catalog[0] !== VALIDATION || catalog[30] !== 0x55 || catalog[31] !== 0xaa) return false;
  let sum = 0;
  for (let at = 0; at < ENTRY_BYTES; at += 2) sum += u16le(catalog, at);
  return (sum & 0xffff) === 0;
}

/** Figures 3 and 5. The sector count is of virtual sectors of 512 bytes. */
function describe(catalog: Uint8Array, at: number, platform: number): string {
  const name = PLATFORMS[platform] ?? `platform ${platform}`;
  const media = MEDIA[catalog[at + 1] & 0x0f] ?? `media ${catalog[at + 1] & 0x0f}`;
  return `${name}, ${media}, ${u16le(catalog, at + 6) * 512} bytes loaded from sector ${u32le(catalog, at + 8)}`;
}
