import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hexOf } from '../vfs/bytes.ts';
import { sha256 } from './sha256.ts';

test('gives the example of FIPS 180-4', () => {
  const digest = sha256(new TextEncoder().encode('abc'));
  expect(hexOf(digest)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('agrees with the host at every length around the block borders', () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 91 + length) & 0xff);
    expect(hexOf(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});
