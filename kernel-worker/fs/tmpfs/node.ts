/** The nodes of tmpfs: a tree in memory, given when it is mounted. */

import type { Timespec } from '../../rump/vfs/time.ts';
import type { VnodeType } from '../../rump/vfs/vnode.ts';

/** What a tree is made of. Children keep their order. */
export type TmpfsSpec =
  | { type: 'dir'; children: Record<string, TmpfsSpec>; mode?: number; mtime?: Timespec }
  | { type: 'file'; content: Uint8Array; mode?: number; mtime?: Timespec; extattrs?: Record<string, Uint8Array> }
  | { type: 'symlink'; target: string; mtime?: Timespec }
  | { type: 'fifo' | 'sock'; mode?: number; mtime?: Timespec };

export interface TmpfsNode {
  fileid: number;
  type: VnodeType;
  mode: number;
  mtime: Timespec;
  children: Map<string, TmpfsNode>;
  content: Uint8Array;
  target: string;
  extattrs: Map<string, Uint8Array>;
}

const DEFAULT_MODE: Record<string, number> = { dir: 0o755, file: 0o644, symlink: 0o777, fifo: 0o644, sock: 0o644 };

/** Builds the nodes; ids count from 2, as inode numbers do. The spec comes from our own code: its depth is the caller's matter. */
export function buildTree(spec: TmpfsSpec): TmpfsNode {
  let lastId = 1;
  function build(from: TmpfsSpec): TmpfsNode {
    lastId += 1;
    const node: TmpfsNode = {
      fileid: lastId,
      type: from.type,
      mode: ('mode' in from ? from.mode : undefined) ?? DEFAULT_MODE[from.type],
      mtime: from.mtime ?? { sec: 0, nsec: 0 },
      children: new Map(),
      content: from.type === 'file' ? from.content : new Uint8Array(0),
      target: from.type === 'symlink' ? from.target : '',
      extattrs: new Map(from.type === 'file' ? Object.entries(from.extattrs ?? {}) : []),
    };
    if (from.type === 'dir')
      for (const [name, child] of Object.entries(from.children)) node.children.set(name, build(child));
    return node;
  }
  return build(spec);
}
