/** What a failed request is to the user: main's own sentence where it gave one. */

import type { FailureReport, Problem, RequestFailure } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { displayText } from '../text/display-text.ts';
import { formatCount } from '../text/format.ts';

function isRequestFailure(reason: unknown): reason is RequestFailure {
  return typeof reason === 'object' && reason !== null && 'problem' in reason;
}

export function problemFrom(reason: unknown): Problem {
  if (isRequestFailure(reason)) {
    const { problem, failure } = reason;
    return problem.detail === null && failure !== null ? { ...problem, detail: failureText(failure) } : problem;
  }
  const detail = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  return { sentence: messages.shell.unexpected, detail, canRestart: false };
}

/** A failure on the medium in one line: errno, what, where, expected and found. */
export function failureText(failure: FailureReport): string {
  const words = [`${failure.errno}: ${displayText(failure.message)}`];
  if (failure.byteOffset !== undefined) words.push(messages.problem.at(formatCount(failure.byteOffset)));
  if (failure.expected !== undefined && failure.found !== undefined) {
    words.push(
      messages.problem.expectedFound(displayText(String(failure.expected)), displayText(String(failure.found))),
    );
  }
  return words.join(', ');
}
