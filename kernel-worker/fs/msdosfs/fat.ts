/** The file allocation table ("FAT Data Structure"): which cluster follows which. Another copy is read where the first cannot be. */

import { asKernelError, damaged, type KernelError, mediumError } from '../../rump/errno.ts';
import { type ClusterTable, contiguousClusters, followingCluster } from '../../rump/lib/clusterchain.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import type { BootSector, FatBits, Geometry } from './format.ts';

/** What is read of a FAT at once. 8 KiB hold all of FAT12's (6,129 bytes), whose entries may cross sectors; other widths divide it. */
const WINDOW_BYTES = 8 * 1024;
/** What is read at once where a window cannot be read whole. */
const SMALLEST_SECTOR = 512;
/** The longest FAT that is read through only to count free clusters: 4 million clusters of FAT32, half a second from a slow stick. */
const MAX_COUNTED_BYTES = 16 * 1024 * 1024;

/** Of each width: the bits that count, the mark of a bad cluster, and the first mark of a chain's end. */
const MARKS: Record<FatBits, { mask: number; bad: number; end: number }> = {
  12: { mask: 0xfff, bad: 0xff7, end: 0xff8 },
  16: { mask: 0xffff, bad: 0xfff7, end: 0xfff8 },
  32: { mask: 0x0fff_ffff, bad: 0x0fff_fff7, end: 0x0fff_fff8 },
};

const EMPTY = new Uint8Array(0);

export class Fat implements ClusterTable {
  /** The first cluster number that is past the last. */
  readonly clusterLimit: number;
  private readonly device: FsDevice;
  private readonly geometry: Geometry;
  /** Byte offsets of the copies that are kept up to date, the one to be read first in front. */
  private readonly copies: readonly number[];
  private readonly notice: (sentence: string) => void;
  private window: Uint8Array = EMPTY;
  private windowStart = 0;
  /** For each SMALLEST_SECTOR of the window the failure that makes it unreadable; null if all of it was read. */
  private failures: Array<KernelError | null> | null = null;
  private toldFallback = false;

  constructor(device: FsDevice, boot: BootSector, notice: (sentence: string) => void) {
    this.device = device;
    this.geometry = boot.geometry;
    this.clusterLimit = boot.geometry.clusterCount + 2;
    this.notice = notice;
    this.copies = this.orderedCopies(boot);
  }

  /** The cluster that follows, or CHAIN_END. EUCLEAN with the place of the entry that leads nowhere; EIO if no copy can be read there. */
  next(cluster: number): number {
    return followingCluster(this, cluster, MARKS[this.geometry.bits]);
  }

  /**
   * How many clusters from `cluster` on follow each other on the medium too; at least 1, at most `limit`. What cannot be read ends them: `next`
   * says so when it is needed. Throws ENXIO only.
   */
  contiguous(cluster: number, limit: number): number {
    return contiguousClusters(this, cluster, limit);
  }

  /** The raw entry of a cluster below clusterLimit (0 and 1 too). */
  entry(cluster: number): number {
    const { bits } = this.geometry;
    if (bits === 12) return this.entry12(cluster);
    const width = bits >> 3;
    const at = this.locate(cluster * width, width);
    return bits === 16 ? u16le(this.window, at) : u32le(this.window, at) & 0x0fff_ffff;
  }

  /** Where on the device the entry stands, in the copy that is read first. */
  entryOffset(cluster: number): number {
    return this.copies[0] + Math.floor((cluster * this.geometry.bits) / 8);
  }

  /** How many clusters are free; null if the FAT is too long to be counted in one go, or cannot be read. */
  countFree(): number | null {
    if (this.geometry.fatBytes > MAX_COUNTED_BYTES) return null;
    try {
      let free = 0;
      for (let cluster = 2; cluster < this.clusterLimit; cluster++) if (this.entry(cluster) === 0) free += 1;
      return free;
    } catch (error) {
      if (asKernelError(error).kind === 'removed') throw error;
      return null;
    }
  }

  /** Two entries share three bytes: the even one has the first byte and the low nibble of the second. */
  private entry12(cluster: number): number {
    const at = this.locate(cluster + (cluster >> 1), 2);
    const pair = u16le(this.window, at);
    return (cluster & 1) === 0 ? pair & 0xfff : pair >> 4;
  }

