/**
 * Extended attributes: behind the fields of the inode, in a block of their own, and (large values) in inodes of their own.
 * Layout: Linux Documentation/filesystems/ext4, "Extended Attributes" (struct ext4_xattr_entry, 16 bytes and the name).
 */

import { damaged, requestError } from '../../rump/errno.ts';
import { crc32c, crc32cU32le, crc32cZeros } from '../../rump/lib/crc32c.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Extattr } from '../../rump/vfs/vnode.ts';
import { aclSize, linuxAcl } from './acl.ts';
import { readBlocks } from './bmap.ts';
import { type Ext2Mount, inodeOffset, loadInode, rawInode } from './ext2mount.ts';
import { FLAG, type Inode } from './inode.ts';

const MAGIC = 0xea020000;
const OLD_INODE_SIZE = 128;
const BLOCK_HEADER_SIZE = 32;
const ENTRY_SIZE = 16;
/** The largest value that Linux takes (XATTR_SIZE_MAX); up to here a value's checksum is verified before any of it is given out. */
const MAX_CHECKED_VALUE = 65536;

/** e_name_index: what is left off in front of the name, and whether Linux lists such attributes. */
const PREFIXES: Record<number, { prefix: string; hidden?: true }> = {
  1: { prefix: 'user.' },
  2: { prefix: 'system.posix_acl_access' },
  3: { prefix: 'system.posix_acl_default' },
  4: { prefix: 'trusted.' },
  6: { prefix: 'security.' },
  // Only 'system.data', the rest of inline content.
  7: { prefix: 'system.', hidden: true },
  8: { prefix: 'system.richacl' },
  // The key identifier of an encrypted file, and the descriptor of a verity file: the file system's own.
  9: { prefix: 'encryption.', hidden: true },
  10: { prefix: 'gnu.' },
  11: { prefix: 'verity.', hidden: true },
};
const INDEX_ACL_ACCESS = 2;
const INDEX_ACL_DEFAULT = 3;
const INDEX_SYSTEM = 7;

export interface AttributeEntry {
  nameIndex: number;
  name: string;
  size: number;
  /** The inode that holds the value, or 0: then `value` is it. */
  valueInode: number;
  value: Uint8Array;
}

/** VOP_LISTEXTATTR: the attributes by the names that Linux shows, with the sizes that reading gives. */
export function listAttributes(fs: Ext2Mount, inode: Inode): Extattr[] {
  const listed: Extattr[] = [];
  for (const entry of allEntries(fs, inode)) {
    const prefix = PREFIXES[entry.nameIndex];
    if (prefix === undefined || prefix.hidden) continue;
    const size = isAcl(entry) ? aclSize(entry.value) : entry.size;
    listed.push({ name: prefix.prefix + entry.name, size });
  }
  return listed;
}

/** VOP_GETEXTATTR. ENODATA if there is no such attribute. */
export function readAttribute(fs: Ext2Mount, inode: Inode, name: string, offset: number, into: Uint8Array): number {
  const found = allEntries(fs, inode).find((entry) => {
    const prefix = PREFIXES[entry.nameIndex];
    return prefix !== undefined && !prefix.hidden && prefix.prefix + entry.name === name;
  });
  if (found === undefined) throw requestError('ENODATA', `no attribute ${JSON.stringify(name)}`);
  if (found.valueInode !== 0) return readValueInode(fs, inode, found, offset, into);
  const value = isAcl(found) ? linuxAcl(found.value) : found.value;
  const part = value.subarray(offset, offset + into.length);
  into.set(part);
  return part.length;
}

/** The attribute 'system.data': content that did not fit into i_block; null if there is none. */
export function inlineRest(fs: Ext2Mount, inode: Inode): Uint8Array | null {
  const entry = inodeEntries(fs, inode).find((e) => e.nameIndex === INDEX_SYSTEM && e.name === 'data');
  if (entry === undefined) return null;
  if (entry.valueInode === 0) return entry.value;
  const value = new Uint8Array(Math.min(entry.size, MAX_CHECKED_VALUE));
  readValueInode(fs, inode, entry, 0, value);
  return value;
}

function isAcl(entry: AttributeEntry): boolean {
  return entry.valueInode === 0 && (entry.nameIndex === INDEX_ACL_ACCESS || entry.nameIndex === INDEX_ACL_DEFAULT);
}

/** Those of the inode asked last are kept: listing is followed by reading each. */
function allEntries(fs: Ext2Mount, inode: Inode): AttributeEntry[] {
  if (fs.lastAttributes?.inode === inode) return fs.lastAttributes.entries;
  const inInode = inodeEntries(fs, inode);
  const entries = inode.fileAcl === 0 ? inInode : inInode.concat(blockEntries(fs, inode));
  fs.lastAttributes = { inode, entries };
  return entries;
}

