/** What is printed: names from the medium never reach a terminal with control characters in them, and output is written in large pieces. */

import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

const STDOUT = 1;
const STDERR = 2;
/** One write(2) for this many bytes: a listing of 60,000 lines is some tens of writes. */
const FLUSH_BYTES = 64 * 1024;
/** How often a full pipe is tried again before giving up; each time waits, so this is minutes. */
const RETRY_MS = 10;

/** Control characters, format characters (bidi overrides among them), lone surrogates, and line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** The text with everything that could steer a terminal written out as \u{…}. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Buffered standard output. */
export class Output {
  /** Whether names are to be shown or passed on: a pipe gets their exact bytes. */
  readonly isTerminal: boolean;
  private pieces: Uint8Array[] = [];
  private bufferedBytes = 0;

  constructor() {
    this.isTerminal = isatty(STDOUT);
    // The sink is opened by the shell before us; asking it once here keeps lockdown's list short.
    fstatSync(STDOUT);
  }

  /** A name as bytes when piped, as printable text on a terminal. */
  name(text: string, bytes: (text: string) => Uint8Array): void {
    if (this.isTerminal) this.text(printable(text));
    else this.bytes(bytes(text));
  }

  text(text: string): void {
    this.bytes(Buffer.from(text, 'utf8'));
  }

  bytes(bytes: Uint8Array): void {
    this.pieces.push(bytes);
    this.bufferedBytes += bytes.length;
    if (this.bufferedBytes >= FLUSH_BYTES) this.flush();
  }

  flush(): void {
    const all = this.pieces.length === 1 ? this.pieces[0] : Buffer.concat(this.pieces, this.bufferedBytes);
    this.pieces = [];
    this.bufferedBytes = 0;
    writeFully(STDOUT, all);
  }
}

/** A line for people on standard error. */
export function complain(text: string): void {
  writeFully(STDERR, Buffer.from(`${printable(text)}\n`, 'utf8'));
}

/** One JSON object a line on standard error. */
export function complainJson(value: unknown): void {
  writeFully(STDERR, Buffer.from(`${JSON.stringify(value)}\n`, 'utf8'));
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
