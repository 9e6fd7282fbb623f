import { describe, expect, test } from 'vitest';
import { formatTimespec } from '../../rump/vfs/time.ts';
import { fromDosTime, inZone, modifiedFromDosTime, TIME_ZONES, zoneSeconds } from './dostime.ts';

const date = (year: number, month: number, day: number) => ((year - 1980) << 9) | (month << 5) | day;
const time = (hour: number, minute: number, second: number) => (hour << 11) | (minute << 5) | (second >> 1);
const text = (value: ReturnType<typeof fromDosTime>) => (value === null ? null : formatTimespec(value));

describe('times', () => {
  test('are local wall time in steps of two seconds', () => {
    expect(text(fromDosTime(date(2024, 2, 29), time(23, 59, 59)))).toBe('2024-02-29T23:59:58');
    expect(text(fromDosTime(date(1980, 1, 1), 0))).toBe('1980-01-01T00:00:00');
    expect(text(fromDosTime(date(2107, 12, 31), time(0, 0, 0)))).toBe('2107-12-31T00:00:00');
  });

  test('of creation have up to 1.99 s more, in hundredths', () => {
    expect(text(fromDosTime(date(2024, 1, 1), time(12, 0, 58), 199))).toBe('2024-01-01T12:00:59.99');
    expect(text(fromDosTime(date(2024, 1, 1), time(12, 0, 58), 7))).toBe('2024-01-01T12:00:58.07');
    expect(fromDosTime(date(2024, 1, 1), time(12, 0, 58), 200)).toBe(null);
  });

  test('that do not exist are none', () => {
    expect(fromDosTime(0, 0)).toBe(null);
    expect(fromDosTime(date(2023, 2, 29), 0)).toBe(null);
    expect(fromDosTime(date(2023, 13, 1), 0)).toBe(null);
    expect(fromDosTime(date(2023, 1, 1), time(24, 0, 0))).toBe(null);
    expect(fromDosTime(date(2023, 1, 1), time(0, 60, 0))).toBe(null);
    expect(fromDosTime(date(2023, 1, 1), 30)).toBe(null);
  });

  test('of modification count month 0 and day 0 as 1', () => {
    expect(text(modifiedFromDosTime(0, 0))).toBe('1980-01-01T00:00:00');
    expect(text(modifiedFromDosTime(date(2020, 0, 7), time(1, 2, 4)))).toBe('2020-01-07T01:02:04');
    expect(text(modifiedFromDosTime(date(2020, 7, 0), 0))).toBe('2020-07-01T00:00:00');
    expect(modifiedFromDosTime(date(2020, 15, 1), 0)).toBe(null);
  });
});

describe('time zones', () => {
  test('go from -12:00 to +14:00 in quarters of an hour', () => {
    expect([TIME_ZONES[0], TIME_ZONES[48], TIME_ZONES[TIME_ZONES.length - 1], TIME_ZONES.length]).toEqual([
      '-12:00',
      '+00:00',
      '+14:00',
      105,
    ]);
    expect([zoneSeconds('-03:30'), zoneSeconds('+05:45'), zoneSeconds('+15:00'), zoneSeconds(undefined)]).toEqual([
      -12_600,
      20_700,
      null,
      null,
    ]);
  });

  test('make a moment of a wall time, and leave it alone without one', () => {
    expect(inZone({ sec: 7200, nsec: 5, local: true }, 7200)).toEqual({ sec: 0, nsec: 5 });
    expect(inZone({ sec: 7200, nsec: 5, local: true }, null)).toEqual({ sec: 7200, nsec: 5, local: true });
    expect(inZone(null, 7200)).toBe(null);
  });
});
