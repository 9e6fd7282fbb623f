/**
 * Archives that hide what they hold behind a password, or that unpack to absurd sizes. ZIP: APPNOTE.TXT; 7z: 7zFormat.txt of the LZMA SDK; RAR: the
 * technical notes of RARLAB for versions 4 and 5; gzip: RFC 1952; xz: The .xz File Format 1.2.
 */

import { ArchiveError } from '../content/archives/archive-error.ts';
import { readSevenZip, type SevenZip } from '../content/archives/seven-zip.ts';
import { u16le, u32le } from '../rump/vfs/bytes.ts';
import type { ExaminedFile } from './examined.ts';
import { ARCHIVE, extensionOf } from './extensions.ts';
import type { Tell } from './finding.ts';
import type { ZipMember } from './zip-directory.ts';

/** Deflate makes at most 1032 bytes of one. Plain zeros come near: small archives of them are no harm. */
const ABSURD_RATIO = 1000;
const ABSURD_BYTES = 2 ** 40;
const HARMLESS_BYTES = 256 * 1024 * 1024;
/** So many archives of equal content in one: a bomb in layers. */
const EQUAL_ARCHIVES = 8;
/** Lists of 7z of some 40,000 files: what a file may take of the time of one system call. Of larger ones nothing is said. */
const SEVEN_ZIP_LIMITS = { storedBytes: 1024 * 1024, unpackedBytes: 4 * 1024 * 1024 };
const MAX_RAR_HEADERS = 64;

export function zipArchive(file: ExaminedFile, members: readonly ZipMember[], tell: Tell): void {
  if (members.some((member) => member.encrypted)) tell('encrypted-archive');
  const stated = members.reduce((sum, member) => sum + member.uncompressedBytes, 0);
  if (isAbsurd(stated, file.sizeBytes) || isLayered(members) || containsItself(file, members))
    tell('archive-bomb', { bytes: stated });
}

function isAbsurd(unpackedBytes: number, packedBytes: number): boolean {
  if (unpackedBytes >= ABSURD_BYTES) return true;
  return unpackedBytes > HARMLESS_BYTES && unpackedBytes / Math.max(1, packedBytes) > ABSURD_RATIO;
}

function isLayered(members: readonly ZipMember[]): boolean {
  const archives = members.filter(({ name, uncompressedBytes }) => isArchive(name) && uncompressedBytes > 0);
  const alike = new Map<string, number>();
  for (const { crc, uncompressedBytes, compressedBytes } of archives) {
    if (uncompressedBytes < compressedBytes * 4) continue;
    const key = `${crc}/${uncompressedBytes}`;
    const count = (alike.get(key) ?? 0) + 1;
    if (count >= EQUAL_ARCHIVES) return true;
    alike.set(key, count);
  }
  return false;
}

/** As a quine does: a member that is an archive of the archive's own size. */
function containsItself(file: ExaminedFile, members: readonly ZipMember[]): boolean {
  return members.some(
    ({ name, uncompressedBytes, compressedBytes }) =>
      isArchive(name) && uncompressedBytes === file.sizeBytes && compressedBytes < uncompressedBytes,
  );
}

function isArchive(name: string): boolean {
  return ARCHIVE.has(extensionOf(name));
}

/** All but ZIP, by the type of the content. */
export function otherArchive(file: ExaminedFile, mime: string, tell: Tell): void {
  const archive = mime === 'application/x-7z-compressed' ? sevenZip(file) : null;
  if (archive?.encrypted || (mime === 'application/vnd.rar' && isRarEncrypted(file))) tell('encrypted-archive');
  const unpacked = archive?.list?.unpackedBytes ?? streamBytes(file, mime);
  if (isAbsurd(unpacked, file.sizeBytes)) tell('archive-bomb', { bytes: unpacked });
}

/** What those unpack to that hold one content. */
function streamBytes(file: ExaminedFile, mime: string): number {
  if (mime === 'application/gzip') return gzipBytes(file);
  return mime === 'application/x-xz' ? xzBytes(file) : 0;
}

