/**
 * Virtual partitions of write-once media: the virtual allocation table (VAT), which says where each virtual block was written last, and how it is
 * found at the end of what is recorded. UDF 1.50, 2.2.10 (table with a trailer); UDF 2.60, 2.2.8 and 2.2.11 (table with a header).
 */

import { asKernelError, damaged, KernelError, removedError } from '../../rump/errno.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { dstring } from './charset.ts';
import { readFile, type Store } from './content.ts';
import { type Content, checkPlain } from './extents.ts';
import { FILE_TYPE, type FileEntry } from './fileentry.ts';
import { type BlockAddress, entityAt, type PartitionDescriptor } from './format.ts';
import { readFileEntry } from './icb.ts';
import { TAG } from './tag.ts';
import type { PartitionSpace } from './volume.ts';

const UNUSED = 0xffffffff;
/** Behind the entries of a table of UDF 1.50: a regid and the block of the table before this one. */
const TRAILER_BYTES = 36;
const TRAILER_NAME = '*UDF Virtual Alloc Tbl';
/** The header of UDF 2.00 and later, without its implementation use. */
const HEADER_BYTES = 152;

/** What lies behind the table that was found: it may then not be the newest. */
interface Behind {
  unreadableBehind: boolean;
  /** Blocks that are not blank: a session that was not closed. */
  writtenBehind: boolean;
}

/** A table that was found: what it says of the volume, and how to look a block up. */
export interface Vat extends Behind {
  /** Of the medium, of the table's ICB. */
  foundAtBlock: number;
  /** The logical volume identifier that prevails, or null in tables of UDF 1.50. */
  label: string | null;
  files: number | null;
  directories: number | null;
  minReadRevision: number | null;
  entries: number;
  lookup(virtualBlock: number): number;
}

export function virtualPartition(base: PartitionSpace, vat: Vat): PartitionSpace {
  return {
    kind: 'virtual',
    locate(block) {
      return { byteOffset: base.locate(vat.lookup(block)).byteOffset, blocks: 1 };
    },
    copyOf: () => null,
  };
}

interface Entries {
  firstAt: number;
  count: number;
}

/** Where the entries lie in the table. EUCLEAN if it has neither form. */
function entriesOf(store: Store, content: Content): { entries: Entries; header: Uint8Array | null } {
  const { fileType, size } = content.entry;
  const wrong = damaged('the virtual allocation table has neither of its two forms', {
    byteOffset: content.entry.descriptorsAt,
  });
  if (fileType !== FILE_TYPE.vat) {
    if (size < TRAILER_BYTES) throw wrong;
    const trailer = new Uint8Array(TRAILER_BYTES);
    readFile(store, content, size - TRAILER_BYTES, trailer);
    if (entityAt(trailer, 0) !== TRAILER_NAME) throw wrong;
    return { entries: { firstAt: 0, count: Math.floor((size - TRAILER_BYTES) / 4) }, header: null };
  }
  if (size < HEADER_BYTES) throw wrong;
  const header = new Uint8Array(HEADER_BYTES);
  readFile(store, content, 0, header);
  const firstAt = u16le(header, 0);
  if (firstAt < HEADER_BYTES || firstAt > size) throw wrong;
  return { entries: { firstAt, count: Math.floor((size - firstAt) / 4) }, header };
}

/** The entries are read when they are needed: the table of a full disc has some 100 MB. */
function openVat(store: Store, entry: FileEntry, foundAtBlock: number, behind: Behind): Vat {
  const content: Content = { entry, extents: null };
  checkPlain(store.volume, store.lists, content);
  const { entries, header } = entriesOf(store, content);
  const word = new Uint8Array(4);
  return {
    ...behind,
    foundAtBlock,
    label: header === null ? null : dstring(header, 4, 128),
    files: header === null ? null : u32le(header, 136),
    directories: header === null ? null : u32le(header, 140),
    minReadRevision: header === null ? null : u16le(header, 144),
    entries: entries.count,
    lookup(virtualBlock) {
      if (virtualBlock >= entries.count)
        throw damaged('an address lies behind the end of the virtual allocation table', {
          expected: `less than ${entries.count}`,
          found: virtualBlock,
        });
      readFile(store, content, entries.firstAt + 4 * virtualBlock, word);
      const block = u32le(word, 0);
      if (block === UNUSED) throw damaged('an address names an unused virtual block', { found: virtualBlock });
      return block;
    },
  };
}

