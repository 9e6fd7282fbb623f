/** Sun disk label with its table of contents (VTOC): dklabel.h of SunOS; big-endian, 512 bytes, the exclusive or of its 16-bit words is zero. */

import { asciiAt, u16be, u32be } from '../vfs/bytes.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import type { Partition, PartitionTable } from './partitions.ts';

const MAGIC = 0xdabe;
const VTOC_SANITY = 0x600ddeee;
const PARTITION_COUNT = 8;
const SECTOR_BYTES = 512;
const TAG_WHOLE_DISK = 5;
/** VTOC flag: not to be mounted. */
const FLAG_UNMOUNTABLE = 0x01;

const TAG_NAMES = new Map<number, string>([
  [0x00, 'unassigned'],
  [0x01, 'SunOS boot'],
  [0x02, 'SunOS root'],
  [0x03, 'SunOS swap'],
  [0x04, 'SunOS usr'],
  [0x05, 'Whole disk'],
  [0x06, 'SunOS stand'],
  [0x07, 'SunOS var'],
  [0x08, 'SunOS home'],
  [0x09, 'SunOS alternate sectors'],
  [0x0a, 'SunOS cachefs'],
  [0x0b, 'SunOS reserved'],
  [0x82, 'Linux swap'],
  [0x83, 'Linux'],
  [0x8e, 'Linux LVM'],
  [0xfd, 'Linux RAID'],
]);

/** The label in `sector`, or null. */
export function readSun(device: FsDevice, sector: Uint8Array): PartitionTable | null {
  if (u16be(sector, 508) !== MAGIC) return null;
  let checksum = 0;
  for (let at = 0; at < 512; at += 2) checksum ^= u16be(sector, at);
  if (checksum !== 0) return null;
  const cylinderSectors = u16be(sector, 436) * u16be(sector, 438);
  const hasVtoc = u32be(sector, 188) === VTOC_SANITY;
  const partitions: Partition[] = [];
  for (let index = 0; index < PARTITION_COUNT; index++) {
    const at = 444 + index * 8;
    const sectors = u32be(sector, at + 4);
    if (sectors === 0) continue;
    // Without a VTOC the third partition is the whole disk by convention.
    const tag = hasVtoc ? u16be(sector, 142 + index * 4) : index === 2 ? TAG_WHOLE_DISK : 0;
    const unmountable = hasVtoc && (u16be(sector, 144 + index * 4) & FLAG_UNMOUNTABLE) !== 0;
    partitions.push({
      number: index + 1,
      offsetBytes: u32be(sector, at) * cylinderSectors * SECTOR_BYTES,
      sizeBytes: sectors * SECTOR_BYTES,
      type: `0x${tag.toString(16).padStart(2, '0')}`,
      typeName: TAG_NAMES.get(tag) ?? '',
      label: null,
      uuid: null,
      bootable: false,
      container: tag === TAG_WHOLE_DISK,
      attributes: unmountable ? ['not to be mounted'] : [],
    });
  }
  const label = hasVtoc ? asciiAt(sector, 132, 8) : '';
  return {
    scheme: 'sun',
    sectorSize: device.sectorSize,
    uuid: label === '' ? null : label,
    partitions: partitions.filter((p) => Number.isSafeInteger(p.offsetBytes + p.sizeBytes)),
    wholeMedium: false,
    notices: [],
  };
}
