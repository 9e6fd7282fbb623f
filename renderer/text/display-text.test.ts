/** Names from a stick as text: what could mislead is shown as a mark. */

import { describe, expect, it } from 'vitest';
import { displayPieces, displayText } from './display-text.ts';

describe('displayText', () => {
  it('leaves names of people and places as they are', () => {
    for (const name of [
      'holiday.jpg',
      'Übung.txt',
      'e\u0301t\u00e9.txt',
      '日本語.doc',
      'שלום.txt',
      'مرحبا.pdf',
      '👨\u200d👩\u200d👧.png',
      '❤\ufe0f.txt',
    ]) {
      expect(displayText(name)).toBe(name);
    }
  });

  it('shows control characters as their pictures', () => {
    expect(displayText('a\nb\x1b[31mc\x7f')).toBe('a␊b␛[31mc␡');
  });

  it('shows direction overrides, isolates and invisible characters by their code', () => {
    expect(displayText('invoice\u202efdp.exe')).toBe('invoiceU+202Efdp.exe');
    expect(displayText('a\u2066b\u2069c\u200bd\u200de')).toBe('aU+2066bU+2069cU+200BdU+200De');
    expect(displayText('tag\u{e0041}')).toBe('tagU+E0041');
  });

  it('shows a byte that is not UTF-8 as that byte, and a lone surrogate as what it is', () => {
    expect(displayText('caf\udce9')).toBe('caf\\xE9');
    expect(displayText('x\ud800y')).toBe('xU+D800y');
  });

  it('shows spaces that hide an extension or an end', () => {
    expect(displayText('photo.jpg     .exe')).toBe('photo.jpg␣␣␣␣␣.exe');
    expect(displayText(' a b ')).toBe('␣a b␣');
  });

  it('cuts a tower of combining marks to what a script can need', () => {
    expect(displayText(`o${'\u0301'.repeat(255)}.txt`)).toBe(`o${'\u0301'.repeat(4)}.txt`);
  });

  it('cuts names longer than any file system has', () => {
    expect(displayText('a'.repeat(5000))).toBe(`${'a'.repeat(1024)}…`);
    expect(displayText('é'.repeat(5000))).toBe(`${'é'.repeat(1024)}…`);
  });

  it('shows of which blanks a name is made that is made of nothing else', () => {
    expect(displayText('\u00a0')).toBe('U+00A0');
    expect(displayText(' \u2003')).toBe('␣U+2003');
    expect(displayText('10\u202fh\u00a020')).toBe('10\u202fh\u00a020');
  });

  it('tells marks from text, so that they can look different', () => {
    expect(displayPieces('a\u202eb')).toEqual([
      { text: 'a', mark: false },
      { text: 'U+202E', mark: true },
      { text: 'b', mark: false },
    ]);
  });
});
