/** The catalog of HFS: listings and the root (Inside Macintosh: Files, 2-69 "Catalog Files"). */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
import { u16be, u32be } from '../../rump/vfs/bytes.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import type { Dirent } from '../../rump/vfs/vnode.ts';
import type { BTree, KeyOrder, LeafRecord } from './btree.ts';
import { MAX_SKIPPED } from './catalog.ts';
import { parseClassicExtents } from './extentsoverflow.ts';
import { CATALOG_FLAG, CNID, FORK, type Fork, macSeconds } from './format.ts';
import { finderInfoOf, type HfsNode, NO_FORK } from './hfsnode.ts';
import { swapSeparators } from './unicode.ts';

const RECORD = { folder: 1, file: 2, folderThread: 3, fileThread: 4 } as const;
const FOLDER_BYTES = 70;
const FILE_BYTES = 102;
/** The longest name of a file; a volume's is shorter (Inside Macintosh: Files, 2-65). */
export const CLASSIC_NAME_MAX = 31;
/** filFlags: the file is locked. */
const FILE_LOCKED = 0x01;
const READ_ONLY_MODE = 0o444;

export class ClassicCatalog {
  private readonly tree: BTree;
  private readonly decode: (bytes: Uint8Array) => string;

  /** `decode` reads names in the volume's character set, of which the disk says nothing. */
  constructor(tree: BTree, decode: (bytes: Uint8Array) => string) {
    this.tree = tree;
    this.decode = decode;
  }

  /** EUCLEAN if there is no root folder. */
  root(): HfsNode {
    for (const record of this.tree.from(parentOrder(CNID.rootParent))) {
      if (record instanceof KernelError) throw record;
      if (parentOf(record) !== CNID.rootParent) break;
      if (record.bytes[record.data] !== RECORD.folder) continue;
      const node = parseNode(record);
      if (node.cnid === CNID.root) return node;
    }
    throw damaged('the catalog has no record for the root folder');
  }

  /** The entries of a folder in the catalog's order. A KernelError stands for what cannot be read. */
  *readdir(dir: HfsNode): Generator<Dirent<HfsNode> | KernelError, void> {
    let found = 0;
    let failures = 0;
    let skipped = 0;
    for (const record of this.tree.from(parentOrder(dir.cnid))) {
      if (record instanceof KernelError) {
        failures += 1;
        yield record;
        continue;
      }
      const parent = parentOf(record);
      if (parent > dir.cnid) break;
      if (parent < dir.cnid) {
        skipped += 1;
        if (skipped > MAX_SKIPPED)
          throw damaged('the records of the catalog are not in order', { expected: dir.cnid, found: parent });
        continue;
      }
      if (isThread(record)) continue;
      found += 1;
      yield this.direntOf(record);
    }
    if (found < dir.valence && failures === 0) {
      const missing = dir.valence - found;
      yield damaged(`${missing} of the folder's entries are missing from the catalog`, {
        expected: dir.valence,
        found,
      });
    }
  }

  /** HFS ignores case, and shows a name as it was given. */
  foldName(name: string): string {
    return name.toLowerCase();
  }

  private direntOf(record: LeafRecord): Dirent<HfsNode> | KernelError {
    try {
      const node = parseNode(record);
      return { name: swapSeparators(this.decode(nameBytes(record))), fileid: node.cnid, type: node.type, node };
    } catch (error) {
      return asKernelError(error);
    }
  }
}

/** Before the first record of a folder: only the parent counts, so that the order of names need not be known. */
function parentOrder(parent: number): KeyOrder {
  return (bytes, at) => {
    const other = u32be(bytes, at + 2);
    return other < parent ? -1 : 1;
  };
}

function parentOf(record: LeafRecord): number {
  return u32be(record.bytes, record.key + 2);
}

function isThread(record: LeafRecord): boolean {
  const type = record.bytes[record.data];
  return type === RECORD.folderThread || type === RECORD.fileThread;
}

function nameBytes(record: LeafRecord): Uint8Array {
  const { bytes, key } = record;
  const length = bytes[key + 6];
  if (length > CLASSIC_NAME_MAX || length + 6 > bytes[key])
    throw damaged('a name in the catalog is longer than its key', {
      expected: `up to ${CLASSIC_NAME_MAX}`,
      found: length,
    });
  return bytes.subarray(key + 7, key + 7 + length);
}

function parseNode(record: LeafRecord): HfsNode {
  const type = record.bytes[record.data];
  const isFolder = type === RECORD.folder;
  if (!isFolder && type !== RECORD.file) throw damaged('a catalog record is of an unknown type', { found: type });
  const needed = isFolder ? FOLDER_BYTES : FILE_BYTES;
  if (record.end - record.data < needed)
    throw damaged('a catalog record is cut off', { expected: needed, found: record.end - record.data });
  return isFolder ? folderNode(record) : fileNode(record);
}

function folderNode({ bytes, data: at }: LeafRecord): HfsNode {
  const cnid = u32be(bytes, at + 6);
  const node = commonNode(cnid, bytes, at + 10);
  return {
    ...node,
    type: 'dir',
    valence: u16be(bytes, at + 4),
    finderInfo: finderInfoOf(bytes, at + 22, 32),
  };
}

function fileNode({ bytes, data: at }: LeafRecord): HfsNode {
  const cnid = u32be(bytes, at + 20);
  const isLocked = (bytes[at + 2] & FILE_LOCKED) !== 0;
  return {
    ...commonNode(cnid, bytes, at + 44),
    mode: isLocked ? READ_ONLY_MODE : null,
    catalogFlags: isLocked ? CATALOG_FLAG.locked : 0,
    finderInfo: finderInfoOf(bytes, at + 4, 16, at + 56),
    data: forkOf(bytes, cnid, FORK.data, at + 26, at + 74),
    resource: forkOf(bytes, cnid, FORK.resource, at + 36, at + 86),
  };
}

/** Dates of creation, last change and backup follow each other. */
function commonNode(cnid: number, bytes: Uint8Array, datesAt: number): HfsNode {
  return {
    cnid,
    type: 'file',
    mode: null,
    uid: null,
    gid: null,
    nlink: null,
    rdev: null,
    created: localDate(bytes, datesAt),
    modified: localDate(bytes, datesAt + 4),
    changed: null,
    accessed: null,
    backedUp: localDate(bytes, datesAt + 8),
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

/** HFS records the wall clock. */
function localDate(bytes: Uint8Array, at: number): Timespec | null {
  const sec = macSeconds(u32be(bytes, at));
  return sec === null ? null : { sec, nsec: 0, local: true };
}

/** Logical length at `lengthAt`, the first three extents at `extentsAt`. */
function forkOf(bytes: Uint8Array, cnid: number, type: number, lengthAt: number, extentsAt: number): Fork {
  const extents = parseClassicExtents(bytes, extentsAt);
  return {
    cnid,
    type,
    size: u32be(bytes, lengthAt),
    totalBlocks: extents.reduce((sum, e) => sum + e.count, 0),
    extents,
  };
}
