/**
 * FAT's on-disk structures as data. Sources: Microsoft, "FAT32 File System Specification" 1.03 (fatgen103; the section is named at each layout);
 * ECMA-107. Where hosts read more than the specification allows, this follows what Linux's msdos and vfat read.
 */

import { damaged } from '../../rump/errno.ts';
import { asciiAt, u16le, u32le } from '../../rump/vfs/bytes.ts';

/** Width of an entry of the FAT in bits. */
export type FatBits = 12 | 16 | 32;

/** Where everything lies, in bytes from the start of the file system's device. */
export interface Geometry {
  bits: FatBits;
  bytesPerSector: number;
  clusterBytes: number;
  /** The first FAT; the others follow it without a gap. */
  fatOffset: number;
  /** Bytes of one FAT. */
  fatBytes: number;
  fatCount: number;
  /** The root directory of FAT12 and FAT16; of no length in FAT32. */
  rootOffset: number;
  rootBytes: number;
  /** First cluster of FAT32's root directory, else 0. */
  rootCluster: number;
  /** Where cluster 2 starts. */
  dataOffset: number;
  /** Clusters are numbered from 2 to clusterCount + 1. */
  clusterCount: number;
  /** What the boot sector says of the size of the whole file system. */
  totalBytes: number;
}

/** The boot sector, checked. */
export interface BootSector {
  geometry: Geometry;
  media: number;
  oemName: string;
  /** Volume serial number; null where the extended boot signature does not announce it. */
  serial: number | null;
  /** The 11 bytes of BS_VolLab; null where not announced, or 'NO NAME'. */
  label: Uint8Array | null;
  /** BS_Reserved1 (the low bits of what was "current head"): bit 0 dirty, bit 1 errors; 0 where not announced. */
  state: number;
  /** BPB_ExtFlags of FAT32: bit 7 set means that only the FAT of bits 0 to 3 is kept up to date. */
  extFlags: number;
  /** FAT32: byte offsets of the FSInfo sector and of the backup of the boot sector; null where there is none. */
  fsInfoOffset: number | null;
  backupOffset: number | null;
  /** 0x55 0xAA at byte 510. Not needed: Atari and DOS before 3 do not write it. */
  hasSignature: boolean;
}

/** The first FAT entries and the state byte say how the volume was left (section "FAT Data Structure"). */
export const STATE_DIRTY = 0x01;
export const STATE_ERRORS = 0x02;

/** Most clusters of each width: FAT12 ends below 4085 (specification); the others at the last number that is not reserved, as Linux reads them. */
const MAX_CLUSTERS: Record<FatBits, number> = { 12: 0xff4, 16: 0xfff4, 32: 0x0fff_fff6 };

/** Bytes of a boot sector that are looked at. Sectors may be larger; all that counts stands in the first 512 bytes. */
export const BOOT_SECTOR_BYTES = 512;

/**
 * "Boot Sector and BPB": the fields are at the same bytes in all versions since DOS 2.0; what follows byte 36 is FAT32's own or the older "extended
 * boot record". EUCLEAN, naming the first field that cannot be, if these 512 bytes do not describe a FAT volume.
 */
export function parseBootSector(sector: Uint8Array, sectorOffset: number): BootSector {
  const geometry = geometryOf(sector, sectorOffset);
  const isFat32 = geometry.bits === 32;
  // BS_BootSig: 0x29 announces serial, label and type; 0x28 (OS/2, some cameras) the serial only. FAT32 has them 28 bytes further on.
  const extended = isFat32 ? 64 : 36;
  const signature = sector[extended + 2];
  const announced = signature === 0x29 || signature === 0x28;
  const label = sector.slice(extended + 7, extended + 18);
  return {
    geometry,
    media: sector[21],
    oemName: asciiAt(sector, 3, 8).trimEnd(),
    serial: announced ? u32le(sector, extended + 3) : null,
    label: signature === 0x29 && isLabel(label) ? label : null,
    state: announced ? sector[extended + 1] : 0,
    extFlags: isFat32 ? u16le(sector, 40) : 0,
    fsInfoOffset: isFat32 ? reservedSector(sector, 48, 1) : null,
    backupOffset: isFat32 ? reservedSector(sector, 50, null) : null,
    hasSignature: hasBootSignature(sector),
  };
}

/** Bytes 510 and 511 of a boot sector, whatever the sector size. */
export function hasBootSignature(sector: Uint8Array): boolean {
  return sector[510] === 0x55 && sector[511] === 0xaa;
}

