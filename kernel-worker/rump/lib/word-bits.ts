/** A bit stream of 16-bit little-endian words, most significant bit first, as LZX ([MS-PATCH] 2.1) and XPRESS Huffman ([MS-XCA] 2.2.4) have it. */

/** Words behind the end that may be asked for: both formats let a decoder look one symbol ahead, and pad with zeros. */
const MAX_WORDS_BEHIND_END = 4;

export class WordBits {
  private readonly bytes: Uint8Array;
  /** Where the next word, or the next byte outside of the bit stream, is read. */
  at: number;
  /** Bits not used yet, from bit 31 downwards. */
  private bits = 0;
  /** How many of them there are. */
  private count = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Whether much more was taken than there is: then the data are damaged. */
  get isOverrun(): boolean {
    return this.at > this.bytes.length + 2 * MAX_WORDS_BEHIND_END;
  }

  /** Makes 16 bits ready, reading a word only when fewer are there: bytes between the words (XPRESS) stand exactly behind the last one read. */
  fill(): void {
    if (this.count >= 16) return;
    const { bytes, at } = this;
    const word = at + 1 < bytes.length ? bytes[at] | (bytes[at + 1] << 8) : at < bytes.length ? bytes[at] : 0;
    this.at = at + 2;
    this.bits |= word << (16 - this.count);
    this.count += 16;
  }

  /** The next 16 bits, which `fill` made ready. */
  peek16(): number {
    return this.bits >>> 16;
  }

  /** Drops `length` (0 to 16) of the bits that are ready. */
  skip(length: number): void {
    this.bits <<= length;
    this.count -= length;
  }

  /** The next `length` (0 to 16) bits. */
  take(length: number): number {
    if (length === 0) return 0;
    this.fill();
    const value = this.bits >>> (32 - length);
    this.skip(length);
    return value;
  }

  /** The next byte outside of the bit stream; 0 behind the end. */
  byte(): number {
    const { at } = this;
    this.at = at + 1;
    return at < this.bytes.length ? this.bytes[at] : 0;
  }

  /** Leaves the bit stream at a word's edge, dropping 1 to 16 bits, so that `at` is where the bytes behind them begin (LZX's uncompressed blocks). */
  leaveToBytes(): void {
    if (this.count === 0) this.at += 2;
    else if (this.count > 16) this.at -= 2;
    this.bits = 0;
    this.count = 0;
  }
}
