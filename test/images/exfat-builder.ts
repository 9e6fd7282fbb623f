/**
 * Builds exFAT volumes in memory for tests, after Microsoft's specification: with files where and as a test wants them. `fsck.exfat -n` of exfatprogs
 * finds its plain volumes clean.
 */

export interface VolumeShape {
  sectorSize?: number;
  clusterBytes?: number;
  clusters?: number;
  /** 2: TexFAT. */
  fatCount?: 1 | 2;
  activeFat?: 0 | 1;
  label?: string;
  /** More entries in the root, in front of the files. */
  rootEntries?: Uint8Array[];
}

export interface FileShape {
  content?: Uint8Array;
  /** The clusters to use, in this order; else the next free ones. */
  clusters?: number[];
  /** Without a chain in the FAT. */
  contiguous?: boolean;
  /** ValidDataLength, where it is not the length of the content. */
  validLength?: number;
  /** DataLength, where it is not the length of the content. */
  length?: number;
  firstCluster?: number;
  attributes?: number;
  created?: number;
  modified?: number;
  accessed?: number;
  /** 10 ms increments (created, modified) and UTC offsets (created, modified, accessed): the five bytes from 20 on. */
  fractions?: number[];
  /** Secondary entries behind the name. */
  extra?: Uint8Array[];
}

interface Directory {
  entries: Uint8Array[];
  /** Clusters of a directory other than the root, whose entry is written with the directory. */
  clusters: number[];
}

const ENTRY_BYTES = 32;

export class ExfatBuilder {
  readonly bytes: Uint8Array;
  readonly sectorSize: number;
  readonly clusterBytes: number;
  readonly heapOffset: number;
  readonly fatOffset: number;
  readonly fatBytes: number;
  readonly root: Directory = { entries: [], clusters: [] };
  private readonly view: DataView;
  private readonly clusterCount: number;
  private readonly fatCount: number;
  private readonly activeFat: number;
  private readonly used = new Set<number>();
  private nextFree = 2;
  private readonly bitmapClusters: number[][];
  private readonly directories: Directory[] = [this.root];

  constructor(shape: VolumeShape = {}) {
    const { sectorSize = 512, clusterBytes = 4096, clusters = 256, fatCount = 1, activeFat = 0 } = shape;
    this.sectorSize = sectorSize;
    this.clusterBytes = clusterBytes;
    this.clusterCount = clusters;
    this.fatCount = fatCount;
    this.activeFat = activeFat;
    this.fatOffset = 24 * sectorSize;
    this.fatBytes = Math.ceil(((clusters + 2) * 4) / sectorSize) * sectorSize;
    this.heapOffset = this.fatOffset + this.fatBytes * fatCount;
    this.bytes = new Uint8Array(this.heapOffset + clusters * clusterBytes);
    this.view = new DataView(this.bytes.buffer);
    for (let fat = 0; fat < fatCount; fat++) {
      this.view.setUint32(this.fatOffset + fat * this.fatBytes, 0xffff_fff8, true);
      this.view.setUint32(this.fatOffset + fat * this.fatBytes + 4, 0xffff_ffff, true);
    }
    const bitmapBytes = Math.ceil(clusters / 8);
    this.bitmapClusters = Array.from({ length: fatCount }, () => this.allocate(bitmapBytes));
    const table = upcaseTable();
    const upcaseClusters = this.allocate(table.length);
    this.put(upcaseClusters, table);
    if (shape.label !== undefined) this.root.entries.push(labelEntry(shape.label));
    this.bitmapClusters.forEach(([first], index) => {
      this.root.entries.push(structureEntry(0x81, index, 0, first, bitmapBytes));
    });
    this.root.entries.push(structureEntry(0x82, 0, checksum32(table), upcaseClusters[0], table.length));
    this.root.entries.push(...(shape.rootEntries ?? []));
  }

  /** Adds a file; returns where its clusters are. */
  file(dir: Directory, name: string, shape: FileShape = {}): number[] {
    const content = shape.content ?? new Uint8Array(0);
    const clusters = shape.clusters ?? this.allocate(content.length, shape.contiguous);
    for (const cluster of clusters) this.used.add(cluster);
    if (shape.clusters !== undefined && !shape.contiguous) this.chain(clusters);
    this.put(clusters, content);
    dir.entries.push(...entrySet(name, { ...shape, content, firstCluster: shape.firstCluster ?? clusters[0] ?? 0 }));
    return clusters;
  }

