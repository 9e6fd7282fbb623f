/** Folders of the host for the interface's own chooser, where there are no native dialogs (browser shell). */

import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { HostFolder } from '../contract.ts';
import { texts } from '../texts.ts';
import { refused } from './problems.ts';

/** More entries than anybody looks through. */
const MAX_ENTRIES = 5000;

/** The entries of a folder of the user, folders first. Throws RequestError. */
export function listHostFolder(path: string | null): HostFolder {
  const folder = resolve(path ?? homedir());
  if (path !== null && !isAbsolute(path)) throw refused(texts().failures.folderNotWhole);
  const names = namesIn(folder);
  const entries = names.slice(0, MAX_ENTRIES).map((name) => entryOf(folder, name));
  entries.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || compare.compare(a.name, b.name));
  return { path: folder, parent: dirname(folder) === folder ? null : dirname(folder), entries };
}

export function createHostFolder(path: string): HostFolder {
  if (!isAbsolute(path)) throw refused(texts().failures.folderNotWhole);
  try {
    mkdirSync(path);
  } catch (error) {
    throw refused(texts().failures.folderNotMade, error instanceof Error ? error.message : null);
  }
  return listHostFolder(path);
}

const compare = new Intl.Collator(undefined, { numeric: true });

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw refused(texts().failures.folderUnreadable, error instanceof Error ? error.message : null);
  }
}

function entryOf(folder: string, name: string): HostFolder['entries'][number] {
  try {
    const stats = statSync(join(folder, name));
    const isFolder = stats.isDirectory();
    return { name, isFolder, sizeBytes: isFolder ? null : stats.size };
  } catch {
    // A dangling link, or one that may not be looked at.
    return { name, isFolder: false, sizeBytes: null };
  }
}