function geometryOf(sector: Uint8Array, sectorOffset: number): Geometry {
  const must = (fits: boolean, field: string, at: number, expected: string, found: number): void => {
    if (!fits)
      throw damaged(`the boot sector's ${field} cannot be`, { byteOffset: sectorOffset + at, expected, found });
  };
  const bytesPerSector = u16le(sector, 11);
  const sectorsPerCluster = sector[13];
  const reservedSectors = u16le(sector, 14);
  const fatCount = sector[16];
  const rootEntries = u16le(sector, 17);
  const media = sector[21];
  const isFat32 = u16le(sector, 22) === 0;
  const fatSectors = isFat32 ? u32le(sector, 36) : u16le(sector, 22);
  const totalSectors = u16le(sector, 19) || u32le(sector, 32);
  must(
    isPowerOfTwo(bytesPerSector) && bytesPerSector >= 512 && bytesPerSector <= 4096,
    'sector size',
    11,
    '512, 1024, 2048 or 4096',
    bytesPerSector,
  );
  must(isPowerOfTwo(sectorsPerCluster), 'cluster size', 13, 'a power of two', sectorsPerCluster);
  must(reservedSectors > 0, 'count of reserved sectors', 14, 'at least 1', reservedSectors);
  must(fatCount > 0, 'count of FATs', 16, 'at least 1', fatCount);
  must(media === 0xf0 || media >= 0xf8, 'media byte', 21, '0xf0 or 0xf8 to 0xff', media);
  must(fatSectors > 0, 'size of a FAT', isFat32 ? 36 : 22, 'at least 1 sector', fatSectors);

  const rootSectors = Math.ceil((rootEntries * DIRENT_BYTES) / bytesPerSector);
  const rootSector = reservedSectors + fatCount * fatSectors;
  const dataSector = rootSector + rootSectors;
  must(totalSectors > dataSector, 'count of sectors', 19, `more than ${dataSector}`, totalSectors);
  const clusters = Math.floor((totalSectors - dataSector) / sectorsPerCluster);
  // The width follows from the layout (no 16-bit FAT size: FAT32), then from the count of clusters, before the FAT's own length limits that count.
  const bits: FatBits = isFat32 ? 32 : clusters > MAX_CLUSTERS[12] ? 16 : 12;
  const fatBytes = fatSectors * bytesPerSector;
  const clusterCount = Math.min(clusters, Math.floor((fatBytes * 8) / bits) - 2);
  must(
    clusterCount >= 1 && clusterCount <= MAX_CLUSTERS[bits],
    'count of clusters',
    19,
    `1 to ${MAX_CLUSTERS[bits]}`,
    clusterCount,
  );
  const rootCluster = isFat32 ? u32le(sector, 44) : 0;
  must(
    !isFat32 || (rootCluster >= 2 && rootCluster < clusterCount + 2),
    'root cluster',
    44,
    `2 to ${clusterCount + 1}`,
    rootCluster,
  );
  return {
    bits,
    bytesPerSector,
    clusterBytes: bytesPerSector * sectorsPerCluster,
    fatOffset: reservedSectors * bytesPerSector,
    fatBytes,
    fatCount,
    rootOffset: rootSector * bytesPerSector,
    rootBytes: isFat32 ? 0 : rootEntries * DIRENT_BYTES,
    rootCluster,
    dataOffset: dataSector * bytesPerSector,
    clusterCount,
    totalBytes: totalSectors * bytesPerSector,
  };
}

/** The byte offset of a sector of the reserved area whose number stands at `at`; 0 means `fallback`, 0xFFFF (and what lies in the FATs) none. */
function reservedSector(sector: Uint8Array, at: number, fallback: number | null): number | null {
  const number = u16le(sector, at) || fallback;
  return number === null || number >= u16le(sector, 14) ? null : number * u16le(sector, 11);
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}

/** Whether BS_VolLab holds a label: formatters without one write 'NO NAME', some write spaces or zeros. */
function isLabel(label: Uint8Array): boolean {
  const text = asciiAt(label, 0, label.length).trimEnd();
  return text !== '' && text !== 'NO NAME';
}

/** A serial number as `dir` and blkid print it; null for 0, which says nothing. */
export function serialText(serial: number | null): string | null {
  if (serial === null || serial === 0) return null;
  const hex = serial.toString(16).toUpperCase().padStart(8, '0');
  return `${hex.slice(0, 4)}-${hex.slice(4)}`;
}

/** A floppy's layout by its size, for disks whose boot sector does not say (DOS 1) or is damaged. */
interface FloppyLayout {
  sectors: number;
  media: number;
  sectorsPerCluster: number;
  rootEntries: number;
  fatSectors: number;
}

