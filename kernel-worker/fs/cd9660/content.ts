/** Where the bytes of a file lie: its sections one after the other, each whole or interleaved (ECMA-119 6.4 and 6.5). */

import { damaged } from '../../rump/errno.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import type { Run } from '../../rump/vfs/vnode.ts';
import type { Section } from './format.ts';
import type { IsoNode } from './node.ts';
import type { Volume } from './volume.ts';

/** The run that holds byte `fileOffset` of the recorded (not inflated) content. EUCLEAN where it lies outside of the medium. */
export function runAt(volume: Volume, node: IsoNode, fileOffset: number): Run {
  let within = fileOffset;
  for (const section of node.sections) {
    if (within < section.lengthBytes) return runInSection(volume, section, within);
    within -= section.lengthBytes;
  }
  throw damaged('a file has no content at this place', { found: fileOffset, expected: node.recordedBytes });
}

function runInSection(volume: Volume, section: Section, within: number): Run {
  const { blockSize, device } = volume;
  let deviceOffset: number;
  let lengthBytes = section.lengthBytes - within;
  if (section.unitBlocks === 0) {
    deviceOffset = (section.block + section.attributeBlocks) * blockSize + within;
  } else {
    // The extended attribute record has the first file unit for itself.
    const unitBytes = section.unitBlocks * blockSize;
    const unit = Math.floor(within / unitBytes) + (section.attributeBlocks > 0 ? 1 : 0);
    deviceOffset =
      section.block * blockSize + unit * (section.unitBlocks + section.gapBlocks) * blockSize + (within % unitBytes);
    lengthBytes = Math.min(lengthBytes, unitBytes - (within % unitBytes));
  }
  if (deviceOffset >= device.sizeBytes) {
    throw damaged('the content of a file lies outside of the medium', {
      byteOffset: deviceOffset,
      expected: `less than ${device.sizeBytes}`,
      found: deviceOffset,
    });
  }
  // Of a file that goes on past the end, the part before it is readable.
  return { deviceOffset, lengthBytes: Math.min(lengthBytes, device.sizeBytes - deviceOffset) };
}

/** Fills `into` from the recorded content; all of it lies below `recordedBytes`. */
export function readRecorded(volume: Volume, node: IsoNode, fileOffset: number, into: Uint8Array): void {
  readMapped(volume.device, (offset) => runAt(volume, node, offset), fileOffset, into);
}
