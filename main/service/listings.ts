/** Listings of folders that the interface reads page by page. */

import type { EntryPage } from '../contract.ts';
import type { KernelProcess } from '../kernels/kernel-process.ts';
import { texts } from '../texts.ts';
import type { Media } from './media.ts';
import { mountOf } from './opened-medium.ts';
import { refused } from './problems.ts';

/** A window has one; what was left open is closed, the oldest first. Well below the worker's own limit of descriptors. */
const MAX_LISTINGS = 32;

interface Listing {
  kernel: KernelProcess;
  fd: number;
}

export class Listings {
  private readonly media: Media;
  private readonly open = new Map<string, Listing>();
  private lastNumber = 0;

  constructor(media: Media) {
    this.media = media;
  }

  async openFolder(mediumId: string, volume: number, path: string): Promise<string> {
    const opened = this.media.opened(mediumId);
    const { kernel } = opened;
    const { fd } = await kernel.call('opendir', mountOf(opened, volume), path);
    this.lastNumber += 1;
    const id = `listing-${this.lastNumber}`;
    this.open.set(id, { kernel, fd });
    for (const oldest of this.open.keys()) {
      if (this.open.size <= MAX_LISTINGS) break;
      await this.close(oldest);
    }
    return id;
  }

  async read(id: string, count: number): Promise<EntryPage> {
    const listing = this.open.get(id);
    if (listing === undefined) throw refused(texts().failures.folderClosed);
    return listing.kernel.call('readdir', listing.fd, count);
  }

  async close(id: string): Promise<void> {
    const listing = this.open.get(id);
    this.open.delete(id);
    // Where its worker has ended, nothing is left to be closed.
    await listing?.kernel.call('close', listing.fd).catch(() => {});
  }
}
