/** A small LZFSE encoder for tests, independent of the decoder: the entropy coder is written from the arithmetic of tANS, not from state tables. */

import { encodeLzvn, lzSteps } from './lzvn-encoder.ts';

export type LzfseBlock = 'stored' | 'lzvn' | 'plain' | 'packed';

/** `input` as a stream of blocks of these forms in turn, of `blockBytes` each. */
export function encodeLzfse(input: Uint8Array, forms: LzfseBlock[], blockBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0, i = 0; at < input.length; at += blockBytes, i++) {
    const block = input.subarray(at, at + blockBytes);
    const form = forms[i % forms.length];
    if (form === 'stored') parts.push(head('bvx-', block.length), block);
    else if (form === 'lzvn') {
      const payload = encodeLzvn(block);
      parts.push(head('bvxn', block.length, payload.length), payload);
    } else parts.push(entropyBlock(block, form === 'packed'));
  }
  parts.push(head('bvx$'));
  return new Uint8Array(Buffer.concat(parts));
}

function head(magic: string, ...words: number[]): Uint8Array {
  const bytes = Buffer.alloc(4 + 4 * words.length);
  bytes.write(magic, 'latin1');
  words.forEach((word, i) => {
    bytes.writeUInt32LE(word, 4 + 4 * i);
  });
  return bytes;
}

/** Bits written upwards, the lowest of each value first. */
class BitWriter {
  readonly bits: number[] = [];
  put(value: number, count: number): void {
    for (let i = 0; i < count; i++) this.bits.push(Math.floor(value / 2 ** i) % 2);
  }
  bytes(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.bits.length / 8));
    for (const [i, bit] of this.bits.entries()) bytes[i >> 3] |= bit << (i & 7);
    return bytes;
  }
  /** How many bits of the last byte are not used, as a negative number. */
  get unused(): number {
    return this.bits.length - 8 * Math.ceil(this.bits.length / 8);
  }
}

/** A coder of `states` states: each symbol owns as many in a row as its frequency says. */
class Coder {
  readonly frequencies: number[];
  readonly states: number;
  state = 0;
  constructor(states: number, symbols: number, used: number[]) {
    this.states = states;
    const counts = new Array<number>(symbols).fill(0);
    for (const symbol of used) counts[symbol] += 1;
    if (used.length === 0) counts[0] = 1;
    const total = Math.max(1, used.length);
    this.frequencies = counts.map((count) => (count === 0 ? 0 : Math.max(1, Math.floor((count * states) / total))));
    const largest = () => this.frequencies.indexOf(Math.max(...this.frequencies));
    for (let sum = this.sum(); sum !== states; sum = this.sum()) this.frequencies[largest()] += sum < states ? 1 : -1;
  }
  private sum(): number {
    return this.frequencies.reduce((a, b) => a + b, 0);
  }
  encode(symbol: number, bits: BitWriter): void {
    const frequency = this.frequencies[symbol];
    const start = this.frequencies.slice(0, symbol).reduce((a, b) => a + b, 0);
    const x = this.state + this.states;
    let count = 0;
    while (x >> count >= 2 * frequency) count += 1;
    bits.put(x & ((1 << count) - 1), count);
    this.state = start + (x >> count) - frequency;
  }
}

/** The last symbols of lengths have these numbers of extra bits; those before mean 0 to 15. */
const LITERAL_LENGTHS = [2, 3, 5, 8];
const MATCH_LENGTHS = [3, 5, 8, 11];

function lengthSymbol(value: number, last: number[]): [symbol: number, extra: number, count: number] {
  if (value < 16) return [value, 0, 0];
  let base = 16;
  for (const [i, count] of last.entries()) {
    if (value < base + 2 ** count) return [16 + i, value - base, count];
    base += 2 ** count;
  }
  throw new Error(`a length of ${value}`);
}

function distanceSymbol(value: number): [symbol: number, extra: number, count: number] {
  let base = 0;
  for (let symbol = 0; symbol < 64; symbol++) {
    const count = Math.floor(symbol / 4);
    if (value < base + 2 ** count) return [symbol, value - base, count];
    base += 2 ** count;
  }
  throw new Error(`a distance of ${value}`);
}

