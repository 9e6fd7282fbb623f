/** The map of an image: blocks that join and split, and ddrescue's text of them. */

import { expect, test } from 'vitest';
import { ImageMap, mapText, parseMap } from './image-map.ts';

const IDENTITY = { sizeBytes: 0x3000, beginning: 'ab'.repeat(32) };

test('joins what is equal and splits what is not', () => {
  const map = new ImageMap(IDENTITY);
  map.set(0, 0x1000, '+');
  map.set(0x1800, 0x200, '-');
  map.set(0x1000, 0x800, '+');
  expect(map.all()).toEqual([
    { start: 0, lengthBytes: 0x1800, status: '+' },
    { start: 0x1800, lengthBytes: 0x200, status: '-' },
    { start: 0x1a00, lengthBytes: 0x1600, status: '?' },
  ]);
  map.set(0x1800, 0x1800, '+');
  expect(map.all()).toEqual([{ start: 0, lengthBytes: 0x3000, status: '+' }]);
  expect(map.bytesOf('+')).toBe(0x3000);
});

test('writes ddrescue’s text and reads it back', () => {
  const map = new ImageMap(IDENTITY);
  map.set(0, 0x1000, '+');
  map.set(0x1000, 0x1000, '-');
  const text = mapText(map);
  expect(text.split('\n').slice(3)).toEqual([
    '0x00002000     ?               1',
    '#      pos        size  status',
    '0x00000000  0x00001000  +',
    '0x00001000  0x00001000  -',
    '0x00002000  0x00001000  ?',
    '',
  ]);
  expect(parseMap(text)?.all()).toEqual(map.all());
  expect(parseMap(text)?.identity).toEqual(IDENTITY);
});

test('takes ddrescue’s other states for untried, and refuses gaps, overlaps and other sizes', () => {
  const text = mapText(new ImageMap(IDENTITY));
  expect(parseMap(text.replace(/\?\n$/, '*\n'))?.untried()).toHaveLength(1);
  expect(parseMap(text.replace('0x00003000  ?', '0x00002000  ?'))).toBeNull();
  expect(parseMap(text.replace('0x00000000  0x', '0x00000200  0x'))).toBeNull();
  expect(parseMap('0x0 ? 1\n0x0 0x3000 +\n')).toBeNull();
});
