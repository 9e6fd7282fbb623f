/** The images that are saved in this session: each an ImageJob that the interface shows, one a medium at a time. */

import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ImageJob, Medium } from '../contract.ts';
import { errorCode } from '../host-error.ts';
import type { OpenedSource } from '../imaging/device-source.ts';
import { ImageFiles, isThere, PARTIAL_ENDING } from '../imaging/image-files.ts';
import { imageKey } from '../imaging/image-key.ts';
import { isSameMedium, type MapIdentity } from '../imaging/image-map.ts';
import {
  bounded,
  ImageError,
  type ImageProgress,
  type ImageReport,
  type ImageSource,
  identityOf,
  saveImage,
  VERIFY_CODE,
} from '../imaging/save-image.ts';
import { localDay } from '../local-day.ts';
import { texts } from '../texts.ts';
import { EVERY_HOST_RULES, safeName } from '../transfers/safe-names.ts';
import { unlessAborted } from '../unless-aborted.ts';
import type { Media } from './media.ts';
import { type RequestError, refused } from './problems.ts';
import { refuseTargetOn } from './refused-targets.ts';

export interface ImageJobsOptions {
  media: Pick<Media, 'medium' | 'all'>;
  /** Opens a device for reading its raw bytes. Throws ImageError. */
  openSource(devicePath: string, sizeBytes: number | null): Promise<OpenedSource>;
  /** Where the key is kept that tells images that were begun here from others (image-key.ts). */
  keyPath: string;
  onChange(): void;
  /** How long one read may take; tests give less. */
  answerLimitMs?: number;
}

/** An image before its job: its device is being opened, and its name looked for. */
interface Beginning {
  abort: AbortController;
  done: Promise<unknown>;
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

export class ImageJobs {
  private readonly options: ImageJobsOptions;
  private readonly running = new Map<string, Running>();
  /** By medium. */
  private readonly beginning = new Map<string, Beginning>();
  private lastNumber = 0;
  private readKey: string | null = null;

  constructor(options: ImageJobsOptions) {
    this.options = options;
  }

  list(): ImageJob[] {
    return [...this.running.values()].map(({ job }) => job);
  }

  /** Whether an image of this medium, or of any (null), is being saved. */
  isBusy(mediumId: string | null): boolean {
    const isMeant = (id: string) => mediumId === null || id === mediumId;
    if ([...this.beginning.keys()].some(isMeant)) return true;
    return this.list().some((job) => isMeant(job.mediumId) && job.finishedAtMs === null);
  }

  /** Throws RequestError. */
  async start(mediumId: string, folder: string): Promise<ImageJob> {
    return this.begin(mediumId, folder, async (source, signal) => {
      const { answerLimitMs } = this.options;
      const identity = await identityOf(bounded({ source, signal, answerLimitMs }));
      return () => {
        const { name } = this.savable(mediumId);
        const path = pathFor(identity, this.key(), folder, name, this.pathsInWork());
        this.lastNumber += 1;
        return newJob(`image-${this.lastNumber}`, mediumId, name, path, source.sizeBytes);
      };
    });
  }

  /** Throws RequestError. */
  async resume(jobId: string): Promise<ImageJob> {
    const job = this.resumable(jobId);
    const { path, mediumName } = job;
    const mediumId = this.pluggedAgain(job);
    return this.begin(mediumId, dirname(path), async (source) => () => {
      this.savable(mediumId);
      // Nobody has dismissed it or gone on with it meanwhile.
      this.resumable(jobId);
      return newJob(jobId, mediumId, mediumName, path, source.sizeBytes);
    });
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
    const isMeant = (id: string) => mediumId === null || id === mediumId;
    const all = [
      ...[...this.beginning].filter(([id]) => isMeant(id)).map(([, beginning]) => beginning),
      ...[...this.running.values()].filter(({ job }) => isMeant(job.mediumId)),
    ];
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
    const there = this.options.media.all().filter(isSavable);
    if (there.some(({ id }) => id === mediumId)) return mediumId;
    const alike = there.find((medium) => medium.name === mediumName && medium.sizeBytes === sizeBytes);
    if (alike === undefined) throw refused(texts().service.image.plugAgain(mediumName));
    return alike.id;
  }

  private resumable(jobId: string): ImageJob {
    const { job } = this.find(jobId);
    if (job.state === 'interrupted' || job.state === 'cancelled') return job;
    throw refused(texts().service.image.notResumable);
  }

