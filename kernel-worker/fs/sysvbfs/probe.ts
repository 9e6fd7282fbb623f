/** Whether a device holds a System V boot file system. */

import { KernelError } from '../../rump/errno.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { ROOT_INODE, readInode, readSuperBlock } from './format.ts';

export function probe(device: FsDevice): ProbeResult | null {
  try {
    const superBlock = readSuperBlock(device);
    if (superBlock === null) return null;
    return { ...result(superBlock.fsName), certainty: hasRoot(device) ? 3 : 2 };
  } catch (error) {
    // The magic is there: mounting will say what is wrong.
    if (error instanceof KernelError && error.kind === 'damage') return { ...result(''), certainty: 1 };
    throw error;
  }
}

function result(fsName: string) {
  return { fs: 'sysvbfs', title: 'SysVBFS', label: fsName || null, uuid: null, dirty: null };
}

function hasRoot(device: FsDevice): boolean {
  const superBlock = readSuperBlock(device);
  return superBlock !== null && readInode(device, superBlock, ROOT_INODE).sizeBytes > 0;
}
