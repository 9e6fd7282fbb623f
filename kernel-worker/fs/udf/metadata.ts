/** Metadata partitions: a file of the partition below holds the blocks, and a mirror file holds them once more (or the same). UDF 2.60, 2.2.10 and 2.2.13. */

import { asKernelError, damaged, type KernelError } from '../../rump/errno.ts';
import { type Content, checkPlain, type ExtentLists, placeOf } from './extents.ts';
import { FILE_TYPE } from './fileentry.ts';
import type { PartitionMap } from './format.ts';
import { readFileEntry } from './icb.ts';
import {
  type BlockRun,
  insteadOf,
  isRepairable,
  type PartitionSpace,
  partitionNumbered,
  type Volume,
} from './volume.ts';

/**
 * `number` is the map number of the partition that holds the files. Each of the two files serves where the other is damaged; told through `notice`.
 * EUCLEAN if neither can be used.
 */
export function metadataPartition(
  volume: Volume,
  lists: ExtentLists,
  map: PartitionMap & { kind: 'metadata' },
  number: number,
  notice: (text: string) => void,
): PartitionSpace {
  const main = openFile(volume, lists, { block: map.fileBlock, partition: number }, FILE_TYPE.metadata);
  const mirror = openFile(volume, lists, { block: map.mirrorBlock, partition: number }, FILE_TYPE.metadataMirror);
  if (!('content' in main) && !('content' in mirror)) throw main.failure;
  if (!('content' in main)) notice('The metadata file is damaged; its mirror was used.');
  else if (!('content' in mirror)) notice('The mirror of the metadata file is damaged.');
  const first = 'content' in main ? main.content : 'content' in mirror ? mirror.content : null;
  const second = 'content' in main && 'content' in mirror ? mirror.content : null;
  if (first === null) throw damaged('the metadata partition has no file');
  return {
    kind: 'metadata',
    locate(block) {
      try {
        return locateIn(volume, lists, first, block);
      } catch (error) {
        if (second === null || !isRepairable(error)) throw error;
        return insteadOf(error, () => locateIn(volume, lists, second, block));
      }
    },
    copyOf(block) {
      if (second === null) return null;
      const place = quietly(() => locateIn(volume, lists, second, block));
      const original = quietly(() => locateIn(volume, lists, first, block));
      return place === null || place.byteOffset === original?.byteOffset ? null : place.byteOffset;
    },
  };
}

type Opened = { content: Content } | { failure: KernelError };

function openFile(
  volume: Volume,
  lists: ExtentLists,
  address: { block: number; partition: number },
  type: number,
): Opened {
  try {
    const entry = readFileEntry(volume, address);
    if (entry.fileType !== type)
      throw damaged('the metadata file is of another type', { expected: type, found: entry.fileType });
    const content: Content = { entry, extents: null };
    checkPlain(volume, lists, content);
    return { content };
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return { failure };
  }
}

function locateIn(volume: Volume, lists: ExtentLists, content: Content, block: number): BlockRun {
  const place = placeOf(lists.of(content), block * volume.blockSize, volume.blockSize);
  if (!('block' in place))
    throw damaged('an address lies in a part of the metadata file that is not recorded', { found: block });
  const run = partitionNumbered(volume, place.partition).locate(place.block);
  return {
    byteOffset: run.byteOffset,
    blocks: Math.min(run.blocks, Math.max(1, Math.floor(place.lengthBytes / volume.blockSize))),
  };
}

function quietly(locate: () => BlockRun): BlockRun | null {
  try {
    return locate();
  } catch {
    return null;
  }
}
