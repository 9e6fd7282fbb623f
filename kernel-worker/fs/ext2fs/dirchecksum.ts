/**
 * Checksums of directory blocks.
 * Layout: Linux Documentation/filesystems/ext4, "Directory Entries" (struct ext4_dir_entry_tail, dx_root, dx_node, dx_tail).
 */

import { damaged, type KernelError } from '../../rump/errno.ts';
import { crc32c, crc32cZeros } from '../../rump/lib/crc32c.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { FLAG, type Inode } from './inode.ts';

/** A block of entries ends with its checksum, dressed as an unused entry of this size and file type. */
const LEAF_TAIL_SIZE = 12;
const LEAF_TAIL_TYPE = 0xde;
/** Where limit and count of an index stand: in its first block behind '.', '..' and dx_root_info, in others behind an entry without a name. */
const ROOT_COUNT_AT = 0x20;
const NODE_COUNT_AT = 8;
const INDEX_ENTRY_SIZE = 8;

/** What is wrong with the checksum of a block of `dir`, or null. `isFirst`: it is the directory's first block. */
export function checkDirectoryBlock(
  dir: Inode,
  bytes: Uint8Array,
  byteOffset: number,
  isFirst: boolean,
): KernelError | null {
  const isIndexed = (dir.flags & FLAG.index) !== 0;
  // An index block's end may still hold the tail of the block of entries that it once was: so the index is asked for first.
  if (isIndexed && isFirst) return checkIndexBlock(dir, bytes, byteOffset, ROOT_COUNT_AT);
  const isNode = u32le(bytes, 0) === 0 && recordLength(u16le(bytes, 4), bytes.length) === bytes.length;
  if (isIndexed && isNode) return checkIndexBlock(dir, bytes, byteOffset, NODE_COUNT_AT);
  const tail = bytes.length - LEAF_TAIL_SIZE;
  if (u32le(bytes, tail) !== 0 || u16le(bytes, tail + 4) !== LEAF_TAIL_SIZE || bytes[tail + 7] !== LEAF_TAIL_TYPE)
    return withoutChecksum(dir, byteOffset);
  const expected = crc32c(dir.checksumSeed, bytes, 0, tail);
  const found = u32le(bytes, tail + 8);
  return expected === found ? null : wrong('a block', dir, byteOffset + tail + 8, expected, found);
}

/** Counted are the header, the entries in use, and the tail behind the last place of the index with its checksum as zero. */
function checkIndexBlock(dir: Inode, bytes: Uint8Array, byteOffset: number, countAt: number): KernelError | null {
  const tail = countAt + INDEX_ENTRY_SIZE * u16le(bytes, countAt);
  const usedEnd = countAt + INDEX_ENTRY_SIZE * u16le(bytes, countAt + 2);
  if (tail + INDEX_ENTRY_SIZE > bytes.length || usedEnd > tail) return withoutChecksum(dir, byteOffset);
  const counted = crc32c(crc32c(dir.checksumSeed, bytes, 0, usedEnd), bytes, tail, tail + 4);
  const expected = crc32cZeros(counted, 4);
  const found = u32le(bytes, tail + 4);
  return expected === found ? null : wrong('an index block', dir, byteOffset + tail + 4, expected, found);
}

function withoutChecksum(dir: Inode, byteOffset: number): KernelError {
  return damaged(`a block of directory ${dir.ino} has no checksum`, { byteOffset });
}

function wrong(what: string, dir: Inode, byteOffset: number, expected: number, found: number): KernelError {
  return damaged(`the checksum of ${what} of directory ${dir.ino} is wrong`, { byteOffset, expected, found });
}

/** rec_len in bytes: the full length of a block of 64 KiB does not fit into its 16 bits (EXT4_MAX_REC_LEN). */
export function recordLength(stored: number, blockSize: number): number {
  if (blockSize < 65536) return stored;
  return stored === 0 || stored === 65535 ? blockSize : (stored & 0xfffc) | ((stored & 3) << 16);
}
