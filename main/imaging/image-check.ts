/** Reads a growing image back from the host's disk, past the host's cache where that can be, and compares it with what was read from the medium. */

import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, fstatSync, read } from 'node:fs';
import { promisify } from 'node:util';
import { pageAlignedMemory } from '../transfers/page-aligned.ts';
import { openForReadingBack } from '../transfers/read-back.ts';
import { type Stretch, StretchComparison } from './stretches.ts';

const readAsync = promisify(read);

const CHUNK_BYTES = 1024 * 1024;

export interface ImageCheck {
  /** Of all that is on the disk. */
  sha256: string;
  /** What is not as it was read from the medium. */
  wrong: Stretch[];
}

/**
 * All that was written is on the disk already. `writtenFd`: the descriptor through which it was, if it still is open: the same file must be read back. null:
 * `isStopped` became true. Throws the host's error.
 */
export async function checkImage(
  path: string,
  writtenFd: number | null,
  stretches: readonly Stretch[],
  isStopped: () => boolean,
): Promise<ImageCheck | null> {
  const back = openForReadingBack(path);
  try {
    const stats = fstatSync(back, { bigint: true });
    if (!stats.isFile() || (writtenFd !== null && !isSameFile(stats, fstatSync(writtenFd, { bigint: true }))))
      throw new Error(`another file was put in the place of ${path}`);
    const sizeBytes = Number(stats.size);
    // Its hash is that of the whole, and need not be made twice.
    const whole = stretches.length === 1 && stretches[0].lengthBytes === sizeBytes ? stretches[0] : null;
    const comparison = new StretchComparison(whole === null ? stretches : []);
    const hash = createHash('sha256');
    const buffer = Buffer.from(pageAlignedMemory(CHUNK_BYTES), 0, CHUNK_BYTES);
    for (let at = 0; ; ) {
      if (isStopped()) return null;
      const { bytesRead } = await readAsync(back, buffer, 0, CHUNK_BYTES, at);
      if (bytesRead === 0) break;
      const bytes = buffer.subarray(0, bytesRead);
      hash.update(bytes);
      comparison.add(at, bytes);
      at += bytesRead;
    }
    const sha256 = hash.digest('hex');
    return { sha256, wrong: whole !== null && whole.sha256 !== sha256 ? [whole] : comparison.wrong() };
  } finally {
    closeSync(back);
  }
}

function isSameFile(one: BigIntStats, other: BigIntStats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}
