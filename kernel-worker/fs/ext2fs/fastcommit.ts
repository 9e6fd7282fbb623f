/**
 * Fast commits: changes to inodes, extents and names that were logged behind the last whole transaction. They are kept beside the blocks and applied
 * where an inode, a block map or a directory is read, so that nothing needs to be allocated for them.
 * Layout: Linux Documentation/filesystems/ext4, "Fast commits" (struct ext4_fc_tl: tag, length; then the tag's value; little-endian).
 */

import { damaged, KernelError, unsupported } from '../../rump/errno.ts';
import { crc32c } from '../../rump/lib/crc32c.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Dirent } from '../../rump/vfs/vnode.ts';
import { FLAG, IBLOCK_AT, IBLOCK_SIZE, type Inode } from './inode.ts';

const TAG = {
  addRange: 1,
  delRange: 2,
  creat: 3,
  link: 4,
  unlink: 5,
  inode: 6,
  pad: 7,
  tail: 8,
  head: 9,
} as const;
const TL_SIZE = 4;
/** Linux refuses tags of features that it does not know (EXT4_FC_SUPPORTED_FEATURES). */
const SUPPORTED_FEATURES = 0;
const MAX_WRITTEN_LENGTH = 32768;
const LINKS_AT = 0x1a;
const GENERATION_AT = 0x64;
const OLD_INODE_SIZE = 128;
const TYPE_DIR = 4;
/** Twice the area that mke2fs makes (256 blocks) with the largest blocks; all of it stays in memory while it is read. */
const MAX_AREA_BYTES = 32 * 1024 * 1024;
/** Ranges of one file, each of which every block look-up passes; the area of mke2fs with 4 KiB blocks holds 52,000 of all files together. */
const MAX_RANGES = 65_536;

/** A change of a block map: blocks [start, start + count) are at `physical`, or (null) read as zeros. */
interface RangeChange {
  start: number;
  count: number;
  physical: number | null;
}

/** Changes of one name: entries that name one of `unlinked` are gone; `linked` is there unless another entry of that name is. */
interface NameChange {
  unlinked: Set<number>;
  linked: number | null;
}

export class FastCommits {
  /** How many tags were applied. */
  tags = 0;
  private readonly inodes = new Map<number, { fields: Uint8Array | null; links: number }>();
  private readonly ranges = new Map<number, RangeChange[]>();
  private readonly directories = new Map<number, DirectoryChanges>();

  /** The inode's bytes with its changes, or `raw` itself. */
  rawInode(ino: number, raw: Uint8Array): Uint8Array {
    const change = this.inodes.get(ino);
    return change === undefined ? raw : changedInode(raw, change);
  }

  hasInode(ino: number): boolean {
    return this.inodes.has(ino);
  }

  /** The change that covers a logical block, from there on, or how many blocks follow without one. The last change of a block counts. */
  rangeAt(ino: number, logicalBlock: number): { physical: number | null; count: number; isChanged: boolean } {
    let limit = Number.POSITIVE_INFINITY;
    const ranges = this.ranges.get(ino) ?? [];
    for (let i = ranges.length - 1; i >= 0; i--) {
      const { start, count, physical } = ranges[i];
      const within = logicalBlock - start;
      if (within >= 0 && within < count)
        return {
          physical: physical === null ? null : physical + within,
          count: Math.min(limit, count - within),
          isChanged: true,
        };
      if (within < 0) limit = Math.min(limit, -within);
    }
    return { physical: null, count: limit, isChanged: false };
  }

  namesOf(ino: number): DirectoryChanges | undefined {
    return this.directories.get(ino);
  }

