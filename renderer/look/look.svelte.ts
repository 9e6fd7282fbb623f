/** Quick Look: which row is looked at. It is always the row with the cursor, so that arrows move both. */

import type { Row } from '../state/row.ts';
import type { Session } from '../state/session.svelte.ts';

/** `preview`: as what it is; `hex`: as bytes; `details`: what the file system knows. */
export type LookMode = 'preview' | 'hex' | 'details';

export class Look {
  isOpen = $state(false);
  mode = $state<LookMode>('preview');
  /** An extended attribute or alternate stream of the file; null: the file itself. */
  stream = $state<string | null>(null);
  private readonly session: Session;

  readonly row = $derived.by((): Row | null => {
    if (!this.isOpen) return null;
    const { shown, selection } = this.session;
    return shown?.rows.find((row) => row.key === selection.active) ?? null;
  });

  constructor(session: Session) {
    this.session = session;
  }

  /** Looks at the row with the cursor; nothing happens where there is none. */
  show(stream: string | null = null): void {
    const { selection, shown } = this.session;
    const [selected] = this.session.selectedRows;
    if (selection.active === null && selected !== undefined) selection.active = selected.key;
    if (shown?.rows.some((row) => row.key === selection.active) !== true) return;
    this.mode = stream === null ? 'preview' : 'hex';
    this.stream = stream;
    this.isOpen = true;
  }

  /** A stream is shown as bytes only: the other ways are those of the file. */
  showAs(mode: LookMode): void {
    this.mode = mode;
    if (mode !== 'hex') this.stream = null;
  }

  close(): void {
    this.isOpen = false;
    this.stream = null;
  }

  /** To the next (1) or previous (-1) row; at the ends of the list nothing happens. */
  step(by: 1 | -1): void {
    const { selection, shown } = this.session;
    const rows = shown?.rows ?? [];
    const to = rows[rows.findIndex((row) => row.key === selection.active) + by];
    if (to === undefined || this.row === null) return;
    this.stream = null;
    if (this.mode === 'hex') this.mode = 'preview';
    selection.only(to.key);
  }

  readonly place = $derived.by(() => {
    const rows = this.session.shown?.rows ?? [];
    return { number: rows.findIndex((row) => row.key === this.row?.key) + 1, count: rows.length };
  });
}
