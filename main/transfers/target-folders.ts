/** The planned folders at the target: each made once, when something is to go into it. */

import { texts } from '../texts.ts';
import { endByFailure, failureWords } from './copy-end.ts';
import type { CopyLedger } from './copy-ledger.ts';
import type { FolderTimes, TargetSide } from './orders.ts';
import type { PlannedFolder } from './plan.ts';
import { type NameRules, shortened } from './safe-names.ts';

/** Names tried for a folder where something else stands. */
const MAX_FOLDER_NAMES = 20;

export class TargetFolders {
  private readonly side: TargetSide;
  private readonly ledger: CopyLedger;
  private readonly rules: NameRules;
  /** Whether a folder gets another name where something else stands; else it fails. */
  private readonly mayRename: () => boolean;
  private readonly made = new Map<PlannedFolder, Promise<number | null>>();
  private readonly times: FolderTimes[] = [];

  constructor(side: TargetSide, ledger: CopyLedger, rules: NameRules, mayRename: () => boolean) {
    this.side = side;
    this.ledger = ledger;
    this.rules = rules;
    this.mayRename = mayRename;
  }

  /** The target's number of a folder, made with its parents if need be; null if it cannot be made. Throws CopyEnd. */
  async numberOf(folder: PlannedFolder): Promise<number | null> {
    const missing: PlannedFolder[] = [];
    for (let at: PlannedFolder | null = folder; at?.parent && !this.made.has(at); at = at.parent) missing.push(at);
    for (const next of missing.reverse()) this.made.set(next, this.make(next));
    return folder.parent === null ? 0 : (this.made.get(folder) ?? null);
  }

  /** Of the folders that this copy made, the deepest first: nothing is done in a folder after its times are set. */
  timesToSet(): FolderTimes[] {
    return [...this.times].reverse();
  }

  private async make(folder: PlannedFolder): Promise<number | null> {
    const parent = folder.parent?.parent ? await this.made.get(folder.parent) : 0;
    if (parent === null || parent === undefined) return null;
    for (let number = 1; ; number++) {
      const name = number === 1 ? folder.name : shortened(folder.name, this.rules, ` (${number})`);
      const answer = await this.side.makeFolder(parent, name);
      if ('folder' in answer) {
        if (number > 1) folder.note = texts().copyNotes.folderRenamed;
        folder.name = name;
        if (folder.note !== null) this.ledger.folder(folder.path, writtenPath(folder), folder.note);
        if (answer.created) {
          this.times.push({ folder: answer.folder, ...folder.times });
          this.ledger.madeFolder(writtenPath(folder));
        }
        return answer.folder;
      }
      const { failure } = answer;
      const end = endByFailure(failure);
      if (end !== null) throw end;
      if (failure.reason?.kind !== 'in-the-way' || !this.mayRename() || number >= MAX_FOLDER_NAMES) {
        this.ledger.folder(folder.path, null, failureWords(failure));
        return null;
      }
    }
  }
}

/** The path of a folder, or of `name` in it, below the target. */
export function writtenPath(folder: PlannedFolder, name?: string): string {
  const components = name === undefined ? [] : [name];
  for (let at: PlannedFolder | null = folder; at !== null && at.parent !== null; at = at.parent)
    components.push(at.name);
  return components.reverse().join('/');
}
