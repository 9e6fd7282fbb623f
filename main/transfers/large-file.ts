/**
 * Copies one large file in pieces of 4 MiB, several under way at once: while one is read from the medium, others are hashed, written and read back for
 * comparison, and the host writes earlier ones to its disk. Measured with 1 GiB from an image: see content-hash.ts.
 */

import { fdatasync, fsync, ftruncate, read, write } from 'node:fs';
import { promisify } from 'node:util';
import type { ExtentReport } from '../../kernel-worker/contract.ts';
import type { Verification } from '../contract.ts';
import { type ContentHash, hashHere, hashInThread } from './content-hash.ts';
import { checkExtent, readMedium, readMediumSync, tooShort } from './medium-reader.ts';
import type { CopyFailure, DirectMedium, FileOrder, FileOutcome } from './orders.ts';
import { pageAlignedMemory } from './page-aligned.ts';
import { createPartial, discard, type PartialFile, publish, setTimes } from './partial-file.ts';
import type { PauseGate } from './pause-gate.ts';
import type { Marker } from './provenance-marks.ts';
import { hashOnDisk } from './read-back.ts';
import type { NameRules } from './safe-names.ts';
import { StoppedError } from './stopped.ts';
import { copyFailure, VerifyError } from './target-failure.ts';
import type { TargetTree } from './target-tree.ts';

const readAsync = promisify(read);
const writeAsync = promisify(write);
const fdatasyncAsync = promisify(fdatasync);
const fsyncAsync = promisify(fsync);
const ftruncateAsync = promisify(ftruncate);

const PIECE_BYTES = 4 * 1024 * 1024;
/** Pieces under way at once: one read, some hashed, one written, one compared. More gained nothing. */
const PIECES = 8;
/** The host is asked to write out after so many bytes, so that little is left to be waited for at the end. */
const SYNC_BYTES = 32 * 1024 * 1024;
/** Shorter extents are read without the detour through the thread pool, which costs as much as the copying of 128 KiB. */
const POOL_READ_BYTES = 128 * 1024;

/** The buffers and the hash, used by one large file after the other. */
export class LargeFileBuffers {
  readonly hash: ContentHash;
  readonly back: Uint8Array;
  private readonly free: Uint8Array[];
  private readonly waiting: Array<(piece: Uint8Array) => void> = [];

  /** `hashScript`: the built hash-thread.js; null: hash in this thread. */
  constructor(hashScript: string | null) {
    const memory = pageAlignedMemory((PIECES + 1) * PIECE_BYTES);
    this.hash = hashScript === null ? hashHere() : hashInThread(hashScript, memory);
    this.free = Array.from({ length: PIECES }, (_, i) => new Uint8Array(memory, i * PIECE_BYTES, PIECE_BYTES));
    this.back = new Uint8Array(memory, PIECES * PIECE_BYTES, PIECE_BYTES);
  }

  async take(): Promise<Uint8Array> {
    return this.free.pop() ?? new Promise((resolve) => this.waiting.push(resolve));
  }

  give(piece: Uint8Array): void {
    const next = this.waiting.shift();
    if (next) next(piece);
    else this.free.push(piece);
  }

  close(): void {
    this.hash.close();
  }
}

export interface LargeFileSetting {
  tree: TargetTree;
  medium: DirectMedium | null;
  rules: NameRules;
  verification: Verification;
  buffers: LargeFileBuffers;
  marker: Marker | null;
  pause: PauseGate;
  isStopped(): boolean;
  onBytes(bytes: number): void;
}

/** The piece that is being filled. */
interface Filling {
  piece: Uint8Array;
  length: number;
  /** Nothing but a hole so far: it is not written. */
  isHole: boolean;
}

