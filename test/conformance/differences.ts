/**
 * Where a reference manifest and the format's specification disagree, and the specification wins: each with its reason.
 * A rule changes the reference entry before it is compared (or drops it by returning null); it must change something, or the test fails.
 */

import type { ReferenceEntry } from '../images/library.ts';

export interface Difference {
  /** Images, as 'NAME' or 'NAME.VIEW'. */
  images: RegExp;
  reason: string;
  apply(entry: ReferenceEntry): ReferenceEntry | null;
}

export const DIFFERENCES: Difference[] = [];
