/**
 * Builds small fast file systems byte by byte: UFS1 and UFS2, either byte order, 4.3BSD's and Solaris' variants, WAPBL journals, snapshots, extended
 * attributes, check hashes: what no tool at hand writes. Laid out from <ufs/ffs/fs.h>, <ufs/ufs/dinode.h>, <ufs/ufs/extattr.h> and
 * <sys/wapbl_replay.h> of NetBSD and FreeBSD and <sys/fs/ufs_fs.h> of illumos, without any code of the driver.
 *
 * No independent reader has seen what it builds.
 */

export interface FfsOptions {
  version: 1 | 2;
  bigEndian?: boolean;
  variant?: 'bsd' | '4.3bsd' | 'solaris';
  blockBytes?: number;
  fragmentBytes?: number;
  inodes?: number;
  /** Whole blocks of the file system. */
  blocks?: number;
  /** Directories in chunks of 1024 bytes, behind Apple's label. */
  apple?: boolean;
  /** Blocks behind the file system, for a journal. */
  extraBlocks?: number;
}

export interface InodeFields {
  mode: number;
  size?: number;
  links?: number;
  uid?: number;
  gid?: number;
  seconds?: number;
  nanoseconds?: number;
  flags?: number;
  generation?: number;
  /** Sectors. */
  blocks?: number;
  /** Up to fifteen, in fragments; or the bytes of a short symbolic link. */
  pointers?: Array<number | bigint> | Uint8Array;
  extSize?: number;
  extPointers?: number[];
}

export type Entry = [name: string, ino: number, type?: number];

export class FfsBuilder {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly blockBytes: number;
  readonly fragmentBytes: number;
  readonly little: boolean;
  readonly superblock: number;
  readonly fsBytes: number;
  private readonly options: FfsOptions;
  private readonly variant: string;
  private readonly inodeStart: number;
  private readonly inodes: number;
  private nextBlock: number;

  constructor(options: FfsOptions) {
    this.options = options;
    this.variant = options.variant ?? 'bsd';
    this.blockBytes = options.blockBytes ?? 8192;
    this.fragmentBytes = options.fragmentBytes ?? 1024;
    this.little = !options.bigEndian;
    this.inodes = options.inodes ?? 128;
    const blocks = options.blocks ?? 128;
    this.fsBytes = blocks * this.blockBytes;
    this.bytes = new Uint8Array(this.fsBytes + (options.extraBlocks ?? 0) * this.blockBytes);
    this.view = new DataView(this.bytes.buffer);
    this.superblock = options.version === 1 ? 8192 : 65536;
    const copy = this.copyOffset();
    this.inodeStart = copy + 2 * Math.max(8192, this.blockBytes);
    const inodeSize = options.version === 1 ? 128 : 256;
    this.nextBlock = Math.ceil((this.inodeStart + this.inodes * inodeSize) / this.blockBytes);
  }

  /** Where the copy of the first (and only) cylinder group stands. */
  copyOffset(): number {
    return Math.ceil((this.superblock + 8192) / this.blockBytes) * this.blockBytes;
  }

  u32(at: number, value: number): void {
    this.view.setUint32(at, value >>> 0, this.little);
  }

