/** Catalog records of HFS Plus as nodes (TN1150, "Catalog Folder Records", "Catalog File Records", "HFS Plus Permissions", "Symbolic Links"). */

import { damaged } from '../../rump/errno.ts';
import { hasText, u16be, u32be } from '../../rump/vfs/bytes.ts';
import { nameFromUtf16be } from '../../rump/vfs/names.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import type { VnodeType } from '../../rump/vfs/vnode.ts';
import type { LeafRecord } from './btree.ts';
import { FORK, macSeconds, parseFork, RECORD } from './format.ts';
import { finderInfoOf, type HfsNode, NO_FORK } from './hfsnode.ts';

const FOLDER_BYTES = 88;
const FILE_BYTES = 248;

/** File types of <sys/stat.h> in the file mode. */
const MODE_TYPES = new Map<number, VnodeType>([
  [0x1000, 'fifo'],
  [0x2000, 'chr'],
  [0x4000, 'dir'],
  [0x6000, 'blk'],
  [0x8000, 'file'],
  [0xa000, 'symlink'],
  [0xc000, 'sock'],
]);
const MODE_TYPE_MASK = 0xf000;

/** The Finder's type and creator with which links are marked. */
const SYMLINK = 'slnkrhap';
const FILE_LINK = 'hlnkhfs+';
const FOLDER_LINK = 'fdrpMACS';

/** The longest name in UTF-16 units. */
export const NAME_MAX = 255;

/** A file that only leads to another one. */
export interface HardLink {
  kind: 'file' | 'folder';
  /** The number in the name of the file or folder to which it leads. */
  inode: number;
  /** Its own creation date: that of the volume or of the private folder, if it is a link indeed. */
  created: number;
}

export interface CatalogEntry {
  node: HfsNode;
  link: HardLink | null;
}

/** How the fields that each system uses in its own way are to be read. */
export interface RecordRules {
  devices: DeviceForm;
}

/**
 * Whose dev_t stands in rawDevice: that of Mac OS X (8 bits of major number), of Linux' kernel (12 bits), or of Linux' libraries (the major number in
 * bits 8 to 19), cut to 32 bits.
 */
export type DeviceForm = 'mac' | 'linux-kernel' | 'linux-library';

/** By lastMountedVersion: Linux' driver and libisofs sign what they write. */
export function deviceForm(lastMountedVersion: string): DeviceForm {
  if (lastMountedVersion === 'H+Lx') return 'linux-kernel';
  return lastMountedVersion === 'liso' ? 'linux-library' : 'mac';
}

export function parentOf(record: LeafRecord): number {
  return u32be(record.bytes, record.key + 2);
}

/** EUCLEAN if the key is too short for its name. */
export function nameOf(record: LeafRecord): string {
  const { bytes, key } = record;
  const count = u16be(bytes, key + 6);
  if (count > NAME_MAX || key + 8 + 2 * count > record.data)
    throw damaged('a name in the catalog is longer than its key', { expected: `up to ${NAME_MAX}`, found: count });
  return nameFromUtf16be(bytes, key + 8, count);
}

export function recordType(record: LeafRecord): number {
  return u16be(record.bytes, record.data);
}

/** EUCLEAN if it is neither a file nor a folder, or cut off. */
export function parseEntry(record: LeafRecord, rules: RecordRules): CatalogEntry {
  const type = recordType(record);
  const isFolder = type === RECORD.folder;
  if (!isFolder && type !== RECORD.file) throw damaged('a catalog record is of an unknown type', { found: type });
  const needed = isFolder ? FOLDER_BYTES : FILE_BYTES;
  if (record.end - record.data < needed)
    throw damaged('a catalog record is cut off', { expected: needed, found: record.end - record.data });
  const { bytes, data: at } = record;
  const node = commonNode(bytes, at, isFolder);
  if (isFolder) {
    node.valence = u32be(bytes, at + 4);
    return { node, link: null };
  }
  node.data = parseFork(bytes, at + 88, node.cnid, FORK.data);
  node.resource = parseFork(bytes, at + 168, node.cnid, FORK.resource);
  return { node, link: typedFile(bytes, at, node, rules) };
}

function commonNode(bytes: Uint8Array, at: number, isFolder: boolean): HfsNode {
  const mode = u16be(bytes, at + 42);
  const cnid = u32be(bytes, at + 8);
  return {
    cnid,
    type: isFolder ? 'dir' : 'file',
    // 0: the permissions were never set, as on volumes of Mac OS 8 and 9.
    mode: mode === 0 ? null : mode & 0o7777,
    uid: mode === 0 ? null : u32be(bytes, at + 32),
    gid: mode === 0 ? null : u32be(bytes, at + 36),
    nlink: 1,
    rdev: null,
    created: dateAt(bytes, at + 12),
    modified: dateAt(bytes, at + 16),
    changed: dateAt(bytes, at + 20),
    accessed: dateAt(bytes, at + 24),
    backedUp: dateAt(bytes, at + 28),
    finderInfo: finderInfoOf(bytes, at + 48, 32),
    catalogFlags: u16be(bytes, at + 2),
    bsdFlags: bytes[at + 41] | (bytes[at + 40] << 16),
    valence: 0,
    data: NO_FORK,
    resource: NO_FORK,
    compression: undefined,
    linkCnid: null,
  };
}

function dateAt(bytes: Uint8Array, at: number): Timespec | null {
  const sec = macSeconds(u32be(bytes, at));
  return sec === null ? null : { sec, nsec: 0 };
}

/** What the mode, or the Finder's type, makes of a file; returns the hard link that it may be. */
function typedFile(bytes: Uint8Array, at: number, node: HfsNode, rules: RecordRules): HardLink | null {
  const special = u32be(bytes, at + 44);
  const created = u32be(bytes, at + 12);
  if (hasText(bytes, at + 48, FILE_LINK)) return { kind: 'file', inode: special, created };
  if (hasText(bytes, at + 48, FOLDER_LINK)) return { kind: 'folder', inode: special, created };
  const type = MODE_TYPES.get(u16be(bytes, at + 42) & MODE_TYPE_MASK) ?? 'file';
  node.type = type === 'dir' ? 'file' : type;
  if (type === 'file' && hasText(bytes, at + 48, SYMLINK)) node.type = 'symlink';
  if (type === 'chr' || type === 'blk') node.rdev = deviceNumbers(special, rules);
  return null;
}

function deviceNumbers(rawDevice: number, { devices }: RecordRules): { major: number; minor: number } {
  if (devices === 'linux-kernel') return { major: rawDevice >>> 20, minor: rawDevice & 0xfffff };
  if (devices === 'linux-library')
    return { major: (rawDevice >>> 8) & 0xfff, minor: (rawDevice & 0xff) | ((rawDevice >>> 12) & 0xfff00) };
  return { major: rawDevice >>> 24, minor: rawDevice & 0xffffff };
}

/** The link count of a file that hard links lead to. */
export function linkCount(record: LeafRecord): number {
  return u32be(record.bytes, record.data + 44);
}
