/** Block hypercalls over bytes in memory: for tests, and for images that are small enough. */

import type { BlockHypercalls } from './rumpuser.ts';

export function memoryBlocks(bytes: Uint8Array, sectorSize = 512): BlockHypercalls {
  return {
    sizeBytes: bytes.length,
    sectorSize,
    pread(into, byteOffset) {
      const available = bytes.subarray(byteOffset, byteOffset + into.length);
      into.set(available);
      return available.length;
    },
  };
}
