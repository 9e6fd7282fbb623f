/** Vnode operations of UDF: from file entries to attributes, directories, content, links and attributes. OSTA UDF 2.60, 2.3 and 3.3. */

import { asKernelError, damaged, KernelError, removedError } from '../../rump/errno.ts';
import { bytesFromName } from '../../rump/vfs/names.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import {
  type Dirent,
  DOS_ATTRIBUTE,
  type Properties,
  type Vattr,
  type VnodeType,
  type Vnops,
} from '../../rump/vfs/vnode.ts';
import { attributesOf, type FileAttributes } from './attributes.ts';
import type { Store } from './content.ts';
import { CHARACTERISTIC, identifiersOf } from './directory.ts';
import { type Content, runOf } from './extents.ts';
import { FILE_TYPE, type FileEntry, ICB_FLAG, modeOf } from './fileentry.ts';
import type { BlockAddress } from './format.ts';
import { readFileEntry } from './icb.ts';
import { listStreams, readStream } from './streams.ts';
import { linkTarget } from './symlink.ts';

/** A file that is in use. */
export interface UdfNode extends Content {
  fileid: number;
  /** By the file identifier through which it was reached: hidden is not the file's property but its name's. */
  hidden: boolean;
  /** Of a symbolic link, once it was read. */
  target: string | null;
}

/**
 * File ids: the address of a file's information control block, which is what its hard links have in common. Partition map numbers are below 2^12
 * (format.ts), so that the bit above them is free to tell that an entry was reached through a hidden name; it is no part of the file's own id.
 */
const PARTITION_UNIT = 2 ** 32;
const HIDDEN_UNIT = 2 ** 48;

export function fileidOf(address: BlockAddress): number {
  return address.partition * PARTITION_UNIT + address.block;
}

export interface UdfVnops extends Vnops<UdfNode> {
  nodeAt(address: BlockAddress): UdfNode;
  nodeOf(fileid: number): UdfNode;
}

/** `unhide`: list the system's own file too. */
export function udfVnops(store: Store, unhide = false): UdfVnops {
  const { volume, lists } = store;

  function nodeOf(fileid: number): UdfNode {
    const hidden = fileid >= HIDDEN_UNIT;
    const own = hidden ? fileid - HIDDEN_UNIT : fileid;
    const address = { block: own % PARTITION_UNIT, partition: Math.floor(own / PARTITION_UNIT) };
    return { fileid: own, hidden, entry: readFileEntry(volume, address), extents: null, target: null };
  }

  function targetOf(node: UdfNode): string {
    node.target ??= linkTarget(store, node);
    return node.target;
  }

  return {
    nodeOf,
    nodeAt: (address) => nodeOf(fileidOf(address)),
    getattr: (node) => attrOf(store, node, targetOf),
    readdir: (dir) => direntsOf(store, dir, unhide),
    bmap: (file, fileOffset) => runOf(volume, lists, file, fileOffset),
    readlink: targetOf,
    listextattr: (node) => listStreams(store, node.entry),
    readextattr: (node, name, offset, into) => readStream(store, node.entry, name, offset, into),
    properties: (node) => propertiesOf(store, node),
  };
}

/** Blocks that media with defects cannot use belong to this hidden file in the root (UDF 1.50, 3.3.7.1); it is nobody's. */
const SYSTEM_FILE = 'Non-Allocatable Space';

function* direntsOf(store: Store, dir: UdfNode, unhide: boolean): Generator<Dirent<UdfNode> | KernelError, void> {
  for (const item of identifiersOf(store, dir)) {
    if (item instanceof KernelError) {
      yield item;
      continue;
    }
    const hidden = (item.characteristics & CHARACTERISTIC.hidden) !== 0;
    if (hidden && !unhide && item.name === SYSTEM_FILE) continue;
    const isDirectory = (item.characteristics & CHARACTERISTIC.directory) !== 0;
    yield {
      name: item.name,
      fileid: fileidOf(item.address) + (hidden ? HIDDEN_UNIT : 0),
      type: isDirectory ? 'dir' : null,
      noDirectory: !isDirectory,
    };
  }
}

