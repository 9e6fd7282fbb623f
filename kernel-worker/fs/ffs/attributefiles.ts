/**
 * Extended attributes of UFS1: one file for each attribute in /.attribute/user and /.attribute/system, in which every inode has its place.
 * Layout: struct ufs_extattr_fileheader and ufs_extattr_header in <ufs/ufs/extattr.h> of NetBSD and FreeBSD; extattrctl(8).
 */

import { KernelError, requestError } from '../../rump/errno.ts';
import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN } from '../../rump/lib/byteorder.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import type { Extattr } from '../../rump/vfs/vnode.ts';
import { readDirectory } from './directory.ts';
import { type FfsMount, inodeRun, loadInode } from './ffsmount.ts';
import { ROOT_INODE } from './format.ts';
import type { Inode } from './inode.ts';

const MAGIC = 0x00b5d5f3;
const VERSION = 3;
/** Magic, version, size; and for each inode: flags, length, generation. */
const FILE_HEADER_BYTES = 12;
const HEADER_BYTES = 12;
const FLAG_IN_USE = 1;
/** More backing files than anybody makes; each costs a read for every file that is asked. */
const MAX_ATTRIBUTES = 256;
/** A value no larger than this is an attribute; extattrctl(8) makes places of some hundred bytes. */
const MAX_VALUE_BYTES = 1024 * 1024;

interface BackingFile {
  name: string;
  inode: Inode;
  order: ByteOrder;
  valueBytes: number;
}

export interface AttributeFiles {
  list(inode: Inode): Extattr[];
  /** ENODATA if there is no such attribute. */
  read(inode: Inode, name: string, offset: number, into: Uint8Array): number;
}

/** The backing files are looked for at first use. What of them cannot be read is left out: these attributes are a side matter. */
export function attributeFiles(fs: FfsMount): AttributeFiles {
  let found: BackingFile[] | null = null;
  const files = () => {
    found ??= findBackingFiles(fs);
    return found;
  };
  return {
    list: (inode) =>
      files().flatMap((file) => {
        const size = valueSize(fs, file, inode);
        return size === null ? [] : [{ name: file.name, size }];
      }),
    read(inode, name, offset, into) {
      const file = files().find((candidate) => candidate.name === name);
      const size = file === undefined ? null : valueSize(fs, file, inode);
      if (file === undefined || size === null) throw requestError('ENODATA', `no attribute ${JSON.stringify(name)}`);
      const count = Math.max(0, Math.min(into.length, size - offset));
      readContent(fs, file.inode, placeOf(file, inode.ino) + HEADER_BYTES + offset, into.subarray(0, count));
      return count;
    },
  };
}

function placeOf(file: BackingFile, ino: number): number {
  return FILE_HEADER_BYTES + ino * (HEADER_BYTES + file.valueBytes);
}

/** null if the inode has none, or one of another generation. */
function valueSize(fs: FfsMount, file: BackingFile, inode: Inode): number | null {
  const place = placeOf(file, inode.ino);
  if (place + HEADER_BYTES > file.inode.attr.size) return null;
  const header = new Uint8Array(HEADER_BYTES);
  readContent(fs, file.inode, place, header);
  const size = file.order.u32(header, 4);
  if ((file.order.u32(header, 0) & FLAG_IN_USE) === 0 || file.order.u32(header, 8) !== inode.generation) return null;
  return size <= file.valueBytes && place + HEADER_BYTES + size <= file.inode.attr.size ? size : null;
}

function findBackingFiles(fs: FfsMount): BackingFile[] {
  const files: BackingFile[] = [];
  const top = child(fs, loadInode(fs, ROOT_INODE), '.attribute');
  for (const space of ['user', 'system']) {
    const dir = top === null ? null : child(fs, top, space);
    if (dir === null || dir.attr.type !== 'dir') continue;
    for (const entry of readDirectory(fs, dir)) {
      if (files.length >= MAX_ATTRIBUTES) return files;
      const file = entry instanceof KernelError ? null : openBackingFile(fs, `${space}.${entry.name}`, entry.fileid);
      if (file !== null) files.push(file);
    }
  }
  return files;
}

function child(fs: FfsMount, dir: Inode, name: string): Inode | null {
  if (dir.attr.type !== 'dir') return null;
  return orNull(() => {
    for (const entry of readDirectory(fs, dir))
      if (!(entry instanceof KernelError) && entry.name === name) return loadInode(fs, entry.fileid);
    return null;
  });
}

function openBackingFile(fs: FfsMount, name: string, ino: number): BackingFile | null {
  return orNull(() => {
    const inode = loadInode(fs, ino);
    if (inode.attr.type !== 'file' || inode.attr.size < FILE_HEADER_BYTES) return null;
    const header = new Uint8Array(FILE_HEADER_BYTES);
    readContent(fs, inode, 0, header);
    for (const order of [LITTLE_ENDIAN, BIG_ENDIAN]) {
      const valueBytes = order.u32(header, 8);
      if (order.u32(header, 0) === MAGIC && order.u32(header, 4) === VERSION && valueBytes <= MAX_VALUE_BYTES)
        return { name, inode, order, valueBytes };
    }
    return null;
  });
}

function readContent(fs: FfsMount, inode: Inode, offset: number, into: Uint8Array): void {
  readMapped(fs.device, (at) => inodeRun(fs, inode, at), offset, into);
}

function orNull<T>(work: () => T | null): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
    return null;
  }
}
