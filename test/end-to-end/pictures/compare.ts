/** Compares a picture with the recorded one, pixel by pixel, and shows where they differ. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How much a pixel's colour may differ, 0 to 1: less than that is antialiasing. */
const THRESHOLD = 0.15;
/** Of all pixels. */
const MAX_SHARE = 0.003;

/** null: alike; else in words what differs. Then the picture and the difference are written into `folder`. */
export function difference(name: string, recorded: Buffer, taken: Buffer, folder: string): string | null {
  const before = PNG.sync.read(recorded);
  const now = PNG.sync.read(taken);
  const paths = [join(folder, `${name}.png`), join(folder, `${name}.difference.png`)];
  if (before.width !== now.width || before.height !== now.height) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(paths[0], taken);
    return `${name} is ${now.width} × ${now.height}, recorded ${before.width} × ${before.height}: ${paths[0]}`;
  }
  const { width, height } = now;
  const shown = new PNG({ width, height });
  const pixels = pixelmatch(before.data, now.data, shown.data, width, height, { threshold: THRESHOLD });
  if (pixels <= MAX_SHARE * width * height) return null;
  mkdirSync(folder, { recursive: true });
  writeFileSync(paths[0], taken);
  writeFileSync(paths[1], PNG.sync.write(shown));
  return `${name} differs in ${pixels} pixels, ${((100 * pixels) / (width * height)).toFixed(2)} %: ${paths.join(', ')}`;
}

/** Where pngquant is installed the picture becomes a fourth as large, and stays well within the tolerance. */
export function record(path: string, taken: Buffer): void {
  writeFileSync(path, taken);
  spawnSync('pngquant', ['--force', '--output', path, '--quality', '90-100', '--speed', '1', '--strip', path]);
}
