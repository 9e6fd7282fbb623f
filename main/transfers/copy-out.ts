/**
 * The copy out of a medium onto the host's disk, for the app and the command line alike: counting, conflicts, copying, verifying, report. The
 * kernel worker says what is there; the bytes go through the target side (target-side of orders.ts).
 */

import type { FailureReport } from '../../kernel-worker/contract.ts';
import type { Conflict, ConflictPolicy, Job, JobItem } from '../contract.ts';
import { KernelCallError, KernelEndedError } from '../kernels/kernel-process.ts';
import { ContentSource } from './content-source.ts';
import type {
  CopyFailure,
  DirectMedium,
  FileOrder,
  FileOutcome,
  SmallFileOrder,
  TargetReport,
  TargetSide,
  Verification,
} from './orders.ts';
import {
  type KernelCalls,
  makePlan,
  type Plan,
  type PlannedFile,
  type PlannedFolder,
  TooManyEntriesError,
} from './plan.ts';
import { Speedometer } from './progress.ts';
import type { CopyReport } from './report.ts';
import { shortened } from './safe-names.ts';
import { MAX_SMALL_BYTES } from './small-files.ts';

export type Decision = 'skip' | 'rename' | 'overwrite' | 'cancel';

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

export interface CopyOptions {
  kernel: KernelCalls;
  mount: number;
  /** The medium as main has it open itself; null: all bytes come from the worker. */
  medium: DirectMedium | null;
  /** Absolute paths in the mount; ['/'] for all of it. */
  paths: readonly string[];
  /** Absolute path of the host's folder, created if need be. */
  target: string;
  policy: ConflictPolicy;
  verification: Verification;
  /** Recreate symbolic links that stay inside what is copied. */
  symlinks: boolean;
  side: TargetSide;
  signal: AbortSignal;
  onProgress(progress: CopyProgress): void;
  /** Asked where the policy is 'ask'. */
  decide(conflict: Conflict): Promise<{ decision: Decision; applyToAll: boolean }>;
}

/** Files and bytes of one batch: some milliseconds of work, and a sync that is shared by many. */
const BATCH_FILES = 256;
const BATCH_BYTES = 16 * 1024 * 1024;
/** Batches under way: one is synced while the next is written. */
const PARALLEL_BATCHES = 2;
const PROGRESS_INTERVAL_MS = 100;
/** Names tried for a folder where something else stands. */
const MAX_FOLDER_NAMES = 20;
/** The target side's errors that no other file would escape. */
const HOPELESS_CODES = ['ENOSPC', 'EDQUOT', 'EROFS', 'ENODEV', 'ENXIO', 'EMFILE', 'ENFILE'];

/** Copies. Never throws: what ends the copy as a whole is told in the report. */
export async function copyOut(options: CopyOptions): Promise<CopyReport> {
  return new CopyOut(options).run();
}

/** Ends the copy as a whole. */
class CopyEnd extends Error {
  readonly outcome: 'cancelled' | 'failed';
  readonly detail: string | null;

  constructor(outcome: 'cancelled' | 'failed', sentence: string, detail: string | null = null) {
    super(sentence);
    this.outcome = outcome;
    this.detail = detail;
  }
}

