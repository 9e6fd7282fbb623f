/**
 * Names from a stick as text that cannot mislead: control characters, direction overrides, invisible characters and ill-formed units are shown as
 * visible marks (Unicode 15: general categories Cc, Cf, Zl, Zp, Cs, Co, Cn; UAX #9 for the direction controls).
 */

/** A piece of a name: plain text, or a mark that stands for a character that must not act. */
export interface TextPiece {
  text: string;
  /** true: stands for a character that is not shown as itself. */
  mark: boolean;
}

/** More combining marks than any script stacks on one letter; more would paint over the neighbouring lines. */
const MAX_COMBINING = 4;
/** Longer names than any file system knows come from damage only; the rest is cut in the display. */
const MAX_SHOWN = 1024;

/** Characters that must not act: controls, format and direction characters, line separators, private and unassigned ones, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\u115f\u1160\u3164\uffa0\u2800]/u;
const COMBINING = /\p{M}/u;
/** Joiners that emoji and several scripts need between two visible characters. */
const JOINER = '\u200d';
const PLAIN = /^[\x20-\x7e]*$/;

/** The mark for a character: a control picture where Unicode has one, the escaped byte of a name that is not UTF-8, else the code point. */
function markFor(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16).toUpperCase()}`;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function isPictographic(character: string | undefined): boolean {
  return character !== undefined && /^(?:\p{Extended_Pictographic}|\ufe0f)$/u.test(character);
}

/** The name in pieces for display. */
export function displayPieces(name: string): TextPiece[] {
  if (PLAIN.test(name)) return markOuterSpaces(name.length > MAX_SHOWN ? `${name.slice(0, MAX_SHOWN)}…` : name);
  const characters = [...name];
  // A no-break space between words is one; a name of nothing else is made not to be seen.
  const isBlank = name.trim() === '';
  const pieces: TextPiece[] = [];
  let plain = '';
  let combining = 0;
  const flush = () => {
    if (plain !== '') pieces.push({ text: plain, mark: false });
    plain = '';
  };
  for (let i = 0; i < Math.min(characters.length, MAX_SHOWN); i++) {
    const character = characters[i];
    combining = COMBINING.test(character) ? combining + 1 : 0;
    const joinsEmoji = character === JOINER && isPictographic(characters[i - 1]) && isPictographic(characters[i + 1]);
    if (combining > MAX_COMBINING) continue;
    if ((UNSAFE.test(character) && !joinsEmoji) || (isBlank && character !== ' ')) {
      flush();
      pieces.push({ text: markFor(character), mark: true });
    } else {
      plain += character;
    }
  }
  flush();
  if (characters.length > MAX_SHOWN) pieces.push({ text: '…', mark: true });
  return pieces.flatMap((piece) => (piece.mark ? [piece] : markOuterSpaces(piece.text)));
}

/** The pieces as one string. */
export function visibleText(name: string): string {
  return displayPieces(name)
    .map(({ text }) => text)
    .join('');
}

/** Leading and trailing spaces, and runs of many that push an extension out of sight, are shown as '␣'. */
function markOuterSpaces(text: string): TextPiece[] {
  if (!/^ | $| {3}/.test(text)) return [{ text, mark: false }];
  return text
    .split(/(^ +| +$| {3,})/)
    .filter((part) => part !== '')
    .map((part) =>
      /^ +$/.test(part) ? { text: '␣'.repeat(Math.min(part.length, 8)), mark: true } : { text: part, mark: false },
    );
}
