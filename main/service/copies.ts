/** The copies of this session: which there are, when each runs, and what the interface asks of them. */

import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type {
  Conflict,
  CopyRequest,
  Job,
  JobFilePage,
  JobItem,
  Medium,
  ReportKind,
  UndoneCopy,
  Verification,
} from '../contract.ts';
import { texts } from '../texts.ts';
import type { Decision } from '../transfers/copy-out.ts';
import { type Trash, undoCopy } from '../transfers/copy-undo.ts';
import type { TargetSide } from '../transfers/orders.ts';
import { originBase } from '../transfers/provenance.ts';
import { CopyJob, newJob, type RunSetting } from './copy-job.ts';
import { CopyQueue } from './copy-queue.ts';
import { saveReport } from './copy-reports.ts';
import { DragFolders } from './drag-folders.ts';
import type { Media } from './media.ts';
import { mountOf, type OpenedMedium } from './opened-medium.ts';
import { refused } from './problems.ts';
import { isInside, refuseTargetOn } from './refused-targets.ts';
import { fingerprintOf, mediumToResumeFrom } from './resume-offers.ts';
import type { SettingsFile } from './settings.ts';

const MAX_ITEMS_PAGE = 10_000;
/** Finished ones that are kept to be looked at. */
const MAX_KEPT_JOBS = 50;

export interface CopiesOptions {
  media: Media;
  settings: SettingsFile;
  newTargetSide(): TargetSide;
  /** Where the folders for dragging are listed (drag-folders.ts). */
  dragListPath: string;
  /** null: this shell has none. */
  trash: Trash | null;
  onChange(): void;
}

export class Copies {
  private readonly options: CopiesOptions;
  private readonly jobs = new Map<string, CopyJob>();
  private readonly queue = new CopyQueue();
  private readonly dragFolders: DragFolders;
  private lastNumber = 0;

  constructor(options: CopiesOptions) {
    this.options = options;
    this.dragFolders = new DragFolders(options.dragListPath);
  }

  /** What was fetched for dragging, and is there, is nobody's concern. */
  list(): Job[] {
    const all = [...this.jobs.values()].map(({ job }) => job);
    return all.filter((job) => job.purpose === 'copy' || job.state !== 'done' || job.failed > 0);
  }

  /** Whether something is being copied out of this medium. */
  isBusy(mediumId: string): boolean {
    return [...this.jobs.values()].some(({ job }) => job.mediumId === mediumId && job.finishedAtMs === null);
  }

  start(request: CopyRequest): Job {
    return this.add(request, 'copy').job;
  }

  /** What is asked of the user now; null: nothing, or the job is over. */
  conflictOf(jobId: string): Conflict | null {
    return this.jobs.get(jobId)?.job.conflict ?? null;
  }

  answer(jobId: string, decision: Decision, applyToAll: boolean): void {
    this.find(jobId).answer(decision, applyToAll);
  }

  cancel(jobId: string): void {
    this.find(jobId).cancel();
  }

  pause(jobId: string): void {
    this.find(jobId).setPaused(true);
  }

  /** A paused job, or an interrupted one whose medium is back. */
  resume(jobId: string): void {
    const copy = this.find(jobId);
    if (!copy.isOver) copy.setPaused(false);
    else if (copy.job.state === 'interrupted' && copy.job.canResume) this.enqueue(copy);
    else throw refused(texts().copyEnd.cannotResume);
  }

  retry(jobId: string): void {
    const copy = this.find(jobId);
    if (!copy.isOver) throw refused(texts().failures.copyRuns);
    if (!copy.hasLeftovers) throw refused(texts().copyEnd.nothingToRetry);
    this.openedFor(copy);
    this.enqueue(copy);
  }

  /** Throws RequestError. */
  async undo(jobId: string): Promise<UndoneCopy> {
    const copy = this.find(jobId);
    const { trash } = this.options;
    if (trash === null || !copy.isOver || !copy.job.canUndo) throw refused(texts().copyEnd.cannotUndo);
    const { files, folders } = copy.own();
    // Off the list meanwhile: nothing else can be done with it.
    this.jobs.delete(jobId);
    this.options.onChange();
    const undone = await undoCopy(copy.job.target, files, folders, trash);
    if (undone.left > 0) this.jobs.set(jobId, copy);
    copy.wasUndone();
    return undone;
  }

  dismiss(jobId: string): void {
    if (!this.find(jobId).isOver) throw refused(texts().failures.copyRuns);
    this.jobs.delete(jobId);
    this.options.onChange();
  }

  items(jobId: string, from: number): JobItem[] {
    return this.find(jobId).items.slice(from, from + MAX_ITEMS_PAGE);
  }

  files(jobId: string, from: number, count: number): JobFilePage {
    return this.find(jobId).files(from, count);
  }

  saveReport(jobId: string, kind: ReportKind, path: string | null): { path: string } {
    const copy = this.find(jobId);
    if (!copy.isOver) throw refused(texts().failures.copyRuns);
    return { path: saveReport(copy, kind, path) };
  }

  /** Files of the user's choice, verified, in a private folder: the paths of what is then in it. Throws RequestError. */
  async prepareDrag(mediumId: string, volume: number, paths: string[]): Promise<{ paths: string[] }> {
    const target = this.makeDragFolder();
    const copy = this.add({ mediumId, volume, paths, target, policy: 'rename' }, 'drag');
    await copy.done;
    const { state, failed, skipped, problem } = copy.job;
    if (state === 'done' && failed === 0) return { paths: readdirSync(target).map((name) => join(target, name)) };
    throw refused(problem?.sentence ?? texts().copyEnd.dragFailed(String(failed + skipped)));
  }

