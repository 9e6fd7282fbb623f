/**
 * Which read of a medium is under way, in whatever thread, so that main can tell one that never comes back: in the copying thread such a read stands still in
 * the system's kernel, and that thread can tell nobody.
 */

import { readFileSync } from 'node:fs';

/** Shared with the threads: for each way of reading its start in ms since 1970 (0: none is under way) and its length in bytes. */
export type ReadClock = SharedArrayBuffer;

/** A thread reads by itself, and has one large file's piece read by the thread pool. */
export type ReadWay = 'own' | 'pool';

const WAYS: readonly ReadWay[] = ['own', 'pool'];
const FIELDS = 2;
/** Slower media than this are only known where the system counts what they give: they seem to hang elsewhere. */
const SLOWEST_BYTES_PER_MS = 50;

export function newReadClock(): ReadClock {
  return new SharedArrayBuffer(WAYS.length * FIELDS * BigInt64Array.BYTES_PER_ELEMENT);
}

export function readBegins(clock: ReadClock | undefined, way: ReadWay, lengthBytes: number): void {
  if (clock === undefined) return;
  const times = new BigInt64Array(clock);
  Atomics.store(times, WAYS.indexOf(way) * FIELDS + 1, BigInt(lengthBytes));
  Atomics.store(times, WAYS.indexOf(way) * FIELDS, BigInt(Date.now()));
}

export function readEnds(clock: ReadClock | undefined, way: ReadWay): void {
  if (clock !== undefined) Atomics.store(new BigInt64Array(clock), WAYS.indexOf(way) * FIELDS, 0n);
}

/** How long, in ms, a read has been under way without the medium giving anything; asked from time to time. */
export type StallWatch = () => number;

/** `given`: changes whenever the medium gives bytes; null where the system does not count them, and then slow media get time by the length of the read. */
export function stallWatch(clock: ReadClock, given: () => string | null): StallWatch {
  const times = new BigInt64Array(clock);
  let lastSeen = '';
  let sinceMs = 0;
  return () => {
    const reads = WAYS.map((_, way) => [Atomics.load(times, way * FIELDS), Atomics.load(times, way * FIELDS + 1)]);
    const underWay = reads.filter(([startMs]) => startMs > 0n);
    const counted = given();
    const seen = `${underWay.join(';')} ${counted}`;
    if (underWay.length === 0 || seen !== lastSeen) {
      lastSeen = seen;
      sinceMs = Date.now();
      return 0;
    }
    const lengthBytes = Math.max(...underWay.map(([, length]) => Number(length)));
    const allowedMs = counted === null ? lengthBytes / SLOWEST_BYTES_PER_MS : 0;
    return Math.max(0, Date.now() - sinceMs - allowedMs);
  };
}

/** Of a block device, as Linux counts (Documentation/block/stat.rst): reads that ended, merged ones, and sectors. `rdev`: of stat(2). */
export function sectorsGiven(rdev: number): () => string | null {
  const path = `/sys/dev/block/${major(rdev)}:${minor(rdev)}/stat`;
  return () => {
    try {
      return readFileSync(path, 'utf8').trim().split(/\s+/).slice(0, 3).join(' ');
    } catch {
      return null;
    }
  };
}

/** makedev(3): the halves interleave. */
const major = (rdev: number) => Number((BigInt(rdev) >> 8n) & 0xfffn);
const minor = (rdev: number) => Number((BigInt(rdev) & 0xffn) | ((BigInt(rdev) >> 12n) & 0xfff00n));
