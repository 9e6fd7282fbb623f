/**
 * Saves a medium as a raw image: FILE.partial and FILE.map (image-map.ts) while it grows, so that it can be gone on with after a removal or an end of this
 * process; FILE and FILE.sha256 when all is on the disk. Bytes are moved, never interpreted. Zeros become holes; what cannot be read is left as one.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Pace } from '../transfers/progress.ts';
import { meansNothingThere, meansRemoved, RemovalWatch } from '../transfers/removal.ts';
import { ImageMap, type MapBlock, type MapIdentity, mapText, parseMap } from './image-map.ts';

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
  signal?: AbortSignal;
  onProgress?(doneBytes: number, progress: ImageProgress): void;
  /** Begins although the target has less room than the medium is large: zeros take none. */
  expectsHoles?: boolean;
  /** How long one read may take; tests give less. */
  answerLimitMs?: number;
}

export interface ImageProgress {
  /** Tried so far, unreadable ones included. */
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

/** The image cannot be begun or gone on with: why. `code`: the host's errno name where there is one. */
export class ImageError extends Error {
  override name = 'ImageError';
  readonly code: string | null;

  constructor(message: string, code: string | null = null) {
    super(message);
    this.code = code;
  }
}

const CHUNK_BYTES = 1024 * 1024;
/** Holes are made in these: the usual block of a file system. */
const HOLE_BYTES = 4096;
const ZEROS = Buffer.alloc(HOLE_BYTES);
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
  const { path } = options;
  const source = bounded(options);
  const identity = await identityOf(source).catch((error: unknown) => {
    if (error instanceof Cancelled) return null;
    throw error;
  });
  if (identity === null) return nothingRead(source.sizeBytes);
  if (existsSync(path)) await reopen(path, identity);
  const map = await mapFor(identity, path);
  const resumedBytes = map.bytesOf('+');
  if (options.expectsHoles !== true) await checkRoom(dirname(path), source.sizeBytes - resumedBytes);
  const partial = `${path}.partial`;
  const target = await open(partial, existsSync(partial) ? 'r+' : 'wx+', 0o644);
  let outcome: ImageReport['outcome'] = 'done';
  try {
    await target.truncate(source.sizeBytes);
    outcome = await readAll({ ...options, source }, map, target).finally(() => checkpoint(map, target, path));
    if (outcome === 'done') await finish(partial, path, await hashOf(target));
  } finally {
    await target.close();
  }
  return {
    outcome,
    sha256: outcome === 'done' ? (await readFile(`${path}.sha256`, 'utf8')).slice(0, 64) : null,
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

/** A finished image of this medium, of which something could not be read, becomes one that is gone on with. Throws ImageError for any other file. */
async function reopen(path: string, identity: MapIdentity): Promise<void> {
  const refusal = new ImageError(`${path} is there already`, 'EEXIST');
  const map = existsSync(`${path}.map`) ? parseMap(await readFile(`${path}.map`, 'utf8')) : null;
  if (map === null || map.unreadable().length === 0 || !isSame(map.identity, identity)) throw refusal;
  if (existsSync(`${path}.partial`) || !existsSync(`${path}.sha256`)) throw refusal;
  const file = await open(path, 'r');
  const sha256 = await hashOf(file).finally(() => file.close());
  if (!(await readFile(`${path}.sha256`, 'utf8')).startsWith(`${sha256} `)) throw refusal;
  await rename(path, `${path}.partial`);
  await rm(`${path}.sha256`);
}

async function checkRoom(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (neededBytes === 0 || freeBytes >= neededBytes + SPARE_BYTES) return;
  const room = `${freeBytes} bytes are free in ${folder}, and the image may take ${neededBytes} more`;
  throw new ImageError(`there is not enough room: ${room}`, 'ENOSPC');
}

/** The map of the image that was begun, if it was of this medium; a new one otherwise. */
async function mapFor(identity: MapIdentity, path: string): Promise<ImageMap> {
  if (!existsSync(`${path}.partial`)) return new ImageMap(identity);
  if (!existsSync(`${path}.map`)) throw new ImageError(`${path}.partial is there, but not its map`);
  const map = parseMap(await readFile(`${path}.map`, 'utf8'));
  if (map === null) throw new ImageError(`${path}.map is not a map of an image`);
  if (!isSame(map.identity, identity))
    throw new ImageError(`${path}.partial was begun with another medium, or it was changed since`);
  return map;
}

function isSame(one: MapIdentity, other: MapIdentity): boolean {
  return one.sizeBytes === other.sizeBytes && one.beginning === other.beginning;
}

/** What a medium's image is known by. Throws ImageError where there is no medium. */
export async function identityOf(source: ImageSource): Promise<MapIdentity> {
  return { sizeBytes: source.sizeBytes, beginning: await beginningOf(source) };
}

async function beginningOf(source: ImageSource): Promise<string> {
  const bytes = Buffer.alloc(Math.min(BEGINNING_BYTES, source.sizeBytes));
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += HOLE_BYTES) {
    // A bad sector there is the same bad sector next time.
    const piece = bytes.subarray(at, at + HOLE_BYTES);
    const count = await source.read(piece, at).catch((error: unknown) => {
      if (error instanceof Cancelled || error instanceof ImageError) throw error;
      return -1;
    });
    if (count === 0) throw new ImageError('there is no medium, or it was pulled out');
    hash.update(count > 0 ? piece.subarray(0, count) : 'unreadable');
  }
  return hash.digest('hex');
}

/** What was not tried, and then once more what could not be read in an earlier run. */
async function readAll(options: ImageOptions, map: ImageMap, target: FileHandle): Promise<ImageReport['outcome']> {
  const reading = { options, map, target, watch: new RemovalWatch(), pace: new Pace(), sinceCheckpoint: 0 };
  const earlier = map.unreadable();
  try {
    for (const block of [...map.untried(), ...earlier]) await readBlock(reading, block);
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
  target: FileHandle;
  watch: RemovalWatch;
  pace: Pace;
  sinceCheckpoint: number;
}

async function readBlock(reading: Reading, block: MapBlock): Promise<void> {
  const { options, map, target, watch } = reading;
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, block.lengthBytes));
  const end = block.start + block.lengthBytes;
  for (let at = block.start; at < end; ) {
    if (options.signal?.aborted) throw new Cancelled();
    // To the next multiple, so that pieces lie on sectors.
    const length = Math.min(CHUNK_BYTES - (at % CHUNK_BYTES), end - at);
    await copyChunk(options.source, watch, map, target, chunk.subarray(0, length), at);
    at += length;
    tellProgress(reading);
    reading.sinceCheckpoint += length;
    if (reading.sinceCheckpoint < CHECKPOINT_BYTES) continue;
    reading.sinceCheckpoint = 0;
    await checkpoint(map, target, options.path);
  }
}