export class LargeFile {
  private readonly setting: LargeFileSetting;
  private readonly order: FileOrder;
  private readonly file: PartialFile;
  private filling: Filling | null = null;
  /** Bytes handed to `submit` so far. */
  private submitted = 0;
  private sinceSync = 0;
  private writing: Promise<void> = Promise.resolve();
  private comparing: Promise<void> = Promise.resolve();
  private hashing: Promise<void> = Promise.resolve();
  private syncing: Promise<void> = Promise.resolve();
  private readonly underWay = new Set<Promise<void>>();
  private thrown: { error: unknown } | null = null;

  /** Creates the partial file. Throws the host's error. */
  constructor(setting: LargeFileSetting, order: FileOrder) {
    this.setting = setting;
    this.order = order;
    this.file = createPartial(setting.tree, order);
  }

  /** The next extents of the file. null: go on. */
  async feedExtents(extents: readonly ExtentReport[]): Promise<CopyFailure | null> {
    return this.guarded(async () => {
      for (const extent of extents) {
        checkExtent(this.setting.medium, extent);
        let left = Math.min(extent.lengthBytes, this.order.sizeBytes - this.fed);
        let mediumOffset = extent.mediumOffset;
        while (left > 0) {
          const part = await this.room(left);
          await this.fill(part, mediumOffset);
          left -= part.length;
          if (mediumOffset !== null) mediumOffset += part.length;
        }
      }
    });
  }

  async feedBytes(bytes: Uint8Array): Promise<CopyFailure | null> {
    return this.guarded(async () => {
      for (let done = 0; done < bytes.length; ) {
        const part = await this.room(bytes.length - done);
        part.set(bytes.subarray(done, done + part.length));
        this.filled(part.length, false);
        done += part.length;
      }
    });
  }

  /** Waits until all of it is on the disk, compares, and gives the file its name. */
  async end(): Promise<FileOutcome> {
    const failure = await this.guarded(async () => {
      if (this.fed !== this.order.sizeBytes) throw tooShort();
      this.submit();
      await this.settle();
    });
    if (failure !== null) return this.failed(failure);
    try {
      return await this.verifyAndPublish();
    } catch (error) {
      return this.failed(copyFailure(error));
    }
  }

  /** Removes what was written. */
  async abandon(): Promise<void> {
    this.thrown ??= { error: new StoppedError() };
    await this.failed(copyFailure(this.thrown.error));
  }

  private get fed(): number {
    return this.submitted + (this.filling?.length ?? 0);
  }

  private async guarded(work: () => Promise<void>): Promise<CopyFailure | null> {
    try {
      if (this.thrown === null) await work();
    } catch (error) {
      this.thrown ??= { error };
    }
    return this.thrown === null ? null : copyFailure(this.thrown.error);
  }

  /** Room for at most `wanted` bytes in the piece that is being filled. */
  private async room(wanted: number): Promise<Uint8Array> {
    if (this.setting.pause.isPaused) await this.setting.pause.pass();
    if (this.thrown !== null) throw this.thrown.error;
    if (this.setting.isStopped()) throw new StoppedError();
    this.filling ??= { piece: await this.setting.buffers.take(), length: 0, isHole: true };
    const { piece, length } = this.filling;
    return piece.subarray(length, Math.min(piece.length, length + wanted));
  }

  private async fill(part: Uint8Array, mediumOffset: number | null): Promise<void> {
    const { medium } = this.setting;
    if (mediumOffset === null || medium === null) part.fill(0);
    else if (part.length < POOL_READ_BYTES) readMediumSync(medium, mediumOffset, part);
    else await readMedium(medium, mediumOffset, part, this.setting.isStopped);
    this.filled(part.length, mediumOffset === null);
  }

  private filled(lengthBytes: number, isHole: boolean): void {
    if (this.filling === null) return;
    this.filling.length += lengthBytes;
    this.filling.isHole &&= isHole;
    if (this.filling.length === this.filling.piece.length) this.submit();
  }

