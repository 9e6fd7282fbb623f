/** The logical volume integrity sequence: whether the volume was closed, and counts of what is in it. ECMA-167 3/8.8.2 and 3/10.10, UDF 2.60, 2.2.6. */

import { asKernelError, removedError } from '../../rump/errno.ts';
import { u16le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { type Extent, type Integrity, integrityOf } from './format.ts';
import { TAG, tagFault } from './tag.ts';

/** Descriptors of one extent and extents of a sequence: write-once media add one for each session; a block read each. */
const MAX_DESCRIPTORS = 256;
const MAX_EXTENTS = 64;

/** The last descriptor of the sequence, or null if there is none that can be read. Throws only when the medium is gone. */
export function readIntegrity(device: FsDevice, blockSize: number, first: Extent): Integrity | null {
  let last: Integrity | null = null;
  let extent: Extent | null = first.lengthBytes === 0 ? null : first;
  for (let extents = 0; extent !== null && extents < MAX_EXTENTS; extents++) {
    const newest = lastOfExtent(device, blockSize, extent);
    last = newest ?? last;
    extent = newest?.next ?? null;
  }
  return last;
}

function lastOfExtent(device: FsDevice, blockSize: number, extent: Extent): Integrity | null {
  const count = Math.min(Math.ceil(extent.lengthBytes / blockSize), MAX_DESCRIPTORS);
  let last: Integrity | null = null;
  for (let i = 0; i < count; i++) {
    const bytes = readBlock(device, (extent.block + i) * blockSize, blockSize);
    if (bytes === null || u16le(bytes, 0) !== TAG.logicalVolumeIntegrity) return last;
    if (tagFault(bytes, 0, bytes.length, extent.block + i) !== null) return last;
    last = integrityOf(bytes);
    if (last.next !== null) return last;
  }
  return last;
}

function readBlock(device: FsDevice, byteOffset: number, lengthBytes: number): Uint8Array | null {
  try {
    return device.bread(byteOffset, lengthBytes);
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw removedError();
    return null;
  }
}
