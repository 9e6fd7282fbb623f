/** Whether a device holds a 7th edition or System V file system. */

import { KernelError } from '../../rump/errno.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { readSuperBlock } from './format.ts';

export function probe(device: FsDevice): ProbeResult | null {
  const known = { fs: 'v7fs', uuid: null };
  try {
    const superBlock = readSuperBlock(device);
    if (superBlock === null) return null;
    const isV7 = superBlock.variant === 'v7';
    return {
      ...known,
      title: isV7 ? '7th edition Unix' : 'System V s5fs',
      label: superBlock.label || null,
      dirty: superBlock.clean === null ? null : !superBlock.clean,
      // The 7th edition has no magic.
      certainty: isV7 ? 1 : 2,
    };
  } catch (error) {
    if (error instanceof KernelError && (error.kind === 'damage' || error.kind === 'unsupported')) {
      return { ...known, title: 'System V s5fs', label: null, dirty: null, certainty: 1 };
    }
    throw error;
  }
}
