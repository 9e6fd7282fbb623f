/** Images for the end-to-end tests beyond the reference ones: large files that cost no room, because the image and its content are holes. */

import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fatVolume, longSlots, shortSlot } from '../images/fat-volume.ts';

const CLUSTER = 65536;
/** 26 September 2026, 14:30, in FAT's packing (fatgen103, "Date and Time Formats"). */
const WHEN: [number, number] = [((2026 - 1980) << 9) | (9 << 5) | 26, (14 << 11) | (30 << 5)];
const ARCHIVE = 0x20;
const DIRECTORY = 0x10;
const VOLUME_LABEL = 0x08;

export interface StickFile {
  name: string;
  sizeBytes: number;
}

/** Days before WHEN, so that the files of a stick differ in date. */
function daysEarlier(days: number): [number, number] {
  const date = new Date(Date.UTC(2026, 8, 26 - days));
  return [
    ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(),
    ((9 + (days % 9)) << 11) | (((days * 7) % 60) << 5),
  ];
}

/** Writes a FAT16 image with these folders (empty) and files (zeros) in its root; the image is sparse. Returns its path. */
export function placeStick(
  home: string,
  name: string,
  label: string,
  folders: readonly string[],
  files: readonly StickFile[],
): string {
  const needed = folders.length + files.reduce((sum, file) => sum + Math.ceil(file.sizeBytes / CLUSTER), 0);
  const clusters = Math.max(5000, needed + 500);
  const volume = fatVolume({ bits: 16, clusters, sectorsPerCluster: CLUSTER / 512, rootEntries: 512 });
  let next = 2;
  let at = volume.put(
    volume.rootOffset,
    shortSlot({ name: label.padEnd(11).slice(0, 11), attributes: VOLUME_LABEL, modified: WHEN }),
  );
  const chain = (count: number) => {
    const first = next;
    const list = Array.from({ length: count }, (_, i) => first + i);
    next += count;
    if (count > 0) volume.link(...list);
    return count > 0 ? first : 0;
  };
  const entries = [
    ...folders.map((folder) => ({ name: folder, sizeBytes: CLUSTER, folder: true })),
    ...files.map((file) => ({ ...file, folder: false })),
  ];
  entries.forEach((entry, i) => {
    const cluster = chain(Math.ceil(entry.sizeBytes / CLUSTER));
    const slots = longSlots(entry.name, {
      name: `F${String(i).padStart(7, '0')}   `,
      attributes: entry.folder ? DIRECTORY : ARCHIVE,
      cluster,
      size: entry.folder ? 0 : entry.sizeBytes,
      modified: daysEarlier(i * 3),
    });
    at = volume.put(at, ...slots);
    if (entry.folder) {
      const self = shortSlot({ name: '.', attributes: DIRECTORY, cluster });
      volume.put(volume.clusterOffset(cluster), self, shortSlot({ name: '..', attributes: DIRECTORY }));
    }
  });
  const path = join(home, name);
  const fd = openSync(path, 'w');
  writeSync(fd, volume.bytes.subarray(0, volume.dataOffset + folders.length * CLUSTER));
  ftruncateSync(fd, volume.bytes.length);
  closeSync(fd);
  return path;
}

/** Files that share one chain of clusters: together they are far larger than the disk of any machine that runs the tests. Returns the image's path. */
export function placeCrossLinkedStick(home: string, name: string, label: string): string {
  const clusters = 30_000;
  const volume = fatVolume({ bits: 16, clusters, sectorsPerCluster: CLUSTER / 512, rootEntries: 8192 });
  const chain = Array.from({ length: clusters - 10 }, (_, i) => i + 2);
  volume.link(...chain);
  let at = volume.put(
    volume.rootOffset,
    shortSlot({ name: label.padEnd(11).slice(0, 11), attributes: VOLUME_LABEL, modified: WHEN }),
  );
  for (let i = 0; i < 8000; i++) {
    const file = {
      name: `F${String(i).padStart(7, '0')}   `,
      attributes: ARCHIVE,
      cluster: chain[0],
      size: chain.length * CLUSTER,
      modified: WHEN,
    };
    at = volume.put(at, shortSlot(file));
  }
  const path = join(home, name);
  const fd = openSync(path, 'w');
  writeSync(fd, volume.bytes.subarray(0, volume.dataOffset));
  ftruncateSync(fd, volume.bytes.length);
  closeSync(fd);
  return path;
}

/** The serial number of every volume of test/images/fat-volume.ts. */
const SERIAL = '1234-ABCD';

/** As if such a volume had been copied before: its copies go to the folder of its label, which is made. Before the shell starts. Returns the folder. */
export function rememberCopies(home: string, label: string): string {
  const settings = join(home, '.config', 'airlock', 'settings.json');
  const kept = existsSync(settings) ? JSON.parse(readFileSync(settings, 'utf8')) : { settings: {} };
  mkdirSync(dirname(settings), { recursive: true });
  writeFileSync(settings, JSON.stringify({ ...kept, stickFolders: { [`${SERIAL}/${label}`]: label } }));
  const folder = join(home, 'Airlock', label);
  mkdirSync(folder, { recursive: true });
  return folder;
}
