/** Where the parts of a folder lie in its map: a squarified treemap (Bruls, Huizing, van Wijk 2000), laid out by d3-hierarchy. */

import { type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { SpaceNode } from '../../main/contract.ts';
import { type KindGroup, kindGroup } from '../state/file-kind.ts';
import { childPath } from '../state/place.ts';

export interface MapPart {
  path: string;
  name: string;
  /** `rest`: all that is too small to be drawn, of the folder above. */
  kind: 'folder' | 'file' | 'rest';
  group: KindGroup | 'other' | 'folder';
  bytes: number;
  files: number;
  /** 1: directly in the folder of the map. */
  depth: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Parts of it are drawn in it: it shows its name above them. */
  open: boolean;
}

/** In CSS pixels. */
const HEAD = 20;
const INNER = 2;
const OUTER = 3;
/** Narrower and lower ones are drawn, but not with anything in them. */
const MIN_OPEN_WIDTH = 60;
const MIN_OPEN_HEIGHT = 46;
/** Not drawn at all: nobody could see it. */
const MIN_SIDE = 2;

interface Datum {
  node: SpaceNode;
  path: string;
  rest: boolean;
}

/** The parts, each folder before what is in it. */
export function mapParts(top: SpaceNode, path: string, width: number, height: number): MapPart[] {
  if (top.bytes <= 0 || width < MIN_OPEN_WIDTH || height < MIN_OPEN_HEIGHT) return [];
  const root = hierarchy<Datum>({ node: top, path, rest: false }, childrenOf)
    // What is counted in a folder is what its parts take, so only leaves carry bytes.
    .sum((datum) => (datum.rest || datum.node.children.length === 0 ? datum.node.bytes : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const laid = treemap<Datum>()
    .tile(treemapSquarify)
    .size([width, height])
    .paddingInner(INNER)
    .paddingOuter((node) => (node.depth === 0 ? 0 : OUTER))
    .paddingTop((node) => (node.depth === 0 ? 0 : HEAD))
    .round(true)(root);
  const parts: MapPart[] = [];
  const waiting: Array<HierarchyRectangularNode<Datum>> = [...(laid.children ?? [])].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const part = partOf(next);
    if (part.width < MIN_SIDE || part.height < MIN_SIDE) continue;
    parts.push(part);
    if (part.open) for (const child of [...(next.children ?? [])].reverse()) waiting.push(child);
  }
  return parts;
}

function childrenOf({ node, path, rest }: Datum): Datum[] {
  if (rest || node.children.length === 0) return [];
  const shown = node.children.map((child) => ({ node: child, path: childPath(path, child.name), rest: false }));
  const bytes = node.bytes - node.children.reduce((sum, child) => sum + child.bytes, 0);
  if (bytes <= 0) return shown;
  const small: SpaceNode = { name: '', kind: 'file', bytes, files: 0, children: [] };
  return [...shown, { node: small, path, rest: true }];
}

function partOf({ data, depth, x0, x1, y0, y1, children }: HierarchyRectangularNode<Datum>): MapPart {
  const { node, path, rest } = data;
  const width = x1 - x0;
  const height = y1 - y0;
  return {
    path,
    name: node.name,
    kind: rest ? 'rest' : node.kind,
    group: rest ? 'other' : node.kind === 'folder' ? 'folder' : kindGroup(node.name),
    bytes: node.bytes,
    files: node.files,
    depth,
    x: x0,
    y: y0,
    width,
    height,
    open: children !== undefined && width >= MIN_OPEN_WIDTH && height >= MIN_OPEN_HEIGHT,
  };
}

/** The part that an arrow key leads to from part `from`: the nearest one in that direction, by the distance of the middles; -1 if there is none. */
export function nextPart(parts: readonly MapPart[], from: number, key: string): number {
  const start = parts[from];
  if (start === undefined) return parts.length > 0 ? 0 : -1;
  const [dx, dy] = DIRECTIONS[key] ?? [0, 0];
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < parts.length; i++) {
    const x = parts[i].x + parts[i].width / 2 - (start.x + start.width / 2);
    const y = parts[i].y + parts[i].height / 2 - (start.y + start.height / 2);
    const along = x * dx + y * dy;
    if (i === from || along <= 0) continue;
    // What lies beside the way counts double: the eye follows the line.
    const distance = along + 2 * Math.abs(x * dy + y * dx);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
