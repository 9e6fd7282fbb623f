/** Directories: sectors of directory records (ECMA-119 6.8 and 9.1), and what the records and the entries behind them make of a file. */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
import { u32be, u32le } from '../../rump/vfs/bytes.ts';
import type { Dirent, FsDevice, VnodeType } from '../../rump/vfs/vnode.ts';
import { FLAG, SECTOR_BYTES, type Section, shortTime } from './format.ts';
import { identifierText, nameOf, stemLength } from './identifier.ts';
import type { IsoNode } from './node.ts';
import { parseSystemUse, type RockRidge } from './rrip.ts';
import { blockOffset, type Volume } from './volume.ts';

/** The fixed part of a record and an identifier of one byte. */
export const MIN_RECORD_BYTES = 34;
/** Sectors in a row without a single good record, after which a 'directory' is none: the rest of it is not read. */
const MAX_BAD_SECTORS = 32;
/** Sections of one file: 4 GiB each, so that 4096 are 16 TiB, more than an optical disc or a stick holds. */
const MAX_SECTIONS = 4096;
/** Lines about disagreeing byte orders in the log of one mount. */
const MAX_LOGGED_DISAGREEMENTS = 10;

/** st_mode's file types (POSIX <sys/stat.h> with the values that all systems share; RRIP 4.1.1 lists them). */
const MODE_TYPES: Record<number, VnodeType> = {
  49152: 'sock',
  40960: 'symlink',
  32768: 'file',
  24576: 'blk',
  8192: 'chr',
  16384: 'dir',
  4096: 'fifo',
};

/** One directory record, where it stands in its sector. */
interface RecordPlace {
  sector: Uint8Array;
  at: number;
  length: number;
  /** Of the record, on the volume's device. */
  byteOffset: number;
}

/** Where the content of a directory lies, and what is wrong with that. */
interface DirectoryExtent {
  start: number;
  lengthBytes: number;
  failure: KernelError | null;
}

/** An entry before it is shown: its node may still get sections from the records behind. */
interface Entry {
  node: IsoNode;
  name: string;
  /** Damage behind which Rock Ridge may have said more. */
  failure: KernelError | null;
}

/**
 * All entries of a directory but its own two and those that are hidden: associated files, relocated directories, older versions of a file.
 * Damage costs an entry, or the rest of its sector.
 */
export function* readDirectory(volume: Volume, dir: IsoNode): Generator<Dirent<IsoNode> | KernelError, void> {
  const hidesMoved = holdsMovedDirectories(volume, dir);
  const hidesOlder = volume.nameSpace !== 'rockridge' && !volume.rules.raw && !volume.rules.versions;
  let unfinished: Entry | null = null;
  let lastStem = '';
  for (const item of records(volume, dir)) {
    if (item instanceof KernelError) {
      yield item;
      continue;
    }
    const { sector, at } = item;
    const flags = sector[at + (volume.highSierra ? 24 : 25)];
    if (isOwnRecord(sector, at) || ((flags & FLAG.associated) !== 0 && !volume.showAssociated)) continue;
    if (unfinished !== null) {
      const belongs = addSection(volume, unfinished.node, item);
      if (belongs && (flags & FLAG.multiExtent) !== 0) continue;
      if (!belongs) yield missingSection(unfinished);
      yield direntOf(unfinished);
      unfinished = null;
      if (belongs) continue;
    }
    const entry = guardedEntry(volume, dir, item, flags, hidesMoved);
    if (entry === null) continue;
    if (entry instanceof KernelError) {
      yield entry;
      continue;
    }
    if (entry.failure !== null) yield entry.failure;
    if (hidesOlder) {
      const { identifier } = entry.node;
      const stem = identifier.slice(0, stemLength(identifier));
      const isOlder = stem === lastStem && stem.length < identifier.length;
      lastStem = stem;
      if (isOlder) continue;
    }
    if ((flags & FLAG.multiExtent) !== 0 && entry.node.type !== 'dir') unfinished = entry;
    else yield direntOf(entry);
  }
  if (unfinished !== null) {
    yield missingSection(unfinished);
    yield direntOf(unfinished);
  }
}

function direntOf({ node, name }: Entry): Dirent<IsoNode> {
  return { name, fileid: node.fileid, type: node.type, node };
}

function missingSection({ node, name }: Entry): KernelError {
  return damaged('the last section of a file is missing', { byteOffset: node.recordOffset, found: name });
}

