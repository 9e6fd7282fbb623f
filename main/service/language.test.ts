/** The language in which main speaks. */

import { afterEach, expect, test } from 'vitest';
import { en } from '../../assets/messages/en/index.ts';
import { LANGUAGES } from '../../assets/messages/languages.ts';
import { language, locale, texts, useTexts } from '../texts.ts';
import { environmentLanguages, speakLanguage } from './language.ts';
import { refused } from './problems.ts';

afterEach(() => useTexts(en));

test('the environment’s wishes come as gettext takes them', () => {
  expect(environmentLanguages({ LANG: 'de_DE.UTF-8' })).toEqual(['de_DE.UTF-8']);
  expect(environmentLanguages({ LANGUAGE: 'fr:de', LANG: 'de_DE.UTF-8' })).toEqual(['fr', 'de', 'de_DE.UTF-8']);
  expect(environmentLanguages({ LANGUAGE: 'fr', LC_ALL: 'C.UTF-8', LANG: 'de_DE' })).toEqual(['C.UTF-8']);
  expect(environmentLanguages({ LC_MESSAGES: 'ja_JP', LANG: 'de_DE' })).toEqual(['ja_JP']);
  expect(environmentLanguages({})).toEqual([]);
});

test('main speaks every language of the list', async () => {
  const said = new Set<string>();
  for (const choice of LANGUAGES) {
    expect(await speakLanguage(choice, [])).toBe(choice);
    expect(language()).toBe(choice);
    said.add(refused(texts().failures.noFile).message);
  }
  expect(said.size).toBe(LANGUAGES.length);
});

test('the system’s language is taken where none is chosen, and English keeps the system’s locale', async () => {
  expect(await speakLanguage('system', ['sv', 'it-CH'])).toBe('it');
  expect([texts().failures.noFile, locale()]).toEqual(['Questo file non c’è.', 'it']);
  expect(await speakLanguage('system', ['sv'])).toBe('en');
  expect([texts().failures.noFile, locale()]).toEqual(['This file is not there.', undefined]);
});
