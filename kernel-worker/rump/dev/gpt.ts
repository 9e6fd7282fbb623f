/**
 * GUID partition table: UEFI specification 2.10 §5.3. A header in the second sector and its backup in the last, each with a CRC of itself and of its
 * array of entries.
 */

import { crc32 } from '../lib/crc32.ts';
import { guidText, hasText, u32le, u64le } from '../vfs/bytes.ts';
import { nameFromUtf16le } from '../vfs/names.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import { readSlicePartitions } from './bsdlabel.ts';
import { gptTypeName } from './gpttypes.ts';
import type { Partition, PartitionTable } from './partitions.ts';
import { sectorSizesToTry, tableBytes } from './tablebytes.ts';

const HEADER_BYTES = 92;
/** 8192 entries of 128 bytes: tools write 128, and nothing asks for more than some hundreds. */
const MAX_ARRAY_BYTES = 1024 * 1024;
const NAME_UNITS = 36;
const MAX_ENTRY_NOTICES = 8;

interface GptHeader {
  sectorSize: number;
  /** Header and array have the checksums that the header says. */
  headerGood: boolean;
  arrayGood: boolean;
  backupLba: number;
  firstUsableLba: number;
  lastUsableLba: number;
  diskGuid: string;
  entryBytes: number;
  entries: Uint8Array;
}

/**
 * The table, or null. `protectiveMbr` 'absent': only a whole and valid first header counts, because a copy at the medium's end may have survived
 * a new format.
 */
export function readGpt(device: FsDevice, protectiveMbr: 'present' | 'absent' | 'unknown'): PartitionTable | null {
  for (const sectorSize of sectorSizesToTry(device)) {
    const first = readHeader(device, sectorSize, sectorSize);
    if (first === null) continue;
    if (protectiveMbr === 'absent') {
      if (!first.headerGood || !first.arrayGood) return null;
      return tableOf(device, first, ['The protective MBR before the GPT is missing.']);
    }
    if (first.headerGood && first.arrayGood) return tableOf(device, first, backupNotices(device, first));
    return damagedFirst(device, first);
  }
  return protectiveMbr === 'absent' ? null : backupOnly(device);
}

/** The first copy is damaged: the backup if it is whole, else whichever copy has at least one of its two checksums right. */
function damagedFirst(device: FsDevice, first: GptHeader): PartitionTable | null {
  const part = first.headerGood ? 'list of partitions' : 'header';
  const backup = readBackup(device, first.sectorSize, first.backupLba);
  if (backup?.headerGood && backup.arrayGood)
    return tableOf(device, backup, [`The GPT's first ${part} is damaged; the backup was used.`]);
  const usable = [first, backup].find((header) => header?.headerGood || header?.arrayGood);
  if (!usable) return null;
  return tableOf(device, usable, ['The GPT and its backup are both damaged; partitions may be wrong or missing.']);
}

/** No first header at all: the backup in the last sector. */
function backupOnly(device: FsDevice): PartitionTable | null {
  for (const sectorSize of sectorSizesToTry(device)) {
    const backup = readBackup(device, sectorSize, 0);
    if (backup?.headerGood && backup.arrayGood)
      return tableOf(device, backup, ["The GPT's first header is damaged; the backup was used."]);
  }
  return null;
}

/** The backup where the first header says it is, or in the last sector of the medium. */
function readBackup(device: FsDevice, sectorSize: number, backupLba: number): GptHeader | null {
  const lastLba = Math.floor(device.sizeBytes / sectorSize) - 1;
  const told = backupLba > 1 && backupLba < lastLba ? readHeader(device, sectorSize, backupLba * sectorSize) : null;
  if (told?.headerGood && told.arrayGood) return told;
  const last = lastLba > 1 ? readHeader(device, sectorSize, lastLba * sectorSize) : null;
  return last ?? told;
}

