/** The results of one search as they come in: sorted, counted, and stopped at any time. */

import type { Bridge, FoundFiles, Problem, SearchQuery } from '../../main/contract.ts';
import type { Column } from '../state/columns.ts';
import { inOrder, mergeByName, type Order } from '../state/order.ts';
import { baseName, parentPath } from '../state/place.ts';
import { problemFrom } from '../state/problem.ts';
import { type Row, type RowSource, rowFrom } from '../state/row.ts';

/** While results come in, the list on the screen is renewed at most so often. */
const PUBLISH_EVERY_MS = 150;

export interface SearchPlace {
  mediumId: string;
  /** null: all volumes. */
  volume: number | null;
  path: string;
}

export class Results implements RowSource {
  loading = $state(true);
  stopped = $state(false);
  limited = $state(false);
  looked = $state(0);
  failures = $state(0);
  problem = $state.raw<Problem | null>(null);
  order = $state.raw<Order>({ column: 'name', descending: false });
  private byName = $state.raw<readonly Row[]>([]);
  readonly rows = $derived(inOrder(this.byName, this.order));
  readonly keys = $derived(this.rows.map((row) => row.key));
  private readonly bridge: Bridge;
  /** What is shown of the folder in which a result lies. */
  private readonly folderLabel: (volume: number, folder: string) => string;

  constructor(bridge: Bridge, folderLabel: (volume: number, folder: string) => string) {
    this.bridge = bridge;
    this.folderLabel = folderLabel;
  }

  /** Reads to the end, or until stop(). Never rejects: what went wrong is in `problem`. */
  async load({ mediumId, volume, path }: SearchPlace, query: SearchQuery): Promise<void> {
    let handle: string | null = null;
    try {
      handle = (await this.bridge.request('search.open', mediumId, volume, path, query)).search;
      await this.readAll(handle);
    } catch (reason) {
      if (!this.stopped) this.problem = problemFrom(reason);
    }
    this.loading = false;
    // The worker may have ended, and its searches with it: nothing is left to close then.
    if (handle !== null) await this.bridge.request('search.close', handle).catch(() => null);
  }

  private async readAll(handle: string): Promise<void> {
    let waiting: Row[] = [];
    let looked = 0;
    let failures = 0;
    let limited = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const publish = () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (waiting.length > 0) this.byName = mergeByName(this.byName, waiting);
      waiting = [];
      this.looked = looked;
      this.failures = failures;
      this.limited = limited;
    };
    try {
      for (let end = false; !end && !this.stopped; ) {
        const page = await this.bridge.request('search.read', handle);
        ({ end, limited } = page);
        looked += page.looked;
        failures += page.failures;
        for (const row of this.rowsOf(page)) waiting.push(row);
        // By a timer and not with the next part, which a slow stick may keep back for long.
        if (this.byName.length === 0 && waiting.length > 0) publish();
        else timer ??= setTimeout(publish, PUBLISH_EVERY_MS);
      }
    } finally {
      publish();
    }
  }

  private rowsOf({ volume, entries }: FoundFiles): Row[] {
    return entries.map((entry) => {
      const folder = parentPath(entry.name) ?? '/';
      const row = rowFrom({ ...entry, name: baseName(entry.name) });
      return {
        ...row,
        key: `${volume}:${entry.name}`,
        place: { volume, folder, label: this.folderLabel(volume, folder) },
      };
    });
  }

  stop(): void {
    if (this.loading) this.stopped = true;
  }

  sortBy(column: Column): void {
    const descending =
      this.order.column === column
        ? !this.order.descending
        : column === 'size' || column === 'modified' || column === 'created';
    this.order = { column, descending };
  }
}
