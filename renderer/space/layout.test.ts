/** The map of space. */

import { describe, expect, it } from 'vitest';
import type { SpaceNode } from '../../main/contract.ts';
import { type MapPart, mapParts, nextPart } from './layout.ts';

const file = (name: string, bytes: number): SpaceNode => ({ name, kind: 'file', bytes, files: 1, children: [] });
const folder = (name: string, bytes: number, children: SpaceNode[]): SpaceNode => ({
  name,
  kind: 'folder',
  bytes,
  files: children.length,
  children,
});
const area = ({ width, height }: MapPart) => width * height;

describe('the parts of a map', () => {
  const parts = mapParts(
    folder('', 1000, [folder('photos', 600, [file('a.jpg', 400), file('b.jpg', 150)]), file('film.mkv', 300)]),
    '/',
    800,
    600,
  );
  const part = (path: string, kind: MapPart['kind'] = 'file') => {
    const found = parts.find((each) => each.path === path && each.kind === kind);
    if (found === undefined) throw new Error(`no ${path}`);
    return found;
  };

  it('are as large as the space that they take', () => {
    const all = 800 * 600;
    expect(area(part('/photos', 'folder')) / all).toBeCloseTo(0.6, 1);
    expect(area(part('/film.mkv')) / all).toBeCloseTo(0.3, 1);
    expect(area(part('/', 'rest')) / all).toBeCloseTo(0.1, 1);
    expect(area(part('/photos/a.jpg'))).toBeGreaterThan(area(part('/photos/b.jpg')));
  });

  it('know their kind, and what is too small is one part of the folder', () => {
    expect(part('/film.mkv').group).toBe('video');
    expect(part('/photos/a.jpg')).toMatchObject({ group: 'image', depth: 2 });
    expect(part('/photos', 'rest').bytes).toBe(50);
    expect(part('/photos', 'folder').open).toBe(true);
  });

  it('lie within the map and within their folder, and do not overlap', () => {
    const outer = part('/photos', 'folder');
    const inner = part('/photos/a.jpg');
    expect(inner.x).toBeGreaterThan(outer.x);
    expect(inner.y).toBeGreaterThanOrEqual(outer.y + 20);
    expect(inner.x + inner.width).toBeLessThan(outer.x + outer.width);
    const firsts = parts.filter(({ depth }) => depth === 1);
    for (const a of firsts) {
      expect(a.x + a.width).toBeLessThanOrEqual(800);
      for (const b of firsts.filter((each) => each !== a)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart).toBe(true);
      }
    }
  });

  it('are none where there is no space, and none that nobody could see', () => {
    expect(mapParts(folder('', 0, []), '/', 800, 600)).toEqual([]);
    expect(mapParts(folder('', 9, [file('a', 9)]), '/', 20, 20)).toEqual([]);
    const tiny = mapParts(folder('', 1e9, [file('big', 1e9 - 1), file('tiny', 1)]), '/', 800, 600);
    expect(tiny.map(({ path }) => path)).toEqual(['/big']);
  });
});

describe('arrows in a map', () => {
  const at = (x: number, y: number): MapPart => ({
    path: '',
    name: '',
    kind: 'file',
    group: 'other',
    bytes: 1,
    files: 1,
    depth: 1,
    open: false,
    x,
    y,
    width: 10,
    height: 10,
  });
  const parts = [at(0, 0), at(20, 0), at(0, 20), at(20, 20)];

  it('lead to the nearest part in their direction, and nowhere at the edge', () => {
    expect(nextPart(parts, 0, 'ArrowRight')).toBe(1);
    expect(nextPart(parts, 0, 'ArrowDown')).toBe(2);
    expect(nextPart(parts, 3, 'ArrowLeft')).toBe(2);
    expect(nextPart(parts, 3, 'ArrowUp')).toBe(1);
    expect(nextPart(parts, 0, 'ArrowLeft')).toBe(-1);
    expect(nextPart(parts, -1, 'ArrowDown')).toBe(0);
    expect(nextPart([], -1, 'ArrowDown')).toBe(-1);
  });
});
