/** Short names, 8.3, in a code page ("FAT Directory Structure", DIR_Name), with the case bits that Windows NT added. */

import type { CodePage } from './codepage.ts';
import { DIRENT } from './format.ts';

/** DIR_NTRes: the base, or the extension, is shown in lower case. */
const BASE_IS_LOWER = 0x08;
const EXTENSION_IS_LOWER = 0x10;
/** How E5, which would mark a deleted entry, is written as a first byte. */
const WRITTEN_E5 = 0x05;
const SPACE = 0x20;

/** How short names are shown, with the words of Linux's `shortname=`; 'mixed' shows like 'winnt'. */
export type ShortNameStyle = 'mixed' | 'winnt' | 'win95' | 'lower';

export interface ShortNames {
  codePage: CodePage;
  style: ShortNameStyle;
}

/** The name of an entry without a long name, as people see it. */
export function shownShortName(names: ShortNames, slots: Uint8Array, at: number): string {
  if (names.style === 'lower') return decode(names.codePage, slots, at, BASE_IS_LOWER | EXTENSION_IS_LOWER);
  return decode(names.codePage, slots, at, names.style === 'win95' ? 0 : slots[at + DIRENT.caseBits]);
}

/** The name as it is stored, in upper case. */
export function storedShortName(names: ShortNames, slots: Uint8Array, at: number): string {
  return decode(names.codePage, slots, at, 0);
}

function decode(codePage: CodePage, slots: Uint8Array, at: number, caseBits: number): string {
  if (slots[at] === WRITTEN_E5) {
    const restored = slots.slice(at, at + 11);
    restored[0] = 0xe5;
    return decode(codePage, restored, 0, caseBits);
  }
  const base = part(codePage, slots, at, at + 8, (caseBits & BASE_IS_LOWER) !== 0);
  if (slots[at + 8] === SPACE && slots[at + 9] === SPACE && slots[at + 10] === SPACE) return base;
  return `${base}.${part(codePage, slots, at + 8, at + 11, (caseBits & EXTENSION_IS_LOWER) !== 0)}`;
}

/** The bytes from `start` on without the spaces at their end. */
function part(codePage: CodePage, slots: Uint8Array, start: number, paddedEnd: number, isLower: boolean): string {
  let end = paddedEnd;
  while (end > start && slots[end - 1] === SPACE) end -= 1;
  let text = '';
  for (let i = start; i < end; i++) {
    if (slots[i] >= 0x80) {
      text = codePage.decode(slots.slice(start, end));
      break;
    }
    text += String.fromCharCode(slots[i]);
  }
  return isLower ? lowerCase(text) : text;
}

/** Character by character, so that nothing grows. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (character) => {
    const one = character.toLowerCase();
    return one.length === character.length ? one : character;
  }).join('');
}
