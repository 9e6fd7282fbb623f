/** Reading of byte ranges of a medium that main has open itself: bounded by the medium's size, with one retry in smaller pieces, and removal told apart. */

import { fstatSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ExtentReport } from '../../kernel-worker/contract.ts';
import { errorCode } from '../host-error.ts';
import type { CopyFailure, DirectMedium } from './orders.ts';
import { readBegins, readEnds } from './read-clock.ts';
import { meansNothingThere, meansRemoved, RemovalWatch } from './removal.ts';
import { StoppedError } from './stopped.ts';

const readAsync = promisify(read);

/** A range that fails is read again in pieces of this size: a page, and no sector is larger. */
const RETRY_PIECE_BYTES = 4096;
/** How much further the end of a bad range is looked for: a dying disk takes seconds for each piece. */
const MAX_BAD_PIECES = 8;

/** A failure of the medium's side, thrown. */
export class MediumReadError extends Error {
  readonly failure: CopyFailure;

  constructor(message: string, failure: Omit<CopyFailure, 'message'>) {
    super(message);
    this.name = 'MediumReadError';
    this.failure = { ...failure, message };
  }
}

/** Throws MediumReadError for an extent that is none, or that leaves the medium: the worker that gave it is not trusted. */
export function checkExtent(medium: DirectMedium | null, extent: ExtentReport): void {
  const { mediumOffset, lengthBytes } = extent;
  if (!Number.isSafeInteger(lengthBytes) || lengthBytes < 1) throw outside('the file has an extent of no length', null);
  if (mediumOffset === null) return;
  const inside = Number.isSafeInteger(mediumOffset) && mediumOffset >= 0 && medium !== null;
  if (!inside || mediumOffset + lengthBytes > medium.sizeBytes)
    throw outside('the file has an extent outside the medium', mediumOffset);
}

function outside(message: string, mediumOffset: number | null): MediumReadError {
  return new MediumReadError(message, { side: 'medium', code: null, reason: { kind: 'outside' }, mediumOffset });
}

/** There is less content than the size of its file. */
export function tooShort(): MediumReadError {
  const failure = { side: 'medium', code: null, reason: { kind: 'too-short' }, mediumOffset: null } as const;
  return new MediumReadError('the content ends before its recorded size', failure);
}

/** Fills `into` from `mediumOffset`. The range was checked. */
export function readMediumSync(medium: DirectMedium, mediumOffset: number, into: Uint8Array): void {
  try {
    readFully(medium, mediumOffset, into);
  } catch (error) {
    if (error instanceof MediumReadError) throw error;
    readInPieces(medium, mediumOffset, into);
  }
}

/** One read of a medium takes about so long at the most: a copy from the slowest stick can be stopped soon. */
const MAX_STEP_MS = 500;
/** A read that takes less is followed by a larger one. */
const QUICK_STEP_MS = 50;
const MIN_STEP_BYTES = 64 * 1024;
const FIRST_STEP_BYTES = 256 * 1024;
const MAX_STEP_BYTES = 4 * 1024 * 1024;
/** How much is read of each medium at once, by how quick it was so far. */
const steps = new WeakMap<DirectMedium, number>();

/** The next step after one of `bytes` that took `elapsedMs`. */
export function nextStep(bytes: number, elapsedMs: number): number {
  const factor = elapsedMs > MAX_STEP_MS ? MAX_STEP_MS / elapsedMs : elapsedMs < QUICK_STEP_MS ? 2 : 1;
  const step = Math.floor((bytes * factor) / MIN_STEP_BYTES) * MIN_STEP_BYTES;
  return Math.min(Math.max(step, MIN_STEP_BYTES), MAX_STEP_BYTES);
}

