/** Sparable partitions: packets of blocks that were found bad are replaced by others that a sparing table names. UDF 2.60, 2.2.9 and 2.2.12. */

import { asKernelError, damaged, removedError } from '../../rump/errno.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { entityAt, type PartitionDescriptor, type PartitionMap } from './format.ts';
import { checkBlock } from './partition.ts';
import { checkedTag, TAG } from './tag.ts';
import type { PartitionSpace } from './volume.ts';

const TABLE_HEADER = 56;
/** Original locations from here on mark entries that map nothing: 0xFFFFFFFF free, 0xFFFFFFF0 unusable. */
const FIRST_SPECIAL = 0xfffffff0;

interface SparingTable {
  sequence: number;
  /** Original packets' first blocks, ascending, and where each lies now in blocks of the medium. */
  originals: number[];
  mapped: number[];
}

/** Faults of tables are told through `notice`; without any readable table nothing is known to be replaced. */
export function sparablePartition(
  device: FsDevice,
  blockSize: number,
  descriptor: PartitionDescriptor,
  map: PartitionMap & { kind: 'sparable' },
  notice: (text: string) => void,
): PartitionSpace {
  if (map.packetBlocks === 0) throw damaged('the sparable partition has packets of no length');
  const table = newestTable(device, blockSize, map);
  if (table === null) notice('No sparing table can be read: blocks that were replaced read as their old content.');
  const { originals, mapped } = table ?? { originals: [], mapped: [] };
  return {
    kind: 'sparable',
    locate(block) {
      checkBlock(descriptor, block);
      const within = block % map.packetBlocks;
      const index = firstNotBefore(originals, block - within);
      if (originals[index] === block - within)
        return { byteOffset: (mapped[index] + within) * blockSize, blocks: map.packetBlocks - within };
      const end = index < originals.length ? originals[index] : descriptor.lengthBlocks;
      return {
        byteOffset: (descriptor.start + block) * blockSize,
        blocks: Math.min(end, descriptor.lengthBlocks) - block,
      };
    },
    copyOf: () => null,
  };
}

/** Index of the first element that is not less than `wanted`. */
function firstNotBefore(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function newestTable(
  device: FsDevice,
  blockSize: number,
  map: PartitionMap & { kind: 'sparable' },
): SparingTable | null {
  let newest: SparingTable | null = null;
  for (const block of map.tableBlocks) {
    try {
      const table = readTable(device, block, blockSize, map.tableBytes);
      if (newest === null || table.sequence > newest.sequence) newest = table;
    } catch (error) {
      if (asKernelError(error).kind === 'removed') throw removedError();
    }
  }
  return newest;
}

/** EUCLEAN for what is no sparing table. The count of entries is 16 bits, so that a table takes half a MiB at most. */
function readTable(device: FsDevice, block: number, blockSize: number, tableBytes: number): SparingTable {
  const byteOffset = block * blockSize;
  const header = device.bread(byteOffset, TABLE_HEADER);
  const needed = TABLE_HEADER + 8 * u16le(header, 48);
  if (u16le(header, 0) !== TAG.sparingTable || entityAt(header, 16) !== '*UDF Sparing Table' || needed > tableBytes)
    throw damaged('the sparing table is not where it should be', { byteOffset });
  const bytes = device.bread(byteOffset, Math.max(needed, Math.min(blockSize, tableBytes)));
  checkedTag(bytes, 'the sparing table', [TAG.sparingTable], { byteOffset, location: block });
  const entries: Array<[number, number]> = [];
  for (let at = TABLE_HEADER; at < needed; at += 8) {
    const original = u32le(bytes, at);
    if (original < FIRST_SPECIAL) entries.push([original, u32le(bytes, at + 4)]);
  }
  entries.sort((a, b) => a[0] - b[0]);
  return {
    sequence: u32le(bytes, 52),
    originals: entries.map(([original]) => original),
    mapped: entries.map(([, moved]) => moved),
  };
}
