/** What went wrong on a medium since it was opened: places that could not be read, and damage that was met. Bounded, and nothing but a record. */

import type { FailureReport } from './errno.ts';

/** Places and sentences that are kept; the rest is counted. */
const MAX_KEPT = 200;

export interface BadPlace {
  /** On the medium. */
  byteOffset: number;
  /** How often it was tried: each read of the place tries the whole and then the part alone. */
  tries: number;
}

export interface HealthReport {
  /** Places that could not be read, the first ones, and how many there are. */
  badPlaces: BadPlace[];
  badPlaceCount: number;
  /** Reads that failed as a whole and were tried again in parts. */
  retriedReads: number;
  /** Damage that was met, each once, the first ones, and how many. */
  damage: FailureReport[];
  damageCount: number;
}

export class Health {
  private readonly badPlaces = new Map<number, BadPlace>();
  private badPlaceCount = 0;
  private retriedReads = 0;
  private readonly damage = new Map<string, FailureReport>();
  private damageCount = 0;

  /** A read that failed and is tried again in smaller parts. */
  retried(): void {
    this.retriedReads += 1;
  }

  /** A sector that cannot be read, also by itself. */
  unreadable(byteOffset: number): void {
    const known = this.badPlaces.get(byteOffset);
    if (known !== undefined) known.tries += 1;
    else {
      this.badPlaceCount += 1;
      // The read as a whole was the first try.
      if (this.badPlaces.size < MAX_KEPT) this.badPlaces.set(byteOffset, { byteOffset, tries: 2 });
    }
  }

  /** A failure that was told to somebody; only damage of the file system counts here. */
  met(failure: FailureReport): void {
    if (failure.kind !== 'damage') return;
    const key = `${failure.byteOffset ?? ''} ${failure.message}`;
    if (this.damage.has(key)) return;
    this.damageCount += 1;
    if (this.damage.size < MAX_KEPT) this.damage.set(key, failure);
  }

  report(): HealthReport {
    const { badPlaceCount, retriedReads, damageCount } = this;
    return {
      badPlaces: [...this.badPlaces.values()].sort((a, b) => a.byteOffset - b.byteOffset),
      badPlaceCount,
      retriedReads,
      damage: [...this.damage.values()],
      damageCount,
    };
  }
}
