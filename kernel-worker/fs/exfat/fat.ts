/** The file allocation table (§4.1): which cluster follows which, where a file is not contiguous. Of TexFAT's two, the active one. */

import { asKernelError, damaged } from '../../rump/errno.ts';
import { type ClusterTable, contiguousClusters, followingCluster } from '../../rump/lib/clusterchain.ts';
import { u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { type BootSector, VOLUME_FLAG } from './format.ts';

/** What is read of the FAT at once: one page of most caches. */
const WINDOW_BYTES = 4096;
/** What is read at once where a window has a bad sector. */
const SMALLEST_SECTOR = 512;
/** Of an end the specification has 0xffffffff alone; the rest of the range ends chains for other readers too. */
const MARKS = { bad: 0xffff_fff7, end: 0xffff_fff8 };

export class Fat implements ClusterTable {
  readonly clusterLimit: number;
  private readonly device: FsDevice;
  private readonly start: number;
  private window: Uint8Array = new Uint8Array(0);
  private windowOffset = 0;

  constructor(device: FsDevice, boot: BootSector) {
    this.device = device;
    this.clusterLimit = boot.clusterCount + 2;
    const second = boot.fatCount === 2 && (boot.flags & VOLUME_FLAG.activeFat) !== 0;
    this.start = boot.fatOffset + (second ? boot.fatBytes : 0);
  }

  next(cluster: number): number {
    return followingCluster(this, cluster, MARKS);
  }

  contiguous(cluster: number, limit: number): number {
    return contiguousClusters(this, cluster, limit);
  }

  entryOffset(cluster: number): number {
    return this.start + cluster * 4;
  }

  /** The raw entry of a cluster. */
  entry(cluster: number): number {
    const offset = this.start + cluster * 4;
    let within = offset - this.windowOffset;
    if (within < 0 || within + 4 > this.window.length) {
      this.load(offset);
      within = offset - this.windowOffset;
    }
    return u32le(this.window, within);
  }

  /** Entries never cross a window: the FAT starts at a sector. */
  private load(offset: number): void {
    try {
      this.loadBlock(offset, WINDOW_BYTES);
    } catch (error) {
      if (asKernelError(error).kind !== 'medium') throw error;
      this.loadBlock(offset, SMALLEST_SECTOR);
    }
  }

  private loadBlock(offset: number, blockBytes: number): void {
    const start = offset - (offset % blockBytes);
    if (offset + 4 > this.device.sizeBytes)
      throw damaged('the FAT ends with the device, before its entries do', { byteOffset: offset });
    const block = this.device.bread(start, Math.min(blockBytes, this.device.sizeBytes - start));
    this.window = block;
    this.windowOffset = start;
  }
}
