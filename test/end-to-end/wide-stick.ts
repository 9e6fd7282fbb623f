/** A FAT32 stick of 100,000 empty files in 100 folders, written at once: mcopy would take minutes for it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fatVolume, longSlots, shortSlot } from '../images/fat-volume.ts';

export const WIDE_FOLDERS = 100;
export const WIDE_FILES = 1000;
const DIRECTORY = 0x10;
/** 1 January 2026, noon. */
const WHEN: [number, number] = [((2026 - 1980) << 9) | (1 << 5) | 1, 12 << 11];
const CLUSTER = 512;
/** FAT32 has at least 65,525 clusters. */
const CLUSTERS = 65_600;
/** Where the root's entries fit. */
const ROOT = [2, 3, 4, 5, 6, 7, 8];

/** In folder `f`, file `i` is called IM050123.JPG by its number; each tenth is a TXT. */
function wideName(folder: number, file: number): { base: string; extension: string } {
  const number = folder * WIDE_FILES + file;
  return { base: `IM${String(number).padStart(6, '0')}`, extension: number % 10 === 0 ? 'TXT' : 'JPG' };
}

/** Writes the image and returns its path. One file has a long name with accents: 'Été à la mer.jpg' in the folder D050. */
export function placeWideStick(home: string): string {
  const volume = fatVolume({ bits: 32, clusters: CLUSTERS });
  volume.link(...ROOT);
  let next = ROOT.length + 2;
  let root = volume.rootOffset;
  for (let folder = 0; folder < WIDE_FOLDERS; folder++) {
    const slots = slotsOf(folder, next);
    const count = Math.ceil((slots.length * 32) / CLUSTER);
    const chain = Array.from({ length: count }, (_, i) => next + i);
    next += count;
    volume.link(...chain);
    volume.put(volume.clusterOffset(chain[0]), ...slots);
    const name = `D${String(folder).padStart(3, '0')}       `;
    root = volume.put(root, shortSlot({ name, attributes: DIRECTORY, cluster: chain[0], modified: WHEN }));
  }
  const path = join(home, 'wide.img');
  writeFileSync(path, volume.bytes);
  return path;
}

function slotsOf(folder: number, cluster: number): Uint8Array[] {
  const slots = [
    shortSlot({ name: '.          ', attributes: DIRECTORY, cluster }),
    shortSlot({ name: '..         ', attributes: DIRECTORY }),
  ];
  for (let file = 0; file < WIDE_FILES; file++) {
    const { base, extension } = wideName(folder, file);
    const entry = { name: base + extension, attributes: 0x20, modified: WHEN };
    if (folder === 50 && file === 500) slots.push(...longSlots('Été à la mer.jpg', entry));
    else slots.push(shortSlot(entry));
  }
  return slots;
}
