/**
 * Main's own read-only descriptor of an open medium, by whose number copies read in threads of their own: it stays open until the last of them has let go,
 * because a number that is free is given to the next file that is opened, whose bytes would then be taken for the medium's.
 */

import { close, closeSync } from 'node:fs';
import type { DirectMedium } from '../transfers/orders.ts';

export class DirectDescriptor {
  readonly medium: DirectMedium;
  private holders = 0;
  /** How it is to be closed; null: the medium is open. */
  private closing: 'now' | 'beside' | null = null;

  constructor(medium: DirectMedium) {
    this.medium = medium;
  }

  /** For one reader, until that calls what it gets. */
  hold(): () => void {
    let isHeld = true;
    this.holders += 1;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.holders -= 1;
      this.closeUnheld();
    };
  }

  /** Closes it once, now or when the last reader lets go. `isHung`: the medium does not answer, and closing it may take as long as a read. */
  close(isHung: boolean): void {
    if (this.closing !== null) return;
    this.closing = isHung ? 'beside' : 'now';
    this.closeUnheld();
  }

  private closeUnheld(): void {
    if (this.holders > 0 || this.closing === null) return;
    if (this.closing === 'now') closeSync(this.medium.fd);
    else close(this.medium.fd, () => {});
  }
}
