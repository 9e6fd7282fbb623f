/** The in-core node of a file or folder, of either format, and its attributes. */

import { asKernelError, KernelError } from '../../rump/errno.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import type { Vattr, VnodeType } from '../../rump/vfs/vnode.ts';
import { CNID, FORK, type Fork } from './format.ts';

/** What an entry says of a compressed file: see decmpfs.ts. */
export interface Compression {
  type: number;
  size: number;
}

export interface HfsNode {
  /** Catalog node id; of a hard link that of the file or folder to which it leads. */
  cnid: number;
  type: VnodeType;
  mode: number | null;
  uid: number | null;
  gid: number | null;
  nlink: number | null;
  rdev: { major: number; minor: number } | null;
  created: Timespec | null;
  modified: Timespec | null;
  changed: Timespec | null;
  accessed: Timespec | null;
  backedUp: Timespec | null;
  /** The Finder's 32 bytes; null if all are zero. */
  finderInfo: Uint8Array | null;
  /** flags of the catalog record. */
  catalogFlags: number;
  /** Owner's (low byte) and administrator's flags, as chflags(2) has them in its two halves. */
  bsdFlags: number;
  /** How many entries the catalog says are in a folder. */
  valence: number;
  data: Fork;
  resource: Fork;
  /** null: not compressed; undefined: not looked at yet. */
  compression: Compression | null | undefined;
  /** The cnid of the link's own record, where the node was reached through a hard link. */
  linkCnid: number | null;
}

/** Attributes as they are without compression: that costs a look into the attributes tree (decmpfs.ts). */
export function attributesOf(node: HfsNode, size: number, blockSize: number): Vattr {
  const attr: Vattr = {
    type: node.type,
    fileid: node.cnid,
    size: node.type === 'file' || node.type === 'symlink' ? size : 0,
    allocatedBytes: (node.data.totalBlocks + node.resource.totalBlocks) * blockSize,
    mode: node.mode,
    nlink: node.nlink,
    uid: node.uid,
    gid: node.gid,
    mtime: node.modified,
    atime: node.accessed,
    ctime: node.changed,
    birthtime: node.created,
  };
  if (node.rdev !== null) attr.rdev = node.rdev;
  return attr;
}

/** `length` bytes of the Finder's at `at`, and the rest of 32 at `more` if that is given; null if all are zero. */
export function finderInfoOf(bytes: Uint8Array, at: number, length: number, more = -1): Uint8Array | null {
  if (isZero(bytes, at, length) && (more < 0 || isZero(bytes, more, 32 - length))) return null;
  const info = new Uint8Array(32);
  info.set(bytes.subarray(at, at + length));
  if (more >= 0) info.set(bytes.subarray(more, more + 32 - length), length);
  return info;
}

function isZero(bytes: Uint8Array, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** Of what has no content: folders. */
export const NO_FORK: Fork = { cnid: 0, type: FORK.data, size: 0, totalBlocks: 0, extents: [] };

/** A root folder of which nothing is known but its number: what is in it can be found by that. */
export function bareRoot(): HfsNode {
  return {
    cnid: CNID.root,
    type: 'dir',
    mode: null,
    uid: null,
    gid: null,
    nlink: null,
    rdev: null,
    created: null,
    modified: null,
    changed: null,
    accessed: null,
    backedUp: null,
    finderInfo: null,
    catalogFlags: 0,
    bsdFlags: 0,
    valence: 0,
    data: NO_FORK,
    resource: NO_FORK,
    compression: null,
    linkCnid: null,
  };
}

/** How many failures are met before a root folder of which nothing else is known counts as unreadable. */
const MAX_FAILURES = 64;

/**
 * The root folder that `read` finds, or a bare one where its record is damaged and entries of it can be read all the same; `notice` says so. The failure of
 * `read` where there are none.
 */
export function rootOrBare<Root extends { node: HfsNode }>(
  read: () => Root,
  bare: Root,
  readdir: (dir: HfsNode) => Iterable<unknown>,
  notice: (text: string) => void,
): Root {
  try {
    return read();
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind !== 'damage' && failure.kind !== 'medium') throw failure;
    let failures = 0;
    try {
      for (const entry of readdir(bare.node)) {
        if (!(entry instanceof KernelError)) {
          notice('The record of the root folder is damaged; its entries were found without it.');
          return bare;
        }
        failures += 1;
        if (failures > MAX_FAILURES) break;
      }
    } catch (second) {
      if (asKernelError(second).kind === 'removed') throw second;
    }
    throw failure;
  }
}