/** ECMA-107 and the DOS technical references: each standard size goes with one media byte, which is also the first byte of the FAT. */
const FLOPPY_LAYOUTS: readonly FloppyLayout[] = [
  { sectors: 320, media: 0xfe, sectorsPerCluster: 1, rootEntries: 64, fatSectors: 1 },
  { sectors: 360, media: 0xfc, sectorsPerCluster: 1, rootEntries: 64, fatSectors: 2 },
  { sectors: 640, media: 0xff, sectorsPerCluster: 2, rootEntries: 112, fatSectors: 1 },
  { sectors: 720, media: 0xfd, sectorsPerCluster: 2, rootEntries: 112, fatSectors: 2 },
  { sectors: 1440, media: 0xf9, sectorsPerCluster: 2, rootEntries: 112, fatSectors: 3 },
  { sectors: 2400, media: 0xf9, sectorsPerCluster: 1, rootEntries: 224, fatSectors: 7 },
  { sectors: 2880, media: 0xf0, sectorsPerCluster: 1, rootEntries: 224, fatSectors: 9 },
  { sectors: 5760, media: 0xf0, sectorsPerCluster: 2, rootEntries: 240, fatSectors: 9 },
];

/**
 * The layout that a floppy of exactly this size has by convention, or null. `firstSectors` are the first FLOPPY_FAT_BYTES of the disk: both FATs
 * must start with the media byte and two bytes 0xFF.
 */
export function floppyBootSector(sizeBytes: number, firstSectors: Uint8Array): BootSector | null {
  const layout = FLOPPY_LAYOUTS.find((candidate) => candidate.sectors * 512 === sizeBytes);
  if (layout === undefined) return null;
  const secondFat = 512 + layout.fatSectors * 512;
  if (!isFatStart(firstSectors, 512, layout.media) || !isFatStart(firstSectors, secondFat, layout.media)) return null;
  const rootOffset = 512 + 2 * layout.fatSectors * 512;
  const rootBytes = layout.rootEntries * DIRENT_BYTES;
  const clusterBytes = layout.sectorsPerCluster * 512;
  const dataOffset = rootOffset + rootBytes;
  const geometry: Geometry = {
    bits: 12,
    bytesPerSector: 512,
    clusterBytes,
    fatOffset: 512,
    fatBytes: layout.fatSectors * 512,
    fatCount: 2,
    rootOffset,
    rootBytes,
    rootCluster: 0,
    dataOffset,
    clusterCount: Math.floor((sizeBytes - dataOffset) / clusterBytes),
    totalBytes: sizeBytes,
  };
  return {
    geometry,
    media: layout.media,
    oemName: '',
    serial: null,
    label: null,
    state: 0,
    extFlags: 0,
    fsInfoOffset: null,
    backupOffset: null,
    hasSignature: false,
  };
}

/** What floppyBootSector looks at: the boot sector, the largest first FAT, and the start of the second. */
export const FLOPPY_FAT_BYTES = 11 * 512;

function isFatStart(bytes: Uint8Array, at: number, media: number): boolean {
  return bytes[at] === media && bytes[at + 1] === 0xff && bytes[at + 2] === 0xff;
}

/** "FAT32 FSInfo Sector Structure": the count of free clusters; null if the sector is none, or says that nobody knows. */
export function parseFsInfo(sector: Uint8Array): number | null {
  if (u32le(sector, 0) !== 0x4161_5252 || u32le(sector, 484) !== 0x6141_7272) return null;
  const free = u32le(sector, 488);
  return free === 0xffff_ffff ? null : free;
}

/** "FAT Directory Structure": the size of an entry (a slot), and where its fields stand. */
export const DIRENT_BYTES = 32;
export const DIRENT = {
  name: 0,
  attributes: 11,
  caseBits: 12,
  createdTenMs: 13,
  createdTime: 14,
  createdDate: 16,
  accessedDate: 18,
  clusterHigh: 20,
  modifiedTime: 22,
  modifiedDate: 24,
  clusterLow: 26,
  size: 28,
} as const;

/** First byte of a slot: nothing is behind it in this directory, or it was deleted. */
export const SLOT_END = 0x00;
export const SLOT_DELETED = 0xe5;

export const ATTRIBUTE_VOLUME = 0x08;
export const ATTRIBUTE_DIRECTORY = 0x10;
/** A slot of a long name has these of the lower six bits, and no other. */
export const ATTRIBUTE_LONG_NAME = 0x0f;
export const ATTRIBUTE_LONG_NAME_MASK = 0x3f;

/** "a directory may not be longer than 65,536 entries" (section on directory limits); Linux and Windows keep to it as well. */
export const MAX_DIRECTORY_BYTES = 65_536 * DIRENT_BYTES;
