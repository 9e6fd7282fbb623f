/** Texts in pieces, lines and pages; strings in bytes. */

import { describe, expect, test } from 'vitest';
import { findStrings } from '../formats/strings.ts';
import { inLines, plainLines } from './lines.ts';
import { colouredLines, languageOf } from './source-code.ts';
import { cutAfterLine } from './text-page.ts';
import { visiblePieces } from './visible-text.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('characters that act become marks, and nothing else does', () => {
  expect(visiblePieces('a\u202eb\0\u200f')).toEqual([
    { text: 'a', mark: false },
    { text: 'U+202E', mark: true },
    { text: 'b', mark: false },
    { text: '␀', mark: true },
    { text: 'U+200F', mark: true },
  ]);
  expect(visiblePieces('tab\tline\nشكرا 👨‍👩‍👧')).toEqual([{ text: 'tab\tline\nشكرا 👨‍👩‍👧', mark: false }]);
  expect(visiblePieces('')).toEqual([]);
});

test('lines end in each of the three ways, and colours go on over them', () => {
  expect(plainLines('a\r\nb\rc\n').map((line) => line.map((piece) => piece.text).join(''))).toEqual(['a', 'b', 'c']);
  expect(plainLines('')).toEqual([[]]);
  expect(
    inLines([
      { text: '/* a\nb */', classes: 'c' },
      { text: ' x', classes: '' },
    ]),
  ).toEqual([
    [{ text: '/* a', classes: 'c' }],
    [
      { text: 'b */', classes: 'c' },
      { text: ' x', classes: '' },
    ],
  ]);
});

test('a language is told by extension, content and interpreter, and a plain text has none', () => {
  expect(languageOf('ts', 'text/plain', '')).toBe('ts');
  expect(languageOf('', 'text/html', '<html>')).toBe('xml');
  expect(languageOf('', 'text/x-shellscript', '#!/usr/bin/env python3\n')).toBe('python');
  expect(languageOf('txt', 'text/x-shellscript', '#!/bin/bash')).toBeNull();
  expect(languageOf('unheard', 'text/plain', 'x')).toBeNull();
});

test('source code is coloured as text, markup in it included', () => {
  const [line] = colouredLines('const a = "<img onerror=1>";', 'javascript');
  expect(line[0]).toEqual({ text: 'const', classes: 'hljs-keyword' });
  expect(line.map((piece) => piece.text).join('')).toBe('const a = "<img onerror=1>";');
});

describe('a page ends', () => {
  test('behind the line that goes over its border', () => {
    expect(cutAfterLine(bytes('rest\nnext'), 'utf-8')).toBe(5);
    expect(cutAfterLine(Uint8Array.of(0x61, 0, 0x0a, 0, 0x62, 0), 'utf-16le')).toBe(4);
    expect(cutAfterLine(Uint8Array.of(0, 0x61, 0, 0x0a, 0, 0x62), 'utf-16be')).toBe(4);
    // U+0A0A is no line end.
    expect(cutAfterLine(Uint8Array.of(0x0a, 0x0a, 0x61, 0), 'utf-16le')).toBe(0);
  });

  test('between characters where no line ends', () => {
    expect(cutAfterLine(bytes('ä').subarray(1), 'utf-8')).toBe(1);
    expect(cutAfterLine(bytes('👍').subarray(1), 'utf-8')).toBe(3);
    expect(cutAfterLine(new Uint8Array(50).fill(0x80), 'utf-8')).toBe(3);
    expect(cutAfterLine(new Uint8Array(50).fill(0x80), 'windows-1252')).toBe(0);
    expect(cutAfterLine(new Uint8Array(0), 'utf-8')).toBe(0);
  });
});

test('strings are found in ASCII and UTF-16, in their order, and not without end', () => {
  const wide = Uint8Array.from([...'wide text'].flatMap((c) => [c.charCodeAt(0), 0]));
  const found = findStrings(
    Uint8Array.from([1, 2, ...bytes('plain text'), 0, 0xff, ...wide, 3, ...bytes('short')]),
    10,
  );
  expect(found).toEqual([
    { offset: 2, text: 'plain text' },
    { offset: 14, text: 'wide text' },
  ]);
  expect(findStrings(new Uint8Array(100_000).fill(0x41), 10)[0].text).toHaveLength(400);
  expect(findStrings(bytes('abcdef\0'.repeat(100)), 7)).toHaveLength(7);
});
