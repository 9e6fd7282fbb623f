/**
 * Builds UDF images with what no tool at hand writes: metadata partitions with a mirror, filled virtual allocation tables with remapped blocks, a
 * remapped packet of a sparable partition, ICB strategy 4096, named streams, extended allocation descriptors. From OSTA UDF 1.50 to 2.60.
 *
 * Linux 6.1's own driver (in User-Mode Linux, udf-sample.ts with kinds 'linux') reads every layout, block size and strategy built here, entry by
 * entry and hash by hash as the sample says, and udfinfo of udftools agrees on the volumes. No independent reader has seen: extended allocation
 * descriptors and named streams (Linux reads neither), hidden names (Linux leaves them out), write-once images with padding behind the table, and
 * `olderTableFirst` (Linux takes the first sparing table, not the newest).
 */

import {
  type Address,
  allocationExtent,
  compressed,
  type EntryFields,
  extendedAd,
  fileEntry,
  fileIdentifier,
  indirectEntry,
  longAd,
  shortAd,
  zeros,
} from './udf-descriptors.ts';
import {
  anchor,
  fileSetDescriptor,
  integrity,
  logicalVolume,
  metadataMap,
  oldVirtualTable,
  partitionDescriptor,
  physicalMap,
  primaryVolume,
  recognitionSequence,
  spaceBitmap,
  sparableMap,
  sparingTable,
  terminating,
  virtualMap,
  virtualTable,
} from './udf-volume.ts';

export type Layout = 'plain' | 'metadata' | 'metadata-shared' | 'vat150' | 'vat200' | 'sparable';

export interface UdfOptions {
  layout: Layout;
  blockSize?: 512 | 1024 | 2048 | 4096;
  revision?: number;
  strategy?: 4 | 4096;
  /** Of the two sparing tables, write the one that knows of the spared packet behind the older one. Linux takes the first, not the newest. */
  olderTableFirst?: boolean;
  /** Leave the volume recognition sequence out. */
  withoutRecognition?: boolean;
  /** Bytes of zeros behind the last block of a write-once layout. */
  paddingBytes?: number;
}

/** An entry of a directory: its name, or the identifier's bytes where they are to be something special. */
export interface Identifier {
  name: string | Buffer;
  icb: Buffer;
  /** 1 hidden, 2 directory, 4 deleted, 8 parent, 16 metadata. */
  characteristics?: number;
  implementationUse?: Buffer;
}

export interface FileSpec {
  content?: Buffer;
  /** Of a directory, instead of content. */
  identifiers?: Identifier[];
  /** Where the content lies: in the entry, in extents by that kind of descriptor, or one block each in a chain of descriptor extents. */
  placed?: 'embedded' | 'short' | 'long' | 'extended' | 'chain';
  /** Extents of `placed` that are not recorded, by their index: 1 allocated, 2 not even that. */
  unrecorded?: Record<number, 1 | 2>;
  fileType?: number;
  entry?: Partial<EntryFields>;
  /** The extended attribute space, which names the block that it stands in. */
  attributes?: (location: number) => Buffer;
  streams?: Record<string, Buffer>;
}

const MAIN = 128;
const RESERVE = 144;
const INTEGRITY = 160;
const SPARING = 168;
const PARTITION = 288;
const PARTITION_BLOCKS = 1024;
const PACKET = 32;
/** First block of the partition that the spared packet replaces, and where its blocks are instead. */
const SPARED = 64;
const SPARE = PARTITION + PARTITION_BLOCKS + 32;
/** The metadata file and its mirror have two fragments each, of this many blocks from these blocks of the partition on. */
const FRAGMENT = 96;
const METADATA_AT = [32, 160];
const MIRROR_AT = [288, 416];
const METADATA_DATA = 544;
/** Blocks of the partition where the entries of metadata file, bitmap and mirror stand. */
const METADATA_ENTRY = 0;
const BITMAP_ENTRY = 1;
const MIRROR_ENTRY = PARTITION_BLOCKS - 1;

type Placed = NonNullable<FileSpec['placed']>;

interface PlacedExtent {
  at: Address;
  type: 0 | 1 | 2;
  lengthBytes: number;
}