/** The medium is searched in pieces of this size, backward from its end. */
const PIECE_BYTES = 64 * 1024;
/** How far behind the table other blocks may lie: run-out of drives, padding of images, an interrupted session. */
const MAX_SEARCH_BYTES = 32 * 1024 * 1024;

/**
 * The newest table: the last file entry on the medium that is one. `store` reads the physical partition `partition` under the number `number`.
 * Media that go on behind what is recorded (images padded with zeros) are halved until the end of what is recorded is found. EUCLEAN if there is none.
 */
export function findVat(store: Store, partition: PartitionDescriptor, number: number, lastBlock: number): Vat {
  const { device, blockSize } = store.volume;
  const end = Math.min((lastBlock + 1) * blockSize, device.sizeBytes);
  let found = searchBackward(store, partition, number, end);
  if (found === null) {
    const recorded = recordedEnd(device, partition.start * blockSize, end);
    if (recorded < end) found = searchBackward(store, partition, number, recorded);
  }
  if (found === null)
    throw damaged('no virtual allocation table was found at the end of the medium', { byteOffset: end });
  return found;
}

function searchBackward(store: Store, partition: PartitionDescriptor, number: number, end: number): Vat | null {
  const { device, blockSize } = store.volume;
  const start = Math.max(partition.start * blockSize, end - MAX_SEARCH_BYTES);
  const piece = new Uint8Array(PIECE_BYTES);
  const behind = { unreadableBehind: false, writtenBehind: false };
  let top = Math.floor(end / blockSize) * blockSize;
  while (top > start) {
    const base = Math.max(start, top - PIECE_BYTES);
    const bytes = piece.subarray(0, top - base);
    if (readPiece(device, base, bytes) > 0) behind.unreadableBehind = true;
    for (let at = bytes.length - blockSize; at >= 0; at -= blockSize) {
      const vat = looksLikeEntry(bytes, at)
        ? vatAt(store, { block: (base + at) / blockSize - partition.start, partition: number }, partition.start, behind)
        : null;
      if (vat !== null) return vat;
      if (!isBlank(bytes, at, at + blockSize)) behind.writtenBehind = true;
    }
    top = base;
  }
  return null;
}

/** Reads a piece; sectors that cannot be read become zeros, as blocks behind the recorded ones often cannot. Returns how many these were. */
function readPiece(device: FsDevice, byteOffset: number, into: Uint8Array): number {
  try {
    device.read(byteOffset, into);
    return 0;
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw removedError();
    return readSectors(device, byteOffset, into);
  }
}

function readSectors(device: FsDevice, byteOffset: number, into: Uint8Array): number {
  let unreadable = 0;
  into.fill(0);
  for (let at = 0; at < into.length; at += device.sectorSize) {
    try {
      into.set(device.bread(byteOffset + at, Math.min(device.sectorSize, into.length - at)), at);
    } catch (error) {
      if (asKernelError(error).kind === 'removed') throw removedError();
      unreadable += 1;
    }
  }
  return unreadable;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0) return false;
  return true;
}

function looksLikeEntry(bytes: Uint8Array, at: number): boolean {
  const tag = u16le(bytes, at);
  const fileType = bytes[at + 27];
  return (
    (tag === TAG.fileEntry || tag === TAG.extendedFileEntry) &&
    (fileType === FILE_TYPE.vat || fileType === FILE_TYPE.unspecified)
  );
}

function vatAt(store: Store, address: BlockAddress, partitionStart: number, behind: Behind): Vat | null {
  try {
    return openVat(store, readFileEntry(store.volume, address), partitionStart + address.block, behind);
  } catch (error) {
    if (error instanceof KernelError && error.kind !== 'removed') return null;
    throw error;
  }
}

/** The end of the last piece between `start` and `end` that is not all zeros, if recorded pieces lie before blank ones. */
function recordedEnd(device: FsDevice, start: number, end: number): number {
  const piece = new Uint8Array(PIECE_BYTES);
  const isUnrecorded = (index: number) => {
    const at = start + index * PIECE_BYTES;
    const bytes = piece.subarray(0, Math.min(PIECE_BYTES, end - at));
    readPiece(device, at, bytes);
    return isBlank(bytes, 0, bytes.length);
  };
  let low = 0;
  let high = Math.ceil((end - start) / PIECE_BYTES);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isUnrecorded(middle)) high = middle;
    else low = middle + 1;
  }
  return Math.min(end, start + low * PIECE_BYTES);
}
