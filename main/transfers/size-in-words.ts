/** Sizes in main's sentences: in powers of 1000, as disks are sold. */

import { locale, texts } from '../texts.ts';

export function sizeInWords(bytes: number): string {
  const { sizes, size } = texts().units;
  const number = new Intl.NumberFormat(locale(), { maximumSignificantDigits: 3, useGrouping: false });
  const power = bytes < 1000 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log10(bytes) / 3));
  return size(number.format(bytes / 1000 ** power), sizes[power]);
}