/** A directory begins with the identifier of its parent. */
function directorySpec(parent: Buffer, identifiers: Identifier[], spec: FileSpec): FileSpec {
  const all = [{ name: zeros(0), icb: parent, characteristics: 0x0a }, ...identifiers];
  return { fileType: 4, ...spec, identifiers: all, entry: { permissions: 0x7ca5, ...spec.entry } };
}

/** File identifiers one behind the other; `blockAt` tells in which block each begins. */
function identifiersFrom(identifiers: Identifier[], blockAt: (offset: number) => number): Buffer {
  let content = zeros(0);
  for (const { name, icb, characteristics, implementationUse } of identifiers) {
    const bytes = typeof name === 'string' ? compressed(name) : name;
    const identifier = fileIdentifier(blockAt(content.length), bytes, characteristics ?? 0, icb, implementationUse);
    content = Buffer.concat([content, identifier]);
  }
  return content;
}

/** Somewhere to put blocks: a partition as its map shows it. */
interface Area {
  partition: number;
  next: number;
  write(block: number, bytes: Buffer): void;
}

export class UdfBuilder {
  readonly blockSize: number;
  private readonly options: UdfOptions;
  private readonly medium: Buffer;
  /** Blocks of the physical (or sparable) partition. */
  private readonly data: Area;
  /** Where file entries and directories go. */
  private readonly meta: Area;
  /** Of virtual layouts: partition blocks by virtual block. */
  private readonly table: number[] = [];
  private readonly entries = new Map<Buffer, Address>();
  private uniqueId = 16;

  constructor(options: UdfOptions) {
    this.options = options;
    this.blockSize = options.blockSize ?? 2048;
    this.medium = Buffer.alloc((PARTITION + PARTITION_BLOCKS + 128) * this.blockSize);
    this.data = { partition: 0, next: 0, write: (block, bytes) => this.writePartition(block, bytes) };
    this.meta = this.data;
    if (this.isMetadata) {
      this.data.next = METADATA_DATA;
      this.meta = { partition: 1, next: 0, write: (block, bytes) => this.writeMetadata(block, bytes) };
    } else if (this.isVirtual) {
      this.meta = { partition: 1, next: 0, write: (block, bytes) => this.writeVirtual(block, bytes) };
    }
  }

  get isMetadata(): boolean {
    return this.options.layout.startsWith('metadata');
  }

  get isVirtual(): boolean {
    return this.options.layout.startsWith('vat');
  }

  /** Byte on the image of a block of the physical partition. */
  partitionByte(block: number): number {
    return (PARTITION + block) * this.blockSize;
  }

  /** Bytes on the image of the main copy and of the mirror's copy of a block of the metadata partition. */
  metadataBytes(block: number): number[] {
    const within = block % FRAGMENT;
    const copies = this.options.layout === 'metadata' ? [METADATA_AT, MIRROR_AT] : [METADATA_AT];
    return copies.map((starts) => this.partitionByte(starts[Math.floor(block / FRAGMENT)] + within));
  }

  private put(block: number, bytes: Buffer): void {
    bytes.copy(this.medium, block * this.blockSize);
  }

  private writePartition(block: number, bytes: Buffer): void {
    for (let i = 0; i * this.blockSize < bytes.length; i++) {
      const part = bytes.subarray(i * this.blockSize, (i + 1) * this.blockSize);
      const at = block + i;
      const isSpared = this.options.layout === 'sparable' && at >= SPARED && at < SPARED + PACKET;
      if (isSpared) {
        this.put(SPARE + at - SPARED, part);
        this.put(PARTITION + at, Buffer.alloc(part.length, 0xbd));
      } else this.put(PARTITION + at, part);
    }
  }

  private writeMetadata(block: number, bytes: Buffer): void {
    for (let i = 0; i * this.blockSize < bytes.length; i++) {
      const part = bytes.subarray(i * this.blockSize, (i + 1) * this.blockSize);
      for (const at of this.metadataBytes(block + i)) part.copy(this.medium, at);
    }
  }

