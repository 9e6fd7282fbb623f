/** A copy in the words and figures that its card shows. */

import type { Job } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { displayText } from '../text/display-text.ts';
import { formatCount, formatDuration } from '../text/format.ts';

export function isOver(job: Job): boolean {
  return job.finishedAtMs !== null;
}

/** 0 to 1; null while it is not known. By bytes; a job of empty files by files. Full only when it is done. */
export function fractionDone(job: Job): number | null {
  if (job.state === 'done') return 1;
  if (job.totalBytes === null || job.totalFiles === null) return null;
  if (job.totalBytes > 0) return Math.min(1, job.doneBytes / job.totalBytes);
  return job.totalFiles > 0 ? Math.min(1, job.doneFiles / job.totalFiles) : null;
}

/** What another run would do: `failed` ones again, or also the `rest` that it did not come to; null where nothing is left. */
export function leftover(job: Job): 'failed' | 'rest' | null {
  if (!isOver(job) || job.state === 'interrupted') return null;
  if (job.state !== 'done' && (job.missingFiles > 0 || job.totalFiles === null)) return 'rest';
  return job.failed > 0 ? 'failed' : null;
}

/** How it looks: its colour and sign. */
export function jobTone(job: Job): 'busy' | 'held' | 'good' | 'warn' | 'bad' | 'quiet' {
  switch (job.state) {
    case 'waiting':
    case 'paused':
      return 'held';
    case 'done':
      return job.failed > 0 ? 'bad' : 'good';
    case 'cancelled':
      return 'quiet';
    case 'failed':
      return 'bad';
    case 'interrupted':
      return 'warn';
    default:
      return 'busy';
  }
}

export function filesText(count: number): string {
  return messages.units.files(formatCount(count), count);
}

export function jobTitle(job: Job): string {
  const text = messages.job;
  switch (job.state) {
    case 'waiting':
      return text.waiting(displayText(job.mediumName));
    case 'counting':
      return text.counting;
    case 'paused':
      return text.paused(displayText(job.mediumName));
    case 'copying':
      return text.copying(displayText(job.mediumName));
    case 'asking':
      return text.asking;
    case 'finishing':
      return text.finishing;
    case 'done':
      return job.failed > 0
        ? text.doneWith(filesText(job.copied), formatCount(job.failed))
        : text.done(filesText(job.copied));
    case 'cancelled':
      return text.cancelled;
    case 'failed':
      return text.failed;
    case 'interrupted':
      return text.interrupted;
  }
}

export function jobDuration(job: Job): string {
  return job.finishedAtMs === null ? '' : messages.job.took(formatDuration(job.finishedAtMs - job.startedAtMs));
}
