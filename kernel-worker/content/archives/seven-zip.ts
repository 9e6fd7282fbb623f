/** The list of a 7z archive (7zFormat.txt of the LZMA SDK). The list itself is unpacked where it is packed; nothing else is. */

import { u32le, u64le } from '../../rump/vfs/bytes.ts';
import { type ArchiveEntry, type ArchiveList, MAX_ENTRIES, wallTimeMs } from './archive-entry.ts';
import { ArchiveError } from './archive-error.ts';
import { crc32, unpackLzma } from './lzma.ts';
import { type Has, PART, SevenZipBytes } from './seven-zip-bytes.ts';
import { type Coder, isEncrypted, readStreams, type Stream, type Streams } from './seven-zip-streams.ts';

/** Bytes of the archive, from the first to before the last. */
export interface ByteRange {
  from: number;
  to: number;
}

/** Asks for one range after the other and goes on with exactly these bytes: whoever reads may wait for them, as Quick Look does, or not, as the look-out. */
export type Reading<T> = Generator<ByteRange, T, Uint8Array>;

export interface ListLimits {
  /** As it lies in the archive. */
  storedBytes: number;
  unpackedBytes: number;
}

const SIGNATURE_BYTES = 32;
/** 7-Zip packs it once. */
const MAX_LAYERS = 4;
const COPY = '00';
const LZMA = '030101';
const NO_STREAMS = { contents: [], unpackedBytes: 0, encrypted: false };
const NO_FILES = { entries: [], total: 0, cut: false };
/** Between 1601, from where FILETIME counts steps of 100 ns, and 1970. */
const FILETIME_EPOCH_MS = 11_644_473_600_000;

export interface SevenZip {
  version: string;
  /** The list, or any content, also such as is not among the entries. */
  encrypted: boolean;
  /** null: encrypted. */
  list: ArchiveList | null;
}

/** ArchiveError `damaged`; `codec`: its list is packed by a method that is not known here; `too-large`. */
export function* readSevenZip(sizeBytes: number, limits: ListLimits): Reading<SevenZip> {
  if (sizeBytes < SIGNATURE_BYTES) throw new ArchiveError('damaged');
  const start = yield { from: 0, to: SIGNATURE_BYTES };
  if (u32le(start, 0) !== 0xafbc7a37 || crc32(start.subarray(12)) !== u32le(start, 8))
    throw new ArchiveError('damaged');
  const header = yield* readHeader(start, sizeBytes, limits);
  const version = `${start[6]}.${start[7]}`;
  return header === null ? { version, encrypted: true, list: null } : { version, ...listOf(header) };
}

/** The header itself, behind its id, or null if it is encrypted. */
function* readHeader(start: Uint8Array, sizeBytes: number, limits: ListLimits): Reading<SevenZipBytes | null> {
  const lengthBytes = u64le(start, 20);
  // So it stands where the archive is empty.
  if (lengthBytes === 0) return new SevenZipBytes(Uint8Array.of(PART.end));
  let content = yield partAt(u64le(start, 12), lengthBytes, sizeBytes, limits);
  if (crc32(content) !== u32le(start, 28)) throw new ArchiveError('damaged');
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const bytes = new SevenZipBytes(content);
    const kind = bytes.number();
    if (kind === PART.header) return bytes;
    if (kind !== PART.encodedHeader) break;
    const { first, folderCount } = readStreams(bytes);
    if (first === null) return new SevenZipBytes(Uint8Array.of(PART.end));
    if (isEncrypted(first.coders)) return null;
    if (folderCount > 1) throw new ArchiveError('codec');
    const method = methodOf(first.coders);
    if (first.unpackedBytes > limits.unpackedBytes) throw new ArchiveError('too-large');
    const stored = yield partAt(first.packedAt, first.packedBytes, sizeBytes, limits);
    content = method.id === COPY ? stored : unpackLzma(stored, method.properties, first.unpackedBytes);
    if (first.crc !== null && crc32(content) !== first.crc) throw new ArchiveError('damaged');
  }
  throw new ArchiveError('damaged');
}

/** `at`: behind the signature. */
function partAt(at: number, lengthBytes: number, sizeBytes: number, { storedBytes }: ListLimits): ByteRange {
  const from = SIGNATURE_BYTES + at;
  if (from + lengthBytes > sizeBytes) throw new ArchiveError('damaged');
  if (lengthBytes > storedBytes) throw new ArchiveError('too-large');
  return { from, to: from + lengthBytes };
}

/** By which the list is packed. */
function methodOf([coder, ...others]: readonly Coder[]): Coder {
  if (others.length > 0 || (coder.id !== LZMA && coder.id !== COPY)) throw new ArchiveError('codec');
  return coder;
}

function listOf(bytes: SevenZipBytes): Omit<SevenZip, 'version'> {
  let streams: Pick<Streams, 'contents' | 'unpackedBytes' | 'encrypted'> = NO_STREAMS;
  let files: Omit<ArchiveList, 'unpackedBytes'> = NO_FILES;
  for (let part = bytes.number(); part !== PART.end; part = bytes.number()) {
    if (part === PART.archiveProperties) skipProperties(bytes);
    else if (part === PART.additionalStreams) readStreams(bytes);
    else if (part === PART.mainStreams) streams = readStreams(bytes);
    else if (part === PART.files) {
      files = readFiles(bytes, streams.contents);
      break;
    } else throw new ArchiveError('damaged');
  }
  const { encrypted, unpackedBytes } = streams;
  return { encrypted, list: { ...files, unpackedBytes } };
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
  if (paths.length < shown) throw new ArchiveError('damaged');
  const entries: ArchiveEntry[] = [];
  let content = 0;
  let empty = 0;
  for (let i = 0; i < shown; i++) {
    const isFolder = isWithoutContent(i) && !isEmptyFile(empty);
    const stream = isWithoutContent(i) ? { sizeBytes: 0, encrypted: false } : contents[content++];
    if (isWithoutContent(i)) empty += 1;
    if (stream === undefined) throw new ArchiveError('damaged');
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
