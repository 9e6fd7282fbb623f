import { describe, expect, test } from 'vitest';
import { testImages } from '../../test/images/library.ts';
import { Kernel } from '../rump/kernel.ts';
import { memoryBlocks } from '../rumpuser/memory.ts';
import { REGISTERED_DRIVERS } from './registry.ts';

/** What looking for all file systems and partition tables may read, in bytes. */
const PROBE_BYTES = 200 * 1024;

const WHOLE_MEDIA = testImages(/^(fat|exfat|ntfs|ext|iso|udf|ufs|hfs|netbsd)/).filter(
  (image) => !image.meta.partitions,
);

describe('all probes together', () => {
  test.each(WHOLE_MEDIA)('read at most 200 KiB of $name', (image) => {
    const under = memoryBlocks(image.bytes(), image.meta.sector_size ?? 512);
    const seen = new Set<number>();
    const kernel = new Kernel(
      {
        ...under,
        pread(into, byteOffset) {
          for (let at = byteOffset; at < byteOffset + into.length; at += 512) seen.add(Math.floor(at / 512));
          return under.pread(into, byteOffset);
        },
      },
      { drivers: REGISTERED_DRIVERS },
    );
    expect(kernel.probe(null).length).toBeGreaterThan(0);
    expect(seen.size * 512).toBeLessThanOrEqual(PROBE_BYTES);
  });
});

describe('the registry', () => {
  test('knows every driver and alias under one name only', () => {
    const names = REGISTERED_DRIVERS.flatMap((driver) => [driver.name, ...driver.aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(REGISTERED_DRIVERS)('loads $name under its own name', async (registered) => {
    expect((await registered.load()).name).toBe(registered.name);
  });
});
