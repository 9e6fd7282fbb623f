/** What takes the room of a medium: its partitions in their order with the gaps between them, and the sums. */

import type { Medium, Partition, Volume } from '../../main/contract.ts';

/** A piece of the medium, in its order. */
export interface Block {
  startBytes: number;
  sizeBytes: number;
  /** null: belongs to no partition. */
  partition: Partition | null;
  /** null: none can be on it, or it was not looked at. */
  volume: Volume | null;
  /** The file system takes the whole medium. */
  whole: boolean;
}

export interface Share {
  /** `own`: the file system's tables and what its end leaves over. */
  name: 'used' | 'own' | 'free' | 'other' | 'unallocated';
  bytes: number;
}

/** Tables align their partitions to 1 MiB and more: what is smaller is the table itself and its copy. */
const MIN_GAP_BYTES = 4 * 1024 * 1024;

/** Of a medium whose partitions overlap, each piece is drawn with its own size, behind the one before it. Empty where the size is not known. */
export function blocksOf(medium: Medium): Block[] {
  const { sizeBytes, table, volumes } = medium;
  if (sizeBytes === null || table === null || sizeBytes <= 0) return [];
  const partitions = table.partitions
    .filter((partition) => !partition.container)
    .sort((a, b) => a.offsetBytes - b.offsetBytes);
  const volumeOf = (id: number) => volumes.find((volume) => volume.id === id) ?? null;
  const whole = volumeOf(0);
  if (partitions.length === 0 || (table.wholeMedium && whole?.info != null))
    return [{ startBytes: 0, sizeBytes, partition: null, volume: whole, whole: true }];
  const blocks: Block[] = [];
  let at = 0;
  const gapTo = (end: number) => {
    if (end - at >= MIN_GAP_BYTES)
      blocks.push({ startBytes: at, sizeBytes: end - at, partition: null, volume: null, whole: false });
  };
  for (const partition of partitions) {
    gapTo(partition.offsetBytes);
    const { number, offsetBytes: startBytes } = partition;
    blocks.push({ startBytes, sizeBytes: partition.sizeBytes, partition, volume: volumeOf(number), whole: false });
    at = Math.max(at, startBytes + partition.sizeBytes);
  }
  gapTo(sizeBytes);
  return blocks;
}

/** Sums that together are the medium's size, without the empty ones. */
export function sharesOf(blocks: readonly Block[]): Share[] {
  const sums = { used: 0, own: 0, free: 0, other: 0, unallocated: 0 };
  for (const { sizeBytes, partition, volume, whole } of blocks) {
    const freeBytes = volume?.statvfs?.freeBytes ?? null;
    if (partition === null && !whole) sums.unallocated += sizeBytes;
    else if (volume?.statvfs == null || freeBytes === null) sums.other += sizeBytes;
    else {
      const total = Math.min(Math.max(0, volume.statvfs.totalBytes), sizeBytes);
      const free = Math.min(Math.max(0, freeBytes), total);
      sums.free += free;
      sums.used += total - free;
      sums.own += sizeBytes - total;
    }
  }
  const names: Share['name'][] = ['used', 'own', 'free', 'other', 'unallocated'];
  return names.map((name) => ({ name, bytes: sums[name] })).filter(({ bytes }) => bytes > 0);
}
