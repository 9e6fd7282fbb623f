/**
 * Text from a file as it is, but for characters that act: controls and direction overrides become visible marks, so that source code reads as it runs
 * (Unicode UAX #9; UTS #55, "Trojan Source").
 */

import { element } from '../element.ts';

/** Controls but tab and line ends, direction controls, invisible tags, the byte order mark inside of text, lone surrogates. */
const ACTS =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

export interface TextPiece {
  text: string;
  mark: boolean;
}

export function visiblePieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(ACTS)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), mark: false });
    pieces.push({ text: markFor(match[0]), mark: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), mark: false });
  return pieces;
}

function markFor(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text as nodes. */
export function visibleText(text: string): Array<Node | string> {
  return visiblePieces(text).map((piece) => (piece.mark ? element('span', { class: 'mark' }, piece.text) : piece.text));
}
