/** The partition table of a medium, whichever scheme it uses. */

import type { FsDevice } from '../vfs/vnode.ts';

export type PartitionScheme = 'none' | 'mbr' | 'gpt' | 'apm' | 'bsd' | 'sgi';

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
  /** Holds other partitions (extended partition, slice with a disklabel) or the table itself: not to be mounted. */
  container: boolean;
}

export interface PartitionTable {
  scheme: PartitionScheme;
  /** Bytes of a logical sector, as the table's own structures show. */
  sectorSize: number;
  /** Disk identifier: MBR serial '0x1234abcd', GPT disk GUID; null if none. */
  uuid: string | null;
  partitions: Partition[];
  /** Sentences for the user: 'The first GPT header is damaged; the backup was used.' */
  notices: string[];
}

/** Reads the table of a medium. A medium without one ('none', superfloppy) has no partitions and is mounted whole. Throws only EIO and ENXIO. */
export function readPartitionTable(device: FsDevice): PartitionTable {
  return { scheme: 'none', sectorSize: device.sectorSize, uuid: null, partitions: [], notices: [] };
}
