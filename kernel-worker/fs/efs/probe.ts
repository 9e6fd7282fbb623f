/** Whether a device holds an EFS. */

import { KernelError } from '../../rump/errno.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { readSuperBlock } from './format.ts';

export function probe(device: FsDevice): ProbeResult | null {
  try {
    const superBlock = readSuperBlock(device);
    if (superBlock === null) return null;
    return {
      fs: 'efs',
      title: 'EFS',
      label: superBlock.name || null,
      uuid: null,
      dirty: superBlock.dirty,
      certainty: 2,
    };
  } catch (error) {
    // The magic is there: mounting will say what is wrong.
    if (error instanceof KernelError && error.kind === 'damage') {
      return { fs: 'efs', title: 'EFS', label: null, uuid: null, dirty: null, certainty: 1 };
    }
    throw error;
  }
}
