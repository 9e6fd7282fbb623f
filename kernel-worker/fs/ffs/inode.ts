/** Inodes of UFS1 and UFS2 with what their variants add: <ufs/ufs/dinode.h> of the BSDs, and struct icommon in <sys/fs/ufs_inode.h> of Solaris. */

import { damaged } from '../../rump/errno.ts';
import { bsdDeviceNumber, type Dinode, parseDinode32, parseDinode64, typeOfMode } from '../../rump/lib/ufsdinode.ts';
import type { Vattr } from '../../rump/vfs/vnode.ts';
import type { Superblock } from './format.ts';

/** di_flags: SF_SNAPSHOT, and NetBSD's SF_SNAPINVAL. */
export const INODE_FLAG = { snapshot: 0x200000, snapshotInvalid: 0x800000 } as const;

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

const EMPTY = new Uint8Array(0);

/** EUCLEAN if the inode is free or of no known type, or larger than a number can say. */
export function parseInode(sb: Superblock, ino: number, raw: Uint8Array, byteOffset: number): Inode {
  const { order } = sb;
  const mode = order.u16(raw, 0);
  const type = typeOfMode(mode);
  if (type === null) {
    const what = mode === 0 ? `inode ${ino} is not in use` : `inode ${ino} is of no known type`;
    throw damaged(what, { byteOffset, found: mode });
  }
  const size = order.u64(raw, sb.version === 1 ? 8 : 16);
  if (!Number.isSafeInteger(size)) throw damaged(`inode ${ino} has an impossible size`, { byteOffset, found: size });
  const dinode = sb.version === 1 ? ufs1Dinode(sb, raw) : parseDinode64(order, raw);
  const attr: Vattr = {
    type,
    fileid: ino,
    size,
    allocatedBytes: dinode.blocks * 512,
    mode: mode & 0o7777,
    nlink: order.u16(raw, 2),
    ...dinode.owner,
    ...dinode.times,
  };
  if (type === 'chr' || type === 'blk') attr.rdev = deviceNumber(sb, dinode.pointers);
  return {
    ino,
    byteOffset,
    attr,
    flags: dinode.flags,
    generation: dinode.generation,
    pointers: dinode.pointers,
    blocks: dinode.blocks,
    isSnapshot: type === 'file' && (dinode.flags & INODE_FLAG.snapshot) !== 0,
    extSize: sb.version === 1 ? 0 : order.u32(raw, 92),
    extPointers: sb.version === 1 ? EMPTY : raw.slice(96, 112),
  };
}

/** Solaris keeps microseconds where 4.4BSD keeps nanoseconds; 4.3BSD kept nothing there, and NetBSD writes its own into that format. */
function ufs1Dinode(sb: Superblock, raw: Uint8Array): Dinode {
  const dinode = parseDinode32(sb.order, raw, sb.variant === 'solaris' ? 1000 : 1);
  const isBsd = sb.variant === 'bsd';
  return {
    ...dinode,
    flags: isBsd ? dinode.flags : 0,
    owner: isBsd && !sb.hasOldInodes ? dinode.owner : oldOwner(sb, raw),
  };
}

/** Of 16 bits before 4.4BSD; Solaris has longer ones where these say 65535 (UID_LONG). */
function oldOwner(sb: Superblock, raw: Uint8Array): { uid: number; gid: number } {
  const { order } = sb;
  const [uid, gid] = [order.u16(raw, 4), order.u16(raw, 6)];
  if (sb.variant !== 'solaris') return { uid, gid };
  return { uid: uid === 65535 ? order.u32(raw, 116) : uid, gid: gid === 65535 ? order.u32(raw, 120) : gid };
}

/** Solaris has the wide form (14 and 18 bits) in the second pointer's place. */
function deviceNumber(sb: Superblock, pointers: Uint8Array): { major: number; minor: number } {
  const { order } = sb;
  if (sb.variant === 'solaris') {
    const wide = order.u32(pointers, 4) || order.u32(pointers, 0);
    if (wide <= 0xffff) return { major: wide >>> 8, minor: wide & 0xff };
    return { major: wide >>> 18, minor: wide & 0x3ffff };
  }
  return bsdDeviceNumber(sb.version === 1 ? order.u32(pointers, 0) : order.u64(pointers, 0) % 2 ** 32);
}
