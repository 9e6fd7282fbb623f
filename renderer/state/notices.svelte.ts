/** Short messages over the window: one outcome sentence, or a problem with its detail one click away. */

import type { Problem } from '../../main/contract.ts';

export interface Notice {
  id: number;
  tone: 'good' | 'problem';
  sentence: string;
  detail: string | null;
  /** Takes back what the sentence says; null: it cannot be taken back. */
  undo: (() => void) | null;
}

/** Outcomes go by themselves; problems stay until they are dismissed. */
const SHOWN_MS = 8000;
/** How long something can be taken back. */
const UNDO_MS = 10_000;
const MAX_SHOWN = 4;

export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  private lastId = 0;

  good(sentence: string): void {
    const id = this.add('good', sentence, null, null);
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  problem(problem: Problem): void {
    const twin = this.list.find((notice) => notice.sentence === problem.sentence && notice.detail === problem.detail);
    if (twin === undefined) this.add('problem', problem.sentence, problem.detail, null);
  }

  /** Something was done that can be taken back for a while: `undo` does that, `settle` makes it final when the time is over. */
  undoable(sentence: string, undo: () => void, settle: () => void): void {
    const id = this.add('good', sentence, null, () => {
      clearTimeout(timer);
      this.dismiss(id);
      undo();
    });
    const timer = setTimeout(() => {
      this.dismiss(id);
      settle();
    }, UNDO_MS);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  private add(tone: Notice['tone'], sentence: string, detail: string | null, undo: Notice['undo']): number {
    this.lastId += 1;
    this.list = [...this.list.slice(1 - MAX_SHOWN), { id: this.lastId, tone, sentence, detail, undo }];
    return this.lastId;
  }
}
