/** A text as lines of pieces, each with the classes of its colours. */

export interface Piece {
  text: string;
  classes: string;
}

const LINE_END = /\r\n|\n|\r/;

export function plainLines(text: string): Piece[][] {
  return inLines([{ text, classes: '' }]);
}

/** Cuts pieces at line ends; the last line is left away if it is empty. */
export function inLines(pieces: Iterable<Piece>): Piece[][] {
  const lines: Piece[][] = [[]];
  for (const { text, classes } of pieces) {
    text.split(LINE_END).forEach((part, i) => {
      if (i > 0) lines.push([]);
      if (part !== '') lines[lines.length - 1].push({ text: part, classes });
    });
  }
  if (lines.length > 1 && lines[lines.length - 1].length === 0) lines.pop();
  return lines;
}
