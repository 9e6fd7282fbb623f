/** In which encoding a text is written: its byte order mark, what UTF-8 allows, and else what letters are likely (package chardet). */

import { analyse } from 'chardet';

/** Encodings that TextDecoder knows (WHATWG Encoding), by the detector's name. */
const KNOWN: Record<string, string> = {
  ASCII: 'utf-8',
  'UTF-8': 'utf-8',
  'UTF-16LE': 'utf-16le',
  'UTF-16BE': 'utf-16be',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  'ISO-2022-JP': 'iso-2022-jp',
  GB18030: 'gb18030',
  Big5: 'big5',
  'KOI8-R': 'koi8-r',
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'iso-8859-2',
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-6': 'iso-8859-6',
  'ISO-8859-7': 'iso-8859-7',
  'ISO-8859-8': 'iso-8859-8',
  'ISO-8859-9': 'windows-1254',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
  'windows-1253': 'windows-1253',
  'windows-1254': 'windows-1254',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
};
/** Below this the detector guesses. */
const MIN_CONFIDENCE = 25;

/**
 * The encoding of a text by its first bytes, as a label of TextDecoder. `told`: what the file's beginning was judged to be. `isWhole`: nothing follows, so that a
 * character cut at the end is a fault.
 */
export function charsetOf(head: Uint8Array, told: string | null, isWhole: boolean): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (isUtf8(head, isWhole)) return told?.startsWith('utf-16') === true ? told : 'utf-8';
  if (told?.startsWith('utf-16') === true) return told;
  const likely = analyse(head).find(
    ({ name, confidence }) => confidence >= MIN_CONFIDENCE && KNOWN[name] !== undefined,
  );
  return likely === undefined || KNOWN[likely.name] === 'utf-8' ? 'windows-1252' : KNOWN[likely.name];
}

function isUtf8(head: Uint8Array, isWhole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !isWhole });
    return true;
  } catch {
    return false;
  }
}
