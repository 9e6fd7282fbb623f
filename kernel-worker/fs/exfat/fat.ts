/** The file allocation table (§4.1): which cluster follows which, where a file is not contiguous. Of TexFAT's two, the active one. */

import { asKernelError, damaged } from '../../rump/errno.ts';
import { CHAIN_END, type ClusterTable } from '../../rump/lib/clusterchain.ts';
import { u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { type BootSector, VOLUME_FLAG } from './format.ts';

/** What is read of the FAT at once: one page of most caches. */
const WINDOW_BYTES = 4096;
/** What is read at once where a window has a bad sector. */
const SMALLEST_SECTOR = 512;
const MARK_BAD = 0xffff_fff7;
/** The specification has 0xffffffff alone; the rest of the range ends chains for other readers too. */
const FIRST_END_MARK = 0xffff_fff8;

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
    const value = this.entry(cluster);
    if (value >= 2 && value < this.clusterLimit) return value;
    if (value >= FIRST_END_MARK) return CHAIN_END;
    const what =
      value === 0
        ? 'a chain of clusters leads into a free cluster'
        : value === MARK_BAD
          ? 'a chain of clusters leads into a cluster marked as bad'
          : 'a chain of clusters leads to a cluster that does not exist';
    throw damaged(what, {
      byteOffset: this.entryOffset(cluster),
      expected: `2 to ${this.clusterLimit - 1}, or an end mark`,
      found: `0x${value.toString(16)}`,
    });
  }

  contiguous(cluster: number, limit: number): number {
    const most = Math.min(limit, this.clusterLimit - cluster);
    let count = 1;
    try {
      while (count < most && this.entry(cluster + count - 1) === cluster + count) count += 1;
    } catch (error) {
      if (asKernelError(error).kind === 'removed') throw error;
    }
    return count;
  }

  entryOffset(cluster: number): number {
    return this.start + cluster * 4;
  }

  private entry(cluster: number): number {
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
