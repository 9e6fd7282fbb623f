/** Who keeps a device or what is mounted from it in use, as far as /proc shows it to this user (proc(5)). */

import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

export interface Holder {
  pid: number;
  /** The name of its program. */
  name: string;
}

/** A list for people is not longer. */
const MAX_HOLDERS = 8;

/** `paths`: device nodes and mount points. Other users' processes stay unseen unless root asks. */
export function holdersOf(paths: readonly string[], proc = '/proc'): Holder[] {
  const devices = new Set(paths.map(deviceOf).filter((device) => device !== null));
  const holders: Holder[] = [];
  for (const entry of names(proc)) {
    if (holders.length === MAX_HOLDERS) break;
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    const folder = `${proc}/${entry}`;
    const links = [`${folder}/cwd`, `${folder}/root`, ...names(`${folder}/fd`).map((fd) => `${folder}/fd/${fd}`)];
    if (links.some((link) => holds(link, paths, devices))) holders.push({ pid: Number(entry), name: nameOf(folder) });
  }
  return holders;
}

function holds(link: string, paths: readonly string[], devices: ReadonlySet<number>): boolean {
  const target = read(() => readlinkSync(link));
  if (target === null || !target.startsWith('/')) return false;
  if (paths.some((path) => target === path || (path !== '/' && target.startsWith(`${path}/`)))) return true;
  const status = read(() => statSync(link));
  return status?.isBlockDevice() === true && devices.has(status.rdev);
}

function deviceOf(path: string): number | null {
  const status = read(() => statSync(path));
  return status?.isBlockDevice() === true ? status.rdev : null;
}

/** What a process calls itself can be anything. */
function nameOf(folder: string): string {
  const name = read(() => readFileSync(`${folder}/comm`, 'utf8')) ?? 'a process';
  return name.replace(/\p{C}/gu, ' ').trim();
}

function names(folder: string): string[] {
  return read(() => readdirSync(folder)) ?? [];
}

function read<Value>(ask: () => Value): Value | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
