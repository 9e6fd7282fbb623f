/** Readable texts inside of bytes, as strings(1) finds them: ASCII, and UTF-16 of the same letters. */

export interface FoundString {
  offset: number;
  text: string;
}

/** Shorter ones are chance. */
const MIN_LENGTH = 6;
/** Longer ones are cut: one line is one line. */
const MAX_LENGTH = 400;

/** At most `limit`, in the order in which they stand. */
export function findStrings(bytes: Uint8Array, limit: number): FoundString[] {
  const found = [...runs(bytes, 1), ...runs(bytes, 2)];
  return found.sort((a, b) => a.offset - b.offset).slice(0, limit);
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09;
}

/** `step` 1: a letter a byte; 2: a letter and a zero byte. */
function* runs(bytes: Uint8Array, step: 1 | 2): Generator<FoundString> {
  const isLetter = (at: number) => isPrintable(bytes[at]) && (step === 1 || bytes[at + 1] === 0);
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    while (end < bytes.length && isLetter(end)) end += step;
    const length = (end - at) / step;
    if (length >= MIN_LENGTH) yield { offset: at, text: letters(bytes, at, Math.min(length, MAX_LENGTH), step) };
    at = end > at ? end : at + 1;
  }
}

function letters(bytes: Uint8Array, at: number, length: number, step: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[at + i * step]);
  return text;
}
