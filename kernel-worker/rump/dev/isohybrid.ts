/**
 * ISO 9660 images that also carry a partition table, so that they boot from a stick: the whole medium is then the file system.
 * Primary volume descriptor: ECMA-119 §8.4, at byte 32768.
 */

import { hasText, u16le, u32le } from '../vfs/bytes.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import type { Partition } from './partitions.ts';
import { tableBytes } from './tablebytes.ts';

const PVD_OFFSET = 32768;
/** Makers pad hybrid images to a cylinder (at most 1 MiB) and put the backup GPT behind that. */
const PADDING_BYTES = 2 * 1024 * 1024;

/** Whether there is an ISO 9660 primary volume descriptor in its place. */
export function hasIso9660(device: FsDevice): boolean {
  return descriptorOf(device) !== null;
}

/**
 * Whether the medium as a whole is an ISO 9660 file system beside these partitions. A descriptor that an earlier image left in the gap before the
 * first partition does not count: then no partition covers it, and the partitions reach beyond that image's end.
 */
export function carriesIso9660(device: FsDevice, partitions: readonly Partition[]): boolean {
  const descriptor = descriptorOf(device);
  if (descriptor === null) return false;
  const covers = (p: Partition) => p.offsetBytes <= PVD_OFFSET && p.offsetBytes + p.sizeBytes > PVD_OFFSET;
  if (partitions.some((p) => covers(p) && p.type !== '0xee')) return true;
  const isoEnd = u32le(descriptor, 80) * u16le(descriptor, 128);
  return partitions.every((p) => p.offsetBytes + p.sizeBytes <= isoEnd + PADDING_BYTES);
}

function descriptorOf(device: FsDevice): Uint8Array | null {
  const descriptor = tableBytes(device, PVD_OFFSET, 2048);
  return descriptor !== null && descriptor[0] === 1 && hasText(descriptor, 1, 'CD001') ? descriptor : null;
}
