/**
 * Saves a medium as a raw image: FILE.partial and FILE.map (image-map.ts) while it grows, so that it can be gone on with after a removal or an end of this
 * process; FILE and FILE.sha256 when all is on the disk and was compared there. Bytes are moved, never interpreted. Zeros become holes; what cannot be read is
 * left as one.
 */

import { createHash } from 'node:crypto';
import { type FileHandle, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../host-error.ts';
import { moveUnlessTaken } from '../transfers/final-name.ts';
import { Pace } from '../transfers/progress.ts';
import { meansNothingThere, meansRemoved, RemovalWatch } from '../transfers/removal.ts';
import { checkImage } from './image-check.ts';
import { ImageFiles, isThere, removeFile } from './image-files.ts';
import { ImageMap, isSameMedium, type MapBlock, type MapIdentity } from './image-map.ts';
import { SparseTarget } from './sparse-target.ts';

/** The medium, as main has it open. */
export interface ImageSource {
  sizeBytes: number;
  /** pread(2): a number of bytes, 0 when the medium is gone; throws the host's error. */
  read(into: Uint8Array, byteOffset: number): Promise<number>;
  /** The smallest piece that can fail by itself: a page, or a sector. */
  pieceBytes: number;
}

export interface ImageOptions {
  source: ImageSource;
  path: string;
  /** Seals the map, and tells the maps of images that were begun here from all others (image-key.ts). */
  key: string;
  signal?: AbortSignal;
  onProgress?(progress: ImageProgress): void;
  /** Begins although the target has less room than the medium is large: zeros take none. */
  expectsHoles?: boolean;
  /** How long one read may take; tests give less. */
  answerLimitMs?: number;
}

export interface ImageProgress {
  /** `finishing`: all was tried; what is on the disk is compared. */
  state: 'reading' | 'finishing';
  /** Tried so far, unreadable ones included, but for those of an earlier time that are to be tried again. */
  doneBytes: number;
  totalBytes: number;
  unreadableBytes: number;
  /** Over the last seconds; null before there is one. */
  bytesPerSecond: number | null;
  secondsLeft: number | null;
}

export interface ImageReport {
  outcome: 'done' | 'removed' | 'cancelled';
  /** Of the whole image with zeros for what could not be read; null unless done. */
  sha256: string | null;
  sizeBytes: number;
  readBytes: number;
  unreadable: Array<{ start: number; lengthBytes: number }>;
  /** Bytes that were there from an earlier time. */
  resumedBytes: number;
}

/** The image cannot be begun or gone on with: why. `code`: the host's errno name where there is one, or one of ours. */
export class ImageError extends Error {
  override name = 'ImageError';
  readonly code: string | null;

  constructor(message: string, code: string | null = null) {
    super(message);
    this.code = code;
  }
}

/** The `code` when the host's disk gave back other bytes than were written to it. What is wrong is read anew when the image is gone on with. */
export const VERIFY_CODE = 'AIRLOCK_VERIFY';

const CHUNK_BYTES = 1024 * 1024;
/** The beginning is read in these, so that a bad sector costs no more of it. */
const PIECE_BYTES = 4096;
/** The map is written, and the image to the disk before it, after so much. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024;
/** What a stick is told from another by: boot sector, tables, serial numbers of file systems lie there. */
const BEGINNING_BYTES = 64 * 1024;
/** A dying disk takes half a minute for a sector, several times over, before the system gives it up; one that hangs takes longer. */
const ANSWER_LIMIT_MS = 5 * 60_000;
/** What a map, and what the target's file system needs for itself, take besides the image. */
const SPARE_BYTES = 16 * 1024 * 1024;

class Removed extends Error {}

/** Throws ImageError, and the host's errors of the target. */
export async function saveImage(options: ImageOptions): Promise<ImageReport> {
  const source = bounded(options);
  const identity = await identityOf(source).catch((error: unknown) => {
    if (error instanceof Cancelled) return null;
    throw error;
  });
  if (identity === null) return nothingRead(source.sizeBytes);
  const files = new ImageFiles(options.path);
  const isStopped = () => options.signal?.aborted ?? false;
  if (isThere(files.image) && !(await reopen(files, identity, options.key, isStopped)))
    return nothingRead(source.sizeBytes);
  const begun = begunMap(files, identity, options.key);
  const map = begun ?? new ImageMap(identity);
  const resumedBytes = map.bytesOf('+');
  if (options.expectsHoles !== true) await checkRoom(dirname(files.image), source.sizeBytes - resumedBytes);
  const file = await openTarget(files, begun !== null, source.sizeBytes);
  let saved: { outcome: ImageReport['outcome']; sha256: string | null } | null = null;
  try {
    const keep = () => checkpoint(map, file, files, options.key);
    await keep();
    const target = new SparseTarget(file, begun === null);
    const outcome = await readAll({ ...options, source }, map, target, keep).finally(keep);
    saved = outcome === 'done' ? await finish(files, map, file, isStopped, keep) : { outcome, sha256: null };
  } finally {
    await file.close();
    if (begun === null && saved?.outcome !== 'done' && map.bytesOf('+') === 0) files.removeBegun();
  }
  return {
    ...saved,
    sizeBytes: source.sizeBytes,
    readBytes: map.bytesOf('+'),
    unreadable: map.unreadable().map(({ start, lengthBytes }) => ({ start, lengthBytes })),
    resumedBytes,
  };
}

class Cancelled extends Error {}

function nothingRead(sizeBytes: number): ImageReport {
  return { outcome: 'cancelled', sha256: null, sizeBytes, readBytes: 0, unreadable: [], resumedBytes: 0 };
}

/** The source with an end to each read: when the user does not want to wait any longer, and when nobody would. */
export function bounded({
  source,
  signal,
  answerLimitMs = ANSWER_LIMIT_MS,
}: Pick<ImageOptions, 'source' | 'signal' | 'answerLimitMs'>): ImageSource {
  const read = (into: Uint8Array, byteOffset: number) =>
    new Promise<number>((resolve, reject) => {
      const cancel = () => reject(new Cancelled());
      const limit = setTimeout(() => {
        reject(
          new ImageError(
            `the medium does not answer: no bytes from ${byteOffset} on for ${answerLimitMs / 1000} s`,
            'ETIMEDOUT',
          ),
        );
      }, answerLimitMs);
      signal?.addEventListener('abort', cancel, { once: true });
      if (signal?.aborted) cancel();
      else source.read(into, byteOffset).then(resolve, reject).finally(release);
      function release() {
        clearTimeout(limit);
        signal?.removeEventListener('abort', cancel);
      }
      if (signal?.aborted) release();
    });
  return { ...source, read };
}

/**
 * A finished image of this medium, of which something could not be read, becomes one that is gone on with. false: stopped meanwhile. Throws ImageError for any
 * other file.
 */
async function reopen(
  files: ImageFiles,
  identity: MapIdentity,
  key: string,
  isStopped: () => boolean,
): Promise<boolean> {
  const refusal = alreadyThere(files.image);
  const map = files.readMap(key);
  if (map === null || map.unreadable().length === 0 || !isSameMedium(map.identity, identity)) throw refusal;
  const sha256 = files.readSha256();
  if (isThere(files.partial) || sha256 === null) throw refusal;
  const check = await checkImage(files.image, null, map.stretches.close(), isStopped).catch((error: unknown) => {
    throw errorCode(error) === 'ELOOP' ? refusal : error;
  });
  if (check === null) return false;
  if (check.sha256 !== sha256 || check.wrong.length > 0 || !moveUnlessTaken(files.image, files.partial)) throw refusal;
  removeFile(files.sha256);
  return true;
}

async function checkRoom(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (neededBytes === 0 || freeBytes >= neededBytes + SPARE_BYTES) return;
  const room = `${freeBytes} bytes are free in ${folder}, and the image may take ${neededBytes} more`;
  throw new ImageError(`there is not enough room: ${room}`, 'ENOSPC');
}

/** The map of the image that was begun here with this medium; null: none was, and its names are free. Throws ImageError. */
function begunMap(files: ImageFiles, identity: MapIdentity, key: string): ImageMap | null {
  if (!isThere(files.partial)) {
    const taken = files.taken();
    if (taken === null) return null;
    throw alreadyThere(taken);
  }
  if (!isThere(files.map)) throw new ImageError(`${files.partial} is there, but not its map`, 'EEXIST');
  const map = files.readMap(key);
  if (map === null)
    throw new ImageError(`${files.partial} is there, and was not begun by Airlock for this user`, 'EEXIST');
  if (!isSameMedium(map.identity, identity))
    throw new ImageError(`${files.partial} was begun with another medium, or it was changed since`);
  // An end between this file and the image's own name leaves it behind.
  if (files.readSha256() !== null) removeFile(files.sha256);
  if (isThere(files.sha256)) throw alreadyThere(files.sha256);
  return map;
}

function alreadyThere(path: string): ImageError {
  return new ImageError(`${path} is there already`, 'EEXIST');
}

async function openTarget(files: ImageFiles, isBegun: boolean, sizeBytes: number): Promise<FileHandle> {
  const file = await files.openPartial(isBegun);
  try {
    await file.truncate(sizeBytes);
    return file;
  } catch (error) {
    await file.close();
    if (!isBegun) removeFile(files.partial);
    throw error;
  }
}

/** What a medium's image is known by. Throws ImageError where there is no medium. */
export async function identityOf(source: ImageSource): Promise<MapIdentity> {
  return { sizeBytes: source.sizeBytes, beginning: await beginningOf(source) };
}

async function beginningOf(source: ImageSource): Promise<string> {
  const bytes = Buffer.alloc(Math.min(BEGINNING_BYTES, source.sizeBytes));
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    // A bad sector there is the same bad sector next time.
    const piece = bytes.subarray(at, at + PIECE_BYTES);
    const count = await source.read(piece, at).catch((error: unknown) => {
      if (error instanceof Cancelled || error instanceof ImageError) throw error;
      return meansRemoved(error) ? 0 : -1;
    });
    if (count === 0) throw new ImageError('there is no medium, or it was pulled out', 'ENOMEDIUM');
    hash.update(count > 0 ? piece.subarray(0, count) : 'unreadable');
  }
  return hash.digest('hex');
}

