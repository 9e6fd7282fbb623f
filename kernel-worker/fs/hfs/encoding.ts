/**
 * Character sets of names on HFS, of which the disk says nothing: MacRoman unless the option `encoding` names another script's. Those come from iconv-lite,
 * which is loaded only for them.
 */

import { textOfMacRoman } from './macroman.ts';

export type Decode = (bytes: Uint8Array) => string;

export const DEFAULT_ENCODING = 'roman';

/** By script, what iconv-lite calls its character set (for East Asia's, those that Apple's were made from). */
const ICONV_NAMES = new Map([
  ['centraleuropean', 'maccenteuro'],
  ['croatian', 'maccroatian'],
  ['cyrillic', 'maccyrillic'],
  ['greek', 'macgreek'],
  ['icelandic', 'maciceland'],
  ['romanian', 'macromania'],
  ['thai', 'macthai'],
  ['turkish', 'macturkish'],
  ['ukrainian', 'macukraine'],
  ['japanese', 'shiftjis'],
  ['korean', 'euckr'],
  ['simplifiedchinese', 'gb2312'],
  ['traditionalchinese', 'big5'],
]);

export const ENCODINGS = [DEFAULT_ENCODING, ...ICONV_NAMES.keys()];

const loaded = new Map<string, Decode>([[DEFAULT_ENCODING, textOfMacRoman]]);

/** Loads a character set of ENCODINGS, so that `decoderOf` finds it. */
export async function loadEncoding(name: string): Promise<void> {
  const known = ICONV_NAMES.get(name);
  if (known === undefined || loaded.has(name)) return;
  const { default: iconv } = await import('iconv-lite');
  const decode: Decode = (bytes) => iconv.decode(bytes, known);
  decode(Uint8Array.of(0x80)); // iconv-lite loads its tables on first use: now, not within a system call
  loaded.set(name, decode);
}

/** A character set that was loaded; else the default one. */
export function decoderOf(name: string | undefined): Decode {
  return loaded.get(name ?? DEFAULT_ENCODING) ?? textOfMacRoman;
}
