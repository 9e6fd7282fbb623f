/** A walk through a file hierarchy, after fts(3): every entry below a directory, each directory before what is in it. */

import { asKernelError, damaged, KernelError, removedError, requestError } from '../errno.ts';
import type { Mount, Vnode } from './mount.ts';
import type { Dirent } from './vnode.ts';

/** How deep a walk goes: no path of allowed length (namei.ts) is deeper than half its characters, and sane trees stay below 100. */
const MAX_DEPTH = 1024;

export interface FtsEntry {
  /** Below the start, '/'-separated, without a leading '/'; '' for a failure of the start itself. */
  path: string;
  /** 1 for entries of the start. */
  depth: number;
  /** null where the entry's own attributes cannot be read: then `failure` says why. */
  vnode: Vnode | null;
  failure: KernelError | null;
}

interface Level {
  prefix: string;
  entries: Generator<Dirent | KernelError, void>;
}

/**
 * Walks below `start`. A failure is yielded under the path it concerns and the walk goes on; only ENXIO (the medium is gone) is thrown.
 * A directory that was met before (a loop, or a second parent, in a damaged file system) is yielded with a failure and not entered again: so the
 * walk ends after at most as many directories as the medium holds. `skip` says which directories are not entered.
 */
export function* fts(
  mount: Mount,
  start: Vnode,
  enter: (entry: FtsEntry) => boolean = () => true,
): Generator<FtsEntry, void> {
  if (start.attr.type !== 'dir') throw requestError('ENOTDIR', 'not a directory');
  const seen = new Set<number>([start.attr.fileid]);
  const levels: Level[] = [{ prefix: '', entries: mount.readdir(start) }];
  while (levels.length > 0) {
    const level = levels[levels.length - 1];
    const next = level.entries.next();
    if (next.done) {
      levels.pop();
      continue;
    }
    const item = next.value;
    if (item instanceof KernelError) {
      yield { path: level.prefix.slice(0, -1), depth: levels.length, vnode: null, failure: item };
      continue;
    }
    const entry = entryOf(mount, item, level.prefix, levels.length);
    const isDir = entry.vnode?.attr.type === 'dir';
    if (isDir && entry.vnode !== null) {
      if (seen.has(entry.vnode.attr.fileid))
        entry.failure = damaged('this directory stands in the tree more than once');
      else if (levels.length >= MAX_DEPTH)
        entry.failure = damaged('directories are nested too deep', { found: levels.length });
      else seen.add(entry.vnode.attr.fileid);
    }
    yield entry;
    if (isDir && entry.vnode !== null && entry.failure === null && enter(entry)) {
      levels.push({ prefix: `${entry.path}/`, entries: mount.readdir(entry.vnode) });
    }
  }
}

function entryOf(mount: Mount, item: Dirent, prefix: string, depth: number): FtsEntry {
  const path = prefix + item.name;
  try {
    return { path, depth, vnode: mount.vnodeOf(item), failure: null };
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw removedError();
    return { path, depth, vnode: null, failure };
  }
}
