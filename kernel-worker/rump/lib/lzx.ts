/**
 * LZX with a window of 32 KiB and chunks that stand alone, as Windows compresses system files (and WIM archives). The coding is that of
 * [MS-PATCH] 2, which describes the chained variant; what differs here: no chunk header, no E8 header (the translation is always done, for a file
 * size of 12,000,000), and a block of 32 KiB says its size in one bit. Documented by the wimlib project, whose encoder made the test vectors.
 */

import { damaged } from '../errno.ts';
import { i32le, u32le } from '../vfs/bytes.ts';
import { CanonicalHuffman } from './canonical-huffman.ts';
import { WordBits } from './word-bits.ts';

export const LZX_CHUNK = 32768;

const BLOCK_VERBATIM = 1;
const BLOCK_ALIGNED = 2;
const BLOCK_UNCOMPRESSED = 3;

const LITERALS = 256;
/** Position slots of a 32 KiB window; each has 8 main symbols, by the match's length. */
const POSITION_SLOTS = 30;
const MAIN_SYMBOLS = LITERALS + 8 * POSITION_SLOTS;
const LENGTH_SYMBOLS = 249;
const PRETREE_SYMBOLS = 20;
const ALIGNED_SYMBOLS = 8;
/** A match's length in its main symbol; this value means that a length symbol follows. */
const LENGTH_FOLLOWS = 7;
const MIN_MATCH = 2;
/** Matches with this many extra offset bits or more take their lowest three from the aligned code, in blocks that have one. */
const ALIGNED_BITS = 3;
/** Calls with 0xe8 are translated as if the file had this size; the last 10 bytes of a chunk are left alone. */
const E8_FILE_SIZE = 12_000_000;
const E8_TAIL = 10;

/** Extra bits and first formatted offset of each position slot: 0,0,0,0,1,1,2,2 … bits. */
const SLOT_BITS = new Uint8Array(POSITION_SLOTS);
const SLOT_BASE = new Uint16Array(POSITION_SLOTS);
for (let slot = 0, base = 0; slot < POSITION_SLOTS; slot++) {
  SLOT_BITS[slot] = slot < 4 ? 0 : (slot >> 1) - 1;
  SLOT_BASE[slot] = base;
  base += 1 << SLOT_BITS[slot];
}

const mainCode = new CanonicalHuffman(MAIN_SYMBOLS);
const lengthCode = new CanonicalHuffman(LENGTH_SYMBOLS);
const alignedCode = new CanonicalHuffman(ALIGNED_SYMBOLS);
const pretreeCode = new CanonicalHuffman(PRETREE_SYMBOLS);
const mainLengths = new Uint8Array(MAIN_SYMBOLS);
const lengthLengths = new Uint8Array(LENGTH_SYMBOLS);
const shortLengths = new Uint8Array(PRETREE_SYMBOLS);
/** R0, R1, R2: the offsets of the last three matches. */
const recent = new Int32Array(3);

/** Fills `into` (at most 32 KiB), whose length is known from outside, from one compressed chunk. EUCLEAN. */
export function decodeLzx(data: Uint8Array, into: Uint8Array): void {
  if (into.length > LZX_CHUNK) throw damaged('an LZX chunk is too large', { found: into.length });
  const bits = new WordBits(data, 0);
  mainLengths.fill(0);
  lengthLengths.fill(0);
  recent.fill(1);
  for (let done = 0; done < into.length; ) {
    const type = bits.take(3);
    const size = bits.take(1) === 1 ? LZX_CHUNK : bits.take(16);
    if (size === 0 || size > into.length - done) {
      throw damaged('an LZX block does not fit its chunk', { expected: into.length - done, found: size });
    }
    if (type === BLOCK_UNCOMPRESSED) copyBlock(data, bits, into, done, size);
    else if (type === BLOCK_VERBATIM || type === BLOCK_ALIGNED) {
      readCodes(bits, type === BLOCK_ALIGNED);
      decodeBlock(bits, into, done, done + size, type === BLOCK_ALIGNED);
    } else throw damaged('an LZX block has an unknown type', { found: type });
    done += size;
    if (bits.isOverrun) throw damaged('an LZX chunk ends early');
  }
  undoE8(into);
}

function copyBlock(data: Uint8Array, bits: WordBits, into: Uint8Array, to: number, size: number): void {
  bits.leaveToBytes();
  const from = bits.at + 12;
  if (from + size > data.length) throw damaged('an LZX chunk ends early');
  for (let i = 0; i < 3; i++) recent[i] = u32le(data, bits.at + 4 * i);
  into.set(data.subarray(from, from + size), to);
  bits.at = from + size + (size & 1);
}

