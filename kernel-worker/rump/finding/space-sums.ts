/** What takes the space of a volume: the sum of every folder, and the largest files in each, by one walk in slices. Counts as du(1) does. */

import type { SpaceNode, SpacePlace, SpaceProgress, SpaceView } from '../../contract.ts';
import { requestError } from '../errno.ts';
import { type FtsEntry, fts } from '../vfs/fts.ts';
import type { Mount } from '../vfs/mount.ts';
import type { Vattr } from '../vfs/vnode.ts';

const SLICE_MS = 25;
const CLOCK_STEP = 64;
/** What is remembered, some 60 MB at most. What is beyond counts in the sum of the folder above, without a name of its own. */
const MAX_FOLDERS = 100_000;
const MAX_KEPT_FILES = 400_000;
const MAX_LINKED = 500_000;
/** The list of the largest below any folder is exact by this. */
const LARGEST = 100;
/** A picture of more has parts too small to be seen: its nodes, its depth, and the share of the whole that a part has at least. */
const MAX_NODES = 1500;
const MAX_DEPTH = 4;
const MIN_SHARE = 1 / 2500;

interface FileSum {
  name: string;
  bytes: number;
}

interface FolderSum {
  name: string;
  parent: FolderSum | null;
  /** With everything below, and what the directory itself takes. */
  bytes: number;
  files: number;
  folders: FolderSum[];
  /** The largest files directly in it, the largest first. */
  largest: FileSum[];
}

export class SpaceSums {
  private readonly entries: Generator<FtsEntry, void>;
  private readonly top: FolderSum;
  /** The folders from the top to where the walk is; one that is not remembered stands as the folder above it. */
  private readonly open: FolderSum[];
  private readonly linked = new Set<number>();
  private readonly progress: SpaceProgress = {
    files: 0,
    folders: 0,
    bytes: 0,
    failures: 0,
    limited: false,
    end: false,
  };
  private folderCount = 1;
  private keptFiles = 0;

  constructor(mount: Mount) {
    const { root } = mount;
    const own = takenBytes(root.attr);
    this.top = { name: '', parent: null, bytes: own, files: 0, folders: [], largest: [] };
    this.open = [this.top];
    this.progress.bytes = own;
    this.entries = fts(mount, root);
  }

  /** Goes on for a slice. ENXIO if the medium is gone. */
  read(): SpaceProgress {
    const until = performance.now() + SLICE_MS;
    for (let looked = 1; !this.progress.end; looked++) {
      const next = this.entries.next();
      if (next.done) {
        this.leaveDownTo(1);
        this.progress.end = true;
      } else {
        this.count(next.value);
        if (looked % CLOCK_STEP === 0 && performance.now() > until) break;
      }
    }
    return { ...this.progress };
  }

  private count({ name, depth, vnode, failure }: FtsEntry): void {
    if (failure !== null) this.progress.failures += 1;
    if (vnode === null) return;
    this.leaveDownTo(depth);
    const { attr } = vnode;
    const isFolder = attr.type === 'dir';
    if (!isFolder && this.isCounted(attr)) return;
    const bytes = takenBytes(attr);
    this.progress.bytes += bytes;
    const folder = this.open[this.open.length - 1];
    if (isFolder && failure === null) {
      this.progress.folders += 1;
      this.enter(folder, name, bytes);
    } else {
      this.progress.files += 1;
      folder.bytes += bytes;
      folder.files += 1;
      this.keep(folder, name, bytes);
    }
  }

  /** Whether another name of this file was counted. */
  private isCounted({ nlink, fileid }: Vattr): boolean {
    if ((nlink ?? 1) <= 1) return false;
    if (this.linked.has(fileid)) return true;
    if (this.linked.size < MAX_LINKED) this.linked.add(fileid);
    else this.progress.limited = true;
    return false;
  }

  private enter(parent: FolderSum, name: string, bytes: number): void {
    if (this.folderCount >= MAX_FOLDERS) {
      this.progress.limited = true;
      parent.bytes += bytes;
      this.open.push(parent);
      return;
    }
    this.folderCount += 1;
    const folder: FolderSum = { name, parent, bytes, files: 0, folders: [], largest: [] };
    parent.folders.push(folder);
    this.open.push(folder);
  }

