/** What a view is: shows the file inside an element, tells facts, and stops when it is told to. */

import type { Facts, ToFrame } from './protocol.ts';

export type Shown = Extract<ToFrame, { type: 'show' }>;

export interface ViewPlace {
  root: HTMLElement;
  shown: Shown;
  /** Ends everything that goes on: another view comes. */
  signal: AbortSignal;
  facts(facts: Facts): void;
}

/** Resolves when something is to be seen. Throws LookError. */
export type View = (place: ViewPlace) => Promise<void>;
