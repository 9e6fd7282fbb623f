/** Inodes of LFS: those of FFS, with their own number in them. Layout: struct lfs32_dinode and lfs64_dinode in <ufs/lfs/lfs.h> of NetBSD. */

import { damaged } from '../../rump/errno.ts';
import { bsdDeviceNumber, parseDinode32, parseDinode64, typeOfMode } from '../../rump/lib/ufsdinode.ts';
import type { Vattr } from '../../rump/vfs/vnode.ts';
import type { Superblock } from './format.ts';

export interface Inode {
  ino: number;
  byteOffset: number;
  attr: Vattr;
  flags: number;
  generation: number;
  /** di_db and di_ib; of a short symbolic link, its target. */
  pointers: Uint8Array;
  /** Sectors of 512 bytes of LFS64, fragments of the others: only whether there are any counts. */
  blocks: number;
}

/** EUCLEAN if the inode is free or of no known type, or larger than a number can say. */
export function parseInode(sb: Superblock, ino: number, raw: Uint8Array, byteOffset: number): Inode {
  const { order, is64 } = sb;
  const mode = order.u16(raw, 0);
  const type = typeOfMode(mode);
  if (type === null) {
    const what = mode === 0 ? `inode ${ino} is not in use` : `inode ${ino} is of no known type`;
    throw damaged(what, { byteOffset, found: mode });
  }
  const size = order.u64(raw, is64 ? 16 : 8);
  if (!Number.isSafeInteger(size)) throw damaged(`inode ${ino} has an impossible size`, { byteOffset, found: size });
  const dinode = is64 ? parseDinode64(order, raw) : parseDinode32(order, raw);
  const attr: Vattr = {
    type,
    fileid: ino,
    size,
    allocatedBytes: dinode.blocks * sb.unitBytes,
    mode: mode & 0o7777,
    nlink: order.u16(raw, 2),
    ...dinode.owner,
    ...dinode.times,
  };
  const first = is64 ? order.u64(dinode.pointers, 0) % 2 ** 32 : order.u32(dinode.pointers, 0);
  if (type === 'chr' || type === 'blk') attr.rdev = bsdDeviceNumber(first);
  const { flags, generation, pointers, blocks } = dinode;
  return { ino, byteOffset, attr, flags, generation, pointers, blocks };
}
