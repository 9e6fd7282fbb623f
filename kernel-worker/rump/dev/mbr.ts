/**
 * Master boot record with extended partitions, as the PC BIOS, Windows and Linux (block/partitions/msdos.c documents the conventions) use it:
 * four entries at byte 446 of the first sector, 55 AA at its end; extended partitions chain further sectors of the same form.
 */

import { hasText, u16be, u16le, u32le } from '../vfs/bytes.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import { readBareDisklabel, readSlicePartitions } from './bsdlabel.ts';
import { hasIso9660 } from './isohybrid.ts';
import { mbrTypeName } from './mbrtypes.ts';
import type { Partition, PartitionTable } from './partitions.ts';
import { sectorSizesToTry, tableBytes } from './tablebytes.ts';

const ENTRIES_OFFSET = 446;
const ENTRY_BYTES = 16;
const ENTRY_COUNT = 4;
const TYPE_PROTECTIVE = 0xee;
/** DOS, Windows (LBA) and Linux extended. */
const EXTENDED_TYPES = new Set([0x05, 0x0f, 0x85]);
/** Linux gives a disk at most 256 minor numbers; nobody chains more. */
const MAX_LOGICAL = 255;
/** Links without a partition of their own: Linux gives up after 100 in a row. */
const MAX_EMPTY_LINKS = 100;

interface MbrEntry {
  /** 0 to 3. */
  slot: number;
  bootable: boolean;
  type: number;
  startSector: number;
  sectorCount: number;
}

/** Whether the first sector says that a GPT follows (UEFI 2.10 §5.2.3), alone or beside other entries (hybrid MBR). */
export function hasProtectiveEntry(sector: Uint8Array): boolean {
  return entriesOf(sector)?.some((entry) => entry.type === TYPE_PROTECTIVE) ?? false;
}

/** The MBR in `sector`, or null if it is none or has no partitions. */
export function readMbr(device: FsDevice, sector: Uint8Array): PartitionTable | null {
  // C9 C2 D4 C1: an AIX disk, which has this signature without such a table.
  if (u16be(sector, 0) === 0xc9c2 && u16be(sector, 2) === 0xd4c1) return null;
  const entries = entriesOf(sector);
  if (entries === null || entries.length === 0) return null;
  // Every entry starts at the table itself: a volume over the whole medium that names itself (mkfs.fat --mbr, mkudffs).
  // An ISO hybrid's entry does that too, and is worth showing.
  if (entries.every((entry) => entry.startSector === 0) && !hasIso9660(device)) {
    return readBareDisklabel(device);
  }
  const sectorSize = sectorSizeOf(device, entries);
  const serial = u32le(sector, 440);
  const table: PartitionTable = {
    scheme: 'mbr',
    sectorSize,
    uuid: serial === 0 ? null : `0x${serial.toString(16).padStart(8, '0')}`,
    partitions: entries.map((entry) => partitionOf(entry, entry.slot + 1, 0, sectorSize, serial)),
    wholeMedium: false,
    notices: [],
  };
  if (entries.some((entry) => entry.type === TYPE_PROTECTIVE))
    table.notices.push('The first sector announces a GPT, but no valid GPT was found.');
  let next = 5;
  for (const entry of entries)
    if (EXTENDED_TYPES.has(entry.type)) next = readExtended(device, table, entry, next, serial);
  readSlicePartitions(device, table, next);
  return table;
}

/** The used entries of a table sector; null if it has no signature or a boot indicator that no table has. */
function entriesOf(sector: Uint8Array): MbrEntry[] | null {
  if (u16be(sector, 510) !== 0x55aa) return null;
  const entries: MbrEntry[] = [];
  for (let slot = 0; slot < ENTRY_COUNT; slot++) {
    const at = ENTRIES_OFFSET + slot * ENTRY_BYTES;
    if ((sector[at] & 0x7f) !== 0) return null;
    const sectorCount = u32le(sector, at + 12);
    if (sectorCount === 0) continue;
    entries.push({
      slot,
      bootable: sector[at] === 0x80,
      type: sector[at + 4],
      startSector: u32le(sector, at + 8),
      sectorCount,
    });
  }
  return entries;
}

