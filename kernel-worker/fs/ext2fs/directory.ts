/**
 * Directories, read block by block: the index of a hashed directory hides in blocks that look empty, so that a damaged one costs nothing.
 * Layout: Linux Documentation/filesystems/ext4, "Directory Entries" (struct ext4_dir_entry_2: inode, rec_len, name_len, file_type, name).
 */

import { damaged, KernelError } from '../../rump/errno.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Dirent, VnodeType } from '../../rump/vfs/vnode.ts';
import { blockRun } from './bmap.ts';
import { checkDirectoryBlock, recordLength } from './dirchecksum.ts';
import type { Ext2Mount } from './ext2mount.ts';
import { INCOMPAT } from './features.ts';
import { type NameShower, noKeyNames } from './fscrypt.ts';
import { FLAG, IBLOCK_SIZE, type Inode } from './inode.ts';
import { inlineRest } from './xattr.ts';

/** Inode, rec_len, name_len and file_type. */
const ENTRY_HEADER = 8;
/** An entry with a name of one byte. */
const MIN_ENTRY = 12;
/** In an inline directory the parent's inode number stands before the entries. */
const INLINE_PARENT_SIZE = 4;

const TYPES: ReadonlyArray<VnodeType | null> = [null, 'file', 'dir', 'chr', 'blk', 'fifo', 'sock', 'symlink'];

type Item = Dirent<Inode> | KernelError;

/** All entries but '.' and '..'. A block that is damaged gives what can be read of it, and a KernelError. */
export function* readDirectory(fs: Ext2Mount, dir: Inode): Generator<Item, void> {
  const changes = fs.fastCommits?.namesOf(dir.ino);
  if (changes === undefined) yield* storedEntries(fs, dir);
  else yield* changes.applyTo(changes.isNew ? [] : storedEntries(fs, dir));
}

function* storedEntries(fs: Ext2Mount, dir: Inode): Generator<Item, void> {
  const reader: Reader = {
    dir,
    blockSize: fs.sb.blockSize,
    hasTypes: (fs.sb.incompat & INCOMPAT.filetype) !== 0,
    show: (dir.flags & FLAG.encrypt) !== 0 ? noKeyNames(fs, dir) : null,
  };
  if ((dir.flags & FLAG.inlineData) !== 0) yield* inlineEntries(fs, reader);
  else yield* blockEntries(fs, reader);
}

/** What reading one directory needs at every entry. */
interface Reader {
  dir: Inode;
  blockSize: number;
  hasTypes: boolean;
  /** How the names of an encrypted directory are shown. */
  show: NameShower | null;
}

/** i_block and system.data hold entries each for itself. */
function inlineEntries(fs: Ext2Mount, reader: Reader): Item[] {
  const { dir } = reader;
  const items: Item[] = [];
  const first = Math.min(IBLOCK_SIZE, dir.attr.size);
  parseEntries(
    reader,
    { bytes: dir.iblock, from: INLINE_PARENT_SIZE, to: first, byteOffset: null, dots: false },
    items,
  );
  if (dir.attr.size <= IBLOCK_SIZE) return items;
  const rest = inlineRest(fs, dir) ?? new Uint8Array(0);
  if (rest.length < dir.attr.size - IBLOCK_SIZE)
    items.push(damaged(`directory ${dir.ino} holds less than its size says`, { found: rest.length }));
  parseEntries(reader, { bytes: rest, from: 0, to: rest.length, byteOffset: null, dots: false }, items);
  return items;
}

function* blockEntries(fs: Ext2Mount, reader: Reader): Generator<Item, void> {
  const { dir } = reader;
  const { blockSize } = fs.sb;
  const blocks = Math.ceil(dir.attr.size / blockSize);
  if (dir.attr.size % blockSize !== 0 || blocks === 0)
    yield damaged(`directory ${dir.ino} has a size that is not a number of blocks`, { found: dir.attr.size });
  // No directory has more blocks than the medium; one that says so repeats blocks or is all holes.
  let budget = Math.ceil(fs.device.sizeBytes / blockSize);
  for (let logical = 0; logical < blocks; ) {
    const run = blockRun(fs, dir, logical);
    const count = Math.min(run.count, blocks - logical);
    if (run.physical === null) {
      yield damaged(`directory ${dir.ino} has a hole of ${count} blocks`, { found: logical });
    } else {
      budget -= count;
      if (budget < 0) throw damaged(`directory ${dir.ino} is larger than the medium`, { found: dir.attr.size });
      for (let i = 0; i < count; i++) yield* oneBlock(fs, reader, logical + i, run.physical + i);
    }
    logical += count;
  }
}

/** The entries of one block; a block that the medium does not give is one failure. */
function oneBlock(fs: Ext2Mount, reader: Reader, logical: number, physical: number): Item[] {
  const items: Item[] = [];
  const { blockSize } = fs.sb;
  const byteOffset = physical * blockSize;
  try {
    const bytes = fs.device.bread(byteOffset, blockSize);
    const fault = fs.verify ? checkDirectoryBlock(reader.dir, bytes, byteOffset, logical === 0) : null;
    if (fault !== null) items.push(fault);
    parseEntries(reader, { bytes, from: 0, to: blockSize, byteOffset, dots: logical === 0 }, items);
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
    items.push(error);
  }
  return items;
}

interface Stretch {
  bytes: Uint8Array;
  from: number;
  to: number;
  /** Where `bytes` stand on the medium; null for inline entries. */
  byteOffset: number | null;
  /** Whether '.' and '..' begin it. */
  dots: boolean;
}

/** Appends the entries of a stretch; the first impossible one ends it, as nothing behind it can be found. */
function parseEntries(reader: Reader, stretch: Stretch, items: Item[]): void {
  const { bytes, from, to } = stretch;
  let index = 0;
  for (let at = from; at < to; index++) {
    const length = at + ENTRY_HEADER <= to ? recordLength(u16le(bytes, at + 4), reader.blockSize) : 0;
    const nameEnd = at + ENTRY_HEADER + bytes[at + 6];
    if (length < MIN_ENTRY || (length & 3) !== 0 || at + length > to || at + length < nameEnd) {
      items.push(impossibleEntry(reader.dir, stretch, at, length));
      return;
    }
    const ino = u32le(bytes, at);
    if (ino !== 0 && !(stretch.dots && index < 2 && isDots(bytes, at, nameEnd))) {
      const stored = bytes.subarray(at + ENTRY_HEADER, nameEnd);
      const name = reader.show === null ? nameFromBytes(stored) : reader.show(stored, bytes, at + length);
      items.push({ name, fileid: ino, type: reader.hasTypes ? (TYPES[bytes[at + 7]] ?? null) : null });
    }
    at += length;
  }
}

function isDots(bytes: Uint8Array, at: number, nameEnd: number): boolean {
  const nameAt = at + ENTRY_HEADER;
  if (bytes[nameAt] !== 0x2e) return false;
  return nameEnd === nameAt + 1 || (nameEnd === nameAt + 2 && bytes[nameAt + 1] === 0x2e);
}

function impossibleEntry(dir: Inode, stretch: Stretch, at: number, length: number): KernelError {
  const place = stretch.byteOffset === null ? {} : { byteOffset: stretch.byteOffset + at };
  return damaged(`directory ${dir.ino} has an entry of an impossible length`, { ...place, found: length });
}
