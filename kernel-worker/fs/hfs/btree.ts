/**
 * B-trees of HFS and HFS Plus: node descriptors, header record, records by offsets from the end of a node (TN1150, "B-Trees"; Inside Macintosh: Files,
 * 2-64). The two differ in the size of nodes, in the width of the key length and in index keys of fixed length.
 */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
import { u16be, u32be } from '../../rump/vfs/bytes.ts';
import { LruMap } from '../../rump/vfs/lru.ts';
import type { Fork } from './format.ts';
import { breadFork, type Volume } from './volume.ts';

const DESCRIPTOR_BYTES = 14;
const KIND = { leaf: -1, index: 0, header: 1, map: 2 } as const;
/** Node sizes are powers of two from 512 to 32,768 (TN1150, "B-Trees"). */
const MIN_NODE_BYTES = 512;
const MAX_NODE_BYTES = 32768;
/** A tree of 2^32 nodes with three records in each is 21 high; made trees stay below 8. */
const MAX_DEPTH = 24;
/** Nodes kept parsed: the upper levels of a tree and a few leaves, of at most 32 KiB each. */
const CACHED_NODES = 64;

/** attributes of the header record. */
const VARIABLE_INDEX_KEYS = 4;

/** The sign of (the key at `at`, where its length stands) - (the wanted key). */
export type KeyOrder = (bytes: Uint8Array, at: number) => number;

export interface TreeNode {
  bytes: Uint8Array;
  number: number;
  isLeaf: boolean;
  /** Leaves have 1. */
  height: number;
  records: number;
}

/** A leaf, and the first of its records that counts. */
export interface LeafSpan {
  node: TreeNode;
  first: number;
}

/** A record of a leaf: its key length field stands at `key`, its data from `data` to `end`. */
export interface LeafRecord {
  bytes: Uint8Array;
  key: number;
  data: number;
  end: number;
}

export class BTree {
  readonly what: string;
  readonly nodeBytes: number;
  readonly depth: number;
  readonly leafRecords: number;
  /** keyCompareType of HFSX: 0xCF folds case, 0xBC is binary. */
  readonly keyCompareType: number;
  private readonly volume: Volume;
  private readonly fork: Fork;
  private readonly wideKeys: boolean;
  private readonly rootNode: number;
  private readonly totalNodes: number;
  /** Bytes of every index key with its length field; 0: as its length says. */
  private readonly fixedKeyBytes: number;
  private readonly nodes = new LruMap<number, TreeNode>(CACHED_NODES);

  /** Reads the header node. `what` names the tree in messages. EUCLEAN if the header is impossible. */
  constructor(volume: Volume, fork: Fork, what: string, wideKeys: boolean) {
    this.volume = volume;
    this.fork = fork;
    this.what = what;
    this.wideKeys = wideKeys;
    const header = breadFork(volume, fork, 0, MIN_NODE_BYTES);
    if (kindOf(header) !== KIND.header)
      throw damaged(`the ${what} does not begin with a header node`, { expected: KIND.header, found: kindOf(header) });
    const at = DESCRIPTOR_BYTES;
    this.depth = u16be(header, at);
    this.rootNode = u32be(header, at + 2);
    this.leafRecords = u32be(header, at + 6);
    this.nodeBytes = u16be(header, at + 18);
    const maxKeyLength = u16be(header, at + 20);
    this.keyCompareType = header[at + 37];
    const variable = wideKeys && (u32be(header, at + 38) & VARIABLE_INDEX_KEYS) !== 0;
    this.fixedKeyBytes = variable ? 0 : even(maxKeyLength + (wideKeys ? 2 : 1));
    const { nodeBytes } = this;
    if (nodeBytes < MIN_NODE_BYTES || nodeBytes > MAX_NODE_BYTES || (nodeBytes & (nodeBytes - 1)) !== 0)
      throw damaged(`the ${what} has an impossible node size`, { found: nodeBytes });
    // Not the header's number: where that is damaged, the fork still bounds the tree.
    this.totalNodes = Math.floor(Math.min(fork.size, volume.totalBlocks * volume.blockSize) / nodeBytes);
    if (this.depth > MAX_DEPTH)
      throw damaged(`the ${what} is impossibly high`, { expected: `up to ${MAX_DEPTH}`, found: this.depth });
    if (this.depth > 0 && this.rootNode === 0) throw damaged(`the ${what} has a height but no root`);
  }

  /** The last record whose key is not greater than the wanted one; null if there is none. EUCLEAN, EIO. */
  search(order: KeyOrder): LeafRecord | null {
    if (this.depth === 0) return null;
    let node = this.node(this.rootNode, this.depth);
    while (!node.isLeaf) {
      const index = this.lastNotGreater(node, order);
      if (index < 0) return null;
      node = this.node(this.child(node, index), node.height - 1);
    }
    const index = this.lastNotGreater(node, order);
    return index < 0 ? null : this.leafRecord(node, index);
  }

  /** The record with exactly the wanted key, or null. */
  find(order: KeyOrder): LeafRecord | null {
    const record = this.search(order);
    return record !== null && order(record.bytes, record.key) === 0 ? record : null;
  }

  /** All records in order, from the first whose key is not less than the wanted one; a KernelError in the place of what cannot be read. */
  *from(order: KeyOrder): Generator<LeafRecord | KernelError, void> {
    for (const span of this.leavesFrom(order)) {
      if (span instanceof KernelError) yield span;
      else for (let index = span.first; index < span.node.records; index++) yield this.record(span.node, index);
    }
  }

