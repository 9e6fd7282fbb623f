/** What ends a copy as a whole, and the words for it. */

import { KernelCallError, KernelEndedError } from '../kernels/kernel-process.ts';
import { texts } from '../texts.ts';
import type { CopyFailure, FailureReason } from './orders.ts';
import { TooManyEntriesError } from './plan.ts';

export type EndOutcome = 'cancelled' | 'failed' | 'interrupted';

/** Its message is the sentence. */
export class CopyEnd extends Error {
  readonly outcome: EndOutcome;
  readonly detail: string | null;

  constructor(outcome: EndOutcome, sentence: string, detail: string | null = null) {
    super(sentence);
    this.outcome = outcome;
    this.detail = detail;
  }
}

/** The target side's errors that no other file would escape. */
const HOPELESS_CODES = ['ENOSPC', 'EDQUOT', 'EROFS', 'ENODEV', 'ENXIO', 'EMFILE', 'ENFILE'];

export function cancelled(): CopyEnd {
  return new CopyEnd('cancelled', texts().copyEnd.cancelled);
}

export function removed(detail: string | null): CopyEnd {
  return new CopyEnd('interrupted', texts().copyEnd.removed, detail);
}

/** The end that a file's failure means for all of them; null if it concerns that file only. */
export function endByFailure(failure: CopyFailure): CopyEnd | null {
  if (failure.side === 'stopped') return cancelled();
  if (failure.side === 'removed') return removed(failure.code);
  return HOPELESS_CODES.includes(failure.code ?? '') ? stuck(failure) : null;
}

/** The end for a failure behind which nothing can go on. */
export function stuck(failure: CopyFailure): CopyEnd {
  return new CopyEnd('failed', texts().copyEnd.stuck(failureWords(failure)), failure.code);
}

/** A failure of the writing side in words, as a note behind a file's name. */
export function failureWords({ side, code, reason, message }: CopyFailure): string {
  const { diskErrors, failures } = texts().copyNotes;
  if (side === 'verify') return failures.otherBytes;
  if (reason !== null) return reasonWords(reason);
  if (side !== 'target' || code === null) return message;
  const words: Record<string, string> = {
    ENOSPC: diskErrors.full,
    EDQUOT: diskErrors.quota,
    EROFS: diskErrors.readOnly,
    EACCES: diskErrors.notAllowed,
    EPERM: diskErrors.notPermitted,
    ENAMETOOLONG: diskErrors.pathTooLong,
    EFBIG: diskErrors.fileTooLarge,
    EIO: diskErrors.ioError,
    EISDIR: failures.folderThere,
  };
  return Object.hasOwn(words, code) ? words[code] : diskErrors.other(code);
}

function reasonWords(reason: FailureReason): string {
  const { failures } = texts().copyNotes;
  if (reason.kind === 'unreadable') return failures.unreadable(String(reason.firstByte), String(reason.lastByte));
  if (reason.kind === 'outside') return failures.outside;
  if (reason.kind === 'too-short') return failures.tooShort;
  return reason.kind === 'in-the-way' ? failures.inTheWay : failures.noName;
}

/** The end for whatever was thrown. */
export function endByError(error: unknown, target: string): CopyEnd {
  if (error instanceof CopyEnd) return error;
  if (error instanceof KernelEndedError) {
    const { kind, sentence, detail } = error.end;
    return kind === 'removed' ? removed(detail) : new CopyEnd('interrupted', sentence, detail);
  }
  if (error instanceof KernelCallError) {
    const { kind, message } = error.failure;
    return kind === 'removed' ? removed(message) : new CopyEnd('failed', texts().copyEnd.stuck(message));
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TooManyEntriesError) return new CopyEnd('failed', message);
  return new CopyEnd('failed', texts().copyEnd.noTarget(target), message);
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}
