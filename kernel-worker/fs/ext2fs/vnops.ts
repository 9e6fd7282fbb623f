/** vnodeops(9) of ext2fs. */

import { damaged, unsupported } from '../../rump/errno.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Properties, Vattr, Vnops } from '../../rump/vfs/vnode.ts';
import { bmap, maxFileSize, readBlocks } from './bmap.ts';
import { foldedName } from './casefold.ts';
import { readDirectory } from './directory.ts';
import { type Ext2Mount, inodeOffset } from './ext2mount.ts';
import { noKeyTarget, noKeyTargetLength } from './fscrypt.ts';
import { inlineContent } from './inlinedata.ts';
import { FLAG, IBLOCK_SIZE, type Inode } from './inode.ts';
import { listAttributes, readAttribute } from './xattr.ts';

/** The longest target that Linux makes is 4095 bytes; one block is all that the format has for it. */
const MAX_TARGET = 65536;

export function vnopsOf(fs: Ext2Mount): Vnops<Inode> {
  return {
    getattr: attributesOf,
    readdir: (dir) => readDirectory(fs, dir),
    foldName: (name, dir) => (ignoresCase(dir) ? foldedName(name) : name),
    isMapped: (file) => (file.flags & (FLAG.inlineData | FLAG.encrypt)) === 0,
    bmap: (file, fileOffset) => {
      if (file.attr.size > maxFileSize(fs, file))
        throw damaged(`inode ${file.ino} is larger than its block map`, {
          byteOffset: inodeOffset(fs, file.ino) + 4,
          expected: `up to ${maxFileSize(fs, file)}`,
          found: file.attr.size,
        });
      return bmap(fs, file, fileOffset);
    },
    read: (file, fileOffset, into) => readDecoded(fs, file, fileOffset, into),
    readlink: (link) => readlink(fs, link),
    listextattr: (inode) => listAttributes(fs, inode),
    readextattr: (inode, name, offset, into) => readAttribute(fs, inode, name, offset, into),
    properties: (inode) => propertiesOf(inode),
    propertiesForPeopleOnly: true,
  };
}

/** An encrypted link's size is that of the target which is shown, as its reader expects. */
function attributesOf(inode: Inode): Vattr {
  const { attr, flags } = inode;
  if (attr.type !== 'symlink' || (flags & FLAG.encrypt) === 0) return attr;
  return { ...attr, size: noKeyTargetLength(attr.size) };
}

/** Encrypted names are shown in a form of their own, in which case counts. */
function ignoresCase(dir: Inode): boolean {
  return (dir.flags & FLAG.casefold) !== 0 && (dir.flags & FLAG.encrypt) === 0;
}

/** Inline content. EOPNOTSUPP for encrypted content. */
function readDecoded(fs: Ext2Mount, file: Inode, fileOffset: number, into: Uint8Array): number {
  if ((file.flags & FLAG.encrypt) !== 0)
    throw unsupported('the content is encrypted (fscrypt), and its key is not on the medium');
  const part = inlineContent(fs, file).subarray(fileOffset, fileOffset + into.length);
  into.set(part);
  return part.length;
}

/** Short targets stand in i_block, longer ones in a block. */
function readlink(fs: Ext2Mount, link: Inode): string {
  const content = linkContent(fs, link);
  if ((link.flags & FLAG.encrypt) !== 0) return noKeyTarget(content);
  const end = content.indexOf(0);
  return nameFromBytes(end < 0 ? content : content.subarray(0, end));
}

function linkContent(fs: Ext2Mount, link: Inode): Uint8Array {
  const { size } = link.attr;
  if (size === 0 || size > Math.min(MAX_TARGET, fs.sb.blockSize))
    throw damaged(`symbolic link ${link.ino} has an impossible length`, {
      byteOffset: inodeOffset(fs, link.ino) + 4,
      found: size,
    });
  if ((link.flags & FLAG.inlineData) !== 0) return inlineContent(fs, link);
  const isShort = size < IBLOCK_SIZE && (link.flags & FLAG.extents) === 0 && !link.hasBlocks;
  if (isShort) return link.iblock.subarray(0, size);
  const content = new Uint8Array(size);
  readBlocks(fs, link, 0, content);
  return content;
}

/** Words for what lsattr shows as letters, where a reader of the medium may want to know. */
const FLAG_WORDS: ReadonlyArray<[flag: number, word: string]> = [
  [0x10, 'immutable'],
  [0x20, 'append-only'],
  [0x40, 'no dump'],
  [0x8, 'synchronous'],
  [0x4000, 'data journalled'],
  [FLAG.index, 'indexed'],
  [FLAG.inlineData, 'inline'],
  [FLAG.casefold, 'case-insensitive'],
  [FLAG.verity, 'verity'],
];

function propertiesOf(inode: Inode): Properties {
  const properties: Properties = { Inode: inode.ino };
  const words = FLAG_WORDS.filter(([flag]) => (inode.flags & flag) !== 0).map(([, word]) => word);
  if (words.length > 0) properties.Flags = words.join(', ');
  if ((inode.flags & FLAG.encrypt) !== 0) properties.Encrypted = true;
  return properties;
}
