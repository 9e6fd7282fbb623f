/** What the taskbar shows of copies and images under way. */

import { expect, test } from 'vitest';
import type { ImageJob, Job } from '../contract.ts';
import { barProgress } from './progress.ts';

const job = (parts: Partial<Job>) =>
  ({ state: 'copying', totalBytes: 100, doneBytes: 0, failed: 0, finishedAtMs: null, ...parts }) as Job;
const image = (parts: Partial<ImageJob>) =>
  ({ state: 'reading', sizeBytes: 300, doneBytes: 0, finishedAtMs: null, ...parts }) as ImageJob;

test('nothing, while nothing is under way', () => {
  const nothing = { value: -1, mode: 'none' };
  expect(barProgress([], [])).toEqual(nothing);
  expect(barProgress([job({ finishedAtMs: 1, state: 'done' })], [image({ finishedAtMs: 1 })])).toEqual(nothing);
});

test('the share of all bytes that are to be moved', () => {
  expect(barProgress([job({ doneBytes: 25 })], [])).toEqual({ value: 0.25, mode: 'normal' });
  expect(barProgress([job({ doneBytes: 50 })], [image({ doneBytes: 50 })])).toEqual({ value: 0.25, mode: 'normal' });
  // A finished job no longer counts.
  const done = job({ doneBytes: 100, finishedAtMs: 1, state: 'done' });
  expect(barProgress([done, job({ doneBytes: 10 })], [])).toEqual({ value: 0.1, mode: 'normal' });
  // A file that grew while it was read.
  expect(barProgress([job({ doneBytes: 120 })], []).value).toBe(1);
});

test('without measure while files are counted, and where there are no bytes', () => {
  const counting = job({ state: 'counting', totalBytes: null });
  expect(barProgress([counting, job({ doneBytes: 50 })], [])).toEqual({ value: 2, mode: 'indeterminate' });
  expect(barProgress([job({ totalBytes: 0 })], [])).toEqual({ value: 2, mode: 'indeterminate' });
});

test('that something waits for the user, and that something failed', () => {
  expect(barProgress([job({ state: 'asking', doneBytes: 50 })], [])).toEqual({ value: 0.5, mode: 'paused' });
  expect(barProgress([], [image({ state: 'interrupted', doneBytes: 150 })])).toEqual({ value: 0.5, mode: 'paused' });
  expect(barProgress([job({ failed: 1, doneBytes: 50 })], [])).toEqual({ value: 0.5, mode: 'error' });
});
