/** A list as main has it, without what was dismissed: off at once, and for good when it was not taken back. */

import type { Notices } from './notices.svelte.ts';

export class DismissibleList<Item extends { id: string }> {
  shown = $state.raw<readonly Item[]>([]);
  private readonly notices: Notices;
  private readonly settle: (id: string) => void;
  private known: readonly Item[] = [];
  private readonly dismissed = new Set<string>();

  /** `settle` tells main, which lists it no longer then. */
  constructor(notices: Notices, settle: (id: string) => void) {
    this.notices = notices;
    this.settle = settle;
  }

  take(list: readonly Item[]): void {
    this.known = list;
    this.shown = list.filter(({ id }) => !this.dismissed.has(id));
  }

  /** An item answered by a request can arrive before the event that lists it. */
  learn(item: Item): void {
    if (!this.known.some(({ id }) => id === item.id)) this.take([...this.known, item]);
  }

  dismiss(items: readonly Item[], sentence: string): void {
    const ids = items.map(({ id }) => id);
    for (const id of ids) this.dismissed.add(id);
    this.take(this.known);
    this.notices.undoable(
      sentence,
      () => {
        for (const id of ids) this.dismissed.delete(id);
        this.take(this.known);
      },
      () => {
        for (const id of ids) this.settle(id);
      },
    );
  }
}
