/** FAT volumes made in memory for unit tests, byte by byte, so that a test can say exactly what is on them, damage included. */

export interface FatVolumeShape {
  bits: 12 | 16 | 32;
  /** Clusters of data. */
  clusters: number;
  bytesPerSector?: number;
  sectorsPerCluster?: number;
  reservedSectors?: number;
  fats?: number;
  rootEntries?: number;
  media?: number;
}

/** What a short entry says; all but the name may be left out. */
export interface ShortEntry {
  /** The 11 bytes as Latin-1: 'README  TXT'. */
  name: string;
  attributes?: number;
  caseBits?: number;
  cluster?: number;
  size?: number;
  created?: [date: number, time: number, tenMs: number];
  accessed?: number;
  modified?: [date: number, time: number];
}

export interface FatVolume {
  bytes: Uint8Array;
  view: DataView;
  fatOffset: number;
  fatBytes: number;
  rootOffset: number;
  dataOffset: number;
  clusterBytes: number;
  clusterOffset(cluster: number): number;
  /** Writes an entry of the FAT, into all copies or only one. */
  setFat(cluster: number, value: number, copy?: number): void;
  /** Links these clusters into a chain with an end mark. */
  link(...clusters: number[]): void;
  /** Writes 32-byte slots from `byteOffset` on; returns where the next would stand. */
  put(byteOffset: number, ...slots: Uint8Array[]): number;
}

export const END_OF_CHAIN = 0x0fff_ffff;

export function fatVolume(shape: FatVolumeShape): FatVolume {
  const { bits, clusters, bytesPerSector = 512, sectorsPerCluster = 1, fats = 2, media = 0xf8 } = shape;
  const rootEntries = bits === 32 ? 0 : (shape.rootEntries ?? 64);
  const reserved = shape.reservedSectors ?? (bits === 32 ? 32 : 1);
  const fatSectors = Math.ceil(Math.ceil(((clusters + 2) * bits) / 8) / bytesPerSector);
  const fatOffset = reserved * bytesPerSector;
  const fatBytes = fatSectors * bytesPerSector;
  const rootOffset = fatOffset + fats * fatBytes;
  const dataOffset = rootOffset + Math.ceil((rootEntries * 32) / bytesPerSector) * bytesPerSector;
  const clusterBytes = bytesPerSector * sectorsPerCluster;
  const bytes = new Uint8Array(dataOffset + clusters * clusterBytes);
  const view = new DataView(bytes.buffer);
  const totalSectors = bytes.length / bytesPerSector;

  bytes.set([0xeb, 0x3c, 0x90, ...latin1('AIRLOCK ')]);
  view.setUint16(11, bytesPerSector, true);
  bytes[13] = sectorsPerCluster;
  view.setUint16(14, reserved, true);
  bytes[16] = fats;
  view.setUint16(17, rootEntries, true);
  view.setUint32(32, totalSectors, true);
  bytes[21] = media;
  const extended = bits === 32 ? 64 : 36;
  if (bits === 32) {
    view.setUint32(36, fatSectors, true);
    view.setUint32(44, 2, true);
    view.setUint16(48, 1, true);
    view.setUint16(50, 6, true);
    view.setUint32(bytesPerSector, 0x4161_5252, true);
    view.setUint32(bytesPerSector + 484, 0x6141_7272, true);
    view.setUint32(bytesPerSector + 488, 0xffff_ffff, true);
  } else {
    view.setUint16(22, fatSectors, true);
  }
  bytes[extended + 2] = 0x29;
  view.setUint32(extended + 3, 0x1234_abcd, true);
  bytes.set(latin1('NO NAME    '), extended + 7);
  bytes.set([0x55, 0xaa], 510);
  if (bits === 32) bytes.copyWithin(6 * bytesPerSector, 0, 512);

  const volume: FatVolume = {
    bytes,
    view,
    fatOffset,
    fatBytes,
    rootOffset: bits === 32 ? dataOffset : rootOffset,
    dataOffset,
    clusterBytes,
    clusterOffset: (cluster) => dataOffset + (cluster - 2) * clusterBytes,
    setFat(cluster, value, copy) {
      for (let index = 0; index < fats; index++) {
        if (copy !== undefined && copy !== index) continue;
        writeEntry(view, bits, fatOffset + index * fatBytes, cluster, value);
      }
    },
    link(...chain) {
      chain.forEach((cluster, index) => {
        volume.setFat(cluster, chain[index + 1] ?? END_OF_CHAIN);
      });
    },
    put(byteOffset, ...slots) {
      for (const slot of slots) {
        bytes.set(slot, byteOffset);
        byteOffset += 32;
      }
      return byteOffset;
    },
  };
  volume.setFat(0, 0x0fff_ff00 | media);
  volume.setFat(1, END_OF_CHAIN);
  if (bits === 32) volume.link(2);
  return volume;
}

