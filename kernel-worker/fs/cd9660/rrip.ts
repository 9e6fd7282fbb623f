/**
 * System use entries of a directory record: the System Use Sharing Protocol (SUSP 1.12, IEEE P1281) and on it the Rock Ridge Interchange Protocol
 * (RRIP 1.12, IEEE P1282) with zisofs' entries (libisofs, doc/zisofs_format.txt and doc/zisofs2_format.txt). Of fields in both byte orders the
 * little-endian one is taken, which writers with one byte order wrong have right.
 */

import { asKernelError, damaged, type KernelError, unsupported } from '../../rump/errno.ts';
import { hasText, u16be, u32le, u64le } from '../../rump/vfs/bytes.ts';
import { MAX_NAME_LENGTH, MAX_PATH_LENGTH } from '../../rump/vfs/namei.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import { longTime, shortTime } from './format.ts';
import type { Compression } from './node.ts';
import { blockOffset, type Volume } from './volume.ts';

/** Continuation areas of one record: a symbolic link of 4096 bytes and access control lists together need some ten; Linux allows 32. */
const MAX_CONTINUATIONS = 64;
/** Bytes of one continuation area: writers use one sector, extended attributes of xorriso more. */
const MAX_CONTINUATION_BYTES = 64 * 1024;

/** What the entries behind one record say; null where they do not. */
export interface RockRidge {
  name: string | null;
  /** The whole st_mode word of 'PX'. */
  mode: number | null;
  nlink: number | null;
  uid: number | null;
  gid: number | null;
  mtime: Timespec | null;
  atime: Timespec | null;
  ctime: Timespec | null;
  birthtime: Timespec | null;
  rdev: { major: number; minor: number } | null;
  target: string | null;
  targetBytes: number;
  compression: Compression | null;
  unreadable: KernelError | null;
  /** 'CL': the block at which the directory stands that this record is the place of. */
  childBlock: number | null;
  /** 'PL' was there: the directory was moved, this is its '..'. */
  moved: boolean;
  /** 'RE' was there: the record is to be hidden, its directory is shown where it came from. */
  relocated: boolean;
  /** 'ER' names RRIP. */
  announced: boolean;
  /** Damage behind which there may have been more entries. */
  failure: KernelError | null;
}

/** Signatures as 16-bit numbers. */
const SIG = {
  CE: 0x4345,
  CL: 0x434c,
  ER: 0x4552,
  NM: 0x4e4d,
  PL: 0x504c,
  PN: 0x504e,
  PX: 0x5058,
  RE: 0x5245,
  SF: 0x5346,
  SL: 0x534c,
  ST: 0x5354,
  TF: 0x5446,
  Z2: 0x5a32,
  ZF: 0x5a46,
} as const;

const NM_CONTINUE = 0x01;
/** CURRENT and PARENT: the name is '.' or '..', which only the directory's own two records may have. */
const NM_DOT = 0x06;

/** How components of a symbolic link are flagged (RRIP 4.1.3.1). */
const SL_COMPONENT = { continued: 0x01, current: 0x02, parent: 0x04, root: 0x08, volumeRoot: 0x10 } as const;

/** What the parts of 'NM' and 'SL' entries gathered so far are. */
interface Gathering {
  nameParts: Uint8Array[];
  targetParts: Uint8Array[];
  needsSlash: boolean;
}

const SLASH = Uint8Array.of(0x2f);
const DOT = Uint8Array.of(0x2e);
const DOTDOT = Uint8Array.of(0x2e, 0x2e);

/**
 * Reads the system use area [at, end) of `bytes` and the continuation areas it leads to. Damage (an entry of an impossible length, an area outside
 * of the medium) ends it and is told in `failure`; EIO is thrown, because what the medium may still give decides the name.
 */
export function parseSystemUse(volume: Volume, bytes: Uint8Array, at: number, end: number): RockRidge {
  const found: RockRidge = {
    name: null,
    mode: null,
    nlink: null,
    uid: null,
    gid: null,
    mtime: null,
    atime: null,
    ctime: null,
    birthtime: null,
    rdev: null,
    target: null,
    targetBytes: 0,
    compression: null,
    unreadable: null,
    childBlock: null,
    moved: false,
    relocated: false,
    announced: false,
    failure: null,
  };
  const gathering: Gathering = { nameParts: [], targetParts: [], needsSlash: false };
  try {
    parseAreas(volume, bytes, at, end, found, gathering);
    finish(found, gathering);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind !== 'damage') throw failure;
    found.failure = failure;
  }
  return found;
}

