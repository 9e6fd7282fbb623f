/** A device node that appears is looked at without waiting for the next look by the clock, also while another look is under way. */

import { expect, test } from 'vitest';
import { watchDrives } from './media-list.ts';

test('a node that appears during a look is looked at again when that look is over', async () => {
  let onNode: () => void = () => {};
  let signature = 'nothing';
  let ended = false;
  const looks: string[] = [];
  let finish: () => void = () => {};
  const list = await watchDrives({
    platform: 'linux',
    signature: () => signature,
    list: async () => {
      looks.push(signature);
      if (looks.length === 2)
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      return [];
    },
    watchUsb: async () => null,
    watchNodes: (onEvent) => {
      onNode = onEvent;
      return () => {
        ended = true;
      };
    },
  });
  expect(looks).toEqual(['nothing']);
  signature = 'sdb';
  onNode();
  signature = 'sdb, sdb1';
  onNode();
  finish();
  await expect.poll(() => looks, { timeout: 500 }).toEqual(['nothing', 'sdb', 'sdb, sdb1']);
  list.close();
  expect(ended).toBe(true);
});
