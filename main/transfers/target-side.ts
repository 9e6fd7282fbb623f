/** The writing side that the app and the command line use: in its own thread. */

import { unpackedFile } from '../built-files.ts';
import type { TargetSide } from './orders.ts';
import { threadedTargetSide } from './threaded-target-side.ts';

export function newTargetSide(): TargetSide {
  return threadedTargetSide(
    unpackedFile('main', 'transfers', 'copy-thread.js'),
    unpackedFile('main', 'transfers', 'hash-thread.js'),
  );
}
