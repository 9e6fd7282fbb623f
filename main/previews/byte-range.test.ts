/** Ranges as RFC 9110 has them, and as nobody should send them. */

import { describe, expect, test } from 'vitest';
import { askedRange } from './byte-range.ts';

describe('a range', () => {
  test('is taken from its first to its last byte, both included', () => {
    expect(askedRange('bytes=0-0', 10)).toEqual({ kind: 'part', from: 0, to: 1 });
    expect(askedRange('bytes=2-5', 10)).toEqual({ kind: 'part', from: 2, to: 6 });
    expect(askedRange('  bytes=9-9 ', 10)).toEqual({ kind: 'part', from: 9, to: 10 });
  });

  test('without an end, or with one behind the file, ends with the file', () => {
    expect(askedRange('bytes=4-', 10)).toEqual({ kind: 'part', from: 4, to: 10 });
    expect(askedRange('bytes=4-99999999999999999999', 10)).toEqual({ kind: 'part', from: 4, to: 10 });
  });

  test('of the last bytes is cut at the beginning of the file', () => {
    expect(askedRange('bytes=-3', 10)).toEqual({ kind: 'part', from: 7, to: 10 });
    expect(askedRange('bytes=-30', 10)).toEqual({ kind: 'part', from: 0, to: 10 });
  });

  test('that no byte lies in is told', () => {
    expect(askedRange('bytes=10-', 10)).toEqual({ kind: 'unsatisfiable' });
    expect(askedRange('bytes=10-11', 10)).toEqual({ kind: 'unsatisfiable' });
    expect(askedRange('bytes=-0', 10)).toEqual({ kind: 'unsatisfiable' });
    expect(askedRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
    expect(askedRange('bytes=-5', 0)).toEqual({ kind: 'unsatisfiable' });
    expect(askedRange('bytes=99999999999999999999-', 10)).toEqual({ kind: 'unsatisfiable' });
  });
});

test.each([
  null,
  '',
  'bytes=-',
  'bytes=',
  'bytes=5-2',
  'bytes=0-1,4-5',
  'bytes=a-b',
  'bytes=0x0-0x5',
  'bytes=1.5-3',
  'items=0-1',
  'bytes 0-1',
  'bytes=111111111111111111111-',
  'bytes=--5',
])('%j is no range that is known, and is ignored', (header) => {
  expect(askedRange(header, 10)).toEqual({ kind: 'whole' });
});