  /** Adds a directory of `maxBytes` (its own entries must fit). */
  directory(parent: Directory, name: string, maxBytes = this.clusterBytes, clusters?: number[]): Directory {
    const own = clusters ?? this.allocate(maxBytes);
    if (clusters !== undefined) this.chain(clusters);
    for (const cluster of own) this.used.add(cluster);
    const dir: Directory = { entries: [], clusters: own };
    this.directories.push(dir);
    const length = own.length * this.clusterBytes;
    parent.entries.push(...entrySet(name, { attributes: 0x10, firstCluster: own[0], length, validLength: length }));
    return dir;
  }

  clusterOffset(cluster: number): number {
    return this.heapOffset + (cluster - 2) * this.clusterBytes;
  }

  /** Writes an entry of the active FAT. */
  setFat(cluster: number, value: number): void {
    this.view.setUint32(this.fatOffset + this.activeFat * this.fatBytes + cluster * 4, value, true);
  }

  /** The whole medium. */
  finish(): Uint8Array {
    this.root.clusters.push(...this.allocate(Math.max(1, this.root.entries.length) * ENTRY_BYTES));
    for (const { entries, clusters } of this.directories) this.put(clusters, joined(entries));
    this.putBitmap();
    this.putBoot(0);
    this.putBoot(12 * this.sectorSize);
    return this.bytes;
  }

  /** Recomputes the checksum of the main (0) or backup boot region after a test changed it. */
  sealBoot(start: number): void {
    let sum = 0;
    for (let at = 0; at < 11 * this.sectorSize; at++) {
      if (at !== 106 && at !== 107 && at !== 112) sum = rotated32(sum, this.bytes[start + at]);
    }
    for (let at = 0; at < this.sectorSize; at += 4) this.view.setUint32(start + 11 * this.sectorSize + at, sum, true);
  }

  private allocate(lengthBytes: number, contiguous = false): number[] {
    const clusters: number[] = [];
    while (clusters.length * this.clusterBytes < lengthBytes) {
      while (this.used.has(this.nextFree)) this.nextFree += 1;
      clusters.push(this.nextFree);
      this.used.add(this.nextFree);
    }
    if (!contiguous) this.chain(clusters);
    return clusters;
  }

  private chain(clusters: number[]): void {
    clusters.forEach((cluster, index) => {
      this.setFat(cluster, index + 1 < clusters.length ? clusters[index + 1] : 0xffff_ffff);
    });
  }

  private put(clusters: number[], content: Uint8Array): void {
    clusters.forEach((cluster, index) => {
      const part = content.subarray(index * this.clusterBytes, (index + 1) * this.clusterBytes);
      if (cluster < this.clusterCount + 2) this.bytes.set(part, this.clusterOffset(cluster));
    });
  }

  private putBitmap(): void {
    const bitmap = new Uint8Array(Math.ceil(this.clusterCount / 8));
    for (const cluster of this.used) bitmap[(cluster - 2) >> 3] |= 1 << ((cluster - 2) & 7);
    this.put(this.bitmapClusters[this.activeFat], bitmap);
  }

  private putBoot(start: number): void {
    const { view, bytes, sectorSize } = this;
    bytes.set([0xeb, 0x76, 0x90, ...new TextEncoder().encode('EXFAT   ')], start);
    view.setBigUint64(start + 72, BigInt(bytes.length / sectorSize), true);
    view.setUint32(start + 80, this.fatOffset / sectorSize, true);
    view.setUint32(start + 84, this.fatBytes / sectorSize, true);
    view.setUint32(start + 88, this.heapOffset / sectorSize, true);
    view.setUint32(start + 92, this.clusterCount, true);
    view.setUint32(start + 96, this.root.clusters[0], true);
    view.setUint32(start + 100, 0x1234abcd, true);
    view.setUint16(start + 104, 0x0100, true);
    view.setUint16(start + 106, this.activeFat, true);
    bytes[start + 108] = Math.log2(sectorSize);
    bytes[start + 109] = Math.log2(this.clusterBytes / sectorSize);
    bytes[start + 110] = this.fatCount;
    bytes[start + 111] = 0x80;
    bytes[start + 112] = Math.floor((this.used.size * 100) / this.clusterCount);
    view.setUint16(start + 510, 0xaa55, true);
    for (let sector = 1; sector < 9; sector++) view.setUint32(start + (sector + 1) * sectorSize - 4, 0xaa550000, true);
    this.sealBoot(start);
  }
}

function rotated32(sum: number, byte: number): number {
  return ((sum & 1 ? 0x8000_0000 : 0) + (sum >>> 1) + byte) % 2 ** 32;
}

function rotated16(sum: number, byte: number): number {
  return ((sum & 1 ? 0x8000 : 0) + (sum >>> 1) + byte) % 2 ** 16;
}

