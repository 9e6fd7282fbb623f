/**
 * The on-disk structures of ISO 9660 as plain objects: volume descriptors and directory records of ECMA-119 (8.4, 8.5, 9.1; the fourth edition
 * has the enhanced volume descriptor of ISO 9660:1999), of Joliet (Microsoft's Joliet Specification, 1995), and of the High Sierra Group's proposal
 * that came before them.
 */

import { hasText, u16be, u16le, u32be, u32le } from '../../rump/vfs/bytes.ts';
import { nameFromBytes, nameFromUtf16be } from '../../rump/vfs/names.ts';
import { secondsFromCivil, type Timespec } from '../../rump/vfs/time.ts';

/** Logical sectors of optical media (ECMA-119 6.1.2). Volume descriptors and directories are laid out in them, whatever the logical block size. */
export const SECTOR_BYTES = 2048;
/** The system area: the first sectors of a session belong to whoever boots from it (ECMA-119 6.2.1). */
export const SYSTEM_AREA_SECTORS = 16;

/** Volume descriptor types (ECMA-119 8.1.1). */
export const DESCRIPTOR = { boot: 0, primary: 1, supplementary: 2, partition: 3, terminator: 255 } as const;

/** File flags of a directory record (ECMA-119 9.1.6). */
export const FLAG = { hidden: 0x01, directory: 0x02, associated: 0x04, protection: 0x10, multiExtent: 0x80 } as const;

/** A file section: the part of a file that one directory record describes. */
export interface Section {
  /** First logical block of the extent. */
  block: number;
  /** Bytes of content in it. */
  lengthBytes: number;
  /** Logical blocks of the extended attribute record that stands before the content. */
  attributeBlocks: number;
  /** Interleaving in logical blocks; 0 if the extent is recorded in one piece. */
  unitBlocks: number;
  gapBlocks: number;
}

/** Which tree a volume descriptor leads to. */
export type TreeKind = 'primary' | 'joliet' | 'enhanced';

export interface VolumeDescriptor {
  tree: TreeKind;
  highSierra: boolean;
  /** 1 to 3 for Joliet, else 0. */
  jolietLevel: number;
  byteOffset: number;
  blockSize: number;
  volumeBlocks: number;
  label: string;
  /** Where the root directory may be, the likeliest first: the fields' two byte orders can disagree. */
  roots: Section[];
  /** Logical blocks at which a path table begins (type L, type M, and their optional copies), 0 if there is none. */
  pathTables: { block: number; bigEndian: boolean }[];
  /** Identifiers and dates for people, in display order. */
  facts: Record<string, string>;
  /** 'YYYY-MM-DD-HH-MM-SS-cc' of the last modification (or creation): what blkid(8) prints as UUID. */
  uuid: string | null;
  /** Names of the fields whose two byte orders disagree. */
  disagreeing: string[];
}

/** Whether a sector of the volume descriptor set stands at `at`: which standard it follows, or null. */
export function descriptorStandard(bytes: Uint8Array, at: number): 'iso9660' | 'highSierra' | null {
  if (hasText(bytes, at + 1, 'CD001')) return 'iso9660';
  return hasText(bytes, at + 9, 'CDROM') ? 'highSierra' : null;
}

/** Where the fields stand that ECMA-119 and High Sierra place differently (ECMA-119 8.4; High Sierra: the descriptor begins with its block number). */
const ISO_LAYOUT = {
  type: 0,
  version: 6,
  volumeId: 40,
  spaceSize: 80,
  escapes: 88,
  blockSize: 128,
  pathTables: [
    [140, false],
    [148, true],
    [144, false],
    [152, true],
  ],
  root: 156,
} as const;
const HIGH_SIERRA_LAYOUT = {
  type: 8,
  version: 14,
  volumeId: 48,
  spaceSize: 88,
  escapes: 96,
  blockSize: 136,
  pathTables: [
    [148, false],
    [164, true],
  ],
  root: 180,
} as const;

/** The descriptor's type byte, wherever its standard puts it. */
export function descriptorType(sector: Uint8Array, standard: 'iso9660' | 'highSierra'): number {
  return sector[standard === 'iso9660' ? ISO_LAYOUT.type : HIGH_SIERRA_LAYOUT.type];
}

/**
 * A primary or supplementary volume descriptor; null if it is neither, or one for a character set that nobody registered.
 * `fallbackBlockSize` serves where neither byte order holds a possible block size.
 */
