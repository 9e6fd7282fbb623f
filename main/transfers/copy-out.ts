/**
 * The copy out of a medium onto the host's disk, for the app and the command line alike: counting, conflicts, copying, verifying, report. The
 * kernel worker says what is there; the bytes go through the target side (orders.ts).
 */

import type { FailureReport } from '../../kernel-worker/contract.ts';
import type { Conflict, ConflictPolicy, CopySelection, JobFilePage, Verification } from '../contract.ts';
import { type KernelEnd, KernelEndedError } from '../kernels/kernel-process.ts';
import { texts } from '../texts.ts';
import { Conflicts, type Decision } from './conflicts.ts';
import { ContentSource } from './content-source.ts';
import { CopyEnd, endByError, endByFailure, failureWords, removed, stuck, throwIfAborted } from './copy-end.ts';
import { CopyLedger, type CopyProgress } from './copy-ledger.ts';
import { type CountedCopy, countCopy } from './counting.ts';
import type { EarlierRun } from './earlier-run.ts';
import type {
  CopyFailure,
  DirectMedium,
  FileOrder,
  FileOutcome,
  SmallFileOrder,
  TargetReport,
  TargetSide,
} from './orders.ts';
import type { PauseGate } from './pause-gate.ts';
import type { KernelCalls, PlannedFile } from './plan.ts';
import type { CopyReport, ReportFrame } from './report.ts';
import { MAX_SMALL_BYTES } from './small-files.ts';
import { TargetFolders, writtenPath } from './target-folders.ts';

export type { Decision } from './conflicts.ts';
export type { CopyProgress } from './copy-ledger.ts';

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
  /** A file that is there with the same size and date is not copied again. */
  skipSame: boolean;
  verification: Verification;
  only: CopySelection;
  /** The medium's address for the marks of provenance; null: no marks. */
  originBase: string | null;
  /** What an earlier run of the same copy has settled; null: this is the first. */
  earlier: EarlierRun | null;
  pause: PauseGate;
  /** Recreate symbolic links that stay inside what is copied. */
  symlinks: boolean;
  side: TargetSide;
  signal: AbortSignal;
  onProgress(progress: CopyProgress): void;
  /** Told once what can be asked for the states of files while the copy runs. */
  onFiles?(files: (from: number, count: number) => JobFilePage): void;
  /** The writing side is closed: nothing reads `medium` any more. Of a medium that does not answer this may be told after the copy's end, or never. */
  onClosed?(): void;
  /** Asked where the policy is 'ask'. */
  decide(conflict: Conflict): Promise<{ decision: Decision; applyToAll: boolean }>;
}

/** Files and bytes of one batch: some milliseconds of work, and a sync that is shared by many. */
const BATCH_FILES = 256;
const BATCH_BYTES = 16 * 1024 * 1024;
/** Batches under way: one is synced while the next is written. */
const PARALLEL_BATCHES = 2;

/** Copies. Never throws: what ends the copy as a whole is told in the report. */
export async function copyOut(options: CopyOptions): Promise<CopyReport> {
  const { side, signal, pause, target, verification, only, originBase } = options;
  let isOver = false;
  const ledger = new CopyLedger((progress) => {
    if (!isOver) options.onProgress(progress);
  });
  const frame: ReportFrame = { target, verification, only, marks: originBase === null ? 'off' : 'set' };
  const stop = () => {
    side.stop();
    pause.break();
  };
  signal.addEventListener('abort', stop);
  const worker = new WorkerWatch(options.kernel, stop);
  pause.onChange = (paused) => {
    side.setPaused(paused);
    ledger.pause(paused);
  };
  side.onProgress((bytes) => ledger.passed(bytes));
  options.onFiles?.((from, count) => ledger.files(from, count));
  try {
    if (pause.isPaused) pause.onChange(true);
    ledger.enter('counting');
    const opened = await worker.or(side.open({ path: target, medium: options.medium, verification, originBase }));
    if (originBase !== null && !opened.keepsMarks) frame.marks = 'impossible';
    const counted = await countCopy(options, opened, ledger);
    await worker.or(new CopyOut(options, opened, ledger, worker.end).run(counted));
    return ledger.report('done', null, null, frame);
  } catch (error) {
    // What was broken off with the worker's end was not cancelled.
    const wasStopped = error instanceof CopyEnd && error.outcome === 'cancelled';
    const cause = worker.ended !== null && wasStopped ? new KernelEndedError(worker.ended) : error;
    const { outcome, message, detail } = endByError(cause, target);
    const isCancelled = outcome === 'cancelled' || signal.aborted;
    return isCancelled ? ledger.report('cancelled', null, null, frame) : ledger.report(outcome, message, detail, frame);
  } finally {
    signal.removeEventListener('abort', stop);
    pause.onChange = () => {};
    isOver = true;
    worker.end();
    // A thread that stands in a read of a medium that does not answer stops and closes when the system lets it go on.
    const closed = side
      .close()
      .catch(() => {})
      .then(options.onClosed);
    if (!worker.isHung) await closed;
  }
}

