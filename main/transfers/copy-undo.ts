/**
 * Taking a copy back: the files that it made itself, replaced nothing with, and that nobody has changed or moved since go to the system's trash; then the
 * folders that it made go, where they are empty. Whatever else is there stays, and is counted.
 */

import { lstatSync, realpathSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileIdentity } from '../../kernel-worker/contract.ts';

/** A file that a copy made, as it was when it got its name. */
export interface OwnFile {
  /** Below the target. */
  writtenAs: string;
  sizeBytes: number;
  mtimeMs: number;
  identity: FileIdentity;
}

/** Puts these files into the system's trash. Throws where it cannot; some may be there then. */
export type Trash = (paths: readonly string[]) => Promise<void>;

export interface Undone {
  trashed: number;
  left: number;
  /** What the system said when it refused. */
  problem: string | null;
}

/** Files looked at just before they go together: little time for anybody to change one in between, and what goes can be had back. */
const BATCH_FILES = 50;

/** `folders`: those that the copy made, below the target. Does not throw. */
export async function undoCopy(
  target: string,
  files: readonly OwnFile[],
  folders: readonly string[],
  trash: Trash,
): Promise<Undone> {
  const root = realPathOf(target);
  let trashed = 0;
  let problem: string | null = null;
  for (let at = 0; root !== null && problem === null && at < files.length; at += BATCH_FILES) {
    const batch = files.slice(at, at + BATCH_FILES).filter((file) => isAsWritten(root, file));
    if (batch.length === 0) continue;
    try {
      await trash(batch.map(({ writtenAs }) => join(root, writtenAs)));
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    trashed += batch.filter((file) => !isAsWritten(root, file)).length;
  }
  if (root !== null) removeEmpty(root, folders);
  return { trashed, left: files.length - trashed, problem };
}

/** Not through a link that somebody put in the place of a folder meanwhile. */
function isAsWritten(root: string, { writtenAs, sizeBytes, mtimeMs, identity }: OwnFile): boolean {
  const path = join(root, writtenAs);
  if (realPathOf(dirname(path)) !== dirname(path)) return false;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) return false;
  const isSame = stats.dev === identity.dev && stats.ino === identity.ino;
  return isSame && stats.size === sizeBytes && stats.mtimeMs === mtimeMs;
}

/** The deepest first. */
function removeEmpty(root: string, folders: readonly string[]): void {
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    const path = join(root, folder);
    try {
      if (realPathOf(path) === path) rmdirSync(path);
    } catch {
      // Something else is in it.
    }
  }
}

function realPathOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
