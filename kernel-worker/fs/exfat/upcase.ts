/** The up-case table (§7.2): which UTF-16 unit is the upper case of which; names are equal when their upper cases are. */

import { asKernelError } from '../../rump/errno.ts';
import { u16le } from '../../rump/vfs/bytes.ts';
import { nameFromUnits } from '../../rump/vfs/names.ts';
import { tableChecksum } from './format.ts';
import type { VolumeStructure } from './rootentries.ts';
import type { Volume } from './volume.ts';

const UNITS = 0x10000;
/** Uncompressed, with two bytes for each unit. A compressed table can only be shorter. */
const MAX_TABLE_BYTES = UNITS * 2;
/** In a compressed table: the next number says how many units map to themselves. */
const IDENTITY_RUN = 0xffff;
const ASCII_A = 0x61;
const ASCII_Z = 0x7a;

export interface UpcaseTable {
  map: Uint16Array;
  /** false: the medium's own table could not be used; only ASCII is mapped. */
  whole: boolean;
}

/** The mandatory mappings alone (§7.2.5, table 24). */
export function asciiUpcase(): UpcaseTable {
  const map = new Uint16Array(UNITS);
  for (let unit = 0; unit < UNITS; unit++) map[unit] = unit;
  for (let unit = ASCII_A; unit <= ASCII_Z; unit++) map[unit] = unit - 0x20;
  return { map, whole: false };
}

/** The table that the root directory names, or a sentence that says why it cannot be used. ENXIO is thrown. */
export function readUpcase(volume: Volume, structure: VolumeStructure): UpcaseTable | string {
  const { size, checksum } = structure;
  if (size === 0 || size > MAX_TABLE_BYTES || size % 2 !== 0) return 'its length is impossible';
  const table = new Uint8Array(size);
  try {
    volume.readStart({ ...structure, contiguous: false }, table);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return failure.message;
  }
  if (tableChecksum(table) !== checksum) return 'its checksum is wrong';
  const map = expandUpcase(table);
  return map === null ? 'it maps ASCII wrongly' : { map, whole: true };
}

/** null unless the first 128 units are mapped as they must be. Units that a short table does not reach map to themselves. */
export function expandUpcase(table: Uint8Array): Uint16Array | null {
  const map = asciiUpcase().map;
  let unit = 0;
  for (let at = 0; at + 2 <= table.length && unit < UNITS; at += 2) {
    const value = u16le(table, at);
    if (value === IDENTITY_RUN && at + 4 <= table.length) {
      const end = Math.min(UNITS, unit + u16le(table, at + 2));
      if (unit < end && unit < 0x80 && !isIdentityInAscii(unit, end)) return null;
      unit = end;
      at += 2;
    } else {
      if (unit < 0x80 && value !== map[unit]) return null;
      map[unit] = value;
      unit += 1;
    }
  }
  return map;
}

function isIdentityInAscii(from: number, to: number): boolean {
  return to <= ASCII_A || from > ASCII_Z;
}

/** The name in upper case. */
export function foldName(map: Uint16Array, name: string): string {
  const folded = new Uint16Array(name.length);
  for (let i = 0; i < name.length; i++) folded[i] = map[name.charCodeAt(i)];
  return nameFromUnits(folded);
}

/** NameHash (§7.6.4): of the name in upper case, byte by byte. */
export function nameHash(map: Uint16Array, name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) {
    const unit = map[name.charCodeAt(i)];
    hash = (((hash << 15) | (hash >> 1)) + (unit & 0xff)) & 0xffff;
    hash = (((hash << 15) | (hash >> 1)) + (unit >> 8)) & 0xffff;
  }
  return hash;
}
