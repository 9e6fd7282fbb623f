/** The list of drives, kept up to date. */

import { afterEach, expect, test, vi } from 'vitest';
import type { Drive, DriveList } from './drive.ts';
import { stickDrive } from './drive-fixture.ts';
import { watchDrives } from './media-list.ts';

const stick = (device: string) => stickDrive(device, { name: `Stick at ${device}` });

let list: DriveList | null = null;
afterEach(() => {
  list?.close();
  vi.useRealTimers();
});

test('tells of a drive that comes and one that goes, and is silent otherwise', async () => {
  vi.useFakeTimers();
  let there = [stick('/dev/disk4')];
  list = await watchDrives({
    list: async () => there,
    signature: null,
    watchUsb: async () => null,
  });
  const changes: string[][] = [];
  list.onChange(() => changes.push((list?.current() ?? []).map((drive) => drive.devicePath)));
  expect(list.current().map((drive) => drive.name)).toEqual(['Stick at /dev/disk4']);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(changes).toEqual([]);
  there = [stick('/dev/disk4'), stick('/dev/disk5')];
  await vi.advanceTimersByTimeAsync(6000);
  there = [];
  await vi.advanceTimersByTimeAsync(6000);
  expect(changes).toEqual([['/dev/disk4', '/dev/disk5'], []]);
});

test('does not ask the system while nothing can have changed', async () => {
  vi.useFakeTimers();
  let asked = 0;
  let state = 'a';
  const options = {
    list: async () => {
      asked += 1;
      return [];
    },
    signature: () => state,
    watchUsb: async () => null,
  };
  list = await watchDrives(options);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toBe(1);
  state = 'b';
  await vi.advanceTimersByTimeAsync(6000);
  expect(asked).toBe(2);
});

test('looks when a device is plugged in, and again when its node has had time to appear', async () => {
  vi.useFakeTimers();
  let plug = () => {};
  let ended = false;
  let there: Drive[] = [];
  const watchUsb = async (onEvent: () => void) => {
    plug = onEvent;
    return () => {
      ended = true;
    };
  };
  list = await watchDrives({ list: async () => there, signature: null, watchUsb });
  await vi.advanceTimersByTimeAsync(1);
  plug();
  await vi.advanceTimersByTimeAsync(10);
  there = [stick('\\\\.\\PhysicalDrive3')];
  await vi.advanceTimersByTimeAsync(1000);
  expect(list.current()).toHaveLength(1);
  list.close();
  expect(ended).toBe(true);
});

test('keeps what it knew where the drives cannot be listed', async () => {
  let works = true;
  const options = {
    list: async () => {
      if (!works) throw new Error('lsblk failed');
      return [stick('/dev/disk4')];
    },
    signature: null,
    watchUsb: async () => null,
  };
  list = await watchDrives(options);
  works = false;
  expect(await list.refresh()).toHaveLength(1);
});
