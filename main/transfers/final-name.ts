/** Moves a file that is whole to its final name, and never over anything that has the name already. */

import { closeSync, constants, linkSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { errorCode } from '../host-error.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;
/** No hard links here (FAT, exFAT, some network file systems). */
const NO_LINK_CODES = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** false: the name is taken. Both are in one file system. */
export function moveUnlessTaken(from: string, to: string): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'EEXIST') return false;
    if (!NO_LINK_CODES.includes(code)) throw error;
    return moveOverPlaceholder(from, to);
  }
  unlinkSync(from);
  return true;
}

/** Where there are no hard links: an empty file of our own takes the name, and is then replaced. */
function moveOverPlaceholder(from: string, to: string): boolean {
  try {
    closeSync(openSync(to, O_CREAT | O_EXCL | O_RDWR | (O_NOFOLLOW ?? 0), 0o600));
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    renameSync(from, to);
  } catch (error) {
    unlinkSync(to);
    throw error;
  }
  return true;
}
