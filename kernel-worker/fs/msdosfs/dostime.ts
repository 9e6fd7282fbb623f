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

/** The offsets from UTC that a volume's times may be said to be in: all that are in use on Earth, from -12:00 to +14:00, in quarters of an hour. */
export const TIME_ZONES: readonly string[] = Array.from({ length: (12 + 14) * 4 + 1 }, (_, i) =>
  zoneName(i * 15 - 12 * 60),
);

function zoneName(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Seconds east of UTC of one of TIME_ZONES; null for undefined: nobody knows. */
export function zoneSeconds(name: string | undefined): number | null {
  const index = name === undefined ? -1 : TIME_ZONES.indexOf(name);
  return index === -1 ? null : (index * 15 - 12 * 60) * 60;
}

/** A wall time of that zone as the moment that it was; unchanged where no zone is known. */
export function inZone(wall: Timespec | null, seconds: number | null): Timespec | null {
  return wall === null || seconds === null ? wall : { sec: wall.sec - seconds, nsec: wall.nsec };
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
