/** XPRESS with Huffman coding (LZ77+Huffman), after [MS-XCA] 2.2: how Windows compresses system files in chunks of 4, 8 or 16 KiB. */

import { damaged } from '../errno.ts';
import { CanonicalHuffman } from './canonical-huffman.ts';
import { WordBits } from './word-bits.ts';

const SYMBOLS = 512;
/** Code lengths come first, four bits each. */
const TABLE_BYTES = SYMBOLS / 2;
/** Each 64 KiB of output have a table of their own; Windows' chunks are smaller, so that one table is all there is. */
export const MAX_XPRESS_CHUNK = 65536;

const huffman = new CanonicalHuffman(SYMBOLS);
const lengths = new Uint8Array(SYMBOLS);

/** Fills `into` (at most 64 KiB), whose length is known from outside, from one compressed chunk. EUCLEAN. */
export function decodeXpressHuffman(data: Uint8Array, into: Uint8Array): void {
  if (into.length > MAX_XPRESS_CHUNK) throw damaged('an XPRESS chunk is too large', { found: into.length });
  if (data.length < TABLE_BYTES) throw damaged('an XPRESS chunk is shorter than its table', { found: data.length });
  for (let i = 0; i < TABLE_BYTES; i++) {
    lengths[2 * i] = data[i] & 0x0f;
    lengths[2 * i + 1] = data[i] >> 4;
  }
  huffman.build(lengths, SYMBOLS);
  const bits = new WordBits(data, TABLE_BYTES);
  let to = 0;
  while (to < into.length) {
    const symbol = huffman.decode(bits);
    if (symbol < 256) {
      into[to++] = symbol;
      continue;
    }
    bits.fill();
    const length = matchLength(symbol & 0x0f, bits);
    const offsetBits = (symbol >> 4) & 0x0f;
    const from = to - ((1 << offsetBits) | bits.take(offsetBits));
    if (from < 0) throw damaged('an XPRESS chunk refers to bytes before its start');
    if (length > into.length - to || bits.isOverrun) throw damaged('an XPRESS chunk does not fit its size');
    for (let source = from, end = to + length; to < end; ) into[to++] = into[source++];
  }
  if (bits.isOverrun) throw damaged('an XPRESS chunk ends early');
}

/** Length of a match: 15 in the symbol means that a byte follows, 255 there that two bytes, 0 in these that four bytes do. */
function matchLength(short: number, bits: WordBits): number {
  if (short < 15) return short + 3;
  const byte = bits.byte();
  if (byte < 255) return 15 + byte + 3;
  const word = bits.byte() | (bits.byte() << 8);
  if (word !== 0) return word + 3;
  return (bits.byte() | (bits.byte() << 8) | (bits.byte() << 16) | (bits.byte() << 24)) + 3;
}
