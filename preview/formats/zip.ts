/** The list of a ZIP archive, from its central directory (APPNOTE.TXT 6.3, 4.3.12 to 4.3.16, 4.5.3). Nothing is unpacked. */

import {
  type ArchiveEntry,
  type ArchiveList,
  MAX_ENTRIES,
  sumOfSizes,
} from '../../kernel-worker/content/archives/archive-entry.ts';
import { LookError } from '../file.ts';
import { u16le, u32le, u64le } from './bytes.ts';

type Read = (from: number, to: number) => Promise<Uint8Array>;

const END_OF_CENTRAL = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END = 0x06064b50;
const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_BYTES = 46;
/** 10,000 entries with names of half a kilobyte. */
const MAX_CENTRAL_BYTES = 8 * 1024 * 1024;
const ZIP64_EXTRA = 0x0001;
const UNICODE_PATH_EXTRA = 0x7075;

interface Directory {
  offset: number;
  lengthBytes: number;
  count: number;
}

/** LookError `damaged`. */
export async function listZip(sizeBytes: number, read: Read): Promise<ArchiveList> {
  const directory = await findDirectory(sizeBytes, read);
  if (directory === null || directory.offset > sizeBytes) throw new LookError('damaged');
  const wanted = Math.min(directory.lengthBytes, sizeBytes - directory.offset);
  const central = await read(directory.offset, directory.offset + Math.min(wanted, MAX_CENTRAL_BYTES));
  const entries = [...entriesOf(central)];
  if (entries.length === 0 && directory.count > 0) throw new LookError('damaged');
  return {
    entries,
    total: Math.max(directory.count, entries.length),
    cut: entries.length < directory.count || wanted > MAX_CENTRAL_BYTES,
    unpackedBytes: sumOfSizes(entries),
  };
}

async function findDirectory(sizeBytes: number, read: Read): Promise<Directory | null> {
  const tailFrom = Math.max(0, sizeBytes - END_BYTES - MAX_COMMENT_BYTES);
  const tail = await read(tailFrom, sizeBytes);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (u32le(tail, at) !== END_OF_CENTRAL) continue;
    const directory = { offset: u32le(tail, at + 16), lengthBytes: u32le(tail, at + 12), count: u16le(tail, at + 10) };
    const isLarge =
      directory.offset === 0xffff_ffff || directory.lengthBytes === 0xffff_ffff || directory.count === 0xffff;
    return isLarge ? ((await zip64Directory(tailFrom + at, sizeBytes, read)) ?? directory) : directory;
  }
  return null;
}

/** `endAt`: where the plain end record stands; the locator is right before it. */
async function zip64Directory(endAt: number, sizeBytes: number, read: Read): Promise<Directory | null> {
  if (endAt < ZIP64_LOCATOR_BYTES) return null;
  const locator = await read(endAt - ZIP64_LOCATOR_BYTES, endAt);
  const at = u64le(locator, 8);
  if (u32le(locator, 0) !== ZIP64_LOCATOR || at + 56 > sizeBytes) return null;
  const end = await read(at, at + 56);
  if (u32le(end, 0) !== ZIP64_END) return null;
  return { offset: u64le(end, 48), lengthBytes: u64le(end, 40), count: u64le(end, 32) };
}

function* entriesOf(central: Uint8Array): Generator<ArchiveEntry> {
  let at = 0;
  for (let i = 0; i < MAX_ENTRIES && at + CENTRAL_BYTES <= central.length; i++) {
    if (u32le(central, at) !== CENTRAL_HEADER) return;
    const nameBytes = u16le(central, at + 28);
    const extraBytes = u16le(central, at + 30);
    const next = at + CENTRAL_BYTES + nameBytes + extraBytes + u16le(central, at + 32);
    if (next > central.length) return;
    const name = central.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes);
    const extra = central.subarray(at + CENTRAL_BYTES + nameBytes, at + CENTRAL_BYTES + nameBytes + extraBytes);
    yield entryOf(central.subarray(at, at + CENTRAL_BYTES), name, extra);
    at = next;
  }
}

function entryOf(header: Uint8Array, name: Uint8Array, extra: Uint8Array): ArchiveEntry {
  const flags = u16le(header, 8);
  const path = unicodePath(extra) ?? nameOf(name, (flags & 0x800) !== 0);
  const sizeBytes = u32le(header, 24);
  // What did not fit stands there, this first.
  const large = sizeBytes === 0xffff_ffff ? extraField(extra, ZIP64_EXTRA) : null;
  return {
    path,
    isFolder: path.endsWith('/'),
    sizeBytes: large === null ? sizeBytes : u64le(large, 0),
    modifiedMs: dosTime(u16le(header, 14), u16le(header, 12)),
    encrypted: (flags & 1) !== 0,
  };
}

/** Names are UTF-8 where they say so, or where they happen to be; else those of DOS, of which Latin letters are shown right. */
function nameOf(name: Uint8Array, isUtf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !isUtf8 }).decode(name);
  } catch {
    return new TextDecoder('ibm866').decode(name);
  }
}

function unicodePath(extra: Uint8Array): string | null {
  const field = extraField(extra, UNICODE_PATH_EXTRA);
  return field === null || field.length < 6 ? null : new TextDecoder().decode(field.subarray(5));
}

function extraField(extra: Uint8Array, id: number): Uint8Array | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + u16le(extra, at + 2))
    if (u16le(extra, at) === id) return extra.subarray(at + 4, at + 4 + u16le(extra, at + 2));
  return null;
}

function dosTime(date: number, time: number): number | null {
  const [month, day] = [(date >> 5) & 15, date & 31];
  if (month < 1 || month > 12 || day < 1) return null;
  return Date.UTC(1980 + (date >> 9), month - 1, day, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}
