/**
 * Tells a medium that is being pulled out from one with a bad sector. Linux answers both with EIO at first; a removed disk gives no bytes at any offset, but only
 * when it has been torn down, a moment later.
 */

import { type BlockHypercalls, HypercallError } from './rumpuser.ts';

/** Measured: a pulled stick is torn down some 0.3 s after its first EIO; more on a busy computer. */
const TEARDOWN_MS = 2000;
const LOOK_EVERY_MS = 50;
/** A medium that has just been found there is believed to have more bad sectors. */
const BELIEVED_MS = 10_000;
/** Its beginning: often cached, so that a look costs nothing; when the disk is gone, it gives none all the same. */
const LOOK_BYTES = 512;

export function removableBlocks(blocks: BlockHypercalls): BlockHypercalls {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  const look = new Uint8Array(Math.min(LOOK_BYTES, blocks.sizeBytes));
  let foundThereMs = Number.NEGATIVE_INFINITY;

  function isGone(): boolean {
    const sinceMs = Date.now();
    if (sinceMs - foundThereMs < BELIEVED_MS) return false;
    while (Date.now() - sinceMs < TEARDOWN_MS) {
      try {
        if (blocks.pread(look, 0) === 0) return true;
      } catch (error) {
        if (!(error instanceof HypercallError) || error.code !== 'EIO') throw error;
      }
      Atomics.wait(sleeper, 0, 0, LOOK_EVERY_MS);
    }
    foundThereMs = Date.now();
    return false;
  }

  return {
    sizeBytes: blocks.sizeBytes,
    sectorSize: blocks.sectorSize,
    pread(into, byteOffset) {
      try {
        return blocks.pread(into, byteOffset);
      } catch (error) {
        if (!(error instanceof HypercallError) || error.code !== 'EIO') throw error;
        if (isGone()) return 0;
        throw error;
      }
    },
  };
}