  u64(at: number, value: number | bigint): void {
    this.view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), this.little);
  }

  /** A free block; as a number of fragments. */
  allocate(count = 1): number {
    const block = this.nextBlock;
    this.nextBlock += count;
    if (this.nextBlock * this.blockBytes > this.fsBytes) throw new Error('the volume is full');
    return (block * this.blockBytes) / this.fragmentBytes;
  }

  offsetOf(fragment: number): number {
    return fragment * this.fragmentBytes;
  }

  inodeOffset(ino: number): number {
    return this.inodeStart + ino * (this.options.version === 1 ? 128 : 256);
  }

  inode(ino: number, fields: InodeFields): void {
    const at = this.inodeOffset(ino);
    this.view.setUint16(at, fields.mode, this.little);
    this.view.setUint16(at + 2, fields.links ?? 1, this.little);
    if (this.options.version === 1) this.inode1(at, fields);
    else this.inode2(at, fields);
  }

  private inode1(at: number, fields: InodeFields): void {
    this.u64(at + 8, fields.size ?? 0);
    for (const time of [16, 24, 32]) {
      this.u32(at + time, fields.seconds ?? 0);
      this.u32(at + time + 4, fields.nanoseconds ?? 0);
    }
    this.pointers(at + 40, 4, fields.pointers ?? []);
    this.u32(at + 104, fields.blocks ?? 0);
    this.u32(at + 108, fields.generation ?? 0);
    const [uid, gid] = [fields.uid ?? 0, fields.gid ?? 0];
    if (this.variant === 'bsd') {
      this.u32(at + 100, fields.flags ?? 0);
      this.u32(at + 112, uid);
      this.u32(at + 116, gid);
      return;
    }
    this.view.setUint16(at + 4, Math.min(uid, 65535), this.little);
    this.view.setUint16(at + 6, Math.min(gid, 65535), this.little);
    if (this.variant === 'solaris') {
      this.u32(at + 116, uid);
      this.u32(at + 120, gid);
    }
  }

  private inode2(at: number, fields: InodeFields): void {
    this.u32(at + 4, fields.uid ?? 0);
    this.u32(at + 8, fields.gid ?? 0);
    this.u64(at + 16, fields.size ?? 0);
    this.u64(at + 24, fields.blocks ?? 0);
    for (const time of [32, 40, 48, 56]) this.u64(at + time, fields.seconds ?? 0);
    for (const fraction of [64, 68, 72, 76]) this.u32(at + fraction, fields.nanoseconds ?? 0);
    this.u32(at + 80, fields.generation ?? 0);
    this.u32(at + 88, fields.flags ?? 0);
    this.u32(at + 92, fields.extSize ?? 0);
    fields.extPointers?.forEach((pointer, index) => {
      this.u64(at + 96 + 8 * index, pointer);
    });
    this.pointers(at + 112, 8, fields.pointers ?? []);
  }

  private pointers(at: number, width: number, pointers: Array<number | bigint> | Uint8Array): void {
    if (pointers instanceof Uint8Array) {
      this.bytes.set(pointers, at);
      return;
    }
    pointers.forEach((pointer, index) => {
      if (width === 4) this.u32(at + 4 * index, Number(pointer));
      else this.u64(at + 8 * index, pointer);
    });
  }

  /** Writes content into new blocks and gives the fifteen pointers to it, through indirect blocks of as many levels as it takes. */
  store(content: Uint8Array): number[] {
    const data: number[] = [];
    for (let at = 0; at < content.length; at += this.blockBytes) {
      const fragment = this.allocate();
      this.bytes.set(content.subarray(at, at + this.blockBytes), this.offsetOf(fragment));
      data.push(fragment);
    }
    return this.mapOf(data);
  }

  mapOf(data: number[]): number[] {
    const map = data.slice(0, 12);
    while (map.length < 12) map.push(0);
    let rest = data.slice(12);
    const width = this.options.version === 1 ? 4 : 8;
    const perBlock = this.blockBytes / width;
    for (let level = 1; level <= 3; level++) {
      map.push(rest.length === 0 ? 0 : this.indirect(rest.slice(0, perBlock ** level), level));
      rest = rest.slice(perBlock ** level);
    }
    return map;
  }

  private indirect(data: number[], level: number): number {
    if (data.every((fragment) => fragment === 0)) return 0;
    const width = this.options.version === 1 ? 4 : 8;
    const span = (this.blockBytes / width) ** (level - 1);
    const block = this.allocate();
    for (let index = 0; index * span < data.length; index++) {
      const part = data.slice(index * span, (index + 1) * span);
      const pointer = level === 1 ? part[0] : this.indirect(part, level - 1);
      this.pointers(this.offsetOf(block) + index * width, width, [pointer]);
    }
    return block;
  }

  file(ino: number, content: Uint8Array, fields: Partial<InodeFields> = {}): void {
    const pointers = this.store(content);
    const blocks = Math.ceil(content.length / 512);
    this.inode(ino, { mode: 0o100644, size: content.length, blocks, pointers, ...fields });
  }

  directory(ino: number, entries: Entry[], fields: Partial<InodeFields> = {}): void {
    const content = this.directoryContent([['.', ino, 4], ['..', 2, 4], ...entries]);
    this.file(ino, content, { mode: 0o40755, links: 2, ...fields });
  }

  directoryContent(entries: Entry[]): Uint8Array {
    const size = this.options.apple ? 1024 : 512;
    const chunks: Uint8Array[] = [];
    let chunk = new Uint8Array(size);
    let [at, last] = [0, -1];
    const close = () => {
      if (last >= 0) new DataView(chunk.buffer).setUint16(last + 4, size - last, this.little);
      chunks.push(chunk);
    };
    for (const [name, ino, type] of entries) {
      const text = new TextEncoder().encode(name);
      const length = 8 + ((text.length + 4) & ~3);
      if (at + length > size) {
        close();
        chunk = new Uint8Array(size);
        [at, last] = [0, -1];
      }
      const view = new DataView(chunk.buffer);
      view.setUint32(at, ino, this.little);
      view.setUint16(at + 4, length, this.little);
      if (this.variant === 'bsd') {
        chunk[at + 6] = type ?? 8;
        chunk[at + 7] = text.length;
      } else view.setUint16(at + 6, text.length, this.little);
      chunk.set(text, at + 8);
      last = at;
      at += length;
    }
    close();
    const content = new Uint8Array(chunks.length * size);
    chunks.forEach((part, index) => {
      content.set(part, index * size);
    });
    return content;
  }

  /** Writes the super block and its copy. `change` alters both before they are written. */
  finish(change: (at: number) => void = () => {}): Uint8Array {
    const { version } = this.options;
    const at = this.superblock;
    const { blockBytes, fragmentBytes } = this;
    const frag = blockBytes / fragmentBytes;
    const fragments = this.fsBytes / fragmentBytes;
    const copy = this.copyOffset() / fragmentBytes;
    const inodeSize = version === 1 ? 128 : 256;
    const words: Array<[at: number, value: number]> = [
      [8, copy],
      [12, copy + Math.max(8192, blockBytes) / fragmentBytes],
      [16, this.inodeStart / fragmentBytes],
      [20, Math.ceil((this.inodeStart + this.inodes * inodeSize) / blockBytes) * frag],
      [28, 0xffffffff],
      [36, fragments],
      [40, fragments],
      [44, 1],
      [48, blockBytes],
      [52, fragmentBytes],
      [56, frag],
      [72, -blockBytes],
      [76, -fragmentBytes],
      [80, Math.log2(blockBytes)],
      [84, Math.log2(fragmentBytes)],
      [96, Math.log2(frag)],
      [100, Math.log2(fragmentBytes / 512)],
      [104, 2048],
      [116, blockBytes / (version === 1 ? 4 : 8)],
      [120, blockBytes / inodeSize],
      [144, 0x12345678],
      [148, 0x9abcdef0],
      [160, 2048],
      [184, this.inodes],
      [188, fragments],
      [1356, 1],
      [1360, 1],
      [1372, version === 1 ? 0x011954 : 0x19540119],
    ];
    for (const [offset, value] of words) this.u32(at + offset, value);
    this.bytes[at + 209] = 1;
    if (this.variant === 'bsd') this.modernFields(at, fragments);
    else if (this.variant === 'solaris') this.u64(at + 1340, blockBytes - 1);
    if (this.options.apple) this.bytes.set(new TextEncoder().encode('LABL'), 7168);
    change(at);
    this.bytes.copyWithin(this.copyOffset(), at, at + 2048);
    return this.bytes;
  }

  private modernFields(at: number, fragments: number): void {
    this.bytes[at + 211] = 0x80;
    this.u64(at + 1000, at);
    this.u64(at + 1080, fragments);
    this.u64(at + 1088, fragments);
    this.u32(at + 1320, this.options.version === 1 ? 60 : 120);
    this.u32(at + 1324, 2);
    this.u64(at + 1336, this.blockBytes - 1);
    this.u64(at + 1344, this.fragmentBytes - 1);
  }

  /** The entries of an area of UFS2's extended attributes; name space 1 is user, 2 system. */
  attributes(list: Array<[space: number, name: string, value: Uint8Array]>): Uint8Array {
    const parts = list.map(([space, name, value]) => {
      const head = (7 + name.length + 7) & ~7;
      const padding = (8 - (value.length % 8)) % 8;
      const part = new Uint8Array(head + value.length + padding);
      new DataView(part.buffer).setUint32(0, part.length, this.little);
      part.set([space, padding, name.length], 4);
      part.set(new TextEncoder().encode(name), 7);
      part.set(value, head);
      return part;
    });
    const area = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((offset, part) => {
      area.set(part, offset);
      return offset + part.length;
    }, 0);
    return area;
  }
}

