/** Files in use: a base record with all its attributes, wherever these stand. */

import { damaged } from '../../rump/errno.ts';
import { type AttributeListEntry, readAttributeList } from './attributelist.ts';
import type { Content } from './content.ts';
import { ATTRIBUTE_LIST, FILE_NAME, type StandardInformation } from './format.ts';
import type { Directory } from './indexnode.ts';
import { readRecord } from './mft.ts';
import { type Attribute, attributeOf, attributesOf, type FileRecord } from './record.ts';
import type { ReparsePoint } from './reparse.ts';
import { type Stream, streamOf } from './stream.ts';
import type { Volume } from './volume.ts';

/** The driver's node: a file by its reference, loaded on first use, or a stream of it that was looked up as 'name:stream'. */
export interface Inode {
  readonly number: number;
  /** Which use of the record; 0: whichever there is. */
  readonly sequence: number;
  /** The record of the directory in which it was found; -1 for the root. */
  readonly parent: number;
  /** '' for the file itself. */
  readonly streamName: string;
  loaded: LoadedInode | null;
}

export interface LoadedInode {
  record: FileRecord;
  /** null: all attributes are in the base record. */
  list: AttributeListEntry[] | null;
  /** Each is filled by the file that it is the subject of, when it is first asked for. */
  standard: StandardInformation | null | undefined;
  reparse: ReparsePoint | null | undefined;
  content: Content | undefined;
  directory: Directory | undefined;
  linkTarget: string | undefined;
}

export function newInode(number: number, sequence: number, parent: number, streamName = ''): Inode {
  return { number, sequence, parent, streamName, loaded: null };
}

/** A file that the format keeps in a fixed record. */
export function systemInode(number: number): Inode {
  return newInode(number, 0, -1);
}

/** Reads the base record. EUCLEAN: it is damaged, not in use, not a base record, or was given to another file since. */
export function load(volume: Volume, inode: Inode): LoadedInode {
  if (inode.loaded !== null) return inode.loaded;
  const { number, sequence } = inode;
  const record = readRecord(volume.mft, number);
  const { byteOffset } = record;
  if (record.baseNumber !== 0 || record.baseSequence !== 0) {
    throw damaged(`record ${number} of the MFT is an extension, not a file`, { byteOffset, found: record.baseNumber });
  }
  if (sequence !== 0 && sequence !== record.sequence) {
    throw damaged(`record ${number} of the MFT belongs to another file by now`, {
      byteOffset,
      expected: sequence,
      found: record.sequence,
    });
  }
  inode.loaded = {
    record,
    list: attributeOf(record, ATTRIBUTE_LIST, '') === null ? null : readAttributeList(volume, record),
    standard: undefined,
    reparse: undefined,
    content: undefined,
    directory: undefined,
    linkTarget: undefined,
  };
  return inode.loaded;
}

/** The first extent of the attribute, or null if the file has none. */
export function findAttribute(volume: Volume, inode: Inode, type: number, name = ''): Attribute | null {
  const { record, list } = load(volume, inode);
  if (list === null) return attributeOf(record, type, name);
  const entry = list.find(
    (candidate) => candidate.type === type && candidate.name === name && candidate.lowestVcn === 0,
  );
  return entry === undefined ? null : listedAttribute(volume, record, entry);
}

/** All attributes of a type, each by its first extent. */
export function findAttributes(volume: Volume, inode: Inode, type: number): Attribute[] {
  const { record, list } = load(volume, inode);
  if (list === null) return attributesOf(record, type).filter(({ lowestVcn }) => lowestVcn === 0);
  return list
    .filter((entry) => entry.type === type && entry.lowestVcn === 0)
    .map((entry) => listedAttribute(volume, record, entry));
}

/** The attribute as a stream with all its extents, or null if the file has none. EUCLEAN, EIO, EOPNOTSUPP. */
export function openStream(volume: Volume, inode: Inode, type: number, name = ''): Stream | null {
  const { record, list } = load(volume, inode);
  if (list === null) {
    const extents = attributesOf(record, type).filter((candidate) => candidate.name === name);
    return extents.length === 0 ? null : streamOf(volume, extents, extents.length);
  }
  const entries = list.filter((entry) => entry.type === type && entry.name === name);
  if (entries.length === 0) return null;
  entries.sort((a, b) => a.lowestVcn - b.lowestVcn);
  return streamOf(volume, listedAttributes(volume, record, entries), entries.length);
}

function* listedAttributes(
  volume: Volume,
  base: FileRecord,
  entries: readonly AttributeListEntry[],
): Generator<Attribute, void> {
  for (const entry of entries) yield listedAttribute(volume, base, entry);
}

/** The attribute that an entry of the list names. EUCLEAN if it is not where the entry says. */
function listedAttribute(volume: Volume, base: FileRecord, entry: AttributeListEntry): Attribute {
  const holder = entry.recordNumber === base.number ? base : extensionRecord(volume, base, entry);
  const found = attributesOf(holder, entry.type).find(
    (attribute) =>
      attribute.name === entry.name &&
      attribute.lowestVcn === entry.lowestVcn &&
      (entry.type !== FILE_NAME || attribute.instance === entry.instance),
  );
  if (found === undefined) {
    throw damaged('an attribute is not where its list says', { byteOffset: holder.byteOffset, found: entry.type });
  }
  return found;
}

/** Extents of one attribute often follow one another in a record: the last one read is kept. */
function extensionRecord(volume: Volume, base: FileRecord, { recordNumber, sequence }: AttributeListEntry): FileRecord {
  const { lastExtension } = volume;
  const isKept = lastExtension?.number === recordNumber;
  const record = isKept ? lastExtension : readRecord(volume.mft, recordNumber);
  const { byteOffset } = record;
  const isOurs =
    record.baseNumber === base.number && (record.baseSequence === 0 || record.baseSequence === base.sequence);
  if (!isOurs || (base.number === 0 && record.baseSequence === 0)) {
    throw damaged('an attribute list names a record of another file', {
      byteOffset,
      expected: base.number,
      found: record.baseNumber,
    });
  }
  if (sequence !== 0 && sequence !== record.sequence) {
    throw damaged('an attribute list names a record that was given to another file since', {
      byteOffset,
      expected: sequence,
      found: record.sequence,
    });
  }
  volume.lastExtension = record;
  return record;
}