function readCodes(bits: WordBits, isAligned: boolean): void {
  if (isAligned) {
    for (let i = 0; i < ALIGNED_SYMBOLS; i++) shortLengths[i] = bits.take(3);
    alignedCode.build(shortLengths, ALIGNED_SYMBOLS);
  }
  readLengths(bits, mainLengths, 0, LITERALS);
  readLengths(bits, mainLengths, LITERALS, MAIN_SYMBOLS);
  mainCode.build(mainLengths, MAIN_SYMBOLS);
  readLengths(bits, lengthLengths, 0, LENGTH_SYMBOLS);
  lengthCode.build(lengthLengths, LENGTH_SYMBOLS);
}

/** Code lengths, as differences to the block before, themselves Huffman coded: symbols 17 and 18 are runs of zeros, 19 is a run of one length. */
function readLengths(bits: WordBits, lengths: Uint8Array, from: number, to: number): void {
  for (let i = 0; i < PRETREE_SYMBOLS; i++) shortLengths[i] = bits.take(4);
  pretreeCode.build(shortLengths, PRETREE_SYMBOLS);
  for (let at = from; at < to; ) {
    const symbol = pretreeCode.decode(bits);
    let run = 1;
    let length = 0;
    if (symbol === 17) run = 4 + bits.take(4);
    else if (symbol === 18) run = 20 + bits.take(5);
    else if (symbol === 19) {
      run = 4 + bits.take(1);
      length = changed(lengths[at], pretreeCode.decode(bits));
    } else length = changed(lengths[at], symbol);
    if (run > to - at) throw damaged('an LZX code has too many lengths');
    lengths.fill(length, at, at + run);
    at += run;
  }
}

function changed(before: number, delta: number): number {
  if (delta > 16) throw damaged('an LZX code length is out of range', { found: delta });
  return (before - delta + 17) % 17;
}

function decodeBlock(bits: WordBits, into: Uint8Array, start: number, end: number, isAligned: boolean): void {
  let to = start;
  while (to < end) {
    const symbol = mainCode.decode(bits);
    if (symbol < LITERALS) {
      into[to++] = symbol;
      continue;
    }
    const header = (symbol - LITERALS) & 7;
    const length = MIN_MATCH + (header < LENGTH_FOLLOWS ? header : LENGTH_FOLLOWS + lengthCode.decode(bits));
    const offset = matchOffset(bits, (symbol - LITERALS) >> 3, isAligned);
    const from = to - offset;
    if (from < 0 || offset <= 0) throw damaged('an LZX chunk refers to bytes before its start');
    if (length > end - to || bits.isOverrun) throw damaged('an LZX match does not fit its block');
    for (let source = from, stop = to + length; to < stop; ) into[to++] = into[source++];
  }
}

/** The offset of a match; slots 0 to 2 name one of the last three, which moves to the front by changing places. */
function matchOffset(bits: WordBits, slot: number, isAligned: boolean): number {
  if (slot <= 2) {
    const offset = recent[slot];
    recent[slot] = recent[0];
    recent[0] = offset;
    return offset;
  }
  const extra = SLOT_BITS[slot];
  let formatted = SLOT_BASE[slot];
  if (isAligned && extra >= ALIGNED_BITS) {
    formatted += bits.take(extra - ALIGNED_BITS) << ALIGNED_BITS;
    formatted += alignedCode.decode(bits);
  } else formatted += bits.take(extra);
  recent[2] = recent[1];
  recent[1] = recent[0];
  recent[0] = formatted - 2;
  return recent[0];
}

/** Puts back the relative targets of x86 calls (byte 0xe8), which the encoder made absolute. */
function undoE8(bytes: Uint8Array): void {
  const limit = bytes.length - E8_TAIL;
  for (let at = 0; at < limit; at++) {
    if (bytes[at] !== 0xe8) continue;
    const target = i32le(bytes, at + 1);
    if (target >= -at && target < E8_FILE_SIZE) {
      const relative = target >= 0 ? target - at : target + E8_FILE_SIZE;
      bytes[at + 1] = relative;
      bytes[at + 2] = relative >> 8;
      bytes[at + 3] = relative >> 16;
      bytes[at + 4] = relative >> 24;
    }
    at += 4;
  }
}
