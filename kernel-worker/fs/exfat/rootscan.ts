/** Searches the root directory for what it tells of the volume. */

import { KernelError } from '../../rump/errno.ts';
import type { Exnode } from './exnode.ts';
import { directoryPieces } from './pieces.ts';
import { noFacts, type RootFacts, scanEntries } from './rootentries.ts';
import type { Volume } from './volume.ts';

/** Formatters put all of it in the first entries: the search ends with the piece in which the last is found, or with the directory. */
export function scanRoot(volume: Volume, root: Exnode): RootFacts {
  const facts = noFacts();
  for (const piece of directoryPieces(volume, root)) {
    if (piece instanceof KernelError) continue;
    const ended = scanEntries(facts, piece.entries, piece.byteOffset);
    if (ended || isComplete(facts, volume.boot.fatCount)) break;
  }
  return facts;
}

function isComplete(facts: RootFacts, fatCount: number): boolean {
  const hasBitmaps = facts.bitmaps[0] !== null && (fatCount === 1 || facts.bitmaps[1] !== null);
  return hasBitmaps && facts.upcase !== null && facts.label !== null;
}
