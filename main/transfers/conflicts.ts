/** Files that are there already: what the policy says, or the user. */

import type { Conflict, ConflictPolicy } from '../contract.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { cancelled, throwIfAborted } from './copy-end.ts';
import type { CopyLedger } from './copy-ledger.ts';
import type { FileOrder } from './orders.ts';
import type { PlannedFile } from './plan.ts';
import { writtenPath } from './target-folders.ts';

export type Decision = 'skip' | 'rename' | 'overwrite' | 'cancel';

/** What stands in a file's place. */
export interface Existing {
  sizeBytes: number;
  mtimeMs: number;
  isFolder: boolean;
}

export interface ConflictOptions {
  policy: ConflictPolicy;
  target: string;
  signal: AbortSignal;
  ledger: CopyLedger;
  /** What is there with the same size and date is taken for the same file, and skipped without asking. */
  skipSame: boolean;
  /** Asked where the policy is 'ask'. */
  decide(conflict: Conflict): Promise<{ decision: Decision; applyToAll: boolean }>;
}

export class Conflicts {
  private readonly options: ConflictOptions;
  /** As it was chosen, or as an answer for all has made it. */
  policy: ConflictPolicy;
  /** Questions are asked one after the other. */
  private asking: Promise<unknown> = Promise.resolve();

  constructor(options: ConflictOptions) {
    this.options = options;
    this.policy = options.policy;
  }

  /** What an order says of a file that may be there. */
  get existing(): FileOrder['existing'] {
    if (this.options.skipSame) return 'refuse';
    return this.policy === 'ask' || this.policy === 'skip' ? 'refuse' : this.policy;
  }

  /** What is to be done with a file that is there. Throws CopyEnd. */
  async decided(file: PlannedFile, existing: Existing): Promise<'skip' | 'skip-same' | 'rename' | 'overwrite'> {
    if (this.options.skipSame && isSame(file, existing)) return 'skip-same';
    // A folder is not replaced by a file, whatever is said.
    if (existing.isFolder) return this.policy === 'skip' ? 'skip' : 'rename';
    const answer = this.asking.then(() => (this.policy === 'ask' ? this.ask(file, existing) : this.policy));
    this.asking = answer.catch(() => {});
    return answer;
  }

  private async ask(file: PlannedFile, existing: Existing): Promise<'skip' | 'rename' | 'overwrite'> {
    const { target, signal, ledger, decide } = this.options;
    throwIfAborted(signal);
    const conflict: Conflict = {
      path: file.path,
      targetPath: `${target}/${writtenPath(file.folder, file.name)}`,
      source: { sizeBytes: file.sizeBytes, mtimeMs: file.mtimeMs },
      existing: { sizeBytes: existing.sizeBytes, mtimeMs: existing.mtimeMs },
    };
    ledger.asking(conflict);
    const { decision, applyToAll } = await unlessAborted(decide(conflict), signal, cancelled);
    ledger.asking(null);
    if (decision === 'cancel') throw cancelled();
    if (applyToAll) this.policy = decision;
    return decision;
  }
}

/** FAT keeps the date of a change in steps of two seconds. */
const SAME_DATE_MS = 2000;

function isSame(file: PlannedFile, existing: Existing): boolean {
  if (existing.isFolder || file.mtimeMs === null) return false;
  return existing.sizeBytes === file.sizeBytes && Math.abs(existing.mtimeMs - file.mtimeMs) <= SAME_DATE_MS;
}
