/** vnodeops of sysvbfs. */

import { damaged, KernelError } from '../../rump/errno.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Dirent, FsDevice, Vattr, Vnops } from '../../rump/vfs/vnode.ts';
import { BLOCK, DIRENT_BYTES, type Inode, NAME_BYTES, readInode, type SuperBlock } from './format.ts';

const time = (sec: number) => ({ sec, nsec: 0 });

export function sysvbfsVnops(device: FsDevice, superBlock: SuperBlock): Vnops<Inode> {
  return {
    getattr(inode): Vattr {
      return {
        type: inode.type,
        fileid: inode.number,
        size: inode.sizeBytes,
        allocatedBytes: Math.ceil(inode.sizeBytes / BLOCK) * BLOCK,
        mode: inode.mode,
        nlink: inode.nlink,
        uid: inode.uid,
        gid: inode.gid,
        mtime: time(inode.mtime),
        atime: time(inode.atime),
        ctime: time(inode.ctime),
        birthtime: null,
      };
    },
    readdir: (dir) => entriesOf(device, superBlock, dir),
    bmap(file, fileOffset) {
      return { deviceOffset: file.startBlock * BLOCK + fileOffset, lengthBytes: file.sizeBytes - fileOffset };
    },
  };
}

/** The directory cannot hold more entries than there are inodes; what stands behind that many is damage. */
function* entriesOf(
  device: FsDevice,
  superBlock: SuperBlock,
  dir: Inode,
): Generator<Dirent<Inode> | KernelError, void> {
  const start = dir.startBlock * BLOCK;
  // '.' and '..' and one for each inode, free slots in between.
  const slots = Math.min(Math.floor(dir.sizeBytes / DIRENT_BYTES), 2 * superBlock.inodeCount + 2);
  for (let slot = 0; slot < slots; slot++) {
    const entry = device.bread(start + slot * DIRENT_BYTES, DIRENT_BYTES);
    const number = superBlock.order.u16(entry, 0);
    if (number === 0) continue;
    const end = entry.indexOf(0, 2);
    const name = nameFromBytes(entry.subarray(2, end < 0 ? 2 + NAME_BYTES : end));
    if (name === '.' || name === '..') continue;
    try {
      const node = readInode(device, superBlock, number);
      yield { name, fileid: number, type: node.type, node };
    } catch (error) {
      if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
      yield error;
    }
  }
  if (dir.sizeBytes > slots * DIRENT_BYTES + DIRENT_BYTES - 1) {
    yield damaged('the directory is longer than the inode table allows', {
      expected: slots,
      found: dir.sizeBytes / DIRENT_BYTES,
    });
  }
}
