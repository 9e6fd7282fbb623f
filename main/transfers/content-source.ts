/** Content of files as a copy gets it: where it lies, for bytes that main moves by itself, or the bytes, decoded by the kernel. */

import type { ExtentReport, FailureReport } from '../../kernel-worker/contract.ts';
import { KernelCallError } from '../kernels/kernel-process.ts';
import type { CopyFailure, SmallFileOrder, TargetSide } from './orders.ts';
import type { KernelCalls, PlannedFile } from './plan.ts';

/** One pread's bound (kernel-worker/contract.ts). */
const PREAD_BYTES = 1024 * 1024;
/** A read that fails is tried again in pieces of this size. */
const RETRY_BYTES = 64 * 1024;
/** Calls sent to the worker before the first is answered. */
const PARALLEL_READS = 16;

export type SmallContent = SmallFileOrder['content'] | { failure: FailureReport };

export class ContentSource {
  private readonly kernel: KernelCalls;
  private readonly mount: number;
  /** Whether main can read the medium by itself. */
  private readonly direct: boolean;

  constructor(kernel: KernelCalls, mount: number, direct: boolean) {
    this.kernel = kernel;
    this.mount = mount;
    this.direct = direct;
  }

  /** The contents of small files; at most 256. Throws only what ends the copy. */
  async ofSmallFiles(files: readonly PlannedFile[]): Promise<SmallContent[]> {
    const paths = files.map((file) => file.path);
    const located = this.direct ? await this.kernel.call('locate', this.mount, paths) : null;
    const contents: SmallContent[] = new Array(files.length);
    let next = 0;
    const reader = async () => {
      while (next < files.length) {
        const i = next++;
        const place = located?.[i];
        if (place?.failure) contents[i] = { failure: place.failure };
        else if (place?.extents) contents[i] = { extents: place.extents };
        else contents[i] = await this.readSmall(files[i]);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_READS }, reader));
    return contents;
  }

  /** Feeds a large file that the target side has begun, from first to last byte; null: all was taken. */
  async feed(
    file: PlannedFile,
    side: TargetSide,
    isStopped: () => boolean,
  ): Promise<CopyFailure | FailureReport | null> {
    try {
      return await this.withOpen(file, (fd) => this.feedOpen(file, fd, side, isStopped));
    } catch (error) {
      return fileFailure(error);
    }
  }

  private async feedOpen(file: PlannedFile, fd: number, side: TargetSide, isStopped: () => boolean) {
    let offset = 0;
    while (this.direct && offset < file.sizeBytes && !isStopped()) {
      const extents = await this.kernel.call('extents', fd, offset);
      if (extents === null || extents.length === 0) break;
      const failure = await side.feedExtents(extents);
      if (failure !== null) return failure;
      offset += lengthOf(extents);
    }
    // Asked for only where it is taken: nobody would hear of a failure.
    let ahead = offset < file.sizeBytes && !isStopped() ? this.pread(fd, offset, PREAD_BYTES) : null;
    while (ahead !== null && !isStopped()) {
      const bytes = await ahead;
      offset += bytes.length;
      const isMore = bytes.length > 0 && offset < file.sizeBytes;
      ahead = isMore ? this.pread(fd, offset, PREAD_BYTES) : null;
      // Not lost if this piece cannot be written: the failure of the read behind it is then nobody's concern.
      ahead?.catch(() => {});
      const failure = await side.feedBytes(bytes);
      if (failure !== null) return failure;
    }
    return null;
  }

  private async readSmall(file: PlannedFile): Promise<SmallContent> {
    try {
      return await this.withOpen(file, async (fd) => ({ bytes: await this.pread(fd, 0, file.sizeBytes) }));
    } catch (error) {
      return { failure: fileFailure(error) };
    }
  }

  private async withOpen<Result>(file: PlannedFile, work: (fd: number) => Promise<Result>): Promise<Result> {
    const { fd } = await this.kernel.call('open', this.mount, file.path, false);
    try {
      return await work(fd);
    } finally {
      this.kernel.call('close', fd).catch(() => {});
    }
  }

  /** As the system call, with one retry in smaller pieces where the medium cannot be read. */
  private async pread(fd: number, offset: number, lengthBytes: number): Promise<Uint8Array> {
    try {
      return await this.kernel.call('pread', fd, offset, lengthBytes);
    } catch (error) {
      if (!(error instanceof KernelCallError) || error.failure.kind !== 'medium') throw error;
    }
    const pieces: Uint8Array[] = [];
    for (let done = 0; done < lengthBytes; done += RETRY_BYTES) {
      const piece = await this.kernel.call('pread', fd, offset + done, Math.min(RETRY_BYTES, lengthBytes - done));
      pieces.push(piece);
      if (piece.length === 0) break;
    }
    return Buffer.concat(pieces);
  }
}

/** A failure that costs this file only; what ends the copy is thrown on. */
function fileFailure(error: unknown): FailureReport {
  if (error instanceof KernelCallError && error.failure.kind !== 'removed') return error.failure;
  throw error;
}

/** What comes from the worker may be anything: the target side checks each extent before it is used. */
function lengthOf(extents: readonly ExtentReport[]): number {
  return extents.reduce((sum, extent) => sum + extent.lengthBytes, 0);
}
