/**
 * LZVN, the fast one of Apple's two LZ formats: opcodes of one to three bytes, each with some literals, a match, or both. There is no specification; the
 * opcodes are those that Apple's open reference decoder of LZFSE reads. Used by decmpfs (HFS Plus, APFS), and inside of LZFSE for small inputs.
 */

import { damaged, type KernelError } from '../errno.ts';

const END_OF_STREAM = 0x06;

/** What an opcode byte asks for. */
const OPCODE = {
  smallDistance: 0,
  mediumDistance: 1,
  largeDistance: 2,
  previousDistance: 3,
  literals: 4,
  match: 5,
  nop: 6,
  end: 7,
  undefined: 8,
} as const;

const opcodes = Uint8Array.from({ length: 256 }, (_, opcode) => opcodeKind(opcode));

function opcodeKind(opcode: number): number {
  if (opcode >= 0xf0) return OPCODE.match;
  if (opcode >= 0xe0) return OPCODE.literals;
  if (opcode >= 0xd0 || (opcode >= 0x70 && opcode < 0x80)) return OPCODE.undefined;
  if (opcode >= 0xa0 && opcode < 0xc0) return OPCODE.mediumDistance;
  const low = opcode & 7;
  if (low === 7) return OPCODE.largeDistance;
  if (low !== 6) return OPCODE.smallDistance;
  if (opcode === END_OF_STREAM) return OPCODE.end;
  if (opcode === 0x0e || opcode === 0x16) return OPCODE.nop;
  return opcode < 0x40 ? OPCODE.undefined : OPCODE.previousDistance;
}

/** What decoding came to: how many bytes it made, and how many it read. */
export interface LzvnResult {
  written: number;
  consumed: number;
}

/**
 * Decodes into `target` from `at` on; matches may reach back to byte 0 of it. Ends at the end of the stream, of the source or when `target` is full (then
 * an opcode is cut). EUCLEAN, naming `what`, for an undefined opcode, or a match before the start.
 */
export function decodeLzvn(source: Uint8Array, target: Uint8Array, at: number, what: string): LzvnResult {
  let from = 0;
  let to = at;
  let distance = 0;
  while (from < source.length && to < target.length) {
    const opcode = source[from];
    let literals = 0;
    let match = 0;
    switch (opcodes[opcode]) {
      case OPCODE.smallDistance:
        literals = opcode >> 6;
        match = ((opcode >> 3) & 7) + 3;
        distance = ((opcode & 7) << 8) | source[from + 1];
        from += 2;
        break;
      case OPCODE.mediumDistance: {
        const word = source[from + 1] | (source[from + 2] << 8);
        literals = (opcode >> 3) & 3;
        match = (((opcode & 7) << 2) | (word & 3)) + 3;
        distance = word >> 2;
        from += 3;
        break;
      }
      case OPCODE.largeDistance:
        literals = opcode >> 6;
        match = ((opcode >> 3) & 7) + 3;
        distance = source[from + 1] | (source[from + 2] << 8);
        from += 3;
        break;
      case OPCODE.previousDistance:
        literals = opcode >> 6;
        match = ((opcode >> 3) & 7) + 3;
        from += 1;
        break;
      case OPCODE.literals:
        literals = opcode === 0xe0 ? source[from + 1] + 16 : opcode & 15;
        from += opcode === 0xe0 ? 2 : 1;
        break;
      case OPCODE.match:
        match = opcode === 0xf0 ? source[from + 1] + 16 : opcode & 15;
        from += opcode === 0xf0 ? 2 : 1;
        break;
      case OPCODE.nop:
        from += 1;
        continue;
      case OPCODE.end:
        return { written: to - at, consumed: Math.min(source.length, from + 8) };
      default:
        throw broken(what, `opcode ${opcode}`);
    }
    if (from + literals > source.length) throw broken(what, 'literals behind its end');
    literals = Math.min(literals, target.length - to);
    for (let i = 0; i < literals; i++) target[to++] = source[from++];
    match = Math.min(match, target.length - to);
    if (match > 0 && (distance === 0 || distance > to)) throw broken(what, `a distance of ${distance} at ${to}`);
    for (let i = 0; i < match; i++, to++) target[to] = target[to - distance];
  }
  return { written: to - at, consumed: from };
}

function broken(what: string, found: string): KernelError {
  return damaged(`${what} cannot be decoded as LZVN`, { found });
}
