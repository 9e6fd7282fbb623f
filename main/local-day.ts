/** A day in names of files: by the user's own clock, in the order that sorts. */

/** '2026-03-09' */
export function localDay(timeMs: number): string {
  const day = new Date(timeMs);
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
