/** The in-core node of a file: what its directory record and the Rock Ridge entries behind it say (an isonode in NetBSD's words). */

import type { KernelError } from '../../rump/errno.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import type { VnodeType } from '../../rump/vfs/vnode.ts';
import type { Section } from './format.ts';

/** What a 'ZF' entry says of a compressed file (see zisofs.ts). */
export interface Compression {
  version: 1 | 2;
  headerBytes: number;
  blockLog2: number;
  /** Bytes of the content when it is inflated. */
  size: number;
}

export interface IsoNode {
  type: VnodeType;
  fileid: number;
  parent: IsoNode | null;
  /** The file identifier as recorded, decoded as the tree's names are. */
  identifier: string;
  /** Where its (first) directory record stands on the volume's device; of the root, of its descriptor. */
  recordOffset: number;
  flags: number;
  /** The file's sections in order; all of one section for directories. */
  sections: Section[];
  /** Bytes of the sections together. */
  recordedBytes: number;
  mode: number | null;
  nlink: number | null;
  uid: number | null;
  gid: number | null;
  mtime: Timespec | null;
  atime: Timespec | null;
  ctime: Timespec | null;
  birthtime: Timespec | null;
  rdev: { major: number; minor: number } | null;
  /** Of symbolic links. */
  target: string | null;
  targetBytes: number;
  compression: Compression | null;
  /** Content that cannot be read, and why (sparse files, unknown compression). */
  unreadable: KernelError | null;
  /** The two byte orders of the record's fields disagree. */
  disagreeing: boolean;
  /** Of directories: whether their record of themselves was taken into account. */
  ownRecordLoaded: boolean;
}
