/** The keyboard and mouse of a file list, whether its entries stand below each other or in a grid: moving, selecting, opening, finding by typing. */

import { isShortcut, KEYBOARD, type Shortcut } from '../help/keyboard-map.ts';
import { findTyped, moveOf, TYPE_AHEAD_MS, target } from '../state/grid-keys.ts';
import type { Row, RowSource } from '../state/row.ts';
import type { Selection } from '../state/selection.svelte.ts';
import { isRightToLeft } from '../text/locale.ts';

export interface ListActions {
  open(row: Row): void;
  /** Space on the row with the cursor. */
  look(row: Row): void;
  up(): void;
  /** Escape with nothing selected. */
  leave(): void;
  /** What is selected is being dragged, by this row of it; null where that leads nowhere. */
  drag: ((row: Row) => void) | null;
  /** What is selected is copied for pasting elsewhere; null where nothing can be pasted. */
  copyFiles: (() => void) | null;
}

/** What is in sight. */
export interface ListShape {
  lines: number;
  perLine: number;
}

export class ListControl {
  /** Letters that belong to one name; '': none were typed lately. */
  typed = $state('');
  readonly selection: Selection;
  private typedAt = 0;
  private readonly source: () => RowSource;
  private readonly actions: ListActions;

  /** -1: the cursor is nowhere. */
  readonly activeIndex = $derived.by(() => {
    const { active } = this.selection;
    return active === null ? -1 : this.source().keys.indexOf(active);
  });

  constructor(source: () => RowSource, selection: Selection, actions: ListActions) {
    this.source = source;
    this.selection = selection;
    this.actions = actions;
  }

  get activeRow(): Row | null {
    return this.source().rows[this.activeIndex] ?? null;
  }

  /** Prevents what the browser would do with keys that mean something here. */
  keydown(event: KeyboardEvent, shape: ListShape): void {
    if (this.act(event, shape)) event.preventDefault();
  }

  private act(event: KeyboardEvent, { lines, perLine }: ListShape): boolean {
    const { rows, keys } = this.source();
    const { selection, actions, activeRow } = this;
    const { list } = KEYBOARD;
    const is = (shortcut: Shortcut) => isShortcut(event, shortcut);
    const command = event.ctrlKey || event.metaKey;
    if (is(list.up)) {
      actions.up();
      return true;
    }
    if (event.altKey) return false;
    const move = moveOf(event.key, perLine, isRightToLeft());
    if (move !== null) {
      const to = rows[target(move, this.activeIndex, rows.length, lines, perLine)];
      if (to !== undefined) selection.moveTo(keys, to.key, { toggle: command, range: event.shiftKey });
      return true;
    }
    // Signs that are shortcuts are letters of a name where one was begun.
    const isLetter = !command && event.key.length === 1;
    if (isLetter && this.typed !== '') this.find(event.key, performance.now());
    else if (is(list.open)) {
      if (activeRow !== null) actions.open(activeRow);
    } else if (is(list.clear)) {
      if (selection.selected.size > 0) selection.clear();
      else actions.leave();
    } else if (is(list.toggle)) {
      if (activeRow !== null) selection.toggle(activeRow.key);
    } else if (is(list.look)) {
      if (activeRow !== null) this.look(activeRow);
    } else if (is(list.all)) selection.all(keys);
    else if (is(list.copyFiles)) return this.copyFiles();
    else if (isLetter && event.key !== ' ' && !is(KEYBOARD.window.help)) this.find(event.key, performance.now());
    else return false;
    return true;
  }

  /** Text that is marked somewhere is what is meant then, and copied by the browser. */
  private copyFiles(): boolean {
    const { copyFiles } = this.actions;
    const isTextMarked = getSelection()?.isCollapsed === false;
    if (copyFiles === null || isTextMarked || this.selection.selected.size === 0) return false;
    copyFiles();
    return true;
  }

  private look(row: Row): void {
    if (!this.selection.selected.has(row.key)) this.selection.only(row.key);
    this.actions.look(row);
  }

  private find(letter: string, now: number): void {
    this.typed = now - this.typedAt > TYPE_AHEAD_MS ? letter : this.typed + letter;
    this.typedAt = now;
    const { rows } = this.source();
    const names = rows.map((row) => row.name);
    const found = rows[findTyped(names, this.typed, this.activeIndex)];
    if (found !== undefined) this.selection.only(found.key);
    setTimeout(() => {
      if (performance.now() - this.typedAt >= TYPE_AHEAD_MS) this.typed = '';
    }, TYPE_AHEAD_MS + 20);
  }

  /** One of several selected ones stays one of them until the button is let go of: they may be about to be dragged. */
  press(event: MouseEvent, row: Row): void {
    if (this.isOneOfSeveral(event, row)) {
      this.selection.active = row.key;
      return;
    }
    this.selection.click(this.source().keys, row.key, {
      toggle: event.ctrlKey || event.metaKey,
      range: event.shiftKey,
    });
  }

  release(event: MouseEvent, row: Row): void {
    if (this.isOneOfSeveral(event, row)) this.selection.only(row.key);
  }

  private isOneOfSeveral({ ctrlKey, metaKey, shiftKey }: MouseEvent, row: Row): boolean {
    const { selected } = this.selection;
    return !ctrlKey && !metaKey && !shiftKey && selected.size > 1 && selected.has(row.key);
  }

  get canDrag(): boolean {
    return this.actions.drag !== null;
  }

  /** The browser's own drag would carry text. */
  drag(event: DragEvent, row: Row): void {
    event.preventDefault();
    this.actions.drag?.(row);
  }

  /** The other button keeps what is selected where it is on it. */
  pressForMenu(row: Row): void {
    if (this.selection.selected.has(row.key)) this.selection.active = row.key;
    else this.selection.only(row.key);
  }
}
