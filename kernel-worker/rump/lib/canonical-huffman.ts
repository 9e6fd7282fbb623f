/** Canonical Huffman codes given by their lengths, most significant bit first, as LZX ([MS-PATCH] 2.2) and XPRESS ([MS-XCA] 2.2.4) use them. */

import { damaged } from '../errno.ts';
import type { WordBits } from './word-bits.ts';

/** The longest code of both formats (XPRESS ends at 15). */
const MAX_LENGTH = 16;
/** Codes up to this length are decoded by one look into a table; longer ones are rare by their nature. */
const TABLE_BITS = 10;

/** A decoder that is built anew for each block and reuses its memory: a 4 KiB chunk is decoded in less time than a fresh table takes to allocate. */
export class CanonicalHuffman {
  /** symbol << 4 | length, by the next TABLE_BITS bits; 0 where the code is longer or does not exist. */
  private readonly table = new Uint16Array(1 << TABLE_BITS);
  /** Symbols in the order of their codes. */
  private readonly sorted: Uint16Array;
  /** For each length: the first code, how many there are, and where they start in `sorted`. */
  private readonly firstCode = new Int32Array(MAX_LENGTH + 1);
  private readonly counts = new Int32Array(MAX_LENGTH + 1);
  private readonly starts = new Int32Array(MAX_LENGTH + 1);

  constructor(maxSymbols: number) {
    this.sorted = new Uint16Array(maxSymbols);
  }

  /** Takes the code lengths of symbols 0 to `symbols` - 1 (0: the symbol does not occur). EUCLEAN if there are more codes than fit. */
  build(lengths: Uint8Array, symbols: number): void {
    const { counts, starts, firstCode, sorted, table } = this;
    counts.fill(0);
    for (let symbol = 0; symbol < symbols; symbol++) counts[lengths[symbol]] += 1;
    counts[0] = 0;
    let code = 0;
    let start = 0;
    for (let length = 1; length <= MAX_LENGTH; length++) {
      code <<= 1;
      firstCode[length] = code;
      starts[length] = start;
      code += counts[length];
      start += counts[length];
      if (code > 1 << length) throw damaged('a Huffman code has more codes of a length than there can be');
    }
    const next = Int32Array.from(starts);
    for (let symbol = 0; symbol < symbols; symbol++) {
      if (lengths[symbol] !== 0) sorted[next[lengths[symbol]]++] = symbol;
    }
    table.fill(0);
    for (let length = 1; length <= TABLE_BITS; length++) {
      const span = 1 << (TABLE_BITS - length);
      for (let i = 0; i < counts[length]; i++) {
        const from = (firstCode[length] + i) * span;
        table.fill((sorted[starts[length] + i] << 4) | length, from, from + span);
      }
    }
  }

  /** The next symbol of the stream. EUCLEAN if no code has these bits. */
  decode(bits: WordBits): number {
    bits.fill();
    const ahead = bits.peek16();
    const entry = this.table[ahead >>> (16 - TABLE_BITS)];
    if (entry !== 0) {
      bits.skip(entry & 0x0f);
      return entry >>> 4;
    }
    for (let length = TABLE_BITS + 1; length <= MAX_LENGTH; length++) {
      const index = (ahead >>> (16 - length)) - this.firstCode[length];
      if (index < this.counts[length]) {
        if (index < 0) break;
        bits.skip(length);
        return this.sorted[this.starts[length] + index];
      }
    }
    throw damaged('compressed data hold a code that does not exist');
  }
}
