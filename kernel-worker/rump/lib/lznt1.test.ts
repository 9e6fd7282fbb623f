import { describe, expect, test } from 'vitest';
import { decodeLznt1 } from './lznt1.ts';

/** [MS-XCA] 3.3. */
const EXAMPLE = Buffer.from(
  '38b088462320002047204100' +
    '10a24701a045204400084501507900c0452005241388' +
    '05b4024a44ef0358028c09160148' +
    '4500be009e0004011890' +
    '00',
  'hex',
);
const EXAMPLE_TEXT =
  'F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D ' +
  'E E F# D E F# G F# D E F# G F# E D E A F# F# G A A G F# E D D E F# E D D\0';

function decoded(data: Uint8Array, length: number): Uint8Array {
  const into = new Uint8Array(length).fill(0xee);
  decodeLznt1(data, into);
  return into;
}

describe('LZNT1', () => {
  test('decodes the example of the specification', () => {
    expect(Buffer.from(decoded(EXAMPLE, 142)).toString('latin1')).toBe(EXAMPLE_TEXT);
  });

  test('fills with zeros what the data do not reach', () => {
    const into = decoded(EXAMPLE, 5000);
    expect(Buffer.from(into.subarray(0, 142)).toString('latin1')).toBe(EXAMPLE_TEXT);
    expect(into.subarray(142).every((byte) => byte === 0)).toBe(true);
  });

  test('starts each chunk at a multiple of 4096, however much the one before gave', () => {
    const into = decoded(Buffer.concat([EXAMPLE, Buffer.from([0x02, 0x30, 1, 2, 3])]), 4100);
    expect(into[141]).toBe(0);
    expect([...into.subarray(4094)]).toEqual([0, 0, 1, 2, 3, 0]);
  });

  test('copies a match that overlaps itself, up to the whole chunk', () => {
    // One literal and a match of displacement 1 and length 4095.
    const into = decoded(Uint8Array.of(0x03, 0xb0, 0x02, 0x41, 0xfc, 0x0f), 4096);
    expect(into.every((byte) => byte === 0x41)).toBe(true);
  });

  test('splits displacement and length anew behind byte 16 and not before', () => {
    // 16 literals; the word 0xf000 at byte 16 still has 4 bits of displacement: 16 back, 3 long. Behind it, at byte 19, 5 bits: 0x9000 is 19 back.
    const literals = [...'abcdefghijklmnop'].map((letter) => letter.charCodeAt(0));
    const tokens = [0, ...literals.slice(0, 8), 0, ...literals.slice(8), 0x03, 0x00, 0xf0, 0x00, 0x90];
    const into = decoded(Uint8Array.of(tokens.length - 1, 0xb0, ...tokens), 22);
    expect(Buffer.from(into).toString('latin1')).toBe('abcdefghijklmnopabcabc');
  });

  test('ends at a header of zero', () => {
    expect([...decoded(Uint8Array.of(0x00, 0x30, 7, 0, 0, 0x00, 0x30, 9), 4098)].filter((byte) => byte !== 0)).toEqual([
      7,
    ]);
  });

  test.each([
    ['a wrong signature', [0x00, 0x10, 1], 'signature'],
    ['a chunk longer than the data', [0x10, 0xb0, 0], 'ends behind its data'],
    ['a reference before the start', [0x02, 0xb0, 0x01, 0x00, 0x00], 'before its start'],
    ['half a reference', [0x01, 0xb0, 0x01, 0x00], 'within a reference'],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => decoded(Uint8Array.from(bytes), 100)).toThrow(message);
  });
});
