/** Failures of a copy as they are told: from whatever was thrown on the way. */

import { MediumReadError } from './medium-reader.ts';
import type { CopyFailure } from './orders.ts';

/** The disk gave back other bytes than were written. */
export class VerifyError extends Error {}

/** The user broke off. */
export class StoppedError extends Error {}

const SENTENCES: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on this disk is used up',
  EROFS: 'the target cannot be written to',
  EACCES: 'you may not write here',
  EPERM: 'this is not permitted here',
  ENAMETOOLONG: 'the path is too long for this disk',
  EFBIG: 'the file is larger than this disk can hold',
  EIO: 'the target disk reported an error',
};

export function copyFailure(thrown: unknown): CopyFailure {
  if (thrown instanceof MediumReadError) return thrown.failure;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof VerifyError) return { side: 'verify', message, code: null, mediumOffset: null };
  if (thrown instanceof StoppedError) return { side: 'stopped', message, code: null, mediumOffset: null };
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : null;
  return { side: 'target', message: SENTENCES[code ?? ''] ?? message, code, mediumOffset: null };
}
