import { describe, expect, test } from 'vitest';
import { lzSample } from './lz-sample.ts';
import vectors from './lz-vectors.json';
import { decodeXpressHuffman } from './xpress-huffman.ts';

function decoded(data: Uint8Array, length: number): Uint8Array {
  const into = new Uint8Array(length).fill(0xee);
  decodeXpressHuffman(data, into);
  return into;
}

/** The alphabet's chunk of [MS-XCA] 3.2: 14 table bytes from 48 on, the end symbol's at 128, then the stream. */
function alphabetChunk(): Uint8Array {
  const chunk = new Uint8Array(276);
  chunk.set(Buffer.from('5055555555555555555555454404', 'hex'), 48);
  chunk[128] = 0x04;
  chunk.set(Buffer.from('d8523ed794115be9195ff9d67cdf8d0400000000', 'hex'), 256);
  return chunk;
}

describe('XPRESS with Huffman coding', () => {
  test('decodes the alphabet of the specification', () => {
    expect(Buffer.from(decoded(alphabetChunk(), 26)).toString('latin1')).toBe('abcdefghijklmnopqrstuvwxyz');
  });

  test.each([
    ['xpress 4096', 4096],
    ['xpress 16384', 16384],
  ] as const)("decodes '%s', which wimcapture --compress=XPRESS made", (name, length) => {
    expect(Buffer.from(decoded(Buffer.from(vectors[name], 'base64'), length)).equals(lzSample(length))).toBe(true);
  });

  test('refuses a chunk without its table', () => {
    expect(() => decoded(new Uint8Array(255), 10)).toThrow('shorter than its table');
  });

  test('refuses a table with no codes, and one with too many', () => {
    expect(() => decoded(new Uint8Array(300), 10)).toThrow('a code that does not exist');
    expect(() => decoded(new Uint8Array(300).fill(0x11), 10)).toThrow('more codes of a length');
  });

  test('refuses a chunk that gives less than its size', () => {
    expect(() => decoded(alphabetChunk().subarray(0, 264), 26)).toThrow();
    expect(() => decoded(Buffer.from(vectors['xpress 4096'], 'base64').subarray(0, 700), 4096)).toThrow();
  });

  test('ends on any damaged byte, with an error or with other bytes', () => {
    const chunk = Buffer.from(vectors['xpress 4096'], 'base64');
    for (let at = 0; at < chunk.length; at++) {
      const broken = Uint8Array.from(chunk);
      broken[at] ^= 0xff;
      try {
        expect(decoded(broken, 4096).length).toBe(4096);
      } catch (error) {
        expect(error).toMatchObject({ errno: 'EUCLEAN' });
      }
    }
  });
});
