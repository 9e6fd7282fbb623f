/** What the attributes of a file say that cannot be right, or that a system would act on. */

import { DOS_ATTRIBUTE, type Vattr } from '../rump/vfs/vnode.ts';
import { MAC_BUNDLES } from './extensions.ts';
import type { LookoutHost, Tell } from './finding.ts';

/** 1980-01-01: before it there was neither FAT nor anything that people carry on sticks. */
const EARLIEST_SEC = 315_532_800;
const DAY_SEC = 86_400;
const SETUID_OR_SETGID = 0o6000;
const EXECUTABLE = 0o111;

/** `volumeBytes`: of the device on which the file system lies. */
export function attributes(attr: Vattr, volumeBytes: number, host: LookoutHost, tell: Tell): void {
  strangeDate(attr, host, tell);
  if (attr.type === 'chr' || attr.type === 'blk') tell('device-node');
  if (attr.type !== 'file') return;
  if (attr.size > volumeBytes) tell('larger-than-medium', { bytes: attr.size });
  const mode = attr.mode ?? 0;
  // Without the right to execute, set-group-id marks mandatory locking.
  if (mode & SETUID_OR_SETGID && mode & EXECUTABLE) tell('setuid');
}

/** A clock that was never set writes the first day of its time: that is told of nobody. */
function strangeDate(attr: Vattr, host: LookoutHost, tell: Tell): void {
  const sec = attr.mtime?.sec;
  if (sec === undefined) return;
  const isUnset = Math.abs(sec) <= DAY_SEC;
  // A local wall time can be ahead of UTC by 14 hours; a day covers it.
  if ((sec < EARLIEST_SEC && !isUnset) || sec > host.nowMs / 1000 + DAY_SEC) tell('strange-date');
}

/** A link that leads out of the volume: relative to wherever its files are put. `depth`: 1 in the root. */
export function outsideLink(target: string, depth: number, tell: Tell): void {
  let level = depth - 1;
  let isOutside = target.startsWith('/');
  for (const part of target.split('/')) {
    if (part === '..') level -= 1;
    else if (part !== '' && part !== '.') level += 1;
    if (level < 0) isOutside = true;
  }
  if (isOutside) tell('outside-link', { quote: target });
}

/** Folders that a system runs or takes for something else: macOS' bundles, and a shell class in the name (Windows). */
export function actingFolder(name: string, extension: string, attr: Vattr, tell: Tell): void {
  if (/\.\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}$/i.test(name)) {
    tell('shell-folder');
    return;
  }
  if (!MAC_BUNDLES.has(extension)) return;
  const isHidden = ((attr.dosAttributes ?? 0) & DOS_ATTRIBUTE.hidden) !== 0;
  tell(isHidden ? 'hidden-program' : 'program', { sort: 'mac' });
}
