/** Look-outs over volumes: asked of the worker slice by slice, kept until the medium is closed or another begins on the same volume. */

import type { Finding, LookoutFailure, LookoutHost, LookoutSlice } from '../../kernel-worker/contract.ts';
import type { Lookout } from '../contract.ts';
import type { KernelProcess } from '../kernels/kernel-process.ts';
import { texts } from '../texts.ts';
import type { Media } from './media.ts';
import { mountOf } from './opened-medium.ts';
import { problemOf, refused } from './problems.ts';

export interface LookoutsOptions {
  media: Pick<Media, 'opened'>;
  onChange(): void;
  host?: () => LookoutHost;
}

const SLICE_ENTRIES = 1000;
/** The worker keeps fewer; one that was taken over could send without end. */
const MAX_FINDINGS = 100_000;
const MAX_FAILURES = 1000;
const PAGE = 1000;

interface Entry {
  lookout: Lookout;
  findings: Finding[];
  failures: LookoutFailure[];
  kernel: KernelProcess;
  stopped: boolean;
}

export class Lookouts {
  private readonly options: LookoutsOptions;
  private readonly entries = new Map<string, Entry>();

  constructor(options: LookoutsOptions) {
    this.options = options;
  }

  /** Those of media that are still open under the same worker, or whose worker ended by itself. */
  list(): Lookout[] {
    return [...this.entries.values()].map(({ lookout }) => lookout);
  }

  /** Begins; it goes on by itself. Throws RequestError, KernelCallError. */
  async start(mediumId: string, volume: number): Promise<Lookout> {
    const key = keyOf(mediumId, volume);
    const opened = this.options.media.opened(mediumId);
    const mount = mountOf(opened, volume);
    const before = this.entries.get(key);
    if (before?.lookout.state === 'looking' && before.kernel === opened.kernel) return before.lookout;
    const entry: Entry = {
      lookout: {
        mediumId,
        volume,
        state: 'looking',
        files: 0,
        folders: 0,
        at: '/',
        counts: {},
        kept: 0,
        failureCount: 0,
        startedAtMs: Date.now(),
        finishedAtMs: null,
        problem: null,
      },
      findings: [],
      failures: [],
      kernel: opened.kernel,
      stopped: false,
    };
    this.entries.set(key, entry);
    void this.run(entry, await this.begun(key, entry, mount));
    this.options.onChange();
    return entry.lookout;
  }

  /** The worker's descriptor. Where it cannot begin, there is none. */
  private async begun(key: string, entry: Entry, mount: number): Promise<number> {
    try {
      return (await entry.kernel.call('lookoutOpen', mount, (this.options.host ?? thisHost)())).fd;
    } catch (error) {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      throw error;
    }
  }

  stop(mediumId: string, volume: number): void {
    const entry = this.entries.get(keyOf(mediumId, volume));
    if (entry !== undefined) entry.stopped = true;
  }

  findings(mediumId: string, volume: number, from: number): Finding[] {
    return this.entry(mediumId, volume).findings.slice(from, from + PAGE);
  }

  failures(mediumId: string, volume: number): LookoutFailure[] {
    return this.entry(mediumId, volume).failures;
  }

  /** Forgets those whose medium is no longer open: what they found is no longer to be shown in a folder. */
  keepOnly(isOpen: (mediumId: string) => boolean): void {
    for (const [key, { lookout }] of this.entries) if (!isOpen(lookout.mediumId)) this.drop(key);
  }

  private drop(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    entry.stopped = true;
    this.entries.delete(key);
    this.options.onChange();
  }

  private async run(entry: Entry, fd: number): Promise<void> {
    const { kernel } = entry;
    try {
      for (let end = false; !end && !entry.stopped; ) {
        const slice = await kernel.call('lookoutNext', fd, SLICE_ENTRIES);
        end = slice.end;
        this.take(entry, slice);
      }
      this.finish(entry, entry.stopped ? 'stopped' : 'done', null);
      await kernel.call('close', fd);
    } catch (error) {
      // After its end only the closing can fail: the worker is gone, and its descriptors with it.
      if (entry.lookout.state === 'looking') this.finish(entry, 'failed', problemOf(error));
    }
  }

  private take(entry: Entry, slice: LookoutSlice): void {
    entry.findings.push(...slice.findings.slice(0, MAX_FINDINGS - entry.findings.length));
    entry.failures.push(...slice.failures.slice(0, MAX_FAILURES - entry.failures.length));
    const { files, folders, counts, failureCount } = slice;
    const at = slice.at || entry.lookout.at;
    this.change(entry, { files, folders, counts, failureCount, at, kept: entry.findings.length });
  }

  private finish(entry: Entry, state: Lookout['state'], problem: Lookout['problem']): void {
    this.change(entry, { state, problem, finishedAtMs: Date.now() });
  }

  private change(entry: Entry, change: Partial<Lookout>): void {
    entry.lookout = { ...entry.lookout, ...change };
    this.options.onChange();
  }

  private entry(mediumId: string, volume: number): Entry {
    const entry = this.entries.get(keyOf(mediumId, volume));
    if (entry === undefined) throw refused(texts().lookout.none);
    return entry;
  }
}

function keyOf(mediumId: string, volume: number): string {
  return `${volume}/${mediumId}`;
}

function thisHost(): LookoutHost {
  const { platform } = process;
  return { platform: platform === 'win32' || platform === 'darwin' ? platform : 'linux', nowMs: Date.now() };
}
