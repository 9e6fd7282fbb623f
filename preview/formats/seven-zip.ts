/** The list of a 7z archive (7zFormat.txt of the LZMA SDK). The list itself is unpacked where it is packed; nothing else is. */

import { LookError } from '../file.ts';
import { type ArchiveEntry, type ArchiveList, MAX_ENTRIES, wallTimeMs } from './archive-entry.ts';
import { u32le, u64le } from './bytes.ts';
import { crc32, unpackLzma } from './lzma.ts';
import { type Has, PART, SevenZipBytes } from './seven-zip-bytes.ts';
import { isEncrypted, readStreams, type Stream, type Streams } from './seven-zip-streams.ts';

type Read = (from: number, to: number) => Promise<Uint8Array>;

const SIGNATURE_BYTES = 32;
/** The lists of some 200,000 files with long paths. */
const MAX_LIST_BYTES = 32 * 1024 * 1024;
/** 7-Zip packs it once. */
const MAX_LAYERS = 4;
const COPY = '00';
const LZMA = '030101';
/** Between 1601, from where FILETIME counts steps of 100 ns, and 1970. */
const FILETIME_EPOCH_MS = 11_644_473_600_000;

export interface SevenZip {
  version: string;
  /** null: encrypted. */
  list: ArchiveList | null;
}

/** LookError `damaged`; `codec`: its list is packed by a method that is not known here; `too-large`. */
export async function listSevenZip(sizeBytes: number, read: Read): Promise<SevenZip> {
  if (sizeBytes < SIGNATURE_BYTES) throw new LookError('damaged');
  const start = await read(0, SIGNATURE_BYTES);
  if (u32le(start, 0) !== 0xafbc7a37 || crc32(start.subarray(12)) !== u32le(start, 8)) throw new LookError('damaged');
  const header = await readHeader(start, sizeBytes, read);
  return { version: `${start[6]}.${start[7]}`, list: header === null ? null : listOf(header) };
}

/** The header itself, behind its id, or null if it is encrypted. */
async function readHeader(start: Uint8Array, sizeBytes: number, read: Read): Promise<SevenZipBytes | null> {
  const lengthBytes = u64le(start, 20);
  // So it stands where the archive is empty.
  if (lengthBytes === 0) return new SevenZipBytes(Uint8Array.of(PART.end));
  const part = (at: number, length: number) => readPart(at, length, sizeBytes, read);
  let content = await part(u64le(start, 12), lengthBytes);
  if (crc32(content) !== u32le(start, 28)) throw new LookError('damaged');
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const bytes = new SevenZipBytes(content);
    const kind = bytes.number();
    if (kind === PART.header) return bytes;
    if (kind !== PART.encodedHeader) break;
    const { first, folderCount } = readStreams(bytes);
    if (first === null) return new SevenZipBytes(Uint8Array.of(PART.end));
    if (isEncrypted(first.coders)) return null;
    if (folderCount > 1) throw new LookError('codec');
    content = await unpacked(first, part);
  }
  throw new LookError('damaged');
}

/** `at`: behind the signature. */
async function readPart(at: number, lengthBytes: number, sizeBytes: number, read: Read): Promise<Uint8Array> {
  const from = SIGNATURE_BYTES + at;
  if (from + lengthBytes > sizeBytes) throw new LookError('damaged');
  if (lengthBytes > MAX_LIST_BYTES) throw new LookError('too-large');
  return read(from, from + lengthBytes);
}

