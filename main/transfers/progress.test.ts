/** Speed and time left. */

import { expect, test } from 'vitest';
import { Speedometer } from './progress.ts';

function driven(samples: Array<[atMs: number, bytes: number]>): Speedometer {
  let nowMs = 0;
  const speed = new Speedometer(() => nowMs);
  for (const [atMs, bytes] of samples) {
    nowMs = atMs;
    speed.measure(bytes);
  }
  return speed;
}

test('says nothing before it can know', () => {
  expect(driven([]).bytesPerSecond()).toBeNull();
  expect(
    driven([
      [0, 0],
      [300, 900],
    ]).bytesPerSecond(),
  ).toBeNull();
  expect(
    driven([
      [0, 0],
      [1000, 0],
    ]).secondsLeft(10),
  ).toBeNull();
});

test('is the speed of the last four seconds', () => {
  const samples: Array<[number, number]> = [];
  for (let i = 0; i <= 10; i++) samples.push([i * 1000, i <= 5 ? i * 1000 : 5000 + (i - 5) * 100]);
  const speed = driven(samples);
  expect(speed.bytesPerSecond()).toBe(100);
  expect(speed.secondsLeft(250)).toBe(3);
});

test('does not count the time in which the user was asked', () => {
  const speed = driven([
    [0, 0],
    [1000, 1000],
  ]);
  speed.restart();
  expect(speed.bytesPerSecond()).toBeNull();
});
