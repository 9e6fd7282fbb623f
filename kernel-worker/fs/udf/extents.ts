/**
 * Where the content of a file lies: allocation descriptors (short, long, extended, embedded) and the chain of further extents of them.
 * ECMA-167 4/12, 4/14.5, 4/14.14; UDF 2.60, 2.3.10 to 2.3.12.
 */

import { damaged, unsupported } from '../../rump/errno.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { LruMap } from '../../rump/vfs/lru.ts';
import type { Run } from '../../rump/vfs/vnode.ts';
import { ALLOCATION, descriptorBytes, type FileEntry } from './fileentry.ts';
import type { BlockAddress } from './format.ts';
import { TAG } from './tag.ts';
import { partitionNumbered, readDescriptor, type Volume } from './volume.ts';

/** The upper two bits of an extent's length: ECMA-167 4/14.14.1.1. */
const RECORDED = 0;
const CONTINUATION = 3;
const DESCRIPTOR_BYTES = [8, 16, 20] as const;
const AED_HEADER = 24;

/** More extents than this in one file would be a file of a GiB without two blocks side by side; the lists are kept in memory. */
const MAX_EXTENTS = 1 << 19;
/** Lists longer than a file entry can hold are kept for the files used last only: four take 26 MB at most. */
const LONG_LIST = 512;
const MAX_LONG_LISTS = 4;

/** Extents in the order of the file; those that lie one behind the other on the medium are one. */
export interface ExtentList {
  count: number;
  /** Byte in the file where each extent begins; one more for the end of the last. */
  starts: Float64Array;
  blocks: Uint32Array;
  /** Partition map number, or HOLE. */
  partitions: Uint16Array;
}

/** Stands for extents that are not recorded and read as zeros. No partition has this number: a descriptor block holds less than 4096/6 maps. */
const HOLE = 0xffff;

const EMPTY: ExtentList = {
  count: 0,
  starts: new Float64Array(1),
  blocks: new Uint32Array(0),
  partitions: new Uint16Array(0),
};

class ListBuilder {
  list: ExtentList = {
    count: 0,
    starts: new Float64Array(9),
    blocks: new Uint32Array(8),
    partitions: new Uint16Array(8),
  };
  private readonly blockSize: number;

  constructor(blockSize: number) {
    this.blockSize = blockSize;
  }

  add(block: number, partition: number, lengthBytes: number): void {
    if (!this.continues(block, partition)) {
      if (this.list.count === this.list.blocks.length) this.grow();
      this.list.blocks[this.list.count] = block;
      this.list.partitions[this.list.count] = partition;
      this.list.count += 1;
      this.list.starts[this.list.count] = this.list.starts[this.list.count - 1];
    }
    this.list.starts[this.list.count] += lengthBytes;
  }

  /**
   * The list, its last extent up to the end of its block: Linux (6.1) leaves the length of the last descriptor as it was when it appends to a file
   * within its last block, and reads the whole block.
   */
  finished(): ExtentList {
    const { list } = this;
    if (list.count > 0) {
      const length = list.starts[list.count] - list.starts[list.count - 1];
      list.starts[list.count] += Math.ceil(length / this.blockSize) * this.blockSize - length;
    }
    return list;
  }

  private continues(block: number, partition: number): boolean {
    const { count, starts, blocks, partitions } = this.list;
    if (count === 0 || partitions[count - 1] !== partition) return false;
    if (partition === HOLE) return true;
    const length = starts[count] - starts[count - 1];
    return length % this.blockSize === 0 && blocks[count - 1] + length / this.blockSize === block;
  }

  private grow(): void {
    const { count, starts, blocks, partitions } = this.list;
    if (count >= MAX_EXTENTS) throw damaged('a file has more extents than can be', { expected: `at most ${count}` });
    const larger: ExtentList = {
      count,
      starts: new Float64Array(2 * count + 1),
      blocks: new Uint32Array(2 * count),
      partitions: new Uint16Array(2 * count),
    };
    larger.starts.set(starts);
    larger.blocks.set(blocks);
    larger.partitions.set(partitions);
    this.list = larger;
  }
}

