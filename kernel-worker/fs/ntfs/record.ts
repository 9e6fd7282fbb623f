/** FILE records and the attributes in them (Linux-NTFS documentation, "FILE Record" and "Attribute Header"). */

import { damaged } from '../../rump/errno.ts';
import { u16le, u32le, u64le } from '../../rump/vfs/bytes.ts';
import { nameFromUtf16le } from '../../rump/vfs/names.ts';
import { withFixups } from './fixup.ts';
import {
  ATTRIBUTE_COMPRESSION_MASK,
  ATTRIBUTE_SPARSE,
  END_OF_ATTRIBUTES,
  recordNumberAt,
  sequenceAt,
} from './format.ts';

const IN_USE = 0x0001;
const IS_DIRECTORY = 0x0002;

/** Where the parts of a record's header stand. */
const SEQUENCE = 16;
const LINK_COUNT = 18;
const FIRST_ATTRIBUTE = 20;
const FLAGS = 22;
const BYTES_IN_USE = 24;
const BASE_REFERENCE = 32;
/** NTFS 3.1 and later; older ones have the fix-ups here. */
const OWN_NUMBER = 44;
const HEADER_BYTES = 42;
const HEADER_BYTES_31 = 48;

/** Of a resident attribute; a non-resident one has more. */
const ATTRIBUTE_HEADER_BYTES = 24;

export interface FileRecord {
  number: number;
  /** Where it stands on the device. */
  byteOffset: number;
  /** With fix-ups undone. */
  bytes: Uint8Array;
  sequence: number;
  linkCount: number;
  isDirectory: boolean;
  /** The record whose extension this is; number and sequence are 0 for a base record. */
  baseNumber: number;
  baseSequence: number;
  /** The attributes are in [attributesAt, used); their lengths have been checked. */
  attributesAt: number;
  used: number;
}

/** The header of one attribute, or of one extent of it. */
export interface Attribute {
  type: number;
  name: string;
  flags: number;
  instance: number;
  /** The record's bytes, and where on the device these stand. */
  bytes: Uint8Array;
  byteOffset: number;
  isResident: boolean;
  /** Resident: the value. Else the mapping pairs, up to the end of the attribute. */
  dataAt: number;
  dataEnd: number;
  /** Non-resident: the first VCN of this extent, and the first one behind it. */
  lowestVcn: number;
  endVcn: number;
  /** log2 of the clusters of a compression unit. */
  compressionUnit: number;
  /** Sizes, told by the first extent only. */
  allocatedSize: number;
  dataSize: number;
  initializedSize: number;
  /** Clusters really taken by a sparse or compressed attribute, in bytes; null for others. */
  compressedSize: number | null;
}

/** Reads the record from its raw bytes. EUCLEAN: not a record in use, or damaged. */
export function parseFileRecord(raw: Uint8Array, number: number, byteOffset: number): FileRecord {
  const bytes = withFixups(raw, 'FILE', byteOffset, u32le(raw, BYTES_IN_USE));
  const flags = u16le(bytes, FLAGS);
  if ((flags & IN_USE) === 0) throw damaged(`record ${number} of the MFT is not in use`, { byteOffset });
  const first = u16le(bytes, FIRST_ATTRIBUTE);
  const used = u32le(bytes, BYTES_IN_USE);
  if (first < HEADER_BYTES || first + 4 > used || used > bytes.length) {
    throw damaged(`record ${number} of the MFT has wrong sizes`, { byteOffset, found: `${first} of ${used}` });
  }
  const ownNumber = u32le(bytes, OWN_NUMBER);
  if (u16le(bytes, 4) >= HEADER_BYTES_31 && ownNumber !== 0 && ownNumber !== number % 0x1_0000_0000) {
    throw damaged('a record of the MFT stands in the wrong place', { byteOffset, expected: number, found: ownNumber });
  }
  return {
    number,
    byteOffset,
    bytes,
    sequence: u16le(bytes, SEQUENCE),
    linkCount: u16le(bytes, LINK_COUNT),
    isDirectory: (flags & IS_DIRECTORY) !== 0,
    baseNumber: recordNumberAt(bytes, BASE_REFERENCE),
    baseSequence: sequenceAt(bytes, BASE_REFERENCE),
    attributesAt: first,
    used: endOfAttributes(bytes, first, used, byteOffset),
  };
}

/** Where the attributes end. EUCLEAN if one does not fit the record. */
function endOfAttributes(bytes: Uint8Array, first: number, used: number, byteOffset: number): number {
  let at = first;
  while (at + 4 <= used && u32le(bytes, at) !== END_OF_ATTRIBUTES) {
    const length = u32le(bytes, at + 4);
    if (length < ATTRIBUTE_HEADER_BYTES || length > used - at) {
      throw damaged('an attribute does not fit its record', { byteOffset: byteOffset + at, found: length });
    }
    at += length;
  }
  return at;
}

/**
 * The first attribute of this type and name in the record, or null. Only what is asked for is made an object: with one for each attribute a walk spent a
 * third of its time on collecting them. EUCLEAN if it is damaged.
 */