function checksum32(bytes: Uint8Array): number {
  return bytes.reduce(rotated32, 0);
}

/** Compressed: ASCII, Latin-1 and Greek letters; everything else maps to itself. */
function upcaseTable(): Uint8Array {
  const units: number[] = [];
  const upperOf = (unit: number) => {
    if (unit >= 0x61 && unit <= 0x7a) return unit - 0x20;
    if (unit >= 0xe0 && unit <= 0xfe && unit !== 0xf7) return unit - 0x20;
    return unit >= 0x3b1 && unit <= 0x3c9 && unit !== 0x3c2 ? unit - 0x20 : unit;
  };
  for (let unit = 0; unit < 0x10000; ) {
    let same = 0;
    while (unit + same < 0x10000 && same < 0xffff && upperOf(unit + same) === unit + same) same += 1;
    if (same > 0) units.push(0xffff, same);
    unit += same;
    while (unit < 0x10000 && upperOf(unit) !== unit) units.push(upperOf(unit++));
  }
  return new Uint8Array(Uint16Array.from(units).buffer);
}

function labelEntry(label: string): Uint8Array {
  const entry = new Uint8Array(ENTRY_BYTES);
  entry[0] = 0x83;
  entry[1] = label.length;
  putText(entry, 2, label);
  return entry;
}

function structureEntry(type: number, flags: number, sum: number, firstCluster: number, length: number): Uint8Array {
  const entry = new Uint8Array(ENTRY_BYTES);
  const view = new DataView(entry.buffer);
  entry[0] = type;
  entry[1] = flags;
  view.setUint32(4, sum, true);
  view.setUint32(20, firstCluster, true);
  view.setBigUint64(24, BigInt(length), true);
  return entry;
}

/** An entry of any type that is otherwise empty. */
export function plainEntry(type: number): Uint8Array {
  const entry = new Uint8Array(ENTRY_BYTES);
  entry[0] = type;
  return entry;
}

function putText(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) {
    bytes[at + 2 * i] = text.charCodeAt(i) & 0xff;
    bytes[at + 2 * i + 1] = text.charCodeAt(i) >> 8;
  }
}

/** The entries of a file set, with its checksum. */
export function entrySet(name: string, shape: FileShape): Uint8Array[] {
  const length = shape.length ?? shape.content?.length ?? 0;
  const nameEntries = Math.ceil(name.length / 15);
  const file = plainEntry(0x85);
  const stream = plainEntry(0xc0);
  const names = Array.from({ length: nameEntries }, (_, index) => {
    const entry = plainEntry(0xc1);
    putText(entry, 2, name.slice(index * 15, (index + 1) * 15));
    return entry;
  });
  const set = [file, stream, ...names, ...(shape.extra ?? [])];
  const fileView = new DataView(file.buffer);
  file[1] = set.length - 1;
  fileView.setUint16(4, shape.attributes ?? 0x20, true);
  fileView.setUint32(8, shape.created ?? 0x5865_6000, true);
  fileView.setUint32(12, shape.modified ?? 0x5865_6000, true);
  fileView.setUint32(16, shape.accessed ?? 0x5865_6000, true);
  file.set(shape.fractions ?? [0, 0, 0x80, 0x80, 0x80], 20);
  const streamView = new DataView(stream.buffer);
  stream[1] = shape.contiguous ? 0x03 : 0x01;
  stream[3] = name.length;
  streamView.setUint16(4, nameHash(name), true);
  streamView.setBigUint64(8, BigInt(shape.validLength ?? length), true);
  streamView.setUint32(20, shape.firstCluster ?? 0, true);
  streamView.setBigUint64(24, BigInt(length), true);
  sealSet(set);
  return set;
}

/** Writes the checksum of a set into its first entry. */
export function sealSet(set: Uint8Array[]): void {
  let sum = 0;
  joined(set).forEach((byte, at) => {
    if (at !== 2 && at !== 3) sum = rotated16(sum, byte);
  });
  new DataView(set[0].buffer).setUint16(2, sum, true);
}

function nameHash(name: string): number {
  let hash = 0;
  for (const letter of name) {
    const upper = letter.toUpperCase();
    const unit = (upper.length === 1 ? upper : letter).charCodeAt(0);
    hash = rotated16(rotated16(hash, unit & 0xff), unit >> 8);
  }
  return hash;
}

function joined(entries: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.length * ENTRY_BYTES);
  entries.forEach((entry, index) => {
    bytes.set(entry, index * ENTRY_BYTES);
  });
  return bytes;
}
