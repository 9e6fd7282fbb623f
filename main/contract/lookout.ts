/** The look-out: what on a volume deserves suspicion. One for each volume, started on request. */

import type { Finding, FindingKind, LookoutFailure } from '../../kernel-worker/contract.ts';
import type { Problem } from './media.ts';

/** How far a look-out is. Its findings are asked for by `lookout.findings`. */
export interface Lookout {
  mediumId: string;
  volume: number;
  /** `stopped`: by the user; `failed`: the worker ended or the medium is gone, see `problem`. */
  state: 'looking' | 'done' | 'stopped' | 'failed';
  files: number;
  folders: number;
  /** Where it is; names from the medium. */
  at: string;
  /** Every finding by kind, also those that were not kept. */
  counts: Partial<Record<FindingKind, number>>;
  /** Findings that can be asked for. */
  kept: number;
  /** Files and folders that could not be looked at; the first 1000 can be asked for. */
  failureCount: number;
  startedAtMs: number;
  finishedAtMs: number | null;
  problem: Problem | null;
}

export interface LookoutRequests {
  /** Begins anew where there was one. */
  'lookout.start': (mediumId: string, volume: number) => Lookout;
  'lookout.stop': (mediumId: string, volume: number) => null;
  'lookout.list': () => Lookout[];
  /** In the order in which they were found; at most 1000 from the `from`-th on. */
  'lookout.findings': (mediumId: string, volume: number, from: number) => Finding[];
  'lookout.failures': (mediumId: string, volume: number) => LookoutFailure[];
}

export interface LookoutEvents {
  lookouts: Lookout[];
}
