/**
 * Extent trees: from a logical block of a file to the run of blocks that holds it.
 * Layout: Linux Documentation/filesystems/ext4, "Extent Tree" (struct ext4_extent_header, ext4_extent_idx, ext4_extent, 12 bytes each).
 */

import { damaged } from '../../rump/errno.ts';
import { crc32c } from '../../rump/lib/crc32c.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import type { Ext2Mount } from './ext2mount.ts';
import { IBLOCK_SIZE, type Inode } from './inode.ts';

const MAGIC = 0xf30a;
const ENTRY_SIZE = 12;
/** Five levels address 2^32 blocks with the smallest block size (EXT4_MAX_EXTENT_DEPTH). */
const MAX_DEPTH = 5;
/** Lengths above this are of unwritten extents, and this much too large (EXT_INIT_MAX_LEN). */
const MAX_WRITTEN_LENGTH = 32768;
/** Logical block numbers have 32 bits. */
export const MAX_LOGICAL_BLOCKS = 2 ** 32;

/** Blocks of a file that lie together. `physical` null: a hole, or unwritten; both read as zeros. */
export interface BlockRun {
  physical: number | null;
  count: number;
}

/** A node of a tree, checked: logical blocks rise, extents do not overlap, all lie inside the file system. */
export interface ExtentNode {
  ino: number;
  depth: number;
  logical: Uint32Array;
  /** Of extents; empty in index nodes. */
  count: Uint16Array;
  /** First block of an extent, or the child's block of an index; -1 for an unwritten extent. */
  physical: Float64Array;
}

/** The run that holds `logicalBlock`, from there on. EUCLEAN if the tree is damaged on the way. */
export function extentRun(fs: Ext2Mount, inode: Inode, logicalBlock: number): BlockRun {
  let node = rootNode(fs, inode);
  let end = MAX_LOGICAL_BLOCKS;
  let start = 0;
  for (let level = node.depth; ; level--) {
    const index = lastNotAbove(node.logical, logicalBlock);
    const next = index + 1 < node.logical.length ? node.logical[index + 1] : end;
    if (index < 0) return { physical: null, count: next - logicalBlock };
    if (level === 0) return runInLeaf(node, index, logicalBlock, next);
    start = node.logical[index];
    end = next;
    node = childNode(fs, inode, node.physical[index], level - 1, start, end);
  }
}

function runInLeaf(leaf: ExtentNode, index: number, logicalBlock: number, next: number): BlockRun {
  const within = logicalBlock - leaf.logical[index];
  const rest = leaf.count[index] - within;
  if (rest <= 0) return { physical: null, count: next - logicalBlock };
  const physical = leaf.physical[index];
  return { physical: physical < 0 ? null : physical + within, count: rest };
}

