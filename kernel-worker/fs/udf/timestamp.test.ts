import { expect, test } from 'vitest';
import { formatTimespec, type Timespec } from '../../rump/vfs/time.ts';
import { timestampAt } from './timestamp.ts';

const shown = (time: Timespec | null) => (time === null ? null : formatTimespec(time));
const stamp = (typeAndZone: number, year: number, ...rest: number[]) =>
  timestampAt(Uint8Array.of(typeAndZone & 255, typeAndZone >> 8, year & 255, year >> 8, ...rest), 0);
const local = (minutes: number) => 0x1000 | (minutes & 0xfff);

test('subtracts the offset from local time, east and west', () => {
  expect(shown(stamp(local(120), 2024, 2, 29, 12, 34, 56, 0, 0, 0))).toBe('2024-02-29T10:34:56Z');
  expect(shown(stamp(local(-570), 2024, 12, 31, 23, 0, 0, 0, 0, 0))).toBe('2025-01-01T08:30:00Z');
});

test('takes UTC as it is, whatever offset stands beside it', () => {
  expect(shown(stamp(0x0078, 2024, 2, 29, 12, 0, 0, 0, 0, 0))).toBe('2024-02-29T12:00:00Z');
});

test('leaves times whose offset nobody recorded local', () => {
  expect(shown(stamp(local(-2047), 2024, 2, 29, 12, 0, 0, 0, 0, 0))).toBe('2024-02-29T12:00:00');
  expect(shown(stamp(local(1441), 2024, 2, 29, 12, 0, 0, 0, 0, 0))).toBe('2024-02-29T12:00:00');
  expect(shown(stamp(0x2000, 2024, 2, 29, 12, 0, 0, 0, 0, 0))).toBe('2024-02-29T12:00:00');
});

test('adds hundredths, hundreds of microseconds and microseconds, and drops them where they make no sense', () => {
  expect(shown(stamp(local(0), 2024, 1, 1, 0, 0, 0, 78, 90, 12))).toBe('2024-01-01T00:00:00.789012Z');
  expect(shown(stamp(local(0), 2024, 1, 1, 0, 0, 0, 100, 1, 1))).toBe('2024-01-01T00:00:00Z');
});

test('reads dates before 1970 and beyond 2038, and none that does not exist', () => {
  expect(shown(stamp(local(0), 1901, 1, 1, 0, 0, 0, 0, 0, 0))).toBe('1901-01-01T00:00:00Z');
  expect(shown(stamp(local(0), 2110, 6, 15, 1, 2, 3, 0, 0, 0))).toBe('2110-06-15T01:02:03Z');
  expect(stamp(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).toBeNull();
  expect(stamp(local(0), 2023, 2, 29, 0, 0, 0, 0, 0, 0)).toBeNull();
});
