/**
 * Unix files as Interix (Services for UNIX) keeps them, and ntfs-3g with special_files=interix: small files with the system attribute whose content
 * says what they are. Described in the ntfs-3g manual under "special_files" and in its documentation of Interix compatibility.
 */

import { hasText, u64le } from '../../rump/vfs/bytes.ts';
import { nameFromUtf16le, withoutTrailing } from '../../rump/vfs/names.ts';
import type { VnodeType } from '../../rump/vfs/vnode.ts';
import { ATTRIB_HIDDEN, ATTRIB_SYSTEM, DATA } from './format.ts';
import { findAttribute, type Inode, openStream } from './inode.ts';
import { readWhole } from './stream.ts';
import type { Volume } from './volume.ts';

const MAGIC_BYTES = 8;
const LINK_MAGIC = 'IntxLNK\x01';
const CHR_MAGIC = 'IntxCHR\0';
const BLK_MAGIC = 'IntxBLK\0';
/** A magic, then major and minor number with eight bytes each. */
const DEVICE_BYTES = 24;
/** PATH_MAX of Unix, in UTF-16 units. */
const MAX_LINK_BYTES = MAGIC_BYTES + 2 * 4096;

export interface InterixFile {
  type: VnodeType;
  /** Of symbolic links. */
  target: string;
  rdev?: { major: number; minor: number };
}

/** What a file with these attributes is to Unix, or null if it is an ordinary one. A system file that is hidden too is one of DOS. */
export function interixFile(volume: Volume, inode: Inode, attributes: number): InterixFile | null {
  if ((attributes & ATTRIB_SYSTEM) === 0) return null;
  const size = findAttribute(volume, inode, DATA)?.dataSize ?? 0;
  if (size <= 1) {
    if ((attributes & ATTRIB_HIDDEN) !== 0) return null;
    return { type: size === 0 ? 'fifo' : 'sock', target: '' };
  }
  if (size <= MAGIC_BYTES || size > MAX_LINK_BYTES) return null;
  const stream = openStream(volume, inode, DATA);
  if (stream === null || stream.isEncrypted) return null;
  const bytes = readWhole(volume, stream, MAX_LINK_BYTES, 'a special file');
  if (hasText(bytes, 0, LINK_MAGIC)) {
    const units = Math.floor((bytes.length - MAGIC_BYTES) / 2);
    return { type: 'symlink', target: withoutTrailing(nameFromUtf16le(bytes, MAGIC_BYTES, units), '\0') };
  }
  const isChr = hasText(bytes, 0, CHR_MAGIC);
  if ((!isChr && !hasText(bytes, 0, BLK_MAGIC)) || bytes.length !== DEVICE_BYTES) return null;
  const rdev = { major: u64le(bytes, MAGIC_BYTES), minor: u64le(bytes, MAGIC_BYTES + 8) };
  return { type: isChr ? 'chr' : 'blk', target: '', rdev };
}
