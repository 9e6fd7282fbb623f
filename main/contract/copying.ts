/** Copying out: jobs, conflicts, reports. */

import type { FailureReport } from '../../kernel-worker/contract.ts';
import type { Problem } from './media.ts';

export type ConflictPolicy = 'ask' | 'skip' | 'rename' | 'overwrite';

/** A copy-out. */
export interface Job {
  id: string;
  mediumId: string;
  /** For people, as it was when the job began. */
  mediumName: string;
  volume: number;
  /** Absolute path of the folder into which is copied. */
  target: string;
  /** `counting` files and bytes; `copying`; `finishing`: data goes to the host's disk (fsync) and is verified; `asking`: see `conflict`. */
  state: 'counting' | 'copying' | 'asking' | 'finishing' | 'done' | 'cancelled' | 'failed';
  /** null while counting. */
  totalFiles: number | null;
  totalBytes: number | null;
  doneFiles: number;
  doneBytes: number;
  /** Bytes a second over the last seconds; null before there is one. */
  bytesPerSecond: number | null;
  secondsLeft: number | null;
  /** The file in work, as it is called on the stick. */
  current: string | null;
  conflict: Conflict | null;
  /** How many files failed, were skipped and were renamed so far. */
  failed: number;
  skipped: number;
  renamed: number;
  startedAtMs: number;
  finishedAtMs: number | null;
  problem: Problem | null;
}

/** A file that is there already. */
export interface Conflict {
  path: string;
  targetPath: string;
  source: { sizeBytes: number; mtimeMs: number | null };
  existing: { sizeBytes: number; mtimeMs: number };
}

/** One file of a finished job. */
export interface JobItem {
  /** On the stick. */
  path: string;
  /** Below the target, as written; null if nothing was written. */
  writtenAs: string | null;
  outcome: 'copied' | 'skipped' | 'failed';
  sizeBytes: number;
  sha256: string | null;
  /** Why it failed, was skipped, or has another name. */
  note: string | null;
  /** Where on the medium it could not be read. */
  failure: FailureReport | null;
}

/** What is to be copied: paths of one volume; ['/'] for all of it. */
export interface CopyRequest {
  mediumId: string;
  volume: number;
  paths: string[];
  /** null: the remembered folder, with a folder named after the stick. */
  target: string | null;
  policy: ConflictPolicy;
}

export interface CopyingRequests {
  'copy.start': (request: CopyRequest) => Job;
  'copy.answer': (jobId: string, decision: 'skip' | 'rename' | 'overwrite' | 'cancel', applyToAll: boolean) => null;
  'copy.cancel': (jobId: string) => null;
  /** Removes a finished job from the list. */
  'copy.dismiss': (jobId: string) => null;
  'copy.list': () => Job[];
  /** The finished job's items, failed ones first; at most 10,000 from `from` on. */
  'copy.items': (jobId: string, from: number) => JobItem[];
}

export interface CopyingEvents {
  jobs: Job[];
}
