/** How fast a copy goes and how long it will still take, smoothed over the last seconds so that the figures can be read. */

/** The speed is that of the last so many milliseconds. */
const WINDOW_MS = 4000;
const SAMPLE_MS = 200;
/** Before this nobody can say. */
const MIN_SPAN_MS = 500;

export class Speedometer {
  private samples: Array<{ atMs: number; bytes: number }> = [];
  private readonly now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** `bytes`: all that were copied so far. */
  measure(bytes: number): void {
    const atMs = this.now();
    const last = this.samples[this.samples.length - 1];
    if (last !== undefined && atMs - last.atMs < SAMPLE_MS) return;
    this.samples.push({ atMs, bytes });
    while (this.samples.length > 2 && atMs - this.samples[0].atMs > WINDOW_MS) this.samples.shift();
  }

  /** null while it is too early to say. */
  bytesPerSecond(): number | null {
    const first = this.samples[0];
    const last = this.samples[this.samples.length - 1];
    if (first === undefined || last.atMs - first.atMs < MIN_SPAN_MS) return null;
    return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
  }

  secondsLeft(bytesToGo: number): number | null {
    const speed = this.bytesPerSecond();
    return speed === null || speed <= 0 ? null : Math.ceil(bytesToGo / speed);
  }

  /** Forgets what was: time in which the user was asked counts as nobody's. */
  restart(): void {
    this.samples = [];
  }
}