/** The records of a directory in order. The place is the same object each time: 20,000 entries need not be 20,000 objects more. */
function* records(volume: Volume, dir: IsoNode): Generator<RecordPlace | KernelError, void> {
  const { start, lengthBytes, failure } = directoryExtent(volume, dir);
  if (failure !== null) yield failure;
  const place: RecordPlace = { sector: new Uint8Array(0), at: 0, length: 0, byteOffset: 0 };
  let badSectors = 0;
  for (let offset = 0; offset < lengthBytes; offset += SECTOR_BYTES) {
    const size = Math.min(SECTOR_BYTES, lengthBytes - offset);
    try {
      place.sector = volume.device.bread(start + offset, size);
    } catch (error) {
      const unread = asKernelError(error);
      if (unread.kind === 'removed') throw unread;
      yield unread;
      continue;
    }
    let good = 0;
    let at = 0;
    while (at < size && place.sector[at] !== 0) {
      const length = place.sector[at];
      if (length < MIN_RECORD_BYTES || at + length > size || 33 + place.sector[at + 32] > length) {
        badSectors += 1;
        yield damaged('a directory record has an impossible length', {
          byteOffset: start + offset + at,
          found: length,
        });
        break;
      }
      good += 1;
      place.at = at;
      place.length = length;
      place.byteOffset = start + offset + at;
      yield place;
      at += length;
    }
    if (at < size && place.sector[at] === 0 && looksLikeRecord(place.sector, at)) {
      yield damaged('a directory record has no length', { byteOffset: start + offset + at, found: 0 });
    }
    if (good > 0) badSectors = 0;
    if (badSectors > MAX_BAD_SECTORS) throw damaged('this is not a directory', { byteOffset: start + offset });
  }
}

/** A length of zero ends a sector (ECMA-119 6.8.1.1), with zeros behind it; if fields in both byte orders stand there and agree, it was a record's. */
function looksLikeRecord(sector: Uint8Array, at: number): boolean {
  if (at + MIN_RECORD_BYTES > sector.length || disagrees(sector, at)) return false;
  return u32le(sector, at + 2) !== 0 && sector[at + 32] > 0 && at + 33 + sector[at + 32] <= sector.length;
}

/** Whether this is a directory's record of itself or of its parent: identifiers of one byte, 0 or 1. */
function isOwnRecord(sector: Uint8Array, at: number): boolean {
  return sector[at + 32] === 1 && sector[at + 33] <= 1;
}

/** A directory's length is recorded in its parent and in its own first record; where the one passes the medium's end, the other may not. */
function directoryExtent(volume: Volume, dir: IsoNode): DirectoryExtent {
  const section = dir.sections[0];
  const block = section.block + section.attributeBlocks;
  const start = blockOffset(volume, block, Math.min(section.lengthBytes, 1), 'a directory');
  const room = volume.device.sizeBytes - start;
  if (section.lengthBytes <= room) return { start, lengthBytes: section.lengthBytes, failure: null };
  const own = ownRecord(volume.device, volume.blockSize, section);
  const ownLength = own === null ? room : u32le(own, 10);
  const lengthBytes = Math.min(ownLength, room);
  const what = 'a directory goes on past the end of the medium';
  return {
    start,
    lengthBytes,
    failure: damaged(what, { byteOffset: start, found: section.lengthBytes, expected: lengthBytes }),
  };
}

/** As `entryOf`; what it throws for a damaged entry is returned instead, with its place. */
function guardedEntry(volume: Volume, dir: IsoNode, place: RecordPlace, flags: number, hidesMoved: boolean) {
  try {
    const entry = entryOf(volume, dir, place, flags);
    return hidesMoved && entry !== null && entry.node.type === 'dir' && wasMoved(volume, entry.node) ? null : entry;
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    failure.byteOffset ??= place.byteOffset;
    return failure;
  }
}

/** The node and name of a record; null if Rock Ridge hides it. */
function entryOf(volume: Volume, dir: IsoNode, place: RecordPlace, flags: number): Entry | null {
  const { sector, at } = place;
  const identifier = identifierText(volume, sector, at + 33, sector[at + 32]);
  const isDirectory = (flags & FLAG.directory) !== 0;
  const node = nodeOf(volume, dir, place, flags, identifier);
  if (volume.nameSpace !== 'rockridge') return { node, name: nameOf(volume, identifier, isDirectory), failure: null };
  const systemUse = parseSystemUse(volume, sector, systemUseStart(volume, sector, at), at + place.length);
  if (systemUse.relocated) return null;
  const { failure } = systemUse;
  if (failure !== null) failure.byteOffset ??= place.byteOffset;
  if (systemUse.childBlock === null) applyRockRidge(node, systemUse, isDirectory);
  else becomeMovedDirectory(volume, node, systemUse.childBlock);
  return { node, name: systemUse.name ?? nameOf(volume, identifier, isDirectory), failure };
}

