/**
 * Inline data: the content of small files and directories in the inode itself, its first 60 bytes in i_block and the rest in 'system.data'.
 * Layout: Linux Documentation/filesystems/ext4, "Inline Data".
 */

import { damaged } from '../../rump/errno.ts';
import { type Ext2Mount, inodeOffset } from './ext2mount.ts';
import { IBLOCK_SIZE, type Inode } from './inode.ts';
import { inlineRest } from './xattr.ts';

/** All of the content. EUCLEAN if the inode holds less than its size says. */
export function inlineContent(fs: Ext2Mount, inode: Inode): Uint8Array {
  const { size } = inode.attr;
  if (size <= IBLOCK_SIZE) return inode.iblock.subarray(0, size);
  const rest = inlineRest(fs, inode) ?? new Uint8Array(0);
  if (size > IBLOCK_SIZE + rest.length)
    throw damaged(`inode ${inode.ino} holds less content than its size says`, {
      byteOffset: inodeOffset(fs, inode.ino) + 4,
      expected: `up to ${IBLOCK_SIZE + rest.length}`,
      found: size,
    });
  const content = new Uint8Array(size);
  content.set(inode.iblock);
  content.set(rest.subarray(0, size - IBLOCK_SIZE), IBLOCK_SIZE);
  return content;
}
