/** Text from a medium on its way to a terminal: nothing in it may steer one. */

/** Control characters, format characters (bidi overrides among them), lone surrogates, and line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** The text with everything that could steer a terminal written out as \u{…}. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * JSON that says the same and steers no terminal: what JSON.stringify leaves as it is (DEL, C1 controls, direction marks …) becomes \uXXXX. Line feeds
 * between its tokens stay.
 */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE, (character) =>
    character === '\n'
      ? character
      : Array.from(
          { length: character.length },
          (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
        ).join(''),
  );
}
