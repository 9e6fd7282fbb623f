/** SGI volume header of IRIX disks: dvh(4) of IRIX, <sys/dvh.h>; big-endian, 512 bytes, the sum of its 32-bit words is zero. */

import { u32be } from '../vfs/bytes.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import type { Partition, PartitionTable } from './partitions.ts';

const MAGIC = 0x0be5a941;
const PARTITIONS_OFFSET = 312;
const PARTITION_BYTES = 12;
const PARTITION_COUNT = 16;
/** Blocks of the header count 512 bytes on every disk. */
const SECTOR_BYTES = 512;
const TYPE_VOLUME_HEADER = 0;
const TYPE_WHOLE_VOLUME = 6;

const TYPE_NAMES = new Map<number, string>([
  [0x00, 'Volume header'],
  [0x01, 'Replacement tracks'],
  [0x02, 'Replacement sectors'],
  [0x03, 'Swap space'],
  [0x04, 'BSD'],
  [0x05, 'Unix System V'],
  [0x06, 'Whole volume'],
  [0x07, 'SGI EFS'],
  [0x08, 'Logical volume'],
  [0x09, 'Raw logical volume'],
  [0x0a, 'SGI XFS'],
  [0x0b, 'SGI XFS log'],
  [0x0c, 'SGI XLV volume'],
  [0x0d, 'SGI XVM volume'],
  [0x82, 'Linux swap'],
  [0x83, 'Linux'],
  [0x8e, 'Linux LVM'],
  [0xfd, 'Linux RAID'],
]);

/** The volume header in `sector`, or null. One whose checksum is wrong is none: nothing else tells it from chance. */
export function readSgi(device: FsDevice, sector: Uint8Array): PartitionTable | null {
  if (u32be(sector, 0) !== MAGIC) return null;
  let sum = 0;
  for (let at = 0; at < 512; at += 4) sum = (sum + u32be(sector, at)) >>> 0;
  if (sum !== 0) return null;
  const partitions: Partition[] = [];
  for (let index = 0; index < PARTITION_COUNT; index++) {
    const at = PARTITIONS_OFFSET + index * PARTITION_BYTES;
    const blocks = u32be(sector, at);
    if (blocks === 0) continue;
    partitions.push(partitionOf(index + 1, u32be(sector, at + 4), blocks, u32be(sector, at + 8)));
  }
  return { scheme: 'sgi', sectorSize: device.sectorSize, uuid: null, partitions, wholeMedium: false, notices: [] };
}

function partitionOf(number: number, firstBlock: number, blocks: number, type: number): Partition {
  return {
    number,
    offsetBytes: firstBlock * SECTOR_BYTES,
    sizeBytes: blocks * SECTOR_BYTES,
    type: `0x${type.toString(16).padStart(2, '0')}`,
    typeName: TYPE_NAMES.get(type) ?? '',
    label: null,
    uuid: null,
    bootable: false,
    container: type === TYPE_VOLUME_HEADER || type === TYPE_WHOLE_VOLUME,
    attributes: [],
  };
}