/** As readMediumSync, in the thread pool. Throws StoppedError between two reads when `isStopped`. */
export async function readMedium(
  medium: DirectMedium,
  mediumOffset: number,
  into: Uint8Array,
  isStopped: () => boolean = () => false,
): Promise<void> {
  let done = 0;
  while (done < into.length) {
    if (isStopped()) throw new StoppedError();
    const step = steps.get(medium) ?? FIRST_STEP_BYTES;
    const length = Math.min(step, into.length - done);
    const startMs = performance.now();
    readBegins(medium.clock, 'pool', length);
    try {
      const { bytesRead } = await readAsync(medium.fd, into, done, length, mediumOffset + done);
      if (bytesRead === 0) throw removed(mediumOffset + done);
      done += bytesRead;
      // The end of a piece says nothing of how much could be read at once.
      if (length === step) steps.set(medium, nextStep(step, performance.now() - startMs));
    } catch (error) {
      if (error instanceof MediumReadError) throw error;
      readEnds(medium.clock, 'pool');
      readInPieces(medium, mediumOffset + done, into.subarray(done, done + length));
      done += length;
    } finally {
      readEnds(medium.clock, 'pool');
    }
  }
}

function readFully(medium: DirectMedium, mediumOffset: number, into: Uint8Array): void {
  let done = 0;
  while (done < into.length) {
    const count = readOnce(medium, mediumOffset + done, into.subarray(done));
    if (count === 0) throw removed(mediumOffset + done);
    done += count;
  }
}

/** pread(2), noted while it is under way. */
function readOnce(medium: DirectMedium, mediumOffset: number, into: Uint8Array): number {
  readBegins(medium.clock, 'own', into.length);
  try {
    return readSync(medium.fd, into, 0, into.length, mediumOffset);
  } finally {
    readEnds(medium.clock, 'own');
  }
}

/** Once more, piece by piece: a transient error goes away, and a bad sector is found. */
function readInPieces(medium: DirectMedium, mediumOffset: number, into: Uint8Array): void {
  let done = 0;
  while (done < into.length) {
    const at = mediumOffset + done;
    const length = Math.min(RETRY_PIECE_BYTES - (at % RETRY_PIECE_BYTES), into.length - done);
    try {
      readFully(medium, at, into.subarray(done, done + length));
    } catch (error) {
      if (error instanceof MediumReadError) throw error;
      const code = errorCode(error);
      if (meansRemoved(error) || !isThere(medium)) throw removed(at, code);
      const end = endOfBadRange(medium, at + length, mediumOffset + into.length);
      const reason = { kind: 'unreadable', firstByte: at, lastByte: end - 1 } as const;
      const message = `the medium cannot be read from byte ${at} to ${end - 1}`;
      throw new MediumReadError(message, { side: 'medium', code, reason, mediumOffset: at });
    }
    done += length;
  }
}

/** Where the medium can be read again, as far as that is looked for. */
function endOfBadRange(medium: DirectMedium, from: number, limit: number): number {
  const piece = new Uint8Array(RETRY_PIECE_BYTES);
  const last = Math.min(limit, from + MAX_BAD_PIECES * RETRY_PIECE_BYTES);
  for (let at = from; at < last; at += RETRY_PIECE_BYTES) {
    try {
      readOnce(medium, at, piece.subarray(0, last - at));
      return at;
    } catch {
      // Bad too.
    }
  }
  return last;
}

/** A medium's own watch; a regular file is not pulled out. */
const watches = new WeakMap<DirectMedium, RemovalWatch>();

function isThere(medium: DirectMedium): boolean {
  if (fstatSync(medium.fd).isFile()) return true;
  const watch = watches.get(medium) ?? new RemovalWatch();
  watches.set(medium, watch);
  return !watch.isGoneSync(() => readsNothing(medium));
}

function readsNothing(medium: DirectMedium): boolean {
  try {
    return readOnce(medium, 0, new Uint8Array(RETRY_PIECE_BYTES)) === 0;
  } catch (error) {
    return meansNothingThere(error);
  }
}

function removed(mediumOffset: number, code: string | null = null): MediumReadError {
  return new MediumReadError('the medium was removed', { side: 'removed', code, reason: null, mediumOffset });
}
