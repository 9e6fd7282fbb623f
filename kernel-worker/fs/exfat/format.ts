/**
 * exFAT's structures on the disk: "exFAT file system specification", revision 1.00, Microsoft 2019. Sections are given as §.
 * All numbers are little-endian.
 */

import { damaged } from '../../rump/errno.ts';
import { hasText, u16le, u32le, u64le } from '../../rump/vfs/bytes.ts';

/** VolumeFlags (§3.1.13). */
export const VOLUME_FLAG = { activeFat: 0x01, dirty: 0x02, mediaFailure: 0x04 } as const;

/** FileAttributes (§7.4.4). */
export const ATTRIBUTE_DIRECTORY = 0x10;

/** Every directory entry is this long (§6). */
export const ENTRY_BYTES = 32;
/** The longest that a directory may be (§7.6.7). */
export const MAX_DIRECTORY_BYTES = 256 * 1024 * 1024;

/** EntryType (§6.2.1): 0 ends the directory, a clear IN_USE bit marks a free entry. */
export const ENTRY = {
  end: 0x00,
  inUse: 0x80,
  secondary: 0x40,
  benign: 0x20,
  bitmap: 0x81,
  upcase: 0x82,
  label: 0x83,
  file: 0x85,
  guid: 0xa0,
  stream: 0xc0,
  name: 0xc1,
} as const;

/** File entry (§7.4). */
export const FILE = {
  secondaryCount: 1,
  checksum: 2,
  attributes: 4,
  created: 8,
  modified: 12,
  accessed: 16,
  created10ms: 20,
  modified10ms: 21,
  createdUtcOffset: 22,
  modifiedUtcOffset: 23,
  accessedUtcOffset: 24,
} as const;

/** Stream extension (§7.6); the first cluster and the length stand there in all entries with an allocation (§6.2). */
export const STREAM = {
  flags: 1,
  nameLength: 3,
  nameHash: 4,
  validDataLength: 8,
  firstCluster: 20,
  dataLength: 24,
} as const;

/** GeneralSecondaryFlags (§6.4.2): an allocation is possible, and it is contiguous without a chain in the FAT. */
export const FLAGS_CONTIGUOUS = 0x03;

/** UTF-16 units in one file name entry, and in a whole name (§7.7). */
export const NAME_UNITS_PER_ENTRY = 15;
export const NAME_OFFSET = 2;
export const MAX_NAME_UNITS = 255;

/** Sectors of a boot region, the last of them with its checksum; the backup follows the main one (§2.1). */
export const BOOT_REGION_SECTORS = 12;

/** The boot sector's fields that a reader needs (§3.1), in bytes. */
export interface BootSector {
  sectorSize: number;
  clusterBytes: number;
  /** May be beyond 2^53: then it is rounded, and larger than any medium. */
  volumeBytes: number;
  fatOffset: number;
  fatBytes: number;
  fatCount: number;
  heapOffset: number;
  clusterCount: number;
  rootCluster: number;
  serial: number;
  /** Major revision in the upper byte, minor in the lower. */
  revision: number;
  flags: number;
  /** 0 to 100, or 255: not known. */
  percentInUse: number;
}

