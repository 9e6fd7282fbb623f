/** FAT16 images with folders and files in them, for tests that need a whole stick with exact names, attributes and content. */

import { fatVolume, longSlots, shortSlot } from '../images/fat-volume.ts';

const CLUSTER = 2048;
const DIRECTORY = 0x10;
const VOLUME_LABEL = 0x08;
const ARCHIVE = 0x20;
const ROOT_ENTRIES = 1024;
/** 26 September 2026, 14:30, in FAT's packing (fatgen103, "Date and Time Formats"). */
const WHEN: [number, number] = [((2026 - 1980) << 9) | (9 << 5) | 26, (14 << 11) | (30 << 5)];

export interface FatEntry {
  name: string;
  /** Of a file. */
  content?: Uint8Array;
  /** Of a folder. */
  children?: FatEntry[];
  /** FILE_ATTRIBUTE_HIDDEN is 2. */
  attributes?: number;
  modified?: [number, number];
  /** Begins where the entry of this name before it in the folder begins, as on a damaged file system. */
  sharedWith?: string;
}

export function fatTree(label: string, entries: readonly FatEntry[]): Uint8Array {
  const clusters = Math.max(5000, 64 + entries.reduce((sum, entry) => sum + clustersOf(entry), 0));
  const volume = fatVolume({ bits: 16, clusters, sectorsPerCluster: CLUSTER / 512, rootEntries: ROOT_ENTRIES });
  let next = 2;
  let serial = 0;
  const take = (lengthBytes: number): number => {
    const count = Math.ceil(lengthBytes / CLUSTER);
    const list = Array.from({ length: count }, (_, i) => next + i);
    next += count;
    if (count > 0) volume.link(...list);
    return list[0] ?? 0;
  };
  const write = (at: number, list: readonly FatEntry[]): void => {
    const starts = new Map<string, number>();
    for (const entry of list) {
      const { name, content, children, attributes = ARCHIVE, modified = WHEN } = entry;
      const lengthBytes = children === undefined ? (content?.length ?? 0) : directoryBytes(children);
      const cluster = entry.sharedWith === undefined ? take(lengthBytes) : (starts.get(entry.sharedWith) ?? 0);
      starts.set(name, cluster);
      serial += 1;
      const slots = longSlots(name, {
        name: `F${String(serial).padStart(7, '0')}   `,
        attributes: children === undefined ? attributes : attributes | DIRECTORY,
        cluster,
        size: children === undefined ? lengthBytes : 0,
        modified,
      });
      at = volume.put(at, ...slots);
      if (content !== undefined && cluster > 0 && entry.sharedWith === undefined)
        volume.bytes.set(content, volume.clusterOffset(cluster));
      if (children !== undefined) {
        const start = volume.clusterOffset(cluster);
        const dots = [
          shortSlot({ name: '.', attributes: DIRECTORY, cluster }),
          shortSlot({ name: '..', attributes: DIRECTORY }),
        ];
        write(volume.put(start, ...dots), children);
      }
    }
  };
  const labelSlot = shortSlot({ name: label.padEnd(11).slice(0, 11), attributes: VOLUME_LABEL, modified: WHEN });
  write(volume.put(volume.rootOffset, labelSlot), entries);
  return volume.bytes;
}

/** Two dots, and for each entry its long slots and a short one. */
function directoryBytes(entries: readonly FatEntry[]): number {
  return 32 * (3 + entries.reduce((sum, { name }) => sum + Math.ceil(name.length / 13) + 1, 0));
}

function clustersOf({ content, children }: FatEntry): number {
  if (children === undefined) return Math.ceil((content?.length ?? 0) / CLUSTER);
  return Math.ceil(directoryBytes(children) / CLUSTER) + children.reduce((sum, child) => sum + clustersOf(child), 0);
}
