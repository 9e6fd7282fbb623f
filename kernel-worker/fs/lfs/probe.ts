/** Whether a device holds a log-structured file system. */

import { KernelError } from '../../rump/errno.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import type { Superblock } from './format.ts';
import { findSuperblocks } from './superblock.ts';

export function probe(device: FsDevice): ProbeResult | null {
  const result = { fs: 'lfs', label: null, uuid: null };
  try {
    const found = findSuperblocks(device, false);
    if (found === null) return null;
    const [newest] = found.superblocks;
    return { ...result, title: titleOf(newest), dirty: !newest.isClean, certainty: 3 };
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
    // The magic number is there: mounting will look for a copy, or say what is wrong.
    return error.kind === 'damage' ? { ...result, title: 'LFS', dirty: null, certainty: 1 } : null;
  }
}

export function titleOf(sb: Superblock): string {
  return sb.is64 ? 'LFS64' : `LFS version ${sb.version}`;
}
