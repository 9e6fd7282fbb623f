/**
 * The folders into which a copy writes. Nothing below the target is reached through a symbolic link, whoever puts one there meanwhile: each
 * folder is opened with O_NOFOLLOW below its parent's descriptor, is remembered by device and inode number, and is refused if another stands
 * in its place. Where the host has /proc (Linux) entries are reached through the open descriptor itself, which is openat(2) in effect; elsewhere
 * through the path, with the identity of each folder on the way compared before.
 */

import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../host-error.ts';

/** Folders held open at a time, beside those in use: well below the usual limit of 1024 descriptors. */
const MAX_OPEN_FOLDERS = 64;

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;
const HAS_DESCRIPTOR_PATHS =
  process.platform === 'linux' && lstatSync('/proc/self/fd', { throwIfNoEntry: false }) !== undefined;
/** Windows opens no folders as files. */
const OPENS_FOLDERS = process.platform !== 'win32';

interface Folder {
  parent: number | null;
  name: string;
  path: string;
  dev: number;
  ino: number;
  fd: number | null;
  /** Whether this copy made it. */
  created: boolean;
}

/** Something stands where a folder should be, or was put there meanwhile. */
export class FolderInTheWayError extends Error {
  constructor(path: string) {
    super(`something that is not the expected folder stands at ${JSON.stringify(path)}`);
    this.name = 'FolderInTheWayError';
  }
}

export class TargetTree {
  private readonly folders: Folder[] = [];
  /** Numbers of folders with an open descriptor, the longest unused first. */
  private readonly open = new Set<number>();

  /** Opens `path` as folder number 0, creating it and its parents. How the user named it may go through links. */
  constructor(path: string) {
    mkdirSync(path, { recursive: true });
    const fd = OPENS_FOLDERS ? openSync(path, O_RDONLY | O_DIRECTORY) : null;
    const { dev, ino } = fd === null ? lstatSync(path) : fstatSync(fd);
    this.folders.push({ parent: null, name: '', path, dev, ino, fd, created: false });
  }

  /** A folder `name` in the folder number `parent`, created if there is none. FolderInTheWayError if it is not a folder. */
  folder(parent: number, name: string): { number: number; created: boolean } {
    const at = this.entryPath(parent, name);
    const created = makeFolder(at);
    const path = join(this.folders[parent].path, name);
    const fd = openFolder(at, path);
    const stats = fd === null ? lstatSync(at) : fstatSync(fd);
    if (!stats.isDirectory()) throw new FolderInTheWayError(path);
    const number = this.folders.push({ parent, name, path, dev: stats.dev, ino: stats.ino, fd, created }) - 1;
    if (fd !== null) this.keepOpen(number);
    return { number, created };
  }

  /** The path through which the entry `name` of a folder is to be reached now. `name` is one component. */
  entryPath(number: number, name: string): string {
    if (name === '' || name === '.' || name === '..' || name.includes('/')) throw new FolderInTheWayError(name);
    return join(this.path(number), name);
  }

  /** The path through which a folder is to be reached now; good until other folders are used. */
  path(number: number): string {
    const fd = this.descriptor(number);
    if (fd !== null && HAS_DESCRIPTOR_PATHS) return `/proc/self/fd/${fd}`;
    for (let at: number | null = number; at !== null; at = this.folders[at].parent) this.compare(at);
    return this.folders[number].path;
  }

  /** A folder's descriptor, for fsync and times; null on Windows. */
  descriptor(number: number): number | null {
    const folder = this.folders[number];
    if (folder.fd === null && OPENS_FOLDERS && folder.parent !== null) {
      folder.fd = openFolder(this.entryPath(folder.parent, folder.name), folder.path);
      if (folder.fd !== null && !isSame(folder, fstatSync(folder.fd))) {
        closeSync(folder.fd);
        folder.fd = null;
        throw new FolderInTheWayError(folder.path);
      }
    }
    if (folder.fd !== null && number !== 0) this.keepOpen(number);
    return folder.fd;
  }

  /** As a user would write it. */
  shownPath(number: number): string {
    return this.folders[number].path;
  }

  close(): void {
    for (const folder of this.folders) {
      if (folder.fd !== null) closeSync(folder.fd);
      folder.fd = null;
    }
    this.open.clear();
  }

  private keepOpen(number: number): void {
    this.open.delete(number);
    this.open.add(number);
    for (const oldest of this.open) {
      if (this.open.size <= MAX_OPEN_FOLDERS) break;
      const folder = this.folders[oldest];
      if (folder.fd !== null) closeSync(folder.fd);
      folder.fd = null;
      this.open.delete(oldest);
    }
  }

  private compare(number: number): void {
    const folder = this.folders[number];
    const stats = number === 0 && folder.fd !== null ? fstatSync(folder.fd) : lstatSync(folder.path);
    if (!isSame(folder, stats)) throw new FolderInTheWayError(folder.path);
  }
}

function makeFolder(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function openFolder(path: string, shownPath: string): number | null {
  if (!OPENS_FOLDERS) return null;
  try {
    return openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOTDIR' || code === 'ELOOP' || code === 'EMLINK') throw new FolderInTheWayError(shownPath);
    throw error;
  }
}

function isSame(folder: Folder, stats: Stats): boolean {
  return stats.isDirectory() && stats.dev === folder.dev && stats.ino === folder.ino;
}
