/** The in-core node of a file or directory (NetBSD's denode): what its directory entry says, and its attributes. */

import { i32le, u16le, u32le } from '../../rump/vfs/bytes.ts';
import { DOS_ATTRIBUTE, type Vattr } from '../../rump/vfs/vnode.ts';
import { fromDosTime, inZone, modifiedFromDosTime } from './dostime.ts';
import { ATTRIBUTE_DIRECTORY, DIRENT, DIRENT_BYTES, type Geometry } from './format.ts';

const SHOWN_ATTRIBUTES = DOS_ATTRIBUTE.readOnly | DOS_ATTRIBUTE.hidden | DOS_ATTRIBUTE.system | DOS_ATTRIBUTE.archive;

export interface Denode {
  isDirectory: boolean;
  isRoot: boolean;
  firstCluster: number;
  /** Bytes of content; 0 of directories, whose length only their chain tells. */
  size: number;
  attributes: number;
  /** Where the 32-byte entry stands on the device; of the root, where the directory itself does. */
  entryOffset: number;
  hasLongName: boolean;
  /** The 11 bytes of the short name, as numbers of four, four and three: a node stays small and need not be read from the disk again. */
  name0: number;
  name4: number;
  name8: number;
  /** Date in the upper, time in the lower 16 bits. */
  created: number;
  createdTenMs: number;
  modified: number;
  accessedDate: number;
}

export function denodeOf(
  slots: Uint8Array,
  at: number,
  entryOffset: number,
  geometry: Geometry,
  hasLongName: boolean,
): Denode {
  const isDirectory = (slots[at + DIRENT.attributes] & ATTRIBUTE_DIRECTORY) !== 0;
  // FAT12 and FAT16 leave the upper half to others (OS/2 keeps extended attributes there).
  const high = geometry.bits === 32 ? u16le(slots, at + DIRENT.clusterHigh) : 0;
  return {
    isDirectory,
    isRoot: false,
    firstCluster: high * 0x1_0000 + u16le(slots, at + DIRENT.clusterLow),
    size: isDirectory ? 0 : u32le(slots, at + DIRENT.size),
    attributes: slots[at + DIRENT.attributes],
    entryOffset,
    hasLongName,
    name0: i32le(slots, at),
    name4: i32le(slots, at + 4),
    name8: u16le(slots, at + 8) | (slots[at + 10] << 16),
    created: u16le(slots, at + DIRENT.createdTime) | (u16le(slots, at + DIRENT.createdDate) << 16),
    createdTenMs: slots[at + DIRENT.createdTenMs],
    modified: u16le(slots, at + DIRENT.modifiedTime) | (u16le(slots, at + DIRENT.modifiedDate) << 16),
    accessedDate: u16le(slots, at + DIRENT.accessedDate),
  };
}

/** The 11 bytes of the short name. */
export function shortNameBytes({ name0, name4, name8 }: Denode): Uint8Array {
  const bytes = new Uint8Array(11);
  for (let i = 0; i < 4; i++) {
    bytes[i] = name0 >> (8 * i);
    bytes[4 + i] = name4 >> (8 * i);
    if (i < 3) bytes[8 + i] = name8 >> (8 * i);
  }
  return bytes;
}

/** The root has no entry: no times, no attributes. */
export function rootDenode(geometry: Geometry): Denode {
  return {
    isDirectory: true,
    isRoot: true,
    firstCluster: geometry.rootCluster,
    size: 0,
    attributes: ATTRIBUTE_DIRECTORY,
    entryOffset: geometry.rootOffset,
    hasLongName: false,
    name0: 0,
    name4: 0,
    name8: 0,
    created: 0,
    createdTenMs: 0,
    modified: 0,
    accessedDate: 0,
  };
}

/**
 * Directories are told apart by their first cluster (the root of FAT12 and FAT16 by 0), so that one with two parents is met as the same; files, of
 * which empty ones have no cluster, by the place of their entry. Both are doubled to keep them apart.
 */
export function fileidOf(node: Denode): number {
  if (node.isRoot || (node.isDirectory && node.firstCluster !== 0)) return node.firstCluster * 2;
  return (node.entryOffset / DIRENT_BYTES) * 2 + 1;
}

/** `zoneSeconds`: where the volume's times were written, if somebody knows. The day of last access has no time and stays as it is. */
export function attributesOf(node: Denode, geometry: Geometry, zoneSeconds: number | null): Vattr {
  const { clusterBytes } = geometry;
  return {
    type: node.isDirectory ? 'dir' : 'file',
    fileid: fileidOf(node),
    size: node.size,
    allocatedBytes: node.isDirectory ? null : Math.ceil(node.size / clusterBytes) * clusterBytes,
    mode: null,
    nlink: null,
    uid: null,
    gid: null,
    mtime: node.isRoot ? null : inZone(modifiedFromDosTime(node.modified >>> 16, node.modified & 0xffff), zoneSeconds),
    atime: fromDosTime(node.accessedDate, 0),
    ctime: null,
    birthtime: inZone(fromDosTime(node.created >>> 16, node.created & 0xffff, node.createdTenMs), zoneSeconds),
    dosAttributes: node.attributes & SHOWN_ATTRIBUTES,
  };
}
