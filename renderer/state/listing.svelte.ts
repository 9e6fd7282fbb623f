/** One folder as it is being read: pages come in, rows are kept in order, and the list can be looked at from the first page on. */

import { namePattern } from '../../assets/text/name-pattern.ts';
import type { Bridge, FailureReport, Problem } from '../../main/contract.ts';
import { inOrder, mergeByName, type Order } from './order.ts';
import { problemFrom } from './problem.ts';
import { type Row, type RowSource, rowFrom } from './row.ts';

/** Entries asked for at once: the worker's own bound for one system call. */
const PAGE = 1000;
/** While pages come in, the list on the screen is renewed at most so often: the longer it is, the more that costs. */
const PUBLISH_EVERY_MS = 120;
const PUBLISH_EVERY_MS_PER_ROW = 0.01;
/** Failures kept for display; a damaged folder can have as many as entries. */
const MAX_FAILURES = 1000;

export interface EntryFailure {
  /** null: concerns no entry by name. */
  name: string | null;
  failure: FailureReport;
}

export class Listing implements RowSource {
  /** Everything read so far, sorted by name. */
  private byName = $state.raw<readonly Row[]>([]);
  loading = $state(true);
  problem = $state.raw<Problem | null>(null);
  failures = $state.raw<readonly EntryFailure[]>([]);
  failureCount = $state(0);
  /** Only names that fit this are shown (name-pattern.ts); '': all. */
  filter = $state('');
  private handle: string | null = null;
  private closed = false;
  private readonly bridge: Bridge;
  private readonly view: () => { order: Order; showHidden: boolean };

  private readonly visible = $derived.by(() =>
    this.view().showHidden ? this.byName : this.byName.filter((row) => !row.hidden),
  );
  readonly hiddenCount = $derived(this.byName.length - this.visible.length);
  private readonly filtered = $derived.by(() => {
    if (this.filter.trim() === '') return this.visible;
    const fits = namePattern(this.filter);
    return this.visible.filter((row) => fits(row.name));
  });
  /** Of all that are not hidden. */
  readonly filteredOut = $derived(this.visible.length - this.filtered.length);
  readonly rows = $derived.by(() => inOrder(this.filtered, this.view().order));
  readonly keys = $derived(this.rows.map((row) => row.key));

  constructor(bridge: Bridge, view: () => { order: Order; showHidden: boolean }) {
    this.bridge = bridge;
    this.view = view;
  }

  /** Whether it is here, but not shown because it is hidden. */
  hides(key: string): boolean {
    return !this.view().showHidden && this.byName.some((row) => row.key === key && row.hidden);
  }

  /** Reads the folder to its end, or until close(). Never rejects: what went wrong is in `problem`. */
  async load(mediumId: string, volume: number, path: string): Promise<void> {
    try {
      this.handle = (await this.bridge.request('folder.open', mediumId, volume, path)).listing;
      await this.readPages(this.handle);
    } catch (reason) {
      if (!this.closed) this.problem = problemFrom(reason);
    }
    this.loading = false;
    await this.release();
  }

  private async readPages(handle: string): Promise<void> {
    let sorted: readonly Row[] = [];
    let publishedAt = Number.NEGATIVE_INFINITY;
    const failures: EntryFailure[] = [];
    let failureCount = 0;
    for (let end = false; !end && !this.closed; ) {
      const page = await this.bridge.request('folder.read', handle, PAGE);
      end = page.end;
      sorted = mergeByName(sorted, page.entries.map(rowFrom));
      const fresh = [
        ...page.failures.map((failure): EntryFailure => ({ name: null, failure })),
        ...page.entries.flatMap((entry) =>
          entry.failure === undefined ? [] : [{ name: entry.name, failure: entry.failure }],
        ),
      ];
      failureCount += fresh.length;
      failures.push(...fresh.slice(0, MAX_FAILURES - failures.length));
      const now = performance.now();
      if (end || now - publishedAt > PUBLISH_EVERY_MS + sorted.length * PUBLISH_EVERY_MS_PER_ROW) {
        publishedAt = now;
        this.byName = sorted;
        this.failures = [...failures];
        this.failureCount = failureCount;
      }
    }
  }

  /** Stops reading: the user has gone elsewhere. */
  close(): void {
    this.closed = true;
  }

  private async release(): Promise<void> {
    if (this.handle === null) return;
    const handle = this.handle;
    this.handle = null;
    // The worker may have ended, and its listings with it: nothing is left to close then.
    await this.bridge.request('folder.close', handle).catch(() => null);
  }
}
