/** What went wrong on a medium since it was opened: places that could not be read, and damage that was met. Bounded, and nothing but a record. */

import type { FailureReport } from './errno.ts';

/** Places and sentences that are kept; the rest is counted. */
const MAX_KEPT = 200;
/** Different ones that are told apart so that each counts once; a medium with more is as bad as one can be. */
export const MAX_COUNTED = 10_000;

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
  /** There are more than were counted. */
  moreBadPlaces: boolean;
  /** Reads that failed as a whole and were tried again in parts. */
  retriedReads: number;
  /** Damage that was met, each once, the first ones, and how many. */
  damage: FailureReport[];
  damageCount: number;
  moreDamage: boolean;
}

export class Health {
  private readonly badPlaces = new Map<number, BadPlace>();
  private readonly countedPlaces = new CountedSet<number>();
  private retriedReads = 0;
  private readonly damage: FailureReport[] = [];
  private readonly countedDamage = new CountedSet<string>();

  /** A read that failed and is tried again in smaller parts. */
  retried(): void {
    this.retriedReads += 1;
  }

  /** A sector that cannot be read, also by itself. */
  unreadable(byteOffset: number): void {
    const known = this.badPlaces.get(byteOffset);
    if (known !== undefined) known.tries += 1;
    // The read as a whole was the first try.
    else if (this.countedPlaces.add(byteOffset) && this.badPlaces.size < MAX_KEPT)
      this.badPlaces.set(byteOffset, { byteOffset, tries: 2 });
  }

  /** A failure that was told to somebody; only damage of the file system counts here. */
  met(failure: FailureReport): void {
    if (failure.kind !== 'damage') return;
    const key = `${failure.byteOffset ?? ''} ${failure.message}`;
    if (this.countedDamage.add(key) && this.damage.length < MAX_KEPT) this.damage.push(failure);
  }

  report(): HealthReport {
    return {
      badPlaces: [...this.badPlaces.values()].sort((a, b) => a.byteOffset - b.byteOffset),
      badPlaceCount: this.countedPlaces.size,
      moreBadPlaces: this.countedPlaces.isOver,
      retriedReads: this.retriedReads,
      damage: [...this.damage],
      damageCount: this.countedDamage.size,
      moreDamage: this.countedDamage.isOver,
    };
  }
}

/** Counts each of its members once, up to a bound. */
class CountedSet<Member> {
  /** There were members that did not fit any more. */
  isOver = false;
  private readonly members = new Set<Member>();

  get size(): number {
    return this.members.size;
  }

  /** Whether it is new and was taken in. */
  add(member: Member): boolean {
    if (this.members.has(member)) return false;
    if (this.members.size >= MAX_COUNTED) {
      this.isOver = true;
      return false;
    }
    this.members.add(member);
    return true;
  }
}
