/** A small LZVN encoder for tests, laid out from the opcodes and independently of the decoder. Uses each form of opcode that the input gives occasion for. */

export interface LzStep {
  literals: Uint8Array;
  /** 0: the step ends with its literals. */
  match: number;
  distance: number;
}

/** Greedy matches of at least 4 bytes, found by the bytes' hash, up to `reach` back. */
export function lzSteps(input: Uint8Array, reach: number, longest: number): LzStep[] {
  const steps: LzStep[] = [];
  const seen = new Map<number, number>();
  let literalsFrom = 0;
  let at = 0;
  while (at < input.length) {
    const word = at + 4 <= input.length ? new DataView(input.buffer, input.byteOffset + at, 4).getUint32(0) : null;
    const known = word === null ? undefined : seen.get(word);
    if (word !== null) seen.set(word, at);
    if (known === undefined || at - known > reach) {
      at += 1;
      continue;
    }
    let match = 4;
    while (match < longest && at + match < input.length && input[known + match] === input[at + match]) match += 1;
    steps.push({ literals: input.subarray(literalsFrom, at), match, distance: at - known });
    at += match;
    literalsFrom = at;
  }
  if (literalsFrom < input.length) steps.push({ literals: input.subarray(literalsFrom), match: 0, distance: 0 });
  return steps;
}

/** The most that a match may have in a short opcode, by its literals: what is above means other opcodes. */
const SHORT_MATCH = [10, 8, 6, 4];

export function encodeLzvn(input: Uint8Array): Uint8Array {
  const out: number[] = [];
  let previous = 0;
  for (const { literals, match, distance } of lzSteps(input, 65535, 5000)) {
    let from = 0;
    while (literals.length - from > 3 || (match === 0 && from < literals.length)) {
      const count = Math.min(literals.length - from, 271);
      if (count >= 16) out.push(0xe0, count - 16);
      else out.push(0xe0 | count);
      out.push(...literals.subarray(from, from + count));
      from += count;
    }
    if (match === 0) continue;
    const rest = literals.subarray(from);
    let left = match;
    const short = Math.min(left, SHORT_MATCH[rest.length]);
    const head = (rest.length << 6) | ((short - 3) << 3);
    if (distance === previous && rest.length > 0) {
      out.push(head | 6);
      left -= short;
    } else if (distance === previous) {
      // Only a match, below.
    } else if (distance < 0x600 && left <= 20) {
      out.push(head | (distance >> 8), distance & 255);
      left -= short;
    } else if (distance < 16384) {
      const medium = Math.min(left, 34) - 3;
      out.push(0xa0 | (rest.length << 3) | (medium >> 2), ((distance << 2) & 255) | (medium & 3), distance >> 6);
      left -= medium + 3;
    } else {
      out.push(head | 7, distance & 255, distance >> 8);
      left -= short;
    }
    out.push(...rest);
    previous = distance;
    while (left > 0) {
      const count = Math.min(left, 271);
      if (count >= 16) out.push(0xf0, count - 16);
      else out.push(0xf0 | count);
      left -= count;
    }
  }
  return Uint8Array.from([...out, 0x0e, 6, 0, 0, 0, 0, 0, 0, 0]);
}
