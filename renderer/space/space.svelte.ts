/** What takes the space of a volume: added up once, then looked at folder by folder. */

import type { Bridge, Problem, SpaceProgress, SpaceView } from '../../main/contract.ts';
import { problemFrom } from '../state/problem.ts';

export class Space {
  readonly mediumId: string;
  readonly volume: number;
  progress = $state.raw<SpaceProgress | null>(null);
  /** The folder that the map shows, once everything is added up. */
  view = $state.raw<SpaceView | null>(null);
  path = $state('/');
  problem = $state.raw<Problem | null>(null);
  private handle: string | null = null;
  private closed = false;
  private readonly bridge: Bridge;

  constructor(bridge: Bridge, mediumId: string, volume: number) {
    this.bridge = bridge;
    this.mediumId = mediumId;
    this.volume = volume;
  }

  /** Adds everything up, or until close(). Never rejects: what went wrong is in `problem`. */
  async load(): Promise<void> {
    try {
      const { space } = await this.bridge.request('space.open', this.mediumId, this.volume);
      this.handle = space;
      for (let end = false; !end && !this.closed; ) {
        const progress = await this.bridge.request('space.read', space);
        this.progress = progress;
        end = progress.end;
      }
      if (!this.closed) await this.open('/');
    } catch (reason) {
      if (!this.closed) this.problem = problemFrom(reason);
    }
    if (this.closed) this.release();
  }

  /** Shows the map of one folder. */
  async open(path: string): Promise<void> {
    if (this.handle === null) return;
    try {
      const view = await this.bridge.request('space.view', this.handle, path);
      this.view = view;
      this.path = path;
    } catch (reason) {
      if (!this.closed) this.problem = problemFrom(reason);
    }
  }

  close(): void {
    this.closed = true;
    this.release();
  }

  private release(): void {
    if (this.handle === null) return;
    const handle = this.handle;
    this.handle = null;
    // The worker may have ended, and its sums with it: nothing is left to close then.
    this.bridge.request('space.close', handle).catch(() => null);
  }
}
