/** Compares our manifest with a reference reader's, entry by entry. */

import type { ManifestEntry } from '../../kernel-worker/fsutils/manifest.ts';
import type { ReferenceEntry } from '../images/library.ts';
import { DIFFERENCES } from './differences.ts';

/** Keys of which the reference may be silent, and which are compared where it is not. */
const OPTIONAL_KEYS = [
  'uid',
  'gid',
  'rdev',
  'attrs',
  'ntfs_attrib',
  'reparse_tag',
  'dos_name',
  'path_raw',
  'xattrs',
] as const;

function comparable(entry: ReferenceEntry | ManifestEntry, optional: readonly string[]): Record<string, unknown> {
  const view: Record<string, unknown> = { type: entry.type, mtime: entry.mtime, mode: entry.mode };
  if (entry.type === 'file' || entry.type === 'symlink') view.size = entry.size;
  if (entry.type !== 'dir') view.nlink = entry.nlink;
  if (entry.type === 'file') view.sha256 = entry.sha256;
  if (entry.type === 'symlink') view.target = entry.target;
  for (const key of optional) view[key] = entry[key];
  return view;
}

function keyOf(entry: ReferenceEntry | ManifestEntry): string {
  return `${entry.part ?? ''}:${entry.path_b64 === undefined ? entry.path : Buffer.from(entry.path_b64, 'base64').toString('latin1')}`;
}

/** The reference with the documented differences applied. `used` collects the rules that changed something. */
export function corrected(
  image: string,
  view: string,
  reference: ReferenceEntry[],
  used: Set<string>,
): ReferenceEntry[] {
  const name = view === '' ? image : `${image}.${view}`;
  const rules = DIFFERENCES.filter((rule) => rule.images.test(name));
  const result: ReferenceEntry[] = [];
  for (const entry of reference) {
    let current: ReferenceEntry | null = entry;
    for (const rule of rules) {
      const before: string = JSON.stringify(current);
      current = current === null ? null : rule.apply(structuredClone(current));
      if (JSON.stringify(current) !== before) used.add(rule.reason);
    }
    if (current !== null && current.error === undefined) result.push(current);
  }
  return result;
}

/** What differs, one line each; empty if nothing does. */
export function differences(ours: ManifestEntry[], reference: ReferenceEntry[]): string[] {
  const lines: string[] = [];
  const expected = new Map(reference.map((entry) => [keyOf(entry), entry]));
  const inodes = new Map<number, number>();
  for (const entry of ours) {
    const want = expected.get(keyOf(entry));
    if (want === undefined) {
      lines.push(`extra: ${keyOf(entry)}`);
      continue;
    }
    expected.delete(keyOf(entry));
    const optional = OPTIONAL_KEYS.filter((key) => want[key] !== undefined);
    const a = JSON.stringify(comparable(entry, optional), sortedKeys);
    const b = JSON.stringify(comparable(want, optional), sortedKeys);
    if (a !== b) lines.push(`different: ${keyOf(entry)}\n    ours      ${a}\n    reference ${b}`);
    if (want.ino !== undefined && entry.ino !== undefined) {
      const known = inodes.get(Number(want.ino));
      if (known !== undefined && known !== entry.ino) lines.push(`hard link broken: ${keyOf(entry)}`);
      inodes.set(Number(want.ino), entry.ino);
    }
  }
  for (const key of expected.keys()) lines.push(`missing: ${key}`);
  return lines;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
