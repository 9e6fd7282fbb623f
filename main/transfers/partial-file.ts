/**
 * A file in the target while it is not whole: under a partial name, created by us alone, and moved to its final name without overwriting anything
 * that the user has not agreed to.
 */

import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  lstatSync,
  openSync,
  renameSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { errorCode } from '../host-error.ts';
import { moveUnlessTaken } from './final-name.ts';
import { NoFreeNameError } from './no-free-name.ts';
import type { FileOrder, FileOutcome } from './orders.ts';
import { partialName } from './partial-names.ts';
import { MAX_NUMBERED_NAMES, type NameRules, shortened } from './safe-names.ts';
import type { TargetTree } from './target-tree.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;
/** Less what the user's umask takes: no execute bits, whatever the medium says. */
const FILE_MODE = 0o666;

export type TargetPlace = Pick<FileOrder, 'folder' | 'name' | 'existing' | 'mtimeMs' | 'atimeMs'>;

export interface PartialFile {
  fd: number;
  place: TargetPlace;
  partial: string;
}

/** Why the file is not to be written at all: something is there and the order refuses or cannot replace it. null: nothing stands in the way. */
export function obstacle(tree: TargetTree, place: TargetPlace): FileOutcome | null {
  if (place.existing === 'rename') return null;
  const stats = lstatSync(tree.entryPath(place.folder, place.name), { throwIfNoEntry: false });
  if (stats === undefined) return null;
  const isFolder = stats.isDirectory();
  if (place.existing === 'refuse')
    return { outcome: 'conflict', existing: { sizeBytes: stats.size, mtimeMs: stats.mtimeMs, isFolder } };
  if (!isFolder) return null;
  const message = 'a folder with this name is there';
  return { outcome: 'failed', failure: { side: 'target', message, code: 'EISDIR', reason: null, mediumOffset: null } };
}

export function createPartial(tree: TargetTree, place: TargetPlace): PartialFile {
  const partial = partialName();
  const flags = O_CREAT | O_EXCL | O_RDWR | (O_NOFOLLOW ?? 0);
  const fd = openSync(tree.entryPath(place.folder, partial), flags, FILE_MODE);
  return { fd, place, partial };
}

/** Dates that the host's file system cannot hold are left out. */
export function setTimes(fd: number, place: Pick<FileOrder, 'mtimeMs' | 'atimeMs'>): void {
  const mtimeMs = place.mtimeMs ?? place.atimeMs;
  if (mtimeMs === null) return;
  try {
    futimesSync(fd, (place.atimeMs ?? mtimeMs) / 1000, mtimeMs / 1000);
  } catch {
    // The content is what was asked for; a date is not worth failing the file.
  }
}

/** Closes the file and gives it its final name. Its content is on the disk already. `mtimeMs`, `own`: see FileOutcome. */
export function publish(
  tree: TargetTree,
  file: PartialFile,
  rules: NameRules,
): Pick<Extract<FileOutcome, { outcome: 'copied' }>, 'writtenAs' | 'mtimeMs' | 'own'> {
  const { mtimeMs, dev, ino } = fstatSync(file.fd);
  closeSync(file.fd);
  const own = file.place.existing === 'overwrite' ? null : { dev, ino };
  return { writtenAs: moveToFinalName(tree, file.place, file.partial, rules), mtimeMs, own };
}

/** Closes and removes what is not to stay. */
export function discard(tree: TargetTree, file: PartialFile): void {
  closeSync(file.fd);
  remove(tree, file.place.folder, file.partial);
}

/** A symbolic link with this target, under the same rules. Its creation is one step and needs no partial name, except to replace something. */
export function placeSymlink(tree: TargetTree, place: TargetPlace, target: string, rules: NameRules): string {
  if (place.existing === 'overwrite') {
    const partial = partialName();
    symlinkSync(target, tree.entryPath(place.folder, partial));
    return moveToFinalName(tree, place, partial, rules);
  }
  return underFreeName(place.name, rules, (name) => createSymlink(target, tree.entryPath(place.folder, name)));
}

/** false: the name is taken. */
function createSymlink(target: string, path: string): boolean {
  try {
    symlinkSync(target, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** `name`, or the first of its numbered forms for which `take` is true. */
function underFreeName(name: string, rules: NameRules, take: (name: string) => boolean): string {
  for (let number = 1; number <= MAX_NUMBERED_NAMES; number++) {
    const numbered = number === 1 ? name : shortened(name, rules, ` (${number})`);
    if (take(numbered)) return numbered;
  }
  throw new NoFreeNameError('there are too many files with this name');
}

function moveToFinalName(tree: TargetTree, place: TargetPlace, partial: string, rules: NameRules): string {
  try {
    if (place.existing === 'overwrite') {
      renameSync(tree.entryPath(place.folder, partial), tree.entryPath(place.folder, place.name));
      return place.name;
    }
    // What appeared since `refuse` was checked is not overwritten either: the file then gets a number.
    return underFreeName(place.name, rules, (name) =>
      moveUnlessTaken(tree.entryPath(place.folder, partial), tree.entryPath(place.folder, name)),
    );
  } catch (error) {
    remove(tree, place.folder, partial);
    throw error;
  }
}

function remove(tree: TargetTree, folder: number, name: string): void {
  try {
    unlinkSync(tree.entryPath(folder, name));
  } catch {
    // Gone, or its folder is: nothing is left to be removed.
  }
}
