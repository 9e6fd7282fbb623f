/** The allocation bitmap (§7.1.5): which clusters are in use; the first bit is cluster 2's. */

import { asKernelError } from '../../rump/errno.ts';
import type { VolumeStructure } from './rootentries.ts';
import type { Volume } from './volume.ts';

/** The longest bitmap that is counted: of 128 million clusters, ten times what the specification recommends. */
const MAX_COUNTED_BYTES = 16 * 1024 * 1024;
/** Set bits of every byte value. */
const BITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest !== 0; rest >>= 1) count += rest & 1;
  return count;
});

/** How many clusters are free; null if the bitmap cannot be read, is too short or too long. */
export function countFreeClusters(volume: Volume, structure: VolumeStructure): number | null {
  const { clusterCount } = volume.boot;
  const lengthBytes = Math.ceil(clusterCount / 8);
  if (structure.size < lengthBytes || lengthBytes > MAX_COUNTED_BYTES) return null;
  const bitmap = new Uint8Array(lengthBytes);
  try {
    volume.readStart({ ...structure, contiguous: false }, bitmap);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return null;
  }
  const spare = lengthBytes * 8 - clusterCount;
  bitmap[lengthBytes - 1] &= 0xff >> spare;
  let used = 0;
  for (const byte of bitmap) used += BITS[byte];
  return clusterCount - used;
}