  /**
   * The leaves in order, from the one with the first record whose key is not less than the wanted one. Goes from the index to the leaves and not along
   * their links, so that a node that cannot be read costs what is in it, and is told by the KernelError in its place.
   */
  *leavesFrom(order: KeyOrder): Generator<LeafSpan | KernelError, void> {
    if (this.depth === 0) return;
    const levels: Array<{ node: TreeNode; next: number }> = [];
    const enter = (number: number, height: number) => {
      const node = this.node(number, height);
      levels.push({ node, next: this.startIn(node, order) });
    };
    enter(this.rootNode, this.depth);
    // A damaged index may name a node many times: no more are met than the tree has.
    for (let met = 1; levels.length > 0; ) {
      const level = levels[levels.length - 1];
      const { node } = level;
      if (node.isLeaf || level.next >= node.records) {
        levels.pop();
        if (node.isLeaf) yield { node, first: level.next };
        continue;
      }
      const index = level.next++;
      met += 1;
      if (met > this.totalNodes) throw damaged(`the ${this.what} has more nodes than it has room for`);
      try {
        enter(this.child(node, index), node.height - 1);
      } catch (error) {
        const failure = asKernelError(error);
        if (failure.kind === 'removed') throw failure;
        yield failure;
      }
    }
  }

  /** A record of a leaf, or the damage that it has. */
  record(node: TreeNode, index: number): LeafRecord | KernelError {
    try {
      return this.leafRecord(node, index);
    } catch (error) {
      return asKernelError(error);
    }
  }

  /** In an index the child before the first greater key, as the wanted key may be in it; in a leaf the first record that is not less. */
  private startIn(node: TreeNode, order: KeyOrder): number {
    try {
      const last = this.lastNotGreater(node, order);
      if (!node.isLeaf || last < 0) return Math.max(0, last);
      return order(node.bytes, this.recordStart(node, last)) === 0 ? last : last + 1;
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind !== 'damage') throw failure;
      // A record in the way is damaged: all are looked at.
      return 0;
    }
  }

  private lastNotGreater(node: TreeNode, order: KeyOrder): number {
    let low = 0;
    let high = node.records - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (order(node.bytes, this.recordStart(node, middle)) <= 0) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }

  /** A node that must have this height. */
  private node(number: number, height: number): TreeNode {
    const known = this.nodes.get(number);
    if (known !== undefined && known.height === height) return known;
    if (number === 0 || number >= this.totalNodes) {
      throw damaged(`the ${this.what} points to a node that it does not have`, {
        expected: `1 to ${this.totalNodes - 1}`,
        found: number,
      });
    }
    const node = this.parse(breadFork(this.volume, this.fork, number * this.nodeBytes, this.nodeBytes), number, height);
    this.nodes.set(number, node);
    return node;
  }

  private parse(bytes: Uint8Array, number: number, height: number): TreeNode {
    const kind = kindOf(bytes);
    const isLeaf = height === 1;
    if (kind !== (isLeaf ? KIND.leaf : KIND.index) || bytes[9] !== height) {
      throw damaged(`node ${number} of the ${this.what} is not what its place in the tree asks for`, {
        expected: `kind ${isLeaf ? KIND.leaf : KIND.index} of height ${height}`,
        found: `kind ${kind} of height ${bytes[9]}`,
      });
    }
    const records = u16be(bytes, 10);
    if (records === 0 || DESCRIPTOR_BYTES + 2 * (records + 1) > this.nodeBytes)
      throw damaged(`node ${number} of the ${this.what} has an impossible number of records`, { found: records });
    return { bytes, number, isLeaf, height, records };
  }

  private recordStart(node: TreeNode, index: number): number {
    const start = u16be(node.bytes, this.nodeBytes - 2 * (index + 1));
    const room = this.nodeBytes - 2 * (node.records + 1);
    if (start < DESCRIPTOR_BYTES || start + (this.wideKeys ? 2 : 1) > room)
      throw damaged(`a record in node ${node.number} of the ${this.what} lies outside of it`, { found: start });
    return start;
  }

  /** Where a record's data begin: behind its key, on an even offset. */
  private dataStart(node: TreeNode, start: number, fixedKeyBytes: number, needed: number): number {
    const { bytes } = node;
    const keyBytes = this.wideKeys ? 2 + u16be(bytes, start) : 1 + bytes[start];
    const data = start + even(Math.max(keyBytes, fixedKeyBytes));
    if (data + needed > this.nodeBytes - 2 * (node.records + 1))
      throw damaged(`a key in node ${node.number} of the ${this.what} is longer than its node`, { found: keyBytes });
    return data;
  }

  private child(node: TreeNode, index: number): number {
    return u32be(node.bytes, this.dataStart(node, this.recordStart(node, index), this.fixedKeyBytes, 4));
  }

  private leafRecord(node: TreeNode, index: number): LeafRecord {
    const key = this.recordStart(node, index);
    const data = this.dataStart(node, key, 0, 2);
    const end = u16be(node.bytes, this.nodeBytes - 2 * (index + 2));
    if (end < data || end > this.nodeBytes - 2 * (node.records + 1))
      throw damaged(`a record in node ${node.number} of the ${this.what} ends outside of it`, { found: end });
    return { bytes: node.bytes, key, data, end };
  }
}

function kindOf(node: Uint8Array): number {
  return (node[8] << 24) >> 24;
}

function even(length: number): number {
  return (length + 1) & ~1;
}
