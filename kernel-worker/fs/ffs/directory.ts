/** Directories of FFS: the form that the super block tells, over the shared reader. */

import type { KernelError } from '../../rump/errno.ts';
import { type DirectoryForm, readUfsDirectory } from '../../rump/lib/ufsdirectory.ts';
import type { Dirent } from '../../rump/vfs/vnode.ts';
import { type FfsMount, inodeRun } from './ffsmount.ts';
import type { Inode } from './inode.ts';

export function readDirectory(fs: FfsMount, dir: Inode): Generator<Dirent<Inode> | KernelError, void> {
  const form: DirectoryForm = {
    order: fs.sb.order,
    blockBytes: fs.sb.blockBytes,
    chunkBytes: fs.directoryChunk,
    inodeBytes: 4,
    isOld: fs.sb.hasOldDirectories,
  };
  const content = {
    sizeBytes: dir.attr.size,
    owner: `directory ${dir.ino}`,
    bmap: (fileOffset: number) => inodeRun(fs, dir, fileOffset),
  };
  return readUfsDirectory(fs.device, form, content);
}
