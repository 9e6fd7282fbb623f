/**
 * Names from a medium made safe for the host's folders. Every change has a reason that the report tells. Windows' rules are those of
 * "Naming Files, Paths, and Namespaces" (Microsoft Learn); length limits are NAME_MAX of POSIX hosts and 255 UTF-16 units of NTFS.
 */

import { texts } from '../texts.ts';

/** What the folder into which is written can hold; found out by trying (target-traits.ts). */
export interface NameRules {
  /** 'a' and 'A' are one file there. */
  caseInsensitive: boolean;
  /** Composed and decomposed accents are one file there. */
  normalising: boolean;
  /** Windows' forbidden characters, reserved names and trailing dots and spaces apply. */
  windows: boolean;
  /** The longest name, and in which unit. */
  maxLength: number;
  lengthUnit: 'bytes' | 'utf16';
}

export const POSIX_RULES: NameRules = {
  caseInsensitive: false,
  normalising: false,
  windows: false,
  maxLength: 255,
  lengthUnit: 'bytes',
};

/** For names that every host can have: what carries them may be taken elsewhere. */
export const EVERY_HOST_RULES: NameRules = { ...POSIX_RULES, windows: true, caseInsensitive: true, normalising: true };

export interface SafeName {
  name: string;
  /** Why it is not the medium's own name; null if it is. */
  reason: string | null;
}

const SEPARATORS = /[/\\]/g;
/** Control characters, line and paragraph separators, byte order mark. */
const CONTROLS = /[\p{Cc}\u2028\u2029\uFEFF]/gu;
/** Bidi_Control of Unicode: they make 'exe.txt' out of 'txt.exe'. */
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const WINDOWS_FORBIDDEN = /[<>:"|?*]/g;
const WINDOWS_RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=$|[. ])/i;
const TRAILING_DOTS_AND_SPACES = /[. ]+$/;
/** An extension longer than this is not one, and is cut with the name. */
const MAX_EXTENSION_LENGTH = 24;
/** So many files whose names fall together in one folder get numbers; a medium that has more is made to. */
export const MAX_NUMBERED_NAMES = 10_000;

/** The name under which a file or folder called `raw` on the medium is written, taken alone. */
export function safeName(raw: string, rules: NameRules): SafeName {
  const reasons: string[] = [];
  const why = texts().nameReasons;
  let name = raw;
  const replace = (pattern: RegExp, by: string, reason: string) => {
    const replaced = name.replace(pattern, by);
    if (replaced !== name) reasons.push(reason);
    name = replaced;
  };
  if (!name.isWellFormed()) {
    name = spelledOut(name);
    reasons.push(why.notText);
  }
  replace(SEPARATORS, '_', why.separator);
  replace(CONTROLS, '_', why.controls);
  replace(BIDI, '_', why.bidi);
  if (rules.windows) {
    replace(WINDOWS_FORBIDDEN, '_', why.forbidden);
    replace(TRAILING_DOTS_AND_SPACES, '', why.trailing);
    replace(WINDOWS_RESERVED, '$&_', why.reserved);
  }
  if (name === '' || name === '.' || name === '..') {
    name = '_'.repeat(Math.max(1, name.length));
    reasons.push(why.notPossible);
  }
  const short = shortened(name, rules, '');
  if (short !== name) reasons.push(why.tooLong);
  return { name: short, reason: reasons.length === 0 ? null : why.joined(reasons) };
}

/** Each lone surrogate as %XX, the byte for which it stands (kernel-worker/rump/vfs/names.ts), or %uXXXX. */
function spelledOut(name: string): string {
  let text = '';
  for (const character of name) {
    const unit = character.charCodeAt(0);
    if (character.isWellFormed()) text += character;
    else if (unit >= 0xdc80 && unit <= 0xdcff) text += `%${(unit - 0xdc00).toString(16).toUpperCase()}`;
    else text += `%u${unit.toString(16).toUpperCase()}`;
  }
  return text;
}

/** `name` with `suffix` before its extension, cut so that the whole is not too long. The extension stays. */
export function shortened(name: string, rules: NameRules, suffix: string): string {
  const dot = name.lastIndexOf('.');
  const hasExtension = dot > 0 && name.length - dot <= MAX_EXTENSION_LENGTH;
  const extension = hasExtension ? name.slice(dot) : '';
  const characters = Array.from(hasExtension ? name.slice(0, dot) : name);
  const room = rules.maxLength - lengthOf(suffix + extension, rules);
  let length = lengthOf(characters.join(''), rules);
  while (length > room && characters.length > 1) length -= lengthOf(characters.pop() ?? '', rules);
  let stem = characters.join('');
  if (rules.windows && extension === '' && suffix === '') stem = stem.replace(TRAILING_DOTS_AND_SPACES, '');
  return stem + suffix + extension;
}

function lengthOf(text: string, rules: NameRules): number {
  return rules.lengthUnit === 'bytes' ? Buffer.byteLength(text) : text.length;
}

/** The form under which two names are one file in a folder with these rules. */
export function collisionKey(name: string, rules: NameRules): string {
  let key = name;
  if (rules.normalising || rules.caseInsensitive) key = key.normalize('NFC');
  if (rules.caseInsensitive) key = key.toUpperCase().toLowerCase().normalize('NFC');
  return key;
}

/** The names given out in one target folder: no two entries of the medium get the same one. */
export class FolderNames {
  private readonly rules: NameRules;
  private readonly taken = new Set<string>();
  /** From which number on to look for a free one, for each name that was wanted twice. */
  private readonly nextNumber = new Map<string, number>();

  constructor(rules: NameRules) {
    this.rules = rules;
  }

  /** The name for an entry; null if too many entries want the same one. */
  claim(raw: string): SafeName | null {
    const safe = safeName(raw, this.rules);
    const key = collisionKey(safe.name, this.rules);
    if (!this.taken.has(key)) {
      this.taken.add(key);
      return safe;
    }
    for (let number = this.nextNumber.get(key) ?? 2; number <= MAX_NUMBERED_NAMES; number++) {
      const name = shortened(safe.name, this.rules, ` (${number})`);
      const numberedKey = collisionKey(name, this.rules);
      if (this.taken.has(numberedKey)) continue;
      this.taken.add(numberedKey);
      this.nextNumber.set(key, number + 1);
      const { joined, taken } = texts().nameReasons;
      return { name, reason: joined([safe.reason, taken].filter((reason) => reason !== null)) };
    }
    return null;
  }
}