export function attributeOf(record: FileRecord, type: number, name: string): Attribute | null {
  const { bytes, used } = record;
  for (let at = record.attributesAt; at < used; at += u32le(bytes, at + 4)) {
    if (u32le(bytes, at) === type && hasName(bytes, at, name)) {
      return parseAttribute(bytes, at, at + u32le(bytes, at + 4), record.byteOffset);
    }
  }
  return null;
}

/** All attributes, and extents of attributes, of this type in the record. EUCLEAN if one is damaged. */
export function attributesOf(record: FileRecord, type: number): Attribute[] {
  const { bytes, used } = record;
  const found: Attribute[] = [];
  for (let at = record.attributesAt; at < used; at += u32le(bytes, at + 4)) {
    if (u32le(bytes, at) === type) found.push(parseAttribute(bytes, at, at + u32le(bytes, at + 4), record.byteOffset));
  }
  return found;
}

function hasName(bytes: Uint8Array, at: number, name: string): boolean {
  if (bytes[at + 9] !== name.length) return false;
  const nameAt = at + u16le(bytes, at + 10);
  for (let i = 0; i < name.length; i++) if (u16le(bytes, nameAt + 2 * i) !== name.charCodeAt(i)) return false;
  return true;
}

/** `end`: of the attribute; `recordOffset`: of the record on the device. */
function parseAttribute(bytes: Uint8Array, at: number, end: number, recordOffset: number): Attribute {
  const byteOffset = recordOffset + at;
  const nameLength = bytes[at + 9];
  const nameAt = at + u16le(bytes, at + 10);
  if (nameLength > 0 && nameAt + 2 * nameLength > end) {
    throw damaged('the name of an attribute does not fit it', { byteOffset, found: nameLength });
  }
  const isResident = bytes[at + 8] === 0;
  const attribute: Attribute = {
    type: u32le(bytes, at),
    name: nameLength === 0 ? '' : nameFromUtf16le(bytes, nameAt, nameLength),
    flags: u16le(bytes, at + 12),
    instance: u16le(bytes, at + 14),
    bytes,
    byteOffset,
    isResident,
    dataAt: at + u16le(bytes, at + (isResident ? 20 : 32)),
    dataEnd: end,
    lowestVcn: 0,
    endVcn: 0,
    compressionUnit: 0,
    allocatedSize: 0,
    dataSize: 0,
    initializedSize: 0,
    compressedSize: null,
  };
  if (isResident) residentFields(attribute, at, end);
  else nonResidentFields(attribute, at, end);
  return attribute;
}

function residentFields(attribute: Attribute, at: number, end: number): void {
  const length = u32le(attribute.bytes, at + 16);
  if (attribute.dataAt + length > end) {
    throw damaged('the value of an attribute does not fit it', { byteOffset: attribute.byteOffset, found: length });
  }
  attribute.dataEnd = attribute.dataAt + length;
  attribute.dataSize = length;
  attribute.initializedSize = length;
}

function nonResidentFields(attribute: Attribute, at: number, end: number): void {
  const { bytes, byteOffset } = attribute;
  const mappingOffset = attribute.dataAt - at;
  if (mappingOffset < 64 || attribute.dataAt > end) {
    throw damaged('the mapping pairs of an attribute are misplaced', { byteOffset, found: mappingOffset });
  }
  attribute.lowestVcn = u64le(bytes, at + 16);
  attribute.endVcn = vcnBehind(bytes, at + 24);
  if (attribute.endVcn < attribute.lowestVcn || !Number.isSafeInteger(attribute.endVcn)) {
    throw damaged('the first and last cluster of an attribute cannot be', { byteOffset, found: attribute.lowestVcn });
  }
  if (attribute.lowestVcn !== 0) return;
  attribute.compressionUnit = bytes[at + 34];
  attribute.allocatedSize = sizeAt(bytes, at + 40, byteOffset);
  attribute.dataSize = sizeAt(bytes, at + 48, byteOffset);
  attribute.initializedSize = Math.min(sizeAt(bytes, at + 56, byteOffset), attribute.dataSize);
  if (mappingOffset >= 72 && (attribute.flags & (ATTRIBUTE_SPARSE | ATTRIBUTE_COMPRESSION_MASK)) !== 0)
    attribute.compressedSize = sizeAt(bytes, at + 64, byteOffset);
}

/** The last VCN plus one; that of an empty attribute is written as -1. */
function vcnBehind(bytes: Uint8Array, at: number): number {
  if (u32le(bytes, at) === 0xffffffff && u32le(bytes, at + 4) === 0xffffffff) return 0;
  return u64le(bytes, at) + 1;
}

function sizeAt(bytes: Uint8Array, at: number, byteOffset: number): number {
  const size = u64le(bytes, at);
  if (!Number.isSafeInteger(size)) throw damaged('the size of an attribute cannot be', { byteOffset, found: size });
  return size;
}
