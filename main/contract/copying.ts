/** Copying out: jobs, conflicts, reports. */

import type { FailureReport } from '../../kernel-worker/contract.ts';
import type { Problem } from './media.ts';

export type ConflictPolicy = 'ask' | 'skip' | 'rename' | 'overwrite';

/**
 * How the written bytes are read back and compared. `cache`: as the host's system gives them after they were written out. `disk`: past its cache,
 * from the device, where the host can (O_DIRECT).
 */
export type Verification = 'cache' | 'disk';

/** `documents-and-media`: documents, texts, pictures, sound and video, judged by their content. */
export type CopySelection = 'all' | 'documents-and-media';

/**
 * `waiting` for an earlier job of the same medium; `counting` files and bytes; `copying`; `paused`; `finishing`: data goes to the host's disk (fsync)
 * and is verified; `asking`: see `conflict`; `interrupted`: the medium was pulled out or its process ended, and the copy can go on when it is back.
 */
export type JobState =
  | 'waiting'
  | 'counting'
  | 'copying'
  | 'paused'
  | 'asking'
  | 'finishing'
  | 'done'
  | 'cancelled'
  | 'failed'
  | 'interrupted';

/** A copy-out. */
export interface Job {
  id: string;
  mediumId: string;
  /** For people, as it was when the job began. */
  mediumName: string;
  volume: number;
  /** Absolute path of the folder into which is copied. */
  target: string;
  /** `drag`: files are fetched so that they can be dragged out of the window or pasted elsewhere. */
  purpose: 'copy' | 'drag';
  only: CopySelection;
  state: JobState;
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
  /** The first of those in work at once, and the last that were settled, newest first; a few of each. All of them: copy.files. */
  inWork: FileInWork[];
  lastSettled: JobFile[];
  /** For a graph, while the job runs; at most 120 in equal distances, without the time in which it was paused. */
  samples: SpeedSample[];
  conflict: Conflict | null;
  /** How many files are whole at the target, failed, were skipped and were renamed so far. */
  copied: number;
  failed: number;
  skipped: number;
  renamed: number;
  /** Of a job that broke off: what it did not come to. */
  missingFiles: number;
  missingBytes: number;
  /** The medium is there again as it was, and the job can go on where it stopped. */
  canResume: boolean;
  /** It is over, and files that it made can be taken back. */
  canUndo: boolean;
  startedAtMs: number;
  finishedAtMs: number | null;
  problem: Problem | null;
}

/** How many files went to the trash, and how many stayed: changed or moved since, or refused by the system, which then says why. */
export interface UndoneCopy {
  trashed: number;
  left: number;
  problem: string | null;
}

export interface FileInWork {
  path: string;
  sizeBytes: number;
  doneBytes: number;
}

/** A moment of a copy: so many milliseconds after it began to copy. */
export interface SpeedSample {
  atMs: number;
  bytesPerSecond: number;
}

/** A file of a job, also while that runs. `missing`: the job ended before it. */
export interface JobFile {
  path: string;
  sizeBytes: number;
  state: 'waiting' | 'working' | 'copied' | 'skipped' | 'failed' | 'missing';
  note: string | null;
}

export interface JobFilePage {
  total: number;
  files: JobFile[];
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
  outcome: 'copied' | 'skipped' | 'failed' | 'missing';
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
  /** Left out: all. */
  only?: CopySelection;
  /** Left out: as the settings say. */
  verification?: Verification;
}

/** `html`: to be read; `sha256sum`: for `sha256sum --check` in the folder of the copied files. */
export type ReportKind = 'html' | 'sha256sum';

export interface CopyingRequests {
  'copy.start': (request: CopyRequest) => Job;
  'copy.answer': (jobId: string, decision: 'skip' | 'rename' | 'overwrite' | 'cancel', applyToAll: boolean) => null;
  'copy.cancel': (jobId: string) => null;
  'copy.pause': (jobId: string) => null;
  /** Goes on with a paused job, or with an interrupted one that `canResume`: what is copied and verified is not copied again. */
  'copy.resume': (jobId: string) => null;
  /** Another run of an ended job over the files that failed or that it did not come to. */
  'copy.retry': (jobId: string) => null;
  /** Removes a finished job from the list. */
  'copy.dismiss': (jobId: string) => null;
  /**
   * Takes back an ended job that `canUndo`: files that it made, replaced nothing with, and that are still as it wrote them go to the system's trash, and its
   * folders where they are empty then. The job goes too, unless something stayed. Only where `can.trash`.
   */
  'copy.undo': (jobId: string) => UndoneCopy;
  'copy.list': () => Job[];
  /** The finished job's items, failed ones first; at most 10,000 from `from` on. */
  'copy.items': (jobId: string, from: number) => JobItem[];
  /** The job's files in the order of copying, with their states now; of an ended job failed ones first. At most 1000. */
  'copy.files': (jobId: string, from: number, count: number) => JobFilePage;
  /** Writes the ended job's report beside the copied files (`path` null) or elsewhere; nothing is overwritten, so it may get a number. Where it is. */
  'copy.saveReport': (jobId: string, kind: ReportKind, path: string | null) => { path: string };
  /** Copies into a private folder below the target folder, verified, for dragging and pasting; answers when done, with the local paths. */
  'copy.prepareDrag': (mediumId: string, volume: number, paths: string[]) => { paths: string[] };
}

export interface CopyingEvents {
  jobs: Job[];
}