export interface JournalRecord {
  type: 'blocks' | 'revocations' | 'inodes';
  /** Sectors of 512 bytes from `sector` on; of revocations only how many. */
  changes?: Array<{ sector: number; content?: Uint8Array; sectors?: number }>;
}

/** Lays a journal of sectors of 512 bytes at `logOffset`, its ring behind 2 sectors of headers; records begin `startSector` sectors into the ring. */
export function writeJournal(
  builder: FfsBuilder,
  logOffset: number,
  ringSectors: number,
  startSector: number,
  records: JournalRecord[],
): void {
  const { view, bytes, little } = builder;
  const ringOffset = 1024;
  let at = startSector;
  const sector = (index: number) => logOffset + ringOffset + (index % ringSectors) * 512;
  for (const { type, changes = [] } of records) {
    const head = sector(at);
    const first = at;
    at += 1;
    changes.forEach((change, index) => {
      const count = change.content === undefined ? (change.sectors ?? 1) : change.content.length / 512;
      view.setBigInt64(head + 16 + index * 16, BigInt(change.sector), little);
      view.setInt32(head + 28 + index * 16, count * 512, little);
      for (let i = 0; change.content !== undefined && i < count; i++) {
        bytes.set(change.content.subarray(i * 512, (i + 1) * 512), sector(at));
        at += 1;
      }
    });
    view.setUint32(head, 0x5741424c + ['inodes', 'revocations', 'blocks'].indexOf(type) + 1, little);
    view.setInt32(head + 4, (at - first) * 512, little);
    view.setInt32(head + 8, changes.length, little);
  }
  const place = (index: number) => BigInt(records.length === 0 ? 0 : ringOffset + (index % ringSectors) * 512);
  for (const [copy, generation] of [
    [0, 7],
    [512, 6],
  ]) {
    const header = logOffset + copy;
    view.setUint32(header, 0x5741424c, little);
    view.setInt32(header + 4, 512, little);
    view.setUint32(header + 12, generation, little);
    view.setUint32(header + 36, 1, little);
    view.setUint32(header + 40, 9, little);
    view.setUint32(header + 44, 9, little);
    // The older header says that the journal is empty.
    view.setBigInt64(header + 48, copy === 0 ? place(at) : 0n, little);
    view.setBigInt64(header + 56, copy === 0 ? place(startSector) : 0n, little);
    view.setBigInt64(header + 64, BigInt(ringOffset), little);
    view.setBigInt64(header + 72, BigInt(ringSectors * 512), little);
  }
}

/** Tells the super block at `at` of a journal at `logOffset`: behind the file system (1) or in it (2). */
export function announceJournal(builder: FfsBuilder, at: number, location: 1 | 2, logOffset: number, sectors: number) {
  builder.bytes[at + 864] = 1;
  builder.bytes[at + 865] = location;
  builder.u64(at + 872, logOffset / 512);
  builder.u64(at + 880, sectors);
  builder.u64(at + 888, 512);
  builder.u32(at + 1312, 0x100);
  builder.bytes[at + 209] = 0;
}
