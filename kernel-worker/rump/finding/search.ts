/** A search through everything below a directory, in slices: between two of them the worker answers other calls. */

import { folded } from '../../../assets/text/folding.ts';
import { namePattern } from '../../../assets/text/name-pattern.ts';
import type { EntryReport, FoundPage, SearchQuery, TimeBound } from '../../contract.ts';
import { type FtsEntry, fts } from '../vfs/fts.ts';
import type { Mount, Vnode } from '../vfs/mount.ts';
import type { Timespec } from '../vfs/time.ts';
import type { Vattr } from '../vfs/vnode.ts';

/** One slice: short enough that a folder opened meanwhile comes at once. */
const SLICE_MS = 25;
const MAX_MATCHES = 1000;
/** The clock is looked at after so many entries. */
const CLOCK_STEP = 64;

export class Search {
  private readonly entries: Generator<FtsEntry, void>;
  private readonly namePasses: (name: string) => boolean;
  private readonly query: SearchQuery;

  constructor(mount: Mount, start: Vnode, query: SearchQuery) {
    this.query = query;
    this.namePasses = nameTest(query);
    this.entries = fts(mount, start, {
      passBy: query.what === 'folders' ? () => true : (name) => !this.namePasses(name),
    });
  }

  /** The next slice; `report` makes an entry what the caller gets. ENXIO if the medium is gone. */
  read(report: (entry: FtsEntry) => EntryReport): FoundPage {
    const page: FoundPage = { entries: [], looked: 0, failures: 0, end: false };
    const until = performance.now() + SLICE_MS;
    while (page.entries.length < MAX_MATCHES) {
      const next = this.entries.next();
      if (next.done) {
        page.end = true;
        break;
      }
      page.looked += 1;
      if (next.value.failure !== null) page.failures += 1;
      if (this.matches(next.value)) page.entries.push(report(next.value));
      if (page.looked % CLOCK_STEP === 0 && performance.now() > until) break;
    }
    return page;
  }

  private matches({ name, vnode, failure }: FtsEntry): boolean {
    // Passed by, or the failure of a directory that has been given out itself.
    if (name === '' || (vnode === null && failure === null)) return false;
    if (!this.namePasses(name)) return false;
    return vnode === null ? asksForNameOnly(this.query) : attributesPass(vnode.attr, this.query);
  }
}

function nameTest({ name, extensions }: SearchQuery): (name: string) => boolean {
  const fits = namePattern(name);
  if (extensions === null) return fits;
  const wanted = new Set(extensions);
  return (candidate) => wanted.has(extensionOf(candidate)) && fits(candidate);
}

/** What is behind the last dot; '' where the name begins with it or has none. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : folded(name.slice(dot + 1));
}

function asksForNameOnly({ what, minBytes, maxBytes, modifiedFrom, modifiedBefore }: SearchQuery): boolean {
  return what === 'all' && minBytes === null && maxBytes === null && modifiedFrom === null && modifiedBefore === null;
}

function attributesPass(attr: Vattr, query: SearchQuery): boolean {
  const { what, extensions, minBytes, maxBytes, modifiedFrom, modifiedBefore } = query;
  const isFolder = attr.type === 'dir';
  if (what !== 'all' && isFolder !== (what === 'folders')) return false;
  // Folders have neither a size nor a kind that people would ask for.
  if (isFolder && (minBytes !== null || maxBytes !== null || extensions !== null)) return false;
  if (minBytes !== null && attr.size < minBytes) return false;
  if (maxBytes !== null && attr.size > maxBytes) return false;
  if (modifiedFrom !== null && !(secondsOf(attr.mtime, modifiedFrom) >= 0)) return false;
  if (modifiedBefore !== null && !(secondsOf(attr.mtime, modifiedBefore) < 0)) return false;
  return true;
}

/** Seconds from a bound to a time; NaN where there is no time. */
function secondsOf(time: Timespec | null, bound: TimeBound): number {
  if (time === null) return Number.NaN;
  return time.sec - (time.local === true ? bound.wallSec : bound.instantSec);
}
