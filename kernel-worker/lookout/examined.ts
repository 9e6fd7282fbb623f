/** A file as the detectors see it: its name, its attributes, and so much of its content as they may read. */

import type { ContentType } from '../content/content-class.ts';
import { contentType } from '../content/content-type.ts';
import type { Mount, Vnode } from '../rump/vfs/mount.ts';
import { DOS_ATTRIBUTE, type Vattr } from '../rump/vfs/vnode.ts';
import { extensionOf } from './extensions.ts';

/** What is read of one file at most, over all detectors: a slow stick gives it within the time that one system call may take. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** One read. */
const MAX_READ_BYTES = 1024 * 1024;

export interface ExaminedFile {
  name: string;
  /** Of the name, in lower case. */
  extension: string;
  attr: Vattr;
  sizeBytes: number;
  /** It stands in the root of the volume. */
  inRoot: boolean;
  /** By its mark (FAT, exFAT, NTFS). */
  dosHidden: boolean;
  /** By its mark or its name. */
  hidden: boolean;
  /** By its content; of a file that is not regular, or empty, 'other'. */
  type(): ContentType;
  /** Fewer bytes than asked at the end of the file, or when too much of it was read already. Throws KernelError. */
  read(offset: number, lengthBytes: number): Uint8Array;
}

export function isHidden(name: string, attr: Vattr): { dosHidden: boolean; hidden: boolean } {
  const dosHidden = ((attr.dosAttributes ?? 0) & DOS_ATTRIBUTE.hidden) !== 0;
  return { dosHidden, hidden: dosHidden || name.startsWith('.') };
}

/** Of a vnode that is in hand. */
export function examinedFile(mount: Mount, vnode: Vnode, name: string, inRoot: boolean): ExaminedFile {
  const { attr } = vnode;
  return examined(name, attr, inRoot, (offset, into) => mount.read(vnode, offset, into));
}

/** `read` fills the buffer from the offset on and gives how many bytes. */
export function examined(
  name: string,
  attr: Vattr,
  inRoot: boolean,
  read: (offset: number, into: Uint8Array) => number,
): ExaminedFile {
  const sizeBytes = attr.type === 'file' ? attr.size : 0;
  let left = MAX_FILE_BYTES;
  let type: ContentType | null = null;
  /** The longest read of the beginning: nearly every detector asks for some of it. */
  let head = new Uint8Array(0);
  const file: ExaminedFile = {
    name,
    extension: extensionOf(name),
    attr,
    sizeBytes,
    inRoot,
    ...isHidden(name, attr),
    type: () => {
      type ??= contentType(file);
      return type;
    },
    read: (offset, lengthBytes) => {
      if (!Number.isSafeInteger(offset) || offset < 0 || !(lengthBytes > 0)) return new Uint8Array(0);
      const asked = Math.max(0, Math.min(lengthBytes, sizeBytes - offset, MAX_READ_BYTES));
      if (offset + asked <= head.length) return head.subarray(offset, offset + asked);
      const into = new Uint8Array(Math.min(asked, left));
      left -= into.length;
      const part = into.subarray(0, into.length === 0 ? 0 : read(offset, into));
      if (offset === 0 && part.length > head.length) head = part;
      return part;
    },
  };
  return file;
}

/** A file of bytes in memory: for streams that were read, and for tests. */
export function examinedBytes(name: string, bytes: Uint8Array, attr: Partial<Vattr> = {}): ExaminedFile {
  const full: Vattr = { ...NO_ATTRIBUTES, size: bytes.length, ...attr };
  return examined(name, full, false, (offset, into) => {
    const part = bytes.subarray(offset, offset + into.length);
    into.set(part);
    return part.length;
  });
}

const NO_ATTRIBUTES: Vattr = {
  type: 'file',
  fileid: 0,
  size: 0,
  allocatedBytes: null,
  mode: null,
  nlink: null,
  uid: null,
  gid: null,
  mtime: null,
  atime: null,
  ctime: null,
  birthtime: null,
};
