/** Files in use: a base record with all its attributes, wherever these stand. */

import { damaged } from '../../rump/errno.ts';
import { type AttributeListEntry, readAttributeList } from './attributelist.ts';
import type { Content } from './content.ts';
import { ATTRIBUTE_LIST, FILE_NAME, type FileReference, type StandardInformation } from './format.ts';
import type { Directory } from './indexnode.ts';
import { readRecord } from './mft.ts';
import type { Attribute, FileRecord } from './record.ts';
import type { ReparsePoint } from './reparse.ts';
import { type Stream, streamOf } from './stream.ts';
import type { Volume } from './volume.ts';

/** The driver's node: a file by its reference, loaded on first use, or a stream of it that was looked up as 'name:stream'. */
export interface Inode {
  readonly reference: FileReference;
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
  standard?: StandardInformation | null;
  reparse?: ReparsePoint | null;
  content?: Content;
  directory?: Directory;
  linkTarget?: string;
}

export function newInode(reference: FileReference, parent: number, streamName = ''): Inode {
  return { reference, parent, streamName, loaded: null };
}

/** Reads the base record. EUCLEAN: it is damaged, not in use, not a base record, or was given to another file since. */
export function load(volume: Volume, inode: Inode): LoadedInode {
  if (inode.loaded !== null) return inode.loaded;
  const { number, sequence } = inode.reference;
  const record = readRecord(volume.mft, number);
  const { byteOffset } = record;
  if (record.base.number !== 0) {
    throw damaged(`record ${number} of the MFT is an extension, not a file`, { byteOffset, found: record.base.number });
  }
  if (sequence !== 0 && sequence !== record.sequence) {
    throw damaged(`record ${number} of the MFT belongs to another file by now`, {
      byteOffset,
      expected: sequence,
      found: record.sequence,
    });
  }
  const hasList = record.attributes.some((attribute) => attribute.type === ATTRIBUTE_LIST);
  inode.loaded = { record, list: hasList ? readAttributeList(volume, record) : null };
  return inode.loaded;
}

/** The first extent of the attribute, or null if the file has none. */
export function findAttribute(volume: Volume, inode: Inode, type: number, name = ''): Attribute | null {
  const { record, list } = load(volume, inode);
  if (list === null)
    return record.attributes.find((candidate) => candidate.type === type && candidate.name === name) ?? null;
  const entry = list.find(
    (candidate) => candidate.type === type && candidate.name === name && candidate.lowestVcn === 0,
  );
  return entry === undefined ? null : listedAttribute(volume, record, entry);
}

/** All attributes of a type, each by its first extent. */
export function findAttributes(volume: Volume, inode: Inode, type: number): Attribute[] {
  const { record, list } = load(volume, inode);
  if (list === null) return record.attributes.filter((candidate) => candidate.type === type);
  return list
    .filter((entry) => entry.type === type && entry.lowestVcn === 0)
    .map((entry) => listedAttribute(volume, record, entry));
}

/** The attribute as a stream with all its extents, or null if the file has none. EUCLEAN, EIO, EOPNOTSUPP. */
export function openStream(volume: Volume, inode: Inode, type: number, name = ''): Stream | null {
  const { record, list } = load(volume, inode);
  const extents =
    list === null
      ? record.attributes.filter((candidate) => candidate.type === type && candidate.name === name)
      : list
          .filter((entry) => entry.type === type && entry.name === name)
          .sort((a, b) => a.lowestVcn - b.lowestVcn)
          .map((entry) => listedAttribute(volume, record, entry));
  return extents.length === 0 ? null : streamOf(volume, extents);
}

/** The attribute that an entry of the list names. EUCLEAN if it is not where the entry says. */
function listedAttribute(volume: Volume, base: FileRecord, entry: AttributeListEntry): Attribute {
  const holder = entry.reference.number === base.number ? base : extensionRecord(volume, base, entry.reference);
  const found = holder.attributes.find(
    (attribute) =>
      attribute.type === entry.type &&
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
function extensionRecord(volume: Volume, base: FileRecord, reference: FileReference): FileRecord {
  const { lastExtension } = volume;
  const isKept = lastExtension?.number === reference.number && lastExtension.base.number === base.number;
  const record = isKept ? lastExtension : readRecord(volume.mft, reference.number);
  const { byteOffset } = record;
  if (record.base.number !== base.number || (record.base.sequence !== 0 && record.base.sequence !== base.sequence)) {
    throw damaged('an attribute list names a record of another file', {
      byteOffset,
      expected: base.number,
      found: record.base.number,
    });
  }
  if (reference.sequence !== 0 && reference.sequence !== record.sequence) {
    throw damaged('an attribute list names a record that was given to another file since', {
      byteOffset,
      expected: reference.sequence,
      found: record.sequence,
    });
  }
  volume.lastExtension = record;
  return record;
}
