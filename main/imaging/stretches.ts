/**
 * What of an image was read from the medium, as SHA-256 of each stretch that was read in one go: against it the host's disk is compared before the image is
 * called verified, whichever run of Airlock wrote it. Where a stretch lies over an earlier one, that had zeros there: what could not be read then.
 */

import { createHash, type Hash } from 'node:crypto';

export interface Stretch {
  start: number;
  lengthBytes: number;
  sha256: string;
}

export class Stretches {
  private kept: Stretch[];
  private growing: { start: number; lengthBytes: number; hash: Hash } | null = null;

  constructor(kept: Stretch[] = []) {
    this.kept = kept;
  }

  /** The next bytes of the image: what was read, or zeros for what could not be. */
  add(start: number, bytes: Uint8Array): void {
    if (this.growing === null || this.growing.start + this.growing.lengthBytes !== start) {
      this.close();
      this.growing = { start, lengthBytes: 0, hash: createHash('sha256') };
    }
    this.growing.hash.update(bytes);
    this.growing.lengthBytes += bytes.length;
  }

  /** In the order in which they were read. */
  all(): Stretch[] {
    if (this.growing === null) return this.kept;
    const { start, lengthBytes, hash } = this.growing;
    return [...this.kept, { start, lengthBytes, sha256: hash.copy().digest('hex') }];
  }

  /** What follows is another stretch; these are compared, and may be dropped. */
  close(): readonly Stretch[] {
    this.kept = this.all();
    this.growing = null;
    return this.kept;
  }

  drop(dropped: readonly Stretch[]): void {
    this.kept = this.close().filter((stretch) => !dropped.includes(stretch));
  }
}

interface Compared {
  stretch: Stretch;
  start: number;
  end: number;
  /** Which of them was read later. */
  order: number;
  hash: Hash;
}

/** The comparison of stretches with the image as it is read back, from its beginning to its end. */
export class StretchComparison {
  /** Not yet reached, the next one last. */
  private readonly ahead: Compared[];
  private active: Compared[] = [];
  private readonly all: Compared[];

  constructor(stretches: readonly Stretch[]) {
    this.all = stretches.map((stretch, order) => {
      const { start, lengthBytes } = stretch;
      return { stretch, start, end: start + lengthBytes, order, hash: createHash('sha256') };
    });
    this.ahead = [...this.all].sort((one, other) => other.start - one.start);
  }

  add(start: number, bytes: Buffer): void {
    const end = start + bytes.length;
    for (let next = this.ahead.at(-1); next !== undefined && next.start < end; next = this.ahead.at(-1)) {
      this.active.push(next);
      this.ahead.pop();
    }
    for (const compared of this.active) compared.hash.update(this.partOf(compared, start, bytes));
    this.active = this.active.filter((compared) => compared.end > end);
  }

  /** Those of which the image has other bytes. */
  wrong(): Stretch[] {
    return this.all.filter(({ stretch, hash }) => hash.digest('hex') !== stretch.sha256).map(({ stretch }) => stretch);
  }

  /** What of `bytes` belongs to a stretch, as it was when the stretch was read. */
  private partOf(compared: Compared, start: number, bytes: Buffer): Buffer {
    const from = Math.max(compared.start, start);
    const until = Math.min(compared.end, start + bytes.length);
    const part = bytes.subarray(from - start, until - start);
    const later = this.active.filter((over) => over.order > compared.order && over.start < until && over.end > from);
    if (later.length === 0) return part;
    const before = Buffer.from(part);
    for (const over of later) before.fill(0, Math.max(over.start, from) - from, Math.min(over.end, until) - from);
    return before;
  }
}
