/**
 * The buffer cache, after NetBSD's buffercache(9): pages of the whole medium, read on demand, kept within a byte budget, least recently used out
 * first, with read-ahead for sequential access. A page with bad sectors keeps the good ones.
 */

import { KernelError, mediumError } from '../errno.ts';
import { Health } from '../health.ts';
import type { FsDevice } from '../vfs/vnode.ts';
import { type BlockDevice, checkRange } from './blockdev.ts';

/** 16 KiB: a stick answers a request of this size as fast as one of 4 KiB, and a budget of 64 KiB still holds four. */
const PAGE_BYTES = 16 * 1024;
/** For probes, which look at a few bytes in many places: small pages, and nothing is read ahead. */
export const SMALL_PAGE_BYTES = 4 * 1024;
/** The largest read-ahead: 256 KiB, past which sticks and disks gain nothing more. */
const MAX_READAHEAD_PAGES = 16;
/** Content reads of this size and more go past the cache: they would only push metadata out of it. */
const BULK_BYTES = 64 * 1024;
/** A walk reads directories and the table of inodes in turns, and a file beside them: so many sequences are told apart. */
const MAX_SEQUENCES = 4;
/** A sequence goes on where its reader skips so many pages, or finds them cached: file entries of UDF and directories of ext4 lie with gaps. */
const MAX_SKIPPED_PAGES = 2;
/** The largest structure a driver may ask for at once. */
const MAX_BREAD_BYTES = 1024 * 1024;

/** Default budget in bytes. */
export const DEFAULT_CACHE_BYTES = 16 * 1024 * 1024;

interface Page {
  data: Uint8Array;
  /** null: all of it is valid. Else one state for each sector of the page. */
  sectors: Uint8Array | null;
}

/** A sequential reading: the page that it comes to next, and how many pages were read at once the last time. */
interface Sequence {
  next: number;
  window: number;
}
const UNREAD = 0;
const GOOD = 1;
const BAD = 2;

export interface CacheStatistics {
  hits: number;
  misses: number;
  deviceReads: number;
}

export class BufferCache {
  readonly statistics: CacheStatistics = { hits: 0, misses: 0, deviceReads: 0 };
  readonly device: BlockDevice;
  private readonly pages = new Map<number, Page>();
  private readonly pageBytes: number;
  private readonly maxPages: number;
  private readonly maxReadahead: number;
  private lastIndex = -1;
  private lastPage: Page | null = null;
  /** Sequential readings that go on at the same time, the one used last first. */
  private sequences: Sequence[] = [];
  private readonly health: Health;

  constructor(
    device: BlockDevice,
    budgetBytes: number = DEFAULT_CACHE_BYTES,
    pageBytes: number = PAGE_BYTES,
    health: Health = new Health(),
  ) {
    this.device = device;
    this.health = health;
    this.pageBytes = pageBytes;
    this.maxPages = Math.max(2, Math.floor(budgetBytes / pageBytes));
    this.maxReadahead = pageBytes < PAGE_BYTES ? 1 : Math.max(1, Math.min(MAX_READAHEAD_PAGES, this.maxPages >> 2));
  }

  /** See FsDevice.bread; offsets are of the whole medium. */
  bread(byteOffset: number, lengthBytes: number): Uint8Array {
    checkRange(this.device.sizeBytes, byteOffset, lengthBytes);
    const index = Math.floor(byteOffset / this.pageBytes);
    const within = byteOffset - index * this.pageBytes;
    if (within + lengthBytes <= this.pageBytes) {
      const page = this.page(index);
      if (page.sectors !== null) this.needSectors(page, page.sectors, index, within, lengthBytes);
      return page.data.subarray(within, within + lengthBytes);
    }
    checkRange(MAX_BREAD_BYTES, 0, lengthBytes);
    const copy = new Uint8Array(lengthBytes);
    this.copyOut(byteOffset, copy);
    return copy;
  }

  /** See FsDevice.read. */
  read(byteOffset: number, into: Uint8Array): void {
    checkRange(this.device.sizeBytes, byteOffset, into.length);
    if (into.length >= BULK_BYTES) this.readBulk(byteOffset, into);
    else this.copyOut(byteOffset, into);
  }

  /** The part of the medium from `baseOffset` on as a device of its own: a partition. */
  view(baseOffset: number, sizeBytes: number, sectorSize: number): FsDevice {
    checkRange(this.device.sizeBytes, baseOffset, sizeBytes);
    return {
      sizeBytes,
      sectorSize,
      bread: (byteOffset, lengthBytes) => {
        checkRange(sizeBytes, byteOffset, lengthBytes);
        try {
          return this.bread(baseOffset + byteOffset, lengthBytes);
        } catch (error) {
          throw rebased(error, baseOffset);
        }
      },
      read: (byteOffset, into) => {
        checkRange(sizeBytes, byteOffset, into.length);
        try {
          this.read(baseOffset + byteOffset, into);
        } catch (error) {
          throw rebased(error, baseOffset);
        }
      },
    };
  }

