/** MacRoman, the character set of HFS on Macintoshes that were sold in the West (Apple's ROMAN.TXT of the Unicode consortium). */

/** 0x80 to 0xFF, 16 in a row; 0xF0 is Apple's logo, in the private use area. */
const UPPER = [
  'ÄÅÇÉÑÖÜáàâäãåçéè',
  'êëíìîïñóòôöõúùûü',
  '†°¢£§•¶ß®©™´¨≠ÆØ',
  '∞±≤≥¥µ∂∑∏π∫ªºΩæø',
  '¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ',
  '–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ',
  '‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ',
  '\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ',
].join('');

/** The string for bytes in MacRoman; the characters below 0x80 are ASCII's. */
export function textOfMacRoman(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : UPPER[byte - 0x80];
  return text;
}