function parseAreas(
  volume: Volume,
  bytes: Uint8Array,
  at: number,
  end: number,
  found: RockRidge,
  gathering: Gathering,
): void {
  let area = bytes;
  let from = at;
  let to = end;
  for (let hops = 0; hops <= MAX_CONTINUATIONS; hops++) {
    const next = parseArea(area, from, to, found, gathering);
    if (next < 0) return;
    const lengthBytes = u32le(area, next + 20);
    if (lengthBytes > MAX_CONTINUATION_BYTES) {
      throw damaged('a system use continuation area is too long', {
        found: lengthBytes,
        expected: MAX_CONTINUATION_BYTES,
      });
    }
    const what = 'a system use continuation area';
    const start = blockOffset(volume, u32le(area, next + 4), u32le(area, next + 12) + lengthBytes, what);
    area = volume.device.bread(start + u32le(area, next + 12), lengthBytes);
    from = 0;
    to = lengthBytes;
  }
  throw damaged('the system use continuation areas of a directory record never end', { expected: MAX_CONTINUATIONS });
}

/** Reads one area; returns where its 'CE' entry stands, or -1. */
function parseArea(area: Uint8Array, from: number, to: number, found: RockRidge, gathering: Gathering): number {
  let continuation = -1;
  let at = from;
  // Behind the last entry there may be less than an entry's head, or zeros (SUSP 4: the rest is not to be interpreted).
  while (at + 4 <= to) {
    const signature = u16be(area, at);
    const length = area[at + 2];
    if (signature === 0) break;
    if (length < 4 || at + length > to) {
      throw damaged('a system use entry has an impossible length', { found: length, expected: `4 to ${to - at}` });
    }
    if (signature === SIG.ST) break;
    if (signature === SIG.CE) {
      if (length >= 28) continuation = at;
    } else {
      parseEntry(area, at, signature, length, found, gathering);
    }
    at += length;
  }
  return continuation;
}

function parseEntry(
  area: Uint8Array,
  at: number,
  signature: number,
  length: number,
  found: RockRidge,
  gathering: Gathering,
): void {
  switch (signature) {
    case SIG.PX:
      if (length < 36) return;
      found.mode = u32le(area, at + 4);
      found.nlink = u32le(area, at + 12);
      found.uid = u32le(area, at + 20);
      found.gid = u32le(area, at + 28);
      return;
    case SIG.TF:
      parseTimes(area, at, length, found);
      return;
    case SIG.NM:
      parseName(area, at, length, found, gathering);
      return;
    case SIG.SL:
      parseLink(area, at, length, gathering);
      return;
    case SIG.PN:
      if (length >= 20) found.rdev = deviceNumber(u32le(area, at + 4), u32le(area, at + 12));
      return;
    case SIG.CL:
      if (length >= 12) found.childBlock = u32le(area, at + 4);
      return;
    case SIG.PL:
      found.moved = true;
      return;
    case SIG.RE:
      found.relocated = true;
      return;
    case SIG.ER:
      found.announced ||= isRockRidgeIdentifier(area, at, length);
      return;
    case SIG.SF:
      found.unreadable = unsupported('sparse files of Rock Ridge');
      return;
    case SIG.ZF:
    case SIG.Z2:
      if (length >= 16) parseCompression(area, at, found);
      return;
    default:
      // 'SP', 'PD', 'ES', 'RR' say nothing of the file; 'AA', 'AL' and what others made up is theirs.
      return;
  }
}

/** The identifiers under which RRIP 1.09, 1.10 and 1.12 register (SUSP 5.5). */
function isRockRidgeIdentifier(area: Uint8Array, at: number, length: number): boolean {
  if (length < 8 + 9) return false;
  return (
    hasText(area, at + 8, 'RRIP_1991A') || hasText(area, at + 8, 'IEEE_P1282') || hasText(area, at + 8, 'IEEE_1282')
  );
}

