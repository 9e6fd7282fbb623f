/** Searches of media, and the sums of what takes their space: opened, read slice by slice, closed. The worker does the work; names stay data here. */

import type { SearchQuery, SpaceProgress, SpaceView } from '../../kernel-worker/contract.ts';
import type { FoundFiles } from '../contract.ts';
import type { KernelProcess } from '../kernels/kernel-process.ts';
import { texts } from '../texts.ts';
import type { Media } from './media.ts';
import { mountOf } from './opened-medium.ts';
import { refused } from './problems.ts';

/** A window has one of each; what was left open is closed, the oldest first. */
const MAX_SEARCHES = 8;
const MAX_SUMS = 4;
/** Results of one search: what a list can hold, and more than anybody looks through. */
const MAX_RESULTS = 50_000;
/** An answer waits for so many results, or so long: a few times a second is as often as the eye needs them. */
const ENOUGH_RESULTS = 500;
const ENOUGH_MS = 120;

interface OpenSearch {
  kernel: KernelProcess;
  query: SearchQuery;
  /** The volume that is being searched and those that are still to be, with where in each the search begins. */
  volumes: Array<{ volume: number; mount: number; path: string }>;
  /** Of the first of these. */
  fd: number | null;
  found: number;
}

interface OpenSums {
  kernel: KernelProcess;
  fd: number;
}

export class Searches {
  private readonly media: Pick<Media, 'opened'>;
  private readonly searches = new Map<string, OpenSearch>();
  private readonly sums = new Map<string, OpenSums>();
  private lastNumber = 0;

  constructor(media: Pick<Media, 'opened'>) {
    this.media = media;
  }

  open(mediumId: string, volume: number | null, path: string, query: SearchQuery): string {
    const opened = this.media.opened(mediumId);
    const volumes =
      volume === null
        ? [...opened.mounts].map(([number, mount]) => ({ volume: number, mount, path: '/' }))
        : [{ volume, mount: mountOf(opened, volume), path }];
    this.lastNumber += 1;
    const id = `search-${this.lastNumber}`;
    this.searches.set(id, { kernel: opened.kernel, query, volumes, fd: null, found: 0 });
    for (const oldest of this.searches.keys()) {
      if (this.searches.size <= MAX_SEARCHES) break;
      void this.close(oldest);
    }
    return id;
  }

  async read(id: string): Promise<FoundFiles> {
    const search = this.searches.get(id);
    if (search === undefined) throw refused(texts().find.closed);
    const begun = Date.now();
    const [place] = search.volumes;
    if (place === undefined) return { entries: [], looked: 0, failures: 0, volume: 0, end: true, limited: false };
    const fd = search.fd ?? (await search.kernel.call('findOpen', place.mount, place.path, search.query)).fd;
    search.fd = fd;
    if (!this.searches.has(id)) {
      // Closed while the worker opened it.
      await this.closeDescriptor(search);
      throw refused(texts().find.closed);
    }
    const prefix = place.path === '/' ? '/' : `${place.path}/`;
    const found: FoundFiles = { entries: [], looked: 0, failures: 0, volume: place.volume, end: false, limited: false };
    while (!found.end && found.entries.length < ENOUGH_RESULTS && Date.now() - begun < ENOUGH_MS) {
      const page = await search.kernel.call('findRead', fd);
      for (const entry of page.entries) found.entries.push({ ...entry, name: prefix + entry.name });
      found.looked += page.looked;
      found.failures += page.failures;
      found.end = page.end;
    }
    return this.bounded(search, found);
  }

  /** Ends it at the limit, and goes on with the next volume where one is left. */
  private async bounded(search: OpenSearch, found: FoundFiles): Promise<FoundFiles> {
    const room = MAX_RESULTS - search.found;
    found.limited = found.entries.length > room;
    found.entries = found.entries.slice(0, room);
    search.found += found.entries.length;
    if (found.end || found.limited) {
      await this.closeDescriptor(search);
      search.volumes = found.limited ? [] : search.volumes.slice(1);
    }
    found.end = search.volumes.length === 0;
    return found;
  }

  private async closeDescriptor(search: OpenSearch): Promise<void> {
    const { fd } = search;
    search.fd = null;
    // Where its worker has ended, nothing is left to be closed.
    if (fd !== null) await search.kernel.call('close', fd).catch(() => null);
  }

  async close(id: string): Promise<void> {
    const search = this.searches.get(id);
    this.searches.delete(id);
    if (search !== undefined) await this.closeDescriptor(search);
  }

  async openSums(mediumId: string, volume: number): Promise<string> {
    const opened = this.media.opened(mediumId);
    const { fd } = await opened.kernel.call('sumOpen', mountOf(opened, volume));
    this.lastNumber += 1;
    const id = `space-${this.lastNumber}`;
    this.sums.set(id, { kernel: opened.kernel, fd });
    for (const oldest of this.sums.keys()) {
      if (this.sums.size <= MAX_SUMS) break;
      await this.closeSums(oldest);
    }
    return id;
  }

  async readSums(id: string): Promise<SpaceProgress> {
    const { kernel, fd } = this.sumsOf(id);
    const begun = Date.now();
    for (;;) {
      const progress = await kernel.call('sumRead', fd);
      if (progress.end || Date.now() - begun >= ENOUGH_MS) return progress;
    }
  }

  async viewSums(id: string, path: string): Promise<SpaceView> {
    const { kernel, fd } = this.sumsOf(id);
    return kernel.call('sumView', fd, path);
  }

  async closeSums(id: string): Promise<void> {
    const sums = this.sums.get(id);
    this.sums.delete(id);
    await sums?.kernel.call('close', sums.fd).catch(() => null);
  }

  private sumsOf(id: string): OpenSums {
    const sums = this.sums.get(id);
    if (sums === undefined) throw refused(texts().space.closed);
    return sums;
  }
}
