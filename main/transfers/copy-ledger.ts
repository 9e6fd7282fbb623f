/** What has become of each file of a copy, how far it is, and the report at its end. */

import type { FailureReport } from '../../kernel-worker/contract.ts';
import type { Conflict, Job, JobFile, JobItem } from '../contract.ts';
import { texts } from '../texts.ts';
import type { EndOutcome } from './copy-end.ts';
import type { CopiedBefore } from './earlier-run.ts';
import type { FileOutcome } from './orders.ts';
import type { Plan, PlannedFile } from './plan.ts';
import { Pace } from './progress.ts';
import type { CopyReport, ReportFrame } from './report.ts';

/** What is known of a copy under way: the parts of a Job that it determines. */
export type CopyProgress = Pick<
  Job,
  | 'state'
  | 'totalFiles'
  | 'totalBytes'
  | 'doneFiles'
  | 'doneBytes'
  | 'bytesPerSecond'
  | 'secondsLeft'
  | 'current'
  | 'inWork'
  | 'lastSettled'
  | 'samples'
  | 'conflict'
  | 'copied'
  | 'failed'
  | 'skipped'
  | 'renamed'
>;

/** A copy that has just begun. */
export const NO_PROGRESS: CopyProgress = {
  state: 'counting',
  totalFiles: null,
  totalBytes: null,
  doneFiles: 0,
  doneBytes: 0,
  bytesPerSecond: null,
  secondsLeft: null,
  current: null,
  inWork: [],
  lastSettled: [],
  samples: [],
  conflict: null,
  copied: 0,
  failed: 0,
  skipped: 0,
  renamed: 0,
};

const PROGRESS_INTERVAL_MS = 100;
/** How many of the files in work and of the last settled are told with each progress. */
const TOLD_FILES = 5;

const STATES = ['waiting', 'working', 'copied', 'skipped', 'failed'] as const satisfies ReadonlyArray<JobFile['state']>;

type Settled = Omit<JobItem, 'path' | 'sizeBytes'>;

export class CopyLedger {
  private readonly onProgress: (progress: CopyProgress) => void;
  private readonly items: JobItem[] = [];
  private readonly copiedFiles = new Map<string, CopiedBefore>();
  private readonly pace = new Pace();
  private toldAt = 0;
  private isPaused = false;
  private planFiles: readonly PlannedFile[] = [];
  /** For each planned file the number of its state, and its item once it is settled. */
  private states = new Uint8Array(0);
  private itemOf = new Uint32Array(0);
  private readonly atWork = new Set<PlannedFile>();
  /** Bytes of files that are settled, of those that an earlier run had copied, and of the large file under way. */
  private settledBytes = 0;
  private earlierBytes = 0;
  private earlierFiles = 0;
  private largeBytes = 0;
  private readonly madeFolders: string[] = [];
  private unmarked = 0;
  private readonly progress: CopyProgress = { ...NO_PROGRESS };

  constructor(onProgress: (progress: CopyProgress) => void) {
    this.onProgress = onProgress;
  }

  /** The totals, and what is known not to be copied. */
  planned(plan: Plan): void {
    this.planFiles = plan.files;
    this.states = new Uint8Array(plan.files.length);
    this.itemOf = new Uint32Array(plan.files.length);
    this.progress.totalFiles = plan.files.length;
    this.progress.totalBytes = plan.totalBytes;
    for (const { path, sizeBytes, outcome, note, failure } of plan.omissions)
      this.add({ path, writtenAs: null, outcome, sizeBytes, sha256: null, note, failure });
  }

  enter(state: CopyProgress['state']): void {
    this.progress.state = state;
    if (state === 'finishing') this.progress.current = null;
    this.tell();
  }

  /** It is paused, or goes on. */
  pause(paused: boolean): void {
    this.isPaused = paused;
    this.pace.rest();
    this.tell();
  }

  working(files: readonly PlannedFile[]): void {
    for (const file of files) {
      this.states[file.index] = STATES.indexOf('working');
      this.atWork.add(file);
    }
    this.progress.current = files[0]?.path ?? this.progress.current;
    this.tellSoon();
  }

  /** A question is open. Time in which the user thinks counts as nobody's. */
  asking(conflict: Conflict | null): void {
    this.progress.conflict = conflict;
    if (conflict === null) this.pace.rest();
    this.enter(conflict === null ? 'copying' : 'asking');
  }

  /** Bytes of the large file under way. */
  passed(bytes: number): void {
    this.largeBytes += bytes;
    this.tellSoon();
  }

  /** The large file is settled, or is not to count. */
  largeDone(): void {
    this.largeBytes = 0;
  }

  /** An earlier run of this copy had settled it. */
  settledBefore(file: PlannedFile, item: JobItem, copied: CopiedBefore | null): void {
    const { writtenAs, outcome, sha256, note, failure } = item;
    if (copied !== null) this.copiedFiles.set(file.path, copied);
    this.settle(file, { writtenAs, outcome, sha256, note, failure });
    this.earlierBytes += file.sizeBytes;
    this.earlierFiles += 1;
  }

  copied(
    file: PlannedFile,
    writtenAs: string,
    outcome: Extract<FileOutcome, { outcome: 'copied' }>,
    note: string | null,
  ): void {
    const { sha256, mtimeMs, own, marked } = outcome;
    if (sha256 !== null && mtimeMs !== null) {
      this.copiedFiles.set(file.path, { sourceMtimeMs: file.mtimeMs, writtenMtimeMs: mtimeMs, own });
      if (!marked) this.unmarked += 1;
    }
    this.settle(file, { writtenAs, outcome: 'copied', sha256, note, failure: null });
  }

