/**
 * OSTA Compressed Unicode (UDF 2.60, 2.1.1), dstrings (ECMA-167 1/7.2.12) and the form in which identifiers become file names: characters that a
 * Unix name cannot hold are replaced as UDF 2.60, 4.2.2.1.5 says, which is also what Linux shows.
 */

import { crcItuT } from '../../rump/lib/crc-itu-t.ts';
import { nameFromUnits } from '../../rump/vfs/names.ts';

/** An extension counts as such up to this many characters behind the dot (UDF 2.60, 6.7: five with the dot). */
const MAX_EXTENSION = 4;

/** 8 or 16 bits for each unit; 254 and 255 stand for 8 and 16 in identifiers that were deleted (2.3.4.2); null: no such compression. */
function unitBytes(compression: number): 1 | 2 | null {
  if (compression === 8 || compression === 254) return 1;
  if (compression === 16 || compression === 255) return 2;
  return null;
}

/** The text of `length` bytes at `at`, compression code included; '' for none, null for an unknown compression. An odd last byte is dropped. */
export function textOf(bytes: Uint8Array, at: number, length: number): string | null {
  if (length === 0) return '';
  const size = unitBytes(bytes[at]);
  if (size === null) return null;
  const units = new Uint16Array(Math.floor((length - 1) / size));
  for (let unit = 0, i = at + 1; unit < units.length; unit++, i += size)
    units[unit] = size === 1 ? bytes[i] : (bytes[i] << 8) | bytes[i + 1];
  return nameFromUnits(units);
}

/** A dstring: a field of `fieldLength` bytes whose last byte says how many of them are used. Never throws: what is no text reads as ''. */
export function dstring(bytes: Uint8Array, at: number, fieldLength: number): string {
  const used = Math.min(bytes[at + fieldLength - 1], fieldLength - 1);
  const text = textOf(bytes, at, used) ?? '';
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).trim();
}

/** The file name of an identifier of `length` bytes at `at`; null for an unknown compression. */
export function fileNameOf(bytes: Uint8Array, at: number, length: number): string | null {
  const text = textOf(bytes, at, length);
  if (text === null || isPlain(text)) return text;
  return translated(text, crcItuT(bytes, at + 1, at + length));
}

function isPlain(text: string): boolean {
  return text !== '.' && text !== '..' && !text.includes('/') && !text.includes('\0') && text.isWellFormed();
}

/** Each run of impossible characters as one '_', and '#' with the CRC of the identifier before the extension, so that the name stays unique. */
function translated(text: string, crc: number): string {
  const dot = text.lastIndexOf('.');
  const extensionLength = text.length - dot - 1;
  const hasExtension = dot >= 0 && extensionLength >= 1 && extensionLength <= MAX_EXTENSION;
  const stem = hasExtension ? text.slice(0, dot) : text;
  const extension = hasExtension ? text.slice(dot) : '';
  const mark = `#${crc.toString(16).toUpperCase().padStart(4, '0')}`;
  return `${possible(stem)}${mark}${possible(extension)}`;
}

function possible(text: string): string {
  return text.replace(/(?:[/\0]|\p{Surrogate})+/gu, '_');
}
