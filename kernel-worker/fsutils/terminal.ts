/** What is printed: names from the medium never reach a terminal with control characters in them, and output is written in large pieces. */

import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { printable, printableJson } from '../../assets/text/terminal-text.ts';

const STDOUT = 1;
const STDERR = 2;
/** One write(2) for so many characters: a listing of 60,000 lines is some tens of writes. */
const FLUSH_LENGTH = 64 * 1024;
/** How often a full pipe is tried again before giving up; each time waits, so this is minutes. */
const RETRY_MS = 10;

/**
 * Buffered standard output. It gathers one string and encodes it when it is written: with an array of bytes for each name, `fsu_find` over 20,000
 * files spent 45 ms more, most of it collecting what those arrays left behind.
 */
export class Output {
  /** Whether names are to be shown or passed on: a pipe gets their exact bytes. */
  readonly isTerminal: boolean;
  private pending = '';

  constructor() {
    this.isTerminal = isatty(STDOUT);
    // The sink is opened by the shell before us; asking it once here keeps lockdown's list short.
    fstatSync(STDOUT);
  }

  /** A name as bytes when piped, as printable text on a terminal. */
  name(text: string, bytes: (text: string) => Uint8Array): void {
    if (this.isTerminal) this.text(printable(text));
    else if (text.isWellFormed()) this.text(text);
    else this.bytes(bytes(text));
  }

  text(text: string): void {
    this.pending += text;
    if (this.pending.length >= FLUSH_LENGTH) this.flush();
  }

  bytes(bytes: Uint8Array): void {
    this.flush();
    writeFully(STDOUT, bytes);
  }

  flush(): void {
    if (this.pending === '') return;
    const bytes = Buffer.from(this.pending, 'utf8');
    this.pending = '';
    writeFully(STDOUT, bytes);
  }
}

/** A line for people on standard error. */
export function complain(text: string): void {
  writeFully(STDERR, Buffer.from(`${printable(text)}\n`, 'utf8'));
}

/** One JSON object a line on standard error. */
export function complainJson(value: unknown): void {
  writeFully(STDERR, Buffer.from(`${printableJson(JSON.stringify(value))}\n`, 'utf8'));
}

/** The reader of our output went away (`| head`): not an error, the tool ends quietly. */
export class BrokenPipe extends Error {
  override name = 'BrokenPipe';
}

function writeFully(fd: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') throw new BrokenPipe();
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}
