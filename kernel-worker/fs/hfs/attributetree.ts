/** Extended attributes of HFS Plus: the attributes tree (TN1150, "Attributes File"; inline data, fork data and extents records). */

import { damaged, KernelError, requestError } from '../../rump/errno.ts';
import { u16be, u32be } from '../../rump/vfs/bytes.ts';
import { nameFromUtf16be } from '../../rump/vfs/names.ts';
import type { BTree, KeyOrder, LeafRecord } from './btree.ts';
import { FORK, type Fork, parseExtents, parseFork } from './format.ts';
import { compareBinary } from './unicode.ts';
import { checkForkSize, readFork, type Volume } from './volume.ts';

const RECORD = { inline: 0x10, fork: 0x20, extents: 0x30 } as const;
const INLINE_DATA = 16;
const FORK_RECORD_BYTES = 88;
const EXTENTS_RECORD_BYTES = 72;
/** A key has room for no more units (XATTR_MAXNAMELEN of Mac OS X). */
const MAX_NAME_UNITS = 127;
/** Names that are listed of one file: Finder and backups give some tens. */
const MAX_LISTED = 4096;
/** As in the catalog: see MAX_SKIPPED there. */
const MAX_SKIPPED = 100_000;

export interface Attribute {
  /** As stored. */
  name: string;
  size: number;
  /** Where the value is: in the record, or in a fork of its own. */
  inline: Uint8Array | null;
  fork: Fork | null;
}

export class AttributeTree {
  private readonly tree: BTree;
  private readonly volume: Volume;

  constructor(volume: Volume, tree: BTree) {
    this.volume = volume;
    this.tree = tree;
  }

  /** The attributes of a file. EUCLEAN, EIO if a part of the tree in which they may be cannot be read. */
  list(cnid: number): Attribute[] {
    const attributes: Attribute[] = [];
    let skipped = 0;
    for (const record of this.tree.from(attributeOrder(cnid, '', 0))) {
      if (record instanceof KernelError) throw record;
      const owner = ownerOf(record);
      if (owner > cnid || attributes.length >= MAX_LISTED) break;
      if (owner < cnid) {
        skipped += 1;
        if (skipped > MAX_SKIPPED)
          throw damaged('the records of the attributes tree are not in order', { expected: cnid, found: owner });
        continue;
      }
      if (u32be(record.bytes, record.data) !== RECORD.extents) attributes.push(this.parse(cnid, record));
    }
    return attributes;
  }

  /** The attribute of this stored name, or null. */
  find(cnid: number, name: string): Attribute | null {
    const record = this.tree.find(attributeOrder(cnid, name, 0));
    return record === null ? null : this.parse(cnid, record);
  }

  /** Fills `into` from `offset` of the value; returns how many bytes. */
  read(attribute: Attribute, offset: number, into: Uint8Array): number {
    const part = into.subarray(0, Math.max(0, Math.min(into.length, attribute.size - offset)));
    if (part.length === 0) return 0;
    if (attribute.inline !== null) part.set(attribute.inline.subarray(offset, offset + part.length));
    else if (attribute.fork !== null) readFork(this.volume, attribute.fork, offset, part);
    return part.length;
  }

  private parse(cnid: number, record: LeafRecord): Attribute {
    const { bytes, data, end } = record;
    const name = attributeName(record);
    const type = u32be(bytes, data);
    if (type === RECORD.inline) {
      const size = u32be(bytes, data + 12);
      if (data + INLINE_DATA + size > end)
        throw damaged(`attribute ${JSON.stringify(name)} is longer than its record`, { found: size });
      return { name, size, inline: bytes.subarray(data + INLINE_DATA, data + INLINE_DATA + size), fork: null };
    }
    if (type !== RECORD.fork || end - data < FORK_RECORD_BYTES)
      throw damaged(`attribute ${JSON.stringify(name)} has an impossible record`, { found: type });
    const fork: Fork = {
      ...parseFork(bytes, data + 8, cnid, FORK.data),
      overflow: (index) => this.overflow(cnid, name, index),
    };
    checkForkSize(this.volume, fork);
    return { name, size: fork.size, inline: null, fork };
  }

  private overflow(cnid: number, name: string, index: number) {
    const record = this.tree.search(attributeOrder(cnid, name, index));
    if (record === null || ownerOf(record) !== cnid || attributeName(record) !== name) return null;
    const { bytes, data, end, key } = record;
    if (u32be(bytes, data) !== RECORD.extents || end - data < EXTENTS_RECORD_BYTES) return null;
    return { startBlock: u32be(bytes, key + 8), extents: parseExtents(bytes, data + 8) };
  }
}

function ownerOf(record: LeafRecord): number {
  return u32be(record.bytes, record.key + 4);
}

function attributeName(record: LeafRecord): string {
  const { bytes, key, data } = record;
  const count = u16be(bytes, key + 12);
  if (count > MAX_NAME_UNITS || key + 14 + 2 * count > data)
    throw damaged('the name of an attribute is longer than its key', { found: count });
  return nameFromUtf16be(bytes, key + 14, count);
}

/** Keys are ordered by file, then name, then the block with which an extents record begins. */
function attributeOrder(cnid: number, name: string, startBlock: number): KeyOrder {
  return (bytes, at) => {
    const owner = u32be(bytes, at + 4);
    if (owner !== cnid) return owner < cnid ? -1 : 1;
    const byName = compareBinary(bytes, at + 14, Math.min(u16be(bytes, at + 12), MAX_NAME_UNITS), name);
    return byName !== 0 ? byName : u32be(bytes, at + 8) - startBlock;
  };
}

/** Name spaces of Linux; what is stored without one is shown in that of Mac OS X. */
const LINUX_NAME_SPACES = /^(user|trusted|security|system)\./;
const OSX = 'osx.';

/** The name that is shown for a stored one, and the stored names for which a shown one may stand. */
export function shownAttributeName(stored: string): string {
  return LINUX_NAME_SPACES.test(stored) ? stored : OSX + stored;
}

export function storedAttributeName(shown: string): string {
  if (shown.startsWith(OSX)) return shown.slice(OSX.length);
  if (LINUX_NAME_SPACES.test(shown)) return shown;
  throw noAttribute(shown);
}

export function noAttribute(name: string): KernelError {
  return requestError('ENODATA', `no attribute ${JSON.stringify(name)}`);
}
