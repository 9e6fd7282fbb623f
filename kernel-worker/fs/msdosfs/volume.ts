/** A mounted FAT volume (NetBSD's msdosfsmount): its boot sector, its FAT, and the chains that are in use. */

import { ClusterChain } from '../../rump/lib/clusterchain.ts';
import { LruMap } from '../../rump/vfs/lru.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import type { Denode } from './denode.ts';
import type { Fat } from './fat.ts';
import { type BootSector, DIRENT } from './format.ts';
import type { ShortNames } from './shortname.ts';

/** Chains whose runs are remembered; each takes 100 KiB at most (clusterchain.ts). */
const MAX_CHAINS = 64;

export class Volume {
  readonly device: FsDevice;
  readonly boot: BootSector;
  readonly fat: Fat;
  readonly shortNames: ShortNames;
  private readonly chains = new LruMap<number, ClusterChain>(MAX_CHAINS);

  constructor(device: FsDevice, boot: BootSector, fat: Fat, shortNames: ShortNames) {
    this.device = device;
    this.boot = boot;
    this.fat = fat;
    this.shortNames = shortNames;
  }

  /** The chain of a file or directory. EUCLEAN if its first cluster does not exist. */
  chainOf(node: Denode): ClusterChain {
    const known = this.chains.get(node.firstCluster);
    if (known !== undefined) return known;
    const chain = new ClusterChain(this.fat, node.firstCluster, node.entryOffset + DIRENT.clusterLow);
    this.chains.set(node.firstCluster, chain);
    return chain;
  }

  /** Where a cluster starts on the device. */
  clusterOffset(cluster: number): number {
    return this.boot.geometry.dataOffset + (cluster - 2) * this.boot.geometry.clusterBytes;
  }
}