/** Index of the last entry that begins at or before `logicalBlock`; -1 if none does. */
function lastNotAbove(logical: Uint32Array, logicalBlock: number): number {
  let low = 0;
  let high = logical.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (logical[middle] <= logicalBlock) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The root stands in the inode, and its parsed form stays with the inode. */
function rootNode(fs: Ext2Mount, inode: Inode): ExtentNode {
  if (inode.extentRoot !== null) return inode.extentRoot;
  const node = parseNode(fs, inode, inode.iblock, IBLOCK_SIZE, `the extents of inode ${inode.ino}`, null);
  if (node.depth > MAX_DEPTH) throw damaged(`the extent tree of inode ${inode.ino} is too deep`, { found: node.depth });
  inode.extentRoot = node;
  return node;
}

function childNode(fs: Ext2Mount, inode: Inode, block: number, depth: number, start: number, end: number): ExtentNode {
  const known = fs.extentNodes.get(block);
  const byteOffset = block * fs.sb.blockSize;
  if (known !== undefined && known.ino === inode.ino && known.depth === depth) return known;
  const bytes = fs.device.bread(byteOffset, fs.sb.blockSize);
  const node = parseNode(fs, inode, bytes, bytes.length, `an extent block of inode ${inode.ino}`, byteOffset);
  if (node.depth !== depth)
    throw damaged(`an extent block of inode ${inode.ino} has another depth than its place`, {
      byteOffset,
      expected: depth,
      found: node.depth,
    });
  const { logical } = node;
  if (logical.length > 0 && (logical[0] < start || logical[logical.length - 1] >= end))
    throw damaged(`an extent block of inode ${inode.ino} covers other blocks than its index says`, {
      byteOffset,
      expected: `${start} to ${end - 1}`,
      found: `${logical[0]} to ${logical[logical.length - 1]}`,
    });
  fs.extentNodes.set(block, node);
  return node;
}

/** `byteOffset` null: the root in the inode, which the inode's own checksum covers. */
function parseNode(
  fs: Ext2Mount,
  inode: Inode,
  bytes: Uint8Array,
  size: number,
  what: string,
  byteOffset: number | null,
): ExtentNode {
  const place = byteOffset === null ? {} : { byteOffset };
  if (u16le(bytes, 0) !== MAGIC)
    throw damaged(`${what}: no extents here`, {
      ...place,
      expected: '0xf30a',
      found: `0x${u16le(bytes, 0).toString(16)}`,
    });
  const entries = u16le(bytes, 2);
  const max = u16le(bytes, 4);
  const capacity = Math.floor(size / ENTRY_SIZE) - 1;
  const depth = u16le(bytes, 6);
  if (max > capacity || entries > max || (entries === 0 && depth > 0))
    throw damaged(`${what}: impossible number of entries`, { ...place, expected: `up to ${capacity}`, found: entries });
  if (byteOffset !== null && fs.verify) {
    const at = ENTRY_SIZE * (max + 1);
    const expected = crc32c(inode.checksumSeed, bytes, 0, at);
    if (at + 4 <= size && expected !== u32le(bytes, at))
      throw damaged(`${what}: wrong checksum`, { byteOffset: byteOffset + at, expected, found: u32le(bytes, at) });
  }
  const node: ExtentNode = {
    ino: inode.ino,
    depth,
    logical: new Uint32Array(entries),
    count: new Uint16Array(depth === 0 ? entries : 0),
    physical: new Float64Array(entries),
  };
  let free = 0;
  for (let i = 0; i < entries; i++) {
    const at = ENTRY_SIZE * (i + 1);
    const entryPlace = byteOffset === null ? {} : { byteOffset: byteOffset + at };
    const logical = u32le(bytes, at);
    if (logical < free)
      throw damaged(`${what}: overlapping or out of order`, {
        ...entryPlace,
        expected: `from ${free}`,
        found: logical,
      });
    const length = depth === 0 ? readExtent(node, i, bytes, at) : readIndex(node, i, bytes, at);
    node.logical[i] = logical;
    free = logical + length;
    const physical = node.physical[i];
    const inside = physical < 0 || (physical > 0 && physical + (depth === 0 ? length : 1) <= fs.sb.blocksCount);
    if (length === 0 || free > MAX_LOGICAL_BLOCKS || !inside)
      throw damaged(`${what}: an extent outside of the file system`, {
        ...entryPlace,
        expected: `within ${fs.sb.blocksCount} blocks`,
        found: `${length} from ${physical}`,
      });
  }
  return node;
}

/** Its length in blocks; 0 is impossible. */
function readExtent(node: ExtentNode, i: number, bytes: Uint8Array, at: number): number {
  const stored = u16le(bytes, at + 4);
  const isUnwritten = stored > MAX_WRITTEN_LENGTH;
  const length = isUnwritten ? stored - MAX_WRITTEN_LENGTH : stored;
  node.count[i] = length;
  node.physical[i] = isUnwritten ? -1 : u32le(bytes, at + 8) + u16le(bytes, at + 6) * 2 ** 32;
  return length;
}

/** An index entry covers one block at least. */
function readIndex(node: ExtentNode, i: number, bytes: Uint8Array, at: number): number {
  node.physical[i] = u32le(bytes, at + 4) + u16le(bytes, at + 8) * 2 ** 32;
  return 1;
}
