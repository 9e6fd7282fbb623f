/** vnodeops of tmpfs. */

import { requestError } from '../../rump/errno.ts';
import { bytesFromName } from '../../rump/vfs/names.ts';
import type { Vattr, Vnops } from '../../rump/vfs/vnode.ts';
import type { TmpfsNode } from './node.ts';

export const vnops: Vnops<TmpfsNode> = {
  getattr(node): Vattr {
    const size = node.type === 'symlink' ? bytesFromName(node.target, 'bytes').length : node.content.length;
    const subdirectories = [...node.children.values()].filter((child) => child.type === 'dir').length;
    return {
      type: node.type,
      fileid: node.fileid,
      size,
      allocatedBytes: node.content.length,
      mode: node.mode,
      nlink: node.type === 'dir' ? 2 + subdirectories : 1,
      uid: 0,
      gid: 0,
      mtime: node.mtime,
      atime: node.mtime,
      ctime: node.mtime,
      birthtime: node.mtime,
    };
  },
  *readdir(dir) {
    for (const [name, node] of dir.children) yield { name, fileid: node.fileid, type: node.type, node };
  },
  lookup(dir, name) {
    const node = dir.children.get(name);
    return node === undefined ? null : { name, fileid: node.fileid, type: node.type, node };
  },
  read(file, fileOffset, into) {
    const part = file.content.subarray(fileOffset, fileOffset + into.length);
    into.set(part);
    return part.length;
  },
  readlink: (link) => link.target,
  listextattr: (node) => [...node.extattrs].map(([name, value]) => ({ name, size: value.length })),
  readextattr(node, name, offset, into) {
    const value = node.extattrs.get(name);
    if (value === undefined) throw requestError('ENODATA', `no attribute ${JSON.stringify(name)}`);
    const part = value.subarray(offset, offset + into.length);
    into.set(part);
    return part.length;
  },
};
