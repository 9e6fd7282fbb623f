/** The names under which files are written before they are whole. */

import { randomBytes } from 'node:crypto';

/** Whoever finds one of these after a crash knows whose it is and that it may be deleted. */
export const PARTIAL_PREFIX = '.airlock-partial-';

/** Nobody else can know the name before it is there: 96 random bits. */
export function partialName(): string {
  return PARTIAL_PREFIX + randomBytes(12).toString('hex');
}
