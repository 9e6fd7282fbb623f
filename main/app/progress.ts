/** How far everything that is copied or saved has come, as taskbars and docks show it. */

import type { ProgressBarOptions } from 'electron';
import type { ImageJob, Job } from '../contract.ts';

/** For BrowserWindow.setProgressBar: below 0 takes it away, above 1 is without measure. */
export interface BarProgress {
  value: number;
  mode: ProgressBarOptions['mode'];
}

const NOTHING: BarProgress = { value: -1, mode: 'none' };
const UNMEASURED = 2;

/** Something waits for the user. */
const WAITING: ReadonlyArray<Job['state'] | ImageJob['state']> = ['asking', 'paused', 'interrupted'];

export function barProgress(jobs: readonly Job[], images: readonly ImageJob[]): BarProgress {
  const copies = jobs.filter((job) => job.finishedAtMs === null);
  const saved = images.filter((image) => image.finishedAtMs === null);
  if (copies.length + saved.length === 0) return NOTHING;
  let total = 0;
  let done = 0;
  for (const { sizeBytes, doneBytes } of saved) {
    total += sizeBytes;
    done += doneBytes;
  }
  for (const { totalBytes, doneBytes } of copies) {
    total += totalBytes ?? 0;
    done += doneBytes;
  }
  const isCounting = copies.some(({ totalBytes }) => totalBytes === null);
  const mode = barMode([...copies, ...saved], copies);
  if (isCounting || total === 0) return { value: UNMEASURED, mode: mode === 'normal' ? 'indeterminate' : mode };
  return { value: Math.min(done / total, 1), mode };
}

function barMode(all: ReadonlyArray<Job | ImageJob>, copies: readonly Job[]): BarProgress['mode'] {
  if (copies.some(({ failed }) => failed > 0)) return 'error';
  return all.some(({ state }) => WAITING.includes(state)) ? 'paused' : 'normal';
}
