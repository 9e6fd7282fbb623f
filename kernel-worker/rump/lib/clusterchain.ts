/**
 * The chain of clusters of one file or directory, as runs: what pcbmap and its cache are in NetBSD's msdosfs. The chain is walked once, as far
 * as it is asked for, and never again from the start. For file systems with a table that says which cluster follows which.
 */

import { damaged } from '../errno.ts';

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
 * Runs that are kept for a chain; 4,096 take some 100 KiB. A chain in more pieces keeps every second of them, then every fourth …, and walks
 * from the nearest one. A directory of the greatest length in the smallest clusters has no more than these.
 */
const MAX_RUNS = 4096;
/** How far behind the asked cluster a run is followed at once: 65,536 entries, of FAT32 256 KiB. */
const LOOKAHEAD_CLUSTERS = 65_536;

/** `count` clusters on the medium from `cluster` on, which hold the chain from the asked index on. */
export interface ClusterRun {
  cluster: number;
  count: number;
}

export class ClusterChain {
  private readonly table: ClusterTable;
  /** Of each run kept: index of its first cluster in the chain, number of that cluster, and length in clusters. */
  private readonly starts: number[] = [];
  private readonly clusters: number[] = [];
  private readonly lengths: number[] = [];
  /** true: some runs were dropped. */
  private thinned = false;

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
    this.append(0, firstCluster, table.contiguous(firstCluster, LOOKAHEAD_CLUSTERS));
  }

  /**
   * The run from the chain's `index`-th cluster (counted from 0) on, as long as it is contiguous, or LOOKAHEAD_CLUSTERS; null if the chain has ended before.
   * EUCLEAN if it leads nowhere or in a circle, EIO if the FAT cannot be read.
   */
  runAt(index: number): ClusterRun | null {
    let kept = this.lastRunBefore(index);
    let start = this.starts[kept];
    let cluster = this.clusters[kept];
    let length = this.lengths[kept];
    while (index >= start + length) {
      const last = cluster + length - 1;
      const next = this.table.next(last);
      if (next === CHAIN_END) return null;
      const isTail = kept === this.starts.length - 1;
      start += length;
      cluster = next;
      length = this.table.contiguous(next, Math.max(0, index - start) + LOOKAHEAD_CLUSTERS);
      if (isTail) {
        length = this.lengthWithoutLoop(start, last, next, length);
        this.append(start, next, length);
        kept = this.starts.length - 1;
      }
    }
    return { cluster: cluster + index - start, count: start + length - index };
  }

  /** Index of the last run kept that starts at or before the chain's `index`-th cluster. */
  private lastRunBefore(index: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private append(start: number, cluster: number, length: number): void {
    const last = this.starts.length - 1;
    const continues =
      last >= 0 &&
      this.starts[last] + this.lengths[last] === start &&
      this.clusters[last] + this.lengths[last] === cluster;
    if (continues) {
      this.lengths[last] += length;
      return;
    }
    if (this.starts.length >= MAX_RUNS) this.thin();
    this.starts.push(start);
    this.clusters.push(cluster);
    this.lengths.push(length);
  }

  private thin(): void {
    const kept = this.starts.length >> 1;
    for (const column of [this.starts, this.clusters, this.lengths]) {
      for (let i = 0; i < kept; i++) column[i] = column[i * 2];
      column.length = kept;
    }
    this.thinned = true;
  }

  /**
   * How much of a new run comes before a cluster that the chain has already. EUCLEAN if nothing does: the chain then runs in a circle, as does one
   * that is longer than the medium has clusters (the only test once runs were dropped).
   */
  private lengthWithoutLoop(start: number, last: number, next: number, length: number): number {
    let free = start < this.table.clusterLimit ? length : 0;
    if (!this.thinned) {
      for (let i = 0; i < this.starts.length; i++) {
        const known = this.clusters[i];
        if (next < known) free = Math.min(free, known - next);
        else if (next < known + this.lengths[i]) free = 0;
      }
    }
    if (free <= 0) {
      const byteOffset = this.table.entryOffset(last);
      throw damaged('a chain of clusters runs in a circle', { byteOffset, found: next });
    }
    return free;
  }
}