  /** Each virtual block goes to the next free block of the partition; writing it again moves it. */
  private writeVirtual(block: number, bytes: Buffer): void {
    for (let i = 0; i * this.blockSize < bytes.length; i++) {
      this.table[block + i] = this.data.next;
      this.writePartition(this.data.next, bytes.subarray(i * this.blockSize, (i + 1) * this.blockSize));
      this.data.next += 1;
    }
  }

  /** Room for a file's entry; the long_ad that leads to it. */
  reserve(): Buffer {
    const icbBlocks = this.options.strategy === 4096 ? 2 : 1;
    const at: Address = { partition: this.meta.partition, block: this.allocate(this.meta, icbBlocks) };
    const icb = longAd(icbBlocks * this.blockSize, at);
    this.entries.set(icb, at);
    return icb;
  }

  private allocate(area: Area, blocks: number): number {
    const block = area.next;
    area.next += blocks;
    return block;
  }

  /** Puts a file on the medium and returns the long_ad that leads to it. */
  file(spec: FileSpec): Buffer {
    const icb = this.reserve();
    this.write(icb, spec);
    return icb;
  }

  directory(own: Buffer, parent: Buffer, identifiers: Identifier[], spec: FileSpec = {}): void {
    this.write(own, directorySpec(parent, identifiers, spec));
  }

  rewriteDirectory(own: Buffer, parent: Buffer, identifiers: Identifier[], spec: FileSpec = {}): void {
    this.rewrite(own, directorySpec(parent, identifiers, spec));
  }

  write(icb: Buffer, spec: FileSpec): void {
    this.writeEntry(this.addressOf(icb), spec);
  }

  /** Writes the file of `icb` anew: in place, at another place of a virtual partition, or behind an indirect entry by strategy 4096. */
  rewrite(icb: Buffer, spec: FileSpec): void {
    const at = this.addressOf(icb);
    if (this.options.strategy !== 4096) {
      this.writeEntry(at, spec);
      return;
    }
    const next: Address = { partition: at.partition, block: this.allocate(this.meta, 2) };
    this.meta.write(at.block + 1, indirectEntry(at.block + 1, longAd(2 * this.blockSize, next)));
    this.writeEntry(next, spec);
    this.entries.set(icb, next);
  }

  private addressOf(icb: Buffer): Address {
    const at = this.entries.get(icb);
    if (at === undefined) throw new Error('no such file was built');
    return at;
  }

  private writeEntry(at: Address, spec: FileSpec): void {
    const placed = spec.placed ?? 'embedded';
    const size =
      spec.identifiers === undefined
        ? (spec.content ?? zeros(0)).length
        : identifiersFrom(spec.identifiers, () => 0).length;
    const extents = placed === 'embedded' ? [] : this.extents(spec, size, placed);
    const step = this.extentBytes(placed);
    const blockAt = (offset: number) =>
      placed === 'embedded'
        ? at.block
        : extents[Math.floor(offset / step)].at.block + Math.floor((offset % step) / this.blockSize);
    const content =
      spec.identifiers === undefined ? (spec.content ?? zeros(0)) : identifiersFrom(spec.identifiers, blockAt);
    const entry: EntryFields = {
      fileType: spec.fileType ?? 5,
      allocation: { short: 0, long: 1, chain: 1, extended: 2, embedded: 3 }[placed],
      size,
      body: placed === 'embedded' ? content : this.descriptors(extents, placed),
      blocksRecorded: placed === 'embedded' ? 0 : Math.ceil(size / this.blockSize),
      extended: this.revision >= 0x200,
      strategy: this.options.strategy ?? 4,
      uniqueId: this.uniqueId++,
      attributes: spec.attributes?.(at.block),
      ...spec.entry,
    };
    extents.forEach(({ at: place, type, lengthBytes }, i) => {
      const area = place.partition === this.meta.partition ? this.meta : this.data;
      if (type === 0) area.write(place.block, content.subarray(i * step, i * step + lengthBytes));
    });
    if (spec.streams !== undefined) entry.streams = this.streamDirectory(spec.streams);
    this.meta.write(at.block, fileEntry(at.block, entry));
  }