/** What was not tried, and then once more what could not be read in an earlier run. */
async function readAll(
  options: ImageOptions,
  map: ImageMap,
  target: SparseTarget,
  keep: () => Promise<void>,
): Promise<ImageReport['outcome']> {
  const earlier = map.unreadable();
  const reading: Reading = {
    ...{ options, map, target, keep, watch: new RemovalWatch(), pace: new Pace(), sinceCheckpoint: 0 },
    againBytes: map.bytesOf('-'),
  };
  try {
    for (const block of [...map.untried(), ...earlier]) await readBlock(reading, block);
    tellProgress(reading, 'finishing');
    return 'done';
  } catch (error) {
    if (error instanceof Cancelled) return 'cancelled';
    if (error instanceof Removed) return 'removed';
    throw error;
  }
}

interface Reading {
  options: ImageOptions;
  map: ImageMap;
  target: SparseTarget;
  /** Brings what was read to the disk, and then the map. */
  keep(): Promise<void>;
  watch: RemovalWatch;
  pace: Pace;
  sinceCheckpoint: number;
  /** Unreadable at an earlier time, and not tried again so far. */
  againBytes: number;
}

async function readBlock(reading: Reading, block: MapBlock): Promise<void> {
  const { options } = reading;
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, block.lengthBytes));
  const end = block.start + block.lengthBytes;
  for (let at = block.start; at < end; ) {
    if (options.signal?.aborted) throw new Cancelled();
    // To the next multiple, so that pieces lie on sectors.
    const length = Math.min(CHUNK_BYTES - (at % CHUNK_BYTES), end - at);
    await copyChunk(reading, chunk.subarray(0, length), at, block.status);
    if (block.status === '-') reading.againBytes -= length;
    at += length;
    tellProgress(reading, 'reading');
    reading.sinceCheckpoint += length;
    if (reading.sinceCheckpoint < CHECKPOINT_BYTES) continue;
    reading.sinceCheckpoint = 0;
    await reading.keep();
  }
}

