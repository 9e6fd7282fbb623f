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

/** A started worker process, whichever way it was started (node-launcher.ts, Electron's utilityProcess in app/). */
export interface WorkerHandle {
  send(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** How it ended, in words: 'exit code 1', 'signal SIGSEGV'. */
  onExit(listener: (how: string) => void): void;
  /** Ends it without asking. */
  kill(): void;
  /** Resident memory in bytes; null where it cannot be known. */
  residentBytes(): number | null;
}

export type WorkerLauncher = () => WorkerHandle;

export interface WatchdogLimits {
  /** How long one system call may take. */
  callTimeoutMs: number;
  /** How long opening, lockdown and reading the partition table may take: slow sticks spin up. */
  bootTimeoutMs: number;
  memoryCapBytes: number;
}

export const DEFAULT_LIMITS: WatchdogLimits = {
  callTimeoutMs: 10_000,
  bootTimeoutMs: 30_000,
  memoryCapBytes: 512 * 1024 * 1024,
};

/** How often main looks at its workers. */
const WATCH_INTERVAL_MS = 500;
/** Lines of a worker's log that main keeps. */
const MAX_LOG_LINES = 500;

/** Why a kernel is no longer there. */
export interface KernelEnd {
  kind: 'closed' | 'crashed' | 'hung' | 'memory';
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
  resolve(value: unknown): void;
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
  private readonly endListeners: Array<(end: KernelEnd) => void> = [];
  private readonly watch: NodeJS.Timeout;
  private booting: PendingCall | null = null;
  private mediumReport: MediumReport | null = null;
  private ended: KernelEnd | null = null;
  private lastId = 0;
  /** When the worker last showed life while something was asked of it. */
  private waitingSince = 0;

  constructor(worker: WorkerHandle, limits: WatchdogLimits) {
    this.worker = worker;
    this.limits = limits;
    worker.onMessage((message) => this.receive(message));
    worker.onExit((how) =>
      this.finish({ kind: 'crashed', sentence: 'The process that reads this medium ended unexpectedly.', detail: how }),
    );
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

  onEnd(listener: (end: KernelEnd) => void): void {
    if (this.ended) listener(this.ended);
    else this.endListeners.push(listener);
  }

  async boot(request: BootRequest): Promise<MediumReport> {
    const report = new Promise<unknown>((resolve, reject) => {
      this.booting = { resolve, reject };
    });
    this.waitingSince = Date.now();
    this.worker.send({ type: 'boot', request });
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
      // The worker answers each name with that name's type.
      this.pending.set(id, { resolve: (value) => resolve(value as ReturnType<SystemCalls[Name]>), reject });
      this.worker.send({ type: 'call', id, name, args } as ToWorker);
    });
  }

  /** Ends the worker; calls under way fail with KernelEndedError. */
  close(): void {
    this.finish({ kind: 'closed', sentence: 'The medium was closed.', detail: null });
  }

  private receive(message: FromWorker): void {
    if (this.ended) return;
    this.waitingSince = Date.now();
    switch (message.type) {
      case 'booted':
        this.booting?.resolve(message.report);
        this.booting = null;
        return;
      case 'boot-failed': {
        const booting = this.booting;
        this.booting = null;
        booting?.reject(new KernelBootError(message.stage, message.failure));
        this.close();
        return;
      }
      case 'answer':
        this.take(message.id)?.resolve(message.value);
        return;
      case 'failed':
        this.take(message.id)?.reject(new KernelCallError(message.failure));
        return;
      case 'log':
        this.logLines.push(message.line);
        if (this.logLines.length > MAX_LOG_LINES) this.logLines.shift();
    }
  }

  private take(id: number): PendingCall | undefined {
    const call = this.pending.get(id);
    this.pending.delete(id);
    return call;
  }

  /** The watchdog. */
  private look(): void {
    const waitedMs = Date.now() - this.waitingSince;
    if (this.booting !== null && waitedMs > this.limits.bootTimeoutMs) this.endHung(waitedMs);
    else if (this.pending.size > 0 && waitedMs > this.limits.callTimeoutMs) this.endHung(waitedMs);
    const resident = this.worker.residentBytes();
    if (resident !== null && resident > this.limits.memoryCapBytes) {
      this.finish({
        kind: 'memory',
        sentence:
          'The process that reads this medium took too much memory and was ended. The medium may be made to do harm.',
        detail: `${resident} bytes resident, ${this.limits.memoryCapBytes} allowed`,
      });
    }
  }

  private endHung(waitedMs: number): void {
    this.finish({
      kind: 'hung',
      sentence: 'The medium does not answer, so the process that reads it was ended.',
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
