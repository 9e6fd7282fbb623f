/** The index of a directory: $INDEX_ROOT, the blocks of $INDEX_ALLOCATION, and the entries in both (Linux-NTFS documentation, "Index Root", "Index Record"). */

import { damaged } from '../../rump/errno.ts';
import { u16le, u32le, u64le } from '../../rump/vfs/bytes.ts';
import { withFixups } from './fixup.ts';
import {
  BITMAP,
  FILE_NAME,
  FILE_NAME_LENGTH,
  FILE_NAME_NAMESPACE,
  FILE_NAME_TEXT,
  fileNameText,
  INDEX_ALLOCATION,
  INDEX_NAME,
  INDEX_ROOT,
  NAMESPACE_DOS,
  recordNumberAt,
  sequenceAt,
} from './format.ts';
import { findAttribute, type Inode, load, openStream } from './inode.ts';
import { bmapStream, isPlain, readStream, type Stream } from './stream.ts';
import type { Volume } from './volume.ts';

/** An index block is 4096 bytes nearly always; the format's bounds are those of a FILE record. */
const MIN_BLOCK = 512;
const MAX_BLOCK = 65536;
/** Where clusters are larger than index blocks, VCNs of an index count 512 bytes. */
const SMALL_VCN = 512;
const COLLATION_FILE_NAME = 1;

/** Of an index root and of an index block: where the header of the node stands. */
const ROOT_HEADER = 16;
const BLOCK_HEADER = 24;
const NODE_HEADER_BYTES = 16;

/** Of an index entry. */
const ENTRY_LENGTH = 8;
const ENTRY_KEY_LENGTH = 10;
const ENTRY_FLAGS = 12;
const ENTRY_KEY = 16;
const HAS_SUBNODE = 1;
const IS_LAST = 2;

export interface Directory {
  root: IndexNode;
  blockSize: number;
  /** Bytes that a VCN in this index counts. */
  vcnBytes: number;
  allocation: Stream | null;
  /** How many blocks the allocation holds. */
  blockCount: number;
  /** Whether names are in the order of $UpCase. */
  isCollated: boolean;
}

export interface IndexNode {
  bytes: Uint8Array;
  /** Entries are in [start, end). */
  start: number;
  end: number;
  /** Where `bytes` stand on the device. */
  byteOffset: number;
}

/** A name in a directory. */
export interface IndexEntry {
  name: string;
  /** The file's record, and which use of it. */
  number: number;
  sequence: number;
}

/** The index of a file that is known to be a directory. EUCLEAN. */
export function openDirectory(volume: Volume, inode: Inode): Directory {
  const loaded = load(volume, inode);
  loaded.directory ??= readDirectory(volume, inode);
  return loaded.directory;
}

function readDirectory(volume: Volume, inode: Inode): Directory {
  const attribute = findAttribute(volume, inode, INDEX_ROOT, INDEX_NAME);
  if (!attribute?.isResident || attribute.dataSize < ROOT_HEADER + NODE_HEADER_BYTES) {
    throw damaged('a directory has no index', { byteOffset: load(volume, inode).record.byteOffset });
  }
  const { byteOffset } = attribute;
  const bytes = attribute.bytes.subarray(attribute.dataAt, attribute.dataEnd);
  if (u32le(bytes, 0) !== FILE_NAME) {
    throw damaged('the index of a directory is not one of names', {
      byteOffset,
      expected: FILE_NAME,
      found: u32le(bytes, 0),
    });
  }
  const root = indexNode(bytes, ROOT_HEADER, byteOffset);
  const allocation = openStream(volume, inode, INDEX_ALLOCATION, INDEX_NAME);
  if (allocation !== null && !isPlain(allocation)) {
    throw damaged('the index of a directory is resident, compressed or encrypted', {
      byteOffset: allocation.byteOffset,
    });
  }
  const blockSize = u32le(bytes, 8);
  const isPossible = blockSize >= MIN_BLOCK && blockSize <= MAX_BLOCK && (blockSize & (blockSize - 1)) === 0;
  if (!isPossible && allocation !== null) {
    throw damaged('the index blocks of a directory have an impossible size', {
      byteOffset,
      expected: 4096,
      found: blockSize,
    });
  }
  if (allocation !== null && allocation.size > volume.device.sizeBytes) {
    throw damaged('the index of a directory is larger than the medium', { byteOffset, found: allocation.size });
  }
  const blockCount = allocation === null ? 0 : Math.floor(allocation.size / blockSize);
  return {
    root,
    blockSize,
    vcnBytes: blockSize >= volume.clusterSize ? volume.clusterSize : SMALL_VCN,
    allocation,
    blockCount,
    isCollated: u32le(bytes, 4) === COLLATION_FILE_NAME,
  };
}

