/** The in-core node of a file or directory: what its entry set says, and its attributes. */

import { u16le, u32le, u64le } from '../../rump/vfs/bytes.ts';
import { DOS_ATTRIBUTE, type Vattr } from '../../rump/vfs/vnode.ts';
import { ATTRIBUTE_DIRECTORY, type BootSector, ENTRY_BYTES, FILE, FLAGS_CONTIGUOUS, STREAM } from './format.ts';
import { fromTimestamp } from './timestamp.ts';

const SHOWN_ATTRIBUTES = DOS_ATTRIBUTE.readOnly | DOS_ATTRIBUTE.hidden | DOS_ATTRIBUTE.system | DOS_ATTRIBUTE.archive;

export interface Exnode {
  isDirectory: boolean;
  isRoot: boolean;
  /** 0: nothing is allocated. */
  firstCluster: number;
  /** true: the clusters follow each other on the medium, and the FAT says nothing of them. */
  contiguous: boolean;
  /** DataLength; of the root, whose length only its chain tells, 0. */
  size: number;
  /** How far content was ever written; what is behind reads as zeros. */
  validLength: number;
  attributes: number;
  /** Where the file entry stands on the device; of the root, where the directory does. */
  entryOffset: number;
  created: number;
  modified: number;
  accessed: number;
  /** 10 ms increments and UTC offsets as one number each: created in the lower, modified in the next byte, accessed above. */
  increments: number;
  utcOffsets: number;
  /** The name, and the hash of its upper case as the entry says it. */
  name: string;
  nameHash: number;
}

/** The node of the entry set at `at`, whose stream extension follows its file entry. */
export function exnodeOf(entries: Uint8Array, at: number, entryOffset: number, name: string): Exnode {
  const stream = at + ENTRY_BYTES;
  const attributes = u16le(entries, at + FILE.attributes);
  const size = u64le(entries, stream + STREAM.dataLength);
  return {
    isDirectory: (attributes & ATTRIBUTE_DIRECTORY) !== 0,
    isRoot: false,
    firstCluster: u32le(entries, stream + STREAM.firstCluster),
    contiguous: (entries[stream + STREAM.flags] & FLAGS_CONTIGUOUS) === FLAGS_CONTIGUOUS,
    size,
    validLength: Math.min(size, u64le(entries, stream + STREAM.validDataLength)),
    attributes,
    entryOffset,
    created: u32le(entries, at + FILE.created),
    modified: u32le(entries, at + FILE.modified),
    accessed: u32le(entries, at + FILE.accessed),
    increments: u16le(entries, at + FILE.created10ms),
    utcOffsets: u16le(entries, at + FILE.createdUtcOffset) | (entries[at + FILE.accessedUtcOffset] << 16),
    name,
    nameHash: u16le(entries, stream + STREAM.nameHash),
  };
}

/** The root has no entry: no times, no attributes, no length. */
export function rootExnode(boot: BootSector): Exnode {
  return {
    isDirectory: true,
    isRoot: true,
    firstCluster: boot.rootCluster,
    contiguous: false,
    size: 0,
    validLength: 0,
    attributes: ATTRIBUTE_DIRECTORY,
    entryOffset: boot.heapOffset + (boot.rootCluster - 2) * boot.clusterBytes,
    created: 0,
    modified: 0,
    accessed: 0,
    increments: 0,
    utcOffsets: 0,
    name: '',
    nameHash: 0,
  };
}

/**
 * Directories are told apart by their first cluster, so that one with two parents is met as the same; files, of which empty ones have no cluster,
 * by the place of their entry. Both are doubled to keep them apart.
 */
export function fileidOf(node: Exnode): number {
  if (node.isDirectory && node.firstCluster !== 0) return node.firstCluster * 2;
  return (node.entryOffset / ENTRY_BYTES) * 2 + 1;
}

export function attributesOf(node: Exnode, clusterBytes: number): Vattr {
  const { increments, utcOffsets } = node;
  return {
    type: node.isDirectory ? 'dir' : 'file',
    fileid: fileidOf(node),
    size: node.size,
    allocatedBytes: node.isRoot ? null : Math.ceil(node.size / clusterBytes) * clusterBytes,
    mode: null,
    nlink: null,
    uid: null,
    gid: null,
    mtime: fromTimestamp(node.modified, increments >> 8, (utcOffsets >> 8) & 0xff),
    atime: fromTimestamp(node.accessed, 0, utcOffsets >> 16),
    ctime: null,
    birthtime: fromTimestamp(node.created, increments & 0xff, utcOffsets & 0xff),
    dosAttributes: node.attributes & SHOWN_ATTRIBUTES,
  };
}
