/** The catalog of HFS Plus: lookups, listings, and the way through hard links (TN1150, "Catalog File", "Hard Links"). */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
import { u16be, u32be } from '../../rump/vfs/bytes.ts';
import type { Dirent } from '../../rump/vfs/vnode.ts';
import type { BTree, KeyOrder, LeafRecord, LeafSpan } from './btree.ts';
import {
  type CatalogEntry,
  type HardLink,
  linkCount,
  nameOf,
  parentOf,
  parseEntry,
  type RecordRules,
  recordType,
} from './catalogrecord.ts';
import { CNID, RECORD } from './format.ts';
import type { HfsNode } from './hfsnode.ts';
import { compareBinary, compareFolded, composed, decomposed, swapSeparators } from './unicode.ts';

/** Where the files and folders are to which hard links lead: hidden folders in the root. */
const FILE_LINK_FOLDER = '\0\0\0\0HFS+ Private Data';
const FOLDER_LINK_FOLDER = '.HFS+ Private Directory Data\r';

/** A longer name than any that fits into a key is in no folder. */
const MAX_UNITS = 255;

interface PrivateFolder {
  cnid: number;
  created: number;
}

export interface CatalogOptions extends RecordRules {
  /** Names are compared by their units' numbers: HFSX that says so. */
  binary: boolean;
  /** Show names as they are stored. */
  nodecompose: boolean;
}

/** Records before a folder's first are few in a sane tree; where an index is damaged, or everything is out of order, no more are looked at in one step. */
export const MAX_SKIPPED = 100_000;

/** What was met of a folder so far, and the entries of the last leaf. */
interface Collected {
  items: Array<Dirent<HfsNode> | KernelError>;
  skipped: number;
  found: number;
  failures: number;
  ended: boolean;
}

export class Catalog {
  private readonly tree: BTree;
  private readonly options: CatalogOptions;
  private readonly compareNames: typeof compareBinary;
  /** undefined: not looked for yet. */
  private readonly privateFolders: { file?: PrivateFolder | null; folder?: PrivateFolder | null } = {};
  private rootCreated = 0;

  constructor(tree: BTree, options: CatalogOptions) {
    this.tree = tree;
    this.options = options;
    this.compareNames = options.binary ? compareBinary : compareFolded;
  }

  /** The root folder and the volume's name. EUCLEAN if either is missing. */
  root(): { node: HfsNode; name: string } {
    const thread = this.tree.find(this.order(CNID.root, ''));
    if (thread === null || recordType(thread) !== RECORD.folderThread)
      throw damaged('the catalog has no thread record for the root folder');
    const name = threadName(thread);
    const record = this.tree.find(this.order(CNID.rootParent, name));
    if (record === null) throw damaged('the catalog has no record for the root folder');
    const { node } = parseEntry(record, this.options);
    if (node.type !== 'dir' || node.cnid !== CNID.root) throw damaged('the root of the catalog is not a folder');
    this.rootCreated = u32be(record.bytes, record.data + 12);
    return { node, name: this.shown(name) };
  }

  /** The entry under this name, or null. */
  lookup(dir: HfsNode, name: string): Dirent<HfsNode> | null {
    const stored = swapSeparators(name);
    if (stored.length > MAX_UNITS * 2) return null;
    const forms = new Set(this.options.nodecompose ? [stored] : [decomposed(stored), stored]);
    for (const form of forms) {
      if (form.length > MAX_UNITS || this.isHidden(dir.cnid, form)) continue;
      const record = this.tree.find(this.order(dir.cnid, form));
      if (record !== null) return this.direntOf(record);
    }
    return forms.size > 1 ? this.lookupShown(dir, name) : null;
  }

  /** The entries of a folder in the catalog's order. A KernelError stands for what cannot be read. */
  *readdir(dir: HfsNode): Generator<Dirent<HfsNode> | KernelError, void> {
    const collected: Collected = { items: [], skipped: 0, found: 0, failures: 0, ended: false };
    for (const span of this.tree.leavesFrom(this.order(dir.cnid, ''))) {
      if (span instanceof KernelError) {
        collected.failures += 1;
        yield span;
        continue;
      }
      this.collect(dir.cnid, span, collected);
      for (const item of collected.items) yield item;
      if (collected.ended) break;
    }
    const { found, failures } = collected;
    if (found < dir.valence && failures === 0) {
      const missing = dir.valence - found;
      yield damaged(`${missing} of the folder's entries are missing from the catalog`, {
        expected: dir.valence,
        found,
      });
    }
  }

