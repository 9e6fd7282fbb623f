/**
 * Where a UDF volume begins to be found: the volume recognition sequence (ECMA-167 2/8.3, 3/9.1) and the anchor volume descriptor pointers
 * (ECMA-167 3/8.4.2.1, UDF 2.60, 2.2.3), at block sizes that nothing announces and that are therefore tried.
 */

import { asKernelError, removedError } from '../../rump/errno.ts';
import { asciiAt, u16le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { BLOCK_SIZES, type Extent, extentAt } from './format.ts';
import { TAG, tagFault } from './tag.ts';

const RECOGNITION_AT = 32768;
const RECOGNITION_STEP = 2048;
/** The longest area that is looked through: a bridge disc has some five descriptors, at 4096-byte blocks every second place. */
const MAX_RECOGNITION_STEPS = 32;
/** The used part of an anchor volume descriptor pointer. */
const ANCHOR_BYTES = 512;

export interface Anchor {
  blockSize: number;
  block: number;
  main: Extent;
  reserve: Extent;
}

/** Whether the volume recognition sequence names ECMA-167's descriptors ('NSR02', 'NSR03'). */
export function hasNsrDescriptor(device: FsDevice): boolean {
  for (let step = 0; step < MAX_RECOGNITION_STEPS; step++) {
    const bytes = tryRead(device, RECOGNITION_AT + step * RECOGNITION_STEP, 8);
    if (bytes === null) return false;
    const identifier = asciiAt(bytes, 1, 5);
    if (identifier === 'NSR02' || identifier === 'NSR03') return true;
    if (identifier === 'TEA01' || !/^(BEA01|CD001|CDW02|BOOT2|)$/.test(identifier)) return false;
  }
  return false;
}

/** The bytes there, or null where the medium has none that can be read. Throws only when the medium is gone. */
function tryRead(device: FsDevice, byteOffset: number, lengthBytes: number): Uint8Array | null {
  if (byteOffset < 0 || byteOffset + lengthBytes > device.sizeBytes) return null;
  try {
    return device.bread(byteOffset, lengthBytes);
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw removedError();
    return null;
  }
}

/** The anchor at `block`, if there is one that says that it stands there. */
export function anchorAt(device: FsDevice, blockSize: number, block: number): Anchor | null {
  const bytes = tryRead(device, block * blockSize, ANCHOR_BYTES);
  if (bytes === null || u16le(bytes, 0) !== TAG.anchorVolumePointer) return null;
  if (tagFault(bytes, 0, bytes.length, block) !== null) return null;
  return { blockSize, block, main: extentAt(bytes, 16), reserve: extentAt(bytes, 24) };
}

/**
 * Block sizes in the order of their likelihood: the medium's own sector size, then what optical media and their images have. The place that an
 * anchor claims for itself decides, so that the order costs time and nothing else.
 */
export function blockSizesFor(device: FsDevice): number[] {
  const likely = [device.sectorSize, 2048, 512, 4096, 1024];
  return [...new Set(likely)].filter((size) => BLOCK_SIZES.some((known) => known === size));
}

/** The places where anchors stand, for a volume whose last block is `last`; 512 is that of media which are not closed yet (UDF 2.60, 6.11.2.1). */
function anchorPlaces(last: number): number[] {
  return [256, last, last - 256, 512];
}

/** How far before the medium's end its last recorded block may lie: link blocks (2), a track's gap (150, and 152 with them). */
const RUN_OUT_BLOCKS = [1, 2, 150, 152];

/** All anchors at all block sizes (or the one that is asked for), likeliest first. `thorough` looks for ends of tracks also, for mount. */
export function* anchorsOf(device: FsDevice, blockSizes: readonly number[], thorough: boolean): Generator<Anchor> {
  for (const place of [0, 1, 2, 3]) {
    for (const blockSize of blockSizes) {
      const last = Math.floor(device.sizeBytes / blockSize) - 1;
      const anchor = anchorAt(device, blockSize, anchorPlaces(last)[place]);
      if (anchor !== null) yield anchor;
    }
  }
  if (!thorough) return;
  for (const blockSize of blockSizes) {
    const end = Math.floor(device.sizeBytes / blockSize) - 1;
    for (const runOut of RUN_OUT_BLOCKS) {
      for (const block of [end - runOut, end - runOut - 256]) {
        const anchor = anchorAt(device, blockSize, block);
        if (anchor !== null) yield anchor;
      }
    }
  }
}
