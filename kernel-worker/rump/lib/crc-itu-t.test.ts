import { expect, test } from 'vitest';
import { crcItuT } from './crc-itu-t.ts';

const text = (value: string) => new TextEncoder().encode(value);

test('gives the check value of the catalogue of CRCs for CRC-16/XMODEM', () => {
  expect(crcItuT(text('123456789'), 0, 9)).toBe(0x31c3);
});

test('gives the value of the example in OSTA UDF 6.4: 0x70, 0x6A, 0x77', () => {
  expect(crcItuT(Uint8Array.of(0x70, 0x6a, 0x77), 0, 3)).toBe(0x3299);
});

test('covers only the range that was asked for', () => {
  expect(crcItuT(text('xx123456789yy'), 2, 11)).toBe(0x31c3);
  expect(crcItuT(text('abc'), 1, 1)).toBe(0);
});