  skipped(file: PlannedFile, note: string): void {
    this.settle(file, { writtenAs: null, outcome: 'skipped', sha256: null, note, failure: null });
  }

  failed(file: PlannedFile, note: string, failure: FailureReport | null): void {
    this.settle(file, { writtenAs: null, outcome: 'failed', sha256: null, note, failure });
  }

  /** A folder that has another name than on the medium, or (`writtenAs` null) could not be made. */
  folder(path: string, writtenAs: string | null, note: string): void {
    const outcome = writtenAs === null ? 'failed' : 'copied';
    this.add({ path, writtenAs, outcome, sizeBytes: 0, sha256: null, note, failure: null });
  }

  /** A folder that was not there, by its path below the target. */
  madeFolder(writtenAs: string): void {
    this.madeFolders.push(writtenAs);
  }

  /** Files in the order of the plan with their states now. */
  files(from: number, count: number): { total: number; files: JobFile[] } {
    const files = this.planFiles.slice(from, from + count).map((file) => this.fileState(file));
    return { total: this.planFiles.length, files };
  }

  report(outcome: 'done' | EndOutcome, problem: string | null, detail: string | null, frame: ReportFrame): CopyReport {
    this.atWork.clear();
    this.tell();
    const { failed, skipped, renamed } = this.progress;
    const missing = this.missing();
    const rank = { failed: 0, missing: 1, skipped: 2, copied: 3 };
    const items = [...this.items, ...missing].sort((a, b) => rank[a.outcome] - rank[b.outcome]);
    const copied = this.items.filter((item) => item.sha256 !== null);
    const bytesOf = (list: readonly JobItem[]) => list.reduce((sum, item) => sum + item.sizeBytes, 0);
    const counts = { copiedFiles: copied.length, copiedBytes: bytesOf(copied), failed, skipped, renamed };
    const { copiedFiles, madeFolders, unmarked } = this;
    const left = { missingFiles: missing.length, missingBytes: bytesOf(missing) };
    return {
      outcome,
      problem,
      detail,
      ...frame,
      items,
      ...counts,
      ...left,
      copiedBefore: copiedFiles,
      madeFolders,
      unmarked,
    };
  }

  /** Tells the progress, unless that was done just now. */
  tellSoon(): void {
    if (performance.now() - this.toldAt >= PROGRESS_INTERVAL_MS) this.tell();
  }

  private missing(): JobItem[] {
    const note = texts().copyNotes.notReached;
    return this.planFiles
      .filter(({ index }) => this.states[index] < STATES.indexOf('copied'))
      .map(({ path, sizeBytes }) => ({
        path,
        writtenAs: null,
        outcome: 'missing',
        sizeBytes,
        sha256: null,
        note,
        failure: null,
      }));
  }

  private fileState(file: PlannedFile): JobFile {
    const state = STATES[this.states[file.index]];
    const isSettled = state !== 'waiting' && state !== 'working';
    const note = isSettled ? this.items[this.itemOf[file.index]].note : null;
    return { path: file.path, sizeBytes: file.sizeBytes, state, note };
  }

  private tell(): void {
    this.toldAt = performance.now();
    const { progress, pace } = this;
    progress.doneBytes = this.settledBytes + this.largeBytes;
    if (progress.state === 'copying' && !this.isPaused) this.measure();
    progress.bytesPerSecond = pace.bytesPerSecond();
    progress.secondsLeft = pace.secondsLeft();
    progress.samples = pace.samples();
    progress.inWork = this.toldWork();
    const mayPause = progress.state === 'copying' || progress.state === 'counting';
    this.onProgress({ ...progress, state: this.isPaused && mayPause ? 'paused' : progress.state });
  }

  private measure(): void {
    const { doneBytes, doneFiles, totalBytes, totalFiles } = this.progress;
    const { earlierBytes, earlierFiles } = this;
    this.pace.measure(
      { bytes: doneBytes - earlierBytes, files: doneFiles - earlierFiles },
      { bytes: (totalBytes ?? 0) - earlierBytes, files: (totalFiles ?? 0) - earlierFiles },
    );
  }

  private toldWork(): CopyProgress['inWork'] {
    const told: CopyProgress['inWork'] = [];
    for (const { path, sizeBytes } of this.atWork) {
      if (told.length === TOLD_FILES) break;
      told.push({ path, sizeBytes, doneBytes: this.atWork.size === 1 ? Math.min(this.largeBytes, sizeBytes) : 0 });
    }
    return told;
  }

  private settle(file: PlannedFile, settled: Settled): void {
    const { path, sizeBytes, index } = file;
    this.atWork.delete(file);
    this.states[index] = STATES.indexOf(settled.outcome === 'missing' ? 'failed' : settled.outcome);
    this.itemOf[index] = this.items.length;
    this.add({ path, sizeBytes, ...settled });
    this.progress.doneFiles += 1;
    if (settled.outcome === 'copied') this.progress.copied += 1;
    this.settledBytes += sizeBytes;
    const last = this.progress.lastSettled.slice(0, TOLD_FILES - 1);
    this.progress.lastSettled = [this.fileState(file), ...last];
  }

  private add(item: JobItem): void {
    this.items.push(item);
    if (item.outcome === 'failed') this.progress.failed += 1;
    if (item.outcome === 'skipped') this.progress.skipped += 1;
    if (item.outcome === 'copied' && item.note !== null) this.progress.renamed += 1;
  }
}
