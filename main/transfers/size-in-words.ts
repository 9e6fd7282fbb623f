/** Sizes in main's sentences: in powers of 1000, as disks are sold. */

import { texts } from '../texts.ts';

export function sizeInWords(bytes: number): string {
  const { sizes, size } = texts().units;
  const power = bytes < 1000 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log10(bytes) / 3));
  return size(String(Number((bytes / 1000 ** power).toPrecision(3))), sizes[power]);
}