function backupNotices(device: FsDevice, first: GptHeader): string[] {
  const endBytes = (first.backupLba + 1) * first.sectorSize;
  if (endBytes > device.sizeBytes) return ['The GPT was made for a larger medium: its backup is not here.'];
  const backup = readHeader(device, first.sectorSize, first.backupLba * first.sectorSize);
  if (!backup?.headerGood || !backup.arrayGood) return ["The GPT's backup is damaged; the first copy was used."];
  if (backup.diskGuid !== first.diskGuid || !sameBytes(backup.entries, first.entries))
    return ['The GPT and its backup differ; the first copy was used.'];
  return [];
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** The header at `byteOffset` with its array; null where there is none, or none whose array could be read. */
function readHeader(device: FsDevice, sectorSize: number, byteOffset: number): GptHeader | null {
  const sector = tableBytes(device, byteOffset, sectorSize);
  if (sector === null || !hasText(sector, 0, 'EFI PART')) return null;
  const headerBytes = u32le(sector, 12);
  if (headerBytes < HEADER_BYTES || headerBytes > sectorSize) return null;
  const entryCount = u32le(sector, 80);
  const entryBytes = u32le(sector, 84);
  if (!isEntrySize(entryBytes) || entryCount === 0 || entryCount * entryBytes > MAX_ARRAY_BYTES) return null;
  const entries = tableBytes(device, u64le(sector, 72) * sectorSize, entryCount * entryBytes);
  if (entries === null) return null;
  const ownLba = u64le(sector, 24);
  return {
    sectorSize,
    headerGood: u32le(sector, 16) === headerCrc(sector, headerBytes) && ownLba * sectorSize === byteOffset,
    arrayGood: u32le(sector, 88) === crc32(entries),
    backupLba: u64le(sector, 32),
    firstUsableLba: u64le(sector, 40),
    lastUsableLba: u64le(sector, 48),
    diskGuid: guidText(sector.subarray(56, 72)),
    entryBytes,
    entries,
  };
}

/** 128 · 2^n (§5.3.2, table 5-5). */
function isEntrySize(bytes: number): boolean {
  return bytes >= 128 && bytes <= MAX_ARRAY_BYTES && (bytes & (bytes - 1)) === 0;
}

/** The CRC of the header with its own field taken as zero. */
function headerCrc(sector: Uint8Array, headerBytes: number): number {
  const copy = sector.slice(0, headerBytes);
  copy.fill(0, 16, 20);
  return crc32(copy);
}

function tableOf(device: FsDevice, header: GptHeader, notices: string[]): PartitionTable {
  const table: PartitionTable = {
    scheme: 'gpt',
    sectorSize: header.sectorSize,
    uuid: header.diskGuid,
    partitions: [],
    wholeMedium: false,
    notices,
  };
  const flagged: string[] = [];
  for (let at = 0; at < header.entries.length; at += header.entryBytes) {
    const entry = header.entries.subarray(at, at + header.entryBytes);
    if (isUnused(entry)) continue;
    const number = at / header.entryBytes + 1;
    const firstLba = u64le(entry, 32);
    const lastLba = u64le(entry, 40);
    if (lastLba < firstLba || !Number.isSafeInteger((lastLba + 1) * header.sectorSize)) {
      flagged.push(`Partition ${number} has impossible bounds and is left out.`);
      continue;
    }
    if (firstLba < header.firstUsableLba || lastLba > header.lastUsableLba)
      flagged.push(`Partition ${number} lies outside of the area that the GPT leaves for partitions.`);
    table.partitions.push(partitionOf(entry, number, firstLba, lastLba, header.sectorSize));
  }
  table.notices.push(...flagged.slice(0, MAX_ENTRY_NOTICES));
  const last = table.partitions[table.partitions.length - 1];
  readSlicePartitions(device, table, Math.max(5, (last?.number ?? 0) + 1));
  return table;
}

function isUnused(entry: Uint8Array): boolean {
  return u32le(entry, 0) === 0 && u32le(entry, 4) === 0 && u32le(entry, 8) === 0 && u32le(entry, 12) === 0;
}

function partitionOf(
  entry: Uint8Array,
  number: number,
  firstLba: number,
  lastLba: number,
  sectorSize: number,
): Partition {
  const type = guidText(entry.subarray(0, 16));
  const name = nameFromUtf16le(entry, 56, NAME_UNITS);
  const end = name.indexOf('\0');
  const label = (end < 0 ? name : name.slice(0, end)).toWellFormed();
  return {
    number,
    offsetBytes: firstLba * sectorSize,
    sizeBytes: (lastLba - firstLba + 1) * sectorSize,
    type,
    typeName: gptTypeName(type),
    label: label === '' ? null : label,
    uuid: guidText(entry.subarray(16, 32)),
    bootable: (entry[48] & 0x04) !== 0,
    container: false,
    attributes: attributesOf(entry, type),
  };
}

const BASIC_DATA = 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7';

/** §5.3.3, table 5-8; bits 48 to 63 belong to the type, and of these Microsoft's basic data partition's are met. */
function attributesOf(entry: Uint8Array, type: string): string[] {
  const attributes: string[] = [];
  if (entry[48] & 0x01) attributes.push('required by the platform');
  if (entry[48] & 0x02) attributes.push('not for the EFI firmware');
  if (entry[48] & 0x04) attributes.push('bootable by a legacy BIOS');
  if (type !== BASIC_DATA) return attributes;
  if (entry[55] & 0x10) attributes.push('read-only');
  if (entry[55] & 0x20) attributes.push('shadow copy');
  if (entry[55] & 0x40) attributes.push('hidden');
  if (entry[55] & 0x80) attributes.push('no drive letter');
  return attributes;
}
