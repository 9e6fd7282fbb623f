/** Inodes of UFS1 and UFS2. Layout: struct ufs1_dinode and ufs2_dinode in <ufs/ufs/dinode.h>; Solaris' struct icommon in <sys/fs/ufs_inode.h>. */

import { damaged } from '../../rump/errno.ts';
import type { ByteOrder } from '../../rump/lib/byteorder.ts';
import { MAP_POINTERS } from '../../rump/lib/ufsblockmap.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import type { Vattr, VnodeType } from '../../rump/vfs/vnode.ts';
import type { Superblock } from './format.ts';

/** di_flags as chflags(1) names them; SF_LOG and SF_SNAPINVAL are NetBSD's. */
export const INODE_FLAG = { snapshot: 0x200000, log: 0x400000, snapshotInvalid: 0x800000 } as const;

export interface Inode {
  ino: number;
  byteOffset: number;
  attr: Vattr;
  flags: number;
  generation: number;
  /** di_db and di_ib; of a short symbolic link, its target. */
  pointers: Uint8Array;
  /** Sectors of 512 bytes. */
  blocks: number;
  isSnapshot: boolean;
  /** UFS2: bytes of extended attributes, and the two pointers to them. */
  extSize: number;
  extPointers: Uint8Array;
}

/** The upper bits of di_mode. */
export function typeOfMode(mode: number): VnodeType | null {
  switch (mode >> 12) {
    case 1:
      return 'fifo';
    case 2:
      return 'chr';
    case 4:
      return 'dir';
    case 6:
      return 'blk';
    case 8:
      return 'file';
    case 10:
      return 'symlink';
    case 12:
      return 'sock';
    default:
      return null;
  }
}

const EMPTY = new Uint8Array(0);

/** EUCLEAN if the inode is free or of no known type, or larger than a number can say. */
export function parseInode(sb: Superblock, ino: number, raw: Uint8Array, byteOffset: number): Inode {
  const { order } = sb;
  const mode = order.u16(raw, 0);
  const type = typeOfMode(mode);
  if (type === null)
    throw damaged(mode === 0 ? `inode ${ino} is not in use` : `inode ${ino} is of no known type`, {
      byteOffset,
      found: mode,
    });
  const size = order.u64(raw, sb.version === 1 ? 8 : 16);
  if (!Number.isSafeInteger(size)) throw damaged(`inode ${ino} has an impossible size`, { byteOffset, found: size });
  const inode = sb.version === 1 ? ufs1(sb, raw) : ufs2(order, raw);
  const attr: Vattr = {
    type,
    fileid: ino,
    size,
    allocatedBytes: inode.blocks * 512,
    mode: mode & 0o7777,
    nlink: order.u16(raw, 2),
    ...inode.owner,
    ...inode.times,
  };
  if (type === 'chr' || type === 'blk') attr.rdev = deviceNumber(sb, inode.pointers);
  return {
    ino,
    byteOffset,
    attr,
    flags: inode.flags,
    generation: inode.generation,
    pointers: inode.pointers,
    blocks: inode.blocks,
    isSnapshot: type === 'file' && (inode.flags & INODE_FLAG.snapshot) !== 0,
    extSize: inode.extSize,
    extPointers: inode.extPointers,
  };
}

interface Parts {
  owner: { uid: number; gid: number };
  times: { mtime: Timespec; atime: Timespec; ctime: Timespec; birthtime: Timespec | null };
  flags: number;
  generation: number;
  blocks: number;
  pointers: Uint8Array;
  extSize: number;
  extPointers: Uint8Array;
}

function ufs1(sb: Superblock, raw: Uint8Array): Parts {
  const { order } = sb;
  // Solaris keeps microseconds where 4.4BSD keeps nanoseconds; 4.3BSD kept nothing there, and NetBSD writes its own into that format.
  const scale = sb.variant === 'solaris' ? 1000 : 1;
  const time = (at: number) => timespec(order.i32(raw, at), order.i32(raw, at + 4) * scale);
  return {
    owner: ownerOf(sb, raw),
    times: { atime: time(16), mtime: time(24), ctime: time(32), birthtime: null },
    flags: sb.variant === 'bsd' ? order.u32(raw, 100) : 0,
    generation: order.u32(raw, 108),
    blocks: order.u32(raw, 104),
    pointers: raw.slice(40, 40 + 4 * MAP_POINTERS),
    extSize: 0,
    extPointers: EMPTY,
  };
}

/** Of 16 bits before 4.4BSD; Solaris has longer ones where these say 65535 (UID_LONG). */
function ownerOf(sb: Superblock, raw: Uint8Array): { uid: number; gid: number } {
  const { order } = sb;
  const [uid, gid] = [order.u16(raw, 4), order.u16(raw, 6)];
  if (sb.variant === 'solaris')
    return { uid: uid === 65535 ? order.u32(raw, 116) : uid, gid: gid === 65535 ? order.u32(raw, 120) : gid };
  if (sb.hasOldInodes) return { uid, gid };
  return { uid: order.u32(raw, 112), gid: order.u32(raw, 116) };
}

function ufs2(order: ByteOrder, raw: Uint8Array): Parts {
  const time = (at: number, fraction: number) => timespec(order.i64(raw, at), order.i32(raw, fraction));
  return {
    owner: { uid: order.u32(raw, 4), gid: order.u32(raw, 8) },
    times: { atime: time(32, 68), mtime: time(40, 64), ctime: time(48, 72), birthtime: time(56, 76) },
    flags: order.u32(raw, 88),
    generation: order.u32(raw, 80),
    blocks: order.u64(raw, 24),
    pointers: raw.slice(112, 112 + 8 * MAP_POINTERS),
    extSize: order.u32(raw, 92),
    extPointers: raw.slice(96, 112),
  };
}

/** A fraction that is none is dropped: seconds are all that can be told. */
function timespec(sec: number, nsec: number): Timespec {
  return { sec, nsec: nsec >= 0 && nsec < 1_000_000_000 ? nsec : 0 };
}

/** di_rdev, in the place of the first pointer: BSD's dev_t (12 bits of major number amid the minor's), Solaris' in the second place (14 and 18). */
function deviceNumber(sb: Superblock, pointers: Uint8Array): { major: number; minor: number } {
  const { order } = sb;
  if (sb.variant === 'solaris') {
    const wide = order.u32(pointers, 4) || order.u32(pointers, 0);
    if (wide <= 0xffff) return { major: wide >>> 8, minor: wide & 0xff };
    return { major: wide >>> 18, minor: wide & 0x3ffff };
  }
  const device = sb.version === 1 ? order.u32(pointers, 0) : order.u64(pointers, 0) % 2 ** 32;
  return { major: (device >>> 8) & 0xfff, minor: ((device >>> 12) & 0xfff00) | (device & 0xff) };
}
