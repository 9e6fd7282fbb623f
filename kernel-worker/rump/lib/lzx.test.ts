import { describe, expect, test } from 'vitest';
import { lzRecords, lzSample } from './lz-sample.ts';
import vectors from './lz-vectors.json';
import { decodeLzx } from './lzx.ts';

function decoded(data: Uint8Array, length: number): Uint8Array {
  const into = new Uint8Array(length).fill(0xee);
  decodeLzx(data, into);
  return into;
}

/** An uncompressed block after [MS-PATCH] 2.4, with the block size of the chunked variant: type 011, size bit 0, 16 bits, padding, R0 to R2, bytes. */
function uncompressedBlock(content: number[]): number[] {
  const head = (0b0110 << 28) | (content.length << 12);
  const words = [(head >>> 16) & 0xffff, head & 0xffff];
  const pad = content.length % 2 === 1 ? [0] : [];
  return [...words.flatMap((word) => [word & 0xff, word >> 8]), 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, ...content, ...pad];
}

describe('LZX in chunks of 32 KiB', () => {
  test.each([
    ['lzx 5000', lzSample(5000)],
    ['lzx 32768', lzSample(32768)],
    ['lzx records 3008', lzRecords(3008)],
  ] as const)("decodes '%s', which wimcapture --compress=LZX made", (name, expected) => {
    const into = decoded(Buffer.from(vectors[name], 'base64'), expected.length);
    expect(Buffer.from(into).equals(expected)).toBe(true);
  });

  test('has vectors with verbatim and with aligned blocks', () => {
    const typeOf = (base64: string) => Buffer.from(base64, 'base64').readUInt16LE(0) >> 13;
    expect(typeOf(vectors['lzx 5000'])).toBe(1);
    expect(typeOf(vectors['lzx records 3008'])).toBe(2);
  });

  test('decodes uncompressed blocks of odd length one behind the other', () => {
    const data = Uint8Array.from([...uncompressedBlock([97, 98, 99]), ...uncompressedBlock([100])]);
    expect([...decoded(data, 4)]).toEqual([97, 98, 99, 100]);
  });

  test('makes calls relative again, but not in the last ten bytes', () => {
    const call = [0xe8, 0x10, 0x00, 0x00, 0x00];
    const data = Uint8Array.from(uncompressedBlock([0, 0, ...call, ...call, 0, 0, 0, 0, 0]));
    expect([...decoded(data, 17)]).toEqual([0, 0, 0xe8, 0x0e, 0, 0, 0, 0xe8, 0x10, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('makes calls to before the start relative to the size of 12,000,000', () => {
    const data = Uint8Array.from(uncompressedBlock([0, 0, 0xe8, 0xff, 0xff, 0xff, 0xff, ...new Array(10).fill(0)]));
    expect(Buffer.from(decoded(data, 17)).readInt32LE(3)).toBe(11_999_999);
  });

  test.each([
    ['an unknown block type', [0x02, 0xe0, 0x00, 0x00], 32, 'unknown type'],
    ['a block larger than the chunk', uncompressedBlock(new Array(33).fill(1)), 32, 'does not fit its chunk'],
    ['an uncompressed block that ends early', uncompressedBlock([1, 2, 3, 4]).slice(0, -1), 4, 'ends early'],
    ['nothing', [], 32, 'does not fit its chunk'],
  ])('refuses %s', (_what, bytes, length, message) => {
    expect(() => decoded(Uint8Array.from(bytes), length)).toThrow(message);
  });

  test('ends on any damaged byte, with an error or with other bytes', () => {
    const chunk = Buffer.from(vectors['lzx 5000'], 'base64');
    for (let at = 0; at < chunk.length; at++) {
      const broken = Uint8Array.from(chunk);
      broken[at] ^= 0xff;
      try {
        expect(decoded(broken, 5000).length).toBe(5000);
      } catch (error) {
        expect(error).toMatchObject({ errno: 'EUCLEAN' });
      }
    }
  });
});