  /** Whether finished copies of this session wrote all of these: files, or folders with something in them. */
  hasWritten(paths: readonly string[]): boolean {
    const missing = new Set(paths);
    for (const { job, items } of [...this.jobs.values()].reverse()) {
      if (missing.size === 0) break;
      const wanted = [...missing].filter((path) => isInside(path, job.target));
      const found = wanted.length === 0 ? [] : writtenAmong(new Set(wanted), job.target, items);
      for (const path of found) missing.delete(path);
    }
    return missing.size === 0;
  }

  /** A medium came, went, was opened or closed: interrupted copies can go on with the one that they were made from. */
  mediaChanged(): void {
    const { media } = this.options;
    const open = media.all().filter((medium) => medium.state === 'open');
    for (const copy of this.jobs.values()) {
      if (copy.job.state !== 'interrupted') continue;
      const others = open.filter((medium) => media.opened(medium.id).kernel !== copy.ranOn);
      copy.offerResume(mediumToResumeFrom(copy, others)?.id ?? null);
    }
  }

  /** Cancels what is copied out of a medium, or everything, and waits until no partial file is left. */
  async cancelAll(mediumId: string | null): Promise<void> {
    const all = [...this.jobs.values()].filter(({ job }) => mediumId === null || job.mediumId === mediumId);
    for (const copy of all) if (!copy.isOver) copy.cancel();
    await Promise.all(all.map((copy) => copy.done));
    if (mediumId === null) this.dragFolders.removeAll();
  }

  private add(request: CopyRequest, purpose: Job['purpose']): CopyJob {
    const { media } = this.options;
    const medium = media.medium(request.mediumId);
    mountOf(media.opened(request.mediumId), request.volume);
    const wanted = this.targetOf(request);
    refuseTargetOn(medium, wanted);
    const target = resolve(wanted);
    this.lastNumber += 1;
    const { mediumId, volume, only = 'all' } = request;
    const facts = { id: `copy-${this.lastNumber}`, mediumId, mediumName: medium.name, volume, target, purpose, only };
    const fingerprint = fingerprintOf(medium, volume);
    const copy = new CopyJob(newJob(facts), request, medium, fingerprint, () => this.options.onChange());
    this.jobs.set(copy.job.id, copy);
    this.enqueue(copy);
    this.forgetOldest();
    return copy;
  }

  private enqueue(copy: CopyJob): void {
    copy.wait();
    const { mediumId, purpose } = copy.job;
    // Who drags waits with the button held down.
    const key = purpose === 'drag' ? `${copy.job.id} ${mediumId}` : mediumId;
    copy.done = this.queue.add(key, async () => {
      if (!copy.isOver) await copy.run(() => this.runSetting(copy));
      // The medium may be back already: its process ended, and another was started.
      this.mediaChanged();
    });
  }

  /** Throws RequestError where the medium is not open, or is another one than when the copy began: two sticks are not mixed in one folder. */
  private openedFor({ job, fingerprint }: CopyJob): { opened: OpenedMedium; mount: number } {
    const { media } = this.options;
    const opened = media.opened(job.mediumId);
    const mount = mountOf(opened, job.volume);
    if (fingerprintOf(media.medium(job.mediumId), job.volume) === fingerprint) return { opened, mount };
    throw refused(texts().copyEnd.cannotResume);
  }

  /** Throws as openedFor. */
  private runSetting(copy: CopyJob): RunSetting {
    const { job, request } = copy;
    const { media, settings, newTargetSide } = this.options;
    const medium = media.medium(job.mediumId);
    const { opened, mount } = this.openedFor(copy);
    const label = medium.volumes.find((volume) => volume.id === job.volume)?.info?.label ?? null;
    const side = newTargetSide();
    return {
      kernel: opened.kernel,
      mount,
      medium: opened.direct?.medium ?? null,
      onClosed: opened.direct?.hold(),
      verification: request.verification ?? this.verificationFor(medium),
      originBase: settings.current.provenance ? originBase(medium, label) : null,
      side,
    };
  }

  /** A stick is slower than the disk, so that reading back from the disk itself costs no time; an image is not. */
  private verificationFor(medium: Medium): Verification {
    const { verification } = this.options.settings.current;
    if (verification !== 'automatic') return verification;
    return medium.kind === 'device' ? 'disk' : 'cache';
  }

  private find(jobId: string): CopyJob {
    const copy = this.jobs.get(jobId);
    if (copy === undefined) throw refused(texts().failures.copyGone);
    return copy;
  }

  private makeDragFolder(): string {
    const { targetFolder } = this.options.settings.current;
    try {
      return this.dragFolders.make(targetFolder);
    } catch (error) {
      throw refused(texts().copyEnd.noTarget(targetFolder), error instanceof Error ? error.message : null);
    }
  }

  private targetOf(request: CopyRequest): string {
    if (request.target !== null) return request.target;
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

  private forgetOldest(): void {
    for (const [id, copy] of this.jobs) {
      if (this.jobs.size <= MAX_KEPT_JOBS) return;
      if (copy.isOver) this.jobs.delete(id);
    }
  }
}

/** Those of the wanted paths at which a copy into `target` wrote a file, or something below. */
function writtenAmong(wanted: ReadonlySet<string>, target: string, items: readonly JobItem[]): Set<string> {
  const found = new Set<string>();
  for (const { writtenAs } of items) {
    if (found.size === wanted.size) break;
    if (writtenAs === null) continue;
    for (let path = join(target, writtenAs); path.length > target.length; path = dirname(path))
      if (wanted.has(path)) found.add(path);
  }
  return found;
}
