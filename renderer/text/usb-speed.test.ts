import { expect, test } from 'vitest';
import { speedText } from './usb-speed.ts';

test('names the speed class of each rate that Linux tells, and says nothing of what is not known', () => {
  expect([1.5, 12, 480, 5000, 10_000, 20_000].map(speedText)).toEqual([
    'Low speed (1.5 Mbit/s)',
    'Full speed (12 Mbit/s)',
    'USB 2, high speed (480 Mbit/s)',
    'USB 3 (5 Gbit/s)',
    'USB 3 (10 Gbit/s)',
    'USB 3 (20 Gbit/s)',
  ]);
  expect(speedText(null)).toBeNull();
});
