/**
 * Extended attributes of UFS2, in one or two blocks of the inode's own.
 * Layout: struct extattr in <ufs/ufs/extattr.h>, fs(5) of FreeBSD: length, name space, padding, name length, name, content from the next eighth byte.
 */

import { damaged, requestError } from '../../rump/errno.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Extattr } from '../../rump/vfs/vnode.ts';
import type { FfsMount } from './ffsmount.ts';
import type { Inode } from './inode.ts';

/** ea_length, ea_namespace, ea_contentpadlen and ea_namelength. */
const HEADER_BYTES = 7;
/** EXTATTR_NAMESPACE_USER and _SYSTEM; 0 is an emptied place. */
const NAMESPACES: Readonly<Record<number, string>> = { 1: 'user.', 2: 'system.' };
/** UFS_NXADDR. */
const AREA_BLOCKS = 2;

interface Entry {
  name: string;
  value: Uint8Array;
}

/** EUCLEAN if the attributes do not fit into their area. */
export function listUfs2Attributes(fs: FfsMount, inode: Inode): Extattr[] {
  return entriesOf(fs, inode).map(({ name, value }) => ({ name, size: value.length }));
}

/** ENODATA if there is no such attribute. */
export function readUfs2Attribute(fs: FfsMount, inode: Inode, name: string, offset: number, into: Uint8Array): number {
  const entry = entriesOf(fs, inode).find((candidate) => candidate.name === name);
  if (entry === undefined) throw requestError('ENODATA', `no attribute ${JSON.stringify(name)}`);
  const part = entry.value.subarray(offset, offset + into.length);
  into.set(part);
  return part.length;
}

function entriesOf(fs: FfsMount, inode: Inode): Entry[] {
  if (inode.extSize === 0) return [];
  const area = readArea(fs, inode);
  const entries: Entry[] = [];
  for (let at = 0; at + HEADER_BYTES <= area.length; ) {
    const length = fs.sb.order.u32(area, at);
    // The rest of the area is padding.
    if (length === 0) break;
    const [space, padding, nameLength] = [area[at + 4], area[at + 5], area[at + 6]];
    const base = (HEADER_BYTES + nameLength + 7) & ~7;
    if (at + length > area.length || length < base + padding)
      throw damaged(`an extended attribute of inode ${inode.ino} reaches beyond its place`, {
        byteOffset: inode.byteOffset,
        found: length,
      });
    const prefix = NAMESPACES[space];
    if (prefix !== undefined && nameLength > 0) {
      const name = prefix + nameFromBytes(area.subarray(at + HEADER_BYTES, at + HEADER_BYTES + nameLength));
      entries.push({ name, value: area.subarray(at + base, at + length - padding) });
    }
    at += length;
  }
  return entries;
}

function readArea(fs: FfsMount, inode: Inode): Uint8Array {
  const { blockBytes, fragmentBytes, sizeFragments, order } = fs.sb;
  if (inode.extSize > AREA_BLOCKS * blockBytes)
    throw damaged(`inode ${inode.ino} has more extended attributes than fit`, {
      byteOffset: inode.byteOffset + 92,
      expected: `up to ${AREA_BLOCKS * blockBytes}`,
      found: inode.extSize,
    });
  const area = new Uint8Array(inode.extSize);
  for (let index = 0; index * blockBytes < area.length; index++) {
    const pointer = order.u64(inode.extPointers, 8 * index);
    if (pointer === 0 || pointer >= sizeFragments)
      throw damaged(`the extended attributes of inode ${inode.ino} lie outside of the file system`, {
        byteOffset: inode.byteOffset + 96 + 8 * index,
        found: pointer,
      });
    fs.device.read(pointer * fragmentBytes, area.subarray(index * blockBytes, (index + 1) * blockBytes));
  }
  return area;
}
