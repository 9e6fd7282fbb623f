/** The partition table of a medium, whichever scheme it uses. Order of precedence and numbers are those of Linux (block/partitions). */

import type { FsDevice } from '../vfs/vnode.ts';
import { readApm } from './apm.ts';
import { readBareDisklabel } from './bsdlabel.ts';
import { readGpt } from './gpt.ts';
import { carriesIso9660 } from './isohybrid.ts';
import { hasProtectiveEntry, readMbr } from './mbr.ts';
import { readSgi } from './sgi.ts';
import { readSun } from './sun.ts';
import { isVolumeBootSector } from './superfloppy.ts';
import { tableBytes } from './tablebytes.ts';

export type PartitionScheme = 'none' | 'mbr' | 'gpt' | 'apm' | 'bsd' | 'sgi' | 'sun';

export interface Partition {
  /** As Linux numbers it: MBR primaries 1 to 4, logical ones from 5; GPT and APM by their place in the table; BSD slices behind the MBR's. */
  number: number;
  offsetBytes: number;
  sizeBytes: number;
  /** As the table writes it: '0x0c', a GUID, 'Apple_HFS', '4.2BSD'. */
  type: string;
  /** In words: 'Windows FAT32', 'EFI system' … ; '' if the type is not known. */
  typeName: string;
  label: string | null;
  uuid: string | null;
  bootable: boolean;
  /** Holds other partitions (extended partition, slice with a disklabel), the table itself or nothing (free space): not to be mounted. */
  container: boolean;
  /** The table's further marks, in words: 'read-only', 'hidden', 'required' … */
  attributes: readonly string[];
}

export interface PartitionTable {
  scheme: PartitionScheme;
  /** Bytes of a logical sector, as the table's own structures show. */
  sectorSize: number;
  /** Disk identifier: MBR serial '0x1234abcd', GPT disk GUID; null if none. */
  uuid: string | null;
  partitions: Partition[];
  /**
   * The medium as a whole may carry a file system: where there is no table or an empty one, and beside a table where it is an ISO hybrid. Such a medium
   * is opened whole (`partition: null`) unless another choice is made; its partitions are information and further choices.
   */
  wholeMedium: boolean;
  /** Sentences for the user: 'The first GPT header is damaged; the backup was used.' */
  notices: string[];
}

/** At most so many sentences about places of partitions: a table of 8192 entries can contradict itself 8192 times. */
const MAX_PLACE_NOTICES = 8;

/**
 * Reads the table of a medium. A medium without one ('none', superfloppy) has no partitions and is mounted whole. Damage is told in `notices`;
 * throws only ENXIO, when the medium is gone.
 */
export function readPartitionTable(device: FsDevice): PartitionTable {
  const sector0 = tableBytes(device, 0, 512);
  const table = tableOf(device, sector0) ?? noTable(device);
  if (sector0 === null && device.sizeBytes >= 512)
    table.notices.unshift('The first sector of the medium cannot be read.');
  if (table.scheme === 'none') return table;
  table.wholeMedium = table.partitions.length === 0 || carriesIso9660(device, table.partitions);
  table.notices.push(...placeNotices(table, device.sizeBytes));
  return table;
}

function noTable(device: FsDevice): PartitionTable {
  return {
    scheme: 'none',
    sectorSize: device.sectorSize,
    uuid: null,
    partitions: [],
    wholeMedium: true,
    notices: [],
  };
}

function tableOf(device: FsDevice, sector0: Uint8Array | null): PartitionTable | null {
  // An unreadable first sector may have been a protective MBR: the GPT's own checksums decide.
  if (sector0 === null) return readGpt(device, 'unknown');
  if (isVolumeBootSector(device, sector0)) return null;
  const protective = hasProtectiveEntry(sector0);
  const gpt = readGpt(device, protective ? 'present' : 'absent');
  // Without a protective MBR, Linux and blkid read no GPT: it may be what a later table left behind. It serves where nothing else is there.
  if (gpt !== null && protective) return gpt;
  return (
    readSgi(device, sector0) ??
    readMbr(device, sector0) ??
    gpt ??
    readSun(device, sector0) ??
    readApm(device, sector0) ??
    readBareDisklabel(device)
  );
}

/** What the places of the partitions contradict: the medium's end, or each other. */
function placeNotices(table: PartitionTable, sizeBytes: number): string[] {
  const notices: string[] = [];
  for (const { number, type, offsetBytes, sizeBytes: length } of table.partitions) {
    // A protective entry is as large as its maker's largest number.
    if (type === '0xee') continue;
    if (offsetBytes >= sizeBytes) notices.push(`Partition ${number} lies behind the end of the medium.`);
    else if (offsetBytes + length > sizeBytes) {
      const beyond = offsetBytes + length - sizeBytes;
      const bytes = beyond === 1 ? '1 byte' : `${beyond} bytes`;
      notices.push(`Partition ${number} reaches ${bytes} beyond the end of the medium.`);
    }
  }
  if (!table.wholeMedium) notices.push(...overlapNotices(table.partitions));
  if (notices.length <= MAX_PLACE_NOTICES) return notices;
  const more = notices.length - MAX_PLACE_NOTICES;
  return [...notices.slice(0, MAX_PLACE_NOTICES), `There are ${more} more contradictions like these in the table.`];
}

function overlapNotices(partitions: readonly Partition[]): string[] {
  const notices: string[] = [];
  const inOrder = partitions.filter((p) => !p.container).sort((a, b) => a.offsetBytes - b.offsetBytes);
  let last: Partition | null = null;
  for (const partition of inOrder) {
    if (last !== null && partition.offsetBytes < last.offsetBytes + last.sizeBytes)
      notices.push(`Partitions ${last.number} and ${partition.number} overlap.`);
    if (last === null || partition.offsetBytes + partition.sizeBytes > last.offsetBytes + last.sizeBytes)
      last = partition;
  }
  return notices;
}
