/** What only shows beside its neighbours: hidden folders doubled by a shortcut or program, names that look alike, names that fall together on this computer. */

import { RUNS, stemOf } from './extensions.ts';
import type { FindingKind, LookoutHost, Telling } from './finding.ts';
import { collisionKey } from './host-names.ts';
import { skeletonOf } from './look-alikes.ts';

export interface Sibling {
  name: string;
  isFolder: boolean;
  /** By its mark: a dot hides nothing on Windows, where such shortcuts work. */
  dosHidden: boolean;
  hidden: boolean;
  extension: string;
}

/** More entries of one folder are not held against each other. */
export const MAX_SIBLINGS = 50_000;

export type TellOf = (sibling: Sibling, kind: FindingKind, telling?: Telling) => void;

/** All entries of one folder. */
export function siblings(entries: readonly Sibling[], host: LookoutHost, tell: TellOf): void {
  doubles(entries, tell);
  lookAlikes(entries, tell);
  collisions(entries, host, tell);
}

/** The worm of USB sticks: the real folder is hidden, and in its place stands what is to be clicked. */
function doubles(entries: readonly Sibling[], tell: TellOf): void {
  const hidden = new Set(
    entries
      .filter((entry) => entry.dosHidden)
      .map((entry) => nameKey(entry.isFolder ? entry.name : stemOf(entry.name))),
  );
  const hiddenWhole = new Set(entries.filter((entry) => entry.dosHidden).map((entry) => nameKey(entry.name)));
  if (hidden.size === 0) return;
  for (const entry of entries) {
    if (entry.isFolder || entry.dosHidden) continue;
    if (entry.extension !== 'lnk' && !RUNS.has(entry.extension)) continue;
    const stem = nameKey(stemOf(entry.name));
    if (stem !== '' && (hidden.has(stem) || hiddenWhole.has(stem)))
      tell(entry, 'folder-double', { sort: RUNS.get(entry.extension) ?? 'shortcut' });
  }
}

function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

function lookAlikes(entries: readonly Sibling[], tell: TellOf): void {
  const seen = entries.map((entry) => ({ entry, skeleton: skeletonOf(entry.name) }));
  const isPlain = ({ entry, skeleton }: (typeof seen)[number]) => skeleton === entry.name;
  if (seen.every(isPlain)) return;
  const bySkeleton = new Map<string, Sibling>();
  // Plain names first: the other one is told.
  for (const { entry, skeleton } of [...seen.filter(isPlain), ...seen.filter((each) => !isPlain(each))]) {
    const other = bySkeleton.get(skeleton);
    if (other === undefined) bySkeleton.set(skeleton, entry);
    else if (other.name.normalize('NFC') !== entry.name.normalize('NFC'))
      tell(entry, 'look-alike', { quote: other.name });
  }
}

function collisions(entries: readonly Sibling[], host: LookoutHost, tell: TellOf): void {
  if (host.platform === 'linux') return;
  const taken = new Map<string, string>();
  for (const entry of entries) {
    const key = collisionKey(entry.name, host);
    if (key === null) return;
    const other = taken.get(key);
    if (other === undefined) taken.set(key, entry.name);
    else tell(entry, 'colliding-name', { quote: other });
  }
}