class CopyOut {
  private readonly options: CopyOptions;
  private readonly source: ContentSource;
  private readonly items: JobItem[] = [];
  private readonly speed = new Speedometer();
  private policy: ConflictPolicy;
  private opened: TargetReport | null = null;
  private toldAt = 0;
  /** Bytes of files that are settled, and of the large file under way. */
  private settledBytes = 0;
  private largeBytes = 0;
  private readonly progress: CopyProgress = {
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
  /** Questions are asked one after the other. */
  private asking: Promise<unknown> = Promise.resolve();

  constructor(options: CopyOptions) {
    this.options = options;
    this.policy = options.policy;
    this.source = new ContentSource(options.kernel, options.mount, options.medium !== null);
  }

  async run(): Promise<CopyReport> {
    const { side, signal } = this.options;
    const stop = () => side.stop();
    signal.addEventListener('abort', stop);
    side.onProgress((bytes) => this.passed(bytes));
    try {
      await this.copy();
      return this.report('done', null, null);
    } catch (error) {
      const end = this.endOf(error);
      return this.report(end.outcome, end.outcome === 'cancelled' ? null : end.message, end.detail);
    } finally {
      signal.removeEventListener('abort', stop);
      await side.close().catch(() => {});
    }
  }

  private async copy(): Promise<void> {
    const { side, target, medium, verification } = this.options;
    this.tell(true);
    this.opened = await side.open({ path: target, medium, verification });
    const plan = await this.plan(this.opened);
    this.progress.state = 'copying';
    this.tell(true);
    await this.copyFiles(plan);
    for (const folder of plan.folders) await this.made(folder);
    this.stopIfAborted();
    this.progress.state = 'finishing';
    this.progress.current = null;
    this.tell(true);
    // The deepest first, so that nothing is done in a folder after its times are set.
    const made = plan.folders.filter((folder) => typeof folder.made === 'number').reverse();
    const failure = await side.finish(made.map(({ made, times }) => ({ folder: Number(made), ...times })));
    if (failure !== null) throw this.endOfFailure(failure);
  }

  private async plan(opened: TargetReport): Promise<Plan> {
    const { kernel, mount, paths, symlinks, signal } = this.options;
    const plan = await makePlan({
      kernel,
      mount,
      paths,
      rules: opened.rules,
      copySymlinks: symlinks,
      isStopped: () => signal.aborted,
      onCount: () => this.tell(false),
    });
    this.stopIfAborted();
    for (const { path, sizeBytes, outcome, note, failure } of plan.omissions)
      this.settle({ path, writtenAs: null, outcome, sizeBytes, sha256: null, note, failure }, 0, false);
    this.progress.totalFiles = plan.files.length;
    this.progress.totalBytes = plan.totalBytes;
    const needed = plan.storedBytes + plan.files.length * (opened.blockBytes / 2);
    if (needed > opened.freeBytes) {
      const sentence = `There is not enough room: ${inWords(plan.storedBytes)} are to be copied, and ${inWords(opened.freeBytes)} are free there.`;
      throw new CopyEnd('failed', sentence, this.options.target);
    }
    return plan;
  }

  private async copyFiles(plan: Plan): Promise<void> {
    const batches = new Set<Promise<void>>();
    // A batch that ends the copy does so where the others are waited for.
    const errors: unknown[] = [];
    const start = async (files: PlannedFile[]) => {
      while (batches.size >= PARALLEL_BATCHES) await Promise.race(batches);
      const batch: Promise<void> = this.copyBatch(files)
        .catch((error) => void errors.push(error))
        .finally(() => batches.delete(batch));
      batches.add(batch);
    };
    try {
      for (const group of grouped(plan.files)) {
        this.stopIfAborted();
        if (errors.length > 0) break;
        if (Array.isArray(group)) await start(group);
        else if (group.linkTarget !== null) await this.copyLink(group, group.linkTarget);
        else await this.copyLarge(group);
      }
    } finally {
      await Promise.all(batches);
    }
    if (errors.length > 0) throw errors[0];
    this.stopIfAborted();
  }

  private async copyBatch(files: PlannedFile[]): Promise<void> {
    const orders: FileOrder[] = [];
    const placed: PlannedFile[] = [];
    for (const file of files) {
      const order = await this.orderFor(file, existingOf(this.policy));
      if (order === null) continue;
      orders.push(order);
      placed.push(file);
    }
    this.progress.current = placed[0]?.path ?? null;
    const contents = await this.source.ofSmallFiles(placed);
    const ready: Array<{ file: PlannedFile; order: FileOrder; content: SmallFileOrder['content'] }> = [];
    placed.forEach((file, i) => {
      const content = contents[i];
      if ('failure' in content) this.settleFailed(file, content.failure);
      else ready.push({ file, order: orders[i], content });
    });
    const outcomes = await this.options.side.copySmall(ready.map(({ order, content }) => ({ ...order, content })));
    for (let i = 0; i < ready.length; i++) {
      const { file, order, content } = ready[i];
      await this.settleOutcome(file, order, outcomes[i], async (again) => {
        const [outcome] = await this.options.side.copySmall([{ ...again, content }]);
        return outcome;
      });
    }
    this.tell(false);
  }

  private async copyLarge(file: PlannedFile): Promise<void> {
    const order = await this.orderFor(file, existingOf(this.policy));
    if (order === null) return;
    this.progress.current = file.path;
    this.tell(true);
    await this.settleOutcome(file, order, await this.moveLarge(file, order), (again) => this.moveLarge(file, again));
  }

  private async moveLarge(file: PlannedFile, order: FileOrder): Promise<FileOutcome | FailureReport> {
    const { side, signal } = this.options;
    const known = await side.beginLarge(order);
    if (known !== null) return known;
    let ended = false;
    try {
      const failure = await this.source.feed(file, side, () => signal.aborted);
      if (failure !== null && 'errno' in failure) return failure;
      ended = true;
      return await side.endLarge();
    } finally {
      if (!ended) await side.abandonLarge();
      this.largeBytes = 0;
    }
  }

  private async copyLink(file: PlannedFile, linkTarget: string): Promise<void> {
    const order = await this.orderFor(file, existingOf(this.policy));
    if (order === null) return;
    const { side } = this.options;
    const outcome = await side.makeSymlink(order, linkTarget);
    await this.settleOutcome(file, order, outcome, (again) => side.makeSymlink(again, linkTarget));
  }

  /** null: its folder could not be made, which is settled here. */
  private async orderFor(file: PlannedFile, existing: FileOrder['existing']): Promise<FileOrder | null> {
    const folder = await this.made(file.folder);
    if (folder === null) {
      const item = { path: file.path, writtenAs: null, outcome: 'failed' as const, sizeBytes: file.sizeBytes };
      this.settle({ ...item, sha256: null, note: 'its folder could not be made', failure: null }, file.sizeBytes, true);
      return null;
    }
    const { name, sizeBytes, mtimeMs, atimeMs } = file;
    return { folder, name, sizeBytes, mtimeMs, atimeMs, existing };
  }

  /** The number of a folder at the target, made with its parents if it is not there; null if it cannot be. */
  private async made(folder: PlannedFolder): Promise<number | null> {
    const missing: PlannedFolder[] = [];
    for (let at: PlannedFolder | null = folder; at !== null && at.made === null; at = at.parent) missing.push(at);
    for (const next of missing.reverse()) {
      const parent = next.parent?.made ?? 0;
      next.made = parent === 'failed' ? 'failed' : await this.makeFolder(next, parent);
    }
    return folder.made === 'failed' ? null : folder.made;
  }

  private async makeFolder(folder: PlannedFolder, parent: number): Promise<number | 'failed'> {
    const rules = this.opened?.rules;
    const item = { path: folder.path, sizeBytes: 0, sha256: null, failure: null };
    for (let number = 1; rules !== undefined; number++) {
      const name = number === 1 ? folder.name : shortened(folder.name, rules, ` (${number})`);
      const answer = await this.options.side.makeFolder(parent, name);
      if ('folder' in answer) {
        if (number > 1) folder.note = 'renamed: something else with this name was there';
        folder.name = name;
        if (folder.note !== null)
          this.settle({ ...item, writtenAs: writtenPath(folder), outcome: 'copied', note: folder.note }, 0, false);
        return answer.folder;
      }
      const { failure } = answer;
      if (HOPELESS_CODES.includes(failure.code ?? '')) throw this.endOfFailure(failure);
      const isInTheWay = failure.code === null;
      if (!isInTheWay || this.policy === 'skip' || number >= MAX_FOLDER_NAMES) {
        this.settle({ ...item, writtenAs: null, outcome: 'failed', note: failure.message }, 0, false);
        break;
      }
    }
    return 'failed';
  }

  private async settleOutcome(
    file: PlannedFile,
    order: FileOrder,
    outcome: FileOutcome | FailureReport,
    again: (order: FileOrder) => Promise<FileOutcome | FailureReport>,
  ): Promise<void> {
    if ('errno' in outcome) return this.settleFailed(file, outcome);
    if (outcome.outcome === 'failed') return this.settleCopyFailure(file, outcome.failure);
    if (outcome.outcome === 'conflict') {
      const decision = await this.decided(file, outcome.existing);
      if (decision === 'skip') {
        const note = 'a file with this name was there';
        const item = { path: file.path, writtenAs: null, outcome: 'skipped' as const, sizeBytes: file.sizeBytes };
        return this.settle({ ...item, sha256: null, note, failure: null }, file.sizeBytes, true);
      }
      const next: FileOrder = { ...order, existing: decision };
      return this.settleOutcome(file, next, await again(next), again);
    }
    const { writtenAs, sha256 } = outcome;
    const isNumbered = writtenAs !== order.name;
    const note = isNumbered ? joined(file.note, 'renamed: a file with this name was there') : file.note;
    const path = writtenPath(file.folder, writtenAs);
    const { sizeBytes } = file;
    const hash = sha256 === '' ? null : sha256;
    this.settle(
      { path: file.path, writtenAs: path, outcome: 'copied', sizeBytes, sha256: hash, note, failure: null },
      sizeBytes,
      true,
    );
  }

  private settleCopyFailure(file: PlannedFile, failure: CopyFailure): void {
    if (failure.side === 'stopped') throw new CopyEnd('cancelled', 'The copy was cancelled.');
    if (failure.side === 'removed' || HOPELESS_CODES.includes(failure.code ?? '')) throw this.endOfFailure(failure);
    const { message, mediumOffset } = failure;
    const report: FailureReport | null = failure.side === 'medium' ? { errno: 'EIO', kind: 'medium', message } : null;
    if (report !== null && mediumOffset !== null) report.byteOffset = mediumOffset;
    this.settleFailed(file, report, message);
  }

  private settleFailed(file: PlannedFile, failure: FailureReport | null, note = failure?.message ?? null): void {
    if (failure?.kind === 'removed') throw new CopyEnd('failed', REMOVED, failure.message);
    const item = { path: file.path, writtenAs: null, outcome: 'failed' as const, sizeBytes: file.sizeBytes };
    this.settle({ ...item, sha256: null, note, failure }, file.sizeBytes, true);
  }

  private settle(item: JobItem, bytes: number, isFile: boolean): void {
    this.items.push(item);
    if (item.outcome === 'failed') this.progress.failed += 1;
    if (item.outcome === 'skipped') this.progress.skipped += 1;
    if (item.outcome === 'copied' && item.note !== null) this.progress.renamed += 1;
    if (isFile) this.progress.doneFiles += 1;
    this.settledBytes += bytes;
  }

  /** What is to be done with a file that is there already. */
  private async decided(
    file: PlannedFile,
    existing: { sizeBytes: number; mtimeMs: number; isFolder: boolean },
  ): Promise<'skip' | 'rename' | 'overwrite'> {
    if (existing.isFolder) return this.policy === 'skip' ? 'skip' : 'rename';
    const answer = this.asking.then(() => (this.policy === 'ask' ? this.ask(file, existing) : this.policy));
    this.asking = answer.catch(() => {});
    return answer;
  }

  private async ask(
    file: PlannedFile,
    existing: { sizeBytes: number; mtimeMs: number },
  ): Promise<'skip' | 'rename' | 'overwrite'> {
    this.stopIfAborted();
    const conflict: Conflict = {
      path: file.path,
      targetPath: `${this.options.target}/${writtenPath(file.folder, file.name)}`,
      source: { sizeBytes: file.sizeBytes, mtimeMs: file.mtimeMs },
      existing: { sizeBytes: existing.sizeBytes, mtimeMs: existing.mtimeMs },
    };
    Object.assign(this.progress, { state: 'asking', conflict });
    this.tell(true);
    const { decision, applyToAll } = await Promise.race([this.options.decide(conflict), aborted(this.options.signal)]);
    Object.assign(this.progress, { state: 'copying', conflict: null });
    this.speed.restart();
    this.tell(true);
    if (decision === 'cancel') throw new CopyEnd('cancelled', 'The copy was cancelled.');
    if (applyToAll) this.policy = decision;
    return decision;
  }

  private passed(bytes: number): void {
    this.largeBytes += bytes;
    this.tell(false);
  }

  private tell(now: boolean): void {
    const atMs = performance.now();
    if (!now && atMs - this.toldAt < PROGRESS_INTERVAL_MS) return;
    this.toldAt = atMs;
    const { progress } = this;
    progress.doneBytes = this.settledBytes + this.largeBytes;
    if (progress.state === 'copying') this.speed.measure(progress.doneBytes);
    progress.bytesPerSecond = this.speed.bytesPerSecond();
    progress.secondsLeft = this.speed.secondsLeft((progress.totalBytes ?? 0) - progress.doneBytes);
    this.options.onProgress({ ...progress });
  }

  private stopIfAborted(): void {
    if (this.options.signal.aborted) throw new CopyEnd('cancelled', 'The copy was cancelled.');
  }

  private endOf(error: unknown): CopyEnd {
    if (error instanceof CopyEnd) return error;
    if (this.options.signal.aborted) return new CopyEnd('cancelled', 'The copy was cancelled.');
    if (error instanceof KernelEndedError) return new CopyEnd('failed', error.end.sentence, error.end.detail);
    if (error instanceof KernelCallError) {
      const { kind, message } = error.failure;
      return new CopyEnd('failed', kind === 'removed' ? REMOVED : `The copy could not go on: ${message}.`, message);
    }
    if (error instanceof TooManyEntriesError) return new CopyEnd('failed', `${capital(error.message)}.`);
    const message = error instanceof Error ? error.message : String(error);
    return new CopyEnd('failed', `Nothing can be written to ${this.options.target}.`, message);
  }

  private endOfFailure(failure: CopyFailure): CopyEnd {
    if (failure.side === 'stopped') return new CopyEnd('cancelled', 'The copy was cancelled.');
    if (failure.side === 'removed') return new CopyEnd('failed', REMOVED, failure.code);
    return new CopyEnd('failed', `The copy could not go on: ${failure.message}.`, failure.code);
  }

  private report(outcome: CopyReport['outcome'], problem: string | null, detail: string | null): CopyReport {
    const { target, verification } = this.options;
    const { failed, skipped, renamed } = this.progress;
    const rank = { failed: 0, skipped: 1, copied: 2 };
    const items = this.items.sort((a, b) => rank[a.outcome] - rank[b.outcome]);
    const copied = items.filter((item) => item.sha256 !== null);
    const copiedBytes = copied.reduce((sum, item) => sum + item.sizeBytes, 0);
    this.tell(true);
    const counts = { copiedFiles: copied.length, copiedBytes, failed, skipped, renamed };
    return { outcome, problem, detail, target, verification, items, ...counts };
  }
}

const REMOVED = 'The medium was pulled out before the copy was done. What was already copied is whole.';

/** Small files in batches; large ones and links each alone. */
function* grouped(files: readonly PlannedFile[]): Generator<PlannedFile[] | PlannedFile, void> {
  let batch: PlannedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (file.linkTarget !== null || file.sizeBytes > MAX_SMALL_BYTES) {
      yield file;
      continue;
    }
    batch.push(file);
    bytes += file.sizeBytes;
    if (batch.length < BATCH_FILES && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

function existingOf(policy: ConflictPolicy): FileOrder['existing'] {
  return policy === 'ask' || policy === 'skip' ? 'refuse' : policy;
}

/** Below the target. */
function writtenPath(folder: PlannedFolder, name?: string): string {
  const components = name === undefined ? [] : [name];
  for (let at: PlannedFolder | null = folder; at !== null && at.parent !== null; at = at.parent)
    components.push(at.name);
  return components.reverse().join('/');
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new CopyEnd('cancelled', 'The copy was cancelled.'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

function joined(first: string | null, second: string): string {
  return first === null ? second : `${first}; ${second}`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function inWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
