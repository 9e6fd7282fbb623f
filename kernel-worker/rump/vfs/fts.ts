/** A walk through a file hierarchy, after fts(3): every entry below a directory, each directory before what is in it. */

import { asKernelError, damaged, KernelError, removedError, requestError } from '../errno.ts';
import type { Mount, Vnode } from './mount.ts';
import { MAX_PATH_LENGTH } from './namei.ts';
import { bytesFromName } from './names.ts';
import type { Dirent } from './vnode.ts';

/** How deep a walk goes: no path of allowed length (namei.ts) is deeper than half its characters, and sane trees stay below 100. */
const MAX_DEPTH = 1024;

export interface FtsEntry {
  /** Below the start, '/'-separated, without a leading '/'; '' for a failure of the start itself. */
  path: string;
  /** The path's last part. */
  name: string;
  /** 1 for entries of the start. */
  depth: number;
  /** null where the entry's own attributes cannot be read: then `failure` says why; or where nobody wants them (`namesOnly`, `passBy`). */
  vnode: Vnode | null;
  failure: KernelError | null;
}

/** A directory whose entries are being given out. */
interface Level {
  /** Below the start, and its last part; both '' of the start. */
  path: string;
  name: string;
  /** The next entry; a directory that was given out and is to be entered now; null at the end. */
  next(): Dirent | KernelError | FtsEntry | null;
  /** To be entered: at once, or where its turn comes in a sorted walk. */
  enter(entry: FtsEntry): void;
}

export interface FtsOptions {
  /** Says which directories are entered; all, if left out. */
  enter?: (entry: FtsEntry) => boolean;
  /** Gives the entries in the order of their paths' bytes, as fts_open(3) does with a comparison. Takes memory for the entries of one directory at each depth. */
  sorted?: boolean;
  /** Does not look at what the directory itself says is none, as FTS_NOSTAT of fts_open(3): a walk of an ext4 then reads no inode of a file. */
  namesOnly?: boolean;
  /** Says of names that what the directory itself says is none is not looked at, as with `namesOnly`. */
  passBy?: (name: string) => boolean;
}

/**
 * Walks below `start`. A failure is yielded under the path it concerns and the walk goes on; only ENXIO (the medium is gone) is thrown.
 * A directory that was met before (a loop, or a second parent, in a damaged file system) is yielded with a failure and not entered again: so the
 * walk ends after at most as many directories as the medium holds.
 */
export function* fts(mount: Mount, start: Vnode, options: FtsOptions = {}): Generator<FtsEntry, void> {
  if (start.attr.type !== 'dir') throw requestError('ENOTDIR', 'not a directory');
  const enter = options.enter ?? (() => true);
  const levelOf = (dir: Vnode, path: string, name: string) =>
    options.sorted ? new SortedLevel(mount, dir, path, name) : new PlainLevel(mount, dir, path, name);
  const seen = new Set<number>([start.attr.fileid]);
  const levels: Level[] = [levelOf(start, '', '')];
  while (levels.length > 0) {
    const level = levels[levels.length - 1];
    const item = level.next();
    if (item === null) {
      levels.pop();
      continue;
    }
    if (item instanceof KernelError) {
      yield { path: level.path, name: level.name, depth: levels.length, vnode: null, failure: item };
      continue;
    }
    if ('path' in item) {
      if (item.vnode !== null) levels.push(levelOf(item.vnode, item.path, item.name));
      continue;
    }
    const { name } = item;
    const path = level.path === '' ? name : `${level.path}/${name}`;
    if (isNoDirectory(item) && (options.namesOnly || options.passBy?.(name))) {
      yield { path, name, depth: levels.length, vnode: null, failure: null };
      continue;
    }
    const entry = entryOf(mount, item, path, levels.length);
    const isDir = entry.vnode?.attr.type === 'dir';
    if (isDir && entry.vnode !== null) {
      if (seen.has(entry.vnode.attr.fileid))
        entry.failure = damaged('this directory stands in the tree more than once');
      else if (levels.length >= MAX_DEPTH)
        entry.failure = damaged('directories are nested too deep', { found: levels.length });
      else if (path.length > MAX_PATH_LENGTH)
        entry.failure = damaged('the path of this directory is too long', { found: path.length });
      else seen.add(entry.vnode.attr.fileid);
    }
    yield entry;
    if (isDir && entry.failure === null && enter(entry)) level.enter(entry);
  }
}

function isNoDirectory(item: Dirent): boolean {
  return item.noDirectory || (item.type !== null && item.type !== 'dir');
}

class PlainLevel implements Level {
  readonly path: string;
  readonly name: string;
  private readonly entries: Generator<Dirent | KernelError, void>;
  private entered: FtsEntry | null = null;

  constructor(mount: Mount, dir: Vnode, path: string, name: string) {
    this.path = path;
    this.name = name;
    this.entries = mount.readdir(dir);
  }

  next(): Dirent | KernelError | FtsEntry | null {
    const { entered } = this;
    if (entered !== null) {
      this.entered = null;
      return entered;
    }
    return this.entries.next().value ?? null;
  }

  enter(entry: FtsEntry): void {
    this.entered = entry;
  }
}

/** Failures first, then the names in order. What is in a directory 'a' comes where 'a/' would stand: behind 'a b', and before 'a0'. */
class SortedLevel implements Level {
  readonly path: string;
  readonly name: string;
  private readonly failures: KernelError[] = [];
  private failuresGiven = 0;
  private readonly entries: Dirent[] = [];
  private readonly compare: (a: string, b: string) => number;
  private at = 0;
  /** To be entered, the last one first: each was given out between an earlier one's name and that name with its '/'. */
  private readonly waiting: Array<{ key: string; entry: FtsEntry }> = [];

  constructor(mount: Mount, dir: Vnode, path: string, name: string) {
    this.path = path;
    this.name = name;
    for (const item of mount.readdir(dir)) {
      if (item instanceof KernelError) this.failures.push(item);
      else this.entries.push(item);
    }
    const compare = nameOrder(this.entries, mount.info.nameEncoding);
    this.compare = compare;
    this.entries.sort((a, b) => compare(a.name, b.name));
  }

  next(): Dirent | KernelError | FtsEntry | null {
    if (this.failuresGiven < this.failures.length) {
      this.failuresGiven += 1;
      return this.failures[this.failuresGiven - 1];
    }
    const entry = this.at < this.entries.length ? this.entries[this.at] : null;
    const waiting = this.waiting[this.waiting.length - 1];
    if (waiting !== undefined && (entry === null || this.compare(waiting.key, entry.name) < 0)) {
      this.waiting.pop();
      return waiting.entry;
    }
    this.at += 1;
    return entry;
  }

  enter(entry: FtsEntry): void {
    this.waiting.push({ key: `${this.entries[this.at - 1].name}/`, entry });
  }
}

const SURROGATE = /[\ud800-\udfff]/;

/** The order of the names' bytes. Names without surrogates compare as their bytes do: in UTF-8 as in UTF-16, a greater character is a greater sequence. */
function nameOrder(entries: readonly Dirent[], encoding: 'bytes' | 'utf16'): (a: string, b: string) => number {
  if (!entries.some(({ name }) => SURROGATE.test(name))) return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => compareBytes(bytesFromName(a, encoding), bytesFromName(b, encoding));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

function entryOf(mount: Mount, item: Dirent, path: string, depth: number): FtsEntry {
  const { name } = item;
  try {
    return { path, name, depth, vnode: mount.vnodeOf(item), failure: null };
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw removedError();
    return { path, name, depth, vnode: null, failure };
  }
}
