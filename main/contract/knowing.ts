/** Knowing a medium: what went wrong while it was read, and whether it was seen before. */

import type { HealthReport } from '../../kernel-worker/contract.ts';

/** What is kept of a medium that was opened; no names of files, and identifiers only as a hash. */
export interface RememberedMedium {
  key: string;
  /** For people, as it was the last time. */
  name: string;
  /** When it was opened, the latest last; milliseconds since 1970. */
  seenAtMs: number[];
  /** Labels of its volumes and what was used of them, as it was the last time. */
  labels: string[];
  usedBytes: number | null;
}

/** An earlier acquaintance. */
export interface Sighting {
  key: string;
  /** The earlier times, without this one. */
  seenAtMs: number[];
  firstSeenAtMs: number;
  /** What is not as it was the last time before; null: the same. */
  labelsBefore: string[] | null;
  usedBytesBefore: number | null;
}

export interface KnowingRequests {
  /** null where no process reads the medium. */
  'media.health': (mediumId: string) => HealthReport | null;
  /** null: never before, not open, or not remembered. */
  'seen.of': (mediumId: string) => Sighting | null;
  /** All that are remembered, the latest first. */
  'seen.list': () => RememberedMedium[];
  'seen.forget': (key: string) => RememberedMedium[];
  'seen.forgetAll': () => RememberedMedium[];
  /** Takes back that one, or all (null), were forgotten some seconds ago. */
  'seen.restore': (key: string | null) => RememberedMedium[];
}
