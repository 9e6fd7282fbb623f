/** $ATTRIBUTE_LIST: which record holds which attribute of a file that does not fit one record (Linux-NTFS documentation, "$ATTRIBUTE_LIST"). */

import { damaged } from '../../rump/errno.ts';
import { u16le, u32le, u64le } from '../../rump/vfs/bytes.ts';
import { nameFromUtf16le } from '../../rump/vfs/names.ts';
import { ATTRIBUTE_LIST, recordNumberAt, sequenceAt } from './format.ts';
import { attributesOf, type FileRecord } from './record.ts';
import { type ClusterDevice, readWhole, streamOf } from './stream.ts';

/** Windows makes no longer lists; a file whose list is full can have no more extents. */
const MAX_LIST_BYTES = 256 * 1024;
const ENTRY_BYTES = 26;

export interface AttributeListEntry {
  type: number;
  name: string;
  lowestVcn: number;
  /** The record that holds it. */
  recordNumber: number;
  sequence: number;
  instance: number;
}

/** The list of a base record that has one. A list that is itself non-resident has all its extents there. EUCLEAN. */
export function readAttributeList(volume: ClusterDevice, record: FileRecord): AttributeListEntry[] {
  const extents = attributesOf(record, ATTRIBUTE_LIST);
  const stream = streamOf(volume, extents, extents.length);
  const bytes = readWhole(volume, stream, MAX_LIST_BYTES, 'an attribute list');
  const entries: AttributeListEntry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; ) {
    const length = u16le(bytes, at + 4);
    const nameLength = bytes[at + 6];
    const nameAt = at + bytes[at + 7];
    if (
      length < ENTRY_BYTES ||
      at + length > bytes.length ||
      (nameLength > 0 && nameAt + 2 * nameLength > at + length)
    ) {
      throw damaged('an entry of an attribute list has a wrong length', {
        byteOffset: stream.byteOffset,
        found: length,
      });
    }
    entries.push({
      type: u32le(bytes, at),
      name: nameLength === 0 ? '' : nameFromUtf16le(bytes, nameAt, nameLength),
      lowestVcn: u64le(bytes, at + 8),
      recordNumber: recordNumberAt(bytes, at + 16),
      sequence: sequenceAt(bytes, at + 16),
      instance: u16le(bytes, at + 24),
    });
    at += length;
  }
  return entries;
}