async function unpacked(
  { packedAt, packedBytes, unpackedBytes, crc, coders }: NonNullable<Streams['first']>,
  part: (at: number, lengthBytes: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const [coder, ...others] = coders;
  if (others.length > 0 || (coder.id !== LZMA && coder.id !== COPY)) throw new LookError('codec');
  if (unpackedBytes > MAX_LIST_BYTES) throw new LookError('too-large');
  const packed = await part(packedAt, packedBytes);
  const content = coder.id === COPY ? packed : unpackLzma(packed, coder.properties, unpackedBytes);
  if (crc !== null && crc32(content) !== crc) throw new LookError('damaged');
  return content;
}

function listOf(bytes: SevenZipBytes): ArchiveList {
  let streams: Pick<Streams, 'contents' | 'unpackedBytes'> = { contents: [], unpackedBytes: 0 };
  for (let part = bytes.number(); part !== PART.end; part = bytes.number()) {
    if (part === PART.archiveProperties) skipProperties(bytes);
    else if (part === PART.additionalStreams) readStreams(bytes);
    else if (part === PART.mainStreams) streams = readStreams(bytes);
    else if (part === PART.files)
      return { ...readFiles(bytes, streams.contents), unpackedBytes: streams.unpackedBytes };
    else throw new LookError('damaged');
  }
  return { entries: [], total: 0, cut: false, unpackedBytes: 0 };
}

function skipProperties(bytes: SevenZipBytes): void {
  while (bytes.number() !== PART.end) bytes.skip();
}

function readFiles(bytes: SevenZipBytes, contents: readonly Stream[]): Omit<ArchiveList, 'unpackedBytes'> {
  // Of each at least the end of its name.
  const total = bytes.count(2);
  const shown = Math.min(total, MAX_ENTRIES);
  let paths: string[] = [];
  let modified: Array<number | null> = [];
  let isWithoutContent: Has = () => false;
  let isEmptyFile: Has = () => false;
  let withoutContent = 0;
  for (let part = bytes.number(); part !== PART.end; part = bytes.number()) {
    const property = new SevenZipBytes(bytes.take(bytes.number()));
    if (part === PART.emptyStreams) {
      isWithoutContent = property.bits(total);
      withoutContent = countOf(isWithoutContent, total);
    } else if (part === PART.emptyFiles) isEmptyFile = property.bits(withoutContent);
    else if (part === PART.names) paths = readNames(property, shown);
    else if (part === PART.modified) modified = readTimes(property, total, shown);
  }
  if (paths.length < shown) throw new LookError('damaged');
  const entries: ArchiveEntry[] = [];
  let content = 0;
  let empty = 0;
  for (let i = 0; i < shown; i++) {
    const isFolder = isWithoutContent(i) && !isEmptyFile(empty);
    const stream = isWithoutContent(i) ? { sizeBytes: 0, encrypted: false } : contents[content++];
    if (isWithoutContent(i)) empty += 1;
    if (stream === undefined) throw new LookError('damaged');
    entries.push({ path: paths[i], isFolder, modifiedMs: modified[i] ?? null, ...stream });
  }
  return { entries, total, cut: total > shown };
}

function countOf(has: Has, total: number): number {
  let count = 0;
  for (let i = 0; i < total; i++) if (has(i)) count += 1;
  return count;
}

/** UTF-16, each ended by a zero. */
function readNames(bytes: SevenZipBytes, wanted: number): string[] {
  bytes.expectHere();
  const all = bytes.take(bytes.remaining);
  const decoder = new TextDecoder('utf-16le');
  const names: string[] = [];
  let from = 0;
  for (let at = 0; at + 1 < all.length && names.length < wanted; at += 2) {
    if (all[at] !== 0 || all[at + 1] !== 0) continue;
    names.push(decoder.decode(all.subarray(from, at)));
    from = at + 2;
  }
  return names;
}

function readTimes(bytes: SevenZipBytes, total: number, wanted: number): Array<number | null> {
  const isTold = bytes.optionalBits(total);
  bytes.expectHere();
  return Array.from({ length: wanted }, (_, i) => (isTold(i) ? filetimeMs(bytes.take(8)) : null));
}

function filetimeMs(bytes: Uint8Array): number | null {
  // What a number loses beyond 2^53 is less than a millisecond.
  return wallTimeMs(Math.floor((u32le(bytes, 4) * 2 ** 32 + u32le(bytes, 0)) / 10_000) - FILETIME_EPOCH_MS);
}
