/**
 * Letters of other scripts that look like Latin ones. The pairs are those that one sees in any printed alphabet (Cyrillic, Greek, Armenian), and the
 * compatibility forms that Unicode itself folds (NFKC: full-width and mathematical letters).
 */

import type { Tell } from './finding.ts';

/** By Latin letter, whatever looks like it in common typefaces. */
const LIKE: Record<string, string> = {
  a: 'аα',
  b: 'Ьƅ',
  c: 'сϲ',
  d: 'ԁ',
  e: 'е',
  g: 'ɡց',
  h: 'һհ',
  i: 'іıι',
  j: 'јϳ',
  k: 'κ',
  l: 'ӏⅼ',
  n: 'ո',
  o: 'оοօ',
  p: 'рρ',
  q: 'ԛզ',
  s: 'ѕ',
  u: 'υս',
  v: 'ѵν',
  w: 'ԝ',
  x: 'хχ',
  y: 'уγ',
  A: 'АΑ',
  B: 'ВΒ',
  C: 'СϹ',
  E: 'ЕΕ',
  F: 'Ϝ',
  G: 'Ԍ',
  H: 'НΗ',
  I: 'ІΙӀ',
  J: 'Ј',
  K: 'КΚ',
  M: 'МΜ',
  N: 'Ν',
  O: 'ОΟՕ',
  P: 'РΡ',
  S: 'ЅՏ',
  T: 'ТΤ',
  U: 'Ս',
  V: 'Ѵ',
  W: 'Ԝ',
  X: 'ХΧ',
  Y: 'УΥҮ',
  Z: 'Ζ',
};
const latinOf = new Map(
  Object.entries(LIKE).flatMap(([latin, others]) => Array.from(others, (o) => [o, latin] as const)),
);

const ASCII = /^[\x20-\x7e]*$/;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const LATIN = /\p{Script=Latin}/u;
const OTHER = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;

/** The name as it looks: names with the same skeleton are taken for each other. */
export function skeletonOf(name: string): string {
  if (ASCII.test(name)) return name;
  return Array.from(name.normalize('NFKC'), (character) => latinOf.get(character) ?? character).join('');
}

/** A word of Latin letters and of others that all look Latin: nobody types one by hand. */
export function mixedScript(name: string, tell: Tell): void {
  if (ASCII.test(name)) return;
  for (const [word] of name.matchAll(WORD)) {
    if (!LATIN.test(word) || !OTHER.test(word)) continue;
    const others = Array.from(word).filter((letter) => OTHER.test(letter));
    if (!others.every((letter) => latinOf.has(letter))) continue;
    tell('mixed-script', { quote: others.map((letter) => `${letter} (${scriptOf(letter)})`).join(', ') });
    return;
  }
}

function scriptOf(letter: string): string {
  if (/\p{Script=Cyrillic}/u.test(letter)) return 'Cyrillic';
  return /\p{Script=Greek}/u.test(letter) ? 'Greek' : 'Armenian';
}