/**
 * The worker's end, while the copy needs the medium: what reads it by itself breaks off too. A side that reads a medium which does not answer does not answer
 * either, and is not waited for.
 */
class WorkerWatch {
  /** How the worker ended. */
  ended: KernelEnd | null = null;
  /** The copy needs the medium no more. */
  readonly end: () => void;
  private readonly told: Promise<never>;

  constructor(kernel: KernelCalls, breakOff: () => void) {
    let end = () => {};
    this.told = new Promise((_, reject) => {
      const listener = (how: KernelEnd) => {
        this.ended = how;
        breakOff();
        if (how.kind === 'hung') reject(new KernelEndedError(how));
      };
      end = kernel.onEnd?.(listener) ?? end;
    });
    this.end = end;
    this.told.catch(() => {});
  }

  get isHung(): boolean {
    return this.ended?.kind === 'hung';
  }

  /** Throws KernelEndedError as soon as the medium does not answer. */
  or<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return Promise.race([answer, this.told]);
  }
}

/** A file on its way: what becomes of an order, and how it is given again with another decision. */
interface Attempt {
  file: PlannedFile;
  order: FileOrder;
  outcome: FileOutcome | FailureReport;
  again(order: FileOrder): Promise<FileOutcome | FailureReport>;
}

class CopyOut {
  private readonly side: TargetSide;
  private readonly signal: AbortSignal;
  private readonly ledger: CopyLedger;
  private readonly source: ContentSource;
  private readonly conflicts: Conflicts;
  private readonly folders: TargetFolders;
  private readonly pause: PauseGate;
  private readonly whenRead: () => void;

  /** `whenRead`: told when the medium is needed no more. */
  constructor(options: CopyOptions, opened: TargetReport, ledger: CopyLedger, whenRead: () => void) {
    const { side, signal, target, policy, skipSame, decide } = options;
    this.side = side;
    this.signal = signal;
    this.pause = options.pause;
    this.whenRead = whenRead;
    this.ledger = ledger;
    this.source = new ContentSource(options.kernel, options.mount, options.medium !== null);
    this.conflicts = new Conflicts({ policy, target, signal, ledger, skipSame, decide });
    this.folders = new TargetFolders(side, ledger, opened.rules, () => this.conflicts.policy !== 'skip');
  }

  async run({ plan, files }: CountedCopy): Promise<void> {
    this.ledger.enter('copying');
    await this.copyFiles(files);
    // Empty ones too.
    for (const folder of plan.folders) await this.folders.numberOf(folder);
    this.whenRead();
    throwIfAborted(this.signal);
    this.ledger.enter('finishing');
    const failure = await this.side.finish(this.folders.timesToSet());
    if (failure !== null) throw endByFailure(failure) ?? stuck(failure);
  }

