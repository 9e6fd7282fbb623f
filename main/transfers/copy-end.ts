/** What ends a copy as a whole, and the sentence for it. */

import { KernelCallError, KernelEndedError } from '../kernels/kernel-process.ts';
import type { CopyFailure } from './orders.ts';
import { TooManyEntriesError } from './plan.ts';

/** Its message is the sentence. */
export class CopyEnd extends Error {
  readonly outcome: 'cancelled' | 'failed';
  readonly detail: string | null;

  constructor(outcome: 'cancelled' | 'failed', sentence: string, detail: string | null = null) {
    super(sentence);
    this.outcome = outcome;
    this.detail = detail;
  }
}

/** The target side's errors that no other file would escape. */
const HOPELESS_CODES = ['ENOSPC', 'EDQUOT', 'EROFS', 'ENODEV', 'ENXIO', 'EMFILE', 'ENFILE'];

export function cancelled(): CopyEnd {
  return new CopyEnd('cancelled', 'The copy was cancelled.');
}

export function removed(detail: string | null): CopyEnd {
  const sentence = 'The medium was pulled out before the copy was done. What was already copied is whole.';
  return new CopyEnd('failed', sentence, detail);
}

/** The end that a file's failure means for all of them; null if it concerns that file only. */
export function endByFailure(failure: CopyFailure): CopyEnd | null {
  if (failure.side === 'stopped') return cancelled();
  if (failure.side === 'removed') return removed(failure.code);
  return HOPELESS_CODES.includes(failure.code ?? '') ? stuck(failure) : null;
}

/** The end for a failure behind which nothing can go on. */
export function stuck(failure: CopyFailure): CopyEnd {
  return new CopyEnd('failed', `The copy could not go on: ${failure.message}.`, failure.code);
}

/** The end for whatever was thrown. */
export function endByError(error: unknown, target: string): CopyEnd {
  if (error instanceof CopyEnd) return error;
  if (error instanceof KernelEndedError) return new CopyEnd('failed', error.end.sentence, error.end.detail);
  if (error instanceof KernelCallError) {
    const { kind, message } = error.failure;
    return kind === 'removed' ? removed(message) : new CopyEnd('failed', `The copy could not go on: ${message}.`);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TooManyEntriesError) return new CopyEnd('failed', message);
  return new CopyEnd('failed', `Nothing can be written to ${target}.`, message);
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}