  private leaveDownTo(depth: number): void {
    while (this.open.length > depth) {
      const left = this.open.pop();
      const above = this.open[this.open.length - 1];
      if (left === undefined || above === undefined || left === above) continue;
      above.bytes += left.bytes;
      above.files += left.files;
    }
  }

  private keep({ largest }: FolderSum, name: string, bytes: number): void {
    if (largest.length >= LARGEST) {
      if (bytes <= largest[largest.length - 1].bytes) return;
      largest.pop();
      this.keptFiles -= 1;
    }
    if (this.keptFiles >= MAX_KEPT_FILES) {
      this.progress.limited = true;
      return;
    }
    insertByBytes(largest, { name, bytes });
    this.keptFiles += 1;
  }

  /** A folder as a picture and a list, once the walk has ended. ENOENT, and EINVAL before that. */
  view(path: string): SpaceView {
    if (!this.progress.end) throw requestError('EINVAL', 'the sums are not complete yet');
    const folder = this.folderAt(path);
    const files: Array<SpacePlace & { parent: FolderSum }> = [];
    const folders: Array<SpacePlace & { parent: FolderSum }> = [];
    const waiting = [folder];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const file of next.largest)
        if (!insertBounded(files, { path: file.name, bytes: file.bytes, files: 1, parent: next })) break;
      for (const below of next.folders) {
        insertBounded(folders, { path: below.name, bytes: below.bytes, files: below.files, parent: next });
        waiting.push(below);
      }
    }
    const placed = ({ parent, path: name, ...sums }: SpacePlace & { parent: FolderSum }) => ({
      ...sums,
      path: `${pathOf(parent)}/${name}`,
    });
    return { node: picture(folder), largestFiles: files.map(placed), largestFolders: folders.map(placed) };
  }

  private folderAt(path: string): FolderSum {
    let folder = this.top;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const next = folder.folders.find((each) => each.name === name);
      if (next === undefined) throw requestError('ENOENT', 'no such folder in the sums');
      folder = next;
    }
    return folder;
  }
}

function takenBytes(attr: Vattr): number {
  return attr.allocatedBytes ?? attr.size;
}

function insertByBytes<Sum extends { bytes: number }>(list: Sum[], sum: Sum): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].bytes >= sum.bytes) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, sum);
}

/** false: too small for a full list. */
function insertBounded<Sum extends { bytes: number }>(list: Sum[], sum: Sum): boolean {
  if (list.length >= LARGEST && sum.bytes <= list[LARGEST - 1].bytes) return false;
  insertByBytes(list, sum);
  if (list.length > LARGEST) list.pop();
  return true;
}

/** '' for the top. */
function pathOf(folder: FolderSum): string {
  const names: string[] = [];
  for (let at: FolderSum | null = folder; at !== null && at.parent !== null; at = at.parent) names.push(at.name);
  return names
    .reverse()
    .map((name) => `/${name}`)
    .join('');
}

/** The parts of a folder that can be seen in a picture of it; each level is filled before the next one, so that the largest are there for sure. */
function picture(folder: FolderSum): SpaceNode {
  const least = Math.max(1, folder.bytes * MIN_SHARE);
  const top = nodeOf(folder);
  let level = [{ node: top, folder }];
  let count = 1;
  for (let depth = 1; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { node, folder: of } of level) {
      const parts = [
        ...of.folders.filter(({ bytes }) => bytes >= least).map((below) => ({ node: nodeOf(below), folder: below })),
        ...of.largest
          .filter(({ bytes }) => bytes >= least)
          .map(({ name, bytes }) => ({
            node: { name, kind: 'file', bytes, files: 1, children: [] } as SpaceNode,
            folder: null,
          })),
      ].sort((a, b) => b.node.bytes - a.node.bytes);
      for (const part of parts) {
        if (count >= MAX_NODES) return top;
        count += 1;
        node.children.push(part.node);
        if (part.folder !== null) next.push({ node: part.node, folder: part.folder });
      }
    }
    level = next;
  }
  return top;
}

function nodeOf({ name, bytes, files }: FolderSum): SpaceNode {
  return { name, kind: 'folder', bytes, files, children: [] };
}
