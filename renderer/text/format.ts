/** Numbers, sizes, times and durations in the user's own way of writing them. */

import type { Timespec } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';

const wholeNumber = new Intl.NumberFormat();
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function formatCount(count: number): string {
  return wholeNumber.format(count);
}

/** Decimal units, as sticks are sold and as most desktops count. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const number =
    unit === 0 || value >= 100
      ? wholeNumber.format(Math.round(value))
      : (unit >= 3 ? twoDigits : oneDigit).format(value);
  return `${number} ${UNITS[unit]}`;
}

export function formatExactBytes(bytes: number): string {
  return messages.units.bytes(wholeNumber.format(bytes), bytes);
}

/** Milliseconds since 1970 for sorting; null beyond what Date can show. */
export function timeInMs(time: Timespec | null): number | null {
  if (time === null) return null;
  const ms = time.sec * 1000 + Math.floor(time.nsec / 1e6);
  return Math.abs(ms) <= 8.64e15 ? ms : null;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(style: 'short' | 'long', local: boolean): Intl.DateTimeFormat {
  const key = `${style} ${local}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  // A local wall time counts as if the clock had shown UTC: shown in UTC it gives the digits that the stick holds.
  const zone = local ? { timeZone: 'UTC' } : {};
  const format =
    style === 'short'
      ? new Intl.DateTimeFormat(undefined, {
          year: 'numeric',
          month: 'short',
          day: 'numeric',
          hour: '2-digit',
          minute: '2-digit',
          ...zone,
        })
      : new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', ...zone });
  formats.set(key, format);
  return format;
}

/** '' where there is no time, or none that a calendar can show. */
export function formatTime(time: Timespec | null, style: 'short' | 'long' = 'short'): string {
  const ms = timeInMs(time);
  return ms === null || time === null ? '' : dateFormat(style, time.local === true).format(ms);
}

export function formatMs(ms: number | null): string {
  return ms === null ? '' : dateFormat('short', false).format(ms);
}

/** 'less than a minute' steps: a rough time does not jump. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 10) return messages.units.fewSeconds;
  if (seconds < 60) return messages.units.seconds(Math.ceil(seconds / 10) * 10);
  if (seconds < 3600) return messages.units.minutes(Math.round(seconds / 60));
  return messages.units.hours(Math.floor(seconds / 3600), Math.round((seconds % 3600) / 60));
}

/** How long something took. */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return messages.units.exactSeconds(oneDigit.format(Math.max(0.1, seconds)));
  if (seconds < 60) return messages.units.exactSeconds(wholeNumber.format(Math.round(seconds)));
  if (seconds < 3600) return messages.units.minutesSeconds(Math.floor(seconds / 60), Math.floor(seconds % 60));
  return messages.units.hours(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60));
}

/** Permission bits as ls shows them: 'rwxr-x---'. */
export function formatMode(mode: number): string {
  const letters = ['r', 'w', 'x', 'r', 'w', 'x', 'r', 'w', 'x'].map((letter, i) =>
    (mode >> (8 - i)) & 1 ? letter : '-',
  );
  if (mode & 0o4000) letters[2] = letters[2] === 'x' ? 's' : 'S';
  if (mode & 0o2000) letters[5] = letters[5] === 'x' ? 's' : 'S';
  if (mode & 0o1000) letters[8] = letters[8] === 'x' ? 't' : 'T';
  return letters.join('');
}