  private extentBytes(placed: Placed): number {
    return (placed === 'chain' ? 1 : 2) * this.blockSize;
  }

  /** Room for content: every extent but the last has the same length, with a gap behind it that keeps it from being one with the next. */
  private extents(spec: FileSpec, size: number, placed: Placed): PlacedExtent[] {
    const area = placed === 'short' ? this.meta : this.data;
    const step = this.extentBytes(placed);
    const extents: PlacedExtent[] = [];
    for (let i = 0; i * step < size; i++) {
      const type = spec.unrecorded?.[i] ?? 0;
      const block = type === 2 ? 0 : this.allocate(area, step / this.blockSize + (this.isVirtual ? 0 : 1));
      extents.push({ at: { block, partition: area.partition }, type, lengthBytes: Math.min(step, size - i * step) });
    }
    return extents;
  }

  private descriptors(extents: PlacedExtent[], placed: Placed): Buffer {
    const all = extents.map(({ at, type, lengthBytes }) => {
      if (placed === 'short') return shortAd(lengthBytes, at.block, type);
      return placed === 'extended' ? extendedAd(lengthBytes, at, type) : longAd(lengthBytes, at, type);
    });
    return placed === 'chain' ? this.chained(all) : Buffer.concat(all);
  }

  /** Three descriptors in the entry and in each allocation extent, the third of which leads to the next. */
  private chained(descriptors: Buffer[]): Buffer {
    if (descriptors.length <= 3) return Buffer.concat(descriptors);
    const block = this.allocate(this.meta, 1);
    this.meta.write(block, allocationExtent(block, this.chained(descriptors.slice(2))));
    const next = longAd(this.blockSize, { block, partition: this.meta.partition }, 3);
    return Buffer.concat([...descriptors.slice(0, 2), next]);
  }

  private streamDirectory(streams: Record<string, Buffer>): { at: Address; lengthBytes: number } {
    const own = this.reserve();
    const identifiers = Object.entries(streams).map(
      ([name, content]): Identifier => ({
        name,
        icb: this.file({ content, placed: content.length > 100 ? 'long' : 'embedded', entry: { flags: 0x2000 } }),
        characteristics: name.startsWith('*') ? 0x10 : 0,
      }),
    );
    this.directory(own, own, identifiers, { fileType: 13 });
    return { at: this.addressOf(own), lengthBytes: this.blockSize };
  }

  /** Writes what makes a volume of it, with this root directory, and returns the image. */
  finish(root: Buffer, label: string, systemStreams?: Record<string, Buffer>): Buffer {
    const { blockSize, revision } = this;
    const fileSet: Address = { partition: this.meta.partition, block: this.allocate(this.meta, 1) };
    const streams = systemStreams === undefined ? undefined : this.streamDirectory(systemStreams);
    const streamsIcb = streams && longAd(streams.lengthBytes, streams.at);
    this.meta.write(fileSet.block, fileSetDescriptor(fileSet.block, root, label, revision, streamsIcb));
    if (this.isMetadata) this.writeMetadataFiles();
    if (this.options.layout === 'sparable') this.writeSparingTables();
    const lastBlock = this.isVirtual ? this.writeTable(label) : this.medium.length / blockSize - 1;
    this.put(256, anchor(256, 16 * blockSize, MAIN, RESERVE));
    if (!this.isVirtual) this.put(lastBlock, anchor(lastBlock, 16 * blockSize, MAIN, RESERVE));
    for (const first of [MAIN, RESERVE]) this.writeSequence(first, label, fileSet);
    this.writeIntegrity();
    if (!this.options.withoutRecognition) recognitionSequence(revision, blockSize).copy(this.medium, 32768);
    if (!this.isVirtual) return this.medium;
    return Buffer.concat([this.medium.subarray(0, (lastBlock + 1) * blockSize), zeros(this.options.paddingBytes ?? 0)]);
  }

  private get revision(): number {
    return this.options.revision ?? 0x201;
  }