function partitionOf(
  entry: MbrEntry,
  number: number,
  baseSector: number,
  sectorSize: number,
  serial: number,
): Partition {
  const suffix = number.toString(16).padStart(2, '0');
  return {
    number,
    offsetBytes: (baseSector + entry.startSector) * sectorSize,
    sizeBytes: entry.sectorCount * sectorSize,
    type: `0x${entry.type.toString(16).padStart(2, '0')}`,
    typeName: mbrTypeName(entry.type),
    label: null,
    uuid: serial === 0 ? null : `${serial.toString(16).padStart(8, '0')}-${suffix}`,
    bootable: entry.bootable,
    container: EXTENDED_TYPES.has(entry.type) || entry.type === TYPE_PROTECTIVE,
    attributes: [],
  };
}

/**
 * Appends the logical partitions of one extended partition, numbered from `next`; returns the next free number. Links count from the start of the
 * extended partition, partitions from the sector of their link.
 */
function readExtended(
  device: FsDevice,
  table: PartitionTable,
  extended: MbrEntry,
  next: number,
  serial: number,
): number {
  const visited = new Set<number>();
  let number = next;
  let linkSector = extended.startSector;
  let emptyLinks = 0;
  while (number - 5 < MAX_LOGICAL && emptyLinks <= MAX_EMPTY_LINKS) {
    if (linkSector === 0 || visited.has(linkSector)) {
      table.notices.push('The chain of logical partitions turns back on itself; it was followed up to there.');
      return number;
    }
    visited.add(linkSector);
    const sector = tableBytes(device, linkSector * table.sectorSize, 512);
    const entries = sector === null ? null : entriesOf(sector);
    if (entries === null) {
      table.notices.push('The chain of logical partitions is broken; partitions behind the break are missing.');
      return number;
    }
    emptyLinks += 1;
    for (const entry of entries) {
      if (EXTENDED_TYPES.has(entry.type) || !isLogical(entry, linkSector, extended)) continue;
      table.partitions.push(partitionOf(entry, number, linkSector, table.sectorSize, serial));
      number += 1;
      emptyLinks = 0;
    }
    const link = entries.find((entry) => EXTENDED_TYPES.has(entry.type));
    if (link === undefined) return number;
    linkSector = extended.startSector + link.startSector;
  }
  table.notices.push('The chain of logical partitions is too long; it was followed up to a bound.');
  return number;
}

/** The third and fourth entries of a link are unused by the convention; Linux takes them only when they lie inside the extended partition. */
function isLogical(entry: MbrEntry, linkSector: number, extended: MbrEntry): boolean {
  if (entry.slot < 2) return true;
  const start = linkSector + entry.startSector;
  return start >= extended.startSector && start + entry.sectorCount <= extended.startSector + extended.sectorCount;
}

/**
 * The table counts in sectors and does not say how long these are. The device's own size is right unless the medium was copied from another kind of
 * drive, or is an image: so the size with which most partitions begin as their type says, and among equals the device's own.
 */
function sectorSizeOf(device: FsDevice, entries: readonly MbrEntry[]): number {
  const [usual, ...others] = sectorSizesToTry(device);
  let best = usual;
  let bestCount = recognised(device, entries, usual);
  for (const size of others) {
    if (bestCount === entries.length) break;
    if (entries.some((entry) => (entry.startSector + entry.sectorCount) * size > device.sizeBytes)) continue;
    const count = recognised(device, entries, size);
    if (count > bestCount) {
      best = size;
      bestCount = count;
    }
  }
  return best;
}

/** How many of the entries have a volume, or the first link of logical partitions, at their start. */
function recognised(device: FsDevice, entries: readonly MbrEntry[], sectorSize: number): number {
  return entries.filter(({ type, startSector }) => {
    if (startSector === 0) return false;
    const head = tableBytes(device, startSector * sectorSize, 2048);
    if (head === null) return false;
    return EXTENDED_TYPES.has(type) ? entriesOf(head) !== null : showsVolume(head);
  }).length;
}

function showsVolume(head: Uint8Array): boolean {
  return (
    u16be(head, 510) === 0x55aa ||
    hasText(head, 0, 'XFSB') ||
    u16le(head, 1080) === 0xef53 ||
    hasText(head, 1024, 'H+') ||
    hasText(head, 1024, 'HX') ||
    hasText(head, 1024, 'BD') ||
    u32le(head, 512) === 0x82564557
  );
}
