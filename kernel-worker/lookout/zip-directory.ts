/** The central directory of a ZIP file (APPNOTE.TXT 4.3.12 to 4.3.16, with ZIP64) and single members of it, for those who judge what is inside. */

import { inflatedRaw } from '../rump/lib/zlib.ts';
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

export interface ZipDirectory {
  members: ZipMember[];
  /** The directory states more members than were read. */
  isPartial: boolean;
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

/** null: not a ZIP file, or none whose directory can be found. */
export function zipDirectory(file: ExaminedFile): ZipDirectory | null {
  if (file.sizeBytes < END_BYTES) return null;
  const signature = u32(file.read(0, 4), 0);
  if (signature !== LOCAL_HEADER && signature !== END_OF_CENTRAL) return null;
  const end = endOfDirectory(file);
  if (end === null) return null;
  const lengthBytes = Math.min(end.lengthBytes, MAX_DIRECTORY_BYTES);
  const members = membersOf(file.read(end.offset, lengthBytes));
  return { members, isPartial: members.length < end.count };
}

function endOfDirectory(file: ExaminedFile): { offset: number; lengthBytes: number; count: number } | null {
  // Nearly all have no comment: a small read finds them.
  for (const tailBytes of [END_BYTES + 256, MAX_TAIL_BYTES]) {
    const from = Math.max(0, file.sizeBytes - tailBytes);
    const tail = file.read(from, file.sizeBytes - from);
    for (let at = tail.length - END_BYTES; at >= 0; at--) {
      if (u32(tail, at) !== END_OF_CENTRAL) continue;
      const plain = { offset: u32(tail, at + 16), lengthBytes: u32(tail, at + 12), count: u16(tail, at + 10) };
      const needs64 = plain.offset === 0xffffffff || plain.lengthBytes === 0xffffffff || plain.count === 0xffff;
      return needs64 ? (endOfDirectory64(file, from + at) ?? plain) : plain;
    }
    if (from === 0) break;
  }
  return null;
}

function endOfDirectory64(file: ExaminedFile, endOffset: number) {
  const locator = file.read(endOffset - 20, 20);
  if (u32(locator, 0) !== LOCATOR_64) return null;
  const record = file.read(u64(locator, 8), 56);
  if (u32(record, 0) !== END_OF_CENTRAL_64) return null;
  return { offset: u64(record, 48), lengthBytes: u64(record, 40), count: u64(record, 32) };
}

function membersOf(central: Uint8Array): ZipMember[] {
  const members: ZipMember[] = [];
  for (let at = 0; at + CENTRAL_BYTES <= central.length && u32(central, at) === CENTRAL_HEADER; ) {
    const nameBytes = u16(central, at + 28);
    const extraBytes = u16(central, at + 30);
    const flags = u16(central, at + 8);
    const name = central.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes);
    const member: ZipMember = {
      name: new TextDecoder(flags & 0x800 ? 'utf-8' : 'latin1').decode(name),
      encrypted: (flags & 0x0001) !== 0,
      method: u16(central, at + 10),
      crc: u32(central, at + 16),
      compressedBytes: u32(central, at + 20),
      uncompressedBytes: u32(central, at + 24),
      headerOffset: u32(central, at + 42),
    };
    const extraAt = at + CENTRAL_BYTES + nameBytes;
    widen(member, central.subarray(extraAt, extraAt + extraBytes));
    members.push(member);
    at = extraAt + extraBytes + u16(central, at + 32);
  }
  return members;
}

/** The ZIP64 extra field (header 1) holds those of the numbers that do not fit, in this order. */
function widen(member: ZipMember, extra: Uint8Array): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + u16(extra, at + 2)) {
    if (u16(extra, at) !== 1) continue;
    let next = at + 4;
    for (const key of ['uncompressedBytes', 'compressedBytes', 'headerOffset'] as const) {
      if (member[key] !== 0xffffffff) continue;
      member[key] = u64(extra, next);
      next += 8;
    }
    return;
  }
}

/** A member's content; null where it is encrypted, compressed in a way that is not deflate, broken, or larger than `maxBytes`. */
export function memberContent(file: ExaminedFile, member: ZipMember, maxBytes: number): Uint8Array | null {
  if (member.encrypted || member.uncompressedBytes > maxBytes || member.compressedBytes > maxBytes) return null;
  const header = file.read(member.headerOffset, LOCAL_BYTES);
  if (header.length < LOCAL_BYTES || u32(header, 0) !== LOCAL_HEADER) return null;
  const offset = member.headerOffset + LOCAL_BYTES + u16(header, 26) + u16(header, 28);
  const bytes = file.read(offset, member.compressedBytes);
  if (member.method === 0) return bytes;
  return member.method === 8 ? inflatedRaw(bytes, maxBytes) : null;
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) + u16(bytes, at + 2) * 0x10000;
}

/** Beyond 2^53 it is not exact, and only compared. */
function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;
}
