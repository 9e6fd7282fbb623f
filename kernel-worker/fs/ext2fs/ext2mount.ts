/** A mounted ext file system as its parts share it (NetBSD's struct ufsmount), and the way from an inode number to the inode. */

import { damaged } from '../../rump/errno.ts';
import { LruMap } from '../../rump/vfs/lru.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import type { ExtentNode } from './extent.ts';
import type { FastCommits } from './fastcommit.ts';
import type { Superblock } from './format.ts';
import type { GroupTable } from './groups.ts';
import { FLAG, type Inode, parseInode, ROOT_INODE } from './inode.ts';
import type { AttributeEntry } from './xattr.ts';

/** Parsed nodes of extent trees: 64 of 4 KiB hold some 20,000 extents. */
const MAX_EXTENT_NODES = 64;

export interface Ext2Mount {
  /** The medium, or the journal's overlay over it. */
  device: FsDevice;
  sb: Superblock;
  groups: GroupTable;
  /** Metadata checksums are there and to be verified. */
  verify: boolean;
  extentNodes: LruMap<number, ExtentNode>;
  /** What fast commits changed above the blocks; null if there were none. */
  fastCommits: FastCommits | null;
  lastAttributes: { inode: Inode; entries: AttributeEntry[] } | null;
  log(message: string): void;
}

export function newExtentCache(): LruMap<number, ExtentNode> {
  return new LruMap(MAX_EXTENT_NODES);
}

/** Where an inode lies on the medium. EUCLEAN if there is no such inode. */
export function inodeOffset(fs: Ext2Mount, ino: number): number {
  const { sb } = fs;
  if (!(ino >= 1 && ino <= sb.inodesCount))
    throw damaged(`there is no inode ${ino}`, { expected: `1 to ${sb.inodesCount}`, found: ino });
  const group = Math.floor((ino - 1) / sb.inodesPerGroup);
  const index = (ino - 1) % sb.inodesPerGroup;
  return fs.groups.inodeTableOffset(group) + index * sb.inodeSize;
}

/** The bytes of an inode, as the medium, the journal and the fast commits together have it. */
export function rawInode(fs: Ext2Mount, ino: number): Uint8Array {
  const raw = fs.device.bread(inodeOffset(fs, ino), fs.sb.inodeSize);
  return fs.fastCommits === null ? raw : fs.fastCommits.rawInode(ino, raw);
}

/** Any inode, also one without a name (the journal's, an attribute value's). EUCLEAN if it is damaged. */
export function loadInode(fs: Ext2Mount, ino: number): Inode {
  const byteOffset = inodeOffset(fs, ino);
  // A fast commit's inode carries no checksum of its own: the commit's covers it.
  const verify = fs.verify && fs.fastCommits?.hasInode(ino) !== true;
  return parseInode(rawInode(fs, ino), ino, byteOffset, { sb: fs.sb, verify });
}

/** VFS_VGET: an inode that a directory names. EUCLEAN if it is damaged, free, or none that may have a name. */
export function namedInode(fs: Ext2Mount, ino: number): Inode {
  if (ino !== ROOT_INODE && ino < fs.sb.firstInode)
    throw damaged(`a directory entry names inode ${ino}, which is reserved`, { found: ino });
  const inode = loadInode(fs, ino);
  if (inode.attr.nlink === 0) throw damaged(`inode ${ino} is not in use`, { byteOffset: inodeOffset(fs, ino) });
  if ((inode.flags & FLAG.eaInode) !== 0)
    throw damaged(`inode ${ino} holds the value of an attribute and has no name`, {
      byteOffset: inodeOffset(fs, ino),
    });
  return inode;
}
