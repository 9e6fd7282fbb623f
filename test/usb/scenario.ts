/** What the scenarios are told with, and the checks that they share. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Line } from './line.ts';

export interface Scenario {
  name: string;
  /** It begins with no stick plugged in; the others with the stick 'fat'. */
  startsBare?: boolean;
  /** How long it may take, where that is longer than for most. */
  limitMs?: number;
  run(stage: Stage): Promise<void>;
}

/** What the files on a test stick are, by path: size and SHA-256. */
export interface Expected {
  path: string;
  size: number;
  sha256: string;
}

/** What the stick is known to hold (test-stick.ts). */
export interface KnownStick {
  expected: Expected[];
  /** Two sectors in the content of broken.bin. */
  badSectors: number[];
  /** SHA-256 of the whole stick, and of what is left of it when the pages with bad sectors read as zeros. */
  whole: string;
  withoutBadPages: string;
}

/** How the scenarios are run. */
export interface Plan {
  /** How many removals the long form makes. */
  yanks: number;
  /** How long a copy may run before its removal. */
  longestWaitMs: number;
  /** How often a scenario may fail before it counts as failed. */
  tries: number;
  /** None begins later than this after the first. */
  budgetMs: number;
}

/** What the rig leaves for the guest in stick.json. The other sticks and card a are copies of the first. */
export interface Brief extends KnownStick, Plan {
  onCardB: Expected[];
}

export interface Stage extends Brief {
  line: Line;
  /** A measured latency or another figure for the record. */
  note(text: string): void;
}

export class Failed extends Error {}

export function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Failed(what);
}

export function equal(found: unknown, wanted: unknown, what: string): void {
  check(Object.is(found, wanted), `${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}

/** Asks until there is an answer; Failed after `withinMs`. */
export async function eventually<Value>(
  what: string,
  withinMs: number,
  ask: () => Value | null | Promise<Value | null>,
): Promise<Value> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (value !== null && value !== false) return value;
    check(Date.now() < end, `${what}: not within ${withinMs / 1000} s`);
    await sleep(20);
  }
}

export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const isThere = (path: string) => () => (existsSync(path) ? true : null);
export const isGone = (path: string) => () => (existsSync(path) ? null : true);

export interface ProcessSeen {
  pid: number;
  /** proc_pid_stat(5): 'D' is stuck in the kernel, 'Z' is a process whose end nobody has taken note of. */
  state: string;
  command: string;
}

/** The processes with `word` on their command line, but not this one. */
export function processesWith(word: string): ProcessSeen[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const state = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) (.).*$/s, '$1');
      return command.includes(word) && state !== 'Z' ? [{ pid, state, command }] : [];
    } catch {
      return [];
    }
  });
}

/** All files below a folder, '/'-separated. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
    .sort();
}
