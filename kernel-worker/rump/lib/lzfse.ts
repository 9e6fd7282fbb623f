/**
 * LZFSE: Apple's LZ77 with finite state entropy coding. A stream of blocks, each with a magic number: stored ('bvx-'), entropy coded with tables stored
 * plainly ('bvx1') or packed ('bvx2'), LZVN ('bvxn'), and an end mark ('bvx$'). There is no specification; layouts and tables are those that Apple's
 * open reference decoder reads.
 */

import { damaged, type KernelError } from '../errno.ts';
import { u16le, u32le } from '../vfs/bytes.ts';
import { decodeLzvn } from './lzvn.ts';

const MAGIC = {
  stored: 0x2d787662,
  plainTables: 0x31787662,
  packedTables: 0x32787662,
  lzvn: 0x6e787662,
  end: 0x24787662,
};

/** Numbers of states, which are powers of two. */
const STATES = { length: 64, distance: 256, literal: 1024 } as const;
/** Of lengths of literals, lengths of matches, distances, and literals. */
const ALL_SYMBOLS = 20 + 20 + 64 + 256;
const PLAIN_TABLES_AT = 50;
const PLAIN_HEADER_BYTES = 770;
const PACKED_TABLES_AT = 32;
/** What the reference decoder has room for. */
const MAX_LITERALS = 40_000;
const MAX_MATCHES = 10_000;

/** Extra bits of the last symbols of a length; those before stand for 0 to 15. */
const LITERAL_LENGTH_BITS = extraBits(20, [2, 3, 5, 8]);
const MATCH_LENGTH_BITS = extraBits(20, [3, 5, 8, 11]);
/** Four symbols for each number of extra bits. */
const DISTANCE_BITS = Uint8Array.from({ length: 64 }, (_, symbol) => symbol >> 2);

function extraBits(symbols: number, last: number[]): Uint8Array {
  const bits = new Uint8Array(symbols);
  bits.set(last, symbols - last.length);
  return bits;
}

/** What a block's header says, whichever form it has. */
interface BlockHeader {
  headerBytes: number;
  rawBytes: number;
  literals: number;
  literalBytes: number;
  literalBits: number;
  literalStates: number[];
  matches: number;
  matchBytes: number;
  matchBits: number;
  lengthState: number;
  matchState: number;
  distanceState: number;
  frequencies: Uint16Array;
}

/** A decoder's state as columns: what a state stands for, and how to come to the next. */
interface StateTable {
  symbol: Uint8Array;
  bits: Uint8Array;
  base: Int32Array;
}

/** Bits of a payload, taken from its end towards its start. */
interface BackwardBits {
  bytes: Uint8Array;
  /** How many bits are left. */
  left: number;
}

/** Decodes a whole stream into `target`; returns how many bytes were made. EUCLEAN, naming `what`, if the stream is broken or makes more. */
export function decodeLzfse(source: Uint8Array, target: Uint8Array, what: string): number {
  let from = 0;
  let to = 0;
  // Every block but an empty one makes bytes, and takes at least 8: the source bounds the loop.
  while (from + 4 <= source.length) {
    const magic = u32le(source, from);
    if (magic === MAGIC.end) return to;
    const rawBytes = u32le(source, from + 4);
    if (from + 8 > source.length || rawBytes > target.length - to) throw broken(what, `a block of ${rawBytes} bytes`);
    if (magic === MAGIC.stored) {
      if (from + 8 + rawBytes > source.length) throw broken(what, 'a stored block behind the end');
      target.set(source.subarray(from + 8, from + 8 + rawBytes), to);
      from += 8 + rawBytes;
    } else if (magic === MAGIC.lzvn) {
      const payload = u32le(source, from + 8);
      if (from + 12 + payload > source.length) throw broken(what, 'an LZVN block behind the end');
      const block = source.subarray(from + 12, from + 12 + payload);
      const { written } = decodeLzvn(block, target.subarray(0, to + rawBytes), to, what);
      if (written !== rawBytes) throw broken(what, `${written} of ${rawBytes} bytes in an LZVN block`);
      from += 12 + payload;
    } else if (magic === MAGIC.packedTables || magic === MAGIC.plainTables) {
      const header = magic === MAGIC.packedTables ? packedHeader(source, from, what) : plainHeader(source, from, what);
      const end = from + header.headerBytes + header.literalBytes + header.matchBytes;
      if (end > source.length || header.literals > MAX_LITERALS || header.matches > MAX_MATCHES)
        throw broken(what, 'a block behind the end');
      decodeBlock(source.subarray(from + header.headerBytes, end), header, target.subarray(0, to + rawBytes), to, what);
      from = end;
    } else {
      throw broken(what, `a block with magic ${magic}`);
    }
    to += rawBytes;
  }
  throw broken(what, 'no end of the stream');
}

function broken(what: string, found: string): KernelError {
  return damaged(`${what} cannot be decoded as LZFSE`, { found });
}

