/** From a path to a vnode, after NetBSD's namei(9): '..' cannot leave the root, symbolic links are followed a bounded number of times. */

import { KernelError, requestError } from '../errno.ts';
import type { Mount, Vnode } from './mount.ts';

/** MAXSYMLINKS of NetBSD's <sys/param.h>. */
export const MAX_SYMLINKS = 32;
/** The longest path in UTF-16 units: NTFS allows 32,767; nothing that is met is longer. */
export const MAX_PATH_LENGTH = 32_767;
/** The longest name in UTF-16 units: UDF, ext and NTFS have 255, ISO 9660 with Rock Ridge is read up to 1024. */
export const MAX_NAME_LENGTH = 1024;

/** ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, and what reading the directories throws. `followLast`: whether a link at the end is followed. */
export function namei(mount: Mount, path: string, followLast: boolean): Vnode {
  if (path.length > MAX_PATH_LENGTH) throw requestError('ENAMETOOLONG', 'the path is too long');
  const pending = componentsOf(path).reverse();
  const trail: Vnode[] = [mount.root];
  let links = 0;
  while (pending.length > 0) {
    const name = pending.pop() ?? '';
    const dir = trail[trail.length - 1];
    if (dir.attr.type !== 'dir') throw requestError('ENOTDIR', `not a directory in ${JSON.stringify(path)}`);
    if (name === '..') {
      if (trail.length > 1) trail.pop();
      continue;
    }
    if (name.length > MAX_NAME_LENGTH) throw requestError('ENAMETOOLONG', 'a name in the path is too long');
    const vnode = mount.lookup(dir, name);
    if (vnode === null) throw requestError('ENOENT', `no such file: ${JSON.stringify(path)}`);
    const isLast = pending.length === 0;
    if (vnode.attr.type !== 'symlink' || (isLast && !followLast && !path.endsWith('/'))) {
      trail.push(vnode);
      continue;
    }
    links += 1;
    if (links > MAX_SYMLINKS)
      throw new KernelError('ELOOP', 'request', `too many symbolic links in ${JSON.stringify(path)}`);
    const target = mount.readlink(vnode);
    if (target.length > MAX_PATH_LENGTH) throw requestError('ENAMETOOLONG', 'a symbolic link is too long');
    if (target.startsWith('/')) trail.length = 1;
    pending.push(...componentsOf(target).reverse());
  }
  return trail[trail.length - 1];
}

function componentsOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}