  /** Applies one tag's value. EUCLEAN if it makes no sense for a file system of `blocksCount` blocks. */
  apply(tag: number, value: Uint8Array, blocksCount: number): void {
    this.tags += 1;
    if (tag === TAG.addRange) {
      const stored = u16le(value, 8);
      const isUnwritten = stored > MAX_WRITTEN_LENGTH;
      const count = isUnwritten ? stored - MAX_WRITTEN_LENGTH : stored;
      const physical = u32le(value, 12) + u16le(value, 10) * 2 ** 32;
      if (physical + count > blocksCount) throw damaged('a fast commit adds blocks outside of the file system');
      this.addRange(u32le(value, 0), { start: u32le(value, 4), count, physical: isUnwritten ? null : physical });
    } else if (tag === TAG.delRange) {
      this.addRange(u32le(value, 0), { start: u32le(value, 4), count: u32le(value, 8), physical: null });
    } else if (tag === TAG.inode) {
      this.setInode(u32le(value, 0), value.slice(4));
    } else if (tag === TAG.creat || tag === TAG.link || tag === TAG.unlink) {
      this.applyName(tag, u32le(value, 0), u32le(value, 4), nameFromBytes(value.subarray(8)));
    }
  }

  private setInode(ino: number, fields: Uint8Array): void {
    const before = this.inodes.get(ino)?.fields ?? fields;
    // Another generation: the inode was freed and taken for a new file, to which the old blocks do not belong.
    if (generationOf(before) !== generationOf(fields)) this.ranges.delete(ino);
    this.inodes.set(ino, { fields, links: 0 });
  }

  private addRange(ino: number, change: RangeChange): void {
    const ranges = this.ranges.get(ino);
    if (ranges === undefined) this.ranges.set(ino, [change]);
    else if (ranges.length < MAX_RANGES) ranges.push(change);
    else throw damaged('fast commits change one file too often');
  }

  private applyName(tag: number, parent: number, ino: number, name: string): void {
    let directory = this.directories.get(parent);
    if (directory === undefined) {
      directory = new DirectoryChanges(false);
      this.directories.set(parent, directory);
    }
    if (tag === TAG.unlink) {
      directory.unlink(name, ino);
      this.addLinks(ino, -1);
      return;
    }
    directory.link(name, ino);
    if (tag === TAG.link) this.addLinks(ino, 1);
    else if (this.isDirectory(ino)) this.directories.set(ino, new DirectoryChanges(true));
  }

  private addLinks(ino: number, by: number): void {
    const change = this.inodes.get(ino) ?? { fields: null, links: 0 };
    change.links += by;
    this.inodes.set(ino, change);
  }

  private isDirectory(ino: number): boolean {
    const fields = this.inodes.get(ino)?.fields;
    return fields !== undefined && fields !== null && fields[1] >> 4 === TYPE_DIR;
  }
}

function generationOf(fields: Uint8Array): number {
  return u32le(fields, GENERATION_AT);
}

/** The logged fields around i_block; of i_block itself only what is not an extent tree, whose changes are ranges. */
function changedInode(raw: Uint8Array, change: { fields: Uint8Array | null; links: number }): Uint8Array {
  const { fields } = change;
  const isReplaced = fields !== null && generationOf(fields) !== generationOf(raw);
  const result = isReplaced ? new Uint8Array(raw.length) : raw.slice();
  if (fields !== null) {
    result.set(fields.subarray(0, IBLOCK_AT));
    result.set(fields.subarray(GENERATION_AT, raw.length), GENERATION_AT);
    const hasExtents = (u32le(fields, 0x20) & FLAG.extents) !== 0;
    if (!hasExtents) result.set(fields.subarray(IBLOCK_AT, IBLOCK_AT + IBLOCK_SIZE), IBLOCK_AT);
    else if (u16le(result, IBLOCK_AT) !== EXTENT_MAGIC) result.set(EMPTY_EXTENT_ROOT, IBLOCK_AT);
  }
  const links = Math.max(0, u16le(result, LINKS_AT) + change.links);
  result[LINKS_AT] = links & 0xff;
  result[LINKS_AT + 1] = links >> 8;
  return result;
}
const EXTENT_MAGIC = 0xf30a;
/** Magic, no entries of at most four, depth 0; the entries' places need not be erased. */
const EMPTY_EXTENT_ROOT = Uint8Array.of(0x0a, 0xf3, 0, 0, 4, 0, 0, 0);