function typeOf(entry: FileEntry): VnodeType {
  switch (entry.fileType) {
    case FILE_TYPE.directory:
    case FILE_TYPE.streamDirectory:
      return 'dir';
    case FILE_TYPE.unspecified:
    case FILE_TYPE.regular:
    case FILE_TYPE.realTime:
    case FILE_TYPE.vat:
    case FILE_TYPE.metadata:
    case FILE_TYPE.metadataMirror:
    case FILE_TYPE.metadataBitmap:
      return 'file';
    case FILE_TYPE.symlink:
      return 'symlink';
    case FILE_TYPE.blockDevice:
      return 'blk';
    case FILE_TYPE.characterDevice:
      return 'chr';
    case FILE_TYPE.fifo:
      return 'fifo';
    case FILE_TYPE.socket:
      return 'sock';
    default:
      throw damaged('a file entry is of an unknown type', {
        byteOffset: entry.descriptorsAt,
        expected: '4 to 13 or 249',
        found: entry.fileType,
      });
  }
}

function attrOf(store: Store, node: UdfNode, targetOf: (node: UdfNode) => string): Vattr {
  const { entry } = node;
  const type = typeOf(entry);
  const attributes = needsAttributes(entry, type) ? attributesOrNull(store, entry) : null;
  const attr: Vattr = {
    type,
    fileid: node.fileid,
    size: type === 'symlink' ? linkSize(node, targetOf) : entry.size,
    allocatedBytes: Math.min(entry.blocksRecorded * store.volume.blockSize, store.volume.device.sizeBytes),
    mode: modeOf(entry),
    nlink: entry.linkCount,
    uid: entry.uid,
    gid: entry.gid,
    mtime: entry.modified,
    atime: entry.accessed,
    ctime: entry.changed,
    birthtime: birthtimeOf(entry, attributes),
  };
  if ((type === 'blk' || type === 'chr') && attributes?.rdev) attr.rdev = attributes.rdev;
  const dosAttributes = dosAttributesOf(node);
  if (dosAttributes !== 0) attr.dosAttributes = dosAttributes;
  return attr;
}

/** Only files that have attributes are searched for them, and their attribute file is read for device numbers alone. */
function needsAttributes(entry: FileEntry, type: VnodeType): boolean {
  if (type === 'blk' || type === 'chr') return true;
  return entry.created === null && entry.attributesLength > 0 && entry.attributeFile === null;
}

function attributesOrNull(store: Store, entry: FileEntry): FileAttributes | null {
  try {
    return attributesOf(store, entry);
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw removedError();
    return null;
  }
}

function birthtimeOf(entry: FileEntry, attributes: FileAttributes | null): Timespec | null {
  return entry.created ?? attributes?.created ?? null;
}

/** A link that cannot be read keeps its recorded size, so that it is listed; reading it tells why. */
function linkSize(node: UdfNode, targetOf: (node: UdfNode) => string): number {
  try {
    return bytesFromName(targetOf(node), 'utf16').length;
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw removedError();
    return node.entry.size;
  }
}

/** Hidden names, and the system flag of the ICB; the archive flag is set on nearly everything and says nothing to a reader. */
function dosAttributesOf(node: UdfNode): number {
  return (node.hidden ? DOS_ATTRIBUTE.hidden : 0) | (node.entry.flags & ICB_FLAG.system ? DOS_ATTRIBUTE.system : 0);
}

function propertiesOf(store: Store, node: UdfNode): Properties {
  const { entry } = node;
  const properties: Properties = {
    'ICB strategy': entry.strategy,
    Allocation: ['short', 'long', 'extended', 'embedded'][entry.allocation] ?? 'unknown',
  };
  if (entry.fileType === FILE_TYPE.realTime) properties['Real-time file'] = true;
  const names = attributesOf(store, entry)
    .implementationUse.map(({ name }) => name)
    .filter((name) => name !== '*UDF FreeEASpace');
  if (names.length > 0) properties['Extended attributes'] = names.join(', ');
  return properties;
}
