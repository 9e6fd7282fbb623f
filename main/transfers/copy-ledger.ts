/** What has become of each file of a copy, how far it is, and the report at its end. */

import type { FailureReport } from '../../kernel-worker/contract.ts';
import type { Conflict, Job, JobItem } from '../contract.ts';
import type { Verification } from './orders.ts';
import type { Plan, PlannedFile } from './plan.ts';
import { Speedometer } from './progress.ts';
import type { CopyReport } from './report.ts';

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
  | 'conflict'
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
  conflict: null,
  failed: 0,
  skipped: 0,
  renamed: 0,
};

const PROGRESS_INTERVAL_MS = 100;

export class CopyLedger {
  private readonly onProgress: (progress: CopyProgress) => void;
  private readonly items: JobItem[] = [];
  private readonly speed = new Speedometer();
  private toldAt = 0;
  /** Bytes of files that are settled, and of the large file under way. */
  private settledBytes = 0;
  private largeBytes = 0;
  private readonly progress: CopyProgress = { ...NO_PROGRESS };

  constructor(onProgress: (progress: CopyProgress) => void) {
    this.onProgress = onProgress;
  }

  /** The totals, and what is known not to be copied. */
  planned(plan: Plan): void {
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

  working(path: string | null): void {
    this.progress.current = path;
    this.tellSoon();
  }

  /** A question is open. Time in which the user thinks counts as nobody's. */
  asking(conflict: Conflict | null): void {
    this.progress.conflict = conflict;
    if (conflict === null) this.speed.restart();
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

  copied(file: PlannedFile, writtenAs: string, sha256: string | null, note: string | null): void {
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

  report(
    outcome: CopyReport['outcome'],
    problem: string | null,
    detail: string | null,
    target: string,
    verification: Verification,
  ): CopyReport {
    this.tell();
    const { failed, skipped, renamed } = this.progress;
    const rank = { failed: 0, skipped: 1, copied: 2 };
    const items = this.items.sort((a, b) => rank[a.outcome] - rank[b.outcome]);
    const copied = items.filter((item) => item.sha256 !== null);
    const copiedBytes = copied.reduce((sum, item) => sum + item.sizeBytes, 0);
    const counts = { copiedFiles: copied.length, copiedBytes, failed, skipped, renamed };
    return { outcome, problem, detail, target, verification, items, ...counts };
  }

  /** Tells the progress, unless that was done just now. */
  tellSoon(): void {
    if (performance.now() - this.toldAt >= PROGRESS_INTERVAL_MS) this.tell();
  }

  private tell(): void {
    this.toldAt = performance.now();
    const { progress, speed } = this;
    progress.doneBytes = this.settledBytes + this.largeBytes;
    if (progress.state === 'copying') speed.measure(progress.doneBytes);
    progress.bytesPerSecond = speed.bytesPerSecond();
    progress.secondsLeft = speed.secondsLeft((progress.totalBytes ?? 0) - progress.doneBytes);
    this.onProgress({ ...progress });
  }

  private settle({ path, sizeBytes }: PlannedFile, item: Omit<JobItem, 'path' | 'sizeBytes'>): void {
    this.add({ path, sizeBytes, ...item });
    this.progress.doneFiles += 1;
    this.settledBytes += sizeBytes;
  }

  private add(item: JobItem): void {
    this.items.push(item);
    if (item.outcome === 'failed') this.progress.failed += 1;
    if (item.outcome === 'skipped') this.progress.skipped += 1;
    if (item.outcome === 'copied' && item.note !== null) this.progress.renamed += 1;
  }
}
