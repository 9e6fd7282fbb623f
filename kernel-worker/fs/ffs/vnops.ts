/** vnodeops(9) of ffs. */

import { damaged } from '../../rump/errno.ts';
import { maxMappedBytes } from '../../rump/lib/ufsblockmap.ts';
import { flagWords } from '../../rump/lib/ufsdinode.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Properties, Vnops } from '../../rump/vfs/vnode.ts';
import { attributeFiles } from './attributefiles.ts';
import { readDirectory } from './directory.ts';
import { listUfs2Attributes, readUfs2Attribute } from './extattr.ts';
import { type FfsMount, inodeRun } from './ffsmount.ts';
import { INODE_FLAG, type Inode } from './inode.ts';

/** A target fills a block at most. */
const MAX_TARGET = 65536;

export function ffsVnops(fs: FfsMount): Vnops<Inode> {
  const isUfs2 = fs.sb.version === 2;
  const files = attributeFiles(fs);
  return {
    getattr: (inode) => inode.attr,
    readdir: (dir) => readDirectory(fs, dir),
    bmap(file, fileOffset) {
      if (file.attr.size > maxMappedBytes(fs.geometry))
        throw damaged(`inode ${file.ino} is larger than its block map`, {
          byteOffset: file.byteOffset,
          expected: `up to ${maxMappedBytes(fs.geometry)}`,
          found: file.attr.size,
        });
      return inodeRun(fs, file, fileOffset);
    },
    readlink: (link) => readlink(fs, link),
    listextattr: (inode) => (isUfs2 ? listUfs2Attributes(fs, inode) : files.list(inode)),
    readextattr: (inode, name, offset, into) =>
      isUfs2 ? readUfs2Attribute(fs, inode, name, offset, into) : files.read(inode, name, offset, into),
    properties: (inode) => propertiesOf(inode),
  };
}

/** Short targets stand in the place of the block pointers: those below fs_maxsymlinklen, or, where there is no such length, those without blocks. */
function readlink(fs: FfsMount, link: Inode): string {
  const { size } = link.attr;
  const { maxSymlinkLength, blockBytes } = fs.sb;
  if (size === 0 || size > Math.min(MAX_TARGET, blockBytes))
    throw damaged(`symbolic link ${link.ino} has an impossible length`, { byteOffset: link.byteOffset, found: size });
  const isShort = maxSymlinkLength > 0 ? size < maxSymlinkLength : link.blocks === 0;
  if (isShort && size <= link.pointers.length) return targetOf(link.pointers.subarray(0, size));
  const content = new Uint8Array(size);
  readMapped(fs.device, (at) => inodeRun(fs, link, at), 0, content);
  return targetOf(content);
}

function targetOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return nameFromBytes(end < 0 ? bytes : bytes.subarray(0, end));
}

function propertiesOf(inode: Inode): Properties {
  const properties: Properties = { Inode: inode.ino };
  const words = flagWords(inode.flags);
  if (words !== '') properties.Flags = words;
  if (inode.isSnapshot) {
    properties.Snapshot =
      (inode.flags & INODE_FLAG.snapshotInvalid) !== 0
        ? 'of this file system, not finished'
        : 'of this file system: an image of it as it once was';
  }
  return properties;
}
