/** Reads that never come back: told from slow ones, by what the system counts and without it; and a copy whose reading side stands still ends at once. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newReadClock, readBegins, readEnds, sectorsGiven, stallWatch } from './read-clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a read under way without anything given is a stall from its first look on, and none when it ends', () => {
  const clock = newReadClock();
  const stalled = stallWatch(clock, () => '10 0 80');
  expect(stalled()).toBe(0);
  readBegins(clock, 'own', 4096);
  expect(stalled()).toBe(0);
  vi.advanceTimersByTime(7000);
  expect(stalled()).toBe(7000);
  readEnds(clock, 'own');
  expect(stalled()).toBe(0);
  readBegins(clock, 'own', 4096);
  expect(stalled()).toBe(0);
});

test('as long as the medium gives something, a long read is slow and not hung', () => {
  const clock = newReadClock();
  let sectors = 0;
  const stalled = stallWatch(clock, () => `${sectors}`);
  readBegins(clock, 'pool', 4 * 1024 * 1024);
  for (let second = 0; second < 60; second += 1) {
    vi.advanceTimersByTime(1000);
    sectors += 1;
    expect(stalled()).toBe(0);
  }
  vi.advanceTimersByTime(11_000);
  expect(stalled()).toBe(11_000);
});

test('where nothing is counted a slow medium gets time by the length of the read', () => {
  const clock = newReadClock();
  const stalled = stallWatch(clock, () => null);
  readBegins(clock, 'pool', 1_000_000);
  stalled();
  vi.advanceTimersByTime(20_000);
  expect(stalled()).toBe(0);
  vi.advanceTimersByTime(11_000);
  expect(stalled()).toBe(11_000);
});

const disk = readdirSync('/sys/block', { withFileTypes: true }).at(0)?.name;
test.runIf(process.platform === 'linux' && disk !== undefined)('reads what Linux counts of a block device', () => {
  const folder = join('/sys/block', String(disk));
  const [major, minor] = readFileSync(join(folder, 'dev'), 'utf8').trim().split(':').map(Number);
  const rdev = (major << 8) | (minor & 0xff) | ((minor & 0xfff00) * 0x1000);
  expect(sectorsGiven(rdev)()).toMatch(/^\d+ \d+ \d+$/);
  expect(sectorsGiven(statSync('/dev/null').rdev)()).toBeNull();
});