export function parseVolumeDescriptor(
  sector: Uint8Array,
  byteOffset: number,
  deviceBytes: number,
  fallbackBlockSize: number | null,
): VolumeDescriptor | null {
  const standard = descriptorStandard(sector, 0);
  if (standard === null) return null;
  const highSierra = standard === 'highSierra';
  const layout = highSierra ? HIGH_SIERRA_LAYOUT : ISO_LAYOUT;
  const type = sector[layout.type];
  if (type !== DESCRIPTOR.primary && type !== DESCRIPTOR.supplementary) return null;
  const disagreeing: string[] = [];
  const blockSize = bothEndian16(sector, layout.blockSize, isPossibleBlockSize, 'block size', disagreeing);
  const usedBlockSize = blockSize ?? fallbackBlockSize;
  if (usedBlockSize === null) return null;
  const jolietLevel = type === DESCRIPTOR.supplementary ? jolietLevelOf(sector, layout.escapes) : 0;
  const tree = treeKind(type, sector[layout.version], jolietLevel);
  if (tree === null) return null;
  const label = tree === 'joliet' ? ucs2Text(sector, layout.volumeId, 32) : byteText(sector, layout.volumeId, 32);
  return {
    tree,
    highSierra,
    jolietLevel,
    byteOffset,
    blockSize: usedBlockSize,
    volumeBlocks: volumeBlocks(sector, layout.spaceSize, deviceBytes / usedBlockSize, disagreeing),
    label,
    roots: rootCandidates(sector, layout.root, usedBlockSize, deviceBytes, disagreeing),
    pathTables: layout.pathTables.map(([at, bigEndian]) => ({
      block: bigEndian ? u32be(sector, at) : u32le(sector, at),
      bigEndian,
    })),
    facts: highSierra ? {} : identifiers(sector, tree),
    uuid: highSierra ? null : (uuidFromDate(sector, 830) ?? uuidFromDate(sector, 813)),
    disagreeing,
  };
}

function treeKind(type: number, version: number, jolietLevel: number): TreeKind | null {
  if (type === DESCRIPTOR.primary) return 'primary';
  if (jolietLevel > 0) return 'joliet';
  return version === 2 ? 'enhanced' : null;
}

/** 512 to 2048 by powers of two (ECMA-119 6.2.2: a logical block is never larger than a logical sector). */
function isPossibleBlockSize(size: number): boolean {
  return size === 512 || size === 1024 || size === 2048;
}

/** The escape sequences that announce UCS-2 level 1 to 3 (Joliet Specification, 'SVD Escape Sequences'). */
function jolietLevelOf(sector: Uint8Array, at: number): number {
  if (sector[at] !== 0x25 || sector[at + 1] !== 0x2f) return 0;
  const final = sector[at + 2];
  return final === 0x40 ? 1 : final === 0x43 ? 2 : final === 0x45 ? 3 : 0;
}

/** Both byte orders of a 16-bit field (7.2.3): the little-endian one unless only the other is possible; null if neither is. */
function bothEndian16(
  sector: Uint8Array,
  at: number,
  possible: (value: number) => boolean,
  field: string,
  disagreeing: string[],
): number | null {
  const little = u16le(sector, at);
  const big = u16be(sector, at + 2);
  if (little !== big) disagreeing.push(field);
  return possible(little) ? little : possible(big) ? big : null;
}

/** As it stands there, unless only the other byte order fits the device; 0 and sizes past the device are left to the caller. */
function volumeBlocks(sector: Uint8Array, at: number, deviceBlocks: number, disagreeing: string[]): number {
  const little = u32le(sector, at);
  const big = u32be(sector, at + 4);
  if (little === big) return little;
  disagreeing.push('volume space size');
  const fits = (blocks: number) => blocks > 0 && blocks <= deviceBlocks;
  return !fits(little) && fits(big) ? big : little;
}

/** The root's record gives up to four combinations of its extent and length; those inside the device, the little-endian ones first. */
function rootCandidates(
  sector: Uint8Array,
  at: number,
  blockSize: number,
  deviceBytes: number,
  disagreeing: string[],
): Section[] {
  const extents = [u32le(sector, at + 2), u32be(sector, at + 6)];
  const lengths = [u32le(sector, at + 10), u32be(sector, at + 14)];
  if (extents[0] !== extents[1]) disagreeing.push('location of the root directory');
  if (lengths[0] !== lengths[1]) disagreeing.push('length of the root directory');
  const candidates: Section[] = [];
  for (const block of new Set(extents)) {
    for (const lengthBytes of new Set(lengths)) {
      if (block === 0 || lengthBytes === 0 || block * blockSize >= deviceBytes) continue;
      candidates.push({ block, lengthBytes, attributeBlocks: sector[at + 1], unitBlocks: 0, gapBlocks: 0 });
    }
  }
  return candidates.sort(
    (a, b) => Number(isInside(b, blockSize, deviceBytes)) - Number(isInside(a, blockSize, deviceBytes)),
  );
}