function tellProgress({ options, map, pace, againBytes }: Reading, state: ImageProgress['state']): void {
  const unreadableBytes = map.bytesOf('-');
  const doneBytes = map.bytesOf('+') + unreadableBytes - againBytes;
  const totalBytes = options.source.sizeBytes;
  pace.measure({ bytes: doneBytes, files: 0 }, { bytes: totalBytes, files: 0 });
  const rate = { bytesPerSecond: pace.bytesPerSecond(), secondsLeft: pace.secondsLeft() };
  options.onProgress?.({ state, doneBytes, totalBytes, unreadableBytes, ...rate });
}

/** In one read; where that fails, piece by piece, and what still fails is written down as unreadable. `before`: what the map says of it. */
async function copyChunk(reading: Reading, chunk: Buffer, at: number, before: MapBlock['status']): Promise<void> {
  const { source } = reading.options;
  if (await readWhole(source, chunk, at)) return take(reading, chunk, at);
  for (let done = 0; done < chunk.length; ) {
    // To the next page of the medium: what failed earlier may begin inside one.
    const piece = chunk.subarray(done, done + source.pieceBytes - ((at + done) % source.pieceBytes));
    if (await readWhole(source, piece, at + done)) await take(reading, piece, at + done);
    else if (await reading.watch.isGone(() => readsNothing(source))) throw new Removed();
    else await leaveOut(reading, piece, at + done, before);
    done += piece.length;
  }
}