  /** The medium, if an image can be saved of it. */
  private savable(mediumId: string): Medium {
    const medium = this.options.media.medium(mediumId);
    if (!isSavable(medium)) throw refused(texts().service.image.notADevice);
    if (medium.system) throw refused(texts().failures.systemDisk);
    return medium;
  }

  private key(): string {
    this.readKey ??= imageKey(this.options.keyPath);
    return this.readKey;
  }

  private pathsInWork(): Set<string> {
    const atWork = this.list().filter((job) => job.finishedAtMs === null);
    return new Set(atWork.map((job) => job.path));
  }

  /**
   * Opens the medium and runs the job that `planned` makes of it, so that no other takes its file between; from the first moment on nothing else is begun
   * with this medium. Throws RequestError.
   */
  private async begin(
    mediumId: string,
    folder: string,
    planned: (source: ImageSource, signal: AbortSignal) => Promise<() => ImageJob>,
  ): Promise<ImageJob> {
    const medium = this.savable(mediumId);
    refuseTargetOn(medium, folder);
    if (this.isBusy(mediumId)) throw refused(texts().service.image.running);
    const abort = new AbortController();
    const begun = this.open(medium, abort.signal).then(async (opened) => {
      try {
        const makeJob = await planned(opened.source, abort.signal);
        if (abort.signal.aborted) throw notBegun();
        const job = makeJob();
        if (this.pathsInWork().has(job.path)) throw refused(texts().service.image.running);
        return this.run(job, opened);
      } catch (error) {
        opened.close();
        throw abort.signal.aborted ? notBegun() : told(error);
      }
    });
    this.beginning.set(mediumId, { abort, done: begun.catch(() => {}) });
    try {
      return await begun;
    } finally {
      this.beginning.delete(mediumId);
    }
  }

  /** The user may be asked for it, and may take their time. */
  private async open({ location, sizeBytes }: Medium, signal: AbortSignal): Promise<OpenedSource> {
    const opening = this.options.openSource(location, sizeBytes);
    try {
      return await unlessAborted(opening, signal, notBegun);
    } catch (error) {
      // It may be opened after all.
      if (signal.aborted)
        opening.then(
          (late) => late.close(),
          () => {},
        );
      throw told(error);
    }
  }

  private run(job: ImageJob, { source, close }: OpenedSource): ImageJob {
    const abort = new AbortController();
    const running: Running = { job, abort, done: Promise.resolve() };
    this.running.set(job.id, running);
    const onProgress = ({ state, doneBytes, unreadableBytes, bytesPerSecond, secondsLeft }: ImageProgress) => {
      this.change(running, { state, doneBytes, unreadableBytes, bytesPerSecond, secondsLeft });
    };
    const { answerLimitMs } = this.options;
    const key = this.key();
    running.done = saveImage({ source, path: job.path, key, signal: abort.signal, onProgress, answerLimitMs })
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
      [VERIFY_CODE]: image.otherBytes,
    };
    const sentence = (code === null ? undefined : sentences[code]) ?? image.failed;
    // What is right so far is kept, and can be gone on with.
    const state = code === 'ETIMEDOUT' || code === VERIFY_CODE ? 'interrupted' : 'failed';
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

function isSavable({ kind, state }: Medium): boolean {
  return kind === 'device' && state !== 'gone' && state !== 'ejecting' && state !== 'ejected';
}

function notBegun(): RequestError {
  return refused(texts().service.image.failed);
}

function told(error: unknown): unknown {
  if (!(error instanceof ImageError)) return error;
  const { noAnswer, cannotRead } = texts().service.image;
  return refused(error.code === 'ETIMEDOUT' ? noAnswer : cannotRead, error.message);
}

/** Of an image of this medium that was begun in the folder and is not in work; else a new name, of the medium's name and today's date. */
function pathFor(
  identity: MapIdentity,
  key: string,
  folder: string,
  mediumName: string,
  inWork: ReadonlySet<string>,
): string {
  for (const name of namesIn(folder)) {
    if (!name.endsWith(PARTIAL_ENDING)) continue;
    const path = join(folder, name.slice(0, -PARTIAL_ENDING.length));
    const map = new ImageFiles(path).readMap(key);
    if (map !== null && isSameMedium(map.identity, identity) && !isThere(path) && !inWork.has(path)) return path;
  }
  const base = `${mediumName} ${localDay(Date.now())}`;
  for (let number = 1; number <= MAX_NUMBER; number++) {
    const name = safeName(number === 1 ? `${base}.img` : `${base} (${number}).img`, EVERY_HOST_RULES).name;
    const path = join(folder, name);
    if (new ImageFiles(path).taken() === null && !inWork.has(path)) return path;
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
