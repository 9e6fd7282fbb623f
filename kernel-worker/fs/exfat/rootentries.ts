/** What the root directory tells of the volume itself: its label, GUID, allocation bitmap and up-case table (§7.1 to §7.3, §7.5). */

import { guidText, u32le, u64le } from '../../rump/vfs/bytes.ts';
import { nameFromUtf16le } from '../../rump/vfs/names.ts';
import { ENTRY, ENTRY_BYTES, STREAM } from './format.ts';

const MAX_LABEL_UNITS = 11;

/** Where a structure of the volume lies, as its entry says. */
export interface VolumeStructure {
  firstCluster: number;
  size: number;
  /** Of the up-case table. */
  checksum: number;
  /** Where its entry stands on the device. */
  entryOffset: number;
}

export interface RootFacts {
  label: string | null;
  guid: string | null;
  upcase: VolumeStructure | null;
  /** The first and, of TexFAT, the second allocation bitmap. */
  bitmaps: [VolumeStructure | null, VolumeStructure | null];
}

export function noFacts(): RootFacts {
  return { label: null, guid: null, upcase: null, bitmaps: [null, null] };
}

/** Adds what these entries tell to `facts`; the first of each kind counts. Returns whether the directory ends here. */
export function scanEntries(facts: RootFacts, entries: Uint8Array, byteOffset: number): boolean {
  for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
    const type = entries[at];
    if (type === ENTRY.end) return true;
    if (type === ENTRY.bitmap) facts.bitmaps[entries[at + 1] & 1] ??= structureAt(entries, at, byteOffset);
    else if (type === ENTRY.upcase) facts.upcase ??= structureAt(entries, at, byteOffset);
    else if (type === ENTRY.label) facts.label ??= labelAt(entries, at);
    else if (type === ENTRY.guid) facts.guid ??= guidText(entries.subarray(at + 6, at + 22));
  }
  return false;
}

function structureAt(entries: Uint8Array, at: number, byteOffset: number): VolumeStructure {
  return {
    firstCluster: u32le(entries, at + STREAM.firstCluster),
    size: u64le(entries, at + STREAM.dataLength),
    checksum: u32le(entries, at + 4),
    entryOffset: byteOffset + at,
  };
}

/** '' where the entry has no characters: it is there, and says that there is no label. */
function labelAt(entries: Uint8Array, at: number): string {
  const label = nameFromUtf16le(entries, at + 2, Math.min(entries[at + 1], MAX_LABEL_UNITS));
  const end = label.indexOf('\0');
  return end < 0 ? label : label.slice(0, end);
}