  /** The entries in a leaf. Not part of the generator, because V8 optimises a plain loop much earlier. */
  private collect(parent: number, { node, first }: LeafSpan, collected: Collected): void {
    collected.items.length = 0;
    for (let index = first; index < node.records; index++) {
      const record = this.tree.record(node, index);
      if (record instanceof KernelError) {
        collected.failures += 1;
        collected.items.push(record);
        continue;
      }
      const owner = parentOf(record);
      if (owner > parent) {
        collected.ended = true;
        return;
      }
      if (owner < parent) {
        collected.skipped += 1;
        if (collected.skipped > MAX_SKIPPED)
          throw damaged('the records of the catalog are not in order', { expected: parent, found: owner });
        continue;
      }
      if (isThread(record)) continue;
      collected.found += 1;
      const entry = this.listed(parent, record);
      if (entry !== null) collected.items.push(entry);
    }
  }

  /** null: hidden. */
  private listed(parent: number, record: LeafRecord): Dirent<HfsNode> | KernelError | null {
    try {
      if (parent === CNID.root && this.isHidden(parent, nameOf(record))) return null;
      return this.direntOf(record);
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind === 'removed') throw failure;
      return failure;
    }
  }

  private isHidden(parent: number, name: string): boolean {
    return parent === CNID.root && (name === FILE_LINK_FOLDER || name === FOLDER_LINK_FOLDER);
  }

  private direntOf(record: LeafRecord): Dirent<HfsNode> {
    const node = this.resolved(parseEntry(record, this.options));
    return { name: this.shown(nameOf(record)), fileid: node.cnid, type: node.type, node };
  }

  private shown(stored: string): string {
    return swapSeparators(this.options.nodecompose ? stored : composed(stored));
  }

  /** For names that are stored neither composed nor decomposed, but in between: by looking at them all. */
  private lookupShown(dir: HfsNode, name: string): Dirent<HfsNode> | null {
    const wanted = composed(name);
    let failure: KernelError | null = null;
    for (const entry of this.readdir(dir)) {
      if (entry instanceof KernelError) failure = entry;
      else if (entry.name === wanted || entry.name === name) return entry;
    }
    if (failure !== null) throw failure;
    return null;
  }

  /** The file or folder to which a hard link leads. EUCLEAN if it leads nowhere. */
  private resolved({ node, link }: CatalogEntry): HfsNode {
    if (link === null) return node;
    const folder = this.privateFolder(link.kind);
    const target = folder === null ? null : this.linkTarget(link, folder);
    if (target !== null) return { ...target, linkCnid: node.cnid };
    // Type and creator alone are only what somebody may have given to a file.
    if (folder === null || !this.isDatedAsLink(link, folder)) return node;
    throw damaged('a hard link leads to nothing', { expected: `number ${link.inode} in the private folder` });
  }

  private linkTarget(link: HardLink, folder: PrivateFolder): HfsNode | null {
    const name = `${link.kind === 'file' ? 'iNode' : 'dir_'}${link.inode}`;
    const record = this.tree.find(this.order(folder.cnid, name));
    if (record === null) return null;
    const entry = parseEntry(record, this.options);
    if (entry.link !== null || (entry.node.type === 'dir') !== (link.kind === 'folder')) return null;
    if (link.kind === 'file') entry.node.nlink = linkCount(record);
    return entry.node;
  }

  private isDatedAsLink(link: HardLink, folder: PrivateFolder): boolean {
    return link.created === folder.created || link.created === this.rootCreated;
  }

  private privateFolder(kind: HardLink['kind']): PrivateFolder | null {
    let folder = this.privateFolders[kind];
    if (folder === undefined) {
      const name = kind === 'file' ? FILE_LINK_FOLDER : FOLDER_LINK_FOLDER;
      const record = this.tree.find(this.order(CNID.root, name));
      folder =
        record === null || recordType(record) !== RECORD.folder
          ? null
          : { cnid: u32be(record.bytes, record.data + 8), created: u32be(record.bytes, record.data + 12) };
      this.privateFolders[kind] = folder;
    }
    return folder;
  }

  private order(parent: number, name: string): KeyOrder {
    const { compareNames } = this;
    return (bytes, at) => {
      const other = u32be(bytes, at + 2);
      if (other !== parent) return other < parent ? -1 : 1;
      return compareNames(bytes, at + 8, Math.min(u16be(bytes, at + 6), MAX_UNITS), name);
    };
  }
}

function isThread(record: LeafRecord): boolean {
  const type = recordType(record);
  return type === RECORD.folderThread || type === RECORD.fileThread;
}

/** The name in a thread record: that of the folder or file whose id is in its key. */
function threadName(record: LeafRecord): string {
  const { bytes, data, end } = record;
  const count = u16be(bytes, data + 8);
  if (count > MAX_UNITS || data + 10 + 2 * count > end) throw damaged('a thread record of the catalog is cut off');
  let name = '';
  for (let i = 0; i < count; i++) name += String.fromCharCode(u16be(bytes, data + 10 + 2 * i));
  return name;
}
