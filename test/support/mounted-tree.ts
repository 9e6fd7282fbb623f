/** A tree in memory, mounted without a kernel around it, for tests of what the kernel does with a driver's answers. */

import type { TmpfsNode, TmpfsSpec } from '../../kernel-worker/fs/tmpfs/node.ts';
import { tmpfsOf } from '../../kernel-worker/fs/tmpfs/vfsops.ts';
import { Mount } from '../../kernel-worker/rump/vfs/mount.ts';
import type { FsDevice, Mounted } from '../../kernel-worker/rump/vfs/vnode.ts';

const DEVICE: FsDevice = { sizeBytes: 0, sectorSize: 512, bread: () => new Uint8Array(0), read: () => {} };

/** An empty file. */
export const file: TmpfsSpec = { type: 'file', content: new Uint8Array(0) };

export function mountedOf(tree: TmpfsSpec): Mounted<TmpfsNode> {
  return tmpfsOf(tree).mount({ device: DEVICE, options: {}, log: () => {} });
}

export function mountOf(mounted: Mounted<TmpfsNode>): Mount {
  return new Mount(mounted as Mounted);
}
