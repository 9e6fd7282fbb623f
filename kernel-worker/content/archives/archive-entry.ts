/** One entry of an archive's list. */

export interface ArchiveEntry {
  /** As the archive has it: it may try to lead out of the folder. */
  path: string;
  isFolder: boolean;
  sizeBytes: number;
  /** Milliseconds since 1970, wall time counted as UTC: as ZIP has it. null: not told. */
  modifiedMs: number | null;
  encrypted: boolean;
}

export interface ArchiveList {
  entries: ArchiveEntry[];
  /** How many there are in all, as far as the archive says. */
  total: number;
  /** Whether there is more that was not looked at. */
  cut: boolean;
  /** All that it says that it holds, also what is not among the entries, as far as that is told apart from them; at most 2^53. */
  unpackedBytes: number;
}

export function sumOfSizes(entries: readonly ArchiveEntry[]): number {
  return entries.reduce((sum, entry) => Math.min(sum + entry.sizeBytes, Number.MAX_SAFE_INTEGER), 0);
}

/** More would be no list that anybody reads. */
export const MAX_ENTRIES = 10_000;

const LAST_DATE_MS = 8.6e15;

/** The wall time on this computer of a moment counted from 1970; null where no date is so far away. */
export function wallTimeMs(utcMs: number): number | null {
  if (Math.abs(utcMs) > LAST_DATE_MS) return null;
  return utcMs - new Date(utcMs).getTimezoneOffset() * 60_000;
}

/** Whether unpacking it would write elsewhere than below the folder that was chosen, or under a name that is made to mislead. */
export function isUnsafePath(path: string): boolean {
  return /^[/\\]|^[a-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/i.test(path);
}

/** Beyond what honest files reach: DEFLATE cannot pack tighter than about 1000 to 1, and text packs at some 10 to 1. */
const ABSURD_RATIO = 200;
const ABSURD_BYTES = 100 * 1024 * 1024;

/** Whether it says that it unpacks to absurdly much. */
export function isBomb(unpackedBytes: number, archiveBytes: number): boolean {
  return unpackedBytes > ABSURD_BYTES && unpackedBytes > archiveBytes * ABSURD_RATIO;
}
