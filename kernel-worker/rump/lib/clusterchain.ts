/**
 * The chain of clusters of one file or directory, as runs: what pcbmap and its cache are in NetBSD's msdosfs. The chain is walked once, as far
 * as it is asked for, and never again from the start. For file systems with a table of which cluster
 * follows which: FAT and exFAT.
 */

import { asKernelError, damaged } from '../errno.ts';

/** Answer of `next` at the end of a chain. */
export const CHAIN_END = 0;

/** The table: clusters are numbered from 2. */
export interface ClusterTable {
  /** The first cluster number that is past the last. */
  readonly clusterLimit: number;
  /** The cluster that follows, or CHAIN_END. EUCLEAN if the entry leads nowhere, EIO if it cannot be read. */
  next(cluster: number): number;
  /** How many clusters from `cluster` on follow each other on the medium too; at least 1, at most `limit`. Throws ENXIO only. */
  contiguous(cluster: number, limit: number): number;
  /** Where on the device the entry of a cluster stands. */
  entryOffset(cluster: number): number;
}

/**
 * Runs that are kept for a chain; 4,096 take some 100 KiB. Of a chain in more pieces every second is kept, then every fourth …, and the walk
 * starts at the nearest one. A directory of the greatest length in the smallest clusters has no more than these.
 */
const MAX_RUNS = 4096;
/** How far behind the asked cluster a run is followed at once: 65,536 entries, of FAT32 256 KiB. */
const LOOKAHEAD_CLUSTERS = 65_536;

/** `count` clusters on the medium from `cluster` on, which hold the chain from the asked index on. */
export interface ClusterRun {
  cluster: number;
  count: number;
}

/** A run and the index of its first cluster in the chain. */
interface PlacedRun extends ClusterRun {
  start: number;
}

export class ClusterChain {
  private readonly table: ClusterTable;
  /** Every `stride`-th run from the first on. */
  private kept: PlacedRun[];
  private stride = 1;
  /** The last run that was walked to, and its number, counted from 0. */
  private tail: PlacedRun;
  private tailNumber = 0;
  /** The run of the last answer: reading on starts here where the runs in between were dropped. */
  private recent: PlacedRun;

  /** EUCLEAN if `firstCluster` is none; `place` is where on the device it was written. */
  constructor(table: ClusterTable, firstCluster: number, place: number) {
    if (firstCluster < 2 || firstCluster >= table.clusterLimit) {
      throw damaged('the first cluster of a file does not exist', {
        byteOffset: place,
        expected: `2 to ${table.clusterLimit - 1}`,
        found: firstCluster,
      });
    }
    this.table = table;
    this.tail = { start: 0, cluster: firstCluster, count: table.contiguous(firstCluster, LOOKAHEAD_CLUSTERS) };
    this.kept = [this.tail];
    this.recent = this.tail;
  }

  /**
   * The run from the chain's `index`-th cluster (counted from 0) on, as long as it is contiguous, or LOOKAHEAD_CLUSTERS; null if the chain has
   * ended before. EUCLEAN if it leads nowhere or in a circle, EIO if the FAT cannot be read.
   */
  runAt(index: number): ClusterRun | null {
    let run = this.nearestBefore(index);
    while (index >= run.start + run.count) {
      const last = run.cluster + run.count - 1;
      const next = this.table.next(last);
      if (next === CHAIN_END) return null;
      const start = run.start + run.count;
      const count = this.table.contiguous(next, Math.max(0, index - start) + LOOKAHEAD_CLUSTERS);
      run = run === this.tail ? this.extend(last, { start, cluster: next, count }) : { start, cluster: next, count };
    }
    this.recent = run;
    const within = index - run.start;
    return { cluster: run.cluster + within, count: run.count - within };
  }

  /** The last known run that starts at or before the chain's `index`-th cluster. */
  private nearestBefore(index: number): PlacedRun {
    if (index >= this.tail.start) return this.tail;
    const kept = this.lastKeptBefore(index);
    return this.recent.start <= index && this.recent.start > kept.start ? this.recent : kept;
  }

  private lastKeptBefore(index: number): PlacedRun {
    let low = 0;
    let high = this.kept.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.kept[middle].start <= index) low = middle;
      else high = middle - 1;
    }
    return this.kept[low];
  }

  /** Makes `run`, which follows cluster `last`, the tail, or a part of it where it is contiguous with it. EUCLEAN if it was met before. */
  private extend(last: number, run: PlacedRun): PlacedRun {
    run.count = this.countWithoutLoop(last, run);
    if (last + 1 === run.cluster) {
      this.tail.count += run.count;
      return this.tail;
    }
    this.tail = run;
    this.tailNumber += 1;
    if (this.tailNumber % this.stride === 0) {
      if (this.kept.length >= MAX_RUNS) this.thin();
      if (this.tailNumber % this.stride === 0) this.kept.push(run);
    }
    return run;
  }

  private thin(): void {
    this.kept = this.kept.filter((_, number) => number % 2 === 0);
    this.stride *= 2;
  }

  /**
   * How much of a new run comes before a cluster that the chain has already. EUCLEAN if nothing does: the chain then runs in a circle, as does one
   * that is longer than the medium has clusters (the only test once runs were dropped).
   */
  private countWithoutLoop(last: number, run: PlacedRun): number {
    let count = run.start < this.table.clusterLimit ? run.count : 0;
    if (this.stride === 1) {
      for (const known of this.kept) {
        if (run.cluster < known.cluster) count = Math.min(count, known.cluster - run.cluster);
        else if (run.cluster < known.cluster + known.count) count = 0;
      }
    }
    if (count <= 0) {
      const byteOffset = this.table.entryOffset(last);
      throw damaged('a chain of clusters runs in a circle', { byteOffset, found: run.cluster });
    }
    return count;
  }
}

/** A table whose raw entries can be read, as FAT's and exFAT's. */
interface EntryTable extends Pick<ClusterTable, 'clusterLimit' | 'entryOffset'> {
  entry(cluster: number): number;
}

/** What the table's entry says of the cluster that follows, or CHAIN_END: `bad` marks a bad cluster, `end` is the first mark of a chain's end. EUCLEAN. */
export function followingCluster(table: EntryTable, cluster: number, marks: { bad: number; end: number }): number {
  const value = table.entry(cluster);
  if (value >= 2 && value < table.clusterLimit) return value;
  if (value >= marks.end) return CHAIN_END;
  const what =
    value === 0
      ? 'a chain of clusters leads into a free cluster'
      : value === marks.bad
        ? 'a chain of clusters leads into a cluster marked as bad'
        : 'a chain of clusters leads to a cluster that does not exist';
  throw damaged(what, {
    byteOffset: table.entryOffset(cluster),
    expected: `2 to ${table.clusterLimit - 1}, or an end mark`,
    found: `0x${value.toString(16)}`,
  });
}

/** See ClusterTable.contiguous. */
export function contiguousClusters(table: EntryTable, cluster: number, limit: number): number {
  const most = Math.min(limit, table.clusterLimit - cluster);
  let count = 1;
  try {
    while (count < most && table.entry(cluster + count - 1) === cluster + count) count += 1;
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
  }
  return count;
}
