/** Times as file systems record them: an instant in UTC, or a local wall time whose zone nobody recorded. */

/** Like timespec(3). With `local`, `sec` counts as if the wall clock had shown UTC. */
export interface Timespec {
  /** Whole seconds since 1970-01-01T00:00:00, may be negative. */
  sec: number;
  /** 0 to 999,999,999. */
  nsec: number;
  local?: true;
}

/** Seconds from a calendar date and time of day (month 1 to 12); null if that day or time does not exist. Proleptic Gregorian. */
export function secondsFromCivil(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | null {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  if (hour < 0 || minute < 0 || second < 0 || day > daysInMonth(year, month)) return null;
  return daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01 by counting 400-year eras from 1 March of year 0. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** From nanosecond counts since 1970 (bigint from disk). */
export function timespecFromNanoseconds(nanoseconds: bigint): Timespec {
  const billion = 1_000_000_000n;
  let sec = nanoseconds / billion;
  let nsec = nanoseconds % billion;
  if (nsec < 0n) {
    nsec += billion;
    sec -= 1n;
  }
  return { sec: Number(sec), nsec: Number(nsec) };
}

/** Ticks of 100 ns since 1601-01-01 (Windows FILETIME, NTFS) as a Timespec. */
export function timespecFromFiletime(ticks: bigint): Timespec {
  const sec = ticks / 10_000_000n;
  return { sec: Number(sec) - 11644473600, nsec: Number(ticks % 10_000_000n) * 100 };
}

const MS_PER_DAY = 86_400_000;
/** '00' to '59'. */
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
/** The day of the time formatted last. Files lie by the thousand under the same days, and Date takes a microsecond to write one. */
let lastDay = Number.NaN;
let lastDate = '';

/** ISO 8601: as many fraction digits as are not zero; 'Z' unless the time is local. null beyond the years that Date can show. */
export function formatTimespec(time: Timespec): string | null {
  const day = Math.floor(time.sec / 86400);
  if (day !== lastDay) {
    const date = new Date(day * MS_PER_DAY);
    if (Number.isNaN(date.getTime())) return null;
    lastDay = day;
    lastDate = date.toISOString().slice(0, -'00:00:00.000Z'.length);
  }
  const second = time.sec - day * 86400;
  const minute = Math.floor(second / 60);
  const clock = `${TWO_DIGITS[Math.floor(minute / 60)]}:${TWO_DIGITS[minute % 60]}:${TWO_DIGITS[second % 60]}`;
  const fraction = time.nsec === 0 ? '' : `.${String(time.nsec).padStart(9, '0').replace(/0+$/, '')}`;
  return `${lastDate}${clock}${fraction}${time.local ? '' : 'Z'}`;
}