function tellProgress({ options, map, pace }: Reading): void {
  const unreadableBytes = map.bytesOf('-');
  const doneBytes = map.bytesOf('+') + unreadableBytes;
  const totalBytes = options.source.sizeBytes;
  pace.measure({ bytes: doneBytes, files: 0 }, { bytes: totalBytes, files: 0 });
  const rate = { bytesPerSecond: pace.bytesPerSecond(), secondsLeft: pace.secondsLeft() };
  options.onProgress?.(doneBytes, { doneBytes, totalBytes, unreadableBytes, ...rate });
}

/** In one read; where that fails, piece by piece, and what still fails is written down as unreadable. */
async function copyChunk(
  source: ImageSource,
  watch: RemovalWatch,
  map: ImageMap,
  target: FileHandle,
  chunk: Buffer,
  at: number,
): Promise<void> {
  if (await readWhole(source, chunk, at)) {
    await writeSparse(target, chunk, at);
    map.set(at, chunk.length, '+');
    return;
  }
  for (let done = 0; done < chunk.length; ) {
    // To the next page of the medium: what failed earlier may begin inside one.
    const piece = chunk.subarray(done, done + source.pieceBytes - ((at + done) % source.pieceBytes));
    const isRead = await readWhole(source, piece, at + done);
    if (isRead) await writeSparse(target, piece, at + done);
    else if (await watch.isGone(() => readsNothing(source))) throw new Removed();
    map.set(at + done, piece.length, isRead ? '+' : '-');
    done += piece.length;
  }
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
    return (await source.read(Buffer.alloc(HOLE_BYTES), 0)) === 0;
  } catch (error) {
    if (error instanceof Cancelled || error instanceof ImageError) throw error;
    return meansNothingThere(error);
  }
}

async function writeSparse(target: FileHandle, bytes: Buffer, at: number): Promise<void> {
  let start = 0;
  while (start < bytes.length) {
    let end = start;
    while (end < bytes.length && !isZero(bytes, end)) end += HOLE_BYTES;
    end = Math.min(end, bytes.length);
    for (let done = start; done < end; ) done += (await target.write(bytes, done, end - done, at + done)).bytesWritten;
    start = end + HOLE_BYTES;
  }
}

function isZero(bytes: Buffer, at: number): boolean {
  const length = Math.min(HOLE_BYTES, bytes.length - at);
  return bytes.compare(ZEROS, 0, length, at, at + length) === 0;
}

/** The image first: the map never says more than is on the disk. */
async function checkpoint(map: ImageMap, target: FileHandle, path: string): Promise<void> {
  await target.sync();
  await writeOut(`${path}.map.new`, mapText(map));
  await rename(`${path}.map.new`, `${path}.map`);
}

/** The map stays beside the image, as proof of what could not be read. */
async function finish(partial: string, path: string, sha256: string): Promise<void> {
  await writeOut(`${path}.sha256`, `${sha256}  ${basename(path)}\n`);
  if (existsSync(path)) throw new ImageError(`${path} was made by somebody else meanwhile`);
  await rename(partial, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
  await rm(`${path}.map.new`, { force: true });
}

async function writeOut(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flush: true });
}

/** Read back from the file. */
async function hashOf(target: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (let at = 0; ; ) {
    const { bytesRead } = await target.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}
