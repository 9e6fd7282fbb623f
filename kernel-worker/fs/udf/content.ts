/** Reading of metadata that is kept in files: directories, link targets, attribute streams, tables. Takes a partition's second copy where it must. */

import { damaged } from '../../rump/errno.ts';
import type { Run } from '../../rump/vfs/vnode.ts';
import { type Content, type ExtentLists, placeOf, runOf } from './extents.ts';
import { ALLOCATION } from './fileentry.ts';
import { insteadOf, isRepairable, partitionNumbered, type Volume } from './volume.ts';

/** What a driver's parts need to read a file: the volume and its cache of extents. */
export interface Store {
  volume: Volume;
  lists: ExtentLists;
}

/** Fills all of `into` from `fileOffset`; the range lies inside the file's size. EUCLEAN, EIO. Holes read as zeros. */
export function readFile(store: Store, content: Content, fileOffset: number, into: Uint8Array): void {
  let done = 0;
  while (done < into.length) {
    const at = fileOffset + done;
    const run = runOf(store.volume, store.lists, content, at);
    const part = into.subarray(done, done + Math.min(run.lengthBytes, into.length - done));
    readRun(store, content, at, run, part);
    done += part.length;
  }
}

function readRun(store: Store, content: Content, fileOffset: number, run: Run, into: Uint8Array): void {
  if (run.deviceOffset === null) {
    into.fill(0);
    return;
  }
  try {
    store.volume.device.read(run.deviceOffset, into);
  } catch (error) {
    if (!isRepairable(error)) throw error;
    insteadOf(error, () => readCopies(store, content, fileOffset, into));
  }
}

/** Block by block, each from the first copy or, where that cannot be read, from the second. */
function readCopies(store: Store, content: Content, fileOffset: number, into: Uint8Array): void {
  const { volume, lists } = store;
  if (content.entry.allocation === ALLOCATION.embedded) throw damaged('embedded content has no second copy');
  let done = 0;
  while (done < into.length) {
    const place = placeOf(lists.of(content), fileOffset + done, volume.blockSize);
    if (!('block' in place)) throw damaged('a hole has no second copy');
    const part = into.subarray(done, done + Math.min(volume.blockSize - place.within, into.length - done));
    const partition = partitionNumbered(volume, place.partition);
    try {
      volume.device.read(partition.locate(place.block).byteOffset + place.within, part);
    } catch (error) {
      const copy = isRepairable(error) ? partition.copyOf(place.block) : null;
      if (copy === null) throw error;
      volume.device.read(copy + place.within, part);
    }
    done += part.length;
  }
}

/** The whole content of a small file, up to `limit` bytes. EUCLEAN if it is larger. */
export function readWhole(store: Store, content: Content, limit: number, what: string): Uint8Array {
  const { size } = content.entry;
  if (size > limit) throw damaged(`${what} is too large`, { expected: `at most ${limit} bytes`, found: size });
  const bytes = new Uint8Array(size);
  readFile(store, content, 0, bytes);
  return bytes;
}
