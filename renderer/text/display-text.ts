/** Names from a stick as text that cannot mislead, in the window: the pieces are those of main's reports too (assets/text/display-text.ts). */

import { visibleText } from '../../assets/text/display-text.ts';
import { isRightToLeft } from './locale.ts';

export { displayPieces } from '../../assets/text/display-text.ts';

/** FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9). */
const ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** The name as one string: for titles, accessible names and sentences. In a sentence from right to left it keeps its own direction. */
export function displayText(name: string): string {
  const text = visibleText(name);
  return isRightToLeft() ? ISOLATE + text + POP_ISOLATE : text;
}
