/** Numbers, sizes and times as they are shown. */

import { afterEach, describe, expect, it } from 'vitest';
import { de } from '../../assets/messages/de/index.ts';
import { en } from '../../assets/messages/en/index.ts';
import { fr } from '../../assets/messages/fr/index.ts';
import { useMessages } from '../messages/messages.ts';
import { displayText } from './display-text.ts';
import {
  formatDuration,
  formatExactBytes,
  formatList,
  formatMode,
  formatPercent,
  formatSize,
  formatTime,
  formatTimeLeft,
} from './format.ts';
import { useLocale } from './locale.ts';

describe('formatSize', () => {
  it('counts in decimal units with as many digits as matter', () => {
    expect(
      [0, 1, 999, 1000, 65537, 999_499, 999_500, 16_777_216, 2_000_000_000, 1_999_999_999_999].map(formatSize),
    ).toEqual(['0 B', '1 B', '999 B', '1 kB', '65.5 kB', '999 kB', '1 MB', '16.8 MB', '2 GB', '2 TB']);
  });
});

describe('formatTime', () => {
  it('shows a local wall time with the digits that the stick holds, in whatever zone', () => {
    const shown = formatTime({ sec: Date.UTC(2024, 1, 29, 12, 13, 22) / 1000, nsec: 0, local: true }, 'long');
    expect(shown).toMatch(/29/);
    expect(shown).toMatch(/12:13:22/);
  });

  it('shows nothing where there is no time, or none that a calendar has', () => {
    expect(formatTime(null)).toBe('');
    expect(formatTime({ sec: 9e18, nsec: 0 })).toBe('');
    expect(formatTime({ sec: 8.64e12 + 1, nsec: 0 })).toBe('');
  });
});

describe('durations', () => {
  it('rounds what is left so that it does not jump', () => {
    expect([3, 12, 59, 61, 150, 4000].map(formatTimeLeft)).toEqual([
      'a few seconds left',
      'about 20 seconds left',
      'about 60 seconds left',
      'about 1 minute left',
      'about 3 minutes left',
      '1 h 7 min',
    ]);
  });

  it('says how long something took', () => {
    expect([20, 1234, 45_000, 125_000, 3_700_000].map(formatDuration)).toEqual([
      '0.1 s',
      '1.2 s',
      '45 s',
      '2 min 5 s',
      '1 h 1 min',
    ]);
  });
});

describe('formatMode', () => {
  it('writes permission bits as ls does', () => {
    expect([0o755, 0o644, 0o4755, 0o4644, 0o2710, 0o1777, 0o1776, 0].map(formatMode)).toEqual([
      'rwxr-xr-x',
      'rw-r--r--',
      'rwsr-xr-x',
      'rwSr--r--',
      'rwx--s---',
      'rwxrwxrwt',
      'rwxrwxrwT',
      '---------',
    ]);
  });
});

describe('another language', () => {
  afterEach(() => {
    useMessages(en);
    useLocale('en', 'ltr');
  });

  it('writes sizes, shares, lists and times in its own way', () => {
    useMessages(de);
    useLocale('de-AT', 'ltr');
    expect([formatSize(65_537), formatPercent(0.25), formatList(['a', 'b', 'c'])]).toEqual([
      '65,5 kB',
      '25\u00a0%',
      'a, b und c',
    ]);
    expect(formatTimeLeft(150)).toBe('noch etwa 3 Minuten');
    useMessages(fr);
    useLocale('fr', 'ltr');
    expect([formatSize(1_500_000), formatExactBytes(1)]).toEqual(['1,5 Mo', '1 octet']);
  });

  it('isolates names in sentences from right to left only', () => {
    expect(displayText('a.txt')).toBe('a.txt');
    useLocale('ar', 'rtl');
    expect(displayText('a.txt')).toBe('\u2068a.txt\u2069');
  });
});
