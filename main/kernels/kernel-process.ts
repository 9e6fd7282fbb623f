/** A kernel worker as main sees it: started, asked, watched, ended. One for each stick. */

import type {
  BootRequest,
  FailureReport,
  FromWorker,
  LogLine,
  MediumReport,
  SystemCallName,
  SystemCalls,
  ToWorker,
} from '../../kernel-worker/contract.ts';
import { texts } from '../texts.ts';
import type { StallWatch } from '../transfers/read-clock.ts';
import { isAnswer, isMessage } from './answer-schemas.ts';

/** A started worker process, whichever way it was started (node-launcher.ts, Electron's utilityProcess in app/). */
export interface WorkerHandle {
  send(message: ToWorker): void;
  /** Whatever it sends: it may be anything. */
  onMessage(listener: (message: unknown) => void): void;
  /** How it ended, in words: 'exit code 1', 'signal SIGSEGV'. */
  onExit(listener: (how: string) => void): void;
  /** Ends it without asking. */
  kill(): void;
  /** Resident memory in bytes; null where it cannot be known. */
  residentBytes(): number | null;
}

export type WorkerLauncher = () => WorkerHandle;

export interface WatchdogLimits {
  /** How long one system call may take; where it is known what the medium gives, how long without anything given. */
  callTimeoutMs: number;
  /** How long one system call may take although the medium gives something: a piece of 1 MiB, with what has to be looked up for it, from a very slow stick. */
  slowCallTimeoutMs: number;
  /** How long opening, lockdown and reading the partition table may take: slow sticks spin up. */
  bootTimeoutMs: number;
  memoryCapBytes: number;
}

export const DEFAULT_LIMITS: WatchdogLimits = {
  callTimeoutMs: 10_000,
  slowCallTimeoutMs: 120_000,
  bootTimeoutMs: 30_000,
  memoryCapBytes: 512 * 1024 * 1024,
};

/** How often main looks at its workers. */
const WATCH_INTERVAL_MS = 500;
/** Lines of a worker's log that main keeps. */
const MAX_LOG_LINES = 500;

/** Far more than a kernel has to tell between two looks of the watchdog: its log keeps 500 lines. */
const MAX_LINES_PER_LOOK = 5000;

/** Why a kernel is no longer there. */
export interface KernelEnd {
  kind: 'closed' | 'removed' | 'crashed' | 'hung' | 'memory' | 'nonsense';
  /** For people. */
  sentence: string;
  detail: string | null;
}

/** A system call failed with the kernel's own failure. */
export class KernelCallError extends Error {
  readonly failure: FailureReport;

  constructor(failure: FailureReport) {
    super(failure.message);
    this.name = 'KernelCallError';
    this.failure = failure;
  }
}

/** The worker ended before it answered. */
export class KernelEndedError extends Error {
  readonly end: KernelEnd;

  constructor(end: KernelEnd) {
    super(end.sentence);
    this.name = 'KernelEndedError';
    this.end = end;
  }
}

/** Nothing could be mounted: `stage` says how far the worker came. */
export class KernelBootError extends Error {
  readonly stage: 'open' | 'lockdown' | 'read';
  readonly failure: FailureReport;

  constructor(stage: 'open' | 'lockdown' | 'read', failure: FailureReport) {
    super(failure.message);
    this.name = 'KernelBootError';
    this.stage = stage;
    this.failure = failure;
  }
}

interface PendingCall {
  /** false: this is not what was asked for. */
  resolve(value: unknown): boolean;
  reject(error: Error): void;
}

/** Starts a worker on a medium. KernelBootError, KernelEndedError. */
export async function startKernel(
  request: BootRequest,
  launch: WorkerLauncher,
  limits: Partial<WatchdogLimits> = {},
): Promise<KernelProcess> {
  const kernel = new KernelProcess(launch(), { ...DEFAULT_LIMITS, ...limits });
  await kernel.boot(request);
  return kernel;
}

export class KernelProcess {
  private readonly worker: WorkerHandle;
  private readonly limits: WatchdogLimits;
  private readonly pending = new Map<number, PendingCall>();
  private readonly logLines: LogLine[] = [];
  private readonly endListeners = new Set<(end: KernelEnd) => void>();
  private readsStalledMs: StallWatch = () => 0;
  private given: () => string | null = () => null;
  private lastGiven: string | null = null;
  /** When the medium was last seen to have given something. */
  private givenAtMs = 0;
  private readonly watch: NodeJS.Timeout;
  private booting: PendingCall | null = null;
  private mediumReport: MediumReport | null = null;
  private ended: KernelEnd | null = null;
  private lastId = 0;
  /** Log lines since the watchdog's last look. */
  private loggedLines = 0;
  /** When the worker last showed life while something was asked of it. */
  private waitingSince = 0;

  constructor(worker: WorkerHandle, limits: WatchdogLimits) {
    this.worker = worker;
    this.limits = limits;
    worker.onMessage((message) => this.receive(message));
    worker.onExit((how) => this.finish({ kind: 'crashed', sentence: texts().drives.worker.crashed, detail: how }));
    this.watch = setInterval(() => this.look(), WATCH_INTERVAL_MS);
    this.watch.unref();
  }

  /** What the medium is; known once booted. */
  get report(): MediumReport {
    if (this.mediumReport === null) throw new Error('the kernel has not booted');
    return this.mediumReport;
  }

  /** null while it runs. */
  get end(): KernelEnd | null {
    return this.ended;
  }

  /** The last lines of its log. */
  log(): readonly LogLine[] {
    return this.logLines;
  }