async function take({ target, map }: Reading, bytes: Buffer, at: number): Promise<void> {
  await target.write(at, bytes);
  map.stretches.add(at, bytes);
  map.set(at, bytes.length, '+');
}

async function leaveOut(
  { target, map }: Reading,
  piece: Buffer,
  at: number,
  before: MapBlock['status'],
): Promise<void> {
  piece.fill(0);
  await target.write(at, piece);
  // What could not be read before is zeros of its stretch already.
  if (before !== '-') map.stretches.add(at, piece);
  map.set(at, piece.length, '-');
}

/** false: it cannot be read. Throws Removed. */
async function readWhole(source: ImageSource, into: Buffer, at: number): Promise<boolean> {
  for (let done = 0; done < into.length; ) {
    try {
      const count = await source.read(into.subarray(done), at + done);
      if (count === 0) throw new Removed();
      done += count;
    } catch (error) {
      if (error instanceof Cancelled || error instanceof ImageError) throw error;
      if (error instanceof Removed || meansRemoved(error)) throw new Removed();
      return false;
    }
  }
  return true;
}

async function readsNothing(source: ImageSource): Promise<boolean> {
  try {
    return (await source.read(Buffer.alloc(PIECE_BYTES), 0)) === 0;
  } catch (error) {
    if (error instanceof Cancelled || error instanceof ImageError) throw error;
    return meansNothingThere(error);
  }
}

/** The image first: the map never says more than is on the disk. */
async function checkpoint(map: ImageMap, file: FileHandle, files: ImageFiles, key: string): Promise<void> {
  await file.sync();
  files.writeMap(map, key);
}

/** Compares the image as it is on the disk with what was read, and gives it its name. The map stays beside it, as proof of what could not be read. */
async function finish(
  files: ImageFiles,
  map: ImageMap,
  file: FileHandle,
  isStopped: () => boolean,
  keep: () => Promise<void>,
): Promise<{ outcome: 'done' | 'cancelled'; sha256: string | null }> {
  const check = await checkImage(files.partial, file.fd, map.stretches.close(), isStopped);
  if (check === null) return { outcome: 'cancelled', sha256: null };
  if (check.wrong.length > 0) {
    map.forget(check.wrong);
    await keep();
    const [{ start, lengthBytes }] = check.wrong;
    const where = `from byte ${start} to ${start + lengthBytes - 1}`;
    throw new ImageError(`the disk gave back other bytes than were written to it, somewhere ${where}`, VERIFY_CODE);
  }
  const taken = await files.publish(check.sha256);
  if (taken !== null) throw new ImageError(`${taken} was made by somebody else meanwhile`, 'EEXIST');
  return { outcome: 'done', sha256: check.sha256 };
}
