/** Where the window was, so that it comes back there: kept in a file beside the settings. */

import { readFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import * as v from 'valibot';
import { writeWhole } from '../whole-file.ts';

/** Of the window when it is neither maximised nor full screen, in device-independent pixels. */
export interface WindowPlace extends Rectangle {
  maximized: boolean;
}

export const DEFAULT_SIZE = { width: 1180, height: 760 };
export const MIN_SIZE = { width: 420, height: 420 };

/** So much of the title bar must be on a display that it can be caught with the mouse. */
const CATCHABLE = { width: 100, height: 24 };

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const placeSchema = v.object({ x: pixels, y: pixels, width: pixels, height: pixels, maximized: v.boolean() });

/** null: there is none yet, or it is not to be understood. */
export function readPlace(path: string): WindowPlace | null {
  try {
    return v.parse(placeSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** A place that cannot be kept is not worth a message. */
export function keepPlace(path: string, place: WindowPlace): void {
  try {
    writeWhole(path, JSON.stringify(place));
  } catch {}
}

/** Position and size for a window: as it was, if its title bar is on one of the displays' work areas; else its size alone, which the system centres. */
export function visiblePlace(place: WindowPlace | null, workAreas: readonly Rectangle[]): Partial<Rectangle> {
  if (place === null) return DEFAULT_SIZE;
  const largest = {
    width: Math.max(...workAreas.map(({ width }) => width), MIN_SIZE.width),
    height: Math.max(...workAreas.map(({ height }) => height), MIN_SIZE.height),
  };
  const width = Math.min(Math.max(place.width, MIN_SIZE.width), largest.width);
  const height = Math.min(Math.max(place.height, MIN_SIZE.height), largest.height);
  const isThere = workAreas.some((area) => {
    const shownWidth = Math.min(place.x + width, area.x + area.width) - Math.max(place.x, area.x);
    const isTopThere = place.y >= area.y && place.y + CATCHABLE.height <= area.y + area.height;
    return shownWidth >= CATCHABLE.width && isTopThere;
  });
  return isThere ? { x: place.x, y: place.y, width, height } : { width, height };
}
