/**
 * Names that mislead: a second extension, blanks that push the real one out of sight, characters that turn the direction of text or cannot be seen.
 * Unicode 15: Bidi_Control (UAX #9), Default_Ignorable_Code_Point, White_Space.
 */

import { JAVASCRIPT, RUNS, stemOf, TRUSTED } from './extensions.ts';
import type { Tell } from './finding.ts';

/** Overrides turn whatever follows; no language needs them in a name. */
const OVERRIDE = /[\u202d\u202e]/;
/** Marks, embeddings and isolates: names in Arabic and Hebrew may have them. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]/;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Drawn as nothing. Joiners and variation selectors are left out: see JOINING. */
const INVISIBLE =
  /\u034f|[\u17b4\u17b5]|[\u180b-\u180e]|[\u00ad\u115f\u1160\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]/u;
const JOINERS = /[\u200c\u200d]/;
/** Scripts and signs in which a joiner changes what is seen. */
const JOINING =
  /[\p{Extended_Pictographic}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}\p{Script=Tibetan}]/u;
/** White_Space, and what is drawn as empty. */
const BLANK = /^[\u034f\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]*$/;
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
/** So many blanks before an extension are no slip of the finger. */
const SPACED = /(?<![\s\u00a0\u2000-\u200a\u2800\u3000])[\s\u00a0\u2000-\u200a\u2800\u3000]{3,}\.[^.\s]{1,16}$/u;

/** `isFolder`: folders have no extensions. */
export function misleadingName(name: string, isFolder: boolean, extension: string, tell: Tell): void {
  if (!isFolder) posesByName(name, extension, tell);
  if (PLAIN.test(name)) return;
  if (BLANK.test(name)) {
    tell('blank-name', { quote: spelledOut(name) });
    return;
  }
  if (OVERRIDE.test(name)) tell('direction-override', { quote: spelledOut(name) });
  else if (DIRECTION.test(name))
    tell('direction-mark', {
      quote: spelledOut(name),
      severity: RIGHT_TO_LEFT.test(name) || isFolder || !RUNS.has(extension) ? 'note' : 'danger',
    });
  if (INVISIBLE.test(name) || (JOINERS.test(name) && !JOINING.test(name)))
    tell('invisible-name', { quote: spelledOut(name) });
}

function posesByName(name: string, extension: string, tell: Tell): void {
  const runs = RUNS.get(extension);
  const isScript = extension === JAVASCRIPT;
  if (runs === undefined && !isScript && extension !== 'lnk' && extension !== 'desktop') return;
  const sort = runs ?? (isScript ? 'script' : 'shortcut');
  const stem = stemOf(name).trimEnd();
  const dot = stem.lastIndexOf('.');
  // A shortcut to a document is called so by Windows itself, and its own extension is never shown.
  if (dot > 0 && TRUSTED.has(stem.slice(dot + 1).toLowerCase()) && extension !== 'lnk' && extension !== 'desktop')
    tell('double-extension', { sort });
  if (SPACED.test(name)) tell('spaced-extension', { sort });
}

/** Each character that is not plain as its code point, so that it can be seen which it is. */
export function spelledOut(name: string): string {
  return Array.from(name, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const isShown = code > 0x20 && !/[\u034f\u180b-\u180f\p{C}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u.test(character);
    return isShown || character === ' ' ? character : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
}