/** Where the system use area of a record begins: behind the identifier, padded to an even place, and what is not SUSP's. */
export function systemUseStart(volume: Volume, sector: Uint8Array, at: number): number {
  const identifierLength = sector[at + 32];
  return at + 33 + identifierLength + (identifierLength % 2 === 0 ? 1 : 0) + volume.systemUseSkip;
}

function nodeOf(volume: Volume, parent: IsoNode, place: RecordPlace, flags: number, identifier: string): IsoNode {
  const { sector, at, byteOffset } = place;
  const section = sectionOf(volume, sector, at, byteOffset);
  const isDirectory = (flags & FLAG.directory) !== 0;
  return {
    type: isDirectory ? 'dir' : 'file',
    fileid: isDirectory ? directoryFileid(section, byteOffset) : byteOffset * 4 + 1,
    parent,
    identifier,
    recordOffset: byteOffset,
    flags,
    sections: [section],
    recordedBytes: section.lengthBytes,
    mode: null,
    nlink: null,
    uid: null,
    gid: null,
    mtime: shortTime(sector, at + 18, !volume.highSierra),
    atime: null,
    ctime: null,
    birthtime: null,
    rdev: null,
    target: null,
    targetBytes: 0,
    compression: null,
    unreadable: null,
    disagreeing: disagrees(sector, at),
    ownRecordLoaded: false,
  };
}

/** A directory is what stands at its place; one without content is only its record. Numbers of files, directories and hard links stay apart modulo 4. */
export function directoryFileid(section: Section, recordOffset: number): number {
  return section.lengthBytes === 0 ? recordOffset * 4 + 3 : (section.block + section.attributeBlocks) * 4;
}

function disagrees(sector: Uint8Array, at: number): boolean {
  return u32le(sector, at + 2) !== u32be(sector, at + 6) || u32le(sector, at + 10) !== u32be(sector, at + 14);
}

/** The section that a record describes. Where byte orders disagree, the little-endian one is taken unless only the other lies inside the medium. */
function sectionOf(volume: Volume, sector: Uint8Array, at: number, byteOffset: number): Section {
  let block = u32le(sector, at + 2);
  let lengthBytes = u32le(sector, at + 10);
  if (disagrees(sector, at)) {
    const { blockSize, device } = volume;
    const bigBlock = u32be(sector, at + 6);
    const bigLength = u32be(sector, at + 14);
    if (block * blockSize >= device.sizeBytes && bigBlock * blockSize < device.sizeBytes) block = bigBlock;
    const room = device.sizeBytes - block * blockSize;
    if (lengthBytes > room && bigLength <= room) lengthBytes = bigLength;
    volume.disagreements += 1;
    if (volume.disagreements <= MAX_LOGGED_DISAGREEMENTS)
      volume.log(`the directory record at byte ${byteOffset} says two things in its two byte orders`);
  }
  const unit = at + 26;
  return { block, lengthBytes, attributeBlocks: sector[at + 1], unitBlocks: sector[unit], gapBlocks: sector[unit + 1] };
}

/** Adds the section of `place` to a file; false if that record is another file's, or there are too many. */
function addSection(volume: Volume, node: IsoNode, place: RecordPlace): boolean {
  const { sector, at, byteOffset } = place;
  const identifier = identifierText(volume, sector, at + 33, sector[at + 32]);
  if (identifier !== node.identifier || node.sections.length >= MAX_SECTIONS) return false;
  const section = sectionOf(volume, sector, at, byteOffset);
  node.sections.push(section);
  node.recordedBytes += section.lengthBytes;
  node.disagreeing ||= disagrees(sector, at);
  return true;
}

