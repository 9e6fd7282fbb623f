/** Every hostile image: a clean error or a partial listing, in bounded time, and the image unchanged. */

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hostileImages } from '../images/library.ts';
import { readAll } from './read-all.ts';

const FAMILIES = new RegExp(
  process.env.FAMILY ??
    '^(fat12|fat16|fat32|mbr|gpt|apm|none|exfat|exfat-goodsum|ext2|ext4|ntfs|iso|udf|ufs1|ufs2|hfs|hfsplus)$',
);
/** The bar: 5 s for opening and reading all of it. */
const LIMIT_MS = 5000;

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
