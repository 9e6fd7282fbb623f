/**
 * BSD disklabel: disklabel(5) and <sys/disklabel.h> of NetBSD, FreeBSD and OpenBSD. It stands inside an MBR slice or at the start of a medium,
 * in the byte order of the machine that wrote it.
 */

import { u16be, u16le, u32be, u32le } from '../vfs/bytes.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import { bsdTypeLabel, bsdTypeName } from './bsdtypes.ts';
import { findFastFileSystems } from './ffsscan.ts';
import type { Partition, PartitionTable } from './partitions.ts';
import { tableBytes } from './tablebytes.ts';

const MAGIC = 0x82564557;
const HEADER_BYTES = 148;
const ENTRY_BYTES = 16;
/** The most that any BSD has (NetBSD/vax and others stop at 8 or 16); 22 end inside one sector. */
const MAX_PARTITIONS = 22;
/** Where labels begin, in bytes from the start of the slice: sector 1 on PCs; within sector 0 on alpha, vax, m68k and sparc; sectors 1 of larger sectors. */
const LABEL_OFFSETS = [512, 0, 64, 128, 1024, 2048, 4096];
/** 'c', and 'd' on NetBSD/i386: the whole slice or disk, not a place for a file system of its own. */
const RAW_INDEXES = [2, 3];
const FS_UNUSED = 0;

/** MBR types and GPT types of slices that hold a label. */
const SLICE_TYPES = new Set([
  '0xa5',
  '0xa6',
  '0xa9',
  '516e7cb4-6ecf-11d6-8ff8-00022d09712b',
  '824cc7a0-36a8-11e3-890a-952519ad3f61',
]);

interface LabelEntry {
  /** 0 for 'a'. */
  index: number;
  fstype: number;
  offsetSectors: number;
  sizeSectors: number;
}

interface Disklabel {
  sectorSize: number;
  /** Sectors of the whole disk, as the label says. */
  unitSectors: number;
  /** Offset of 'c', used or not: FreeBSD counts from the slice where it is 0. */
  rawOffsetSectors: number | null;
  entries: LabelEntry[];
}

/** The label of a medium that has nothing else, numbered from 1 for 'a'; null if there is none or if it has no partitions. */
export function readBareDisklabel(device: FsDevice): PartitionTable | null {
  const label = findLabel(device, 0, device.sizeBytes);
  if (label === null) return null;
  const isRaw = (entry: LabelEntry) =>
    RAW_INDEXES.includes(entry.index) &&
    entry.offsetSectors === 0 &&
    (entry.sizeSectors === label.unitSectors || entry.sizeSectors * label.sectorSize >= device.sizeBytes);
  const partitions = label.entries
    .filter((entry) => !isRaw(entry))
    .map((entry) => partitionOf(entry, entry.index + 1, 0, label.sectorSize));
  if (partitions.length === 0) return null;
  return { scheme: 'bsd', sectorSize: label.sectorSize, uuid: null, partitions, wholeMedium: false, notices: [] };
}

/** Appends the partitions of every labelled slice in `table`, numbered from `next` on, and marks those slices as containers. */
export function readSlicePartitions(device: FsDevice, table: PartitionTable, next: number): void {
  let number = next;
  for (const slice of table.partitions.filter((partition) => SLICE_TYPES.has(partition.type))) {
    const label = findLabel(device, slice.offsetBytes, slice.sizeBytes);
    const found = label === null ? unlabelled(device, slice, table) : labelled(label, slice, table);
    for (const partition of found) {
      table.partitions.push({ ...partition, number });
      number += 1;
    }
    slice.container = found.length > 0;
  }
}

/** The partitions that the label gives, without those that are the slice itself or lie outside of it (other slices may be listed in a label). */
function labelled(label: Disklabel, slice: Partition, table: PartitionTable): Partition[] {
  const base = isRelative(label, slice) ? slice.offsetBytes : 0;
  const end = slice.offsetBytes + slice.sizeBytes;
  const found: Partition[] = [];
  for (const entry of label.entries) {
    const partition = partitionOf(entry, 0, base, label.sectorSize);
    const { offsetBytes, sizeBytes } = partition;
    if (offsetBytes === slice.offsetBytes && sizeBytes === slice.sizeBytes) continue;
    if (RAW_INDEXES.includes(entry.index) && entry.offsetSectors === 0) continue;
    if (offsetBytes >= slice.offsetBytes && offsetBytes + sizeBytes <= end) found.push(partition);
    else if (offsetBytes < end && offsetBytes + sizeBytes > slice.offsetBytes)
      table.notices.push(`The disklabel's partition ${letterOf(entry)} reaches out of its slice and is left out.`);
  }
  return found;
}

