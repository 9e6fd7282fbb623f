/** Names found by what people type. */

import { describe, expect, it } from 'vitest';
import { folded } from './folding.ts';
import { maskMatches, namePattern } from './name-pattern.ts';

describe('folding', () => {
  it('takes case and accents away, composed or not', () => {
    expect(folded('ÄRGER.TXT')).toBe('arger.txt');
    expect(folded('e\u0301te\u0301')).toBe('ete');
    expect(folded('été')).toBe('ete');
    expect(folded('Straße Łódź Øre Þór')).toBe('strasse lodz ore thor');
  });

  it('leaves marks that make another letter, and units that are no text', () => {
    expect(folded('が')).not.toBe(folded('か'));
    expect(folded('が')).toBe(folded('か\u3099'));
    expect(folded('한글')).toBe(folded('한글'.normalize('NFD')));
    expect(folded('a\udc80b')).toBe('a\udc80b');
  });
});

describe('a pattern', () => {
  it('is a part of the name anywhere in it', () => {
    expect(namePattern('LIDA')('Holiday.jpg')).toBe(true);
    expect(namePattern('elan')('Élan.pdf')).toBe(true);
    expect(namePattern('  day ')('Holiday')).toBe(true);
    expect(namePattern('')('anything')).toBe(true);
    expect(namePattern('x')('Holiday')).toBe(false);
  });

  it('is a mask over the whole name where it has a star or a question mark', () => {
    const jpg = namePattern('*.jpg');
    expect(jpg('a.JPG')).toBe(true);
    expect(jpg('.jpg')).toBe(true);
    expect(jpg('a.jpg.exe')).toBe(false);
    expect(namePattern('IMG_????.*')('img_0042.jpeg')).toBe(true);
    expect(namePattern('IMG_????.*')('img_042.jpeg')).toBe(false);
    expect(namePattern('a*b*c')('a-b-b-c')).toBe(true);
    expect(namePattern('a*b*c')('a-c-b')).toBe(false);
    expect(namePattern('**')('')).toBe(true);
  });

  it('takes a character beyond the first plane for one', () => {
    expect(maskMatches('?.txt', '😀.txt')).toBe(true);
    expect(maskMatches('??.txt', '😀.txt')).toBe(false);
    expect(maskMatches('*?', '😀')).toBe(true);
  });

  it('knows no other signs: brackets, dots and backslashes are themselves', () => {
    expect(namePattern('[a].*')('[a].txt')).toBe(true);
    expect(namePattern('[a].*')('a.txt')).toBe(false);
    expect(namePattern('\\*')('\\x')).toBe(true);
  });

  it('takes no time for a mask of many stars over a name that nearly fits', () => {
    const mask = `${'*a'.repeat(120)}*b`;
    const started = performance.now();
    for (let i = 0; i < 100; i++) expect(maskMatches(mask, 'a'.repeat(255))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
