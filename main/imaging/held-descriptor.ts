/** A descriptor that is closed when nobody uses it any more: its number may be another file's in the next moment, and a late read or write would reach that. */

import { closeSync } from 'node:fs';

export class HeldDescriptor {
  private readonly fd: number;
  private users = 0;
  private isClosing = false;
  private isClosed = false;

  constructor(fd: number) {
    this.fd = fd;
  }

  /** Throws ENODEV after close(). */
  async use<Result>(work: (fd: number) => Promise<Result>): Promise<Result> {
    if (this.isClosing) throw Object.assign(new Error('it was closed'), { code: 'ENODEV' });
    this.users += 1;
    try {
      return await work(this.fd);
    } finally {
      this.users -= 1;
      this.closeIfUnused();
    }
  }

  /** At once, or when what is under way has ended. */
  close(): void {
    this.isClosing = true;
    this.closeIfUnused();
  }

  private closeIfUnused(): void {
    if (!this.isClosing || this.isClosed || this.users > 0) return;
    this.isClosed = true;
    closeSync(this.fd);
  }
}
