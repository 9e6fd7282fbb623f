/** Choosing the super block: checkpoints go to the first two copies in turn, so that one of them is whole at any time. */

import { KernelError } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { LABEL_PAD, parseSuperblock, SUPERBLOCK_BYTES, type Superblock } from './format.ts';

/** Segments that hold further copies begin at multiples of this in volumes of the usual sizes. */
const SEARCH_STEP = 8192;
/** How far a mount searches for a copy where the first one is lost. */
const SEARCH_BYTES = 64 * 1024 * 1024;

export interface Candidates {
  /** Newest first; at most two. */
  superblocks: Superblock[];
  notices: string[];
}

/** null if there is none. EUCLEAN if the only ones are damaged. With `wide`, later copies are searched where the first one is damaged. */
export function findSuperblocks(device: FsDevice, wide: boolean): Candidates | null {
  const failures: KernelError[] = [];
  const at = (byteOffset: number) => readAt(device, byteOffset, failures);
  const first = at(LABEL_PAD);
  if (first !== null) {
    const address = first.copies[1];
    const second = address === undefined ? null : at(address * first.unitBytes);
    const notices = failures.length > 0 ? [`The second super block is damaged: ${failures[0].message}.`] : [];
    const pair = second !== null && isSameFileSystem(first, second) ? [first, second] : [first];
    return { superblocks: pair.sort(newestFirst), notices };
  }
  if (!wide) {
    if (failures.length > 0) throw failures[0];
    return null;
  }
  const end = Math.min(device.sizeBytes, SEARCH_BYTES);
  for (let byteOffset = 0; byteOffset < end; byteOffset += SEARCH_STEP) {
    const copy = byteOffset === LABEL_PAD ? null : at(byteOffset);
    if (copy === null || !copy.copies.includes(byteOffset / copy.unitBytes)) continue;
    return {
      superblocks: [copy],
      notices: [`The super block is damaged; its copy at byte ${byteOffset} was used, which may be older.`],
    };
  }
  if (failures.length > 0) throw failures[0];
  return null;
}

function readAt(device: FsDevice, byteOffset: number, failures: KernelError[]): Superblock | null {
  if (byteOffset + SUPERBLOCK_BYTES > device.sizeBytes) return null;
  try {
    return parseSuperblock(device.bread(byteOffset, SUPERBLOCK_BYTES), byteOffset);
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
    failures.push(error);
    return null;
  }
}

function isSameFileSystem(a: Superblock, b: Superblock): boolean {
  return a.version === b.version && a.is64 === b.is64 && a.identity === b.identity && a.blockBytes === b.blockBytes;
}

/** Serial numbers only grow; version 1 has times. */
function newestFirst(a: Superblock, b: Superblock): number {
  return b.checkpoint.serial - a.checkpoint.serial || b.checkpoint.time - a.checkpoint.time;
}
