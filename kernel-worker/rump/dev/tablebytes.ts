/** Reads for partition tables: what cannot be had is null, because a table's copy, or another scheme, may stand elsewhere. */

import { asKernelError } from '../errno.ts';
import type { FsDevice } from '../vfs/vnode.ts';

/** `lengthBytes` (at most 1 MiB) at `byteOffset`; null where the medium is shorter or cannot be read. ENXIO when it is gone. */
export function tableBytes(device: FsDevice, byteOffset: number, lengthBytes: number): Uint8Array | null {
  if (!Number.isSafeInteger(byteOffset) || byteOffset < 0 || byteOffset + lengthBytes > device.sizeBytes) return null;
  try {
    return device.bread(byteOffset, lengthBytes);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return null;
  }
}

/** The sector sizes that media have, the device's own first. */
export function sectorSizesToTry(device: FsDevice): number[] {
  return [...new Set([device.sectorSize, 512, 4096, 2048, 1024])];
}
