/** What the search form says, as a query. */

import type { SearchQuery, TimeBound } from '../../main/contract.ts';
import { extensionsOf, type KindGroup } from '../state/file-kind.ts';

export interface FindForm {
  name: string;
  what: SearchQuery['what'];
  kind: KindGroup | null;
  /** In `unit`; null: no bound. */
  atLeast: number | null;
  atMost: number | null;
  unit: SizeUnit;
  /** Days as date fields give them, 'YYYY-MM-DD'; '': no bound. Both included. */
  fromDay: string;
  untilDay: string;
}

export type SizeUnit = 'kB' | 'MB' | 'GB';
/** Decimal, as sizes are shown. */
export const SIZE_UNITS: Readonly<Record<SizeUnit, number>> = { kB: 1000, MB: 1_000_000, GB: 1_000_000_000 };

export const EMPTY_FORM: FindForm = {
  name: '',
  what: 'all',
  kind: null,
  atLeast: null,
  atMost: null,
  unit: 'MB',
  fromDay: '',
  untilDay: '',
};

/** Whether anything but a name is asked for. */
export function hasCriteria({ what, kind, atLeast, atMost, fromDay, untilDay }: FindForm): boolean {
  return what !== 'all' || kind !== null || atLeast !== null || atMost !== null || fromDay !== '' || untilDay !== '';
}

/** null: nothing is asked for. */
export function queryOf(form: FindForm): SearchQuery | null {
  const name = form.name.trim();
  if (name === '' && !hasCriteria(form)) return null;
  return {
    name,
    what: form.what,
    extensions: form.kind === null ? null : extensionsOf(form.kind),
    minBytes: bytes(form.atLeast, form.unit, Math.ceil),
    maxBytes: bytes(form.atMost, form.unit, Math.floor),
    modifiedFrom: startOfDay(form.fromDay, 0),
    modifiedBefore: startOfDay(form.untilDay, 1),
  };
}

function bytes(count: number | null, unit: SizeUnit, whole: (value: number) => number): number | null {
  if (count === null || !(count >= 0)) return null;
  return Math.min(Number.MAX_SAFE_INTEGER, whole(count * SIZE_UNITS[unit]));
}

/** The first moment of a day, or of one `later` days on: in the user's own time zone, and by the clock on the wall. */
export function startOfDay(day: string, later: number): TimeBound | null {
  const parts = /^(\d{4,6})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return null;
  const [year, month, date] = parts.slice(1).map(Number);
  const local = new Date(0);
  local.setFullYear(year, month - 1, date + later);
  local.setHours(0, 0, 0, 0);
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, date + later);
  return { instantSec: Math.floor(local.getTime() / 1000), wallSec: Math.floor(wall.getTime() / 1000) };
}
