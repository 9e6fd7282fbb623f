/** Block hypercalls over a file descriptor of the host: an image file or a block device that was opened read-only. */

import { fstatSync, readSync } from 'node:fs';
import { type BlockHypercalls, HypercallError } from './rumpuser.ts';

/** The geometry that the opener found out (a block device's size and sector size cannot be had from fstat). */
export interface Geometry {
  sizeBytes: number;
  sectorSize: number;
}

/** `geometry` is needed for block devices; a regular file's size is taken from fstat when it is left out. */
export function fileBlocks(fd: number, geometry?: Geometry): BlockHypercalls {
  const sizeBytes = geometry?.sizeBytes ?? fstatSync(fd).size;
  return {
    sizeBytes,
    sectorSize: geometry?.sectorSize ?? 512,
    pread(into, byteOffset) {
      let done = 0;
      while (done < into.length) {
        const count = readOnce(fd, into, done, byteOffset);
        if (count === 0) break;
        done += count;
      }
      return done;
    },
  };
}

function readOnce(fd: number, into: Uint8Array, done: number, byteOffset: number): number {
  try {
    return readSync(fd, into, done, into.length - done, byteOffset + done);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    throw new HypercallError(code, error instanceof Error ? error.message : String(error));
  }
}
