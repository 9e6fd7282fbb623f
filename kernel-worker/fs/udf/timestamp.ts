/** Timestamps of 12 bytes with a zone and microseconds: ECMA-167 1/7.3, UDF 2.60, 2.1.4. */

import { u16le } from '../../rump/vfs/bytes.ts';
import { secondsFromCivil, type Timespec } from '../../rump/vfs/time.ts';

export const TIMESTAMP_BYTES = 12;

/** The upper four bits of the first field: UTC, local with an offset from UTC in the other twelve bits, or as somebody agreed with somebody. */
const TYPE_UTC = 0;
const TYPE_LOCAL = 1;
/** The offset in minutes, as a signed number of twelve bits; -2047: nobody knows. */
const MAX_OFFSET_MINUTES = 1440;

/** null for a date that does not exist (all zeros: not recorded). Fractions that make no sense are dropped, as some writers leave them undefined. */
export function timestampAt(bytes: Uint8Array, at: number): Timespec | null {
  const typeAndZone = u16le(bytes, at);
  const year = (u16le(bytes, at + 2) << 16) >> 16;
  const seconds = secondsFromCivil(year, bytes[at + 4], bytes[at + 5], bytes[at + 6], bytes[at + 7], bytes[at + 8]);
  if (seconds === null) return null;
  const nsec = nanosecondsAt(bytes, at + 9);
  const type = typeAndZone >> 12;
  if (type === TYPE_UTC) return { sec: seconds, nsec };
  const offset = (typeAndZone << 20) >> 20;
  if (type !== TYPE_LOCAL || Math.abs(offset) > MAX_OFFSET_MINUTES) return { sec: seconds, nsec, local: true };
  return { sec: seconds - offset * 60, nsec };
}

/** Hundredths of a second, hundreds of microseconds, microseconds. */
function nanosecondsAt(bytes: Uint8Array, at: number): number {
  const [centiseconds, hundreds, microseconds] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (centiseconds > 99 || hundreds > 99 || microseconds > 99) return 0;
  return (centiseconds * 10_000 + hundreds * 100 + microseconds) * 1000;
}
