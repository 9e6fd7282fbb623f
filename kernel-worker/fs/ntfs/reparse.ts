/** Reparse points: what a file is instead of its own content. Tags and data: [MS-FSCC] 2.1.2; WSL's: [MS-FSCC] 2.1.2.1 and the Windows SDK's ntifs.h; WOF: wofapi.h. */

import { damaged } from '../../rump/errno.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { nameFromBytes, nameFromUtf16le, withoutTrailing } from '../../rump/vfs/names.ts';
import type { VnodeType } from '../../rump/vfs/vnode.ts';
import { REPARSE_POINT } from './format.ts';
import { findAttribute, type Inode, load, openStream } from './inode.ts';
import { readWhole } from './stream.ts';
import type { Volume } from './volume.ts';

const TAG_MOUNT_POINT = 0xa0000003;
const TAG_SYMLINK = 0xa000000c;
export const TAG_LX_SYMLINK = 0xa000001d;
export const TAG_WOF = 0x80000017;
const TAG_AF_UNIX = 0x80000023;
const TAG_LX_FIFO = 0x80000024;
const TAG_LX_CHR = 0x80000025;
const TAG_LX_BLK = 0x80000026;

/** What a file with one of these tags is. */
export const TYPE_OF_TAG: ReadonlyMap<number, VnodeType> = new Map([
  [TAG_MOUNT_POINT, 'symlink'],
  [TAG_SYMLINK, 'symlink'],
  [TAG_LX_SYMLINK, 'symlink'],
  [TAG_AF_UNIX, 'sock'],
  [TAG_LX_FIFO, 'fifo'],
  [TAG_LX_CHR, 'chr'],
  [TAG_LX_BLK, 'blk'],
]);

/** Tags for people. Those of cloud files have a number in bits 12 to 15. */
const TAG_NAMES: ReadonlyMap<number, string> = new Map([
  [TAG_MOUNT_POINT, 'junction or mount point'],
  [TAG_SYMLINK, 'symbolic link'],
  [TAG_LX_SYMLINK, 'symbolic link of WSL'],
  [TAG_AF_UNIX, 'Unix socket'],
  [TAG_LX_FIFO, 'fifo of WSL'],
  [TAG_LX_CHR, 'character device of WSL'],
  [TAG_LX_BLK, 'block device of WSL'],
  [TAG_WOF, 'system compression'],
  [0x80000006, 'hierarchical storage (2)'],
  [0x80000007, 'single instance store'],
  [0x80000008, 'file in a mounted WIM'],
  [0x80000013, 'deduplication'],
  [0x80000018, 'container image layer'],
  [0x80000019, 'global reparse'],
  [0x8000001b, 'app execution alias'],
  [0x8000001e, 'storage sync'],
  [0x80000021, 'OneDrive'],
  [0x90000018, 'container image layer'],
  [0x9000001a, 'cloud file'],
  [0x9000001c, 'projected file system'],
  [0xa0000019, 'global reparse'],
  [0xa000001f, 'container image tombstone'],
  [0xc0000004, 'hierarchical storage'],
]);
const CLOUD_NUMBER_MASK = 0x0000f000;

/** Tags under which the content is never in the file itself. */
export const ELSEWHERE_TAGS: ReadonlySet<number> = new Set([0x80000007, 0x80000008, 0x80000013, 0xa000001f]);
/** Tags whose data are not of concern to the content, which is there like any file's. */
export const TRANSPARENT_TAGS: ReadonlySet<number> = new Set([0x8000001b]);

/** The largest reparse data that Windows accepts, with their header. */
const MAX_REPARSE_BYTES = 16 * 1024 + 24;
const HEADER_BYTES = 8;
/** Tags that are not Microsoft's have a GUID behind the header. */
const MICROSOFT_BIT = 0x80000000;
const GUID_BYTES = 16;

export interface ReparsePoint {
  tag: number;
  /** What follows the header. */
  data: Uint8Array;
  /** Where the attribute stands on the device. */
  byteOffset: number;
}

/** The file's reparse point, or null if it has none. EUCLEAN, EIO. */
export function reparsePoint(volume: Volume, inode: Inode): ReparsePoint | null {
  const loaded = load(volume, inode);
  if (loaded.reparse === undefined) loaded.reparse = readReparsePoint(volume, inode);
  return loaded.reparse;
}

function readReparsePoint(volume: Volume, inode: Inode): ReparsePoint | null {
  if (findAttribute(volume, inode, REPARSE_POINT) === null) return null;
  const stream = openStream(volume, inode, REPARSE_POINT);
  if (stream === null) return null;
  const { byteOffset } = stream;
  const bytes = readWhole(volume, stream, MAX_REPARSE_BYTES, 'a reparse point');
  const tag = bytes.length >= HEADER_BYTES ? u32le(bytes, 0) : 0;
  const start = tag >= MICROSOFT_BIT ? HEADER_BYTES : HEADER_BYTES + GUID_BYTES;
  const length = bytes.length >= HEADER_BYTES ? u16le(bytes, 4) : 0;
  if (start + length > bytes.length) {
    throw damaged('a reparse point is shorter than it says', {
      byteOffset,
      expected: start + length,
      found: bytes.length,
    });
  }
  return { tag, data: bytes.subarray(start, start + length), byteOffset };
}

/** The tag as a word. */
export function tagName(tag: number): string {
  const known = TAG_NAMES.get(tag) ?? TAG_NAMES.get((tag & ~CLOUD_NUMBER_MASK) >>> 0);
  return known ?? 'not known';
}

/** What a symbolic link or junction says in its data. */
interface LinkData {
  /** The target as Windows writes it. */
  path: string;
  /** Relative to the directory of the link, or, with a leading backslash, to the volume. */
  isRelative: boolean;
}

const SYMLINK_PATHS = 12;
const MOUNT_POINT_PATHS = 8;
const SYMLINK_FLAG_RELATIVE = 1;

/** Of a symbolic link or a junction: the substitute name. EUCLEAN. */
export function linkData(reparse: ReparsePoint): LinkData {
  const { tag, data, byteOffset } = reparse;
  const pathsAt = tag === TAG_SYMLINK ? SYMLINK_PATHS : MOUNT_POINT_PATHS;
  const offset = pathsAt + (data.length >= pathsAt ? u16le(data, 0) : 0);
  const length = data.length >= pathsAt ? u16le(data, 2) : 0;
  if (length === 0 || length % 2 !== 0 || offset + length > data.length) {
    throw damaged('the target of a link does not fit its reparse point', {
      byteOffset,
      expected: data.length,
      found: length,
    });
  }
  return {
    path: withoutTrailing(nameFromUtf16le(data, offset, length / 2), '\0'),
    isRelative: tag === TAG_SYMLINK && (u32le(data, 8) & SYMLINK_FLAG_RELATIVE) !== 0,
  };
}

/** The target of a symbolic link of WSL: a version and UTF-8. EUCLEAN. */
export function lxLinkTarget(reparse: ReparsePoint): string {
  const { data, byteOffset } = reparse;
  if (data.length <= 4) throw damaged('a link of WSL has no target', { byteOffset, found: data.length });
  return nameFromBytes(data.subarray(4));
}
