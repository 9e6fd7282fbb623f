/**
 * Seeded damage: bytes of metadata of each reference image are changed at random, and reading everything must still end cleanly. The seed is in the
 * test's name; MUTATIONS in the environment makes more of them (default 60 for each image).
 */

import { describe, expect, test } from 'vitest';
import { testImages } from '../images/library.ts';
import { readAll } from './read-all.ts';

const FAMILIES = new RegExp(process.env.FAMILY ?? '^(fat|exfat|ntfs|ext|iso|udf|ufs|hfs|disk|netbsd)');
const MUTATIONS = Number(process.env.MUTATIONS ?? 60);
/** No mutation may take longer than the bar for hostile images. */
const LIMIT_MS = 5000;
const SECTOR = 512;
/** Of larger images only some are mutated: each run reads all of the image. */
const MAX_IMAGE_BYTES = 32 * 1024 * 1024;

/** Sectors that look like metadata: some bytes, but not as dense as content; the first 64 KiB in any case. */
function metadataSectors(bytes: Uint8Array): number[] {
  const sectors: number[] = [];
  for (let sector = 0; (sector + 1) * SECTOR <= bytes.length; sector++) {
    const part = bytes.subarray(sector * SECTOR, (sector + 1) * SECTOR);
    const zeros = part.filter((byte) => byte === 0).length;
    if (zeros < SECTOR && (zeros > SECTOR / 8 || sector < 128)) sectors.push(sector);
  }
  return sectors;
}

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Values that hurt more often than random ones. */
const NASTY = [0x00, 0xff, 0x7f, 0x80, 0x01, 0xfe];

function mutate(original: Uint8Array, sectors: readonly number[], seed: number): Uint8Array {
  const bytes = Uint8Array.from(original);
  const random = generator(seed);
  const changes = 1 + random(8);
  for (let i = 0; i < changes; i++) {
    const at = sectors[random(sectors.length)] * SECTOR + random(SECTOR);
    const length = 1 + random(4);
    const value = random(2) === 0 ? NASTY[random(NASTY.length)] : random(256);
    for (let k = at; k < Math.min(at + length, bytes.length); k++) bytes[k] = value;
  }
  return bytes;
}

describe.each(testImages(FAMILIES).filter((image) => (image.meta.raw_size ?? 0) <= MAX_IMAGE_BYTES))(
  '$name',
  (image) => {
    test(
      `${image.name} ends cleanly under ${MUTATIONS} seeded mutations`,
      async () => {
        const original = image.bytes();
        const sectors = metadataSectors(original);
        for (let seed = 1; seed <= MUTATIONS; seed++) {
          const start = performance.now();
          const broken = (await readAll(mutate(original, sectors, seed))).filter((errno) =>
            errno.includes('driver failed'),
          );
          if (broken.length > 0) expect.fail(`seed ${seed}: ${broken[0]}`);
          expect(performance.now() - start, `seed ${seed} takes too long`).toBeLessThan(LIMIT_MS);
        }
      },
      LIMIT_MS * 60,
    );
  },
);
