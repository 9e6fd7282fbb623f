/** Failures on the writing side, from whatever was thrown on the way. Their words for people are made where they are told (copy-end.ts). */

import { errorCode } from '../host-error.ts';
import { MediumReadError } from './medium-reader.ts';
import { NoFreeNameError } from './no-free-name.ts';
import type { CopyFailure } from './orders.ts';
import { StoppedError } from './stopped.ts';
import { FolderInTheWayError } from './target-tree.ts';

const NOTHING_MORE = { code: null, reason: null, mediumOffset: null };

/** The disk gave back other bytes than were written. */
export class VerifyError extends Error {}

export function copyFailure(thrown: unknown): CopyFailure {
  if (thrown instanceof MediumReadError) return thrown.failure;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof VerifyError) return { side: 'verify', message, ...NOTHING_MORE };
  if (thrown instanceof StoppedError) return { side: 'stopped', message, ...NOTHING_MORE };
  if (thrown instanceof FolderInTheWayError)
    return { side: 'target', message, ...NOTHING_MORE, reason: { kind: 'in-the-way' } };
  if (thrown instanceof NoFreeNameError)
    return { side: 'target', message, ...NOTHING_MORE, reason: { kind: 'no-name' } };
  return { side: 'target', message, ...NOTHING_MORE, code: errorCode(thrown) };
}
