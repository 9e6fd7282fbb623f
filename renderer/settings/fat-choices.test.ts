/** The lists of the settings are those of the driver. */

import { expect, test } from 'vitest';
import { CODE_PAGES } from '../../kernel-worker/fs/msdosfs/codepage.ts';
import { TIME_ZONES } from '../../kernel-worker/fs/msdosfs/dostime.ts';
import { FAT_CODE_PAGES, FAT_TIME_ZONES } from './fat-choices.ts';

test('every code page of the driver can be chosen, and no other', () => {
  expect(FAT_CODE_PAGES.map(({ number }) => number).sort()).toEqual([...CODE_PAGES].sort());
});

test('every time zone that can be chosen is one of the driver’s', () => {
  expect(FAT_TIME_ZONES.filter((zone) => !TIME_ZONES.includes(zone))).toEqual([]);
  expect(FAT_TIME_ZONES.length).toBe(38);
});
