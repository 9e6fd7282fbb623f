/** FAT's dates and times ("Date and Time Formats"): local wall time since 1980, in steps of two seconds. */

import { secondsFromCivil, type Timespec } from '../../rump/vfs/time.ts';

/**
 * `date` is years since 1980, month and day in 7, 4 and 5 bits, `time` hours, minutes and double seconds in 5, 6 and 5; `tenMs` is what creation
 * times have on top, 0 to 199. null if there is no such day or time.
 */
export function fromDosTime(date: number, time: number, tenMs = 0): Timespec | null {
  const minutes = (time >> 5) & 0x3f;
  const sec = secondsFromCivil(
    1980 + (date >> 9),
    (date >> 5) & 0x0f,
    date & 0x1f,
    time >> 11,
    minutes,
    (time & 0x1f) * 2,
  );
  if (sec === null || tenMs > 199) return null;
  return { sec: sec + (tenMs >= 100 ? 1 : 0), nsec: (tenMs % 100) * 10_000_000, local: true };
}

/**
 * Times of last modification are never left out by the specification, but writers without a clock leave month or day 0: as on Linux, these count
 * as 1, so that 0 is the first second of 1980.
 */
export function modifiedFromDosTime(date: number, time: number): Timespec | null {
  const month = (date & 0x01e0) === 0 ? 0x0020 : 0;
  const day = (date & 0x001f) === 0 ? 0x0001 : 0;
  return fromDosTime(date | month | day, time);
}
