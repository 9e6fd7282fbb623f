/** One copy as the interface shows it, through all its runs: started, paused, retried, gone on with after the medium came back. */

import type { CopyRequest, Job, JobFilePage, JobItem, Medium } from '../contract.ts';
import { texts } from '../texts.ts';
import { type CopyProgress, NO_PROGRESS } from '../transfers/copy-ledger.ts';
import { type CopyOptions, copyOut, type Decision } from '../transfers/copy-out.ts';
import type { OwnFile } from '../transfers/copy-undo.ts';
import type { EarlierRun } from '../transfers/earlier-run.ts';
import { PauseGate } from '../transfers/pause-gate.ts';
import type { CopyReport } from '../transfers/report.ts';
import { refused } from './problems.ts';

/** What a run needs beside what the job itself knows. */
export type RunSetting = Pick<
  CopyOptions,
  'kernel' | 'mount' | 'medium' | 'verification' | 'originBase' | 'side' | 'onClosed'
>;

/** A copy of more files is taken back in the file manager, folder by folder. */
const MAX_UNDO_FILES = 10_000;

export class CopyJob {
  job: Job;
  readonly request: CopyRequest;
  /** As the medium was when the copy began, for its report. */
  readonly source: Medium;
  /** How the medium is known again (resume-offers.ts). */
  readonly fingerprint: string | null;
  /** Of the last run that ended. */
  report: CopyReport | null = null;
  /** The process on which it ran last: a medium that was pulled out has another one when it is back. */
  ranOn: RunSetting['kernel'] | null = null;
  /** Resolves when the run that was asked for last has ended. */
  done: Promise<void> = Promise.resolve();
  /** By all its runs. */
  private readonly madeFolders: string[] = [];
  private readonly onChange: () => void;
  private abort = new AbortController();
  private pause = new PauseGate();
  private answerNow: ((answer: { decision: Decision; applyToAll: boolean }) => void) | null = null;
  private filesNow: ((from: number, count: number) => JobFilePage) | null = null;

  constructor(job: Job, request: CopyRequest, source: Medium, fingerprint: string | null, onChange: () => void) {
    this.job = job;
    this.request = request;
    this.source = source;
    this.fingerprint = fingerprint;
    this.onChange = onChange;
  }

  get isOver(): boolean {
    return this.job.finishedAtMs !== null;
  }

  /** Waits for its turn, as at first, or again over what an earlier run left. */
  wait(): void {
    this.abort = new AbortController();
    this.pause = new PauseGate();
    this.answerNow = null;
    this.change({ ...NO_PROGRESS, ...NOT_ENDED, state: 'waiting', startedAtMs: Date.now() });
  }

  /** Runs until it ends. Does not throw. `setting` throws where the medium is not open any more. */
  async run(setting: () => RunSetting): Promise<void> {
    if (this.abort.signal.aborted) {
      this.end('cancelled', null, null);
      return;
    }
    let known: RunSetting;
    try {
      known = setting();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.end('interrupted', texts().copyEnd.mediumGone, detail);
      return;
    }
    this.ranOn = known.kernel;
    const report = await copyOut({
      ...known,
      paths: this.request.paths,
      target: this.job.target,
      policy: this.request.policy,
      skipSame: false,
      only: this.job.only,
      symlinks: true,
      earlier: this.earlier(),
      pause: this.pause,
      signal: this.abort.signal,
      onProgress: (progress) => this.progressed(progress),
      onFiles: (files) => {
        this.filesNow = files;
      },
      decide: () =>
        new Promise((answer) => {
          this.answerNow = answer;
        }),
    });
    this.madeFolders.push(...report.madeFolders);
    // What only another run needs is not kept where there is none; what it takes to undo the copy is, of a number that people undo.
    const isWhole = report.outcome === 'done' && report.failed === 0;
    this.report =
      isWhole && report.copiedBefore.size > MAX_UNDO_FILES ? { ...report, copiedBefore: new Map() } : report;
    this.filesNow = null;
    this.end(report.outcome, report.problem, report.detail);
  }