  /** Where in the window the bytes [at, at + width) of the FAT are, after loading what is needed. */
  private locate(at: number, width: number): number {
    let within = at - this.windowStart;
    if (within < 0 || within + width > this.window.length) {
      this.load(at - (at % WINDOW_BYTES));
      within = at - this.windowStart;
      if (within + width > this.window.length) {
        throw damaged('the FAT ends before its entries do', { byteOffset: this.copies[0] + at });
      }
    }
    if (this.failures !== null) this.needReadable(this.failures, within, width);
    return within;
  }

  private needReadable(failures: Array<KernelError | null>, within: number, width: number): void {
    const failure =
      failures[Math.floor(within / SMALLEST_SECTOR)] ?? failures[Math.floor((within + width - 1) / SMALLEST_SECTOR)];
    if (failure)
      throw mediumError(failure.byteOffset ?? this.copies[0] + this.windowStart, 'no copy of the FAT can be read here');
  }

  private load(start: number): void {
    const available = Math.min(this.geometry.fatBytes - start, this.device.sizeBytes - this.copies[0] - start);
    const lengthBytes = Math.max(0, Math.min(WINDOW_BYTES, available));
    this.failures = null;
    this.windowStart = start;
    this.window = EMPTY;
    if (lengthBytes === 0) return;
    try {
      this.window = this.device.bread(this.copies[0] + start, lengthBytes);
    } catch (error) {
      if (asKernelError(error).kind !== 'medium') throw error;
      this.loadBySectors(start, lengthBytes);
    }
  }

  private loadBySectors(start: number, lengthBytes: number): void {
    const window = new Uint8Array(lengthBytes);
    const failures: Array<KernelError | null> = [];
    for (let at = 0; at < lengthBytes; at += SMALLEST_SECTOR) {
      failures.push(this.readSector(start + at, window.subarray(at, at + SMALLEST_SECTOR)));
    }
    this.window = window;
    this.failures = failures;
  }

  /** Fills `into` from the first copy that can be read; else returns the first one's failure. */
  private readSector(at: number, into: Uint8Array): KernelError | null {
    let first: KernelError | null = null;
    for (const copy of this.copies) {
      try {
        into.set(this.device.bread(copy + at, into.length));
        if (first !== null) this.tellFallback();
        return null;
      } catch (error) {
        const failure = asKernelError(error);
        if (failure.kind === 'removed') throw failure;
        first ??= failure;
      }
    }
    return first;
  }

  private tellFallback(): void {
    if (this.toldFallback) return;
    this.toldFallback = true;
    this.notice('Parts of the first FAT cannot be read; the second FAT was used for them.');
  }

  private orderedCopies(boot: BootSector): number[] {
    const { fatOffset, fatBytes, fatCount } = boot.geometry;
    const copies = Array.from({ length: fatCount }, (_, index) => fatOffset + index * fatBytes);
    // BPB_ExtFlags: with bit 7 set the FATs are not mirrored, and the one numbered in bits 0 to 3 is the only one that is kept.
    if ((boot.extFlags & 0x80) !== 0) {
      const active = boot.extFlags & 0x0f;
      if (active < fatCount) return [copies[active]];
      this.notice(
        `The boot sector names FAT ${active + 1} as the only one in use, but there are ${fatCount}; the first was used.`,
      );
    }
    const better = copies.findIndex((copy) => this.startsWell(copy, boot.media));
    if (better <= 0) return copies;
    this.notice(`The first FAT is damaged at its start; copy ${better + 1} was used.`);
    return [copies[better], ...copies.filter((_, index) => index !== better)];
  }

  /** Whether the copy's first entry is the media byte with all higher bits set, as every formatter writes it. */
  private startsWell(copy: number, media: number): boolean {
    const { mask } = MARKS[this.geometry.bits];
    try {
      const start = this.device.bread(copy, 4);
      return start[0] === media && (u32le(start, 0) & mask & ~0xff) === (mask & ~0xff);
    } catch (error) {
      if (asKernelError(error).kind === 'removed') throw error;
      return false;
    }
  }
}
