/** The block device layer: bounds, and the host's answers turned into the kernel's errors. */

import { type BlockHypercalls, HypercallError } from '../../rumpuser/rumpuser.ts';
import { damaged, KernelError, mediumError, removedError } from '../errno.ts';

/** A medium that is read in bytes at byte offsets. Nothing above rumpuser knows what lies under it. */
export interface BlockDevice {
  readonly sizeBytes: number;
  readonly sectorSize: number;
  /** Fills `into` from `byteOffset`. EIO with the place, ENXIO when the medium is gone, EUCLEAN when the range is not inside it. */
  read(byteOffset: number, into: Uint8Array): void;
}

/** Codes with which hosts answer reads of a medium that is no longer there. */
const REMOVAL_CODES = new Set(['ENXIO', 'ENODEV', 'ENOMEDIUM', 'EBADF', 'ESTALE']);

export function openBlockDevice(hypercalls: BlockHypercalls): BlockDevice {
  return {
    sizeBytes: hypercalls.sizeBytes,
    sectorSize: validSectorSize(hypercalls.sectorSize),
    read(byteOffset, into) {
      checkRange(hypercalls.sizeBytes, byteOffset, into.length);
      let count: number;
      try {
        count = hypercalls.pread(into, byteOffset);
      } catch (error) {
        if (error instanceof KernelError) throw error;
        if (error instanceof HypercallError && REMOVAL_CODES.has(error.code)) throw removedError();
        throw mediumError(byteOffset);
      }
      if (count < into.length)
        throw removedError('the medium was removed, or ends before the size it had when it was opened');
    },
  };
}

/** Sector sizes other than a power of two from 512 to 4096 are read as 512: they would come from a broken report, and 512 divides all. */
function validSectorSize(sectorSize: number): number {
  return sectorSize === 1024 || sectorSize === 2048 || sectorSize === 4096 ? sectorSize : 512;
}

/** EUCLEAN unless [byteOffset, byteOffset + lengthBytes) lies inside a device of `sizeBytes`. */
export function checkRange(sizeBytes: number, byteOffset: number, lengthBytes: number): void {
  if (!Number.isSafeInteger(byteOffset) || byteOffset < 0 || lengthBytes < 0 || byteOffset + lengthBytes > sizeBytes) {
    throw damaged('a structure points outside of the medium', {
      byteOffset,
      expected: `${lengthBytes} bytes within ${sizeBytes}`,
      found: byteOffset,
    });
  }
}
