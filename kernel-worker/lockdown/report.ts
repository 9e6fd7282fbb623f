/** What a lockdown is asked for, what it answers, and how it fails; shared by the three platforms. */

export interface LockdownRequest {
  /** Descriptors of the medium and of whatever else is only read. Files and devices among them must be open read-only. */
  readonly readFds: readonly number[];
  /** Descriptors that are only written: stdout, stderr, the pipe to a helper process. */
  readonly writeFds?: readonly number[];
  /** The channel to main, read and written; in a Node child process that is `process.channel.fd`. */
  readonly channelFds?: readonly number[];
  /** A bound that the kernel itself puts on the process's writable memory, where it can (Linux); none when left out. */
  readonly memoryLimitBytes?: number;
}

export interface Allowance {
  readonly what: string;
  readonly why: string;
}

export interface LockdownReport {
  readonly platform: string;
  readonly mechanism: string;
  /** All that the process can still ask of the operating system. */
  readonly allowed: readonly Allowance[];
  /** What a perfect lockdown would refuse and this one, on this platform, does not. */
  readonly gaps: readonly string[];
}

/** The lockdown did not come about: the step that failed and the operating system's reason. Nothing may be mounted. */
export class LockdownError extends Error {
  readonly step: string;

  constructor(step: string, reason: string) {
    super(`lockdown failed: ${step}: ${reason}`);
    this.name = 'LockdownError';
    this.step = step;
  }
}