function plainHeader(source: Uint8Array, at: number, what: string): BlockHeader {
  if (at + PLAIN_HEADER_BYTES > source.length) throw broken(what, 'a header behind the end');
  const frequencies = new Uint16Array(ALL_SYMBOLS);
  for (let i = 0; i < ALL_SYMBOLS; i++) frequencies[i] = u16le(source, at + PLAIN_TABLES_AT + 2 * i);
  return {
    headerBytes: PLAIN_HEADER_BYTES,
    rawBytes: u32le(source, at + 4),
    literals: u32le(source, at + 12),
    matches: u32le(source, at + 16),
    literalBytes: u32le(source, at + 20),
    matchBytes: u32le(source, at + 24),
    literalBits: u32le(source, at + 28) | 0,
    literalStates: [0, 1, 2, 3].map((i) => u16le(source, at + 32 + 2 * i)),
    matchBits: u32le(source, at + 40) | 0,
    lengthState: u16le(source, at + 44),
    matchState: u16le(source, at + 46),
    distanceState: u16le(source, at + 48),
    frequencies,
  };
}

/** Three words of 64 bits, each with fields of 10, 20 and 3 bits, and the frequencies in a prefix code. */
function packedHeader(source: Uint8Array, at: number, what: string): BlockHeader {
  if (at + PACKED_TABLES_AT > source.length) throw broken(what, 'a header behind the end');
  const field = (word: number, shift: number, bits: number) => bitsAt(source, (at + 8 + 8 * word) * 8 + shift, bits);
  const headerBytes = u32le(source, at + 24);
  if (headerBytes < PACKED_TABLES_AT || at + headerBytes > source.length) throw broken(what, 'a header behind the end');
  return {
    headerBytes,
    rawBytes: u32le(source, at + 4),
    literals: field(0, 0, 20),
    literalBytes: field(0, 20, 20),
    matches: field(0, 40, 20),
    literalBits: field(0, 60, 3) - 7,
    literalStates: [0, 10, 20, 30].map((shift) => field(1, shift, 10)),
    matchBytes: field(1, 40, 20),
    matchBits: field(1, 60, 3) - 7,
    lengthState: field(2, 32, 10),
    matchState: field(2, 42, 10),
    distanceState: field(2, 52, 10),
    frequencies: packedFrequencies(source.subarray(at + PACKED_TABLES_AT, at + headerBytes), what),
  };
}

