/** The bytes of a directory in order, as they lie on the device. */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
import type { Exnode } from './exnode.ts';
import { MAX_DIRECTORY_BYTES } from './format.ts';
import type { Volume } from './volume.ts';

/** What is read at once: small enough to lie within one page of the buffer cache, where it costs no copy. */
const PIECE_BYTES = 4096;
/** What is read at once where a piece has a bad sector. */
const SMALLEST_SECTOR = 512;

export interface DirectoryPiece {
  entries: Uint8Array;
  byteOffset: number;
}

/** Bounded by the directory's length, and by the greatest that one may have. A KernelError stands for bytes that cannot be read, or for the rest. */
export function* directoryPieces(volume: Volume, dir: Exnode): Generator<DirectoryPiece | KernelError, void> {
  const { clusterBytes } = volume.boot;
  // The root's length stands nowhere: its chain's end is its own.
  const told = dir.isRoot ? Number.POSITIVE_INFINITY : dir.size;
  const length = Math.min(told, MAX_DIRECTORY_BYTES);
  try {
    for (let done = 0; done < length; ) {
      const run = volume.runAt(dir, Math.floor(done / clusterBytes));
      if (run === null) {
        if (!dir.isRoot)
          yield damaged('a directory ends before its length does', {
            byteOffset: dir.entryOffset,
            expected: `${dir.size} bytes`,
            found: `${done} bytes`,
          });
        return;
      }
      const count = Math.min(run.count * clusterBytes, length - done);
      yield* piecesOf(volume, volume.clusterOffset(run.cluster), count);
      done += count;
    }
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    yield failure;
    return;
  }
  if (told > MAX_DIRECTORY_BYTES)
    yield damaged('a directory is longer than it may be', {
      byteOffset: dir.entryOffset,
      expected: `at most ${MAX_DIRECTORY_BYTES} bytes`,
    });
}

/** A bad sector costs its own entries; what lies outside of the device ends the run. */
function* piecesOf(volume: Volume, start: number, lengthBytes: number): Generator<DirectoryPiece | KernelError, void> {
  for (let at = start; at < start + lengthBytes; at += PIECE_BYTES) {
    const count = Math.min(PIECE_BYTES, start + lengthBytes - at);
    const piece = pieceAt(volume, at, count);
    if (!(piece instanceof KernelError)) {
      yield piece;
    } else if (piece.kind === 'medium') {
      for (let sector = at; sector < at + count; sector += SMALLEST_SECTOR) {
        yield pieceAt(volume, sector, Math.min(SMALLEST_SECTOR, at + count - sector));
      }
    } else {
      throw piece;
    }
  }
}

function pieceAt(volume: Volume, byteOffset: number, lengthBytes: number): DirectoryPiece | KernelError {
  try {
    return { entries: volume.device.bread(byteOffset, lengthBytes), byteOffset };
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return failure;
  }
}