/** A slice whose label is lost still shows its file systems by their superblocks; one at its start, alone, is the slice's own. */
function unlabelled(device: FsDevice, slice: Partition, table: PartitionTable): Partition[] {
  const found = findFastFileSystems(device, slice.offsetBytes, slice.sizeBytes);
  if (found.length === 0 || (found.length === 1 && found[0].offsetBytes === slice.offsetBytes)) return [];
  table.notices.push(
    `The disklabel of partition ${slice.number} is missing; its file systems were found by their superblocks.`,
  );
  return found.map(({ offsetBytes, sizeBytes }) => ({ ...bsdPartition(0, 7), offsetBytes, sizeBytes }));
}

/**
 * FreeBSD's labels count from the start of the slice where 'c' does; the others count from the start of the medium. A label that fits only when
 * counted from the slice counts so, whatever its 'c' says.
 */
function isRelative(label: Disklabel, slice: Partition): boolean {
  if (slice.type === '0xa5' && label.rawOffsetSectors === 0) return true;
  const start = slice.offsetBytes / label.sectorSize;
  const end = start + slice.sizeBytes / label.sectorSize;
  const isAbsolute = (entry: LabelEntry) => entry.offsetSectors >= start && entry.offsetSectors < end;
  const fitsSlice = (entry: LabelEntry) => entry.offsetSectors + entry.sizeSectors <= end - start;
  return !label.entries.some(isAbsolute) && label.entries.some(fitsSlice);
}

function findLabel(device: FsDevice, base: number, sizeBytes: number): Disklabel | null {
  for (const offset of LABEL_OFFSETS) {
    if (offset + HEADER_BYTES > sizeBytes) continue;
    const bytes = tableBytes(device, base + offset, HEADER_BYTES + MAX_PARTITIONS * ENTRY_BYTES);
    const label = bytes === null ? null : parseLabel(bytes);
    if (label !== null) return label;
  }
  return null;
}

/** The label in `bytes`; null unless both magic numbers and the checksum are right. */
function parseLabel(bytes: Uint8Array): Disklabel | null {
  const little = u32le(bytes, 0) === MAGIC;
  if (!little && u32be(bytes, 0) !== MAGIC) return null;
  const u16 = little ? u16le : u16be;
  const u32 = little ? u32le : u32be;
  const count = u16(bytes, 138);
  if (u32(bytes, 132) !== MAGIC || count === 0 || count > MAX_PARTITIONS) return null;
  const lengthBytes = HEADER_BYTES + count * ENTRY_BYTES;
  let checksum = 0;
  for (let at = 0; at < lengthBytes; at += 2) checksum ^= u16(bytes, at);
  if (checksum !== 0) return null;
  const sectorSize = u32(bytes, 40);
  if (![512, 1024, 2048, 4096].includes(sectorSize)) return null;
  // OpenBSD's version 1 has 16 more bits for each offset and size where the others keep the fragment size.
  const wide = u16(bytes, 114) === 1;
  const entries: LabelEntry[] = [];
  for (let index = 0; index < count; index++) {
    const at = HEADER_BYTES + index * ENTRY_BYTES;
    const sizeSectors = u32(bytes, at) + (wide ? u16(bytes, at + 10) * 0x1_0000_0000 : 0);
    const offsetSectors = u32(bytes, at + 4) + (wide ? u16(bytes, at + 8) * 0x1_0000_0000 : 0);
    const fstype = bytes[at + 12];
    if (fstype === FS_UNUSED || sizeSectors === 0) continue;
    if (Number.isSafeInteger((offsetSectors + sizeSectors) * sectorSize))
      entries.push({ index, fstype, offsetSectors, sizeSectors });
  }
  return {
    sectorSize,
    unitSectors: u32(bytes, 60),
    rawOffsetSectors: count > 2 ? u32(bytes, HEADER_BYTES + 2 * ENTRY_BYTES + 4) : null,
    entries,
  };
}

function letterOf(entry: LabelEntry): string {
  return `'${String.fromCharCode(0x61 + entry.index)}'`;
}

function partitionOf(entry: LabelEntry, number: number, baseBytes: number, sectorSize: number): Partition {
  return {
    ...bsdPartition(number, entry.fstype),
    offsetBytes: baseBytes + entry.offsetSectors * sectorSize,
    sizeBytes: entry.sizeSectors * sectorSize,
  };
}

function bsdPartition(number: number, fstype: number): Partition {
  return {
    number,
    offsetBytes: 0,
    sizeBytes: 0,
    type: bsdTypeLabel(fstype),
    typeName: bsdTypeName(fstype),
    label: null,
    uuid: null,
    bootable: false,
    container: false,
    attributes: [],
  };
}
