/** Code pages of short names and labels. 437 stands in a table of our own; the others come from iconv-lite, which is loaded only for them. */

import { decodeCp437 } from './cp437.ts';

export interface CodePage {
  /** Its number: '437'. */
  name: string;
  decode(bytes: Uint8Array): string;
}

export const DEFAULT_CODE_PAGE = '437';

/** What DOS and Windows used as OEM code pages, with East Asia's double-byte ones (932 Japanese, 936 and 950 Chinese, 949 Korean) at the end. */
export const CODE_PAGES = [
  ...[
    '437',
    '720',
    '737',
    '775',
    '808',
    '850',
    '852',
    '855',
    '856',
    '857',
    '858',
    '860',
    '861',
    '862',
    '863',
    '864',
    '865',
    '866',
    '869',
    '874',
  ],
  ...['1250', '1251', '1252', '1253', '1254', '1255', '1256', '1257', '1258'],
  ...['932', '936', '949', '950'],
] as const;

const loaded = new Map<string, CodePage>([
  ['437', { name: '437', decode: (bytes) => decodeCp437(bytes, 0, bytes.length) }],
]);

/** Loads a code page of CODE_PAGES, so that `codePage` finds it. */
export async function loadCodePage(name: string): Promise<void> {
  if (loaded.has(name)) return;
  const { default: iconv } = await import('iconv-lite');
  const decoder = (bytes: Uint8Array) => iconv.decode(bytes, `cp${name}`);
  decoder(Uint8Array.of(0x80)); // iconv-lite loads its tables on first use: now, not within a system call
  loaded.set(name, { name, decode: decoder });
}

/** A code page that was loaded; else the default one. */
export function codePage(name: string): CodePage {
  const page = loaded.get(name) ?? loaded.get(DEFAULT_CODE_PAGE);
  if (page === undefined) throw new Error('the default code page is always there');
  return page;
}
