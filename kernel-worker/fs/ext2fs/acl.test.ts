import { expect, test } from 'vitest';
import { aclSize, linuxAcl } from './acl.ts';

/** Version 1; owner rw-, user 1000 r--, group r--, mask rw-, others ---. */
const STORED = Uint8Array.of(
  1,
  0,
  0,
  0,
  1,
  0,
  6,
  0,
  2,
  0,
  4,
  0,
  0xe8,
  3,
  0,
  0,
  4,
  0,
  4,
  0,
  0x10,
  0,
  6,
  0,
  0x20,
  0,
  0,
  0,
);

test('an access control list gets the version and the empty identifiers of Linux', () => {
  const shown = linuxAcl(STORED);
  expect(aclSize(STORED)).toBe(44);
  expect([...shown.subarray(0, 20)]).toEqual([
    2, 0, 0, 0, 1, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, 2, 0, 4, 0, 0xe8, 3, 0, 0,
  ]);
  expect([...shown.subarray(36)]).toEqual([0x20, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
});

test('a list of another version, or cut within an entry, is damage', () => {
  expect(() => linuxAcl(Uint8Array.of(2, 0, 0, 0))).toThrow('unknown version');
  expect(() => linuxAcl(STORED.subarray(0, 13))).toThrow('ends within an entry');
  expect(aclSize(new Uint8Array(0))).toBe(4);
});
