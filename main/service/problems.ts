/** What is told to people when something does not work: sentences for every kind of failure. */

import { visibleText } from '../../assets/text/display-text.ts';
import type { FailureReport } from '../../kernel-worker/contract.ts';
import type { Problem, RequestFailure } from '../contract.ts';
import { KernelBootError, KernelCallError, KernelEndedError } from '../kernels/kernel-process.ts';
import { texts } from '../texts.ts';

/** A request that is refused or failed; its message is the sentence. */
export class RequestError extends Error {
  readonly told: RequestFailure;

  constructor(problem: Problem, failure: FailureReport | null = null) {
    super(problem.sentence);
    this.name = 'RequestError';
    this.told = { problem, failure };
  }
}

export function refused(sentence: string, detail: string | null = null): RequestError {
  return new RequestError({ sentence, detail, canRestart: false });
}

/** Whatever was thrown, as it is told. */
export function toldFailure(thrown: unknown): RequestFailure {
  if (thrown instanceof RequestError) return thrown.told;
  const failure = thrown instanceof KernelCallError || thrown instanceof KernelBootError ? thrown.failure : null;
  return { problem: problemOf(thrown), failure };
}

export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof RequestError) return thrown.told.problem;
  if (thrown instanceof KernelEndedError) {
    const { kind, sentence, detail } = thrown.end;
    return { sentence, detail, canRestart: kind !== 'closed' && kind !== 'removed' };
  }
  if (thrown instanceof KernelBootError) return bootProblem(thrown);
  if (thrown instanceof KernelCallError) return failureProblem(thrown.failure);
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { sentence: texts().failures.failed, detail, canRestart: false };
}

/** A failure of the kernel: what it is, and below it where and what was expected. */
export function failureProblem(failure: FailureReport): Problem {
  return { sentence: failureSentence(failure), detail: failureDetail(failure), canRestart: false };
}

/** What the kernel says may hold names from the medium: they are made visible where they enter a sentence. */
function failureSentence(failure: FailureReport): string {
  const what = visibleText(failure.message);
  switch (failure.kind) {
    case 'medium':
      return texts().failures.unreadable;
    case 'damage':
      return texts().failures.damaged(what);
    case 'unsupported':
      return failure.errno === 'EOPNOTSUPP' && failure.message.startsWith('no file system')
        ? texts().failures.noFileSystem
        : texts().failures.unsupported(what);
    case 'removed':
      return texts().failures.pulledOut;
    case 'request':
      return failure.errno === 'ENOENT' ? texts().failures.entryGone : texts().failures.impossible(what);
  }
}

export function failureDetail(failure: FailureReport): string {
  const { errno, message, byteOffset, expected, found } = failure;
  const parts = [`${errno}: ${message}`];
  if (byteOffset !== undefined) parts.push(`at byte ${byteOffset} of the medium`);
  if (expected !== undefined) parts.push(`expected ${expected}`);
  if (found !== undefined) parts.push(`found ${found}`);
  return visibleText(parts.join(', '));
}

function bootProblem(error: KernelBootError): Problem {
  const { stage, failure } = error;
  const detail = failureDetail(failure);
  if (stage === 'lockdown') {
    const sentence = texts().failures.notLockedDown;
    return { sentence, detail, canRestart: false };
  }
  if (failure.errno === 'ENOENT') return { sentence: texts().failures.noFile, detail, canRestart: false };
  if (failure.errno === 'EACCES') return { sentence: texts().failures.mayNotRead, detail, canRestart: true };
  if (failure.kind === 'removed') return { sentence: texts().failures.noMedium, detail, canRestart: true };
  return { sentence: texts().failures.cannotOpen(visibleText(failure.message)), detail, canRestart: true };
}
