/** Where a volume's allocation blocks lie, and where a fork's bytes do (TN1150, "Extents Overflow File"; Inside Macintosh: Files, 2-58). */

import { damaged } from '../../rump/errno.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import type { FsDevice, Run } from '../../rump/vfs/vnode.ts';
import type { Extent, Fork, OverflowRecord } from './format.ts';

/** The extents of a fork behind those in its own record: the record that holds block `index` of the fork, or the last one before it; null if none. */
export type OverflowLookup = (fork: Fork, index: number) => OverflowRecord | null;

export interface Volume {
  device: FsDevice;
  /** Where allocation block 0 stands on the device. */
  base: number;
  blockSize: number;
  totalBlocks: number;
  /** null until the extents-overflow tree is open. */
  overflow: OverflowLookup | null;
}

/** The run that holds byte `offset` of a fork. EUCLEAN where the extents end before it, or lie outside of the volume. */
export function forkRun(volume: Volume, fork: Fork, offset: number): Run {
  const index = Math.floor(offset / volume.blockSize);
  const run = placedIn(volume, fork.extents, 0, index, offset);
  if (run !== null) return run;
  const record = (fork.overflow ? fork.overflow(index) : volume.overflow?.(fork, index)) ?? null;
  const overflown = record === null ? null : placedIn(volume, record.extents, record.startBlock, index, offset);
  if (overflown !== null) return overflown;
  throw damaged('the extents of a file end before the file does', {
    expected: `block ${index} of the fork of file ${fork.cnid}`,
    found: 'no extent',
  });
}

function placedIn(
  volume: Volume,
  extents: readonly Extent[],
  startBlock: number,
  index: number,
  offset: number,
): Run | null {
  let first = startBlock;
  for (const { start, count } of extents) {
    if (index >= first && index < first + count) return placedRun(volume, start + index - first, start + count, offset);
    first += count;
  }
  return null;
}

/** From byte `offset` of the fork, which lies in allocation block `block`, up to block `end`. */
function placedRun(volume: Volume, block: number, end: number, offset: number): Run {
  const { blockSize, base, device } = volume;
  const deviceOffset = base + block * blockSize + (offset % blockSize);
  const last = Math.min(end, volume.totalBlocks);
  const limit = Math.min(base + last * blockSize, device.sizeBytes);
  if (deviceOffset >= limit) {
    throw damaged('an extent of a file lies outside of the volume', {
      expected: `a block below ${volume.totalBlocks}`,
      found: block,
    });
  }
  return { deviceOffset, lengthBytes: limit - deviceOffset };
}

/** Fills all of `into` from byte `offset` of a fork. */
export function readFork(volume: Volume, fork: Fork, offset: number, into: Uint8Array): void {
  readMapped(volume.device, (at) => forkRun(volume, fork, at), offset, into);
}

/** `lengthBytes` (some KiB) at `offset` of a fork, without a copy where they lie together. */
export function breadFork(volume: Volume, fork: Fork, offset: number, lengthBytes: number): Uint8Array {
  const run = forkRun(volume, fork, offset);
  if (run.lengthBytes >= lengthBytes && run.deviceOffset !== null)
    return volume.device.bread(run.deviceOffset, lengthBytes);
  const bytes = new Uint8Array(lengthBytes);
  readFork(volume, fork, offset, bytes);
  return bytes;
}

/** EUCLEAN for a file whose size is more than its volume can hold: no read of it can be answered. */
export function checkForkSize(volume: Volume, fork: Fork): void {
  const largest = volume.totalBlocks * volume.blockSize;
  if (fork.size <= largest) return;
  throw damaged(`the fork of file ${fork.cnid} is larger than its volume`, { expected: largest, found: fork.size });
}