  /** Returns what ends the telling. */
  onEnd(listener: (end: KernelEnd) => void): () => void {
    if (this.ended) listener(this.ended);
    else this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }

  /** `given`: changes whenever the medium gives bytes, to whomever; null where the system does not count them. */
  watchMedium(given: () => string | null): void {
    this.given = given;
  }

  /** Main's own reads of the same medium count too: where they get nothing for as long as a call may take, the medium does not answer. */
  watchReads(stalledMs: StallWatch): void {
    this.readsStalledMs = stalledMs;
  }

  async boot(request: BootRequest): Promise<MediumReport> {
    const report = new Promise<unknown>((resolve, reject) => {
      this.booting = { resolve: settling(resolve), reject };
    });
    this.waitingSince = Date.now();
    this.worker.send({ type: 'boot', request });
    // As `isMessage` has checked.
    this.mediumReport = (await report) as MediumReport;
    return this.mediumReport;
  }

  /** Performs one system call. KernelCallError, KernelEndedError. Calls may overlap; the worker answers them in order. */
  call<Name extends SystemCallName>(
    name: Name,
    ...args: Parameters<SystemCalls[Name]>
  ): Promise<ReturnType<SystemCalls[Name]>> {
    if (this.ended) return Promise.reject(new KernelEndedError(this.ended));
    this.lastId += 1;
    const id = this.lastId;
    if (this.pending.size === 0) this.waitingSince = Date.now();
    return new Promise((resolve, reject) => {
      const take = (value: unknown) => {
        if (!isAnswer(name, args, value)) return false;
        resolve(value);
        return true;
      };
      this.pending.set(id, { resolve: take, reject });
      this.worker.send({ type: 'call', id, name, args } as ToWorker);
    });
  }

  /** Ends the worker; calls under way fail with KernelEndedError. */
  close(why: 'closed' | 'removed' = 'closed'): void {
    const sentence = why === 'removed' ? texts().failures.pulledOut : texts().drives.worker.closed;
    this.finish({ kind: why, sentence, detail: null });
  }

  /** What is no message, or answers nothing that was asked, or not as it was asked, ends the worker: see answer-schemas.ts. */
  private receive(message: unknown): void {
    if (this.ended) return;
    this.waitingSince = Date.now();
    if (!isMessage(message) || !this.isTaken(message)) this.endNonsense();
  }

  private isTaken(message: FromWorker): boolean {
    switch (message.type) {
      case 'booted':
        return this.takeBooting()?.resolve(message.report) ?? false;
      case 'boot-failed': {
        const booting = this.takeBooting();
        if (booting === null) return false;
        booting.reject(new KernelBootError(message.stage, message.failure));
        this.close();
        return true;
      }
      case 'answer': {
        const call = this.take(message.id);
        if (call === undefined) return false;
        if (call.resolve(message.value)) return true;
        // It waits still, and is told with the others that the worker was ended.
        this.pending.set(message.id, call);
        return false;
      }
      case 'failed': {
        const call = this.take(message.id);
        call?.reject(new KernelCallError(message.failure));
        return call !== undefined;
      }
      case 'log':
        this.loggedLines += 1;
        this.logLines.push(message.line);
        if (this.logLines.length > MAX_LOG_LINES) this.logLines.shift();
        return this.loggedLines <= MAX_LINES_PER_LOOK;
    }
  }

  private takeBooting(): PendingCall | null {
    const { booting } = this;
    this.booting = null;
    return booting;
  }

  private take(id: number): PendingCall | undefined {
    const call = this.pending.get(id);
    this.pending.delete(id);
    return call;
  }

  /** The watchdog. */
  private look(): void {
    this.loggedLines = 0;
    const waitedMs = Date.now() - this.waitingSince;
    if (this.booting !== null && waitedMs > this.limits.bootTimeoutMs) this.endHung(waitedMs);
    else if (this.pending.size > 0 && this.isHung(waitedMs)) this.endHung(waitedMs);
    const stalledMs = this.readsStalledMs();
    if (stalledMs > this.limits.callTimeoutMs) this.endHung(stalledMs);
    const resident = this.worker.residentBytes();
    if (resident !== null && resident > this.limits.memoryCapBytes) {
      this.finish({
        kind: 'memory',
        sentence: texts().drives.worker.memory,
        detail: `${resident} bytes resident, ${this.limits.memoryCapBytes} allowed`,
      });
    }
  }

  private endNonsense(): void {
    this.finish({ kind: 'nonsense', sentence: texts().service.worker.nonsense, detail: null });
  }

  private isHung(waitedMs: number): boolean {
    const given = this.given();
    if (given !== null && given !== this.lastGiven) this.givenAtMs = Date.now();
    this.lastGiven = given;
    if (waitedMs > this.limits.slowCallTimeoutMs) return true;
    return Math.min(waitedMs, Date.now() - this.givenAtMs) > this.limits.callTimeoutMs;
  }

  private endHung(waitedMs: number): void {
    this.finish({
      kind: 'hung',
      sentence: texts().drives.worker.hung,
      detail: `no answer for ${Math.round(waitedMs / 1000)} s`,
    });
  }

  private finish(end: KernelEnd): void {
    if (this.ended) return;
    this.ended = end;
    clearInterval(this.watch);
    this.worker.kill();
    this.booting?.reject(new KernelEndedError(end));
    for (const call of this.pending.values()) call.reject(new KernelEndedError(end));
    this.pending.clear();
    for (const listener of this.endListeners) listener(end);
  }
}

function settling(resolve: (value: unknown) => void): (value: unknown) => boolean {
  return (value) => {
    resolve(value);
    return true;
  };
}
