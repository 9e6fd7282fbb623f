/** Block hypercalls that inject errors into others: how a dying stick reads, for tests. */

import { type BlockHypercalls, HypercallError } from './rumpuser.ts';

export interface FaultyBlocks extends BlockHypercalls {
  /** How many reads were asked so far. */
  readonly reads: number;
}

/**
 * From the `failingRead`-th read on (counted from 1), that read's byte range cannot be read any more: every read that touches its first sector
 * fails with EIO, as a bad sector does.
 */
export function faultyBlocks(under: BlockHypercalls, failingRead: number): FaultyBlocks {
  let reads = 0;
  let badSector = -1;
  const size = under.sectorSize;
  return {
    sizeBytes: under.sizeBytes,
    sectorSize: size,
    get reads() {
      return reads;
    },
    pread(into, byteOffset) {
      reads += 1;
      if (reads === failingRead) badSector = Math.floor(byteOffset / size);
      const badOffset = badSector * size;
      if (badSector >= 0 && byteOffset < badOffset + size && byteOffset + into.length > badOffset) {
        throw new HypercallError('EIO', 'injected read error');
      }
      return under.pread(into, byteOffset);
    },
  };
}

/** All reads that touch [badOffset, badOffset + lengthBytes) fail with EIO. */
export function badRangeBlocks(under: BlockHypercalls, badOffset: number, lengthBytes: number): BlockHypercalls {
  return {
    sizeBytes: under.sizeBytes,
    sectorSize: under.sectorSize,
    pread(into, byteOffset) {
      if (byteOffset < badOffset + lengthBytes && byteOffset + into.length > badOffset) {
        throw new HypercallError('EIO', 'injected read error');
      }
      return under.pread(into, byteOffset);
    },
  };
}

/** A medium that is pulled after `readsBefore` reads: from then on every read returns 0 bytes, as Linux answers. */
export function yankedBlocks(under: BlockHypercalls, readsBefore: number): BlockHypercalls {
  let reads = 0;
  return {
    sizeBytes: under.sizeBytes,
    sectorSize: under.sectorSize,
    pread(into, byteOffset) {
      reads += 1;
      return reads > readsBefore ? 0 : under.pread(into, byteOffset);
    },
  };
}
