/** Shell patterns as fnmatch(3) knows them: '*', '?', '[…]' and '\'. */

const CHARACTER_CLASSES: Record<string, string> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  punct: '\\p{P}\\p{S}',
};

/** The pattern as a regular expression over the whole name. */
export function globPattern(pattern: string, ignoreCase: boolean): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at];
    const bracket = character === '[' ? bracketAt(pattern, at) : null;
    if (bracket !== null) {
      source += bracket.source;
      at = bracket.end;
    } else if (character === '\\' && at + 1 < pattern.length) {
      source += escaped(pattern[at + 1]);
      at += 2;
    } else {
      source += character === '*' ? '.*' : character === '?' ? '.' : escaped(character);
      at += 1;
    }
  }
  return new RegExp(`^${source}$`, ignoreCase ? 'sui' : 'su');
}

function bracketAt(pattern: string, start: number): { source: string; end: number } | null {
  let at = start + 1;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at += 1;
  let inside = '';
  for (let first = true; at < pattern.length; first = false) {
    if (pattern[at] === ']' && !first) return { source: `[${negated ? '^' : ''}${inside}]`, end: at + 1 };
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(at));
    if (named && CHARACTER_CLASSES[named[1]]) {
      inside += CHARACTER_CLASSES[named[1]];
      at += named[0].length;
    } else {
      const isRange = pattern[at] === '-' && !first && pattern[at + 1] !== ']';
      inside += isRange ? '-' : escaped(pattern[at]);
      at += 1;
    }
  }
  return null;
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
