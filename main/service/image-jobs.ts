/** The images that are saved in this session: each an ImageJob that the interface shows, one a medium at a time. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageJob } from '../contract.ts';
import { errorCode } from '../host-error.ts';
import type { OpenedSource } from '../imaging/device-source.ts';
import { parseMap } from '../imaging/image-map.ts';
import {
  ImageError,
  type ImageProgress,
  type ImageReport,
  type ImageSource,
  identityOf,
  saveImage,
} from '../imaging/save-image.ts';
import { localDay } from '../local-day.ts';
import { texts } from '../texts.ts';
import { EVERY_HOST_RULES, safeName } from '../transfers/safe-names.ts';
import type { Media } from './media.ts';
import { refused } from './problems.ts';

export interface ImageJobsOptions {
  media: Media;
  /** Opens a device for reading its raw bytes. Throws ImageError. */
  openSource(devicePath: string, sizeBytes: number | null): Promise<OpenedSource>;
  onChange(): void;
}

interface Running {
  job: ImageJob;
  abort: AbortController;
  done: Promise<void>;
}

/** Finished ones that are kept to be looked at. */
const MAX_KEPT_JOBS = 20;
/** Images of one name and day in a folder. */
const MAX_NUMBER = 1000;
const PARTIAL = '.partial';

export class ImageJobs {
  private readonly options: ImageJobsOptions;
  private readonly running = new Map<string, Running>();
  private lastNumber = 0;

  constructor(options: ImageJobsOptions) {
    this.options = options;
  }

  list(): ImageJob[] {
    return [...this.running.values()].map(({ job }) => job);
  }

  /** Whether an image of this medium, or of any (null), is being saved. */
  isBusy(mediumId: string | null): boolean {
    return this.list().some((job) => (mediumId === null || job.mediumId === mediumId) && job.finishedAtMs === null);
  }

  /** Throws RequestError. */
  async start(mediumId: string, folder: string): Promise<ImageJob> {
    const medium = this.options.media.medium(mediumId);
    const opened = await this.open(mediumId);
    try {
      const path = await pathFor(opened.source, folder, medium.name);
      this.lastNumber += 1;
      return this.run(newJob(`image-${this.lastNumber}`, mediumId, medium.name, path, opened.source.sizeBytes), opened);
    } catch (error) {
      opened.close();
      throw error;
    }
  }

  /** Throws RequestError. */
  async resume(jobId: string): Promise<ImageJob> {
    const { job } = this.find(jobId);
    if (job.state !== 'interrupted' && job.state !== 'cancelled') throw refused(texts().service.image.notResumable);
    const mediumId = this.pluggedAgain(job);
    const opened = await this.open(mediumId);
    return this.run(newJob(job.id, mediumId, job.mediumName, job.path, opened.source.sizeBytes), opened);
  }

  cancel(jobId: string): void {
    this.find(jobId).abort.abort();
  }

  dismiss(jobId: string): void {
    if (this.find(jobId).job.finishedAtMs === null) throw refused(texts().service.image.notFinished);
    this.running.delete(jobId);
    this.options.onChange();
  }

  /** Cancels what is saved of a medium, or everything; what is there so far stays and can be gone on with. */
  async cancelAll(mediumId: string | null): Promise<void> {
    const all = [...this.running.values()].filter(({ job }) => mediumId === null || job.mediumId === mediumId);
    for (const { abort } of all) abort.abort();
    await Promise.all(all.map(({ done }) => done));
  }

  private find(jobId: string): Running {
    const running = this.running.get(jobId);
    if (running === undefined) throw refused(texts().service.image.notThere);
    return running;
  }

  /** The medium of a job, or the one that looks like it since it was pulled out: the image's own map says whether it is. */
  private pluggedAgain({ mediumId, mediumName, sizeBytes }: ImageJob): string {
    const there = this.options.media.all().filter(({ kind, state }) => kind === 'device' && state !== 'gone');
    if (there.some(({ id }) => id === mediumId)) return mediumId;
    const alike = there.find((medium) => medium.name === mediumName && medium.sizeBytes === sizeBytes);
    if (alike === undefined) throw refused(texts().service.image.plugAgain(mediumName));
    return alike.id;
  }

