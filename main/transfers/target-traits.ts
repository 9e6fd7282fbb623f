/** What the file system of a target folder makes of names, found out by trying with files of our own in it. */

import { randomBytes } from 'node:crypto';
import { closeSync, lstatSync, openSync, statfsSync, unlinkSync } from 'node:fs';
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

/** The largest file of FAT: its size is a 32-bit number (fatgen103). */
const FAT_MAX_FILE_BYTES = 0xffff_ffff;
/** f_type of Linux's statfs(2) for FAT. */
const MSDOS_SUPER_MAGIC = 0x4d44;

/** How much room there is below a folder, and how large a file may be there. Network and user-space file systems may say nothing: then null. */
export function roomAt(
  path: string,
  statfs: (path: string) => { type: number; bsize: number; blocks: number; bavail: number } = statfsSync,
): { freeBytes: number | null; blockBytes: number; maxFileBytes: number | null } {
  const { type, bsize, blocks, bavail } = statfs(path);
  const isFat = process.platform === 'linux' && type === MSDOS_SUPER_MAGIC;
  return {
    freeBytes: blocks > 0 && bsize > 0 ? bavail * bsize : null,
    blockBytes: bsize,
    maxFileBytes: isFat ? FAT_MAX_FILE_BYTES : null,
  };
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