/** The boot sector in `bytes` (512 of them suffice), which stands at `place`. EUCLEAN where a field is outside of its valid range. */
export function parseBootSector(bytes: Uint8Array, place: number): BootSector {
  const check = (good: boolean, what: string, field: number, expected: string | number, found: string | number) => {
    if (!good) throw damaged(what, { byteOffset: place + field, expected, found });
  };
  check(hasText(bytes, 3, 'EXFAT   '), 'this is no exFAT boot sector', 3, 'EXFAT', 'something else');
  check(u16le(bytes, 510) === 0xaa55, 'the boot sector has no signature', 510, 0xaa55, u16le(bytes, 510));
  check(isZero(bytes, 11, 64), 'the boot sector has a BIOS parameter block', 11, 'zeros', 'something else');
  const sectorShift = bytes[108];
  const clusterShift = bytes[109];
  const fatCount = bytes[110];
  check(sectorShift >= 9 && sectorShift <= 12, 'the sector size is impossible', 108, '9 to 12', sectorShift);
  const maxClusterShift = 25 - sectorShift;
  check(
    clusterShift <= maxClusterShift,
    'the cluster size is impossible',
    109,
    `0 to ${maxClusterShift}`,
    clusterShift,
  );
  check(fatCount === 1 || fatCount === 2, 'the number of FATs is impossible', 110, '1 or 2', fatCount);
  const sectorSize = 1 << sectorShift;
  const sectorsPerCluster = 2 ** clusterShift;
  const volumeSectors = u64le(bytes, 72);
  const fatSector = u32le(bytes, 80);
  const fatSectors = u32le(bytes, 84);
  const heapSector = u32le(bytes, 88);
  const clusterCount = u32le(bytes, 92);
  const rootCluster = u32le(bytes, 96);
  const minFatSectors = Math.ceil(((clusterCount + 2) * 4) / sectorSize);
  const minHeapSector = fatSector + fatSectors * fatCount;
  const minVolumeSectors = heapSector + clusterCount * sectorsPerCluster;
  check(fatSector >= 24, 'the FAT lies inside the boot regions', 80, 'at least 24', fatSector);
  check(fatSectors >= minFatSectors, 'the FAT is too short', 84, `at least ${minFatSectors}`, fatSectors);
  check(heapSector >= minHeapSector, 'the clusters overlap the FAT', 88, `at least ${minHeapSector}`, heapSector);
  check(clusterCount >= 1, 'there are no clusters', 92, 'at least 1', clusterCount);
  check(clusterCount <= 0xffff_fff5, 'there are too many clusters', 92, `at most ${0xffff_fff5}`, clusterCount);
  check(volumeSectors >= minVolumeSectors, 'the volume is too short', 72, minVolumeSectors, volumeSectors);
  const rootExists = rootCluster >= 2 && rootCluster < clusterCount + 2;
  check(rootExists, 'the root directory does not exist', 96, `2 to ${clusterCount + 1}`, rootCluster);
  return {
    sectorSize,
    clusterBytes: sectorSize * sectorsPerCluster,
    volumeBytes: volumeSectors * sectorSize,
    fatOffset: fatSector * sectorSize,
    fatBytes: fatSectors * sectorSize,
    fatCount,
    heapOffset: heapSector * sectorSize,
    clusterCount,
    rootCluster,
    serial: u32le(bytes, 100),
    revision: u16le(bytes, 104),
    flags: u16le(bytes, 106),
    percentInUse: bytes[112],
  };
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0) return false;
  return true;
}

/** The checksum of a boot region's first eleven sectors (§3.4), without VolumeFlags and PercentInUse. */
export function bootChecksum(sectors: Uint8Array, lengthBytes: number): number {
  let sum = 0;
  for (let at = 0; at < lengthBytes; at++) {
    if (at === 106 || at === 107 || at === 112) continue;
    sum = (((sum << 31) | (sum >>> 1)) + sectors[at]) >>> 0;
  }
  return sum;
}

/** The checksum of the up-case table (§7.2.2). */
export function tableChecksum(table: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < table.length; at++) sum = (((sum << 31) | (sum >>> 1)) + table[at]) >>> 0;
  return sum;
}

/** The checksum of an entry set of `lengthBytes` at `at` (§6.3.3), without the field that holds it. */
export function setChecksum(entries: Uint8Array, at: number, lengthBytes: number): number {
  let sum = ((entries[at] << 15) & 0x8000) + (entries[at] >> 1);
  sum = (sum + entries[at + 1]) & 0xffff;
  for (let i = at + 4; i < at + lengthBytes; i++) sum = (((sum << 15) | (sum >> 1)) + entries[i]) & 0xffff;
  return sum;
}

/** As blkid and Windows print it: 1234-ABCD. */
export function serialText(serial: number): string {
  const digits = serial.toString(16).toUpperCase().padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}

/** Only TexFAT has two FATs (§3.1.16). */
export function titleOf(boot: BootSector): string {
  return boot.fatCount === 2 ? 'TexFAT' : 'exFAT';
}
