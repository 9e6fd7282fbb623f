import { describe, expect, test } from 'vitest';
import { compareBinary, compareFolded, composed, decomposed, foldedUnit, swapSeparators } from './unicode.ts';

const units = (text: string) => Uint8Array.from([...Buffer.from(text, 'utf16le').swap16()]);
const folded = (a: string, b: string) => Math.sign(compareFolded(units(a), 0, a.length, b));
const binary = (a: string, b: string) => Math.sign(compareBinary(units(a), 0, a.length, b));

describe('the order of names', () => {
  test.each([
    [0x41, 0x61],
    [0x5b, 0x5b],
    [0xc4, 0xc4],
    [0xc6, 0xe6],
    [0x130, 0x130],
    [0x13f, 0x140],
    [0x178, 0x178],
    [0x1c4, 0x1c6],
    [0x1c5, 0x1c6],
    [0x3a2, 0x3a2],
    [0x3a9, 0x3c9],
    [0x401, 0x401],
    [0x402, 0x452],
    [0x419, 0x419],
    [0x42f, 0x44f],
    [0x476, 0x476],
    [0x4be, 0x4bf],
    [0x4c0, 0x4c0],
    [0x556, 0x586],
    [0x10c5, 0x10f5],
    [0x1e9e, 0x1e9e],
    [0x216f, 0x217f],
    [0xff3a, 0xff5a],
    [0, 0xffff],
    [0xfeff, 0],
    [0x200c, 0],
    [0x200b, 0x200b],
  ])('folds U+%i to U+%i as the table of TN1150 does', (unit, to) => {
    expect(foldedUnit(unit)).toBe(to);
  });

  test('ignores 16 units, and folds the others to nothing but their lower case', () => {
    const all = Array.from({ length: 0x10000 }, (_, unit) => unit);
    expect(all.filter((unit) => foldedUnit(unit) === 0)).toHaveLength(16);
    const moved = all.filter((unit) => unit !== 0 && foldedUnit(unit) !== 0 && foldedUnit(unit) !== unit);
    // What Unicode folds as well, but for what can be decomposed or came after Unicode 2.
    expect(
      moved.every(
        (unit) =>
          String.fromCharCode(unit).toLowerCase() === String.fromCharCode(foldedUnit(unit)) ||
          (unit >= 0x10a0 && unit <= 0x10c5),
      ),
    ).toBe(true);
  });

  test('ignores case and ignorable units, and puts NUL behind everything', () => {
    expect(folded('ReadMe', 'readme')).toBe(0);
    expect(folded('read\u200dme', 'readme')).toBe(0);
    expect(folded('a', 'B')).toBe(-1);
    expect(folded('a', 'ab')).toBe(-1);
    expect(folded('ab', 'a')).toBe(1);
    expect(folded('\0\0\0\0HFS+', 'zzz')).toBe(1);
    expect(folded('', 'a')).toBe(-1);
  });

  test('of HFSX is that of the units', () => {
    expect(binary('a', 'B')).toBe(1);
    expect(binary('a', 'a')).toBe(0);
    expect(binary('\0', 'a')).toBe(-1);
    expect(binary('a', 'ab')).toBe(-1);
  });
});

describe('forms of names', () => {
  test('are decomposed and composed, but for what Apple leaves as it is', () => {
    expect(decomposed('\u00fcber \u1e69')).toBe('u\u0308ber s\u0323\u0307');
    expect(composed('u\u0308ber')).toBe('\u00fcber');
    expect(decomposed('\u2260 \u2126 \uf900')).toBe('\u2260 \u2126 \uf900');
    expect(composed('\u2126 \uf900')).toBe('\u2126 \uf900');
    expect(decomposed('\uac01')).toBe('\u1100\u1161\u11a8');
    expect(composed('\ud800')).toBe('\ud800');
  });

  test('have ":" where paths have "/"', () => {
    expect(swapSeparators('a/b:c')).toBe('a:b/c');
  });
});