  /** Sends the filled piece on its way: to the hash, to the file, back from the file. */
  private submit(): void {
    const filling = this.filling;
    if (filling === null) return;
    this.filling = null;
    const offset = this.submitted;
    this.submitted += filling.length;
    const run: Promise<void> = this.process(filling, offset)
      .catch((error) => {
        this.thrown ??= { error };
      })
      .finally(() => {
        this.setting.buffers.give(filling.piece);
        this.underWay.delete(run);
      });
    this.underWay.add(run);
  }

  private async process(filling: Filling, offset: number): Promise<void> {
    const bytes = filling.piece.subarray(0, filling.length);
    const hashed = this.setting.buffers.hash.update(bytes);
    this.hashing = hashed.catch(() => {});
    const written = filling.isHole ? this.writing : this.writing.then(() => this.write(bytes, offset));
    this.writing = written.catch(() => {});
    const comparesNow = this.setting.verification === 'cache' && !filling.isHole;
    // One at a time, holes between or not: all are read back into the same memory.
    const compared = comparesNow
      ? Promise.all([written, this.comparing]).then(() => this.compare(bytes, offset))
      : this.comparing;
    this.comparing = compared.catch(() => {});
    // All of them are done with the piece, also if one fails, before another takes it.
    await Promise.allSettled([hashed, written, compared]);
    await Promise.all([hashed, written, compared]);
    this.setting.onBytes(filling.length);
  }

  private async write(bytes: Uint8Array, offset: number): Promise<void> {
    if (this.thrown !== null) return;
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await writeAsync(this.file.fd, bytes, done, bytes.length - done, offset + done);
      done += bytesWritten;
    }
    this.sinceSync += bytes.length;
    if (this.sinceSync < SYNC_BYTES) return;
    this.sinceSync = 0;
    this.syncing = this.syncing
      .then(() => fdatasyncAsync(this.file.fd))
      .catch((error) => {
        this.thrown ??= { error };
      });
  }

  private async compare(bytes: Uint8Array, offset: number): Promise<void> {
    if (this.thrown !== null) return;
    const back = this.setting.buffers.back.subarray(0, bytes.length);
    let done = 0;
    while (done < back.length) {
      const { bytesRead } = await readAsync(this.file.fd, back, done, back.length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    if (done !== back.length || Buffer.compare(back, bytes) !== 0) throw verifyError();
  }

  private async settle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
    await this.syncing;
    if (this.thrown !== null) throw this.thrown.error;
  }

  private async verifyAndPublish(): Promise<FileOutcome> {
    const { tree, rules, buffers, verification, marker, isStopped } = this.setting;
    const sha256 = await buffers.hash.digest();
    // A file that ends in a hole is as long as it should be only after this.
    await ftruncateAsync(this.file.fd, this.order.sizeBytes);
    setTimes(this.file.fd, this.order);
    const marked = marker?.mark(tree, this.file, this.order.sourcePath) ?? false;
    await fsyncAsync(this.file.fd);
    if (verification === 'disk') {
      const path = tree.entryPath(this.order.folder, this.file.partial);
      const onDisk = await hashOnDisk(path, buffers.back, buffers.hash, isStopped);
      if (!isStopped() && onDisk !== sha256) throw verifyError();
    }
    if (isStopped()) throw new StoppedError();
    return { outcome: 'copied', ...publish(tree, this.file, rules), sha256, marked };
  }

  private async failed(failure: CopyFailure): Promise<FileOutcome> {
    this.thrown ??= { error: new StoppedError() };
    if (this.filling !== null) this.setting.buffers.give(this.filling.piece);
    this.filling = null;
    await Promise.all(this.underWay);
    await Promise.all([this.syncing, this.hashing, this.comparing]);
    // Begins the hash anew for the next file.
    await this.setting.buffers.hash.digest();
    discard(this.setting.tree, this.file);
    return { outcome: 'failed', failure };
  }
}

function verifyError(): VerifyError {
  return new VerifyError('the disk gave back other bytes than were written');
}
