/**
 * The extents-overflow tree: the extents of a fork behind those in its own record, of HFS Plus (TN1150, "Extents Overflow File") and of HFS (Inside
 * Macintosh: Files, 2-73).
 */

import { u16be, u32be } from '../../rump/vfs/bytes.ts';
import type { BTree, LeafRecord } from './btree.ts';
import { type Extent, type Fork, parseExtents } from './format.ts';
import type { OverflowLookup } from './volume.ts';

interface ExtentKey {
  cnid: number;
  forkType: number;
  startBlock: number;
}

interface KeyLayout {
  parse(bytes: Uint8Array, at: number): ExtentKey;
  extents(record: LeafRecord): readonly Extent[];
  recordBytes: number;
}

const PLUS: KeyLayout = {
  parse: (bytes, at) => ({ forkType: bytes[at + 2], cnid: u32be(bytes, at + 4), startBlock: u32be(bytes, at + 8) }),
  extents: (record) => parseExtents(record.bytes, record.data),
  recordBytes: 64,
};

const CLASSIC: KeyLayout = {
  parse: (bytes, at) => ({ forkType: bytes[at + 1], cnid: u32be(bytes, at + 2), startBlock: u16be(bytes, at + 6) }),
  extents: (record) => parseClassicExtents(record.bytes, record.data),
  recordBytes: 12,
};

/** The three extents of HFS at `at`, without the unused ones behind the last. */
export function parseClassicExtents(bytes: Uint8Array, at: number): Extent[] {
  const extents: Extent[] = [];
  for (let i = 0; i < 3; i++) {
    const count = u16be(bytes, at + 4 * i + 2);
    if (count === 0) break;
    extents.push({ start: u16be(bytes, at + 4 * i), count });
  }
  return extents;
}

/** Keys are ordered by file, then fork, then block. */
function compare(key: ExtentKey, fork: Fork, index: number): number {
  if (key.cnid !== fork.cnid) return key.cnid < fork.cnid ? -1 : 1;
  if (key.forkType !== fork.type) return key.forkType < fork.type ? -1 : 1;
  return key.startBlock - index;
}

export function overflowLookup(tree: BTree, isClassic: boolean): OverflowLookup {
  const layout = isClassic ? CLASSIC : PLUS;
  return (fork, index) => {
    const record = tree.search((bytes, at) => compare(layout.parse(bytes, at), fork, index));
    if (record === null || record.end - record.data < layout.recordBytes) return null;
    const key = layout.parse(record.bytes, record.key);
    if (key.cnid !== fork.cnid || key.forkType !== fork.type) return null;
    return { startBlock: key.startBlock, extents: layout.extents(record) };
  };
}