/** `count` (up to 24) bits from bit `position` on, the lowest first; bits behind the end are 0. */
function bitsAt(bytes: Uint8Array, position: number, count: number): number {
  const at = position >> 3;
  const word = (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
  return (word >>> (position & 7)) & ((1 << count) - 1);
}

/**
 * The prefix code of frequencies: by its lowest bits, 0 to 3 in two or three bits, 4 to 7 in five, 8 to 23 in eight and up to 1047 in fourteen.
 */
function packedFrequencies(bytes: Uint8Array, what: string): Uint16Array {
  const frequencies = new Uint16Array(ALL_SYMBOLS);
  if (bytes.length === 0) return frequencies;
  let position = 0;
  for (let i = 0; i < ALL_SYMBOLS; i++) {
    const bits = bitsAt(bytes, position, 14);
    const low = bits & 31;
    let used = 14;
    if ((low & 3) === 0) [frequencies[i], used] = [0, 2];
    else if ((low & 3) === 2) [frequencies[i], used] = [1, 2];
    else if ((low & 7) === 1) [frequencies[i], used] = [2, 3];
    else if ((low & 7) === 5) [frequencies[i], used] = [3, 3];
    else if ((low & 7) === 3) [frequencies[i], used] = [4 + (low >> 3), 5];
    else if ((low & 15) === 7) [frequencies[i], used] = [8 + ((bits >> 4) & 15), 8];
    else frequencies[i] = 24 + ((bits >> 4) & 1023);
    position += used;
  }
  if (position > bytes.length * 8) throw broken(what, 'frequencies behind the end of the header');
  return frequencies;
}

function decodeBlock(payload: Uint8Array, header: BlockHeader, target: Uint8Array, at: number, what: string): void {
  const literals = decodeLiterals(payload.subarray(0, header.literalBytes), header, what);
  const { frequencies } = header;
  const lengths = stateTable(STATES.length, frequencies.subarray(0, 20), what);
  const matchLengths = stateTable(STATES.length, frequencies.subarray(20, 40), what);
  const distances = stateTable(STATES.distance, frequencies.subarray(40, 104), what);
  const bits = backwardBits(payload.subarray(header.literalBytes), header.matchBits, what);
  let [lengthState, matchState, distanceState] = [header.lengthState, header.matchState, header.distanceState];
  checkState(lengthState, STATES.length, what);
  checkState(matchState, STATES.length, what);
  checkState(distanceState, STATES.distance, what);
  let to = at;
  let used = 0;
  let distance = 0;
  for (let i = 0; i < header.matches; i++) {
    const literal = LITERAL_LENGTH_BASES[lengths.symbol[lengthState]];
    const [nextLength, literalExtra] = step(lengths, lengthState, LITERAL_LENGTH_BITS, bits, what);
    const match = MATCH_LENGTH_BASES[matchLengths.symbol[matchState]];
    const [nextMatch, matchExtra] = step(matchLengths, matchState, MATCH_LENGTH_BITS, bits, what);
    const base = DISTANCE_BASES[distances.symbol[distanceState]];
    const [nextDistance, distanceExtra] = step(distances, distanceState, DISTANCE_BITS, bits, what);
    [lengthState, matchState, distanceState] = [nextLength, nextMatch, nextDistance];
    // 0: the distance of the match before.
    distance = base + distanceExtra || distance;
    const literalCount = literal + literalExtra;
    const matchCount = match + matchExtra;
    if (used + literalCount > literals.length) throw broken(what, 'more literals than there are');
    if (to + literalCount + matchCount > target.length) throw broken(what, 'more bytes than its header says');
    target.set(literals.subarray(used, used + literalCount), to);
    used += literalCount;
    to += literalCount;
    if (matchCount > 0 && (distance === 0 || distance > to)) throw broken(what, `a distance of ${distance} at ${to}`);
    for (let n = 0; n < matchCount; n++, to++) target[to] = target[to - distance];
  }
  if (to !== target.length) throw broken(what, `${to - at} of ${target.length - at} bytes in a block`);
}

const LITERAL_LENGTH_BASES = basesOf(LITERAL_LENGTH_BITS);
const MATCH_LENGTH_BASES = basesOf(MATCH_LENGTH_BITS);
const DISTANCE_BASES = basesOf(DISTANCE_BITS);

/** Each symbol begins where the one before ends. */
function basesOf(bits: Uint8Array): Int32Array {
  const bases = new Int32Array(bits.length);
  for (let i = 1; i < bits.length; i++) bases[i] = bases[i - 1] + (1 << bits[i - 1]);
  return bases;
}

/** The state after `state`, and the extra bits of its symbol, which stand below those of the state. */
function step(
  table: StateTable,
  state: number,
  extra: Uint8Array,
  bits: BackwardBits,
  what: string,
): [next: number, extraValue: number] {
  const next = table.bits[state] > 0 ? pull(bits, table.bits[state], what) : 0;
  const extraCount = extra[table.symbol[state]];
  const value = extraCount > 0 ? pull(bits, extraCount, what) : 0;
  return [table.base[state] + next, value];
}

/** Four coders take turns. */
function decodeLiterals(payload: Uint8Array, header: BlockHeader, what: string): Uint8Array {
  const table = stateTable(STATES.literal, header.frequencies.subarray(104), what);
  const bits = backwardBits(payload, header.literalBits, what);
  const states = header.literalStates;
  for (const state of states) checkState(state, STATES.literal, what);
  const literals = new Uint8Array(header.literals);
  for (let i = 0; i < literals.length; i++) {
    const state = states[i & 3];
    literals[i] = table.symbol[state];
    states[i & 3] = table.base[state] + (table.bits[state] > 0 ? pull(bits, table.bits[state], what) : 0);
  }
  return literals;
}

function checkState(state: number, states: number, what: string): void {
  if (state >= states) throw broken(what, `state ${state} of ${states}`);
}

/** `unused` (-7 to 0): the highest bits of the last byte that do not count, as a negative number. */
function backwardBits(bytes: Uint8Array, unused: number, what: string): BackwardBits {
  const left = bytes.length * 8 + unused;
  if (unused < -7 || unused > 0 || left < 0) throw broken(what, 'an impossible number of bits');
  return { bytes, left };
}

function pull(bits: BackwardBits, count: number, what: string): number {
  bits.left -= count;
  if (bits.left < 0) throw broken(what, 'more bits than there are');
  return bitsAt(bits.bytes, bits.left, count);
}

/** Spreads the symbols over the states by their frequencies: each state leads to one of a run of states, given by some bits. */
function stateTable(states: number, frequencies: Uint16Array, what: string): StateTable {
  const table: StateTable = {
    symbol: new Uint8Array(states),
    bits: new Uint8Array(states),
    base: new Int32Array(states),
  };
  const stateClz = Math.clz32(states);
  let at = 0;
  for (let symbol = 0; symbol < frequencies.length; symbol++) {
    const frequency = frequencies[symbol];
    if (frequency === 0) continue;
    if (at + frequency > states) throw broken(what, 'frequencies of more states than there are');
    const most = Math.clz32(frequency) - stateClz;
    const withMost = ((2 * states) >> most) - frequency;
    for (let i = 0; i < frequency; i++, at++) {
      table.symbol[at] = symbol;
      table.bits[at] = i < withMost ? most : most - 1;
      table.base[at] = i < withMost ? ((frequency + i) << most) - states : (i - withMost) << (most - 1);
    }
  }
  return table;
}