/** What Rock Ridge says goes before what ISO 9660 says, except that only ISO 9660 makes a directory. */
export function applyRockRidge(node: IsoNode, systemUse: RockRidge, isDirectory: boolean): void {
  if (systemUse.mode !== null) {
    node.mode = systemUse.mode & 0o7777;
    node.nlink = systemUse.nlink;
    node.uid = systemUse.uid;
    node.gid = systemUse.gid;
  }
  node.mtime = systemUse.mtime ?? node.mtime;
  node.atime = systemUse.atime;
  node.ctime = systemUse.ctime;
  node.birthtime = systemUse.birthtime;
  if (isDirectory) return;
  const recorded = systemUse.mode === null ? undefined : MODE_TYPES[systemUse.mode & 0xf000];
  if (recorded !== undefined && recorded !== 'dir') node.type = recorded;
  else if (recorded === undefined && systemUse.target !== null) node.type = 'symlink';
  if (node.type === 'symlink') {
    node.target = systemUse.target;
    node.targetBytes = systemUse.targetBytes;
  }
  if (node.type === 'chr' || node.type === 'blk') node.rdev = systemUse.rdev;
  if (node.type !== 'file') return;
  node.compression = systemUse.compression;
  node.unreadable = systemUse.unreadable;
  if ((node.nlink ?? 0) > 1 && node.recordedBytes > 0) node.fileid = linkedFileid(node);
}

/** Hard links are records with the same extent: the block (32 bits) and the low bits of the length, which differ where the files do. */
function linkedFileid(node: IsoNode): number {
  const { block } = node.sections[0];
  return (block * 0x1_0000 + (node.recordedBytes & 0xffff)) * 4 + 2;
}

/** 'CL': this record only holds the place of a directory that stands at `childBlock`, and whose own record says all of it but the name. */
function becomeMovedDirectory(volume: Volume, node: IsoNode, childBlock: number): void {
  const section = { block: childBlock, lengthBytes: SECTOR_BYTES, attributeBlocks: 0, unitBlocks: 0, gapBlocks: 0 };
  const own = ownRecord(volume.device, volume.blockSize, section);
  if (own === null) {
    throw damaged('there is no directory where a relocated one should be', {
      byteOffset: childBlock * volume.blockSize,
    });
  }
  section.lengthBytes = sectionOf(volume, own, 0, childBlock * volume.blockSize).lengthBytes;
  node.sections = [section];
  node.recordedBytes = section.lengthBytes;
  node.type = 'dir';
  node.flags |= FLAG.directory;
  node.fileid = directoryFileid(section, node.recordOffset);
}

/**
 * What a directory's record of itself says goes before what its parent's record says, as in NetBSD and Linux, which know directories by that place.
 * Where it cannot be read the parent's stays: reading the directory will tell.
 */
export function loadOwnRecord(volume: Volume, node: IsoNode): void {
  node.ownRecordLoaded = true;
  try {
    const own = ownRecord(volume.device, volume.blockSize, node.sections[0]);
    if (own === null) return;
    node.mtime = shortTime(own, 18, !volume.highSierra) ?? node.mtime;
    if (volume.nameSpace !== 'rockridge') return;
    const skip = node === volume.root ? volume.rootSystemUse : systemUseStart(volume, own, 0);
    applyRockRidge(node, parseSystemUse(volume, own, skip, own[0]), true);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
  }
}

/** The sector that begins with a directory's record of itself; null if it does not, or does not lie inside the device. EIO is thrown. */
export function ownRecord(device: FsDevice, blockSize: number, section: Section): Uint8Array | null {
  const byteOffset = (section.block + section.attributeBlocks) * blockSize;
  const lengthBytes = Math.min(SECTOR_BYTES, device.sizeBytes - byteOffset);
  if (lengthBytes < MIN_RECORD_BYTES) return null;
  const sector = device.bread(byteOffset, lengthBytes);
  const isOwn = sector[0] >= MIN_RECORD_BYTES && sector[0] <= lengthBytes && sector[32] === 1 && sector[33] === 0;
  return isOwn ? sector : null;
}

/** Whether this is the directory under the root in which writers gather relocated directories. */
function holdsMovedDirectories(volume: Volume, dir: IsoNode): boolean {
  return volume.nameSpace === 'rockridge' && dir.parent === volume.root && /^[._]?RR_MOVED\.?$/i.test(dir.identifier);
}

/**
 * makefs puts no 'RE' on what it moves; 'PL' in the second record of the directory says as much: it is shown where it came from. EIO and EUCLEAN
 * where that record cannot be read.
 */
function wasMoved(volume: Volume, node: IsoNode): boolean {
  const section = node.sections[0];
  const start = blockOffset(volume, section.block + section.attributeBlocks, SECTOR_BYTES, 'a directory');
  const sector = volume.device.bread(start, SECTOR_BYTES);
  const at = sector[0];
  const end = at + sector[at];
  if (at < MIN_RECORD_BYTES || end > SECTOR_BYTES || sector[at] < MIN_RECORD_BYTES || sector[at + 33] !== 1)
    return false;
  return parseSystemUse(volume, sector, systemUseStart(volume, sector, at), end).moved;
}
