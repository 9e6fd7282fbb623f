/**
 * zisofs: files that are compressed in blocks, announced by Rock Ridge 'ZF' entries (libisofs, doc/zisofs_format.txt for version 1 and
 * doc/zisofs2_format.txt for version 2). A header, an array of block pointers with one more than there are blocks, then the blocks as zlib streams;
 * a block of no length is zeros.
 */

import { damaged, unsupported } from '../../rump/errno.ts';
import { inflateZlib } from '../../rump/lib/zlib.ts';
import { u32le, u64le } from '../../rump/vfs/bytes.ts';
import { readRecorded } from './content.ts';
import type { Compression, IsoNode } from './node.ts';
import type { Volume } from './volume.ts';

const MAGIC_1 = Uint8Array.of(0x37, 0xe4, 0x53, 0x96, 0xc9, 0xdb, 0xd6, 0x07);
const MAGIC_2 = Uint8Array.of(0xef, 0x22, 0x55, 0xa1, 0xbc, 0x1b, 0x95, 0xa0);

/** Version 2's number for zlib, the only compressor that writers use. */
const ALGORITHM_ZLIB = 1;

/** By version: the header's bytes, a pointer's bytes, and the block sizes that writers use, as powers of two. */
const LAYOUT = {
  1: { magic: MAGIC_1, headerBytes: 16, pointerBytes: 4, minLog2: 15, maxLog2: 17 },
  2: { magic: MAGIC_2, headerBytes: 24, pointerBytes: 8, minLog2: 15, maxLog2: 20 },
} as const;

export interface InflatedBlock {
  node: IsoNode;
  index: number;
  bytes: Uint8Array;
}

/** Fills `into` from the inflated content; the range lies below the inflated size. EUCLEAN and EOPNOTSUPP as the file's structures deserve. */
export function readInflated(
  volume: Volume,
  node: IsoNode,
  compression: Compression,
  fileOffset: number,
  into: Uint8Array,
): void {
  const blockBytes = 2 ** compression.blockLog2;
  let done = 0;
  while (done < into.length) {
    const index = Math.floor((fileOffset + done) / blockBytes);
    const within = (fileOffset + done) % blockBytes;
    const block = inflatedBlock(volume, node, compression, index);
    const count = Math.min(block.length - within, into.length - done);
    into.set(block.subarray(within, within + count), done);
    done += count;
  }
}

function inflatedBlock(volume: Volume, node: IsoNode, compression: Compression, index: number): Uint8Array {
  const last = volume.lastInflated;
  if (last !== null && last.node === node && last.index === index) return last.bytes;
  if (last === null || last.node !== node) checkHeader(volume, node, compression);
  const bytes = inflateBlock(volume, node, compression, index);
  volume.lastInflated = { node, index, bytes };
  return bytes;
}

/** The header of the content has to say the same as the 'ZF' entry. */
function checkHeader(volume: Volume, node: IsoNode, compression: Compression): void {
  const layout = LAYOUT[compression.version];
  if (node.recordedBytes < layout.headerBytes) throw damaged('a zisofs file is shorter than its header');
  const header = new Uint8Array(layout.headerBytes);
  readRecorded(volume, node, 0, header);
  if (!layout.magic.every((byte, i) => header[i] === byte))
    throw damaged('a zisofs file does not begin with its signature');
  const isFirst = compression.version === 1;
  const size = isFirst ? u32le(header, 8) : u64le(header, 12);
  const headerBytes = 4 * (isFirst ? header[12] : header[9]);
  const blockLog2 = isFirst ? header[13] : header[11];
  if (size !== compression.size) {
    throw damaged('a zisofs header and its ZF entry disagree on the size', { found: size, expected: compression.size });
  }
  if (!isFirst && header[10] !== ALGORITHM_ZLIB) throw unsupported(`zisofs compression number ${header[10]}`);
  if (
    blockLog2 !== compression.blockLog2 ||
    headerBytes !== compression.headerBytes ||
    headerBytes < layout.headerBytes
  ) {
    throw damaged('a zisofs header and its ZF entry disagree');
  }
  if (blockLog2 < layout.minLog2 || blockLog2 > layout.maxLog2) {
    throw unsupported(`zisofs blocks of 2^${blockLog2} bytes in version ${compression.version}`);
  }
}

function inflateBlock(volume: Volume, node: IsoNode, compression: Compression, index: number): Uint8Array {
  const { headerBytes, blockLog2, size } = compression;
  const { pointerBytes } = LAYOUT[compression.version];
  const blockBytes = 2 ** blockLog2;
  const pointerOffset = headerBytes + index * pointerBytes;
  if (pointerOffset + 2 * pointerBytes > node.recordedBytes)
    throw damaged('a zisofs file is shorter than its block pointers');
  const pointers = new Uint8Array(2 * pointerBytes);
  readRecorded(volume, node, pointerOffset, pointers);
  const start = pointerBytes === 4 ? u32le(pointers, 0) : u64le(pointers, 0);
  const end = pointerBytes === 4 ? u32le(pointers, 4) : u64le(pointers, 8);
  const expected = Math.min(blockBytes, size - index * blockBytes);
  if (start === end) return new Uint8Array(expected);
  // zlib grows what it cannot compress by less than a thousandth and some bytes: twice the block is more than any stream needs.
  if (start > end || end > node.recordedBytes || end - start > 2 * blockBytes) {
    throw damaged('a zisofs block pointer is impossible', {
      found: `${start} to ${end}`,
      expected: `at most ${node.recordedBytes}`,
    });
  }
  const compressed = new Uint8Array(end - start);
  readRecorded(volume, node, start, compressed);
  const bytes = inflateZlib(compressed, expected, 'a zisofs block');
  if (bytes.length !== expected) throw damaged('a zisofs block is too short', { found: bytes.length, expected });
  return bytes;
}
