/** What the file system of a target folder makes of names, found out by trying with files of our own in it. */

import { randomBytes } from 'node:crypto';
import { closeSync, lstatSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PARTIAL_PREFIX } from './partial-names.ts';
import { type NameRules, POSIX_RULES } from './safe-names.ts';

/** `folder`: a path under which entries of the target folder are reached. Throws the host's error where nothing can be created. */
export function nameRulesOf(folder: string, platform: NodeJS.Platform = process.platform): NameRules {
  const stem = `${PARTIAL_PREFIX}${randomBytes(8).toString('hex')}-probe`;
  // 'é' as one character; the other spelling is 'e' and a combining accent.
  const probe = `${stem}-a\u00e9`;
  create(join(folder, probe));
  try {
    const seenAs = (name: string) => exists(join(folder, name));
    return {
      ...POSIX_RULES,
      caseInsensitive: seenAs(`${stem}-A\u00e9`),
      normalising: seenAs(`${stem}-ae\u0301`),
      windows: platform === 'win32' || !holdsQuestionMark(join(folder, `${stem}?`)),
      lengthUnit: platform === 'win32' ? 'utf16' : 'bytes',
    };
  } finally {
    unlinkSync(join(folder, probe));
  }
}

function create(path: string): void {
  closeSync(openSync(path, 'wx', 0o600));
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** FAT, exFAT and NTFS refuse it, whichever host has them mounted. */
function holdsQuestionMark(path: string): boolean {
  try {
    create(path);
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
