/**
 * Packs a folder of reference images into test/images/*.pack. Run on changes of the collection only:
 *   npx rolldown test/images/pack.ts --platform node --format esm --file dist/test/pack.js && AIRLOCK_IMAGES=FOLDER node dist/test/pack.js test/images
 */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostileImages, testImages } from './library.ts';
import { encodePack, type PackedImage, SECTOR } from './pack-format.ts';

class SectorPool {
  private readonly known = new Map<string, number>();
  private readonly sectors: Uint8Array[] = [];

  /** The runs of an image in this pool. */
  add(bytes: Uint8Array): number[] {
    const runs: number[] = [];
    for (let at = 0; at * SECTOR < bytes.length; at++) {
      const sector = bytes.subarray(at * SECTOR, (at + 1) * SECTOR);
      if (sector.every((byte) => byte === 0)) continue;
      const index = this.indexOf(sector);
      const last = runs.length - 3;
      if (last >= 0 && runs[last] + runs[last + 2] === at && runs[last + 1] + runs[last + 2] === index)
        runs[last + 2] += 1;
      else runs.push(at, index, 1);
    }
    return runs;
  }

  bytes(): Uint8Array {
    return Buffer.concat(
      this.sectors.map((sector) => (sector.length === SECTOR ? sector : Buffer.concat([sector], SECTOR))),
    );
  }

  private indexOf(sector: Uint8Array): number {
    const key = Buffer.from(sector).toString('latin1');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, this.sectors.length);
    this.sectors.push(sector.slice());
    return this.sectors.length - 1;
  }
}

function write(folder: string, name: string, make: (pool: SectorPool) => PackedImage[]): void {
  const pool = new SectorPool();
  const images = make(pool);
  const bytes = encodePack({ images, pool: pool.bytes() });
  writeFileSync(join(folder, `${name}.pack`), bytes);
  console.log(`${name}: ${images.length} images, ${(bytes.length / 1e6).toFixed(2)} MB`);
}

const target = process.argv[2];
const families: Record<string, RegExp> = {
  fat: /^(fat|disk-superfloppy)/,
  disk: /^disk-(?!superfloppy)/,
  exfat: /^exfat/,
  ext: /^(ext|netbsd-ext)/,
  ntfs: /^ntfs/,
  iso: /^(iso|hfsplus-iso)/,
  udf: /^(udf|netbsd-udf)/,
  ufs: /^(ufs|netbsd-ff)/,
  lfs: /^netbsd-lfs/,
  hfs: /^(hfs-|hfsx|hfsplus-(?!iso)|netbsd-hfs)/,
  small: /^netbsd-(efs|sysvbfs|v7fs)/,
};
for (const [family, pattern] of Object.entries(families)) {
  write(target, `reference-${family}`, (pool) =>
    testImages(pattern).map((image) => ({
      name: image.name,
      rawSize: image.bytes().length,
      runs: pool.add(image.bytes()),
      meta: image.meta,
      manifests: Object.fromEntries(
        image.views.map((view) => [
          view,
          image
            .manifest(view)
            .map((line) => `${JSON.stringify(line)}\n`)
            .join(''),
        ]),
      ),
    })),
  );
}
const hostileFamilies =
  /^(fat12|fat16|fat32|mbr|gpt|apm|none|exfat|exfat-goodsum|ext2|ext4|ntfs|iso|udf|ufs1|ufs2|hfs|hfsplus)$/;
for (const family of new Set(hostileImages(hostileFamilies).map((image) => image.family))) {
  write(target, `hostile-${family}`, (pool) =>
    hostileImages(new RegExp(`^${family}$`)).map((image) => {
      const bytes = image.bytes();
      return { name: image.name, rawSize: bytes.length, runs: pool.add(bytes), meta: null, manifests: {} };
    }),
  );
}
console.log(readdirSync(target).filter((file) => file.endsWith('.pack')).length, 'packs');
