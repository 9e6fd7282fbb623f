/**
 * The block map that FFS and LFS share: twelve direct pointers, then one single, one double and one triple indirect block.
 * Layout: <ufs/ufs/dinode.h> of NetBSD and FreeBSD (di_db, di_ib: UFS_NDADDR 12, UFS_NIADDR 3), in words of 32 or 64 bits of either byte order.
 */

import { damaged } from '../errno.ts';
import type { FsDevice, Run } from '../vfs/vnode.ts';
import type { ByteOrder } from './byteorder.ts';

const DIRECT_POINTERS = 12;
const INDIRECT_LEVELS = 3;
export const MAP_POINTERS = DIRECT_POINTERS + INDIRECT_LEVELS;
/** How much of an indirect block is looked at for one run: 512 or 1024 pointers, 4 MiB of content and more. */
const WINDOW_BYTES = 4096;

/** What all maps of a file system have in common. */
export interface MapGeometry {
  order: ByteOrder;
  pointerBytes: 4 | 8;
  blockBytes: number;
  /** What a pointer counts: fragments, or sectors. */
  unitBytes: number;
  /** Pointers from here on lie outside of the file system. */
  unitLimit: number;
}

/** The map of one file. */
export interface BlockMap {
  /** The fifteen pointers, as they stand in the inode. */
  pointers: Uint8Array;
  /** For messages: 'inode 7'. */
  owner: string;
  /**
   * What a pointer other than to content means; undefined if it is an ordinary one. Snapshots keep marks in theirs, and take from the live file
   * system what they do not hold themselves.
   */
  special?(pointer: number, logicalBlock: number): { deviceOffset: number | null } | undefined;
}

/** How many bytes a map can describe. */
export function maxMappedBytes(geometry: MapGeometry): number {
  const perBlock = geometry.blockBytes / geometry.pointerBytes;
  return (DIRECT_POINTERS + perBlock + perBlock ** 2 + perBlock ** 3) * geometry.blockBytes;
}

/** VOP_BMAP: the run that holds `fileOffset`. EUCLEAN if the map leads out of the file system, or does not reach so far. */
export function mapRun(device: FsDevice, geometry: MapGeometry, map: BlockMap, fileOffset: number): Run {
  const { blockBytes } = geometry;
  const logicalBlock = Math.floor(fileOffset / blockBytes);
  const within = fileOffset - logicalBlock * blockBytes;
  const found = findPointers(device, geometry, map, logicalBlock);
  if (found.pointers === null) return { deviceOffset: null, lengthBytes: found.count * blockBytes - within };
  return runOf(device, geometry, map, found, logicalBlock, within);
}

/** Pointers from the wanted one on; null stands for `count` blocks of a hole. */
interface Pointers {
  pointers: Uint8Array | null;
  at: number;
  count: number;
}

function findPointers(device: FsDevice, geometry: MapGeometry, map: BlockMap, logicalBlock: number): Pointers {
  const { pointerBytes, blockBytes } = geometry;
  if (logicalBlock < DIRECT_POINTERS)
    return { pointers: map.pointers, at: logicalBlock * pointerBytes, count: DIRECT_POINTERS - logicalBlock };
  const perBlock = blockBytes / pointerBytes;
  let rest = logicalBlock - DIRECT_POINTERS;
  let span = perBlock;
  for (let level = 0; level < INDIRECT_LEVELS; level++, span *= perBlock) {
    if (rest >= span) {
      rest -= span;
      continue;
    }
    const top = pointerAt(geometry, map.pointers, (DIRECT_POINTERS + level) * pointerBytes);
    return descend(device, geometry, map, top, rest, span);
  }
  throw damaged(`${map.owner} is larger than its block map`, { found: logicalBlock });
}

/** From an indirect block that covers `span` blocks to the pointer number `index` below it. */
function descend(
  device: FsDevice,
  geometry: MapGeometry,
  map: BlockMap,
  top: number,
  index: number,
  span: number,
): Pointers {
  const { pointerBytes, blockBytes } = geometry;
  const perBlock = blockBytes / pointerBytes;
  let block = top;
  let rest = index;
  for (let covered = span; ; ) {
    if (block === 0) return { pointers: null, at: 0, count: covered - rest };
    const byteOffset = addressOf(geometry, map, block);
    if (covered === perBlock) {
      const from = rest * pointerBytes;
      const window = Math.min(WINDOW_BYTES - (from % WINDOW_BYTES), blockBytes - from);
      return { pointers: device.bread(byteOffset + from, window), at: 0, count: window / pointerBytes };
    }
    covered /= perBlock;
    block = pointerAt(geometry, device.bread(byteOffset + Math.floor(rest / covered) * pointerBytes, pointerBytes), 0);
    rest %= covered;
  }
}

/** The run of pointers that follow each other, or are all holes. */
function runOf(
  device: FsDevice,
  geometry: MapGeometry,
  map: BlockMap,
  found: Pointers,
  logicalBlock: number,
  within: number,
): Run {
  const { pointerBytes, blockBytes, unitBytes } = geometry;
  const pointers = found.pointers ?? new Uint8Array(0);
  const first = pointerAt(geometry, pointers, found.at);
  const special = map.special?.(first, logicalBlock);
  if (special !== undefined) {
    const { deviceOffset } = special;
    return { deviceOffset: deviceOffset === null ? null : deviceOffset + within, lengthBytes: blockBytes - within };
  }
  const step = first === 0 ? 0 : blockBytes / unitBytes;
  let count = 1;
  while (count < found.count && pointerAt(geometry, pointers, found.at + count * pointerBytes) === first + count * step)
    count++;
  const lengthBytes = count * blockBytes - within;
  if (first === 0) return { deviceOffset: null, lengthBytes };
  const deviceOffset = addressOf(geometry, map, first) + within;
  const room = Math.min(device.sizeBytes, geometry.unitLimit * unitBytes) - deviceOffset;
  if (room <= 0)
    throw damaged(`content of ${map.owner} lies behind the end of the medium`, { byteOffset: deviceOffset });
  return { deviceOffset, lengthBytes: Math.min(lengthBytes, room) };
}

function pointerAt(geometry: MapGeometry, pointers: Uint8Array, at: number): number {
  return geometry.pointerBytes === 4 ? geometry.order.u32(pointers, at) : geometry.order.u64(pointers, at);
}

function addressOf(geometry: MapGeometry, map: BlockMap, pointer: number): number {
  if (pointer >= geometry.unitLimit)
    throw damaged(`${map.owner} points outside of the file system`, {
      expected: `below ${geometry.unitLimit}`,
      found: pointer,
    });
  return pointer * geometry.unitBytes;
}
