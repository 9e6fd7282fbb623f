/** Free space: from the integrity descriptor where it is closed, else from space bitmaps and tables. ECMA-167 4/10, 4/14.11, 4/14.12; UDF 2.60, 2.3.3, 2.3.7, 2.3.8. */

import { asKernelError, damaged, removedError } from '../../rump/errno.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { readWhole, type Store } from './content.ts';
import { ALLOCATION, FILE_TYPE } from './fileentry.ts';
import type { BlockAddress, Integrity, PartitionDescriptor } from './format.ts';
import { readFileEntry } from './icb.ts';
import { TAG } from './tag.ts';
import { partitionNumbered, readDescriptor, type Volume } from './volume.ts';

const NOT_TOLD = 0xffffffff;
const BITMAP_HEADER = 24;
const SPACE_ENTRY_HEADER = 40;
/** Larger bitmaps are not counted: 4 MiB tell of 64 GiB in blocks of 2048 bytes, and reading more takes seconds from a stick. */
const MAX_BITMAP_BYTES = 4 * 1024 * 1024;

/** A partition that has blocks of its own: its map number and its descriptor. */
export interface SpacePartition {
  number: number;
  descriptor: PartitionDescriptor;
}

/** Free blocks of all partitions; null where the volume does not say, or where counting would take long. Throws only when the medium is gone. */
export function freeBlocks(volume: Volume, partitions: SpacePartition[], integrity: Integrity | null): number | null {
  let sum = 0;
  for (const { number, descriptor } of partitions) {
    const told = integrity?.freeBlocks[number] ?? NOT_TOLD;
    const free = integrity?.closed && told !== NOT_TOLD ? told : counted(volume, number, descriptor);
    if (free === null || free > descriptor.lengthBlocks) return null;
    sum += free;
  }
  return sum;
}

function counted(volume: Volume, partition: number, descriptor: PartitionDescriptor): number | null {
  try {
    if (descriptor.unallocatedBitmap !== null)
      return countBitmap(volume, { block: descriptor.unallocatedBitmap.block, partition });
    if (descriptor.unallocatedTable !== null)
      return countTable(volume, { block: descriptor.unallocatedTable.block, partition });
    return null;
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw removedError();
    return null;
  }
}

/** Free blocks of a metadata partition by its bitmap file (UDF 2.60, 2.2.13.2); null where there is none that can be read. */
export function freeMetadataBlocks(store: Store, address: BlockAddress): number | null {
  try {
    const entry = readFileEntry(store.volume, address);
    if (entry.fileType !== FILE_TYPE.metadataBitmap) return null;
    const bytes = readWhole(store, { entry, extents: null }, BITMAP_HEADER + MAX_BITMAP_BYTES, 'a metadata bitmap');
    const bits = u32le(bytes, 16);
    if (u16le(bytes, 0) !== TAG.spaceBitmap || BITMAP_HEADER + Math.ceil(bits / 8) > bytes.length) return null;
    return setBits(bytes.subarray(BITMAP_HEADER), bits);
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw removedError();
    return null;
  }
}

/** Set bits are free blocks. The descriptor's CRC covers its header only or all of it, so that the tag is checked by its first block where it can be. */
function countBitmap(volume: Volume, address: BlockAddress): number | null {
  const { device, blockSize } = volume;
  const run = partitionNumbered(volume, address.partition).locate(address.block);
  const header = device.bread(run.byteOffset, blockSize);
  if (u16le(header, 0) !== TAG.spaceBitmap)
    throw damaged('the space bitmap is not where it should be', { byteOffset: run.byteOffset });
  const bits = u32le(header, 16);
  const bytes = Math.ceil(bits / 8);
  if (bytes > MAX_BITMAP_BYTES || bytes > u32le(header, 20) || BITMAP_HEADER + bytes > run.blocks * blockSize)
    return null;
  const bitmap = new Uint8Array(bytes);
  device.read(run.byteOffset + BITMAP_HEADER, bitmap);
  return setBits(bitmap, bits);
}

function setBits(bitmap: Uint8Array, bits: number): number {
  let count = 0;
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) count += BITS_OF[bitmap[i]];
  if (bits & 7) count += BITS_OF[bitmap[whole] & ((1 << (bits & 7)) - 1)];
  return count;
}

const BITS_OF = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1;
  return count;
});

/** Unallocated space entry: the free extents as allocation descriptors. */
function countTable(volume: Volume, address: BlockAddress): number | null {
  const { bytes } = readDescriptor(volume, address, 'the unallocated space entry', [TAG.unallocatedSpaceEntry]);
  const kind = bytes[34] & 7;
  if (kind !== ALLOCATION.short && kind !== ALLOCATION.long) return null;
  const end = Math.min(SPACE_ENTRY_HEADER + u32le(bytes, 36), bytes.length);
  let free = 0;
  for (let at = SPACE_ENTRY_HEADER; at + 8 <= end; at += kind === ALLOCATION.short ? 8 : 16) {
    const typeAndLength = u32le(bytes, at);
    if ((typeAndLength & 0x3fffffff) === 0) break;
    if (typeAndLength >>> 30 === 3) return null;
    free += Math.ceil((typeAndLength & 0x3fffffff) / volume.blockSize);
  }
  return free;
}
