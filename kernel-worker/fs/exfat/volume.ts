/** A mounted exFAT volume: its boot sector, its FAT, its up-case table, and the chains that are in use. */

import { damaged } from '../../rump/errno.ts';
import { ClusterChain, type ClusterRun } from '../../rump/lib/clusterchain.ts';
import { LruMap } from '../../rump/vfs/lru.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { Fat } from './fat.ts';
import type { BootSector } from './format.ts';

/** Chains whose runs are remembered; each takes 100 KiB at most (clusterchain.ts). */
const MAX_CHAINS = 64;

/** What of a node tells where its content lies. */
export interface Allocation {
  firstCluster: number;
  contiguous: boolean;
  size: number;
  /** Where on the device it was written. */
  entryOffset: number;
}

export class Volume {
  readonly device: FsDevice;
  readonly boot: BootSector;
  private readonly fat: Fat;
  private readonly chains = new LruMap<number, ClusterChain>(MAX_CHAINS);

  constructor(device: FsDevice, boot: BootSector) {
    this.device = device;
    this.boot = boot;
    this.fat = new Fat(device, boot);
  }

  /** Bytes of all clusters together: nothing on the volume is longer. */
  get heapBytes(): number {
    return this.boot.clusterCount * this.boot.clusterBytes;
  }

  /** Where a cluster starts on the device. */
  clusterOffset(cluster: number): number {
    return this.boot.heapOffset + (cluster - 2) * this.boot.clusterBytes;
  }

  /** The clusters from the `index`-th of an allocation on, as far as they follow each other; null behind its end. EUCLEAN, EIO. */
  runAt(allocation: Allocation, index: number): ClusterRun | null {
    if (!allocation.contiguous) return this.chainOf(allocation).runAt(index);
    const { firstCluster, size, entryOffset } = allocation;
    const count = Math.ceil(size / this.boot.clusterBytes);
    const limit = this.fat.clusterLimit;
    if (firstCluster < 2 || firstCluster + count > limit) {
      throw damaged('a contiguous file lies outside of the clusters that there are', {
        byteOffset: entryOffset,
        expected: `${count} of the clusters 2 to ${limit - 1}`,
        found: firstCluster,
      });
    }
    return index < count ? { cluster: firstCluster + index, count: count - index } : null;
  }

  private chainOf(allocation: Allocation): ClusterChain {
    const known = this.chains.get(allocation.firstCluster);
    if (known !== undefined) return known;
    const chain = new ClusterChain(this.fat, allocation.firstCluster, allocation.entryOffset);
    this.chains.set(allocation.firstCluster, chain);
    return chain;
  }

  /** Fills `into` with an allocation's first bytes. EUCLEAN where it ends before. */
  readStart(allocation: Allocation, into: Uint8Array): void {
    const { clusterBytes } = this.boot;
    for (let done = 0; done < into.length; ) {
      const run = this.runAt(allocation, done / clusterBytes);
      if (run === null)
        throw damaged('a chain of clusters ends too early', {
          byteOffset: allocation.entryOffset,
          expected: into.length,
          found: done,
        });
      const count = Math.min(run.count * clusterBytes, into.length - done);
      this.device.read(this.clusterOffset(run.cluster), into.subarray(done, done + count));
      done += count;
    }
  }
}
