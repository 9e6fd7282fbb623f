/** The growing image as it is written: zeros become holes, also where an earlier run that ended badly may have left bytes. */

import type { FileHandle } from 'node:fs/promises';

/** Holes are made in these: the usual block of a file system. */
const HOLE_BYTES = 4096;
const ZEROS = Buffer.alloc(HOLE_BYTES);

export class SparseTarget {
  private readonly file: FileHandle;
  /** A new file is one hole; in another one something may stand where the map says that nothing is. */
  private readonly isNew: boolean;

  constructor(file: FileHandle, isNew: boolean) {
    this.file = file;
    this.isNew = isNew;
  }

  async write(start: number, bytes: Buffer): Promise<void> {
    const standing = this.isNew ? null : await this.standing(start, bytes.length);
    const isHole = (at: number) => isZero(bytes, at) && (standing === null || isZero(standing, at));
    for (let at = 0; at < bytes.length; ) {
      let end = at;
      while (end < bytes.length && !isHole(end)) end += HOLE_BYTES;
      end = Math.min(end, bytes.length);
      while (at < end) at += (await this.file.write(bytes, at, end - at, start + at)).bytesWritten;
      at = end + HOLE_BYTES;
    }
  }

  private async standing(start: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.file.read(bytes, done, length - done, start + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return bytes;
  }
}

function isZero(bytes: Buffer, at: number): boolean {
  const length = Math.min(HOLE_BYTES, bytes.length - at);
  return bytes.compare(ZEROS, 0, length, at, at + length) === 0;
}
