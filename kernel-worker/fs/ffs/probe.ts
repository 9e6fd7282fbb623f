/** Whether a device holds a fast file system, and what its super block says of it. */

import { KernelError } from '../../rump/errno.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import type { Superblock } from './format.ts';
import { findSuperblock } from './superblock.ts';

export function probe(device: FsDevice): ProbeResult | null {
  try {
    const found = findSuperblock(device, false);
    if (found === null) return null;
    const { superblock, notices } = found;
    return {
      fs: 'ffs',
      title: titleOf(superblock),
      label: superblock.label || null,
      uuid: superblock.uuid,
      dirty: isDirty(superblock),
      certainty: notices.length === 0 ? 3 : 1,
    };
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
    if (error.kind === 'medium') return null;
    // There is a magic number whose file system is refused or damaged: mounting will say why.
    const certainty = error.kind === 'unsupported' ? 2 : 1;
    return { fs: 'ffs', title: 'UFS', label: null, uuid: null, dirty: null, certainty };
  }
}

export function titleOf(sb: Superblock): string {
  if (sb.variant === 'solaris') return 'UFS1 (Solaris)';
  if (sb.variant === '4.3bsd') return 'UFS1 (4.3BSD)';
  return `UFS${sb.version}`;
}

/** FSSTABLE of Solaris is as good as clean; its FSLOG (0xfd) is clean where the log is rolled. */
export function isDirty(sb: Superblock): boolean {
  if (sb.variant === 'solaris') {
    if (sb.clean === 0xfd) return sb.solarisLog?.needsRoll ?? false;
    return sb.clean !== 1 && sb.clean !== 2;
  }
  return (sb.clean & 1) === 0;
}
