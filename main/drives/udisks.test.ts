/** UDisks2's names for block devices. */

import { expect, test } from 'vitest';
import { udisksObjectPath } from './udisks.ts';

test('writes what is no letter or digit as its code', () => {
  const folder = '/org/freedesktop/UDisks2/block_devices';
  expect(udisksObjectPath('/dev/sdb1')).toBe(`${folder}/sdb1`);
  expect(udisksObjectPath('/dev/mmcblk0p1')).toBe(`${folder}/mmcblk0p1`);
  expect(udisksObjectPath('/dev/dm-0')).toBe(`${folder}/dm_2d0`);
});
