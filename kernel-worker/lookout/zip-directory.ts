/** The central directory of a ZIP file (APPNOTE.TXT 4.3.12 to 4.3.16, with ZIP64) and single members of it, for those who judge what is inside. */

import { inflatedRaw } from '../rump/lib/zlib.ts';
import { u16le, u32le, u64le } from '../rump/vfs/bytes.ts';
import type { ExaminedFile } from './examined.ts';

export interface ZipMember {
  name: string;
  encrypted: boolean;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
  compressedBytes: number;
  uncompressedBytes: number;
  headerOffset: number;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_CENTRAL = 0x06054b50;
const END_OF_CENTRAL_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** The end record and a comment of the largest length. */
const MAX_TAIL_BYTES = END_BYTES + 0xffff;
/** Some 15,000 members. */
const MAX_DIRECTORY_BYTES = 1024 * 1024;

/** The members, as far as they are looked at. null: not a ZIP file, or none whose directory can be found. */
export function zipDirectory(file: ExaminedFile): ZipMember[] | null {
  if (file.sizeBytes < END_BYTES) return null;
  const signature = u32le(file.read(0, 4), 0);
  if (signature !== LOCAL_HEADER && signature !== END_OF_CENTRAL) return null;
  const end = endOfDirectory(file);
  if (end === null) return null;
  return membersOf(file.read(end.offset, Math.min(end.lengthBytes, MAX_DIRECTORY_BYTES)));
}

function endOfDirectory(file: ExaminedFile): { offset: number; lengthBytes: number } | null {
  // Nearly all have no comment: a small read finds them.
  for (const tailBytes of [END_BYTES + 256, MAX_TAIL_BYTES]) {
    const from = Math.max(0, file.sizeBytes - tailBytes);
    const tail = file.read(from, file.sizeBytes - from);
    for (let at = tail.length - END_BYTES; at >= 0; at--) {
      if (u32le(tail, at) !== END_OF_CENTRAL) continue;
      const plain = { offset: u32le(tail, at + 16), lengthBytes: u32le(tail, at + 12) };
      const count = u16le(tail, at + 10);
      const needs64 = plain.offset === 0xffffffff || plain.lengthBytes === 0xffffffff || count === 0xffff;
      return needs64 ? (endOfDirectory64(file, from + at) ?? plain) : plain;
    }
    if (from === 0) break;
  }
  return null;
}

function endOfDirectory64(file: ExaminedFile, endOffset: number) {
  const locator = file.read(endOffset - 20, 20);
  if (u32le(locator, 0) !== LOCATOR_64) return null;
  const record = file.read(u64le(locator, 8), 56);
  if (u32le(record, 0) !== END_OF_CENTRAL_64) return null;
  return { offset: u64le(record, 48), lengthBytes: u64le(record, 40) };
}

function membersOf(central: Uint8Array): ZipMember[] {
  const members: ZipMember[] = [];
  for (let at = 0; at + CENTRAL_BYTES <= central.length && u32le(central, at) === CENTRAL_HEADER; ) {
    const nameBytes = u16le(central, at + 28);
    const extraBytes = u16le(central, at + 30);
    const flags = u16le(central, at + 8);
    const name = central.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes);
    const member: ZipMember = {
      name: new TextDecoder(flags & 0x800 ? 'utf-8' : 'latin1').decode(name),
      encrypted: (flags & 0x0001) !== 0,
      method: u16le(central, at + 10),
      crc: u32le(central, at + 16),
      compressedBytes: u32le(central, at + 20),
      uncompressedBytes: u32le(central, at + 24),
      headerOffset: u32le(central, at + 42),
    };
    const extraAt = at + CENTRAL_BYTES + nameBytes;
    widen(member, central.subarray(extraAt, extraAt + extraBytes));
    members.push(member);
    at = extraAt + extraBytes + u16le(central, at + 32);
  }
  return members;
}

/** The ZIP64 extra field (header 1) holds those of the numbers that do not fit, in this order. */
function widen(member: ZipMember, extra: Uint8Array): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + u16le(extra, at + 2)) {
    if (u16le(extra, at) !== 1) continue;
    let next = at + 4;
    for (const key of ['uncompressedBytes', 'compressedBytes', 'headerOffset'] as const) {
      if (member[key] !== 0xffffffff) continue;
      member[key] = u64le(extra, next);
      next += 8;
    }
    return;
  }
}

/** A member's content; null where it is encrypted, compressed in a way that is not deflate, broken, or larger than `maxBytes`. */
export function memberContent(file: ExaminedFile, member: ZipMember, maxBytes: number): Uint8Array | null {
  if (member.encrypted || member.uncompressedBytes > maxBytes || member.compressedBytes > maxBytes) return null;
  const header = file.read(member.headerOffset, LOCAL_BYTES);
  if (header.length < LOCAL_BYTES || u32le(header, 0) !== LOCAL_HEADER) return null;
  const offset = member.headerOffset + LOCAL_BYTES + u16le(header, 26) + u16le(header, 28);
  const bytes = file.read(offset, member.compressedBytes);
  if (member.method === 0) return bytes;
  return member.method === 8 ? inflatedRaw(bytes, maxBytes) : null;
}
