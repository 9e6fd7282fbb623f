/**
 * Structures inside of NTFS records as data. Sources: the NTFS documentation of the Linux-NTFS project (flatcap.org/linux-ntfs/ntfs) for the layouts,
 * [MS-FSCC] for attribute words, reparse tags and reparse data, [MS-FSA] for what they mean.
 */

import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { nameFromUtf16le } from '../../rump/vfs/names.ts';
import type { Timespec } from '../../rump/vfs/time.ts';

/** Records of the MFT with a fixed meaning. */
export const FILE_MFT = 0;
export const FILE_LOGFILE = 2;
export const FILE_VOLUME = 3;
export const FILE_ROOT = 5;
export const FILE_BITMAP = 6;
export const FILE_UPCASE = 10;
/** Records below this one are the file system's own. */
export const FIRST_USER_RECORD = 24;

/** Attribute types. */
export const STANDARD_INFORMATION = 0x10;
export const ATTRIBUTE_LIST = 0x20;
export const FILE_NAME = 0x30;
export const VOLUME_NAME = 0x60;
export const VOLUME_INFORMATION = 0x70;
export const DATA = 0x80;
export const INDEX_ROOT = 0x90;
export const INDEX_ALLOCATION = 0xa0;
export const BITMAP = 0xb0;
export const REPARSE_POINT = 0xc0;
export const EA = 0xe0;
export const END_OF_ATTRIBUTES = 0xffffffff;

/** The index of a directory is named so. */
export const INDEX_NAME = '$I30';

/** Flags of an attribute. */
export const ATTRIBUTE_COMPRESSION_MASK = 0x00ff;
export const ATTRIBUTE_COMPRESSED_LZNT1 = 0x0001;
export const ATTRIBUTE_ENCRYPTED = 0x4000;
export const ATTRIBUTE_SPARSE = 0x8000;

/** FILE_ATTRIBUTE_… of [MS-FSCC] 2.6. */
export const ATTRIB_HIDDEN = 0x02;
export const ATTRIB_SYSTEM = 0x04;
export const ATTRIB_DIRECTORY = 0x10;
export const ATTRIB_NORMAL = 0x80;
export const ATTRIB_OFFLINE = 0x1000;
export const ATTRIB_RECALL_ON_OPEN = 0x4_0000;
export const ATTRIB_RECALL_ON_DATA_ACCESS = 0x40_0000;

/** The record of a file reference: its low 48 bits. */
export function recordNumberAt(bytes: Uint8Array, at: number): number {
  return u32le(bytes, at) + u16le(bytes, at + 4) * 0x1_0000_0000;
}

/** Which use of its record a file reference means: its high 16 bits; 0 is not to be compared. */
export function sequenceAt(bytes: Uint8Array, at: number): number {
  return u16le(bytes, at + 6);
}

/**
 * A FILETIME (100 ns since 1601) as a Timespec, without bigint: 2^32 ticks are 429 s and 4,967,296 ticks. A directory of 20,000 files has 80,000 times;
 * with bigint they took a fifth of the walk.
 */
function timeAt(bytes: Uint8Array, at: number): Timespec {
  const high = u32le(bytes, at + 4);
  const ticks = high * 4_967_296 + u32le(bytes, at);
  const seconds = Math.floor(ticks / 10_000_000);
  return { sec: high * 429 + seconds - 11_644_473_600, nsec: (ticks - seconds * 10_000_000) * 100 };
}

/** $STANDARD_INFORMATION. */
export interface StandardInformation {
  birthtime: Timespec;
  mtime: Timespec;
  ctime: Timespec;
  atime: Timespec;
  /** FILE_ATTRIBUTE_… bits. */
  attributes: number;
}

export const STANDARD_INFORMATION_BYTES = 48;

export function parseStandardInformation(bytes: Uint8Array, at: number): StandardInformation {
  return {
    birthtime: timeAt(bytes, at),
    mtime: timeAt(bytes, at + 8),
    ctime: timeAt(bytes, at + 16),
    atime: timeAt(bytes, at + 24),
    attributes: u32le(bytes, at + 32),
  };
}

/** Name spaces of a $FILE_NAME. */
export const NAMESPACE_DOS = 2;
/** Set in the name spaces of names that are valid DOS names (2: only that, 3: also the Windows name). */
export const NAMESPACE_DOS_BIT = 2;

/** $FILE_NAME, as attribute and as key of a directory's index: where its parts stand. */
export const FILE_NAME_LENGTH = 64;
export const FILE_NAME_NAMESPACE = 65;
export const FILE_NAME_TEXT = 66;

export function fileNameText(bytes: Uint8Array, at: number): string {
  return nameFromUtf16le(bytes, at + FILE_NAME_TEXT, bytes[at + FILE_NAME_LENGTH]);
}
