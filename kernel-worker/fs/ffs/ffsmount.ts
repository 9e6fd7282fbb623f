/** A mounted fast file system as its parts see it, and its inodes. */

import { damaged, KernelError } from '../../rump/errno.ts';
import { crc32c, crc32cZeros } from '../../rump/lib/crc32c.ts';
import { type MapGeometry, mapRun } from '../../rump/lib/ufsblockmap.ts';
import type { FsDevice, Run } from '../../rump/vfs/vnode.ts';
import { directoryChunk } from './applelabel.ts';
import { CHECK_HASH, groupStart, inodeOffset, type Superblock } from './format.ts';
import { type Inode, parseInode } from './inode.ts';
import { snapshotPointer } from './snapshot.ts';
import { keepsHash } from './superblock.ts';

export interface FfsMount {
  device: FsDevice;
  sb: Superblock;
  geometry: MapGeometry;
  /** DIRBLKSIZ. */
  directoryChunk: number;
  /** Whether check hashes are verified. */
  verify: boolean;
  /** Groups whose hash was looked at. */
  checkedGroups: Set<number>;
  /** Tells the user something that reading found out. */
  notice(text: string): void;
}

export function ffsMount(device: FsDevice, sb: Superblock, verify: boolean, notice: (text: string) => void): FfsMount {
  const geometry: MapGeometry = {
    order: sb.order,
    pointerBytes: sb.version === 1 ? 4 : 8,
    blockBytes: sb.blockBytes,
    unitBytes: sb.fragmentBytes,
    unitLimit: sb.sizeFragments,
  };
  return { device, sb, geometry, directoryChunk: directoryChunk(device), verify, checkedGroups: new Set(), notice };
}

/** di_ckhash of UFS2. */
const INODE_HASH_OFFSET = 244;
/** <ufs/ffs/fs.h>: struct cg. */
const GROUP_MAGIC = 0x090255;
const GROUP_HASH_OFFSET = 136;

/** VFS_VGET. EUCLEAN if there is no such inode, if it is not in use, or if its check hash is wrong. */
export function loadInode(fs: FfsMount, ino: number): Inode {
  const { sb, device } = fs;
  if (ino < 1 || ino >= sb.groups * sb.inodesPerGroup)
    throw damaged(`there is no inode ${ino}`, { expected: `below ${sb.groups * sb.inodesPerGroup}`, found: ino });
  const byteOffset = inodeOffset(sb, ino);
  const raw = device.bread(byteOffset, sb.inodeBytes);
  if (fs.verify && sb.version === 2 && keepsHash(sb, CHECK_HASH.inode)) {
    const hash = crc32c(crc32cZeros(crc32c(~0, raw, 0, INODE_HASH_OFFSET), 4), raw, INODE_HASH_OFFSET + 4);
    const recorded = sb.order.u32(raw, INODE_HASH_OFFSET);
    if (hash !== recorded)
      throw damaged(`inode ${ino}: wrong check hash`, { byteOffset, expected: hash, found: recorded });
  }
  if (fs.verify && keepsHash(sb, CHECK_HASH.cylinderGroup)) checkGroup(fs, Math.floor(ino / sb.inodesPerGroup));
  return parseInode(sb, ino, raw, byteOffset);
}

/** A damaged cylinder group costs a reader nothing: its maps say only what is free. So it is told, once. */
function checkGroup(fs: FfsMount, group: number): void {
  if (fs.checkedGroups.has(group)) return;
  fs.checkedGroups.add(group);
  const { sb } = fs;
  const byteOffset = (groupStart(sb, group) + sb.cylinderGroupFragment) * sb.fragmentBytes;
  const lengthBytes = Math.min(sb.cylinderGroupBytes, sb.blockBytes);
  try {
    const bytes = fs.device.bread(byteOffset, lengthBytes);
    const hash = crc32c(crc32cZeros(crc32c(~0, bytes, 0, GROUP_HASH_OFFSET), 4), bytes, GROUP_HASH_OFFSET + 4);
    if (sb.order.u32(bytes, 4) === GROUP_MAGIC && hash === sb.order.u32(bytes, GROUP_HASH_OFFSET)) return;
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
  }
  fs.notice(`Cylinder group ${group} is damaged at byte ${byteOffset}: what it says of free space is wrong.`);
}

/** VOP_BMAP of any inode with content of its own. */
export function inodeRun(fs: FfsMount, inode: Inode, fileOffset: number): Run {
  const map = {
    pointers: inode.pointers,
    owner: `inode ${inode.ino}`,
    special: inode.isSnapshot ? snapshotPointer(fs.sb) : undefined,
  };
  return mapRun(fs.device, fs.geometry, map, fileOffset);
}