/** Values lie relative to the first entry, which stands behind the magic number. */
function inodeEntries(fs: Ext2Mount, inode: Inode): AttributeEntry[] {
  const start = OLD_INODE_SIZE + inode.extraSize;
  if (inode.extraSize === 0 || start + 8 > fs.sb.inodeSize) return [];
  const raw = rawInode(fs, inode.ino);
  if (raw.length < fs.sb.inodeSize || u32le(raw, start) !== MAGIC) return [];
  const what = `an attribute of inode ${inode.ino}`;
  return parseEntries(raw.subarray(start + 4), 0, what, () => inodeOffset(fs, inode.ino) + start + 4);
}

/** Values lie relative to the block. */
function blockEntries(fs: Ext2Mount, inode: Inode): AttributeEntry[] {
  const byteOffset = inode.fileAcl * fs.sb.blockSize;
  const what = `the attribute block of inode ${inode.ino}`;
  if (inode.fileAcl >= fs.sb.blocksCount)
    throw damaged(`${what} lies outside of the file system`, { found: inode.fileAcl });
  const bytes = fs.device.bread(byteOffset, fs.sb.blockSize);
  if (u32le(bytes, 0) !== MAGIC)
    throw damaged(`${what} is none`, {
      byteOffset,
      expected: '0xea020000',
      found: `0x${u32le(bytes, 0).toString(16)}`,
    });
  if (fs.verify) verifyBlock(fs, bytes, inode.fileAcl, what);
  return parseEntries(bytes, BLOCK_HEADER_SIZE, what, () => byteOffset);
}

/** h_checksum (0x10), counted as zero, behind the block's 64-bit number. */
function verifyBlock(fs: Ext2Mount, bytes: Uint8Array, block: number, what: string): void {
  const seed = crc32cU32le(crc32cU32le(fs.sb.checksumSeed, block >>> 0), Math.floor(block / 2 ** 32));
  const expected = crc32c(crc32cZeros(crc32c(seed, bytes, 0, 0x10), 4), bytes, 0x14);
  if (expected !== u32le(bytes, 0x10))
    throw damaged(`${what}: wrong checksum`, {
      byteOffset: block * fs.sb.blockSize + 0x10,
      expected,
      found: u32le(bytes, 0x10),
    });
}

/** The entries from `at` on up to four bytes of zero. At most one for each 16 bytes. */
function parseEntries(bytes: Uint8Array, first: number, what: string, base: () => number): AttributeEntry[] {
  const entries: AttributeEntry[] = [];
  for (let at = first; at + 4 <= bytes.length && u32le(bytes, at) !== 0; ) {
    const nameLength = bytes[at];
    const valueOffset = u16le(bytes, at + 2);
    const valueInode = u32le(bytes, at + 4);
    const size = u32le(bytes, at + 8);
    const end = at + ENTRY_SIZE + nameLength;
    if (end > bytes.length || (valueInode === 0 && size > 0 && valueOffset + size > bytes.length))
      throw damaged(`${what} reaches beyond its place`, { byteOffset: base() + at, found: size });
    entries.push({
      nameIndex: bytes[at + 1],
      name: nameFromBytes(bytes.subarray(at + ENTRY_SIZE, end)),
      size,
      valueInode,
      value: valueInode === 0 ? bytes.subarray(valueOffset, valueOffset + size) : new Uint8Array(0),
    });
    at = (end + 3) & ~3;
  }
  return entries;
}

/** With ea_inode: the value is the content of an inode, whose i_atime is the value's checksum. */
function readValueInode(fs: Ext2Mount, inode: Inode, entry: AttributeEntry, offset: number, into: Uint8Array): number {
  const what = `the value of attribute ${JSON.stringify(entry.name)} of inode ${inode.ino}`;
  const holder = loadInode(fs, entry.valueInode);
  if ((holder.flags & FLAG.eaInode) === 0 || holder.attr.size !== entry.size)
    throw damaged(`${what} is not in inode ${entry.valueInode}`, {
      byteOffset: inodeOffset(fs, entry.valueInode),
      expected: entry.size,
      found: holder.attr.size,
    });
  const count = Math.max(0, Math.min(into.length, entry.size - offset));
  const target = into.subarray(0, count);
  if (entry.size > MAX_CHECKED_VALUE) {
    readBlocks(fs, holder, offset, target);
    return count;
  }
  const value = new Uint8Array(entry.size);
  readBlocks(fs, holder, 0, value);
  if (fs.verify && crc32c(fs.sb.checksumSeed, value) !== holder.valueChecksum && !isOldValueInode(inode, holder))
    throw damaged(`${what}: wrong checksum`, { byteOffset: inodeOffset(fs, entry.valueInode) });
  target.set(value.subarray(offset, offset + count));
  return count;
}

/** Lustre's first form: no checksum, but i_mtime names the inode that has the attribute, and the generations are the same. */
function isOldValueInode(inode: Inode, holder: Inode): boolean {
  return holder.attr.mtime?.sec === inode.ino && holder.generation === inode.generation;
}
