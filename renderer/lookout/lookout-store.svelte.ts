/** The look-outs that main knows of, and the findings of the one that is shown, taken over page by page while it goes on. */

import type { Bridge, Finding, Lookout, LookoutFailure, Problem } from '../../main/contract.ts';
import { problemFrom } from '../state/problem.ts';

export class LookoutStore {
  list = $state.raw<readonly Lookout[]>([]);
  private readonly bridge: Bridge;

  constructor(bridge: Bridge) {
    this.bridge = bridge;
    bridge.on('lookouts', (list) => {
      this.list = list;
    });
  }

  of(mediumId: string | null, volume: number | null): Lookout | null {
    return this.list.find((lookout) => lookout.mediumId === mediumId && lookout.volume === volume) ?? null;
  }

  /** Begins, or gives the one that is there. Throws what the request throws. */
  async open(mediumId: string, volume: number): Promise<void> {
    // After a reload of the window main knows more than this page.
    this.list = await this.bridge.request('lookout.list');
    if (this.of(mediumId, volume) === null) await this.start(mediumId, volume);
  }

  async start(mediumId: string, volume: number): Promise<void> {
    const lookout = await this.bridge.request('lookout.start', mediumId, volume);
    const others = this.list.filter((other) => other.mediumId !== mediumId || other.volume !== volume);
    this.list = [...others, lookout];
  }

  async stop(mediumId: string, volume: number): Promise<void> {
    await this.bridge.request('lookout.stop', mediumId, volume);
  }
}

/** The findings of one look-out: `follow` is told whenever there may be more. */
export class Findings {
  all = $state.raw<readonly Finding[]>([]);
  failures = $state.raw<readonly LookoutFailure[]>([]);
  problem = $state.raw<Problem | null>(null);
  private startedAtMs = $state(0);
  private following = false;
  private wanted = 0;
  private readonly bridge: Bridge;

  constructor(bridge: Bridge) {
    this.bridge = bridge;
  }

  async follow(lookout: Lookout): Promise<void> {
    if (lookout.startedAtMs !== this.startedAtMs) {
      this.startedAtMs = lookout.startedAtMs;
      this.all = [];
      this.failures = [];
      this.problem = null;
      this.wanted = 0;
    }
    this.wanted = Math.max(this.wanted, lookout.kept);
    if (this.following) return;
    this.following = true;
    try {
      while (this.all.length < this.wanted && (await this.takePage(lookout))) {}
    } catch (reason) {
      this.problem = problemFrom(reason);
    }
    this.following = false;
  }

  /** Whether all that the look-out kept is here: before that nothing is told of what was not found. */
  hasAll(lookout: Lookout): boolean {
    return lookout.startedAtMs === this.startedAtMs && this.all.length >= lookout.kept;
  }

  async loadFailures(lookout: Lookout): Promise<void> {
    this.failures = await this.bridge.request('lookout.failures', lookout.mediumId, lookout.volume);
  }

  /** false: there is nothing more, or another look-out has begun meanwhile. */
  private async takePage(lookout: Lookout): Promise<boolean> {
    const { startedAtMs } = this;
    const page = await this.bridge.request('lookout.findings', lookout.mediumId, lookout.volume, this.all.length);
    if (startedAtMs !== this.startedAtMs) return true;
    this.all = [...this.all, ...page];
    return page.length > 0;
  }
}
