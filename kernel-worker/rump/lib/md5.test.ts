import { expect, test } from 'vitest';
import { hexOf } from '../vfs/bytes.ts';
import { md5 } from './md5.ts';

test.each([
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a',
  ],
])('gives the digest of %j that RFC 1321 lists', (text, digest) => {
  expect(hexOf(md5(new TextEncoder().encode(text)))).toBe(digest);
});
