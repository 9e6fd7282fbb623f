/** Device nodes that come and go are looked at without waiting for the next look by the clock, also while another look is under way. */

import { afterEach, expect, test } from 'vitest';
import type { Drive, DriveList } from './drive.ts';
import { stickDrive } from './drive-fixture.ts';
import { watchDrives } from './media-list.ts';

let list: DriveList | null = null;
afterEach(() => list?.close());

test('a node that appears during a look is looked at again when that look is over', async () => {
  let onNode: () => void = () => {};
  let state = 'nothing';
  let ended = false;
  const looks: string[] = [];
  let finish: () => void = () => {};
  list = await watchDrives({
    signature: () => state,
    list: async () => {
      looks.push(state);
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
  state = 'sdb';
  onNode();
  await expect.poll(() => looks).toEqual(['nothing', 'sdb']);
  state = 'sdb, sdb1';
  onNode();
  finish();
  await expect.poll(() => looks).toEqual(['nothing', 'sdb', 'sdb, sdb1']);
  list.close();
  expect(ended).toBe(true);
});

test('a card that is exchanged is another drive, seen when udev has written of it although no node changed', async () => {
  const card = (sequence: number) => stickDrive('/dev/sdb', { id: `device:/dev/sdb:${sequence}` });
  const empty = stickDrive('/dev/sdb', { id: 'device:/dev/sdb:8:empty', hasMedium: false, sizeBytes: null });
  let onUdev: () => void = () => {};
  let there: Drive[] = [card(7)];
  const seen: string[] = [];
  list = await watchDrives({
    // The signature of a system that tells nothing of it.
    signature: () => 'same',
    list: () => there,
    watchUsb: async () => null,
    watchNodes: (onEvent) => {
      onUdev = onEvent;
      return () => {};
    },
  });
  list.onChange(() => seen.push(...(list?.current() ?? []).map(({ id }) => id)));
  there = [empty];
  onUdev();
  await expect.poll(() => seen).toEqual(['device:/dev/sdb:8:empty']);
  there = [card(9)];
  onUdev();
  await expect.poll(() => seen).toEqual(['device:/dev/sdb:8:empty', 'device:/dev/sdb:9']);
});
