/** Numbers, sizes, times and durations in the user's own way of writing them. */

import type { Timespec } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { perLocale } from './locale.ts';

const wholeNumber = perLocale((locale) => new Intl.NumberFormat(locale));
const oneDigit = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
const twoDigits = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }));
const percent = perLocale((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
const list = perLocale((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const day = perLocale((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }));
const dayOfYear = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }),
);
const collator = perLocale((locale) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }));

/** `andMore`: there are more than were counted, as '10,000+'. */
export function formatCount(count: number, andMore = false): string {
  return `${wholeNumber().format(count)}${andMore ? '+' : ''}`;
}

/** Decimal units, as sticks are sold and as most desktops count. */
export function formatSize(bytes: number): string {
  const units = messages.units.sizes;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const number =
    unit === 0 || value >= 100
      ? wholeNumber().format(Math.round(value))
      : (unit >= 3 ? twoDigits() : oneDigit()).format(value);
  return messages.units.size(number, units[unit]);
}

/** A share from 0 to 1 as whole percents. */
export function formatPercent(share: number): string {
  return percent().format(share);
}

/** 'a, b and c'. */
export function formatList(words: readonly string[]): string {
  return list().format(words);
}

/** Compares two names in the language's order; numbers inside them count as numbers: 'photo 9' comes before 'photo 10'. */
export function compareText(a: string, b: string): number {
  return collator().compare(a, b);
}

export function formatExactBytes(bytes: number): string {
  return messages.units.bytes(wholeNumber().format(bytes), bytes);
}

/** Milliseconds since 1970; null beyond what Date can show. */
function timeInMs(time: Timespec | null): number | null {
  if (time === null) return null;
  const ms = time.sec * 1000 + Math.floor(time.nsec / 1e6);
  return Math.abs(ms) <= 8.64e15 ? ms : null;
}

const SHORT = { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
/** Of the month's number, where its name makes the text longer than a column is wide: in Portuguese and Arabic. */
const NUMERIC = { ...SHORT, month: '2-digit', day: '2-digit' } as const;
const SHORT_LETTERS = 22;
const LONG_DAY = new Date(2026, 8, 26, 22, 30);

function shortDates(locale: string, zone: { timeZone?: string } = {}): Intl.DateTimeFormat {
  const named = new Intl.DateTimeFormat(locale, { ...SHORT, ...zone });
  if (named.format(LONG_DAY).length <= SHORT_LETTERS) return named;
  return new Intl.DateTimeFormat(locale, { ...NUMERIC, ...zone });
}

const LONG = { dateStyle: 'medium', timeStyle: 'medium' } as const;
/** A local wall time counts as if the clock had shown UTC: shown in UTC it gives the digits that the stick holds. */
const WALL = { timeZone: 'UTC' } as const;
const DATES = {
  short: perLocale((locale) => shortDates(locale)),
  long: perLocale((locale) => new Intl.DateTimeFormat(locale, LONG)),
  shortWall: perLocale((locale) => shortDates(locale, WALL)),
  longWall: perLocale((locale) => new Intl.DateTimeFormat(locale, { ...LONG, ...WALL })),
};

function dateFormat(style: 'short' | 'long', local: boolean): Intl.DateTimeFormat {
  return DATES[local ? (`${style}Wall` as const) : style]();
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
  if (seconds < 10) return messages.units.exactSeconds(oneDigit().format(Math.max(0.1, seconds)));
  if (seconds < 60) return messages.units.exactSeconds(wholeNumber().format(Math.round(seconds)));
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

/** '3 March', with the year where it is not this one. */
export function formatDay(ms: number, nowMs: number = Date.now()): string {
  const thisYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear();
  return (thisYear ? day() : dayOfYear()).format(ms);
}