  private async open(mediumId: string): Promise<OpenedSource> {
    const medium = this.options.media.medium(mediumId);
    if (medium.kind !== 'device' || medium.state === 'gone') throw refused(texts().service.image.notADevice);
    if (this.isBusy(mediumId)) throw refused(texts().service.image.running);
    try {
      return await this.options.openSource(medium.location, medium.sizeBytes);
    } catch (error) {
      throw error instanceof ImageError ? refused(texts().service.image.cannotRead, error.message) : error;
    }
  }

  private run(job: ImageJob, { source, close }: OpenedSource): ImageJob {
    const abort = new AbortController();
    const running: Running = { job, abort, done: Promise.resolve() };
    this.running.set(job.id, running);
    const onProgress = (doneBytes: number, progress: ImageProgress) => {
      const { unreadableBytes, bytesPerSecond, secondsLeft } = progress;
      const state = doneBytes >= job.sizeBytes ? 'finishing' : 'reading';
      this.change(running, { state, doneBytes, unreadableBytes, bytesPerSecond, secondsLeft });
    };
    running.done = saveImage({ source, path: job.path, signal: abort.signal, onProgress })
      .then(
        (report) => this.finished(running, report),
        (error: unknown) => this.failed(running, error),
      )
      .finally(close);
    this.forgetOldest();
    this.options.onChange();
    return running.job;
  }

  private finished(running: Running, report: ImageReport): void {
    const { outcome, sha256, unreadable, resumedBytes } = report;
    const unreadableBytes = unreadable.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
    const state = outcome === 'removed' ? 'interrupted' : outcome;
    const removed = { sentence: texts().service.image.removed, detail: null, canRestart: false };
    const problem = outcome === 'removed' ? removed : null;
    this.end(running, { state, sha256, unreadableBytes, resumedBytes, problem });
  }

  private failed(running: Running, error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    const code = errorCode(error);
    const { image } = texts().service;
    const sentences: Record<string, string> = {
      ENOSPC: image.noSpace,
      EFBIG: image.tooLarge,
      ETIMEDOUT: image.noAnswer,
    };
    const sentence = (code === null ? undefined : sentences[code]) ?? image.failed;
    // What a medium gave before it fell silent is kept, and can be gone on with.
    const state = code === 'ETIMEDOUT' ? 'interrupted' : 'failed';
    this.end(running, { state, problem: { sentence, detail, canRestart: false } });
  }

  private end(running: Running, change: Partial<ImageJob>): void {
    this.change(running, { ...change, bytesPerSecond: null, secondsLeft: null, finishedAtMs: Date.now() });
  }

  private change(running: Running, change: Partial<ImageJob>): void {
    running.job = { ...running.job, ...change };
    this.options.onChange();
  }

  private forgetOldest(): void {
    for (const [id, { job }] of this.running) {
      if (this.running.size <= MAX_KEPT_JOBS) return;
      if (job.finishedAtMs !== null) this.running.delete(id);
    }
  }
}

/** Of an image of this medium that was begun in the folder; else a new name, of the medium's name and today's date. */
async function pathFor(source: ImageSource, folder: string, mediumName: string): Promise<string> {
  const identity = await identityOf(source);
  for (const name of namesIn(folder)) {
    if (!name.endsWith(PARTIAL)) continue;
    const path = join(folder, name.slice(0, -PARTIAL.length));
    const map = mapAt(`${path}.map`);
    const isSame = map?.identity.sizeBytes === identity.sizeBytes && map.identity.beginning === identity.beginning;
    if (isSame && !existsSync(path)) return path;
  }
  const base = `${mediumName} ${localDay(Date.now())}`;
  for (let number = 1; number <= MAX_NUMBER; number++) {
    const name = safeName(number === 1 ? `${base}.img` : `${base} (${number}).img`, EVERY_HOST_RULES).name;
    const path = join(folder, name);
    if (!existsSync(path) && !existsSync(path + PARTIAL) && !existsSync(`${path}.map`)) return path;
  }
  throw refused(texts().service.image.noName, folder);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw refused(texts().service.image.noFolder, error instanceof Error ? error.message : null);
  }
}

function mapAt(path: string): ReturnType<typeof parseMap> {
  try {
    return parseMap(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function newJob(id: string, mediumId: string, mediumName: string, path: string, sizeBytes: number): ImageJob {
  return {
    ...{ id, mediumId, mediumName, path, sizeBytes },
    state: 'reading',
    doneBytes: 0,
    unreadableBytes: 0,
    resumedBytes: 0,
    bytesPerSecond: null,
    secondsLeft: null,
    sha256: null,
    startedAtMs: Date.now(),
    finishedAtMs: null,
    problem: null,
  };
}
