/** The mounted volume: partitions as the logical volume's maps number them, and reading of blocks and descriptors in them. */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import type { BlockAddress } from './format.ts';
import { checkedTag } from './tag.ts';

/** Where a block lies on the device, and how many blocks from it on lie there one behind the other. */
export interface BlockRun {
  byteOffset: number;
  blocks: number;
}

/** A partition as a partition map shows it: physical blocks, or blocks that a table moves about. */
export interface PartitionSpace {
  readonly kind: 'physical' | 'virtual' | 'sparable' | 'metadata' | 'unknown';
  /** EUCLEAN for a block that is not in the partition, EOPNOTSUPP for a kind that is not read. */
  locate(block: number): BlockRun;
  /** Where a second copy of the block lies, or null. Never throws. */
  copyOf(block: number): number | null;
}

export interface Volume {
  readonly device: FsDevice;
  readonly blockSize: number;
  readonly partitions: PartitionSpace[];
}

export function partitionNumbered(volume: Volume, number: number): PartitionSpace {
  const partition = volume.partitions[number];
  if (partition === undefined)
    throw damaged('an address names a partition that the volume does not have', {
      expected: `less than ${volume.partitions.length}`,
      found: number,
    });
  return partition;
}

/** A descriptor that was read: its block's bytes, where it stands on the device, and its tag's identifier. */
export interface Descriptor {
  bytes: Uint8Array;
  byteOffset: number;
  identifier: number;
}

/**
 * The descriptor at an address, its tag checked. Where the partition keeps a second copy of its blocks (metadata mirror), that one is taken if the
 * first cannot be read or is damaged. EUCLEAN, EIO.
 */
export function readDescriptor(
  volume: Volume,
  address: BlockAddress,
  what: string,
  tags: readonly number[],
): Descriptor {
  const partition = partitionNumbered(volume, address.partition);
  const read = (byteOffset: number): Descriptor => {
    const bytes = volume.device.bread(byteOffset, volume.blockSize);
    return { bytes, byteOffset, identifier: checkedTag(bytes, what, tags, { byteOffset, location: address.block }) };
  };
  try {
    return read(partition.locate(address.block).byteOffset);
  } catch (error) {
    const failure = asKernelError(error);
    const copy = failure.kind === 'removed' ? null : partition.copyOf(address.block);
    if (copy === null) throw failure;
    return insteadOf(failure, () => read(copy));
  }
}

/** What `other` gives; if that fails too, the first failure, which tells where the structure should be. */
export function insteadOf<Value>(first: KernelError, other: () => Value): Value {
  try {
    return other();
  } catch (error) {
    const failure = asKernelError(error);
    throw failure.kind === 'removed' ? failure : first;
  }
}

/** true for failures after which a second copy is worth a try. */
export function isRepairable(error: unknown): error is KernelError {
  return error instanceof KernelError && (error.kind === 'medium' || error.kind === 'damage');
}