/** Reads the whole list. EUCLEAN for chains that loop or lead nowhere, EOPNOTSUPP for transformed extents. */
export function readExtents(volume: Volume, entry: FileEntry): ExtentList {
  const width = DESCRIPTOR_BYTES[entry.allocation];
  if (width === undefined)
    throw damaged('a file entry has an unknown kind of allocation descriptors', { found: entry.allocation });
  if (entry.size === 0) return EMPTY;
  const builder = new ListBuilder(volume.blockSize);
  let bytes = descriptorBytes(volume.device, entry);
  let partition = entry.address.partition;
  // Each further extent of descriptors takes a block of its own, so that a chain longer than the medium is a loop.
  const maxChain = Math.min(Math.ceil(volume.device.sizeBytes / volume.blockSize), MAX_EXTENTS);
  const met = new Set<number>();
  for (let chain = 0; chain <= maxChain; chain++) {
    const next = addDescriptors(builder, bytes, entry.allocation, partition);
    if (next === null || builder.list.starts[builder.list.count] >= entry.size) return builder.finished();
    const address = next.partition * 2 ** 32 + next.block;
    if (met.has(address)) break;
    met.add(address);
    bytes = continuationAt(volume, next);
    partition = next.partition;
  }
  throw damaged('the allocation descriptors of a file run in a circle');
}

/** Takes the descriptors of one extent of them; the address of the next extent, or null at the end. */
function addDescriptors(
  builder: ListBuilder,
  bytes: Uint8Array,
  kind: number,
  ownPartition: number,
): BlockAddress | null {
  const width = DESCRIPTOR_BYTES[kind];
  for (let at = 0; at + width <= bytes.length; at += width) {
    const typeAndLength = u32le(bytes, at);
    const length = typeAndLength & 0x3fffffff;
    const type = typeAndLength >>> 30;
    if (length === 0) return null;
    const addressAt = kind === ALLOCATION.extended ? at + 12 : at + 4;
    const block = u32le(bytes, addressAt);
    const partition = kind === ALLOCATION.short ? ownPartition : u16le(bytes, addressAt + 4);
    if (type === CONTINUATION) return { block, partition };
    const lengthBytes = kind === ALLOCATION.extended ? contentLength(bytes, at, type) : length;
    builder.add(type === RECORDED ? block : 0, type === RECORDED ? partition : HOLE, lengthBytes);
  }
  return null;
}

/** Of an extended descriptor: the information length, which is what the recorded bytes stand for (ECMA-167 4/14.14.3). */
function contentLength(bytes: Uint8Array, at: number, type: number): number {
  const recorded = u32le(bytes, at + 4) & 0x3fffffff;
  const information = u32le(bytes, at + 8);
  if (type === RECORDED && recorded !== information)
    throw unsupported('extents whose recorded bytes are not the content', { expected: information, found: recorded });
  return information;
}

/** The descriptors of an allocation extent: ECMA-167 4/14.5. */
function continuationAt(volume: Volume, address: BlockAddress): Uint8Array {
  const descriptor = readDescriptor(volume, address, 'an allocation extent descriptor', [TAG.allocationExtent]);
  const length = u32le(descriptor.bytes, 20);
  if (AED_HEADER + length > descriptor.bytes.length)
    throw damaged('an allocation extent descriptor is longer than its block', {
      byteOffset: descriptor.byteOffset + 20,
      expected: `at most ${descriptor.bytes.length - AED_HEADER}`,
      found: length,
    });
  return descriptor.bytes.subarray(AED_HEADER, AED_HEADER + length);
}

/** A file entry with its extents, read when they are first needed. */
export interface Content {
  entry: FileEntry;
  extents: ExtentList | null;
}