  private async copyFiles(planned: readonly PlannedFile[]): Promise<void> {
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
      for (const group of grouped(planned)) {
        await this.pause.pass();
        throwIfAborted(this.signal);
        if (errors.length > 0) break;
        if (Array.isArray(group)) await start(group);
        else if (group.linkTarget !== null) await this.copyLink(group, group.linkTarget);
        else await this.copyLarge(group);
      }
    } finally {
      await Promise.all(batches);
    }
    if (errors.length > 0) throw errors[0];
    throwIfAborted(this.signal);
  }

  private async copyBatch(files: PlannedFile[]): Promise<void> {
    const placed: Array<{ file: PlannedFile; order: FileOrder }> = [];
    for (const file of files) {
      const order = await this.orderFor(file);
      if (order !== null) placed.push({ file, order });
    }
    this.ledger.working(placed.map(({ file }) => file));
    const contents = await this.source.ofSmallFiles(placed.map(({ file }) => file));
    const ready: Array<{ file: PlannedFile; order: SmallFileOrder }> = [];
    for (const [i, { file, order }] of placed.entries()) {
      const content = contents[i];
      if ('failure' in content) this.settleFailed(file, content.failure);
      else ready.push({ file, order: { ...order, content } });
    }
    const outcomes = await this.side.copySmall(ready.map(({ order }) => order));
    const attempts: Attempt[] = ready.map(({ file, order }, i) => ({
      file,
      order,
      outcome: outcomes[i],
      again: async (next) => (await this.side.copySmall([{ ...next, content: order.content }]))[0],
    }));
    // Those that are on the disk first: a failure among the others may end the copy, and they are to be in its report.
    const isCopied = ({ outcome }: Attempt) => 'outcome' in outcome && outcome.outcome === 'copied';
    for (const attempt of attempts) if (isCopied(attempt)) await this.settle(attempt);
    for (const attempt of attempts) if (!isCopied(attempt)) await this.settle(attempt);
    this.ledger.tellSoon();
  }

  private async copyLarge(file: PlannedFile): Promise<void> {
    const order = await this.orderFor(file);
    if (order === null) return;
    this.ledger.working([file]);
    const again = (next: FileOrder) => this.moveLarge(file, next);
    await this.settle({ file, order, outcome: await again(order), again });
  }

  private async moveLarge(file: PlannedFile, order: FileOrder): Promise<FileOutcome | FailureReport> {
    const known = await this.side.beginLarge(order);
    if (known !== null) return known;
    let ended = false;
    try {
      const failure = await this.source.feed(file, this.side, () => this.signal.aborted);
      // The kernel's own failure; one of the target side is told by its end.
      if (failure !== null && 'errno' in failure) return failure;
      ended = true;
      return await this.side.endLarge();
    } finally {
      if (!ended) await this.side.abandonLarge();
      this.ledger.largeDone();
    }
  }

  private async copyLink(file: PlannedFile, linkTarget: string): Promise<void> {
    const order = await this.orderFor(file);
    if (order === null) return;
    const again = (next: FileOrder) => this.side.makeSymlink(next, linkTarget);
    await this.settle({ file, order, outcome: await again(order), again });
  }

  /** null: its folder could not be made, which is settled here. */
  private async orderFor(file: PlannedFile): Promise<FileOrder | null> {
    const folder = await this.folders.numberOf(file.folder);
    if (folder === null) {
      this.ledger.failed(file, texts().copyNotes.folderNotMade, null);
      return null;
    }
    const { name, path, sizeBytes, mtimeMs, atimeMs } = file;
    return { folder, name, sourcePath: path, sizeBytes, mtimeMs, atimeMs, existing: this.conflicts.existing };
  }

  private async settle({ file, order, outcome, again }: Attempt): Promise<void> {
    if ('errno' in outcome) this.settleFailed(file, outcome);
    else if (outcome.outcome === 'failed') this.settleCopyFailure(file, outcome.failure);
    else if (outcome.outcome === 'copied') this.settleCopied(file, order, outcome);
    else {
      const decision = await this.conflicts.decided(file, outcome.existing);
      if (decision === 'skip' || decision === 'skip-same') {
        const { wasThere, sameWasThere } = texts().copyNotes;
        this.ledger.skipped(file, decision === 'skip' ? wasThere : sameWasThere);
        return;
      }
      const next: FileOrder = { ...order, existing: decision };
      await this.settle({ file, order: next, outcome: await again(next), again });
    }
  }

  private settleCopied(
    file: PlannedFile,
    order: FileOrder,
    outcome: Extract<FileOutcome, { outcome: 'copied' }>,
  ): void {
    const { writtenAs } = outcome;
    const numbered = writtenAs === order.name ? null : texts().copyNotes.renamedWasThere;
    const note = [file.note, numbered].filter((part) => part !== null).join('; ');
    this.ledger.copied(file, writtenPath(file.folder, writtenAs), outcome, note === '' ? null : note);
  }

  private settleCopyFailure(file: PlannedFile, failure: CopyFailure): void {
    const end = endByFailure(failure);
    if (end !== null) throw end;
    const { side, message, mediumOffset } = failure;
    const place = mediumOffset === null ? {} : { byteOffset: mediumOffset };
    this.ledger.failed(
      file,
      failureWords(failure),
      side === 'medium' ? { errno: 'EIO', kind: 'medium', message, ...place } : null,
    );
  }

  private settleFailed(file: PlannedFile, failure: FailureReport): void {
    if (failure.kind === 'removed') throw removed(failure.message);
    this.ledger.failed(file, failure.message, failure);
  }
}

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
