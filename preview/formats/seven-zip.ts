/** The list of a 7z archive, for the frame: its bytes are waited for. */

import { ArchiveError } from '../../kernel-worker/content/archives/archive-error.ts';
import { readSevenZip, type SevenZip } from '../../kernel-worker/content/archives/seven-zip.ts';
import { LookError } from '../file.ts';

/** The lists of some 200,000 files with long paths. */
const MAX_LIST_BYTES = 32 * 1024 * 1024;

/** LookError `damaged`, `codec`, `too-large`. */
export async function listSevenZip(
  sizeBytes: number,
  read: (from: number, to: number) => Promise<Uint8Array>,
): Promise<SevenZip> {
  const reading = readSevenZip(sizeBytes, { storedBytes: MAX_LIST_BYTES, unpackedBytes: MAX_LIST_BYTES });
  try {
    let step = reading.next();
    while (!step.done) step = reading.next(await read(step.value.from, step.value.to));
    return step.value;
  } catch (error) {
    throw error instanceof ArchiveError ? new LookError(error.code) : error;
  }
}
