/** Files that an earlier run of a copy wrote: whether they are still there as they were, so that they need not be copied again. */

import { lstatSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import type { StandingFile } from './orders.ts';
import type { TargetTree } from './target-tree.ts';

/** Some file systems keep times in steps of so much. */
const TIME_STEP_MS = 2000;

/** Nothing is looked at through a symbolic link that somebody put in the place of a folder. */
export function standsThere(tree: TargetTree, files: readonly StandingFile[]): boolean[] {
  const folders = new Map<string, boolean>([['.', true]]);
  const isFolder = (path: string): boolean => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const is = isFolder(dirname(path)) && (statsOf(tree, path)?.isDirectory() ?? false);
    folders.set(path, is);
    return is;
  };
  return files.map(({ path, sizeBytes, mtimeMs }) => {
    if (!isFolder(dirname(path))) return false;
    const stats = statsOf(tree, path);
    if (stats === undefined || !stats.isFile()) return false;
    return stats.size === sizeBytes && Math.abs(stats.mtimeMs - mtimeMs) <= TIME_STEP_MS;
  });
}

function statsOf(tree: TargetTree, path: string) {
  return lstatSync(`${tree.path(0)}/${path}`, { throwIfNoEntry: false });
}