  /** Throws RequestError. */
  answer(decision: Decision, applyToAll: boolean): void {
    const { answerNow } = this;
    this.answerNow = null;
    if (answerNow === null) throw refused(texts().failures.noQuestion);
    answerNow({ decision, applyToAll });
  }

  cancel(): void {
    this.abort.abort();
    if (this.job.state === 'waiting') this.end('cancelled', null, null);
  }

  /** Throws RequestError. */
  setPaused(paused: boolean): void {
    const { state } = this.job;
    const canPause = state === 'counting' || state === 'copying' || state === 'asking';
    if (paused ? !canPause : state !== 'paused') throw refused(texts().copyEnd.cannotPause);
    this.pause.set(paused);
  }

  files(from: number, count: number): JobFilePage {
    if (this.filesNow !== null) return this.filesNow(from, count);
    const items = this.report?.items ?? [];
    const files = items.slice(from, from + count).map(({ path, sizeBytes, outcome, note }) => {
      return { path, sizeBytes, state: outcome, note };
    });
    return { total: items.length, files };
  }

  get items(): readonly JobItem[] {
    return this.report?.items ?? [];
  }

  /** What can be taken back: files that it made and replaced nothing with, and its folders. */
  own(): { files: OwnFile[]; folders: readonly string[] } {
    const { items = [], copiedBefore } = this.report ?? {};
    const files: OwnFile[] = [];
    for (const { path, writtenAs, sizeBytes, outcome } of items) {
      const copied = outcome === 'copied' && writtenAs !== null ? copiedBefore?.get(path) : undefined;
      if (writtenAs === null || !copied?.own) continue;
      files.push({ writtenAs, sizeBytes, mtimeMs: copied.writtenMtimeMs, identity: copied.own });
    }
    return { files, folders: this.madeFolders };
  }

  /** It was undone as far as that goes. */
  wasUndone(): void {
    if (this.report !== null) this.report = { ...this.report, copiedBefore: new Map() };
    this.change({ canUndo: false });
  }

  /** Whether another run has anything to do. */
  get hasLeftovers(): boolean {
    const { state, failed, missingFiles } = this.job;
    return state === 'done'
      ? failed > 0
      : this.isOver && (failed > 0 || missingFiles > 0 || this.job.totalFiles === null);
  }

  /** The medium is back, under this id; or (null) it is gone again. */
  offerResume(mediumId: string | null): void {
    const canResume = mediumId !== null;
    if (this.job.canResume === canResume && (mediumId ?? this.job.mediumId) === this.job.mediumId) return;
    this.change({ canResume, mediumId: mediumId ?? this.job.mediumId });
  }

  private earlier(): EarlierRun | null {
    return this.report;
  }

  private progressed(progress: CopyProgress): void {
    if (!this.isOver) this.change(progress);
  }

  private end(
    state: 'done' | 'cancelled' | 'failed' | 'interrupted',
    sentence: string | null,
    detail: string | null,
  ): void {
    this.answerNow = null;
    const problem = sentence === null ? null : { sentence, detail, canRestart: false };
    const { missingFiles = 0, missingBytes = 0 } = this.report ?? {};
    const idle = { conflict: null, current: null, inWork: [], samples: [], secondsLeft: null };
    const canUndo = this.job.purpose === 'copy' && this.own().files.length > 0;
    this.change({ ...idle, state, problem, missingFiles, missingBytes, canUndo, finishedAtMs: Date.now() });
  }

  private change(change: Partial<Job>): void {
    this.job = { ...this.job, ...change };
    this.onChange();
  }
}

const NOT_ENDED = {
  canResume: false,
  canUndo: false,
  missingFiles: 0,
  missingBytes: 0,
  finishedAtMs: null,
  problem: null,
} satisfies Partial<Job>;

export function newJob(
  facts: Pick<Job, 'id' | 'mediumId' | 'mediumName' | 'volume' | 'target' | 'purpose' | 'only'>,
): Job {
  return { ...facts, ...NO_PROGRESS, ...NOT_ENDED, state: 'waiting', startedAtMs: Date.now() };
}