function writeEntry(view: DataView, bits: 12 | 16 | 32, fat: number, cluster: number, value: number): void {
  if (bits === 32) view.setUint32(fat + cluster * 4, value, true);
  else if (bits === 16) view.setUint16(fat + cluster * 2, value & 0xffff, true);
  else {
    const at = fat + cluster + (cluster >> 1);
    const pair = view.getUint16(at, true);
    const entry = value & 0xfff;
    view.setUint16(at, cluster & 1 ? (pair & 0x000f) | (entry << 4) : (pair & 0xf000) | entry, true);
  }
}

/** A short entry's slot. */
export function shortSlot(entry: ShortEntry): Uint8Array {
  const slot = new Uint8Array(32);
  const view = new DataView(slot.buffer);
  slot.set(latin1(entry.name.padEnd(11)));
  slot[11] = entry.attributes ?? 0x20;
  slot[12] = entry.caseBits ?? 0;
  const [createdDate, createdTime, tenMs] = entry.created ?? [0, 0, 0];
  slot[13] = tenMs;
  view.setUint16(14, createdTime, true);
  view.setUint16(16, createdDate, true);
  view.setUint16(18, entry.accessed ?? 0, true);
  const [modifiedDate, modifiedTime] = entry.modified ?? [0x0021, 0];
  view.setUint16(22, modifiedTime, true);
  view.setUint16(24, modifiedDate, true);
  const cluster = entry.cluster ?? 0;
  view.setUint16(20, cluster >>> 16, true);
  view.setUint16(26, cluster & 0xffff, true);
  view.setUint32(28, entry.size ?? 0, true);
  return slot;
}

/** The slots of a long name and its short entry. */
export function longSlots(name: string, entry: ShortEntry): Uint8Array[] {
  const short = shortSlot(entry);
  let checksum = 0;
  for (let i = 0; i < 11; i++) checksum = ((((checksum & 1) << 7) | (checksum >> 1)) + short[i]) & 0xff;
  const units = [...Array(name.length).keys()].map((i) => name.charCodeAt(i));
  if (units.length % 13 !== 0) units.push(0);
  while (units.length % 13 !== 0) units.push(0xffff);
  const slots: Uint8Array[] = [];
  const count = units.length / 13;
  for (let number = count; number >= 1; number--) {
    slots.push(longSlot(units.slice((number - 1) * 13, number * 13), number | (number === count ? 0x40 : 0), checksum));
  }
  return [...slots, short];
}

/** One slot of a long name. */
export function longSlot(units: number[], number: number, checksum: number): Uint8Array {
  const slot = new Uint8Array(32);
  const view = new DataView(slot.buffer);
  slot[0] = number;
  slot[11] = 0x0f;
  slot[13] = checksum;
  units.forEach((unit, i) => {
    view.setUint16(i < 5 ? 1 + 2 * i : i < 11 ? 14 + 2 * (i - 5) : 28 + 2 * (i - 11), unit, true);
  });
  return slot;
}

function latin1(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}