/** null: there is no list that could be read. */
function sevenZip(file: ExaminedFile): SevenZip | null {
  const reading = readSevenZip(file.sizeBytes, SEVEN_ZIP_LIMITS);
  try {
    let step = reading.next();
    while (!step.done) {
      const { from, to } = step.value;
      const bytes = file.read(from, to - from);
      if (bytes.length < to - from) return null;
      step = reading.next(bytes);
    }
    return step.value;
  } catch (error) {
    if (error instanceof ArchiveError) return null;
    throw error;
  }
}

function isRarEncrypted(file: ExaminedFile): boolean {
  const start = file.read(0, 8);
  return start[6] === 1 ? isRar5Encrypted(file) : isRar4Encrypted(file);
}

/** Blocks of version 4: sum (2), type (1), flags (2), size (2), and the size of what follows (4) where the flags say so. */
function isRar4Encrypted(file: ExaminedFile): boolean {
  for (let at = 7, count = 0; count < MAX_RAR_HEADERS; count++) {
    const head = file.read(at, 11);
    if (head.length < 7) return false;
    const flags = u16le(head, 3);
    const headBytes = u16le(head, 5);
    if (head[2] === 0x73 && flags & 0x0080) return true;
    if (head[2] === 0x74 && flags & 0x0004) return true;
    const dataBytes = flags & 0x8000 && head.length === 11 ? u32le(head, 7) : 0;
    if (headBytes < 7 || head[2] === 0x7b) return false;
    at += headBytes + dataBytes;
  }
  return false;
}

/** Blocks of version 5: sum (4), then numbers of variable length: size, type, flags, sizes of extra area and data. */
function isRar5Encrypted(file: ExaminedFile): boolean {
  for (let at = 8, count = 0; count < MAX_RAR_HEADERS; count++) {
    const block = file.read(at, 4096);
    if (block.length < 7) return false;
    const reader = new Variable(block, 4);
    const headBytes = reader.next();
    const bodyAt = reader.at;
    const type = reader.next();
    const flags = reader.next();
    if (type === 4) return true;
    if (type === 5) return false;
    const extraBytes = flags & 1 ? reader.next() : 0;
    const dataBytes = flags & 2 ? reader.next() : 0;
    const end = bodyAt + headBytes;
    if ((type === 2 || type === 3) && extraBytes > 0 && hasRar5Encryption(block, end - extraBytes, end)) return true;
    if (!(headBytes > 0)) return false;
    at += end + dataBytes;
  }
  return false;
}

/** Records of the extra area: size, type; type 1 is encryption. */
function hasRar5Encryption(block: Uint8Array, from: number, end: number): boolean {
  for (let at = Math.max(0, from), count = 0; at < Math.min(end, block.length) && count < MAX_RAR_HEADERS; count++) {
    const reader = new Variable(block, at);
    const lengthBytes = reader.next();
    const next = reader.at + lengthBytes;
    if (reader.next() === 1) return true;
    if (!(lengthBytes > 0)) return false;
    at = next;
  }
  return false;
}

/** Numbers of seven bits a byte, the lowest first. */
class Variable {
  at: number;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  next(): number {
    let value = 0;
    for (let i = 0; i < 9; i++) {
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) break;
    }
    return value;
  }
}

/** The trailer states the length modulo 2^32. */
function gzipBytes(file: ExaminedFile): number {
  return file.sizeBytes < 18 ? 0 : u32le(file.read(file.sizeBytes - 4, 4), 0);
}

/** Of the last stream: the footer says how long the index before it is, and the index the length of each block. */
function xzBytes(file: ExaminedFile): number {
  const footer = file.read(file.sizeBytes - 12, 12);
  if (footer.length < 12 || footer[10] !== 0x59 || footer[11] !== 0x5a) return 0;
  const indexBytes = (u32le(footer, 4) + 1) * 4;
  const index = file.read(file.sizeBytes - 12 - indexBytes, Math.min(indexBytes, 64 * 1024));
  if (index[0] !== 0) return 0;
  const reader = new Variable(index, 1);
  const count = Math.min(reader.next(), 10_000);
  let sum = 0;
  for (let i = 0; i < count && reader.at < index.length; i++) {
    reader.next();
    sum += reader.next();
  }
  return sum;
}