  /** Metadata file, mirror and bitmap: UDF 2.60, 2.2.13. */
  private writeMetadataFiles(): void {
    const half = FRAGMENT * this.blockSize;
    const write = (block: number, fileType: number, size: number, body: Buffer) => {
      const blocksRecorded = Math.ceil(size / this.blockSize);
      const entry = { fileType, allocation: 0, size, body, blocksRecorded, extended: true, links: 0 };
      this.writePartition(block, fileEntry(block, entry));
    };
    const halves = (starts: number[]) => Buffer.concat(starts.map((start) => shortAd(half, start)));
    write(METADATA_ENTRY, 250, 2 * half, halves(METADATA_AT));
    write(MIRROR_ENTRY, 251, 2 * half, halves(this.options.layout === 'metadata' ? MIRROR_AT : METADATA_AT));
    const bitmap = spaceBitmap(2 * FRAGMENT, this.meta.next);
    write(BITMAP_ENTRY, 252, bitmap.length, shortAd(bitmap.length, BITMAP_ENTRY + 1));
    this.writePartition(BITMAP_ENTRY + 1, bitmap);
  }

  /** Two tables, the older of which knows nothing of the spared packet: UDF 2.60, 2.2.12. */
  private writeSparingTables(): void {
    const free: [number, number] = [0xffffffff, SPARE + PACKET];
    const [older, newer] = this.options.olderTableFirst ? [SPARING, SPARING + 1] : [SPARING + 1, SPARING];
    this.put(older, sparingTable(older, 1, [[0xffffffff, SPARE], free]));
    this.put(newer, sparingTable(newer, 2, [[SPARED, SPARE], free]));
  }

  /** The virtual allocation table as the last block: embedded, or in an extent before it if it is large. Returns its block on the medium. */
  private writeTable(label: string): number {
    const isOld = this.options.layout === 'vat150';
    const content = isOld ? oldVirtualTable(this.table) : virtualTable(this.table, label, this.revision);
    const fits = content.length + 256 <= this.blockSize;
    const blocks = fits ? 0 : Math.ceil(content.length / this.blockSize);
    const extent = this.allocate(this.data, blocks);
    if (!fits) this.writePartition(extent, content);
    const at = this.allocate(this.data, 1);
    const entry: EntryFields = {
      fileType: isOld ? 0 : 248,
      allocation: fits ? 3 : 0,
      size: content.length,
      body: fits ? content : shortAd(content.length, extent),
      blocksRecorded: blocks,
      extended: !isOld,
    };
    this.writePartition(at, fileEntry(at, entry));
    return PARTITION + at;
  }

  private writeSequence(first: number, label: string, fileSet: Address): void {
    const { blockSize, revision } = this;
    const place = { start: PARTITION, blocks: PARTITION_BLOCKS, writeOnce: this.isVirtual, revision };
    this.put(first, primaryVolume(first, label));
    this.put(first + 1, partitionDescriptor(first + 1, place));
    const maps = this.partitionMaps();
    const volume = { label, blockSize, revision, fileSet, integrityBlock: INTEGRITY, maps };
    this.put(first + 2, logicalVolume(first + 2, volume));
    this.put(first + 3, terminating(first + 3));
  }

  private partitionMaps(): Buffer[] {
    const { layout } = this.options;
    if (layout === 'plain') return [physicalMap()];
    if (layout === 'sparable') return [sparableMap(this.revision, PACKET, this.blockSize, [SPARING, SPARING + 1])];
    if (this.isVirtual) return [physicalMap(), virtualMap(this.revision)];
    const files = {
      file: METADATA_ENTRY,
      mirror: MIRROR_ENTRY,
      bitmap: BITMAP_ENTRY,
      duplicated: layout === 'metadata',
    };
    return [physicalMap(), metadataMap(this.revision, files)];
  }

  private writeIntegrity(): void {
    const partitions = [
      { free: 700, size: PARTITION_BLOCKS },
      { free: 0xffffffff, size: 0xffffffff },
    ].slice(0, this.partitionMaps().length);
    const volume = { closed: !this.isVirtual, partitions, revision: this.revision, nextUniqueId: this.uniqueId };
    this.put(INTEGRITY, integrity(INTEGRITY, volume));
    this.put(INTEGRITY + 1, terminating(INTEGRITY + 1));
  }
}
