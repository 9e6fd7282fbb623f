/** vnodeops(9) of lfs. */

import { damaged } from '../../rump/errno.ts';
import { maxMappedBytes } from '../../rump/lib/ufsblockmap.ts';
import { flagWords } from '../../rump/lib/ufsdinode.ts';
import { type DirectoryForm, readUfsDirectory } from '../../rump/lib/ufsdirectory.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Properties, Vnops } from '../../rump/vfs/vnode.ts';
import type { Inode } from './inode.ts';
import { inodeRun, type LfsMount } from './lfsmount.ts';

/** LFS_DIRBLKSIZ. */
const CHUNK_BYTES = 512;

export function lfsVnops(fs: LfsMount): Vnops<Inode> {
  const form: DirectoryForm = {
    order: fs.sb.order,
    blockBytes: fs.sb.blockBytes,
    chunkBytes: CHUNK_BYTES,
    inodeBytes: fs.sb.is64 ? 8 : 4,
    isOld: !fs.sb.is64 && fs.sb.maxSymlinkLength === 0,
  };
  return {
    getattr: (inode) => inode.attr,
    readdir: (dir) =>
      readUfsDirectory<Inode>(fs.device, form, {
        sizeBytes: dir.attr.size,
        owner: `directory ${dir.ino}`,
        bmap: (fileOffset) => inodeRun(fs, dir, fileOffset),
      }),
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
    properties(inode) {
      const properties: Properties = { Inode: inode.ino };
      const words = flagWords(inode.flags);
      if (words !== '') properties.Flags = words;
      return properties;
    },
  };
}

/** As of FFS: short targets stand in the place of the block pointers. */
function readlink(fs: LfsMount, link: Inode): string {
  const { size } = link.attr;
  const { maxSymlinkLength, blockBytes } = fs.sb;
  // PATH_MAX of NetBSD is 1024; a block is the least that any target fits into.
  if (size === 0 || size > Math.max(4096, blockBytes))
    throw damaged(`symbolic link ${link.ino} has an impossible length`, { byteOffset: link.byteOffset, found: size });
  const isShort = maxSymlinkLength > 0 ? size < maxSymlinkLength : link.blocks === 0;
  const content = new Uint8Array(size);
  if (isShort && size <= link.pointers.length) content.set(link.pointers.subarray(0, size));
  else readMapped(fs.device, (at) => inodeRun(fs, link, at), 0, content);
  const end = content.indexOf(0);
  return nameFromBytes(end < 0 ? content : content.subarray(0, end));
}
