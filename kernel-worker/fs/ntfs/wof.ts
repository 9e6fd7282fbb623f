/**
 * Files that Windows compressed as a whole ("CompactOS", compact.exe /exe): the content is in the stream WofCompressedData, in chunks behind a table of
 * their ends. WOF_EXTERNAL_INFO and FILE_PROVIDER_EXTERNAL_INFO are in the Windows SDK's wofapi.h and ntifs.h; the stream is laid out as a WIM resource.
 */

import { damaged, unsupported } from '../../rump/errno.ts';
import { decodeLzx, LZX_CHUNK } from '../../rump/lib/lzx.ts';
import { decodeXpressHuffman } from '../../rump/lib/xpress-huffman.ts';
import { u32le, u64le } from '../../rump/vfs/bytes.ts';
import { readUnits } from './compression.ts';
import { DATA } from './format.ts';
import { type Inode, openStream } from './inode.ts';
import type { ReparsePoint } from './reparse.ts';
import { readStream, type Stream } from './stream.ts';
import type { Volume } from './volume.ts';

export const WOF_STREAM = 'WofCompressedData';

const PROVIDER_WIM = 1;
const PROVIDER_FILE = 2;
const VERSION = 1;
/** Version and provider; then version and algorithm. */
const INFO_BYTES = 16;

interface Algorithm {
  name: string;
  chunkBytes: number;
  decode(data: Uint8Array, into: Uint8Array): void;
}

/** FILE_PROVIDER_COMPRESSION_XPRESS4K, _LZX, _XPRESS8K, _XPRESS16K. */
const ALGORITHMS: readonly Algorithm[] = [
  { name: 'XPRESS4K', chunkBytes: 4096, decode: decodeXpressHuffman },
  { name: 'LZX', chunkBytes: LZX_CHUNK, decode: decodeLzx },
  { name: 'XPRESS8K', chunkBytes: 8192, decode: decodeXpressHuffman },
  { name: 'XPRESS16K', chunkBytes: 16384, decode: decodeXpressHuffman },
];

/** Entries of the chunk table have 8 bytes from this size on. */
const LARGE_FILE = 0x1_0000_0000;

export interface WofFile {
  algorithm: Algorithm;
  size: number;
  packed: Stream;
  entryBytes: number;
  chunkCount: number;
}

/** The algorithm's name, or null if the data name none that is known. */
export function wofAlgorithm({ data }: ReparsePoint): string | null {
  if (data.length < INFO_BYTES || u32le(data, 4) !== PROVIDER_FILE) return null;
  return ALGORITHMS[u32le(data, 12)]?.name ?? null;
}

/** `size`: of the file, as its unnamed stream says. EOPNOTSUPP: content in a WIM archive or packed in an unknown way. EUCLEAN. */
export function openWof(volume: Volume, inode: Inode, reparse: ReparsePoint, size: number): WofFile {
  const { data, byteOffset } = reparse;
  if (data.length < INFO_BYTES) throw damaged('the data of a system-compressed file are too short', { byteOffset });
  const provider = u32le(data, 4);
  if (provider === PROVIDER_WIM) throw unsupported('the content is in a WIM archive (WIMBoot)', { byteOffset });
  const algorithm = ALGORITHMS[u32le(data, 12)];
  if (
    u32le(data, 0) !== VERSION ||
    provider !== PROVIDER_FILE ||
    u32le(data, 8) !== VERSION ||
    algorithm === undefined
  ) {
    throw unsupported('an unknown kind of system compression', { byteOffset, found: u32le(data, 12) });
  }
  const packed = openStream(volume, inode, DATA, WOF_STREAM);
  if (packed === null) throw damaged('a system-compressed file has no compressed content', { byteOffset });
  const entryBytes = size >= LARGE_FILE ? 8 : 4;
  const chunkCount = Math.ceil(size / algorithm.chunkBytes);
  if (size > 0 && (chunkCount - 1) * entryBytes >= packed.size) {
    throw damaged('the chunk table of a system-compressed file does not fit', {
      byteOffset: packed.byteOffset,
      found: packed.size,
    });
  }
  return { algorithm, size, packed, entryBytes, chunkCount };
}

/** Fills `into` from `offset`; returns how many bytes are inside the file. EUCLEAN, EIO. */
export function readWof(volume: Volume, file: WofFile, offset: number, into: Uint8Array): number {
  const count = Math.min(into.length, Math.max(0, file.size - offset));
  const units = { owner: file, unitBytes: file.algorithm.chunkBytes, size: file.size };
  readUnits(volume.unitCache, units, offset, into.subarray(0, count), (index, chunk) =>
    decodeChunk(volume, file, index, chunk),
  );
  return count;
}

function decodeChunk(volume: Volume, file: WofFile, index: number, chunk: Uint8Array): void {
  const { packed } = file;
  const tableBytes = (file.chunkCount - 1) * file.entryBytes;
  const start = index === 0 ? 0 : chunkEnd(volume, file, index - 1);
  const end = index === file.chunkCount - 1 ? packed.size - tableBytes : chunkEnd(volume, file, index);
  const length = end - start;
  if (length < 1 || length > chunk.length || tableBytes + end > packed.size) {
    throw damaged('a chunk of a system-compressed file has a wrong length', {
      byteOffset: packed.byteOffset,
      expected: `1 to ${chunk.length}`,
      found: length,
    });
  }
  // A chunk that does not get smaller is stored as it is.
  const data = length === chunk.length ? chunk : new Uint8Array(length);
  readStream(volume, packed, tableBytes + start, data);
  if (data !== chunk) file.algorithm.decode(data, chunk);
}

/** Where chunk `index` ends, counted from behind the table. */
function chunkEnd(volume: Volume, file: WofFile, index: number): number {
  const entry = new Uint8Array(file.entryBytes);
  readStream(volume, file.packed, index * file.entryBytes, entry);
  return file.entryBytes === 8 ? u64le(entry, 0) : u32le(entry, 0);
}
