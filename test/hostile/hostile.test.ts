/** Every hostile image: a clean error or a partial listing, in bounded time, and the image unchanged. */

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { REGISTERED_DRIVERS } from '../../kernel-worker/fs/registry.ts';
import { manifestOf } from '../../kernel-worker/fsutils/manifest.ts';
import { KernelError } from '../../kernel-worker/rump/errno.ts';
import { Kernel } from '../../kernel-worker/rump/kernel.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import { hostileImages } from '../images/library.ts';

const FAMILIES = new RegExp(
  process.env.FAMILY ??
    '^(fat12|fat16|fat32|mbr|gpt|apm|none|exfat|exfat-goodsum|ext2|ext4|ntfs|iso|udf|ufs1|ufs2|hfs|hfsplus)$',
);
/** The bar: 5 s for opening and reading all of it. */
const LIMIT_MS = 5000;

/** Mounts and reads all that can be read; the failures' errno names. */
async function readAll(bytes: Uint8Array): Promise<string[]> {
  const errnos: string[] = [];
  const kernel = new Kernel(memoryBlocks(bytes), { drivers: REGISTERED_DRIVERS, cacheBytes: 4 * 1024 * 1024 });
  const mountable = kernel.table.partitions
    .filter((partition) => !partition.container)
    .map((partition) => partition.number);
  for (const partition of mountable.length > 0 ? mountable : [null]) {
    try {
      const mount = await kernel.mount({ partition });
      const { failures } = manifestOf(mount, { hash: true, part: partition, mediumOffset: 0 });
      errnos.push(...failures.map((failure) => failure.errno));
      for (const failure of failures) if (failure.errno === 'EFTYPE') errnos.push(failure.message);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      errnos.push(error.errno === 'EFTYPE' ? error.message : error.errno);
    }
  }
  return errnos;
}

describe.each([...new Set(hostileImages(FAMILIES).map((image) => image.family))])('hostile %s', (family) => {
  test.each(hostileImages(new RegExp(`^${family}$`)))(
    '$name ends cleanly',
    async (image) => {
      const bytes = image.bytes();
      const before = createHash('sha256').update(bytes).digest('hex');
      const start = performance.now();
      const errnos = await readAll(bytes);
      const elapsed = performance.now() - start;
      expect(errnos.filter((errno) => errno.includes('driver failed'))).toEqual([]);
      expect(elapsed).toBeLessThan(LIMIT_MS);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(before);
    },
    LIMIT_MS * 2,
  );
});
