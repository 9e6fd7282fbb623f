/** Media in memory for unit tests: bytes made by a test, or the small images in `test/images/tables` and `test/images/exfat` (brotli). */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { openBlockDevice } from '../../kernel-worker/rump/dev/blockdev.ts';
import { BufferCache } from '../../kernel-worker/rump/dev/buffercache.ts';
import type { FsDevice } from '../../kernel-worker/rump/vfs/vnode.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import type { BlockHypercalls } from '../../kernel-worker/rumpuser/rumpuser.ts';

export function mediumOf(bytes: Uint8Array, sectorSize = 512): FsDevice {
  return mediumOver(memoryBlocks(bytes, sectorSize));
}

export function mediumOver(blocks: BlockHypercalls): FsDevice {
  return new BufferCache(openBlockDevice(blocks)).view(0, blocks.sizeBytes, blocks.sectorSize);
}

/** The bytes of `test/images/NAME.br`, fresh at each call. */
export function imageBytes(name: string): Uint8Array {
  return brotliDecompressSync(readFileSync(fileURLToPath(new URL(`${name}.br`, import.meta.url))));
}