  private copyOut(byteOffset: number, into: Uint8Array): void {
    let done = 0;
    while (done < into.length) {
      const at = byteOffset + done;
      const index = Math.floor(at / this.pageBytes);
      const within = at - index * this.pageBytes;
      const count = Math.min(this.pageBytes - within, into.length - done);
      const page = this.page(index);
      if (page.sectors !== null) this.needSectors(page, page.sectors, index, within, count);
      into.set(page.data.subarray(within, within + count), done);
      done += count;
    }
  }

  private page(index: number): Page {
    if (index === this.lastIndex && this.lastPage !== null) {
      this.statistics.hits += 1;
      return this.lastPage;
    }
    let page = this.pages.get(index);
    if (page === undefined) {
      page = this.load(index);
    } else {
      this.statistics.hits += 1;
      this.pages.delete(index);
      this.pages.set(index, page);
    }
    this.lastIndex = index;
    this.lastPage = page;
    return page;
  }

  private load(index: number): Page {
    this.statistics.misses += 1;
    const count = this.missingRun(index, this.readahead(index));
    this.sequences[0].next = index + count;
    const offset = index * this.pageBytes;
    const bytes = new Uint8Array(Math.min(count * this.pageBytes, this.device.sizeBytes - offset));
    try {
      this.deviceRead(offset, bytes);
    } catch (error) {
      if (!isMediumError(error)) throw error;
      this.health.retried();
      return this.insert(index, this.unreadPage(index));
    }
    for (let i = count - 1; i >= 1; i--) {
      this.insert(index + i, { data: bytes.subarray(i * this.pageBytes, (i + 1) * this.pageBytes), sectors: null });
    }
    return this.insert(index, { data: bytes.subarray(0, this.pageBytes), sectors: null });
  }

  /** How many pages to read at `index`: more each time that a sequence goes on there, which becomes the first of `sequences`; one for a new sequence. */
  private readahead(index: number): number {
    const known = this.sequences.find(({ next }) => next <= index && index <= next + MAX_SKIPPED_PAGES);
    const window = known === undefined ? 1 : Math.min(known.window * 2, this.maxReadahead);
    const others = this.sequences.filter((sequence) => sequence !== known);
    this.sequences = [{ next: index, window }, ...others.slice(0, MAX_SEQUENCES - 1)];
    return window;
  }

  /** How many pages from `index` on, at most `wanted`, are inside the medium and not cached yet. */
  private missingRun(index: number, wanted: number): number {
    const limit = Math.min(wanted, Math.ceil(this.device.sizeBytes / this.pageBytes) - index);
    let count = 1;
    while (count < limit && !this.pages.has(index + count)) count += 1;
    return count;
  }

  /** A page whose read failed as a whole: its sectors are then read one need at a time. */
  private unreadPage(index: number): Page {
    const lengthBytes = Math.min(this.pageBytes, this.device.sizeBytes - index * this.pageBytes);
    return {
      data: new Uint8Array(lengthBytes),
      sectors: new Uint8Array(Math.ceil(lengthBytes / this.device.sectorSize)),
    };
  }

  private insert(index: number, page: Page): Page {
    this.pages.set(index, page);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= this.maxPages) break;
      this.pages.delete(oldest);
    }
    return page;
  }

  private needSectors(page: Page, states: Uint8Array, index: number, within: number, lengthBytes: number): void {
    const size = this.device.sectorSize;
    const pageOffset = index * this.pageBytes;
    for (let sector = Math.floor(within / size); sector * size < within + lengthBytes; sector++) {
      if (states[sector] === UNREAD) this.readSector(page, states, pageOffset, sector);
      if (states[sector] === BAD) throw mediumError(pageOffset + sector * size);
    }
  }

  private readSector(page: Page, states: Uint8Array, pageOffset: number, sector: number): void {
    const size = this.device.sectorSize;
    try {
      this.deviceRead(pageOffset + sector * size, page.data.subarray(sector * size, (sector + 1) * size));
      states[sector] = GOOD;
    } catch (error) {
      if (!isMediumError(error)) throw error;
      this.health.unreadable(pageOffset + sector * size);
      states[sector] = BAD;
    }
  }

  /** In bulk, and on an error once more in pages, so that the error names the sector. */
  private readBulk(byteOffset: number, into: Uint8Array): void {
    try {
      this.deviceRead(byteOffset, into);
    } catch (error) {
      if (!isMediumError(error)) throw error;
      this.health.retried();
      this.copyOut(byteOffset, into);
    }
  }

  private deviceRead(byteOffset: number, into: Uint8Array): void {
    this.statistics.deviceReads += 1;
    this.device.read(byteOffset, into);
  }
}

function isMediumError(error: unknown): boolean {
  return error instanceof KernelError && error.kind === 'medium';
}

/** The view's errors carry offsets of the view: the file system reports places in its own terms. */
function rebased(error: unknown, baseOffset: number): unknown {
  if (error instanceof KernelError && error.byteOffset !== undefined) error.byteOffset -= baseOffset;
  return error;
}
