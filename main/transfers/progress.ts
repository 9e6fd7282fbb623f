/** How fast a copy goes and how long it will still take, so smoothed that the figures can be read, and the course of its speed for a graph. */

import type { SpeedSample } from '../contract.ts';

/** The speed is that of the last so many milliseconds. */
const WINDOW_MS = 4000;
const SAMPLE_MS = 200;
/** Before this nobody can say how fast it is, nor how long it takes. */
const MIN_SPAN_MS = 500;
const MIN_ESTIMATE_MS = 2000;
/** A file costs time beside its bytes (folder entry, sync, name): as much as so many bytes, on a usual stick and disk. */
const FILE_COST_BYTES = 64 * 1024;
/** How long a rate is remembered for the time left: longer than a stick's own pauses for clearing its blocks. */
const RATE_MEMORY_MS = 10_000;
/** How fast the told end moves to a new estimate. */
const END_MEMORY_MS = 5000;
/** Of the graph: wide enough for any window. */
const MAX_GRAPH_POINTS = 120;
const FIRST_SPACING_MS = 250;

export class Pace {
  private readonly now: () => number;
  private readonly timeLeft = new TimeLeft();
  private readonly graph = new SpeedGraph();
  private recent: Array<{ atMs: number; bytes: number }> = [];
  private last: { atMs: number; bytes: number; work: number } | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** What was copied so far, and what there is to do in all. */
  measure(done: { bytes: number; files: number }, total: { bytes: number; files: number }): void {
    const atMs = this.now();
    const work = done.bytes + done.files * FILE_COST_BYTES;
    const { last } = this;
    if (last !== null && atMs - last.atMs < SAMPLE_MS) return;
    this.last = { atMs, bytes: done.bytes, work };
    this.recent.push({ atMs, bytes: done.bytes });
    while (this.recent.length > 2 && atMs - this.recent[0].atMs > WINDOW_MS) this.recent.shift();
    if (last === null) return;
    const elapsedMs = atMs - last.atMs;
    this.graph.add(elapsedMs, done.bytes - last.bytes);
    this.timeLeft.measure(elapsedMs, work - last.work, total.bytes + total.files * FILE_COST_BYTES - work);
  }

  /** null while it is too early to say. */
  bytesPerSecond(): number | null {
    const first = this.recent[0];
    const last = this.recent[this.recent.length - 1];
    if (first === undefined || last.atMs - first.atMs < MIN_SPAN_MS) return null;
    return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
  }

  secondsLeft(): number | null {
    return this.timeLeft.seconds;
  }

  samples(): SpeedSample[] {
    return this.graph.points;
  }

  /** Time until the next measure counts as nobody's: the user was asked, or it was paused. */
  rest(): void {
    this.recent = [];
    this.last = null;
  }
}

/**
 * The rate is the mean over the past with weights that fade; the told end goes after the estimate slowly, so that it neither jumps nor stays wrong. Both
 * in the time of the measures themselves.
 */
class TimeLeft {
  private work = 0;
  private timeMs = 0;
  private measuredMs = 0;
  private leftMs: number | null = null;

  get seconds(): number | null {
    return this.leftMs === null ? null : Math.round(this.leftMs / 1000);
  }

  measure(elapsedMs: number, work: number, workToGo: number): void {
    const fade = Math.exp(-elapsedMs / RATE_MEMORY_MS);
    this.work = this.work * fade + work;
    this.timeMs = this.timeMs * fade + elapsedMs;
    this.measuredMs += elapsedMs;
    if (this.measuredMs < MIN_ESTIMATE_MS || this.work <= 0) return;
    const estimateMs = (Math.max(0, workToGo) * this.timeMs) / this.work;
    if (this.leftMs === null) {
      this.leftMs = estimateMs;
      return;
    }
    const expectedMs = Math.max(0, this.leftMs - elapsedMs);
    this.leftMs = expectedMs + (estimateMs - expectedMs) * (1 - Math.exp(-elapsedMs / END_MEMORY_MS));
  }
}

/** At most so many points in equal distances: when they are full each two become one, and the distance doubles. */
class SpeedGraph {
  readonly points: SpeedSample[] = [];
  private spacingMs = FIRST_SPACING_MS;
  private bytes = 0;
  private sinceMs = 0;

  add(elapsedMs: number, bytes: number): void {
    this.bytes += bytes;
    this.sinceMs += elapsedMs;
    if (this.sinceMs < this.spacingMs) return;
    // A long time without a measure is as many points: distances stay equal.
    const steps = Math.floor(this.sinceMs / this.spacingMs);
    const bytesPerSecond = Math.max(0, Math.round((this.bytes * 1000) / this.sinceMs));
    const lastAtMs = this.points[this.points.length - 1]?.atMs ?? 0;
    const from = Math.max(1, steps - MAX_GRAPH_POINTS);
    for (let step = from; step <= steps; step++)
      this.points.push({ atMs: lastAtMs + step * this.spacingMs, bytesPerSecond });
    const usedMs = steps * this.spacingMs;
    this.bytes -= (this.bytes * usedMs) / this.sinceMs;
    this.sinceMs -= usedMs;
    while (this.points.length > MAX_GRAPH_POINTS) this.halve();
  }

  private halve(): void {
    this.spacingMs *= 2;
    const halves: SpeedSample[] = [];
    for (let i = 1; i < this.points.length; i += 2) {
      const mean = (this.points[i - 1].bytesPerSecond + this.points[i].bytesPerSecond) / 2;
      halves.push({ atMs: this.points[i].atMs, bytesPerSecond: Math.round(mean) });
    }
    this.points.splice(0, this.points.length, ...halves);
  }
}
