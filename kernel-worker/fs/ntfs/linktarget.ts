/** Targets of symbolic links and junctions as Unix writes them: relative where they stay inside the volume. Forms of Windows paths: [MS-FSCC] 2.1.2.4. */

import { asKernelError } from '../../rump/errno.ts';
import { withoutTrailing } from '../../rump/vfs/names.ts';
import { FILE_NAME, FILE_ROOT, recordNumberAt } from './format.ts';
import { findCollated } from './indexlookup.ts';
import { findAttribute, type Inode, load, newInode, systemInode } from './inode.ts';
import { linkData, lxLinkTarget, type ReparsePoint, reparsePoint, TAG_LX_SYMLINK } from './reparse.ts';
import type { Volume } from './volume.ts';

/** Directories above a link are counted up to this depth; deeper ones cannot be made with the paths of up to 260 characters that most programs use. */
const MAX_DEPTH = 256;
/** A target with more components is not looked for on the volume: each costs a search of a directory. */
const MAX_COMPONENTS = 64;

/** EUCLEAN, EIO. */
export function linkTarget(volume: Volume, inode: Inode, reparse: ReparsePoint): string {
  const loaded = load(volume, inode);
  loaded.linkTarget ??= reparse.tag === TAG_LX_SYMLINK ? lxLinkTarget(reparse) : windowsTarget(volume, inode, reparse);
  return loaded.linkTarget;
}

function windowsTarget(volume: Volume, inode: Inode, reparse: ReparsePoint): string {
  const { path, isRelative } = linkData(reparse);
  if (isRelative && !path.startsWith('\\')) return slashed(path);
  if (isRelative) return fromRoot(volume, inode, slashed(path));
  // '\??\' and '\\?\' open the name space of devices.
  const device = path.replace(/^\\(\?\?|\\\?|\\\.)\\/, '');
  const onDrive = /^[A-Za-z]:\\+(.*)$/s.exec(device);
  const onVolume = onDrive === null ? null : pathOnVolume(volume, onDrive[1]);
  if (onVolume !== null) return fromRoot(volume, inode, onVolume);
  if (/^UNC\\/i.test(device)) return slashed(`\\${device.slice(3)}`);
  const isNamed = onDrive !== null || /^[A-Za-z]:$/.test(device) || device === path;
  return isNamed ? slashed(device) : `//?/${slashed(device)}`;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

/**
 * A path on some drive as a path of this volume, in the names that are recorded; null if it is none. Nobody recorded which letter the drive had, so the
 * path must exist here. A drive's root exists everywhere and says nothing.
 */
function pathOnVolume(volume: Volume, path: string): string | null {
  const components = path.split('\\').filter((component) => component !== '');
  if (components.length === 0 || components.length > MAX_COMPONENTS) return null;
  const names: string[] = [];
  let dir = systemInode(FILE_ROOT);
  for (const component of components) {
    try {
      // What lies behind a link within the path is not looked into.
      if (dir.parent >= 0 && reparsePoint(volume, dir) !== null)
        return [...names, ...components.slice(names.length)].join('/');
      if (!load(volume, dir).record.isDirectory) return null;
      const entry = findCollated(volume, dir, component);
      if (entry === null) return null;
      names.push(entry.name);
      dir = newInode(entry.number, entry.sequence, dir.number);
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind === 'removed') throw failure;
      return null;
    }
  }
  return names.join('/');
}

/** `path` below the volume's root, seen from the directory of the link; from the root where the way up cannot be told. */
function fromRoot(volume: Volume, inode: Inode, path: string): string {
  const below = withoutTrailing(path.replace(/^\/+/, ''), '/');
  const depth = depthOf(volume, inode);
  if (depth === null) return `/${below}`;
  return '../'.repeat(depth) + below || '.';
}

/** How many directories below the root the link's directory is; null where the way up is damaged. */
function depthOf(volume: Volume, inode: Inode): number | null {
  if (volume.lastDepth.parent !== inode.parent) {
    volume.lastDepth = { parent: inode.parent, depth: countDepth(volume, inode.parent) };
  }
  return volume.lastDepth.depth;
}

function countDepth(volume: Volume, parent: number): number | null {
  let number = parent;
  try {
    for (let depth = 0; depth < MAX_DEPTH && number >= 0; depth++) {
      if (number === FILE_ROOT) return depth;
      const name = findAttribute(volume, newInode(number, 0, -1), FILE_NAME);
      if (!name?.isResident) return null;
      number = recordNumberAt(name.bytes, name.dataAt);
    }
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
  }
  return null;
}
