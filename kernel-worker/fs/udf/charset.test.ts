import { expect, test } from 'vitest';
import { dstring, fileNameOf, textOf } from './charset.ts';

const name = (...bytes: number[]) => fileNameOf(Uint8Array.from(bytes), 0, bytes.length);
const units = (text: string) => [16, ...[...text].flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255])];
const latin = (text: string) => [8, ...[...text].map((c) => c.charCodeAt(0))];

test('reads 8-bit and 16-bit names, and those of deleted identifiers', () => {
  expect(name(...latin('Ünï.txt'))).toBe('Ünï.txt');
  expect(name(...units('日本'))).toBe('日本');
  expect(name(254, 0x61)).toBe('a');
  expect(name(255, 0x00, 0x61)).toBe('a');
  expect(name(16, 0xd8, 0x3d, 0xde, 0x00)).toBe('😀');
});

test('tells unknown compressions from empty names', () => {
  expect(name(9, 0x61)).toBeNull();
  expect(name()).toBe('');
  expect(name(8)).toBe('');
});

test('drops the odd byte at the end of a 16-bit name', () => {
  expect(name(16, 0x00, 0x61, 0x00)).toBe('a');
});

test("replaces runs of impossible characters by '_' and marks the name with the identifier's CRC before the extension", () => {
  // CRC-ITU-T of 'a/b.txt', of 'a//b', of 'a\0.toolong' by a table of their own (python binascii.crc_hqx).
  expect(name(...latin('a/b.txt'))).toBe('a_b#8810.txt');
  expect(name(...latin('a//b'))).toBe('a_b#DFAD');
  expect(name(...latin('a\0.toolong'))).toBe('a_.toolong#F76C');
  expect(name(...latin('x.a/b'))).toBe('x#7CD8.a_b');
});

test("marks '.' and '..', which would lead elsewhere", () => {
  expect(name(...latin('.'))).toBe('.#C5AC');
  expect(name(...latin('..'))).toBe('..#E045');
});

test('replaces lone surrogates as other impossible characters', () => {
  expect(name(16, 0xd8, 0x3d, 0x00, 0x61)).toBe('_a#D6B3');
});

test('reads dstrings by their last byte and never past their field', () => {
  const field = new Uint8Array(8);
  field.set(latin('abc'));
  field[7] = 4;
  expect(dstring(field, 0, 8)).toBe('abc');
  field[7] = 255;
  expect(dstring(field, 0, 8)).toBe('abc');
  field[7] = 0;
  expect(dstring(field, 0, 8)).toBe('');
  field[0] = 99;
  field[7] = 4;
  expect(dstring(field, 0, 8)).toBe('');
  expect(textOf(field, 0, 4)).toBeNull();
});
