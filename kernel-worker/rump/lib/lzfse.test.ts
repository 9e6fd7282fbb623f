import { describe, expect, test } from 'vitest';
import { encodeLzfse, type LzfseBlock } from '../../../test/builders/lzfse-encoder.ts';
import { encodeLzvn } from '../../../test/builders/lzvn-encoder.ts';
import { decodeLzfse } from './lzfse.ts';
import { decodeLzvn } from './lzvn.ts';

/** Words in no order, with runs, far repeats and noise: an occasion for each form of opcode. */
function sampleOf(lengthBytes: number): Uint8Array {
  const words = ['Airlock ', 'medium ', 'a', 'b ', 'rump kernel ', 'catalog\n', 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzz', '  '];
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 8;
  };
  const bytes: number[] = [];
  while (bytes.length < lengthBytes) {
    const kind = random() % 10;
    if (kind === 0) for (let i = 0; i < 1 + (random() % 40); i++) bytes.push(random() & 255);
    else if (kind === 1 && bytes.length > 20_000) bytes.push(...bytes.slice(100, 100 + (random() % 600)));
    else bytes.push(...new TextEncoder().encode(words[random() % words.length]));
  }
  return Uint8Array.from(bytes.slice(0, lengthBytes));
}

const SAMPLE = sampleOf(60_000);
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

describe('LZVN', () => {
  test('decodes every form of opcode that an encoder uses', () => {
    const encoded = encodeLzvn(SAMPLE);
    expect(encoded.length).toBeLessThan(SAMPLE.length / 1.5);
    const target = new Uint8Array(SAMPLE.length);
    expect(decodeLzvn(encoded, target, 0, 'a block').written).toBe(SAMPLE.length);
    expect(same(target, SAMPLE)).toBe(true);
  });

  test('decodes opcodes written by hand', () => {
    const text = (length: number, ...opcodes: number[]) => {
      const target = new Uint8Array(length);
      const { written } = decodeLzvn(Uint8Array.from(opcodes), target, 0, 'a block');
      return Buffer.from(target.subarray(0, written)).toString('latin1');
    };
    // Three literals, then: short distance 3 with length 4; 'x' and a match at the previous distance; a match alone; the end.
    expect(text(64, 0xe3, 0x61, 0x62, 0x63, 0x08, 0x03, 0x46, 0x78, 0xf2, 6, 0, 0, 0, 0, 0, 0, 0)).toBe(
      'abcabcaxcaxca',
    );
    // Medium distance 2 with two literals and length 3 + 2; large distance 1 with one literal and length 3.
    expect(text(64, 0xb0, 0x0a, 0x00, 0x61, 0x62, 0x47, 0x01, 0x00, 0x7a, 6)).toBe('abababazzzz');
  });

  test('refuses undefined opcodes, distances before the start and literals behind the end', () => {
    const decode =
      (...bytes: number[]) =>
      () =>
        decodeLzvn(Uint8Array.from(bytes), new Uint8Array(100), 0, 'a block');
    expect(decode(0x1e)).toThrow('a block cannot be decoded as LZVN');
    expect(decode(0x70)).toThrow('LZVN');
    expect(decode(0xd5)).toThrow('LZVN');
    expect(decode(0x40, 0x02, 0x61)).toThrow('LZVN');
    expect(decode(0xe8, 0x61)).toThrow('LZVN');
  });

  test('stops where the target is full', () => {
    const target = new Uint8Array(10);
    expect(decodeLzvn(Uint8Array.of(0xe1, 0x61, 0x00, 0x01, 0xf0, 0xff), target, 0, 'a block').written).toBe(10);
    expect(Buffer.from(target).toString('latin1')).toBe('aaaaaaaaaa');
  });
});

describe('LZFSE', () => {
  const FORMS: LzfseBlock[][] = [['stored'], ['lzvn'], ['plain'], ['packed'], ['packed', 'stored', 'lzvn', 'plain']];

  test.each(FORMS)('decodes blocks of the form %s', (...forms) => {
    const encoded = encodeLzfse(SAMPLE, forms, 13_001);
    const target = new Uint8Array(SAMPLE.length);
    expect(decodeLzfse(encoded, target, 'a block')).toBe(SAMPLE.length);
    expect(same(target, SAMPLE)).toBe(true);
  });

  test('codes of one symbol take no bits', () => {
    const input = new Uint8Array(2000).fill(7);
    const target = new Uint8Array(2000);
    expect(decodeLzfse(encodeLzfse(input, ['packed'], 2000), target, 'a block')).toBe(2000);
    expect(same(target, input)).toBe(true);
  });

  test('refuses a stream without an end, with an unknown block, or that makes more than expected', () => {
    const encoded = encodeLzfse(SAMPLE.subarray(0, 500), ['packed'], 500);
    expect(() => decodeLzfse(encoded.subarray(0, -4), new Uint8Array(500), 'a block')).toThrow('LZFSE');
    expect(() => decodeLzfse(encoded, new Uint8Array(499), 'a block')).toThrow('LZFSE');
    expect(() => decodeLzfse(Buffer.from('bvx9....'), new Uint8Array(500), 'a block')).toThrow('LZFSE');
  });

  test('ends cleanly whatever byte of a stream is changed', () => {
    const encoded = encodeLzfse(SAMPLE.subarray(0, 400), ['packed', 'plain'], 200);
    let refused = 0;
    for (let i = 0; i < encoded.length; i++) {
      const broken = encoded.slice();
      broken[i] ^= 0xa5;
      try {
        decodeLzfse(broken, new Uint8Array(400), 'a block');
      } catch (error) {
        expect(String(error)).toContain('cannot be decoded as LZ');
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(encoded.length / 10);
  });
});
