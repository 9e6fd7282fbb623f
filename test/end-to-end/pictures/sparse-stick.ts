/** FAT16 sticks with folders, files that have content, and large ones that are holes: what the pictures are taken of. */

import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { fatVolume, longSlots, shortSlot } from '../../images/fat-volume.ts';

const CLUSTER = 65536;
const ARCHIVE = 0x20;
const DIRECTORY = 0x10;
const VOLUME_LABEL = 0x08;

export interface StickEntry {
  name: string;
  /** Of a folder. */
  children?: readonly StickEntry[];
  /** What the file begins with; the rest of it is zeros. */
  content?: Uint8Array;
  sizeBytes?: number;
}

interface Placed {
  entry: StickEntry;
  sizeBytes: number;
  cluster: number;
  serial: number;
}

/** fatgen103, "Date and Time Formats": days before 26 September 2026, 14:30. */
function daysEarlier(days: number): [number, number] {
  const date = new Date(Date.UTC(2026, 8, 26 - days));
  return [
    ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(),
    ((9 + (days % 9)) << 11) | (((days * 7) % 60) << 5),
  ];
}

function flat(entries: readonly StickEntry[]): StickEntry[] {
  return entries.flatMap((entry) => [entry, ...flat(entry.children ?? [])]);
}

/** Writes the image, sparse, to `path`, and gives that. */
export function placeSparseStick(path: string, label: string, root: readonly StickEntry[], clusters: number): string {
  const volume = fatVolume({ bits: 16, clusters, sectorsPerCluster: CLUSTER / 512, rootEntries: 512 });
  let next = 2;
  const take = (bytes: number): number => {
    const first = next;
    const chain = Array.from({ length: Math.ceil(bytes / CLUSTER) }, (_, i) => first + i);
    next += chain.length;
    if (chain.length > 0) volume.link(...chain);
    return chain[0] ?? 0;
  };
  const all = flat(root);
  const placed = new Map<StickEntry, Placed>();
  const place = (entry: StickEntry): void => {
    const sizeBytes = entry.children === undefined ? (entry.sizeBytes ?? entry.content?.length ?? 0) : 0;
    const cluster = take(entry.children === undefined ? sizeBytes : CLUSTER);
    if (entry.content !== undefined && cluster > 0) volume.bytes.set(entry.content, volume.clusterOffset(cluster));
    placed.set(entry, { entry, sizeBytes, cluster, serial: placed.size });
  };
  // What has bytes comes first: the rest of the image need not be written.
  const hasBytes = (entry: StickEntry) => entry.children !== undefined || entry.content !== undefined;
  all.filter(hasBytes).forEach(place);
  const written = volume.clusterOffset(next);
  all.filter((entry) => !hasBytes(entry)).forEach(place);

  const list = (at: number, entries: readonly StickEntry[]): void => {
    for (const entry of entries) {
      const known = placed.get(entry);
      if (known === undefined) continue;
      const short = {
        name: `F${String(known.serial).padStart(7, '0')}   `,
        attributes: entry.children === undefined ? ARCHIVE : DIRECTORY,
        cluster: known.cluster,
        size: known.sizeBytes,
        modified: daysEarlier(known.serial * 3),
      };
      at = volume.put(at, ...longSlots(entry.name, short));
      if (entry.children === undefined) continue;
      const dots = [
        shortSlot({ name: '.', attributes: DIRECTORY, cluster: known.cluster }),
        shortSlot({ name: '..', attributes: DIRECTORY }),
      ];
      list(volume.put(volume.clusterOffset(known.cluster), ...dots), entry.children);
    }
  };
  const labelSlot = shortSlot({
    name: label.padEnd(11).slice(0, 11),
    attributes: VOLUME_LABEL,
    modified: daysEarlier(0),
  });
  list(volume.put(volume.rootOffset, labelSlot), root);
  const fd = openSync(path, 'w');
  writeSync(fd, volume.bytes.subarray(0, written));
  ftruncateSync(fd, volume.bytes.length);
  closeSync(fd);
  return path;
}
