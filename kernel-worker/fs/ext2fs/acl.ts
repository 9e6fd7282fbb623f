/**
 * POSIX access control lists: from the form that ext stores (version 1, no identifiers where none is needed) to the one in which Linux shows them
 * as attributes (version 2). Layout: Linux Documentation/filesystems/ext4, "POSIX ACLs"; posix_acl_xattr.h of the Linux user interface.
 */

import { damaged } from '../../rump/errno.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';

const EXT_VERSION = 1;
const XATTR_VERSION = 2;
const HEADER_SIZE = 4;
/** Tag and permissions; entries for a named user or group have four bytes of identifier besides. */
const SHORT_ENTRY = 4;
const LONG_ENTRY = 8;
const TAG_USER = 0x02;
const TAG_GROUP = 0x08;

/** How long the list is in Linux's form. EUCLEAN if it is none. */
export function aclSize(stored: Uint8Array): number {
  return HEADER_SIZE + entryOffsets(stored).length * LONG_ENTRY;
}

/** The list in Linux's form: where there is no identifier it is 0xffffffff. EUCLEAN if it is none. */
export function linuxAcl(stored: Uint8Array): Uint8Array {
  const offsets = entryOffsets(stored);
  const shown = new Uint8Array(HEADER_SIZE + offsets.length * LONG_ENTRY);
  shown[0] = XATTR_VERSION;
  offsets.forEach((from, i) => {
    const to = HEADER_SIZE + i * LONG_ENTRY;
    shown.fill(0xff, to + SHORT_ENTRY, to + LONG_ENTRY);
    shown.set(stored.subarray(from, from + entrySize(stored, from)), to);
  });
  return shown;
}

function entryOffsets(stored: Uint8Array): number[] {
  if (stored.length === 0) return [];
  if (stored.length < HEADER_SIZE || u32le(stored, 0) !== EXT_VERSION)
    throw damaged('an access control list has an unknown version', { expected: EXT_VERSION, found: u32le(stored, 0) });
  const offsets: number[] = [];
  let at = HEADER_SIZE;
  for (; at + SHORT_ENTRY <= stored.length; at += entrySize(stored, at)) offsets.push(at);
  if (at !== stored.length) throw damaged('an access control list ends within an entry', { found: stored.length });
  return offsets;
}

function entrySize(stored: Uint8Array, at: number): number {
  const tag = u16le(stored, at);
  return tag === TAG_USER || tag === TAG_GROUP ? LONG_ENTRY : SHORT_ENTRY;
}
