/** Reading back what was written: from the host's cache, or from the disk itself, past the cache, where the host can. */

import { closeSync, constants, openSync, read } from 'node:fs';
import { promisify } from 'node:util';
import type { ContentHash } from './content-hash.ts';

const readAsync = promisify(read);

const { O_DIRECT, O_NOFOLLOW, O_RDONLY } = constants;

/** A descriptor that reads past the cache; null where the host or its file system has no such thing. Data must be synced before it is read. */
export function openPastCache(path: string): number | null {
  if (O_DIRECT === undefined) return null;
  try {
    return openSync(path, O_RDONLY | O_NOFOLLOW | O_DIRECT);
  } catch {
    return null;
  }
}

/** A descriptor for reading back: past the cache where that can be. */
export function openForReadingBack(path: string): number {
  return openPastCache(path) ?? openSync(path, O_RDONLY | (O_NOFOLLOW ?? 0));
}

/** The SHA-256 of the file at `path`, and whether it came past the cache. `buffer` begins on a page, as O_DIRECT wants it. */
export async function hashOnDisk(
  path: string,
  buffer: Uint8Array,
  hash: ContentHash,
  isStopped: () => boolean,
): Promise<string> {
  const fd = openForReadingBack(path);
  try {
    for (let offset = 0; !isStopped(); ) {
      const { bytesRead } = await readAsync(fd, buffer, 0, buffer.length, offset);
      if (bytesRead === 0) break;
      await hash.update(buffer.subarray(0, bytesRead));
      offset += bytesRead;
    }
    return await hash.digest();
  } finally {
    closeSync(fd);
  }
}