/** What fast commits changed in one directory. */
export class DirectoryChanges {
  /** Made by a fast commit: there are no stored entries. */
  readonly isNew: boolean;
  private readonly names = new Map<string, NameChange>();

  constructor(isNew: boolean) {
    this.isNew = isNew;
  }

  link(name: string, ino: number): void {
    this.change(name).linked = ino;
  }

  /** An entry of that name that names another inode stays: it was renamed over since. */
  unlink(name: string, ino: number): void {
    const change = this.change(name);
    if (change.linked === ino) change.linked = null;
    change.unlinked.add(ino);
  }

  *applyTo(stored: Iterable<Dirent<Inode> | KernelError>): Generator<Dirent<Inode> | KernelError, void> {
    const replaced = new Set<string>();
    for (const item of stored) {
      if (item instanceof KernelError) {
        yield item;
        continue;
      }
      const change = this.names.get(item.name);
      if (change?.unlinked.has(item.fileid)) continue;
      if (change !== undefined) replaced.add(item.name);
      yield item;
    }
    for (const [name, { linked }] of this.names) {
      if (linked !== null && !replaced.has(name)) yield { name, fileid: linked, type: null };
    }
  }

  private change(name: string): NameChange {
    let change = this.names.get(name);
    if (change === undefined) {
      change = { unlinked: new Set(), linked: null };
      this.names.set(name, change);
    }
    return change;
  }
}

/** The shortest value of each tag; a longer one is taken for inodes and names only, and for padding. */
const SHORTEST: Record<number, number> = {
  [TAG.addRange]: 16,
  [TAG.delRange]: 12,
  [TAG.creat]: 9,
  [TAG.link]: 9,
  [TAG.unlink]: 9,
  [TAG.inode]: 4 + OLD_INODE_SIZE,
  [TAG.pad]: 0,
  [TAG.tail]: 8,
  [TAG.head]: 8,
};

export interface FastCommitSource {
  /** Blocks of the fast commit area, in order. */
  blocks: Iterable<Uint8Array>;
  /** The transaction that the fast commits must belong to. */
  sequence: number;
  blocksCount: number;
}

/**
 * The changes of all complete fast commits: each begins with a block and ends with a tail whose checksum fits. null if there are none.
 * EOPNOTSUPP if they use a feature that is not known.
 */
export function readFastCommits(source: FastCommitSource): FastCommits | null {
  const commits = new FastCommits();
  let pending: Array<{ tag: number; value: Uint8Array }> = [];
  let crc = 0;
  let areaBytes = 0;
  for (const block of source.blocks) {
    areaBytes += block.length;
    if (areaBytes > MAX_AREA_BYTES) throw damaged('the journal has more fast commits than it can');
    for (let at = 0; at + TL_SIZE <= block.length; ) {
      const tag = u16le(block, at);
      const length = u16le(block, at + 2);
      const value = block.subarray(at + TL_SIZE, at + TL_SIZE + length);
      // A tail says that it fills its block, which it may already have filled.
      const needed = tag === TAG.tail ? SHORTEST[tag] : Math.max(length, SHORTEST[tag]);
      if (!(value.length >= needed)) return found(commits);
      if (tag === TAG.head) {
        if (u32le(value, 4) !== source.sequence) return found(commits);
        if ((u32le(value, 0) & ~SUPPORTED_FEATURES) !== 0)
          throw unsupported(`the journal's fast commits use an unknown feature (0x${u32le(value, 0).toString(16)})`);
      }
      if (tag === TAG.tail) {
        crc = crc32c(crc, block, at, at + TL_SIZE + 4);
        if (u32le(value, 0) !== source.sequence || u32le(value, 4) !== crc) return found(commits);
        for (const change of pending) commits.apply(change.tag, change.value, source.blocksCount);
        pending = [];
        crc = 0;
        break;
      }
      crc = crc32c(crc, block, at, at + TL_SIZE + length);
      pending.push({ tag, value });
      at += TL_SIZE + length;
    }
  }
  return found(commits);
}

function found(commits: FastCommits): FastCommits | null {
  return commits.tags === 0 ? null : commits;
}
