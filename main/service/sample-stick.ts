/** The sample stick that ships with the app: a small image, packed, unpacked into a temporary file when somebody wants to see it. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The image is ours; the bound is for a file that was exchanged. */
const MAX_IMAGE_BYTES = 64 * 1024 * 1024;

export interface SampleStick {
  /** The path of the unpacked image, which may be read only. */
  path(): Promise<string>;
  remove(): void;
}

/** `packedPath`: assets/sample-stick.img.gz. */
export function sampleStick(packedPath: string): SampleStick {
  let folder: string | null = null;
  return {
    async path() {
      if (folder === null) {
        const image = gunzipSync(readFileSync(packedPath), { maxOutputLength: MAX_IMAGE_BYTES });
        folder = mkdtempSync(join(tmpdir(), 'airlock-sample-'));
        writeFileSync(join(folder, 'sample-stick.img'), image, { mode: 0o400 });
      }
      return join(folder, 'sample-stick.img');
    },
    remove() {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
      folder = null;
    },
  };
}
