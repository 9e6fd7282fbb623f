/** Encodings of texts in several languages, each written by iconv-lite and recognised by its bytes. */

import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { charsetOf } from './charset.ts';

const GERMAN =
  'Die Straße führt über den Fluß. Schöne Grüße aus Köln, wo die Bäume blühen und die Vögel früh singen. '.repeat(4);
const RUSSIAN = 'Широкая электрификация южных губерний даст мощный толчок подъёму сельского хозяйства. '.repeat(4);
const JAPANESE = '色は匂へど散りぬるを我が世誰ぞ常ならむ。これは日本語の文章です。カタカナも使います。'.repeat(4);
const CHINESE = '天地玄黄宇宙洪荒日月盈昃辰宿列张。这是一个中文的文本文件,里面有很多汉字。'.repeat(4);

describe('the encoding of', () => {
  test('a text with a byte order mark is what the mark says', () => {
    expect(charsetOf(iconv.encode(GERMAN, 'utf-16le', { addBOM: true }), null, true)).toBe('utf-16le');
    expect(charsetOf(iconv.encode(GERMAN, 'utf-16be', { addBOM: true }), null, true)).toBe('utf-16be');
    expect(charsetOf(iconv.encode(GERMAN, 'utf-8', { addBOM: true }), null, true)).toBe('utf-8');
  });

  test('valid UTF-8 is UTF-8, a character cut at the end included where more follows', () => {
    const bytes = iconv.encode(JAPANESE, 'utf-8');
    expect(charsetOf(bytes, 'utf-8', true)).toBe('utf-8');
    expect(charsetOf(bytes.subarray(0, 100), null, false)).toBe('utf-8');
    expect(charsetOf(new Uint8Array(0), null, true)).toBe('utf-8');
  });

  test('UTF-16 without a mark is what the beginning was judged to be', () => {
    expect(charsetOf(iconv.encode('plain words', 'utf-16le'), 'utf-16le', true)).toBe('utf-16le');
  });

  test.each([
    ['windows-1252', GERMAN],
    ['windows-1251', RUSSIAN],
    ['koi8-r', RUSSIAN],
    ['shift_jis', JAPANESE],
    ['euc-jp', JAPANESE],
  ])('%s is told by its letters', (charset, text) => {
    expect(charsetOf(iconv.encode(text, charset), 'latin1', true)).toBe(charset);
  });

  test('GBK is told as the newer standard that contains it', () => {
    expect(charsetOf(iconv.encode(CHINESE, 'gbk'), 'latin1', true)).toBe('gb18030');
  });

  test('bytes that tell nothing is taken for Windows\u2019 Western one', () => {
    expect(charsetOf(Uint8Array.of(0x41, 0xe9), 'latin1', true)).toBe('windows-1252');
  });
});
