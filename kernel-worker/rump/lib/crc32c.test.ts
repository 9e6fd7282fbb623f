import { expect, test } from 'vitest';
import { crc16 } from './crc16.ts';
import { crc32c, crc32cU32le, crc32cZeros } from './crc32c.ts';

const digits = new TextEncoder().encode('123456789');

test('CRC-32C gives the check values of RFC 3720', () => {
  expect(~crc32c(~0, digits) >>> 0).toBe(0xe3069283);
  expect(~crc32c(~0, new Uint8Array(32)) >>> 0).toBe(0x8a9136aa);
  expect(~crc32c(~0, new Uint8Array(32).fill(0xff)) >>> 0).toBe(0x62a8ab43);
  const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);
  expect(~crc32c(~0, ascending) >>> 0).toBe(0x46dd794e);
});

test('CRC-32C in parts is CRC-32C of the whole, at every split', () => {
  const bytes = Uint8Array.from({ length: 41 }, (_, i) => (i * 37) & 0xff);
  const whole = crc32c(5, bytes);
  for (let split = 0; split <= bytes.length; split++) {
    expect(crc32c(crc32c(5, bytes, 0, split), bytes, split)).toBe(whole);
  }
});

test('an integer and zeros count as their bytes', () => {
  expect(crc32cU32le(7, 0x89abcdef)).toBe(crc32c(7, Uint8Array.of(0xef, 0xcd, 0xab, 0x89)));
  expect(crc32cZeros(7, 5)).toBe(crc32c(7, new Uint8Array(5)));
});

test('CRC-16 gives the check value of CRC-16/ARC', () => {
  expect(crc16(0, digits)).toBe(0xbb3d);
  expect(crc16(crc16(0, digits, 0, 4), digits, 4)).toBe(0xbb3d);
});
