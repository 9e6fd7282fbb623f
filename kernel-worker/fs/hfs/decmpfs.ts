/**
 * Transparent compression of Mac OS X: a header in the attribute 'com.apple.decmpfs', content behind it or in blocks of 64 KiB in the resource fork. The
 * header and the numbers of types are those of <sys/decmpfs.h> in XNU; the blocks' tables are not specified and are as writers lay them out.
 */

import { damaged, unsupported } from '../../rump/errno.ts';
import { decodeLzfse } from '../../rump/lib/lzfse.ts';
import { decodeLzvn } from '../../rump/lib/lzvn.ts';
import { inflateZlib } from '../../rump/lib/zlib.ts';
import { u32be, u32le, u64le } from '../../rump/vfs/bytes.ts';
import type { AttributeTree } from './attributetree.ts';
import { CATALOG_FLAG } from './format.ts';
import type { Compression, HfsNode } from './hfsnode.ts';
import { checkForkSize, readFork, type Volume } from './volume.ts';

export const DECMPFS = 'com.apple.decmpfs';
/** UF_COMPRESSED in the owner's flags. */
const COMPRESSED_FLAG = 0x20;

const MAGIC = 0x636d7066;
const HEADER_BYTES = 16;
const BLOCK_BYTES = 65536;
/** Content in the attribute: Mac OS X keeps 3802 bytes of attribute at most there; more is allowed for other writers. */
const MAX_INLINE_BYTES = 1024 * 1024;
/** Compressors store what they cannot compress: no block is much longer than its content. */
const MAX_STORED_BLOCK = 2 * BLOCK_BYTES;
/** Blocks' tables of files up to 2^32 blocks are looked up piece by piece: only this much is read of one. */
const RESOURCE_HEADER_BYTES = 16;

type Method = 'stored' | 'zlib' | 'LZVN' | 'LZFSE';

interface TypeEntry {
  method: Method;
  inFork: boolean;
}

const TYPES = new Map<number, TypeEntry>([
  [1, { method: 'stored', inFork: false }],
  [3, { method: 'zlib', inFork: false }],
  [4, { method: 'zlib', inFork: true }],
  [7, { method: 'LZVN', inFork: false }],
  [8, { method: 'LZVN', inFork: true }],
  [9, { method: 'stored', inFork: false }],
  [10, { method: 'stored', inFork: true }],
  [11, { method: 'LZFSE', inFork: false }],
  [12, { method: 'LZFSE', inFork: true }],
]);

/** Types that are known and not read. */
const UNREAD_TYPES = new Map<number, string>([
  [5, 'content that is kept once for several files'],
  [13, 'LZBITMAP in the attribute'],
  [14, 'LZBITMAP in the resource fork'],
]);

export function compressionName(type: number): string {
  const known = TYPES.get(type);
  if (known !== undefined)
    return `${known.method}, in the ${known.inFork ? 'resource fork' : 'attribute'} (type ${type})`;
  return `${UNREAD_TYPES.get(type) ?? 'unknown'} (type ${type})`;
}

/** What is known of a file's compression; null if it has none. EUCLEAN if it is marked as compressed and its header is not right. */
export function compressionOf(node: HfsNode, attributes: AttributeTree | null): Compression | null {
  if (node.compression !== undefined) return node.compression;
  node.compression = readCompression(node, attributes);
  return node.compression;
}

function readCompression(node: HfsNode, attributes: AttributeTree | null): Compression | null {
  if (node.type !== 'file' || (node.bsdFlags & COMPRESSED_FLAG) === 0) return null;
  if (attributes === null) {
    if ((node.catalogFlags & CATALOG_FLAG.hasAttributes) === 0 || node.data.size > 0) return null;
    throw damaged('a compressed file cannot be read without the attributes tree, which is missing');
  }
  const attribute = attributes.find(node.cnid, DECMPFS);
  if (attribute === null) return null;
  const header = new Uint8Array(HEADER_BYTES);
  if (attributes.read(attribute, 0, header) < HEADER_BYTES || u32le(header, 0) !== MAGIC)
    throw damaged('the header of a compressed file is damaged', { found: u32le(header, 0) });
  const size = u64le(header, 8);
  if (!Number.isSafeInteger(size)) throw damaged('a compressed file has an impossible size', { found: size });
  return { type: u32le(header, 4), size };
}

interface Block {
  cnid: number;
  index: number;
  bytes: Uint8Array;
}

export class Decompressor {
  private readonly volume: Volume;
  private readonly attributes: AttributeTree | null;
  private last: Block | null = null;

  constructor(volume: Volume, attributes: AttributeTree | null) {
    this.volume = volume;
    this.attributes = attributes;
  }

  /** Fills `into` from `offset` of the decompressed content, which lies below its size. EOPNOTSUPP for types that are not read. */
  read(node: HfsNode, offset: number, into: Uint8Array): number {
    const compression = compressionOf(node, this.attributes);
    if (compression === null) throw damaged('a file lost its compression');
    const entry = TYPES.get(compression.type);
    if (entry === undefined)
      throw unsupported(
        `transparent compression of type ${compression.type} (${UNREAD_TYPES.get(compression.type) ?? 'unknown'})`,
      );
    let done = 0;
    while (done < into.length) {
      const at = offset + done;
      const index = entry.inFork ? Math.floor(at / BLOCK_BYTES) : 0;
      const { bytes } = this.block(node, compression, entry, index);
      const within = at - index * BLOCK_BYTES;
      const count = Math.min(bytes.length - within, into.length - done);
      if (count <= 0)
        throw damaged('a compressed file ends before its size', { expected: compression.size, found: at });
      into.set(bytes.subarray(within, within + count), done);
      done += count;
    }
    return done;
  }

