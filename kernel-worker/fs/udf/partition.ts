/** Partitions whose blocks lie on the medium one behind the other (type 1 maps), and those that cannot be read. ECMA-167 3/10.5, 3/10.7.2. */

import { damaged, type KernelError } from '../../rump/errno.ts';
import type { PartitionDescriptor } from './format.ts';
import type { PartitionSpace } from './volume.ts';

/** EUCLEAN for a block behind the partition's end. */
export function checkBlock(descriptor: PartitionDescriptor, block: number): void {
  if (block < descriptor.lengthBlocks) return;
  throw damaged('an address lies behind the end of its partition', {
    expected: `less than block ${descriptor.lengthBlocks}`,
    found: block,
  });
}

export function physicalPartition(descriptor: PartitionDescriptor, blockSize: number): PartitionSpace {
  return {
    kind: 'physical',
    locate(block) {
      checkBlock(descriptor, block);
      return { byteOffset: (descriptor.start + block) * blockSize, blocks: descriptor.lengthBlocks - block };
    },
    copyOf: () => null,
  };
}

/** A partition that every use of fails with the same words. */
export function unreadablePartition(failure: KernelError): PartitionSpace {
  return {
    kind: 'unknown',
    locate() {
      throw failure;
    },
    copyOf: () => null,
  };
}
