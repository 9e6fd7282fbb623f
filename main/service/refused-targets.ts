/** Folders of the host into which nothing is written of a medium: those on the medium itself, and those that depend on where Airlock was started. */

import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { Medium } from '../contract.ts';
import { texts } from '../texts.ts';
import { refused } from './problems.ts';

/** Throws RequestError. `folder` need not be there. */
export function refuseTargetOn({ hostMounts }: Medium, folder: string): void {
  if (!isAbsolute(folder)) throw refused(texts().failures.folderNotWhole);
  const path = resolve(folder);
  const refuseInside = (place: string) => {
    const inside = hostMounts.find((mountpoint) => isInside(place, mountpoint));
    if (inside !== undefined) throw refused(texts().failures.targetOnMedium, inside);
  };
  // By its name first: what is on the medium is not touched.
  refuseInside(path);
  if (hostMounts.length > 0) refuseInside(realPath(path));
}

/** With no links in it, as far as it is there. */
function realPath(path: string): string {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(realpathSync.native(at), ...missing);
    } catch {
      if (dirname(at) === at) return path;
      missing.unshift(basename(at));
    }
  }
}

/** Whether `path` is `folder` or below it. */
export function isInside(path: string, folder: string): boolean {
  const [one, other] = [folded(path), folded(folder)];
  return one === other || one.startsWith(other.endsWith(sep) ? other : other + sep);
}

/** There `A` and `a` are one folder. */
function folded(path: string): string {
  return process.platform === 'win32' || process.platform === 'darwin' ? path.toLowerCase() : path;
}
