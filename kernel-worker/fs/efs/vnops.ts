/** vnodeops of EFS. */

import { damaged, KernelError } from '../../rump/errno.ts';
import { u16be, u32be } from '../../rump/vfs/bytes.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Dirent, FsDevice, Vattr, Vnops } from '../../rump/vfs/vnode.ts';
import { BB, DIRBLK_HEADER, DIRBLK_MAGIC, type SuperBlock } from './format.ts';
import { deviceNumber, extentsOf, type Inode, runAt } from './inode.ts';

/** A symbolic link's target is no longer than IRIX' PATH_MAX. */
const MAX_TARGET = 1024;
/** Inode number and length of the name stand before a name. */
const DIRENT_HEADER = 5;

const time = (sec: number) => ({ sec, nsec: 0 });

export function efsVnops(device: FsDevice, superBlock: SuperBlock): Vnops<Inode> {
  const mapOf = (inode: Inode) => {
    const extents = extentsOf(device, superBlock, inode);
    return (fileOffset: number) => runAt(extents, fileOffset);
  };
  return {
    getattr(inode): Vattr {
      const isNode = inode.type === 'chr' || inode.type === 'blk';
      return {
        type: inode.type,
        fileid: inode.number,
        size: inode.sizeBytes,
        allocatedBytes: inode.extentCount === 0 ? 0 : Math.ceil(inode.sizeBytes / BB) * BB,
        mode: inode.mode,
        nlink: inode.nlink,
        uid: inode.uid,
        gid: inode.gid,
        mtime: time(inode.mtime),
        atime: time(inode.atime),
        ctime: time(inode.ctime),
        birthtime: null,
        ...(isNode ? { rdev: deviceNumber(inode) } : {}),
      };
    },
    readdir: (dir) => entriesOf(device, mapOf(dir), dir),
    bmap: (file, fileOffset) => mapOf(file)(fileOffset),
    readlink(link) {
      if (link.sizeBytes > MAX_TARGET) {
        throw damaged('a symbolic link is too long', { byteOffset: link.areaOffset, found: link.sizeBytes });
      }
      if (link.extentCount === 0) return nameFromBytes(link.area.subarray(0, link.sizeBytes));
      const target = new Uint8Array(link.sizeBytes);
      readMapped(device, mapOf(link), 0, target);
      return nameFromBytes(target);
    },
  };
}

function* entriesOf(
  device: FsDevice,
  map: (fileOffset: number) => { deviceOffset: number | null; lengthBytes: number },
  dir: Inode,
): Generator<Dirent<Inode> | KernelError, void> {
  // A directory cannot be longer than the medium, whatever its inode says.
  const blocks = Math.floor(Math.min(dir.sizeBytes, device.sizeBytes) / BB);
  for (let block = 0; block < blocks; block++) {
    try {
      const { deviceOffset } = map(block * BB);
      if (deviceOffset !== null) yield* blockEntries(device.bread(deviceOffset, BB), deviceOffset);
    } catch (error) {
      if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
      yield error;
    }
  }
}

/** A directory block: slots of one byte, each half the offset of an entry, 0 where free. */
function* blockEntries(block: Uint8Array, byteOffset: number): Generator<Dirent<Inode> | KernelError, void> {
  if (u16be(block, 0) !== DIRBLK_MAGIC) {
    yield damaged('a directory block has not its magic', {
      byteOffset,
      expected: DIRBLK_MAGIC,
      found: u16be(block, 0),
    });
    return;
  }
  const slots = Math.min(block[3], BB - DIRBLK_HEADER);
  for (let slot = 0; slot < slots; slot++) {
    const at = block[DIRBLK_HEADER + slot] * 2;
    if (at === 0) continue;
    const length = block[at + 4];
    if (at < DIRBLK_HEADER + slots || at + DIRENT_HEADER + length > BB) {
      yield damaged('a directory entry does not lie in its block', { byteOffset: byteOffset + at, found: length });
      continue;
    }
    const name = nameFromBytes(block.subarray(at + DIRENT_HEADER, at + DIRENT_HEADER + length));
    if (name !== '.' && name !== '..') yield { name, fileid: u32be(block, at), type: null };
  }
}
