/** Where a copy waits while it is paused: between batches, and within a large file between its pieces. */

export class PauseGate {
  private waiting: Array<() => void> = [];
  private closed = false;
  private broken = false;
  /** Set by the copy that is under way. */
  onChange: (paused: boolean) => void = () => {};

  get isPaused(): boolean {
    return this.closed && !this.broken;
  }

  set(paused: boolean): void {
    if (this.closed === paused || this.broken) return;
    this.closed = paused;
    this.onChange(paused);
    if (!paused) this.release();
  }

  /** For good: who waits goes on and finds that all was stopped. */
  break(): void {
    this.broken = true;
    this.release();
  }

  /** Resolves while nothing is paused. */
  async pass(): Promise<void> {
    while (this.isPaused) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private release(): void {
    for (const go of this.waiting.splice(0)) go();
  }
}
