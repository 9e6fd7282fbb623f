/** tmpfs: a file system in memory, after NetBSD's mount_tmpfs(8): for tests, and what `-t tmpfs` gives the fs-utils to work on without an image. */

import type { FsDriver, Mounted } from '../../rump/vfs/vnode.ts';
import { buildTree, type TmpfsNode, type TmpfsSpec } from './node.ts';
import { vnops } from './vnops.ts';

const EMPTY: TmpfsSpec = { type: 'dir', children: {} };
/** What statvfs tells as the block size: nothing here has blocks. */
const BLOCK_SIZE = 4096;

/** A driver that mounts this tree, whatever the device. */
export function tmpfsOf(spec: TmpfsSpec): FsDriver<TmpfsNode> {
  return {
    name: 'tmpfs',
    options: {},
    mount({ device }): Mounted<TmpfsNode> {
      const root = buildTree(spec);
      return {
        info: {
          fs: 'tmpfs',
          title: 'tmpfs',
          label: null,
          uuid: null,
          state: { dirty: false, errors: false, notices: [] },
          nameEncoding: 'bytes',
          facts: {},
        },
        device,
        vfsops: {
          root: () => root,
          statvfs: () => ({
            blockSize: BLOCK_SIZE,
            totalBytes: contentBytes(root),
            freeBytes: 0,
            files: null,
            freeFiles: null,
            nameMax: 255,
          }),
        },
        vnops,
      };
    },
  };
}

function contentBytes(node: TmpfsNode): number {
  let bytes = node.content.length;
  for (const child of node.children.values()) bytes += contentBytes(child);
  return bytes;
}

export const driver = tmpfsOf(EMPTY);
