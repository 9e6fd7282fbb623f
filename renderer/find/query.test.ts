/** The search form as a query. */

import { describe, expect, it } from 'vitest';
import { EMPTY_FORM, hasCriteria, queryOf, startOfDay } from './query.ts';

describe('queryOf', () => {
  it('asks for nothing where the form is empty', () => {
    expect(queryOf({ ...EMPTY_FORM, name: '  ' })).toBe(null);
    expect(hasCriteria({ ...EMPTY_FORM, name: 'x', unit: 'GB' })).toBe(false);
  });

  it('asks for what is filled in', () => {
    expect(queryOf({ ...EMPTY_FORM, name: ' *.jpg ' })).toEqual({
      name: '*.jpg',
      what: 'all',
      extensions: null,
      minBytes: null,
      maxBytes: null,
      modifiedFrom: null,
      modifiedBefore: null,
    });
    expect(queryOf({ ...EMPTY_FORM, atLeast: 1.5, atMost: 2, unit: 'kB' })).toMatchObject({
      minBytes: 1500,
      maxBytes: 2000,
    });
    expect(queryOf({ ...EMPTY_FORM, kind: 'archive' })?.extensions).toContain('zip');
    expect(queryOf({ ...EMPTY_FORM, kind: 'archive' })?.extensions).toContain('iso');
    expect(queryOf({ ...EMPTY_FORM, what: 'folders' })?.what).toBe('folders');
  });

  it('includes the last day whole', () => {
    const query = queryOf({ ...EMPTY_FORM, fromDay: '2026-02-28', untilDay: '2026-02-28' });
    expect((query?.modifiedBefore?.wallSec ?? 0) - (query?.modifiedFrom?.wallSec ?? 0)).toBe(86_400);
  });
});

describe('the start of a day', () => {
  it('is by the clock on the wall and in the own time zone', () => {
    const bound = startOfDay('2026-09-26', 0);
    expect(bound?.wallSec).toBe(Date.UTC(2026, 8, 26) / 1000);
    expect(bound?.instantSec).toBe(new Date(2026, 8, 26).getTime() / 1000);
    expect(startOfDay('2026-12-31', 1)?.wallSec).toBe(Date.UTC(2027, 0, 1) / 1000);
    expect(startOfDay('0099-01-01', 0)?.wallSec).toBe(new Date('0099-01-01T00:00:00Z').getTime() / 1000);
  });

  it('is none for what is no day', () => {
    expect(startOfDay('', 0)).toBe(null);
    expect(startOfDay('2026-9-1', 0)).toBe(null);
  });
});
