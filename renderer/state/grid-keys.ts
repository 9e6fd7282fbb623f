/** What a key does in a file list: where the cursor goes, or which row typed text means. Pure: places in, place out. */

import { folded } from '../../assets/text/folding.ts';
import { KEYBOARD } from '../help/keyboard-map.ts';

export type GridMove = 'up' | 'down' | 'back' | 'forward' | 'page-up' | 'page-down' | 'first' | 'last';

const { move, pages, ends } = KEYBOARD.list;
/** With every modifier: Shift selects what is passed, Ctrl keeps what was selected. */
const MOVES: Record<string, GridMove> = {
  [move.chords[0].key]: 'up',
  [move.chords[1].key]: 'down',
  [pages.chords[0].key]: 'page-up',
  [pages.chords[1].key]: 'page-down',
  [ends.chords[0].key]: 'first',
  [ends.chords[1].key]: 'last',
};

/** `perLine` is how many entries stand beside each other: only then do the arrows along the line move. */
export function moveOf(key: string, perLine = 1, rightToLeft = false): GridMove | null {
  if (perLine > 1 && (key === 'ArrowLeft' || key === 'ArrowRight'))
    return (key === 'ArrowRight') === rightToLeft ? 'back' : 'forward';
  return MOVES[key] ?? null;
}

/**
 * The entry that the cursor goes to from entry `from` (-1: there is none yet) in a list of `count`, `lines` lines of `perLine` of which are in sight.
 * -1 in an empty list. Down from the last line but one to a shorter last one goes to its end; up from the first line stays.
 */
export function target(move: GridMove, from: number, count: number, lines: number, perLine = 1): number {
  if (count === 0) return -1;
  const last = count - 1;
  if (move === 'first') return 0;
  if (move === 'last') return last;
  if (from === -1) return move === 'up' || move === 'page-up' ? last : 0;
  if (move === 'back') return Math.max(0, from - 1);
  if (move === 'forward') return Math.min(last, from + 1);
  const step = { up: -1, down: 1, 'page-up': -lines, 'page-down': lines }[move] * perLine;
  const wanted = from + step;
  if (wanted >= 0 && wanted <= last) return wanted;
  if (wanted < 0) return from % perLine;
  const lastLine = last - (last % perLine);
  return from >= lastLine ? from : Math.min(last, lastLine + (from % perLine));
}

/** How long typed letters belong to one name. */
export const TYPE_AHEAD_MS = 1000;

/**
 * The row that typed text leads to: the first whose name begins so, case and accents aside, from row `from` on and then from the top; -1 if none does.
 * A letter typed again and again walks through the names that begin with it.
 */
export function findTyped(names: readonly string[], typed: string, from: number): number {
  const sought = folded(typed);
  const letters = [...typed];
  const repeated = letters.length > 1 && letters.every((letter) => letter === letters[0]);
  const prefixes = [
    { text: sought, letters: letters.length },
    ...(repeated ? [{ text: folded(letters[0]), letters: 1 }] : []),
  ];
  for (const prefix of prefixes) {
    // One letter goes on from the next row; more letters narrow down from this one.
    const start = prefix.letters === 1 ? from + 1 : Math.max(0, from);
    for (let i = 0; i < names.length; i++) {
      const at = (start + i) % names.length;
      if (beginsWith(names[at], prefix.text)) return at;
    }
  }
  return -1;
}

/** Folding makes a name at most so many times as long, and a letter takes at most so many units with its marks: enough of the name to compare. */
const UNITS_PER_LETTER = 8;

function beginsWith(name: string, prefix: string): boolean {
  return folded(name.slice(0, prefix.length * UNITS_PER_LETTER)).startsWith(prefix);
}
