/** What a key does in the file list: where the cursor goes, or which action it is. Pure: places in, place out. */

export type GridMove = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

const MOVES: Record<string, GridMove> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'first',
  End: 'last',
};

export function moveOf(key: string): GridMove | null {
  return MOVES[key] ?? null;
}

/** The row that the cursor goes to from row `from` (-1: there is none yet) in a list of `count` rows, `page` of which are in sight. -1 in an empty list. */
export function target(move: GridMove, from: number, count: number, page: number): number {
  if (count === 0) return -1;
  const last = count - 1;
  if (move === 'first') return 0;
  if (move === 'last') return last;
  if (from === -1) return move === 'up' || move === 'page-up' ? last : 0;
  const step = { up: -1, down: 1, 'page-up': -page, 'page-down': page }[move];
  return Math.min(last, Math.max(0, from + step));
}

/** How long typed letters belong to one name. */
export const TYPE_AHEAD_MS = 1000;

/**
 * The row that typed text leads to: the first whose name begins so, from row `from` on and then from the top; -1 if none does. A letter typed again
 * and again walks through the names that begin with it.
 */
export function findTyped(names: readonly string[], typed: string, from: number): number {
  const folded = typed.toLowerCase();
  const repeated = folded.length > 1 && [...folded].every((letter) => letter === folded[0]);
  const sought = [folded, ...(repeated ? [folded[0]] : [])];
  for (const prefix of sought) {
    // One letter goes on from the next row; more letters narrow down from this one.
    const start = prefix.length === 1 ? from + 1 : Math.max(0, from);
    for (let i = 0; i < names.length; i++) {
      const at = (start + i) % names.length;
      if (names[at].slice(0, prefix.length).toLowerCase() === prefix) return at;
    }
  }
  return -1;
}
