/** Speed, time left and graph over synthetic series of measures. */

import { describe, expect, test } from 'vitest';
import { Pace } from './progress.ts';

const MB = 1_000_000;

/** Measures every 250 ms at the bytes a second that `speedAt` says, until `totalBytes` are done or `forMs` have passed; tells what was shown at each. */
function run(totalBytes: number, speedAt: (atMs: number) => number, forMs = Number.POSITIVE_INFINITY) {
  let nowMs = 0;
  let bytes = 0;
  const pace = new Pace(() => nowMs);
  const shown: Array<{ atMs: number; seconds: number | null; trueSeconds: number }> = [];
  const step = () => {
    pace.measure({ bytes, files: 0 }, { bytes: totalBytes, files: 0 });
    shown.push({ atMs: nowMs, seconds: pace.secondsLeft(), trueSeconds: 0 });
  };
  step();
  while (bytes < totalBytes && nowMs < forMs) {
    nowMs += 250;
    bytes = Math.min(totalBytes, bytes + speedAt(nowMs) / 4);
    step();
  }
  for (const each of shown) each.trueSeconds = (nowMs - each.atMs) / 1000;
  return { pace, shown, later: (ms: number) => (nowMs += ms) };
}

/** The largest step from one shown figure to the next, in seconds. */
function largestJump(shown: ReadonlyArray<{ seconds: number | null }>): number {
  let largest = 0;
  for (let i = 1; i < shown.length; i++) {
    const [before, after] = [shown[i - 1].seconds, shown[i].seconds];
    if (before !== null && after !== null) largest = Math.max(largest, Math.abs(after - before));
  }
  return largest;
}

describe('time left', () => {
  test('is not told before two seconds, is right at a steady speed, and ends at nothing', () => {
    const { shown } = run(200 * MB, () => 10 * MB);
    expect(shown.filter((each) => each.atMs < 2000).every((each) => each.seconds === null)).toBe(true);
    for (const { seconds, trueSeconds } of shown.slice(9))
      expect(Math.abs((seconds ?? -9) - trueSeconds)).toBeLessThanOrEqual(1);
    expect(shown[shown.length - 1].seconds).toBe(0);
  });

  test('does not jump where the speed swings by half every other second', () => {
    const { shown } = run(600 * MB, (atMs) => (Math.floor(atMs / 1000) % 2 === 0 ? 5 * MB : 15 * MB));
    expect(largestJump(shown)).toBeLessThanOrEqual(2);
    for (const { seconds, trueSeconds } of shown.slice(40))
      expect(Math.abs((seconds ?? -9) - trueSeconds)).toBeLessThanOrEqual(Math.max(3, trueSeconds * 0.2));
  });

  test('goes over to a speed that stays: a stick whose fast memory is full', () => {
    const { shown } = run(900 * MB, (atMs) => (atMs < 20_000 ? 30 * MB : 5 * MB));
    expect(largestJump(shown)).toBeLessThanOrEqual(5);
    const after = shown.filter((each) => each.atMs > 60_000);
    expect(after.length).toBeGreaterThan(50);
    for (const { seconds, trueSeconds } of after)
      expect(Math.abs((seconds ?? -9) - trueSeconds)).toBeLessThanOrEqual(Math.max(3, trueSeconds * 0.2));
  });

  test('grows while nothing moves, and never falls below nothing', () => {
    const { shown } = run(400 * MB, (atMs) => (atMs < 10_000 ? 20 * MB : 0), 40_000);
    const last = shown[shown.length - 1].seconds ?? 0;
    expect(last).toBeGreaterThan(15);
    expect(shown.every((each) => each.seconds === null || each.seconds >= 0)).toBe(true);
  });

  test('counts files too: a thousand empty ones take time', () => {
    let nowMs = 0;
    const pace = new Pace(() => nowMs);
    for (let files = 0; files <= 500; files += 25) {
      pace.measure({ bytes: 0, files }, { bytes: 0, files: 1000 });
      nowMs += 250;
    }
    expect(pace.secondsLeft()).toBe(5);
  });

  test('does not count a pause', () => {
    const { pace, shown, later } = run(400 * MB, () => 10 * MB, 10_000);
    const before = shown[shown.length - 1].seconds;
    pace.rest();
    later(600_000);
    pace.measure({ bytes: 100 * MB, files: 0 }, { bytes: 400 * MB, files: 0 });
    later(250);
    pace.measure({ bytes: 102.5 * MB, files: 0 }, { bytes: 400 * MB, files: 0 });
    expect(Math.abs((pace.secondsLeft() ?? -9) - (before ?? 0))).toBeLessThanOrEqual(1);
  });
});

describe('speed', () => {
  test('is that of the last four seconds, and not told too early', () => {
    const { pace, shown } = run(1000 * MB, (atMs) => (atMs <= 10_000 ? 50 * MB : 10 * MB), 15_000);
    expect(shown).toHaveLength(61);
    expect(pace.bytesPerSecond()).toBe(10 * MB);
    expect(run(1000 * MB, () => MB, 250).pace.bytesPerSecond()).toBeNull();
  });
});

describe('the graph', () => {
  test.each([5, 60, 300, 4000])('of %i seconds has at most 120 points in equal distances', (seconds) => {
    const { pace } = run(Number.MAX_SAFE_INTEGER, () => 8 * MB, seconds * 1000);
    const points = pace.samples();
    expect(points.length).toBeGreaterThan(seconds === 5 ? 15 : 50);
    expect(points.length).toBeLessThanOrEqual(120);
    const distances = new Set(points.slice(1).map((point, i) => point.atMs - points[i].atMs));
    expect(distances.size).toBe(1);
    expect(points.every((point) => point.bytesPerSecond === 8 * MB)).toBe(true);
    expect(points[points.length - 1].atMs).toBeGreaterThan(seconds * 1000 * 0.95);
  });

  test('shows a pause of the medium as a gap down to nothing', () => {
    const { pace } = run(1000 * MB, (atMs) => (atMs > 5000 && atMs <= 8000 ? 0 : 10 * MB), 12_000);
    expect(pace.samples().filter((point) => point.bytesPerSecond === 0)).toHaveLength(12);
  });
});
