import { describe, expect, test } from 'vitest';
import { protect } from '../../../test/images/ntfs-builder.ts';
import { withFixups } from './fixup.ts';

/** A record of two strides with 1, 2, 3 … in it. */
function record(): Uint8Array {
  const bytes = Uint8Array.from({ length: 1024 }, (_, i) => i & 0xff);
  bytes.set(Buffer.from('INDX'));
  bytes.set([40, 0, 3, 0], 4);
  return protect(bytes, 40);
}

describe('fix-ups', () => {
  test('are undone in a copy', () => {
    const raw = record();
    const bytes = withFixups(raw, 'INDX', 0);
    expect([bytes[510], bytes[511], bytes[1022], bytes[1023]]).toEqual([0xfe, 0xff, 0xfe, 0xff]);
    expect([raw[510], raw[511]]).toEqual([7, 0]);
  });

  test('need no copy where the record is used up to the first of them only', () => {
    const raw = record();
    expect(withFixups(raw, 'INDX', 0, 510)).toBe(raw);
    expect(withFixups(raw, 'INDX', 0, 511)).not.toBe(raw);
  });

  test('tell a torn write, with its place', () => {
    const raw = record();
    raw[1022] = 8;
    expect(() => withFixups(raw, 'INDX', 5000, 400)).toThrow(
      expect.objectContaining({ errno: 'EUCLEAN', byteOffset: 6022, expected: 7, found: 8 }),
    );
  });

  test.each([
    ['another magic', 0, 0x4a, 'this is no INDX record'],
    ['too few of them', 6, 2, 'wrong number of fix-ups'],
    ['too many of them', 6, 4, 'wrong number of fix-ups'],
    ['an odd place', 4, 41, 'misplaced'],
    ['a place in the next stride', 5, 2, 'misplaced'],
  ])('are refused with %s', (_what, at, byte, message) => {
    const raw = record();
    raw[at] = byte;
    expect(() => withFixups(raw, 'INDX', 0)).toThrow(message);
  });
});
