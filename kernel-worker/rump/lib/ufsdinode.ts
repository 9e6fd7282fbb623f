/**
 * Inodes as FFS and LFS share them: the forms with pointers of 32 and of 64 bits.
 * Layout: struct ufs1_dinode and ufs2_dinode in <ufs/ufs/dinode.h>, lfs32_dinode and lfs64_dinode in <ufs/lfs/lfs.h> of NetBSD.
 */

import type { Timespec } from '../vfs/time.ts';
import type { VnodeType } from '../vfs/vnode.ts';
import type { ByteOrder } from './byteorder.ts';
import { MAP_POINTERS } from './ufsblockmap.ts';

export const DINODE32_BYTES = 128;
export const DINODE64_BYTES = 256;

/** What both forms hold beside mode, link count and size. */
export interface Dinode {
  owner: { uid: number; gid: number };
  times: { mtime: Timespec; atime: Timespec; ctime: Timespec; birthtime: Timespec | null };
  flags: number;
  generation: number;
  /** Sectors of 512 bytes. */
  blocks: number;
  /** di_db and di_ib; of a short symbolic link, its target. */
  pointers: Uint8Array;
}

/** `fractionScale`: nanoseconds in the unit in which fractions of seconds are kept. */
export function parseDinode32(order: ByteOrder, raw: Uint8Array, fractionScale = 1): Dinode {
  const time = (at: number) => timespec(order.i32(raw, at), order.i32(raw, at + 4) * fractionScale);
  return {
    owner: { uid: order.u32(raw, 112), gid: order.u32(raw, 116) },
    times: { atime: time(16), mtime: time(24), ctime: time(32), birthtime: null },
    flags: order.u32(raw, 100),
    generation: order.u32(raw, 108),
    blocks: order.u32(raw, 104),
    pointers: raw.slice(40, 40 + 4 * MAP_POINTERS),
  };
}

export function parseDinode64(order: ByteOrder, raw: Uint8Array): Dinode {
  const time = (at: number, fraction: number) => timespec(order.i64(raw, at), order.i32(raw, fraction));
  return {
    owner: { uid: order.u32(raw, 4), gid: order.u32(raw, 8) },
    times: { atime: time(32, 68), mtime: time(40, 64), ctime: time(48, 72), birthtime: time(56, 76) },
    flags: order.u32(raw, 88),
    generation: order.u32(raw, 80),
    blocks: order.u64(raw, 24),
    pointers: raw.slice(112, 112 + 8 * MAP_POINTERS),
  };
}

/** A fraction that is none is dropped: seconds are all that can be told. */
function timespec(sec: number, nsec: number): Timespec {
  return { sec, nsec: nsec >= 0 && nsec < 1_000_000_000 ? nsec : 0 };
}

/** The upper bits of di_mode; null of free inodes and whiteouts too. */
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

/** di_rdev, in the place of the first pointer: NetBSD's dev_t with 12 bits of major number amid the minor's; older ones of 16 bits read the same. */
export function bsdDeviceNumber(device: number): { major: number; minor: number } {
  return { major: (device >>> 8) & 0xfff, minor: ((device >>> 12) & 0xfff00) | (device & 0xff) };
}

/** chflags(1): UF_ and SF_ words of NetBSD and FreeBSD. */
const FLAG_WORDS: ReadonlyArray<[flag: number, word: string]> = [
  [0x1, 'nodump'],
  [0x2, 'uchg'],
  [0x4, 'uappnd'],
  [0x8, 'opaque'],
  [0x10, 'uunlnk'],
  [0x80, 'usystem'],
  [0x100, 'usparse'],
  [0x200, 'uoffline'],
  [0x400, 'ureparse'],
  [0x800, 'uarch'],
  [0x1000, 'urdonly'],
  [0x8000, 'uhidden'],
  [0x10000, 'arch'],
  [0x20000, 'schg'],
  [0x40000, 'sappnd'],
  [0x100000, 'sunlnk'],
  [0x200000, 'snapshot'],
  [0x400000, 'log'],
  [0x800000, 'snapinval'],
];

export function flagWords(flags: number): string {
  return FLAG_WORDS.filter(([flag]) => (flags & flag) !== 0)
    .map(([, word]) => word)
    .join(', ');
}