/** Whether a section without interleaving lies inside the device. */
export function isInside(section: Section, blockSize: number, deviceBytes: number): boolean {
  return (section.block + section.attributeBlocks) * blockSize + section.lengthBytes <= deviceBytes;
}

/** Identifier fields of ECMA-119 8.4.20 to 8.4.25 and dates of 8.4.26 to 8.4.29. */
function identifiers(sector: Uint8Array, tree: TreeKind): Record<string, string> {
  const text = tree === 'joliet' ? ucs2Text : byteText;
  const facts: Record<string, string> = {};
  const add = (key: string, value: string | null) => {
    if (value !== null && value !== '') facts[key] = value;
  };
  add('System', text(sector, 8, 32));
  add('Volume set', text(sector, 190, 128));
  add('Publisher', text(sector, 318, 128));
  add('Data preparer', text(sector, 446, 128));
  add('Application', text(sector, 574, 128));
  add('Copyright file', text(sector, 702, 37));
  add('Abstract file', text(sector, 739, 37));
  add('Bibliographic file', text(sector, 776, 37));
  add('Created', dateText(sector, 813));
  add('Modified', dateText(sector, 830));
  add('Expires', dateText(sector, 847));
  add('Effective', dateText(sector, 864));
  return facts;
}

/** A text field of bytes, cut at NUL, without the filling spaces. */
function byteText(bytes: Uint8Array, at: number, length: number): string {
  let end = at;
  while (end < at + length && bytes[end] !== 0) end += 1;
  return nameFromBytes(bytes.subarray(at, end)).toWellFormed().trimEnd();
}

/** A text field of UCS-2 (big-endian), cut at NUL, without the filling spaces. */
function ucs2Text(bytes: Uint8Array, at: number, length: number): string {
  const text = nameFromUtf16be(bytes, at, length >> 1);
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).toWellFormed().trimEnd();
}

/** 17 bytes of digits and a zone (ECMA-119 8.4.26.1) as 'YYYY-MM-DD-HH-MM-SS-cc'; null if not specified. */
function uuidFromDate(bytes: Uint8Array, at: number): string | null {
  const digits = String.fromCharCode(...bytes.subarray(at, at + 16));
  if (!/^\d{16}$/.test(digits) || /^0*$/.test(digits)) return null;
  return digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3-$4-$5-$6-$7');
}

function dateText(bytes: Uint8Array, at: number): string | null {
  const time = longTime(bytes, at);
  return time === null ? null : new Date(time.sec * 1000).toISOString().replace('.000Z', 'Z');
}

/** The long form of a date and time (ECMA-119 8.4.26.1); null if it is not specified or no such time exists. */
export function longTime(bytes: Uint8Array, at: number): Timespec | null {
  const digits = String.fromCharCode(...bytes.subarray(at, at + 16));
  if (!/^\d{16}$/.test(digits)) return null;
  const number = (from: number, to: number) => Number(digits.slice(from, to));
  const local = secondsFromCivil(
    number(0, 4),
    number(4, 6),
    number(6, 8),
    number(8, 10),
    number(10, 12),
    number(12, 14),
  );
  return local === null ? null : { sec: local - zoneSeconds(bytes[at + 16]), nsec: number(14, 16) * 10_000_000 };
}

/** The short form (ECMA-119 9.1.5); null if it is not specified or no such time exists. High Sierra has no zone byte. */
export function shortTime(bytes: Uint8Array, at: number, hasZone: boolean): Timespec | null {
  const local = secondsFromCivil(
    1900 + bytes[at],
    bytes[at + 1],
    bytes[at + 2],
    bytes[at + 3],
    bytes[at + 4],
    bytes[at + 5],
  );
  if (local === null) return null;
  return hasZone ? { sec: local - zoneSeconds(bytes[at + 6]), nsec: 0 } : { sec: local, nsec: 0, local: true };
}

/** Quarters of an hour from Greenwich, signed. ECMA-119 allows -48 to 52; zones reach 56 by now. Others are not believed. */
function zoneSeconds(byte: number): number {
  const quarters = byte < 128 ? byte : byte - 256;
  return quarters >= -52 && quarters <= 56 ? quarters * 900 : 0;
}
