/** The kernel log, a ring of the last messages, as dmesg(8) shows it. */

/** More lines than anybody reads; a driver that repeats itself cannot fill the memory. */
const MAX_LINES = 500;
/** A line holds names from the medium; longer ones are cut. */
const MAX_LINE_LENGTH = 500;

export interface LogLine {
  /** Milliseconds since the kernel started. */
  atMs: number;
  text: string;
}

export class KernelLog {
  private readonly lines: LogLine[] = [];
  private readonly startMs = performance.now();
  private readonly listener: (line: LogLine) => void;

  constructor(listener: (line: LogLine) => void = () => {}) {
    this.listener = listener;
  }

  /** Adds a line. Control characters are shown as U+FFFD: the log is printed on terminals. */
  print(text: string): void {
    const clean = text.slice(0, MAX_LINE_LENGTH).replace(/\p{C}/gu, '\uFFFD');
    const line = { atMs: Math.round(performance.now() - this.startMs), text: clean };
    this.lines.push(line);
    if (this.lines.length > MAX_LINES) this.lines.shift();
    this.listener(line);
  }

  all(): readonly LogLine[] {
    return this.lines;
  }
}
