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
  const sizes = sectorSizesToTry(device);
  if (sizes.includes(toldSize)) sizes.unshift(toldSize);
  for (const blockSize of new Set(sizes)) {
    const map = readMap(device, blockSize);
    // Without a driver descriptor, two bytes of signature are not enough: the map must describe itself.
    if (map === null || (!described && !map.partitions.some((p) => p.type === 'Apple_partition_map'))) continue;
    const { partitions, notices } = map;
    if (!described) notices.unshift('The driver descriptor before the Apple partition map is missing.');
    else if (blockSize !== toldSize)
      notices.unshift('The driver descriptor gives a wrong block size; another was found.');
    return { scheme: 'apm', sectorSize: blockSize, uuid: null, partitions, wholeMedium: false, notices };
  }
  return null;
}

/** The entries that have their signature; null if there is none among the first. */
function readMap(device: FsDevice, blockSize: number): { partitions: Partition[]; notices: string[] } | null {
  const told = toldCount(device, blockSize);
  if (told === null) return null;
  const partitions: Partition[] = [];
  for (let number = 1; number <= (told || MAX_ENTRIES); number++) {
    const entry = mapEntry(device, blockSize, number);
    if (entry !== null) partitions.push(partitionOf(entry, number, blockSize));
    else if (told === 0) break;
  }
  const found = partitions.length;
  const notices: string[] = [];
  if (told === 0) notices.push(`The Apple partition map gives an impossible number of entries; ${found} were found.`);
  else if (found < told) notices.push(`The Apple partition map should have ${told} entries; ${found} were found.`);
  return { partitions, notices };
}

/** Every entry says how many there are: what the first says, or the next if that one is damaged. 0: nothing possible; null: no entry here. */
function toldCount(device: FsDevice, blockSize: number): number | null {
  let found = false;
  for (let number = 1; number <= 3; number++) {
    const entry = mapEntry(device, blockSize, number);
    if (entry === null) continue;
    found = true;
    const count = u32be(entry, 4);
    if (count >= 1 && count <= MAX_ENTRIES) return count;
  }
  return found ? 0 : null;
}

function mapEntry(device: FsDevice, blockSize: number, number: number): Uint8Array | null {
  const entry = tableBytes(device, number * blockSize, 512);
  return entry !== null && u16be(entry, 0) === MAP_ENTRY ? entry : null;
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
