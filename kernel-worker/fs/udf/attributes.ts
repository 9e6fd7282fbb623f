/** Extended attributes as ECMA-167 means them (4/14.10): times, device numbers, and the implementation use attributes that UDF names (2.60, 3.3.4). */

import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import { readWhole, type Store } from './content.ts';
import { attributeBytes, type FileEntry } from './fileentry.ts';
import { entityAt } from './format.ts';
import { readFileEntry } from './icb.ts';
import { TAG, tagFault } from './tag.ts';
import { TIMESTAMP_BYTES, timestampAt } from './timestamp.ts';

const HEADER_BYTES = 24;
const TYPE_FILE_TIMES = 5;
const TYPE_DEVICE = 12;
const TYPE_IMPLEMENTATION_USE = 2048;
/** Attribute spaces of their own (4/8.7) hold a few attributes; what is larger is none. */
const MAX_SPACE_BYTES = 1024 * 1024;

export interface FileAttributes {
  rdev: { major: number; minor: number } | null;
  created: Timespec | null;
  backedUp: Timespec | null;
  /** Implementation use attributes: their bytes behind the header checksum. */
  implementationUse: Array<{ name: string; bytes: Uint8Array }>;
}

/** All attributes of a file: from its entry and from its attribute file. Damaged ones end the list that they stand in. */
export function attributesOf(store: Store, entry: FileEntry): FileAttributes {
  const found: FileAttributes = { rdev: null, created: null, backedUp: null, implementationUse: [] };
  if (entry.attributesLength > 0) takeSpace(attributeBytes(store.volume.device, entry), found);
  if (entry.attributeFile !== null) {
    const file = readFileEntry(store.volume, entry.attributeFile);
    takeSpace(readWhole(store, { entry: file, extents: null }, MAX_SPACE_BYTES, 'an extended attribute space'), found);
  }
  return found;
}

/** Goes through one attribute space: a header descriptor and then attributes, each of which says how long it is. */
function takeSpace(bytes: Uint8Array, found: FileAttributes): void {
  if (bytes.length < HEADER_BYTES || u16le(bytes, 0) !== TAG.extendedAttributeHeader) return;
  // The location is not checked: it is that of the file entry, which some writers take for the partition's first block.
  if (tagFault(bytes, 0, bytes.length, null) !== null) return;
  let at = HEADER_BYTES;
  while (at + 12 <= bytes.length) {
    const length = u32le(bytes, at + 8);
    if (length < 12 || at + length > bytes.length) return;
    takeAttribute(bytes.subarray(at, at + length), found);
    at += length;
  }
}

function takeAttribute(bytes: Uint8Array, found: FileAttributes): void {
  const type = u32le(bytes, 0);
  if (type === TYPE_FILE_TIMES) takeTimes(bytes, found);
  else if (type === TYPE_DEVICE && bytes.length >= 24)
    found.rdev = { major: u32le(bytes, 16), minor: u32le(bytes, 20) };
  else if (type === TYPE_IMPLEMENTATION_USE && bytes.length >= 48) takeImplementationUse(bytes, found);
}

/** Bits of the file time existence, each with a timestamp in their order: ECMA-167 4/14.10.5.6. */
const TIME_CREATION = 0;
const TIME_BACKUP = 5;

function takeTimes(bytes: Uint8Array, found: FileAttributes): void {
  if (bytes.length < 20) return;
  const existing = u32le(bytes, 16);
  let at = 20;
  for (let bit = 0; bit < 32 && at + TIMESTAMP_BYTES <= bytes.length; bit++) {
    if (((existing >>> bit) & 1) === 0) continue;
    if (bit === TIME_CREATION) found.created = timestampAt(bytes, at);
    if (bit === TIME_BACKUP) found.backedUp = timestampAt(bytes, at);
    at += TIMESTAMP_BYTES;
  }
}

/** Behind the regid stands, by UDF 2.60, 3.3.4.5, a checksum of the header in two bytes; it tells nothing that the descriptor's CRC does not. */
const USE_AT = 48;
const CHECKSUM_BYTES = 2;

function takeImplementationUse(bytes: Uint8Array, found: FileAttributes): void {
  const useLength = Math.min(u32le(bytes, 12), bytes.length - USE_AT);
  if (useLength < CHECKSUM_BYTES) return;
  const use = bytes.subarray(USE_AT + CHECKSUM_BYTES, USE_AT + useLength);
  found.implementationUse.push({ name: entityAt(bytes, 16), bytes: use });
}
