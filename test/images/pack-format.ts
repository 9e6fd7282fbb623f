/**
 * The test images' own container: the images of a family and their manifests in one brotli stream, each sector stored once however many images hold it.
 * Layout before compression: u32le length of the header, the header as JSON, then the pool of 512-byte sectors.
 */

import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

export const SECTOR = 512;

export interface PackedImage {
  name: string;
  rawSize: number;
  /** Flat triples: sector in the image, sector in the pool, count. What is not named is zeros. */
  runs: number[];
  /** From the image's meta.json; null for hostile images. */
  meta: unknown;
  /** '' is the main manifest; else the view's name. JSON lines. */
  manifests: Record<string, string>;
}

export interface Pack {
  images: PackedImage[];
  pool: Uint8Array;
}

export function encodePack(pack: Pack): Uint8Array {
  const header = Buffer.from(JSON.stringify(pack.images));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return brotliCompressSync(Buffer.concat([length, header, pack.pool]), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
}

export function decodePack(bytes: Uint8Array): Pack {
  const plain = brotliDecompressSync(bytes);
  const length = plain.readUInt32LE(0);
  const images: PackedImage[] = JSON.parse(plain.toString('utf8', 4, 4 + length));
  return { images, pool: plain.subarray(4 + length) };
}

export function unpackImage(pack: Pack, image: PackedImage): Uint8Array {
  const raw = new Uint8Array(image.rawSize);
  for (let i = 0; i < image.runs.length; i += 3) {
    const [at, from, count] = image.runs.slice(i, i + 3);
    const part = pack.pool.subarray(from * SECTOR, (from + count) * SECTOR);
    raw.set(part.subarray(0, Math.min(part.length, raw.length - at * SECTOR)), at * SECTOR);
  }
  return raw;
}
