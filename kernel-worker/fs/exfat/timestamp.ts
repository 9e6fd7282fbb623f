/** exFAT's times (§7.4.8 to §7.4.10): a local date and time since 1980, hundredths of a second, and how far local time is from UTC. */

import { secondsFromCivil, type Timespec } from '../../rump/vfs/time.ts';

/** OffsetFromUtc counts quarters of an hour in seven bits, signed; the eighth says that it is known. */
const OFFSET_VALID = 0x80;
const QUARTER_HOUR = 900;

/**
 * `stamp` is years since 1980, month, day, hour, minute and double seconds in 7, 4, 5, 5, 6 and 5 bits; `hundredths` 0 to 199. null if there is no
 * such day or time. Local if the offset is not known.
 */
export function fromTimestamp(stamp: number, hundredths: number, utcOffset: number): Timespec | null {
  const seconds = secondsFromCivil(
    1980 + (stamp >>> 25),
    (stamp >> 21) & 0x0f,
    (stamp >> 16) & 0x1f,
    (stamp >> 11) & 0x1f,
    (stamp >> 5) & 0x3f,
    (stamp & 0x1f) * 2,
  );
  if (seconds === null) return null;
  // Beyond 199 the field is invalid; the time itself is not.
  const fraction = hundredths <= 199 ? hundredths : 0;
  const sec = seconds + (fraction >= 100 ? 1 : 0);
  const nsec = (fraction % 100) * 10_000_000;
  if ((utcOffset & OFFSET_VALID) === 0) return { sec, nsec, local: true };
  const quarters = ((utcOffset & 0x7f) << 25) >> 25;
  return { sec: sec - quarters * QUARTER_HOUR, nsec };
}
