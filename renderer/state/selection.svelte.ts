/** Which rows are selected, and where the cursor is: by mouse (click, ctrl, shift) and keyboard, as desktop file lists do it. Holds names, not places: the order may change. */

export interface Modifiers {
  /** Ctrl, or Cmd on a Mac: add to or take from what is selected. */
  toggle: boolean;
  /** Shift: everything from the anchor to here. */
  range: boolean;
}

/** So many rows chosen one by one are work that nobody wants to do twice. */
const MANY_BY_HAND = 3;

export class Selection {
  /** Replaced as a whole at each change. */
  selected = $state.raw<ReadonlySet<string>>(new Set());
  /** The row with the cursor; keys start from it. */
  active = $state.raw<string | null>(null);
  /** Where a range begins. */
  private anchor: string | null = null;
  /** Rows added or taken one by one since the selection was made anew. */
  private byHand = 0;
  /** Told of what was chosen one by one, when something else takes its place. */
  onLost: (selected: ReadonlySet<string>) => void = () => {};

  /** Mouse: on row `name`; `names` is the list as shown. */
  click(names: readonly string[], name: string, { toggle, range }: Modifiers): void {
    if (range) {
      this.selectRange(names, name, toggle);
    } else if (toggle) {
      this.toggle(name);
    } else {
      this.only(name);
    }
    this.active = name;
  }

  /** Keyboard: the cursor goes to row `name`; plain arrows select it, shift extends, ctrl only moves. */
  moveTo(names: readonly string[], name: string, { toggle, range }: Modifiers): void {
    if (range) this.selectRange(names, name, toggle);
    else if (!toggle) this.only(name);
    this.active = name;
  }

  only(name: string): void {
    this.leave();
    this.selected = new Set([name]);
    this.active = name;
    this.anchor = name;
  }

  toggle(name: string): void {
    const next = new Set(this.selected);
    if (!next.delete(name)) next.add(name);
    this.selected = next;
    this.byHand += 1;
    this.active = name;
    this.anchor = name;
  }

  all(names: readonly string[]): void {
    this.leave();
    this.selected = new Set(names);
  }

  clear(): void {
    this.leave();
    this.selected = new Set();
    this.anchor = this.active;
  }

  /** As it was before it was lost, as far as it is still shown. */
  restore(selected: ReadonlySet<string>, shown: readonly string[]): void {
    this.selected = selected;
    this.byHand = selected.size;
    this.keepOnly(shown);
  }

  reset(): void {
    this.byHand = 0;
    this.selected = new Set();
    this.active = null;
    this.anchor = null;
  }

  /** Rows that are not shown any more cannot stay selected: what is copied is what is seen. */
  keepOnly(names: readonly string[]): void {
    if (this.selected.size === 0 && this.active === null) return;
    const shown = new Set(names);
    const kept = [...this.selected].filter((name) => shown.has(name));
    if (kept.length !== this.selected.size) this.selected = new Set(kept);
    if (this.active !== null && !shown.has(this.active)) this.active = null;
    if (this.anchor !== null && !shown.has(this.anchor)) this.anchor = null;
  }

  private leave(): void {
    const lost = this.selected;
    const wasWork = this.byHand >= MANY_BY_HAND && lost.size >= MANY_BY_HAND;
    this.byHand = 0;
    if (wasWork) this.onLost(lost);
  }

  private selectRange(names: readonly string[], to: string, add: boolean): void {
    if (!add) this.leave();
    const end = names.indexOf(to);
    const start = this.anchor === null ? -1 : names.indexOf(this.anchor);
    if (start === -1) {
      this.anchor = to;
      this.selected = new Set(add ? [...this.selected, to] : [to]);
      return;
    }
    const range = names.slice(Math.min(start, end), Math.max(start, end) + 1);
    this.selected = new Set(add ? [...this.selected, ...range] : range);
  }
}
