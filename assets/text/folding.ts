/**
 * Names as people compare them while they seek: without case and accents, however they were composed (Unicode 15, UAX #15). For the interface, which
 * filters what it shows, and the worker, which searches what is on the medium; it imports nothing.
 */

/** Combining diacritical marks: accents of Latin, Greek and Cyrillic. Marks of other scripts are letters of their own (が is not か). */
const ACCENTS = /[\u0300-\u036f]+/g;
/** Letters that have no decomposition but are typed without their stroke or apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
};
const SPECIAL = /[ßøłđðþæœıħ]/g;
const ASCII = /^[\0-\x7f]*$/;

/** The form under which two names compare equal that differ by case, accents or composition only. */
export function folded(name: string): string {
  const lower = name.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter);
}