/** RRIP 4.1.6: the times that the flags announce, in the order of the flags. */
function parseTimes(area: Uint8Array, at: number, length: number, found: RockRidge): void {
  const flags = area[at + 4];
  const isLong = (flags & 0x80) !== 0;
  const size = isLong ? 17 : 7;
  let stamp = at + 5;
  for (let bit = 0; bit < 4; bit++) {
    if ((flags & (1 << bit)) === 0) continue;
    if (stamp + size > at + length) return;
    const time = isLong ? longTime(area, stamp) : shortTime(area, stamp, true);
    if (bit === 0) found.birthtime = time;
    else if (bit === 1) found.mtime = time;
    else if (bit === 2) found.atime = time;
    else found.ctime = time;
    stamp += size;
  }
}

/** RRIP 4.1.4. A name that says to be '.' or '..' is left to the recorded identifier. */
function parseName(area: Uint8Array, at: number, length: number, found: RockRidge, gathering: Gathering): void {
  if (length < 5) return;
  const flags = area[at + 4];
  if ((flags & NM_DOT) !== 0) return;
  const part = area.subarray(at + 5, at + length);
  if ((flags & NM_CONTINUE) === 0 && gathering.nameParts.length === 0) {
    if (found.name === null) found.name = nameFromBytes(part);
    return;
  }
  gathering.nameParts.push(part);
}

/** RRIP 4.1.3: components, each with its flags and length. */
function parseLink(area: Uint8Array, at: number, length: number, gathering: Gathering): void {
  const end = at + length;
  let component = at + 5;
  while (component + 2 <= end) {
    const flags = area[component];
    const size = area[component + 1];
    if (component + 2 + size > end) throw damaged('a component of a symbolic link is too long', { found: size });
    if ((flags & (SL_COMPONENT.root | SL_COMPONENT.volumeRoot)) !== 0) {
      gathering.targetParts = [SLASH];
      gathering.needsSlash = false;
    } else {
      if (gathering.needsSlash) gathering.targetParts.push(SLASH);
      if ((flags & SL_COMPONENT.current) !== 0) gathering.targetParts.push(DOT);
      else if ((flags & SL_COMPONENT.parent) !== 0) gathering.targetParts.push(DOTDOT);
      else gathering.targetParts.push(area.subarray(component + 2, component + 2 + size));
      gathering.needsSlash = (flags & SL_COMPONENT.continued) === 0;
    }
    component += 2 + size;
  }
}

/** 'ZF' version 1 with algorithm 'pz', version 2 with 'PZ'; others are told as what they are when the content is read. */
function parseCompression(area: Uint8Array, at: number, found: RockRidge): void {
  const version = area[at + 3];
  const algorithm = String.fromCharCode(area[at + 4], area[at + 5]);
  const headerBytes = area[at + 6] * 4;
  const blockLog2 = area[at + 7];
  const size = version === 1 ? u32le(area, at + 8) : u64le(area, at + 8);
  if (!Number.isSafeInteger(size)) {
    found.unreadable = damaged('a zisofs file has an impossible size', { found: size });
    return;
  }
  if (version === 1 || version === 2) found.compression = { version, headerBytes, blockLog2, size };
  if (algorithm !== (version === 1 ? 'pz' : 'PZ')) {
    found.unreadable = unsupported(`zisofs compression ${JSON.stringify(algorithm)} of version ${version}`);
  }
}

/**
 * RRIP 4.1.2 leaves the meaning of dev_t to the writer. genisoimage writes major and minor as the two halves; others write a dev_t of 64 bits, whose
 * low half is laid out alike in Linux' libraries and NetBSD (12 bits of major between 8 and 12 bits of minor).
 */
function deviceNumber(high: number, low: number): { major: number; minor: number } {
  if (high !== 0 || low <= 0xff) return { major: high, minor: low };
  return { major: (low >>> 8) & 0xfff, minor: ((low >>> 12) & 0xfff00) | (low & 0xff) };
}

function finish(found: RockRidge, gathering: Gathering): void {
  if (gathering.nameParts.length > 0) found.name = nameFromBytes(joined(gathering.nameParts, MAX_NAME_LENGTH, 'name'));
  if (gathering.targetParts.length > 0) {
    const bytes = joined(gathering.targetParts, MAX_PATH_LENGTH, 'symbolic link');
    found.target = nameFromBytes(bytes);
    found.targetBytes = bytes.length;
  }
}

function joined(parts: Uint8Array[], limit: number, what: string): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  if (length > limit)
    throw damaged(`a Rock Ridge ${what} is too long`, { found: length, expected: `at most ${limit}` });
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