function entropyBlock(input: Uint8Array, packed: boolean): Uint8Array {
  const matches: Array<{ literals: number; match: number; distance: number }> = [];
  const literals: number[] = [];
  let previous = 0;
  for (const step of lzSteps(input, 200_000, 2000)) {
    literals.push(...step.literals);
    let left = step.literals.length;
    while (left > 300) {
      matches.push({ literals: 300, match: 0, distance: previous === 0 ? 1 : 0 });
      previous = previous === 0 ? 1 : previous;
      left -= 300;
    }
    const distance = step.match === 0 ? 1 : step.distance;
    matches.push({ literals: left, match: step.match, distance: distance === previous ? 0 : distance });
    previous = distance;
  }
  while (literals.length % 4 !== 0) literals.push(0);

  const literalCoder = new Coder(1024, 256, literals);
  const literalBits = new BitWriter();
  const literalStates = [0, 0, 0, 0];
  for (let i = literals.length - 1; i >= 0; i--) {
    literalCoder.state = literalStates[i % 4];
    literalCoder.encode(literals[i], literalBits);
    literalStates[i % 4] = literalCoder.state;
  }

  const coded = matches.map((step) => ({
    length: lengthSymbol(step.literals, LITERAL_LENGTHS),
    match: lengthSymbol(step.match, MATCH_LENGTHS),
    distance: distanceSymbol(step.distance),
  }));
  const lengthCoder = new Coder(
    64,
    20,
    coded.map(({ length }) => length[0]),
  );
  const matchCoder = new Coder(
    64,
    20,
    coded.map(({ match }) => match[0]),
  );
  const distanceCoder = new Coder(
    256,
    64,
    coded.map(({ distance }) => distance[0]),
  );
  const matchBits = new BitWriter();
  for (const { length, match, distance } of coded.reverse()) {
    for (const [coder, [symbol, extra, count]] of [
      [distanceCoder, distance],
      [matchCoder, match],
      [lengthCoder, length],
    ] as const) {
      matchBits.put(extra, count);
      coder.encode(symbol, matchBits);
    }
  }
  const numbers = {
    raw: input.length,
    literals: literals.length,
    literalBytes: literalBits.bytes().length,
    literalUnused: literalBits.unused,
    literalStates,
    matches: matches.length,
    matchBytes: matchBits.bytes().length,
    matchUnused: matchBits.unused,
    states: [lengthCoder.state, matchCoder.state, distanceCoder.state],
    frequencies: [lengthCoder, matchCoder, distanceCoder, literalCoder].flatMap((coder) => coder.frequencies),
  };
  const header = packed ? packedHeader(numbers) : plainHeader(numbers);
  return new Uint8Array(Buffer.concat([header, literalBits.bytes(), matchBits.bytes()]));
}

interface Numbers {
  raw: number;
  literals: number;
  literalBytes: number;
  literalUnused: number;
  literalStates: number[];
  matches: number;
  matchBytes: number;
  matchUnused: number;
  states: number[];
  frequencies: number[];
}

function plainHeader(n: Numbers): Uint8Array {
  const bytes = Buffer.alloc(770);
  bytes.write('bvx1', 'latin1');
  const payload = n.literalBytes + n.matchBytes;
  [n.raw, payload, n.literals, n.matches, n.literalBytes, n.matchBytes].forEach((word, i) => {
    bytes.writeUInt32LE(word, 4 + 4 * i);
  });
  bytes.writeInt32LE(n.literalUnused, 28);
  n.literalStates.forEach((state, i) => {
    bytes.writeUInt16LE(state, 32 + 2 * i);
  });
  bytes.writeInt32LE(n.matchUnused, 40);
  n.states.forEach((state, i) => {
    bytes.writeUInt16LE(state, 44 + 2 * i);
  });
  n.frequencies.forEach((frequency, i) => {
    bytes.writeUInt16LE(frequency, 50 + 2 * i);
  });
  return bytes;
}

/** Codes of the frequencies 0 to 7, the lowest bit first. */
const SMALL = ['00', '01', '100', '101', '11000', '11010', '11001', '11011'];

function packedHeader(n: Numbers): Uint8Array {
  const tables = new BitWriter();
  for (const frequency of n.frequencies) {
    if (frequency < 8) for (const bit of SMALL[frequency]) tables.put(Number(bit), 1);
    else if (frequency < 24) {
      tables.put(7, 4);
      tables.put(frequency - 8, 4);
    } else {
      tables.put(15, 4);
      tables.put(frequency - 24, 10);
    }
  }
  const words = new BitWriter();
  words.put(n.literals, 20);
  words.put(n.literalBytes, 20);
  words.put(n.matches, 20);
  words.put(n.literalUnused + 7, 4);
  for (const state of n.literalStates) words.put(state, 10);
  words.put(n.matchBytes, 20);
  words.put(n.matchUnused + 7, 4);
  words.put(32 + tables.bytes().length, 32);
  for (const state of n.states) words.put(state, 10);
  words.put(0, 2);
  return new Uint8Array(Buffer.concat([head('bvx2', n.raw), words.bytes(), tables.bytes()]));
}