  private block(node: HfsNode, compression: Compression, entry: TypeEntry, index: number): Block {
    const { last } = this;
    if (last !== null && last.cnid === node.cnid && last.index === index) return last;
    const bytes = entry.inFork
      ? this.forkBlock(node, compression, entry.method, index)
      : this.inlineContent(node, compression, entry.method);
    this.last = { cnid: node.cnid, index, bytes };
    return this.last;
  }

  private inlineContent(node: HfsNode, compression: Compression, method: Method): Uint8Array {
    const attribute = this.attributes?.find(node.cnid, DECMPFS) ?? null;
    if (attribute === null || attribute.size > MAX_INLINE_BYTES || compression.size > MAX_INLINE_BYTES)
      throw damaged('the content of a compressed file does not fit into its attribute', { found: compression.size });
    const stored = new Uint8Array(Math.max(0, attribute.size - HEADER_BYTES));
    this.attributes?.read(attribute, HEADER_BYTES, stored);
    if (compression.type === 1) return exact(stored, compression.size);
    if (compression.type === 9) return exact(stored.subarray(1), compression.size);
    return decode(stored, method, compression.size);
  }

  private forkBlock(node: HfsNode, { size, type }: Compression, method: Method, index: number): Uint8Array {
    checkForkSize(this.volume, node.resource);
    const [start, end] = type === 4 ? this.resourcePlace(node, index) : this.tablePlace(node, size, index);
    const limit = Math.min(node.resource.size, start + MAX_STORED_BLOCK);
    if (start >= end || end > limit)
      throw damaged('a block of a compressed file lies outside of its resource fork', {
        expected: `at most ${limit}`,
        found: `${start} to ${end}`,
      });
    const stored = new Uint8Array(end - start);
    readFork(this.volume, node.resource, start, stored);
    const expected = Math.min(BLOCK_BYTES, size - index * BLOCK_BYTES);
    return type === 10 ? exact(stored.subarray(1), expected) : decode(stored, method, expected);
  }

  /** zlib: a resource, in which a count is followed by the offset and length of each block, counted from there. */
  private resourcePlace(node: HfsNode, index: number): [start: number, end: number] {
    const header = this.forkBytes(node, 0, RESOURCE_HEADER_BYTES);
    const table = u32be(header, 0) + 4;
    const blocks = u32le(this.forkBytes(node, table, 4), 0);
    if (index >= blocks)
      throw damaged('a compressed file has fewer blocks than its size asks for', {
        expected: index + 1,
        found: blocks,
      });
    const entry = this.forkBytes(node, table + 4 + 8 * index, 8);
    const start = table + u32le(entry, 0);
    return [start, start + u32le(entry, 4)];
  }

  /** LZVN and LZFSE: the fork begins with the blocks' offsets, and one more for the end of the last. */
  private tablePlace(node: HfsNode, size: number, index: number): [start: number, end: number] {
    const blocks = Math.ceil(size / BLOCK_BYTES);
    const first = u32le(this.forkBytes(node, 0, 4), 0);
    if (first < 4 * (blocks + 1))
      throw damaged('a compressed file has fewer blocks than its size asks for', {
        expected: 4 * (blocks + 1),
        found: first,
      });
    const pair = this.forkBytes(node, 4 * index, 8);
    return [u32le(pair, 0), u32le(pair, 4)];
  }

  private forkBytes(node: HfsNode, offset: number, lengthBytes: number): Uint8Array {
    if (offset + lengthBytes > node.resource.size)
      throw damaged('the resource fork of a compressed file is too short', { found: node.resource.size });
    const bytes = new Uint8Array(lengthBytes);
    readFork(this.volume, node.resource, offset, bytes);
    return bytes;
  }
}

function exact(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length < size) throw damaged('compressed content is too short', { expected: size, found: bytes.length });
  return bytes.subarray(0, size);
}

/** A first byte that no stream of the method begins with marks content that was stored as it is. */
function decode(stored: Uint8Array, method: Method, size: number): Uint8Array {
  const what = 'a block of a compressed file';
  if (method === 'zlib') {
    if ((stored[0] & 0x0f) === 0x0f) return exact(stored.subarray(1), size);
    return exact(inflateZlib(stored, size, what), size);
  }
  if (method === 'LZVN') {
    if (stored[0] === 0x06) return exact(stored.subarray(1), size);
    const target = new Uint8Array(size);
    return exact(target.subarray(0, decodeLzvn(stored, target, 0, what).written), size);
  }
  // 'b' of the blocks' magic numbers begins every LZFSE stream.
  if (stored[0] !== 0x62) return exact(stored.subarray(1), size);
  const target = new Uint8Array(size);
  return exact(target.subarray(0, decodeLzfse(stored, target, what)), size);
}
