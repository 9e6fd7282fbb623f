/** Running commands and measuring them: wall time and peak resident memory, the best of several runs. */

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Measured {
  milliseconds: number;
  peakMiB: number;
}

/** Runs a command `runs` times (its output thrown away) and gives the fastest time and the largest memory. Throws if it fails. */
export function measure(
  command: readonly string[],
  options: { runs?: number; before?: () => void; cwd?: string } = {},
): Measured {
  let milliseconds = Number.POSITIVE_INFINITY;
  let peakMiB = 0;
  for (let run = 0; run < (options.runs ?? 3); run++) {
    options.before?.();
    const report = join(tmpdir(), `airlock-bench-${process.pid}`);
    const start = performance.now();
    // GNU time(1): %M is the peak resident set in KiB, children included.
    const result = spawnSync('/usr/bin/time', ['-f', '%M', '-o', report, ...command], {
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: options.cwd,
    });
    const elapsed = performance.now() - start;
    if (result.status !== 0) throw new Error(`${command.join(' ')}: exit code ${result.status}\n${result.stderr}`);
    milliseconds = Math.min(milliseconds, elapsed);
    peakMiB = Math.max(peakMiB, Number(readFileSync(report, 'utf8').trim().split('\n').pop()) / 1024);
    rmSync(report);
  }
  return { milliseconds, peakMiB };
}

export interface Row {
  what: string;
  who: string;
  measured: Measured;
}

/** Prints rows with the ratio of each to the first of its group ('what'): Airlock comes first. */
export function printTable(rows: readonly Row[]): void {
  const line = (cells: string[]) => console.log(`| ${cells.join(' | ')} |`);
  line(['measured', 'program', 'time', 'Airlock is', 'peak memory']);
  line(['---', '---', '---:', '---:', '---:']);
  const first = new Map<string, Measured>();
  for (const { what, who, measured } of rows) {
    const ours = first.get(what) ?? measured;
    first.set(what, ours);
    const ratio = measured === ours ? '' : `${(measured.milliseconds / ours.milliseconds).toFixed(2)} × as fast`;
    line([what, who, `${measured.milliseconds.toFixed(0)} ms`, ratio, `${measured.peakMiB.toFixed(0)} MiB`]);
  }
}
