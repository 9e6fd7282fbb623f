/**
 * The files of an image in its folder: FILE.partial and FILE.map while it grows, FILE, FILE.map and FILE.sha256 when it is whole. None is reached through a
 * symbolic link, none is written over something that is there, except the map of an image that Airlock itself has begun.
 */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../host-error.ts';
import { moveUnlessTaken } from '../transfers/final-name.ts';
import { partialName } from '../transfers/partial-names.ts';
import { isSealed, sealed } from './image-key.ts';
import { type ImageMap, mapText, parseMap } from './image-map.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;
const FILE_MODE = 0o644;
export const PARTIAL_ENDING = '.partial';
const MAP_ENDING = '.map';
const SHA256_ENDING = '.sha256';
/** Of a map: some 500,000 bad places. */
const MAX_MAP_BYTES = 64 * 1024 * 1024;
/** Of what sha256sum writes for one file. */
const MAX_SHA256_BYTES = 8192;
/** Windows opens no folders as files. */
const SYNCS_FOLDERS = process.platform !== 'win32';

export class ImageFiles {
  readonly image: string;
  readonly partial: string;
  readonly map: string;
  readonly sha256: string;

  constructor(image: string) {
    this.image = image;
    this.partial = image + PARTIAL_ENDING;
    this.map = image + MAP_ENDING;
    this.sha256 = image + SHA256_ENDING;
  }

  /** The first of these names that something has; null: all are free. */
  taken(): string | null {
    return [this.image, this.partial, this.map, this.sha256].find(isThere) ?? null;
  }

  /** The map, if it was written with this key; null for any other one, and for none. */
  readMap(key: string): ImageMap | null {
    const text = plainText(this.map, MAX_MAP_BYTES);
    return text !== null && isSealed(text, key) ? parseMap(text) : null;
  }

  writeMap(map: ImageMap, key: string): void {
    const beside = writtenBeside(this.map, sealed(mapText(map), key));
    try {
      renameSync(beside, this.map);
    } catch (error) {
      removeFile(beside);
      throw error;
    }
  }

  /** Of an image for which nothing was read: there is nothing to go on with. */
  removeBegun(): void {
    removeFile(this.partial);
    removeFile(this.map);
  }

  /** The hash that stands in FILE.sha256 for FILE; null if that file says something else, or is not there. */
  readSha256(): string | null {
    const text = plainText(this.sha256, MAX_SHA256_BYTES) ?? '';
    const hash = text.slice(0, 64);
    return /^[0-9a-f]{64}$/.test(hash) && text === this.sha256Text(hash) ? hash : null;
  }

  /** The growing image. Throws the host's error: EEXIST, ELOOP. */
  async openPartial(isBegun: boolean): Promise<FileHandle> {
    const flags = O_RDWR | (O_NOFOLLOW ?? 0) | (isBegun ? (O_NONBLOCK ?? 0) : O_CREAT | O_EXCL);
    const file = await open(this.partial, flags, FILE_MODE);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw Object.assign(new Error(`${this.partial} is not a file`), { code: 'EINVAL' });
  }

  /** The growing image takes its final name, and its hash stands beside it. Answers with the name that something else has; null: done. */
  async publish(sha256: string): Promise<string | null> {
    if (!writeNew(this.sha256, this.sha256Text(sha256))) return this.sha256;
    if (!moveUnlessTaken(this.partial, this.image)) {
      removeFile(this.sha256);
      return this.image;
    }
    await syncFolder(dirname(this.image));
    return null;
  }

  private sha256Text(sha256: string): string {
    return `${sha256}  ${basename(this.image)}\n`;
  }
}

/** Of ours; nothing happens if it is gone already. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
}

/** Whether anything has this name, a link that leads nowhere too. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** null: it is not there, no ordinary file, or longer. */
function plainText(path: string, maxBytes: number): string | null {
  try {
    const fd = openSync(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(fd);
      return stats.isFile() && stats.size <= maxBytes ? readFileSync(fd, 'utf8') : null;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}

/** false: the name is taken. */
function writeNew(path: string, text: string): boolean {
  const beside = writtenBeside(path, text);
  try {
    const isMoved = moveUnlessTaken(beside, path);
    if (!isMoved) removeFile(beside);
    return isMoved;
  } catch (error) {
    removeFile(beside);
    throw error;
  }
}

/** Under a name that nobody can know before. */
function writtenBeside(path: string, text: string): string {
  const beside = join(dirname(path), partialName());
  try {
    writeFileSync(beside, text, { flag: 'wx', mode: FILE_MODE, flush: true });
    return beside;
  } catch (error) {
    removeFile(beside);
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  if (!SYNCS_FOLDERS) return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
