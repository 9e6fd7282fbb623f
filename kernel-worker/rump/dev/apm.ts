/**
 * Apple partition map: Inside Macintosh: Devices, chapter 3 (SCSI Manager), "Driver descriptor record" and "Partition map". The map is an array of
 * block-sized entries from the second block on; the first block says how long a block is.
 */

import { asciiAt, u16be, u32be } from '../vfs/bytes.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import { apmTypeName } from './apmtypes.ts';
import type { Partition, PartitionTable } from './partitions.ts';
import { sectorSizesToTry, tableBytes } from './tablebytes.ts';

const DRIVER_DESCRIPTOR = 0x4552; // 'ER'
const MAP_ENTRY = 0x504d; // 'PM'
/** As Linux: it has no more minor numbers for a disk; Apple's tools stop at 63. */
const MAX_ENTRIES = 255;
/** pmPartStatus: the partition's boot code is valid. */
const STATUS_BOOT_VALID = 0x08;

/** The map, or null. `sector` is the medium's first. */
export function readApm(device: FsDevice, sector: Uint8Array): PartitionTable | null {
  const described = u16be(sector, 0) === DRIVER_DESCRIPTOR;
  const toldSize = described ? u16be(sector, 2) : 0;
  const sizes = [512, 1024, 2048, 4096].includes(toldSize)
    ? [toldSize, ...sectorSizesToTry(device)]
    : sectorSizesToTry(device);
  for (const blockSize of new Set(sizes)) {
    const partitions = readEntries(device, blockSize);
    // Without a driver descriptor, two bytes of signature are not enough: the map must describe itself.
    if (partitions.length === 0 || (!described && !partitions.some((p) => p.type === 'Apple_partition_map'))) continue;
    const notices: string[] = [];
    if (!described) notices.push('The driver descriptor before the Apple partition map is missing.');
    else if (blockSize !== toldSize) notices.push('The driver descriptor gives a wrong block size; another was found.');
    noteMapLength(device, blockSize, partitions.length, notices);
    return { scheme: 'apm', sectorSize: blockSize, uuid: null, partitions, wholeMedium: false, notices };
  }
  return null;
}

/** All entries as far as they have their signature and as the first says that there are; where that cannot be, as far as they have it. */
function readEntries(device: FsDevice, blockSize: number): Partition[] {
  const partitions: Partition[] = [];
  let count = MAX_ENTRIES;
  for (let number = 1; number <= count; number++) {
    const entry = tableBytes(device, number * blockSize, 512);
    if (entry === null || u16be(entry, 0) !== MAP_ENTRY) break;
    if (number === 1 && isPossibleCount(u32be(entry, 4))) count = u32be(entry, 4);
    partitions.push(partitionOf(entry, number, blockSize));
  }
  return partitions;
}

function isPossibleCount(count: number): boolean {
  return count >= 1 && count <= MAX_ENTRIES;
}

function noteMapLength(device: FsDevice, blockSize: number, found: number, notices: string[]): void {
  const first = tableBytes(device, blockSize, 512);
  const told = first === null ? 0 : u32be(first, 4);
  if (!isPossibleCount(told))
    notices.push(`The Apple partition map gives an impossible number of entries; ${found} were found.`);
  else if (found < told) notices.push(`The Apple partition map should have ${told} entries; ${found} were found.`);
}

function partitionOf(entry: Uint8Array, number: number, blockSize: number): Partition {
  const type = asciiAt(entry, 48, 32);
  const label = asciiAt(entry, 16, 32);
  const typeName = apmTypeName(type);
  return {
    number,
    offsetBytes: u32be(entry, 8) * blockSize,
    sizeBytes: u32be(entry, 12) * blockSize,
    type,
    typeName: typeName.name,
    label: label === '' ? null : label,
    uuid: null,
    bootable: (u32be(entry, 88) & STATUS_BOOT_VALID) !== 0 && !typeName.container,
    container: typeName.container,
    attributes: [],
  };
}
