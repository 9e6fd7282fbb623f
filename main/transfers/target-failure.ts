/** Failures on the writing side, from whatever was thrown on the way. Their words for people are made where they are told (copy-end.ts). */

import { errorCode } from '../host-error.ts';
import { MediumReadError } from './medium-reader.ts';
import type { CopyFailure } from './orders.ts';
import { StoppedError } from './stopped.ts';

/** The disk gave back other bytes than were written. */
export class VerifyError extends Error {}

export function copyFailure(thrown: unknown): CopyFailure {
  if (thrown instanceof MediumReadError) return thrown.failure;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof VerifyError) return { side: 'verify', message, code: null, mediumOffset: null };
  if (thrown instanceof StoppedError) return { side: 'stopped', message, code: null, mediumOffset: null };
  const code = errorCode(thrown);
  return { side: 'target', message, code, mediumOffset: null };
}