/** The bits of the blocks in use, by the directory's $BITMAP; empty if it has none. */
export function usedBlocks(volume: Volume, inode: Inode, directory: Directory): Uint8Array {
  const bits = new Uint8Array(Math.ceil(directory.blockCount / 8));
  const stream = openStream(volume, inode, BITMAP, INDEX_NAME);
  if (stream !== null) readStream(volume, stream, 0, bits);
  return bits;
}

/** The node whose header stands at `header`. */
function indexNode(bytes: Uint8Array, header: number, byteOffset: number): IndexNode {
  const first = u32le(bytes, header);
  const length = u32le(bytes, header + 4);
  if (first < NODE_HEADER_BYTES || length < first || header + length > bytes.length) {
    throw damaged('a node in the index of a directory has wrong sizes', { byteOffset, found: `${first} of ${length}` });
  }
  return { bytes, start: header + first, end: header + length, byteOffset };
}

/** Index block `number`. EUCLEAN, EIO. */
export function readBlock(volume: Volume, directory: Directory, number: number): IndexNode {
  const { allocation, blockSize, vcnBytes } = directory;
  if (allocation === null || number >= directory.blockCount) {
    throw damaged('the index of a directory points behind its end', { expected: directory.blockCount, found: number });
  }
  const run = bmapStream(volume, allocation, number * blockSize);
  const byteOffset = run.deviceOffset ?? allocation.byteOffset;
  const isWhole = run.deviceOffset !== null && run.lengthBytes >= blockSize;
  const raw = isWhole ? volume.device.bread(byteOffset, blockSize) : new Uint8Array(blockSize);
  if (!isWhole) readStream(volume, allocation, number * blockSize, raw);
  const bytes = withFixups(raw, 'INDX', byteOffset);
  const vcn = u64le(bytes, 16);
  if (vcn * vcnBytes !== number * blockSize) {
    throw damaged('a block in the index of a directory is not the one that was looked for', {
      byteOffset,
      expected: (number * blockSize) / vcnBytes,
      found: vcn,
    });
  }
  return indexNode(bytes, BLOCK_HEADER, byteOffset);
}

/** The length of the entry at `at`. EUCLEAN if it does not fit its node: then nothing behind it can be found either. */
export function entryLength(node: IndexNode, at: number): number {
  const length = at + ENTRY_KEY <= node.end ? u16le(node.bytes, at + ENTRY_LENGTH) : 0;
  const least = hasSubnode(node, at) ? ENTRY_KEY + 8 : ENTRY_KEY;
  if (length < least || at + length > node.end) {
    const byteOffset = node.byteOffset + at;
    throw damaged('an entry in the index of a directory has a wrong length', { byteOffset, found: length });
  }
  return length;
}

export function hasSubnode(node: IndexNode, at: number): boolean {
  return (node.bytes[at + ENTRY_FLAGS] & HAS_SUBNODE) !== 0;
}

/** The last entry of a node has no name; it stands for all that is behind the others. */
export function isLast(node: IndexNode, at: number): boolean {
  return (node.bytes[at + ENTRY_FLAGS] & IS_LAST) !== 0;
}

/** The number of the block below the entry at `at`. EUCLEAN. */
export function subnode(directory: Directory, node: IndexNode, at: number, length: number): number {
  const number = (u64le(node.bytes, at + length - 8) * directory.vcnBytes) / directory.blockSize;
  if (!Number.isInteger(number) || number >= directory.blockCount) {
    throw damaged('the index of a directory points behind its end', {
      byteOffset: node.byteOffset + at,
      expected: directory.blockCount,
      found: number,
    });
  }
  return number;
}

/** Where the key (a $FILE_NAME) of the entry at `at` stands. EUCLEAN if it does not fit. */
export function entryKey(node: IndexNode, at: number, length: number): number {
  const { bytes } = node;
  const keyLength = u16le(bytes, at + ENTRY_KEY_LENGTH);
  const nameLength = bytes[at + ENTRY_KEY + FILE_NAME_LENGTH];
  if (ENTRY_KEY + keyLength > length || FILE_NAME_TEXT + 2 * nameLength > keyLength) {
    const byteOffset = node.byteOffset + at;
    throw damaged('a name does not fit its entry in the index of a directory', { byteOffset, found: keyLength });
  }
  return at + ENTRY_KEY;
}

/** Whether the key is a name for DOS only, beside which the file has another one. */
export function isDosName(node: IndexNode, key: number): boolean {
  return node.bytes[key + FILE_NAME_NAMESPACE] === NAMESPACE_DOS;
}

export function entryAt(node: IndexNode, at: number, key: number): IndexEntry {
  const { bytes } = node;
  return { name: fileNameText(bytes, key), number: recordNumberAt(bytes, at), sequence: sequenceAt(bytes, at) };
}
