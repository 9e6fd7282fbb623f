/** Which language somebody gets, and the forms of words for counts. */

import { describe, expect, test } from 'vitest';
import { directionOf, firstKnown, LANGUAGE_NAMES, LANGUAGES } from './languages.ts';
import { pluralOf } from './plural.ts';

describe('the language of a list of wishes', () => {
  test('is the first that Airlock has, with the tag that asked for it', () => {
    expect(firstKnown(['sv-SE', 'de-AT', 'en'])).toEqual({ language: 'de', tag: 'de-AT' });
    expect(firstKnown(['pt_BR.UTF-8'])).toEqual({ language: 'pt', tag: 'pt_BR.UTF-8' });
    expect(firstKnown(['ar-EG'])).toEqual({ language: 'ar', tag: 'ar-EG' });
  });

  test('is English where none is known', () => {
    expect(firstKnown([])).toEqual({ language: 'en', tag: 'en' });
    expect(firstKnown(['C.UTF-8', 'xx'])).toEqual({ language: 'en', tag: 'en' });
  });

  test('is Chinese for simplified script only', () => {
    expect(['zh', 'zh-Hans-CN', 'zh_SG', 'zh-CN'].map((tag) => firstKnown([tag, 'fr']).language)).toEqual(
      Array(4).fill('zh-CN'),
    );
    expect(['zh-TW', 'zh-Hant', 'zh_HK.UTF-8'].map((tag) => firstKnown([tag, 'fr']).language)).toEqual(
      Array(3).fill('fr'),
    );
  });
});

test('every language has a name in itself, and one runs from right to left', () => {
  expect(Object.keys(LANGUAGE_NAMES).sort()).toEqual([...LANGUAGES].sort());
  expect(LANGUAGES.filter((language) => directionOf(language) === 'rtl')).toEqual(['ar']);
});

test('words follow a count by the language’s own rules', () => {
  const forms = { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' };
  expect([1, 2, 5, 22, 1.5].map((count) => pluralOf('pl')(count, forms))).toEqual([
    'plik',
    'pliki',
    'plików',
    'pliki',
    'pliku',
  ]);
  expect([0, 1, 2].map((count) => pluralOf('ja')(count, { other: '個' }))).toEqual(['個', '個', '個']);
  expect([1, 3, 11, 100].map((count) => pluralOf('ar')(count, { few: 'f', many: 'm', other: 'o' }))).toEqual([
    'o',
    'f',
    'm',
    'o',
  ]);
});
