/** What was measured over all scenarios, for the table at the end. Printed, never judged: an emulated guest is as slow as the computer is busy. */

import { existsSync, readdirSync, watch } from 'node:fs';

const measured = new Map<string, number[]>();

export function measure(what: string, ms: number): number {
  measured.set(what, [...(measured.get(what) ?? []), ms]);
  return ms;
}

/** A line each: how often, and the shortest, middle, long (nine of ten are shorter) and longest of it in milliseconds. */
export function latencyTable(): string[] {
  const width = Math.max(...[...measured.keys()].map((what) => what.length));
  const row = (what: string, values: Array<string | number>) =>
    `${what.padEnd(width)} ${values.map((value) => String(value).padStart(8)).join('')}`;
  const rows = [...measured].map(([what, values]) => {
    const sorted = values.toSorted((a, b) => a - b);
    const at = (part: number) => Math.round(sorted[Math.floor((sorted.length - 1) * part)]);
    return row(what, [sorted.length, at(0), at(0.5), at(0.9), at(1)]);
  });
  return measured.size === 0 ? [] : [row('milliseconds', ['times', 'least', 'middle', '9 in 10', 'most']), ...rows];
}

export interface NodeClock {
  /** As Date.now(): when the node last came or went; null if it did not since the clock was started. */
  came(name: string): number | null;
  went(name: string): number | null;
  close(): void;
}

/** Tells the moments at which device nodes come and go: inotify(7) on /dev, where the kernel itself makes them (devtmpfs). */
export function nodeClock(): NodeClock {
  const there = new Set(readdirSync('/dev'));
  const came = new Map<string, number>();
  const went = new Map<string, number>();
  const watcher = watch('/dev', (_, name) => {
    // udev changes a node's owner and rights later on, which is told too.
    if (name === null || existsSync(`/dev/${name}`) === there.has(name)) return;
    if (there.delete(name)) went.set(name, Date.now());
    else {
      there.add(name);
      came.set(name, Date.now());
    }
  });
  return {
    came: (name) => came.get(name) ?? null,
    went: (name) => went.get(name) ?? null,
    close: () => watcher.close(),
  };
}
