/** vnodeops of v7fs and s5fs. */

import { damaged, KernelError } from '../../rump/errno.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Dirent, FsDevice, Vattr, Vnops } from '../../rump/vfs/vnode.ts';
import { runAt } from './blockmap.ts';
import type { Inode, SuperBlock } from './format.ts';

const DIRENT_BYTES = 16;
export const NAME_BYTES = 14;
/** MAXPATHLEN of 2.10BSD, which brought symbolic links. */
const MAX_TARGET = 1024;

const time = (sec: number) => ({ sec, nsec: 0 });

export function v7fsVnops(device: FsDevice, superBlock: SuperBlock): Vnops<Inode> {
  const { blockSize } = superBlock;
  const hasContent = (inode: Inode) => inode.type === 'file' || inode.type === 'dir' || inode.type === 'symlink';
  /** The recorded size counts a NUL that NetBSD and 2.10BSD write behind the target. */
  function targetOf(link: Inode): Uint8Array {
    if (link.sizeBytes > MAX_TARGET) {
      throw damaged('a symbolic link is too long', { byteOffset: link.byteOffset, found: link.sizeBytes });
    }
    const target = new Uint8Array(link.sizeBytes);
    readMapped(device, (offset) => runAt(device, superBlock, link, offset), 0, target);
    const end = target.indexOf(0);
    return end < 0 ? target : target.subarray(0, end);
  }

  /** A target that cannot be read keeps its recorded size: the failure is readlink's. */
  function targetLength(link: Inode): number {
    try {
      return targetOf(link).length;
    } catch (error) {
      if (error instanceof KernelError && error.kind !== 'removed') return link.sizeBytes;
      throw error;
    }
  }

  return {
    getattr(inode): Vattr {
      const isNode = inode.type === 'chr' || inode.type === 'blk';
      return {
        type: inode.type,
        fileid: inode.number,
        size: inode.type === 'symlink' ? targetLength(inode) : hasContent(inode) ? inode.sizeBytes : 0,
        allocatedBytes: hasContent(inode) ? Math.ceil(inode.sizeBytes / blockSize) * blockSize : 0,
        mode: inode.mode,
        nlink: inode.nlink,
        uid: inode.uid,
        gid: inode.gid,
        mtime: time(inode.mtime),
        atime: time(inode.atime),
        ctime: time(inode.ctime),
        birthtime: null,
        ...(isNode ? { rdev: { major: (inode.addresses[0] >> 8) & 0xff, minor: inode.addresses[0] & 0xff } } : {}),
      };
    },
    readdir: (dir) => entriesOf(device, superBlock, dir),
    bmap: (file, fileOffset) => runAt(device, superBlock, file, fileOffset),
    readlink: (link) => nameFromBytes(targetOf(link)),
  };
}

function* entriesOf(
  device: FsDevice,
  superBlock: SuperBlock,
  dir: Inode,
): Generator<Dirent<Inode> | KernelError, void> {
  const { blockSize, order, inodeCount } = superBlock;
  // A directory cannot be longer than the medium, whatever its inode says.
  const sizeBytes = Math.min(dir.sizeBytes, device.sizeBytes);
  for (let offset = 0; offset < sizeBytes; offset += blockSize) {
    try {
      const { deviceOffset } = runAt(device, superBlock, dir, offset);
      if (deviceOffset === null) continue;
      const block = device.bread(deviceOffset, Math.min(blockSize, sizeBytes - offset));
      for (let at = 0; at + DIRENT_BYTES <= block.length; at += DIRENT_BYTES) {
        const number = order.u16(block, at);
        if (number === 0) continue;
        const name = nameOf(block, at + 2);
        if (name === '.' || name === '..') continue;
        if (number > inodeCount) {
          yield damaged('a directory entry names an inode that does not exist', {
            byteOffset: deviceOffset + at,
            expected: `1 to ${inodeCount}`,
            found: number,
          });
        } else yield { name, fileid: number, type: null };
      }
    } catch (error) {
      if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
      yield error;
    }
  }
}

function nameOf(block: Uint8Array, at: number): string {
  const field = block.subarray(at, at + NAME_BYTES);
  const end = field.indexOf(0);
  return nameFromBytes(end < 0 ? field : field.subarray(0, end));
}
