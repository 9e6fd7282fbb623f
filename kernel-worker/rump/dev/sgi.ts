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

const TYPE_NAMES: Readonly<Record<number, string>> = {
  0: 'Volume header',
  1: 'Replacement tracks',
  2: 'Replacement sectors',
  3: 'Swap space',
  4: 'BSD',
  5: 'Unix System V',
  6: 'Whole volume',
  7: 'SGI EFS',
  8: 'Logical volume',
  9: 'Raw logical volume',
  10: 'SGI XFS',
  11: 'SGI XFS log',
  12: 'SGI XLV volume',
  13: 'SGI XVM volume',
  130: 'Linux swap',
  131: 'Linux',
  142: 'Linux LVM',
  253: 'Linux RAID',
};

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
    typeName: Object.hasOwn(TYPE_NAMES, type) ? TYPE_NAMES[type] : '',
    label: null,
    uuid: null,
    bootable: false,
    container: type === TYPE_VOLUME_HEADER || type === TYPE_WHOLE_VOLUME,
    attributes: [],
  };
}
