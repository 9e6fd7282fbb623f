/** The copies of this session: each a Job that the interface shows, worked off by the copy engine one after the other per medium. */

import { existsSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { CopyRequest, Job, JobItem } from '../contract.ts';
import { NO_PROGRESS } from '../transfers/copy-ledger.ts';
import { type CopyProgress, copyOut, type Decision } from '../transfers/copy-out.ts';
import type { TargetSide } from '../transfers/orders.ts';
import type { CopyReport } from '../transfers/report.ts';
import type { Media } from './media.ts';
import { mountOf } from './opened-medium.ts';
import { refused } from './problems.ts';
import type { SettingsFile } from './settings.ts';

const MAX_ITEMS_PAGE = 10_000;
/** Finished ones that are kept to be looked at. */
const MAX_KEPT_JOBS = 50;

export interface CopiesOptions {
  media: Media;
  settings: SettingsFile;
  newTargetSide(): TargetSide;
  onChange(): void;
}

interface Running {
  job: Job;
  abort: AbortController;
  /** Answers the question that the job waits for. */
  answer: ((answer: { decision: Decision; applyToAll: boolean }) => void) | null;
  report: CopyReport | null;
  done: Promise<void>;
}

export class Copies {
  private readonly options: CopiesOptions;
  private readonly running = new Map<string, Running>();
  private lastNumber = 0;

  constructor(options: CopiesOptions) {
    this.options = options;
  }

  list(): Job[] {
    return [...this.running.values()].map(({ job }) => job);
  }

  /** Whether something is being copied out of this medium. */
  isBusy(mediumId: string): boolean {
    return this.list().some((job) => job.mediumId === mediumId && job.finishedAtMs === null);
  }

  start(request: CopyRequest): Job {
    const { media } = this.options;
    const medium = media.medium(request.mediumId);
    const opened = media.opened(request.mediumId);
    const mount = mountOf(opened, request.volume);
    const target = this.targetOf(request);
    const inside = medium.hostMounts.find((mountpoint) => isInside(target, mountpoint));
    if (inside !== undefined) throw refused('This folder is on the medium itself. Choose one on another disk.', inside);
    this.lastNumber += 1;
    const { mediumId, volume } = request;
    const job: Job = { ...newJob(`copy-${this.lastNumber}`), mediumId, mediumName: medium.name, volume, target };
    const abort = new AbortController();
    const running: Running = { job, abort, answer: null, report: null, done: Promise.resolve() };
    this.running.set(job.id, running);
    running.done = copyOut({
      kernel: opened.kernel,
      mount,
      medium: opened.direct,
      paths: request.paths,
      target,
      policy: request.policy,
      // A stick is slower than the disk, so that reading back from the disk itself costs no time; an image is not.
      verification: medium.kind === 'device' ? 'disk' : 'cache',
      symlinks: true,
      side: this.options.newTargetSide(),
      signal: abort.signal,
      onProgress: (progress) => this.change(running, progress),
      decide: () =>
        new Promise((answer) => {
          running.answer = answer;
        }),
    }).then((report) => this.finished(running, report));
    this.forgetOldest();
    this.options.onChange();
    return running.job;
  }

  answer(jobId: string, decision: Decision, applyToAll: boolean): void {
    const running = this.find(jobId);
    const { answer } = running;
    running.answer = null;
    if (answer === null) throw refused('This copy has no open question.');
    answer({ decision, applyToAll });
  }

  cancel(jobId: string): void {
    this.find(jobId).abort.abort();
  }

  dismiss(jobId: string): void {
    if (this.find(jobId).report === null) throw refused('This copy is not finished.');
    this.running.delete(jobId);
    this.options.onChange();
  }

  items(jobId: string, from: number): JobItem[] {
    return this.find(jobId).report?.items.slice(from, from + MAX_ITEMS_PAGE) ?? [];
  }

  /** Whether finished copies of this session wrote all of these: files, or folders with something in them. */
  hasWritten(paths: readonly string[]): boolean {
    const missing = new Set(paths);
    for (const { job, report } of this.running.values()) {
      for (const { writtenAs } of report?.items ?? []) {
        if (writtenAs === null) continue;
        const written = join(job.target, writtenAs);
        for (let path = written; path.length > job.target.length; path = dirname(path)) missing.delete(path);
      }
    }
    return missing.size === 0;
  }

  /** Cancels what is copied out of a medium, or everything, and waits until no partial file is left. */
  async cancelAll(mediumId: string | null): Promise<void> {
    const all = [...this.running.values()].filter(({ job }) => mediumId === null || job.mediumId === mediumId);
    for (const running of all) running.abort.abort();
    await Promise.all(all.map((running) => running.done));
  }

  private find(jobId: string): Running {
    const running = this.running.get(jobId);
    if (running === undefined) throw refused('This copy is no longer there.');
    return running;
  }

  private targetOf(request: CopyRequest): string {
    if (request.target !== null) return resolve(request.target);
    const { media, settings } = this.options;
    const medium = media.medium(request.mediumId);
    const info = medium.volumes.find((volume) => volume.id === request.volume)?.info;
    const name = info?.label?.trim() || medium.name.replace(/\.[^.]{1,8}$/, '');
    const { targetFolder } = settings.current;
    const key = [info?.uuid ?? medium.location, name].join('/');
    return join(
      targetFolder,
      settings.folderForStick(key, name, (folder) => existsSync(join(targetFolder, folder))),
    );
  }

  private change(running: Running, progress: CopyProgress): void {
    running.job = { ...running.job, ...progress };
    if (running.report === null) this.options.onChange();
  }

  private finished(running: Running, report: CopyReport): void {
    running.report = report;
    const problem =
      report.problem === null ? null : { sentence: report.problem, detail: report.detail, canRestart: false };
    const ended = { state: report.outcome, problem, conflict: null, current: null, finishedAtMs: Date.now() };
    running.job = { ...running.job, ...ended };
    this.options.onChange();
  }

  private forgetOldest(): void {
    for (const [id, { report }] of this.running) {
      if (this.running.size <= MAX_KEPT_JOBS) return;
      if (report !== null) this.running.delete(id);
    }
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function newJob(id: string): Omit<Job, 'mediumId' | 'mediumName' | 'volume' | 'target'> {
  return { id, ...NO_PROGRESS, startedAtMs: Date.now(), finishedAtMs: null, problem: null };
}
