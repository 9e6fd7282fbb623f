/** Short messages over the window: one outcome sentence, or a problem with its detail one click away. */

import type { Problem } from '../../main/contract.ts';

export interface Notice {
  id: number;
  tone: 'good' | 'problem';
  sentence: string;
  detail: string | null;
}

/** Outcomes go by themselves; problems stay until they are dismissed. */
const SHOWN_MS = 8000;
const MAX_SHOWN = 4;

export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  private lastId = 0;

  good(sentence: string): void {
    const id = this.add('good', sentence, null);
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  problem(problem: Problem): void {
    const twin = this.list.find((notice) => notice.sentence === problem.sentence && notice.detail === problem.detail);
    if (twin === undefined) this.add('problem', problem.sentence, problem.detail);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  private add(tone: Notice['tone'], sentence: string, detail: string | null): number {
    this.lastId += 1;
    this.list = [...this.list.slice(1 - MAX_SHOWN), { id: this.lastId, tone, sentence, detail }];
    return this.lastId;
  }
}
