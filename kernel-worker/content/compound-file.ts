/** Compound files ([MS-CFB]): Word, Excel and PowerPoint before 2007, mail, installers, told apart by the names of their streams. */

import { hexOf, u16le, u32le } from '../rump/vfs/bytes.ts';
import type { ContentType, JudgedFile } from './content-class.ts';

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ENTRY_BYTES = 128;
/** Sectors of the directory that are looked at: the streams that tell the kind come early. */
const MAX_SECTORS = 32;
/** Windows Installer's class identifier, 000C1084-0000-0000-C000-000000000046, as it stands in the root entry. */
const INSTALLER_CLASS = '84100c0000000000c000000000000046';

/** The first that is there holds. */
const STREAMS: Array<[string, ContentType]> = [
  ['WordDocument', { mime: 'application/msword', class: 'document' }],
  ['Workbook', { mime: 'application/vnd.ms-excel', class: 'document' }],
  ['Book', { mime: 'application/vnd.ms-excel', class: 'document' }],
  ['PowerPoint Document', { mime: 'application/vnd.ms-powerpoint', class: 'document' }],
  ['VisioDocument', { mime: 'application/vnd.visio', class: 'document' }],
  ['__properties_version1.0', { mime: 'application/vnd.ms-outlook', class: 'document' }],
  // An office document under a password (MS-OFFCRYPTO).
  ['EncryptedPackage', { mime: 'application/x-ole-storage', class: 'document' }],
  ['Contents', { mime: 'application/x-mspublisher', class: 'document' }],
];

export function compoundFileType(file: JudgedFile, head: Uint8Array): ContentType | null {
  const directory = compoundDirectory(file, head, MAX_SECTORS);
  if (directory === null) return null;
  if (directory.rootClass === INSTALLER_CLASS) return { mime: 'application/x-msi', class: 'program' };
  const found = STREAMS.find(([name]) => directory.names.has(name));
  return found === undefined ? { mime: 'application/x-ole-storage', class: 'other' } : found[1];
}

/** The names of streams and storages in the first sectors of the directory, and the root's class identifier in hex; null: no compound file. */
export function compoundDirectory(
  file: JudgedFile,
  head: Uint8Array,
  maxSectors: number,
): { names: ReadonlySet<string>; rootClass: string } | null {
  if (head.length < 512 || SIGNATURE.some((byte, i) => head[i] !== byte)) return null;
  const shift = u16le(head, 30);
  // Version 3 has sectors of 512 bytes, version 4 of 4096.
  const sectorBytes = shift === 12 ? 4096 : 512;
  const names = new Set<string>();
  let rootClass = '';
  let sector = u32le(head, 48);
  for (let count = 0; count < maxSectors && sector < 0xfffffff0; count++) {
    const entries = file.read((sector + 1) * sectorBytes, sectorBytes);
    if (entries.length < sectorBytes) break;
    if (count === 0) rootClass = hexOf(entries.subarray(80, 96));
    for (let at = 0; at < sectorBytes; at += ENTRY_BYTES) names.add(entryName(entries.subarray(at, at + ENTRY_BYTES)));
    sector = nextSector(file, head, sectorBytes, sector);
  }
  return { names, rootClass };
}

/** Through the first 109 sectors of the allocation table, which the header lists; beyond them the chain is taken to end. */
function nextSector(file: JudgedFile, head: Uint8Array, sectorBytes: number, sector: number): number {
  const perSector = sectorBytes / 4;
  const table = Math.floor(sector / perSector);
  if (table >= 109) return 0xfffffffe;
  const tableSector = u32le(head, 76 + table * 4);
  const entry = file.read((tableSector + 1) * sectorBytes + (sector % perSector) * 4, 4);
  return entry.length < 4 ? 0xfffffffe : u32le(entry, 0);
}

function entryName(entry: Uint8Array): string {
  const lengthBytes = Math.min(64, u16le(entry, 64));
  return new TextDecoder('utf-16le').decode(entry.subarray(0, Math.max(0, lengthBytes - 2)));
}
