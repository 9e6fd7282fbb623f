/** What FAT can be read as: the code pages and time zones that its driver knows (kernel-worker/fs/msdosfs; a test holds the lists together). */

import type { messages } from '../messages/messages.ts';

export type Script = keyof typeof messages.settings.codePages;

const PAGES: Record<Script, string> = {
  latin: '437 775 850 852 857 858 860 861 863 865 1250 1252 1254 1257',
  greek: '737 869 1253',
  cyrillic: '808 855 866 1251',
  arabic: '720 864 1256',
  hebrew: '856 862 1255',
  thai: '874',
  vietnamese: '1258',
  eastAsian: '932 936 949 950',
};

export const FAT_CODE_PAGES: ReadonlyArray<{ number: string; script: Script }> = (
  Object.keys(PAGES) as Script[]
).flatMap((script) => PAGES[script].split(' ').map((number) => ({ number, script })));

/** Whole hours from -12 to +14, and the places that are off by a half or a quarter. */
export const FAT_TIME_ZONES: readonly string[] = [
  ...'-12 -11 -10 -09:30 -09 -08 -07 -06 -05 -04 -03:30 -03 -02 -01 +00 +01 +02 +03 +03:30 +04 +04:30 +05 +05:30 +05:45 +06 +06:30'.split(
    ' ',
  ),
  ...'+07 +08 +08:45 +09 +09:30 +10 +10:30 +11 +12 +12:45 +13 +14'.split(' '),
].map((offset) => (offset.includes(':') ? offset : `${offset}:00`));