export interface ExtentLists {
  of(content: Content): ExtentList;
}

/** Short lists stay with their file, long ones in a small cache, so that many files with long lists cannot fill the memory. */
export function extentLists(volume: Volume): ExtentLists {
  const longLists = new LruMap<FileEntry, ExtentList>(MAX_LONG_LISTS);
  return {
    of(content) {
      const known = content.extents ?? longLists.get(content.entry);
      if (known !== undefined) return known;
      const list = readExtents(volume, content.entry);
      if (list.count > LONG_LIST) longLists.set(content.entry, list);
      else content.extents = list;
      return list;
    },
  };
}

/** An address within a partition, and how many bytes of the content follow there one behind the other. */
interface Place {
  partition: number;
  block: number;
  /** Byte within the block. */
  within: number;
  lengthBytes: number;
}

/** Where byte `fileOffset` of a list lies; of a hole the length only. EUCLEAN behind the last extent. */
export function placeOf(list: ExtentList, fileOffset: number, blockSize: number): Place | { lengthBytes: number } {
  if (fileOffset >= list.starts[list.count])
    throw damaged('a file is longer than its extents', {
      expected: `at most ${list.starts[list.count]} bytes`,
      found: `byte ${fileOffset}`,
    });
  let low = 0;
  let high = list.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list.starts[middle] <= fileOffset) low = middle;
    else high = middle - 1;
  }
  const lengthBytes = list.starts[low + 1] - fileOffset;
  if (list.partitions[low] === HOLE) return { lengthBytes };
  const inExtent = fileOffset - list.starts[low];
  const blocks = Math.floor(inExtent / blockSize);
  return {
    partition: list.partitions[low],
    block: list.blocks[low] + blocks,
    within: inExtent - blocks * blockSize,
    lengthBytes,
  };
}

/** Files that hold a partition have to lie in partitions that need no other file, or looking a block up would never end. EUCLEAN. */
export function checkPlain(volume: Volume, lists: ExtentLists, content: Content): void {
  if (content.entry.allocation === ALLOCATION.embedded) return;
  const list = lists.of(content);
  for (let i = 0; i < list.count; i++) {
    if (list.partitions[i] === HOLE) continue;
    const { kind } = partitionNumbered(volume, list.partitions[i]);
    if (kind !== 'physical' && kind !== 'sparable')
      throw damaged('a file that holds a partition lies in another such partition', { found: kind });
  }
}

/** The run of the content that holds byte `fileOffset`, as VOP_BMAP gives it. */
export function runOf(volume: Volume, lists: ExtentLists, content: Content, fileOffset: number): Run {
  const { entry } = content;
  if (entry.allocation === ALLOCATION.embedded) return embeddedRun(entry, fileOffset);
  const place = placeOf(lists.of(content), fileOffset, volume.blockSize);
  if (!('block' in place)) return { deviceOffset: null, lengthBytes: place.lengthBytes };
  const run = partitionNumbered(volume, place.partition).locate(place.block);
  const deviceOffset = run.byteOffset + place.within;
  const available = Math.min(run.blocks * volume.blockSize - place.within, volume.device.sizeBytes - deviceOffset);
  if (available < 1)
    throw damaged('a file lies behind the end of the medium', {
      byteOffset: deviceOffset,
      expected: `less than ${volume.device.sizeBytes}`,
      found: deviceOffset,
    });
  return { deviceOffset, lengthBytes: Math.min(place.lengthBytes, available) };
}

function embeddedRun(entry: FileEntry, fileOffset: number): Run {
  const lengthBytes = entry.descriptorsLength - fileOffset;
  if (lengthBytes < 1)
    throw damaged('a file is longer than its content', {
      byteOffset: entry.descriptorsAt,
      expected: `at most ${entry.descriptorsLength} bytes`,
      found: entry.size,
    });
  return { deviceOffset: entry.descriptorsAt + fileOffset, lengthBytes };
}
