/** Every language has every message of English, with all of its values, in its own words. */

import { describe, expect, test } from 'vitest';
import { ar } from './ar/index.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { es } from './es/index.ts';
import { fr } from './fr/index.ts';
import { it } from './it/index.ts';
import { ja } from './ja/index.ts';
import { LANGUAGES, type Language } from './languages.ts';
import { pl } from './pl/index.ts';
import { pt } from './pt/index.ts';
import { SAME_AS_ENGLISH } from './same-as-english.ts';
import { zhCN } from './zh-CN/index.ts';

const TRANSLATIONS: Record<Exclude<Language, 'en'>, unknown> = { de, fr, es, pt, it, pl, ja, 'zh-CN': zhCN, ar };

type Message = string | ((...values: never[]) => unknown);

/** Every text by its path: 'badge.safe'. */
function flattened(node: unknown, path = ''): Map<string, Message> {
  if (typeof node === 'string' || typeof node === 'function') return new Map([[path, node as Message]]);
  const entries = Object.entries(node ?? {}).flatMap(([name, below]) => [
    ...flattened(below, path === '' ? name : `${path}.${name}`),
  ]);
  return new Map(entries);
}

const english = flattened(en);
const byLanguage = Object.entries(TRANSLATIONS).map(([language, messages]) => [language, flattened(messages)] as const);

/** Counts that between them meet every plural form of every language. */
const COUNTS = [0, 1, 2, 3, 5, 11, 100, 1000];

/** Values for a message's parameters that can be found again in its text; `count` where a number is asked for. */
function valuesOf(message: (...values: never[]) => unknown, count: number): unknown[] {
  return Array.from({ length: message.length }, (_, i) => valueFor(message, i, count));
}

/** What a parameter takes shows when it is used: a list is joined, words are asked for by name, a number chooses a form. */
function valueFor(message: (...values: never[]) => unknown, index: number, count: number): unknown {
  const name = parameterNames(message)[index];
  if (name === 'reasons') return ['«R0»', '«R1»'];
  if (name.startsWith('{')) return { sort: '«SORT»', size: '«SIZE»' };
  return /^(count|pid|percent|seconds?|minutes|hours|number)$/.test(name) ? count : `«${index}»`;
}

function parameterNames(message: (...values: never[]) => unknown): string[] {
  const list = /^\(([^)]*)\)/.exec(String(message))?.[1] ?? /^(\w+)\s*=>/.exec(String(message))?.[1] ?? '';
  return list.split(/,(?![^{]*\})/).map((name) => name.trim());
}

/** The marks of the values that a text holds, over all counts: plural forms may leave out the value that they say in a word. */
function marksOf(message: Message): string[] {
  if (typeof message === 'string') return [];
  const marks = new Set<string>();
  for (const count of COUNTS) {
    const text = String(message(...(valuesOf(message, count) as never[])));
    for (const mark of text.match(/«\w+»/g) ?? []) marks.add(mark);
  }
  return [...marks].sort();
}

function shownText(message: Message): string {
  return typeof message === 'string' ? message : String(message(...(valuesOf(message, 5) as never[])));
}

test('every language of the list is here', () => {
  expect(['en', ...Object.keys(TRANSLATIONS)].sort()).toEqual([...LANGUAGES].sort());
  expect(english.size).toBeGreaterThan(400);
});

describe.each(byLanguage)('%s', (language, messages) => {
  test('lacks no message and has none too many', () => {
    expect([...english.keys()].filter((path) => !messages.has(path))).toEqual([]);
    expect([...messages.keys()].filter((path) => !english.has(path))).toEqual([]);
  });

  test('has functions where English has them, which say the same values', () => {
    for (const [path, message] of english) {
      const own = messages.get(path);
      if (own === undefined) continue;
      expect(typeof own, path).toBe(typeof message);
      if (typeof message === 'function' && typeof own === 'function') {
        expect(own.length, `parameters of ${path}`).toBe(message.length);
        expect(marksOf(own), path).toEqual(marksOf(message));
      }
    }
  });

  test('says in its own words what is not the same in both', () => {
    const same = new Set([...SAME_AS_ENGLISH.everywhere, ...(SAME_AS_ENGLISH[language as Language] ?? [])]);
    const untranslated = [...english]
      .filter(([path, message]) => {
        const own = messages.get(path);
        return own !== undefined && shownText(own) === shownText(message) && /\p{L}/u.test(shownText(message));
      })
      .map(([path, message]) => `${path}: ${shownText(message)}`);
    expect(untranslated.filter((line) => !same.has(line.slice(line.indexOf(': ') + 2)))).toEqual([]);
  });
});
