/** $UpCase: which UTF-16 unit compares as which (Linux-NTFS documentation, "$UpCase" and "Collation"). */

import { asKernelError } from '../../rump/errno.ts';
import { DATA, FILE_UPCASE } from './format.ts';
import { openStream, systemInode } from './inode.ts';
import { readWhole } from './stream.ts';
import type { Volume } from './volume.ts';

const UNITS = 65536;

export interface UpcaseTable {
  /** UTF-16LE units as they stand on the medium; those behind the end stay as they are. Not unpacked: that took longer than many lookups. */
  bytes: Uint8Array;
  /** false: the volume's own could not be read, so that its order of names is not known. */
  isOwn: boolean;
}

function upperOf({ bytes }: UpcaseTable, unit: number): number {
  return 2 * unit + 1 < bytes.length ? bytes[2 * unit] | (bytes[2 * unit + 1] << 8) : unit;
}

/** The volume's table; where it is damaged, one made from Unicode, with a notice. */
export function upcaseTable(volume: Volume): UpcaseTable {
  volume.upcase ??= readTable(volume);
  return volume.upcase;
}

function readTable(volume: Volume): UpcaseTable {
  try {
    const stream = openStream(volume, systemInode(FILE_UPCASE), DATA);
    const bytes = stream === null ? new Uint8Array(0) : readWhole(volume, stream, 2 * UNITS, '$UpCase');
    const table = { bytes, isOwn: true };
    // A table that does not even know ASCII is not one.
    if (upperOf(table, 0x61) === 0x41 && upperOf(table, 0x5a) === 0x5a) return table;
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
  }
  volume.notices.push('The table of upper and lower case ($UpCase) is damaged; names are looked up one by one.');
  const bytes = new Uint8Array(2 * UNITS);
  for (let unit = 0; unit < UNITS; unit++) {
    const upper = String.fromCharCode(unit).toUpperCase();
    const mapped = upper.length === 1 ? upper.charCodeAt(0) : unit;
    bytes[2 * unit] = mapped & 0xff;
    bytes[2 * unit + 1] = mapped >> 8;
  }
  return { bytes, isOwn: false };
}

/** The units of a name in upper case. */
export function upcased(table: UpcaseTable, name: string): Uint16Array {
  const units = new Uint16Array(name.length);
  for (let i = 0; i < name.length; i++) units[i] = upperOf(table, name.charCodeAt(i));
  return units;
}

/** Compares an upcased name with the `count` units at `at`, case aside: negative if `wanted` comes first, 0 if they are equal. */
export function compareUpcased(
  table: UpcaseTable,
  wanted: Uint16Array,
  bytes: Uint8Array,
  at: number,
  count: number,
): number {
  const common = Math.min(wanted.length, count);
  for (let i = 0; i < common; i++) {
    const difference = wanted[i] - upperOf(table, bytes[at + 2 * i] | (bytes[at + 2 * i + 1] << 8));
    if (difference !== 0) return difference;
  }
  return wanted.length - count;
}
