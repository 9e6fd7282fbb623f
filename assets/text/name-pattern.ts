/**
 * What people type to find a name: a part of it, or a mask over all of it with '*' for anything and '?' for one character. No expression is built from
 * it: matching takes at most the product of both lengths, whatever was typed. It imports nothing but the folding.
 */

import { folded } from './folding.ts';

/** Longer than any name. */
const MAX_PATTERN_LENGTH = 255;

const STAR = 0x2a;
const QUESTION = 0x3f;

function isMask(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** Whether a name is meant by what was typed, case and accents aside; everything is by an empty text. */
export function namePattern(text: string): (name: string) => boolean {
  const sought = folded(text.trim().slice(0, MAX_PATTERN_LENGTH));
  if (sought === '') return () => true;
  return isMask(sought) ? (name) => maskMatches(sought, folded(name)) : (name) => folded(name).includes(sought);
}

/** Goes back to the last star only: what earlier stars took never has to be more (Krauss, "Matching Wildcards"). */
export function maskMatches(mask: string, name: string): boolean {
  let m = 0;
  let n = 0;
  let star = -1;
  let retry = 0;
  while (n < name.length) {
    const wanted = m < mask.length ? mask.charCodeAt(m) : 0;
    if (wanted === STAR) {
      star = m;
      m += 1;
      retry = n;
    } else if (m < mask.length && wanted === QUESTION) {
      m += 1;
      n += characterLength(name, n);
    } else if (m < mask.length && wanted === name.charCodeAt(n)) {
      m += 1;
      n += 1;
    } else if (star !== -1) {
      m = star + 1;
      retry += characterLength(name, retry);
      n = retry;
    } else {
      return false;
    }
  }
  while (m < mask.length && mask.charCodeAt(m) === STAR) m += 1;
  return m === mask.length;
}

/** Two units for a character beyond U+FFFF. */
function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
