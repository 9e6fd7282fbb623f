/**
 * Lays out HFS Plus volumes from Apple's Technical Note TN1150, independently of the driver: with fragmented forks, attributes, hard links to files and
 * folders, compressed files, a journal, and a wrapper. No independent reader has seen what it makes.
 */

export const BLOCK = 4096;
const NODE = 4096;
const TOTAL_BLOCKS = 512;
export const SECTOR = 512;
/** 2021-03-04 05:06:07 UTC in seconds since 1904. */
export const DATE = 3_697_679_167;
const JOURNAL_BLOCKS = 16;

export interface AttributeSpec {
  name: string;
  value: Uint8Array;
  /** In a fork of its own, of so many extents, instead of in the record. */
  pieces?: number;
}

export interface FileSpec {
  id: number;
  parent: number;
  /** As stored. */
  name: string;
  folder?: true;
  data?: Uint8Array;
  /** In how many extents the data are laid out. */
  pieces?: number;
  resource?: Uint8Array;
  /** With the type bits. */
  mode?: number;
  ownerFlags?: number;
  /** The Finder's type and creator. */
  finder?: string;
  special?: number;
  attributes?: AttributeSpec[];
}

export interface VolumeSpec {
  files: FileSpec[];
  name?: string;
  hfsx?: boolean;
  /** Names in the catalog are ordered by their units' numbers. */
  binary?: boolean;
  attributes?: number;
  version?: string;
  journaled?: boolean;
}

class Bytes {
  readonly list: number[] = [];
  u8(...values: number[]) {
    this.list.push(...values);
    return this;
  }
  u16(...values: number[]) {
    for (const value of values) this.u8((value >> 8) & 255, value & 255);
    return this;
  }
  u32(...values: number[]) {
    for (const value of values) this.u16((value >>> 16) & 0xffff, value & 0xffff);
    return this;
  }
  u64(value: number) {
    return this.u32(Math.floor(value / 2 ** 32), value % 2 ** 32);
  }
  text(text: string) {
    for (const character of text) this.u8(character.charCodeAt(0));
    return this;
  }
  units(text: string) {
    for (let i = 0; i < text.length; i++) this.u16(text.charCodeAt(i));
    return this;
  }
  zeros(count: number) {
    for (let i = 0; i < count; i++) this.u8(0);
    return this;
  }
}

type Pieces = Array<[start: number, count: number]>;
type TreeRecord = { key: Bytes; data: Bytes };

/** The key with its length before it. */
function keyed(key: Bytes): number[] {
  return new Bytes().u16(key.list.length).u8(...key.list).list;
}

export function buildHfsPlus(spec: VolumeSpec): Uint8Array {
  const image = new Uint8Array(TOTAL_BLOCKS * BLOCK);
  let next = 1;
  const take = (count: number) => {
    next += count;
    return next - count;
  };
  const allocation: Pieces = [[take(1), 1]];
  const extentsFile: Pieces = [[take(8), 8]];
  const catalogFile: Pieces = [[take(24), 24]];
  const attributeFile: Pieces = [[take(24), 24]];
  const journalInfo = take(1);
  const journal = take(JOURNAL_BLOCKS);

  function lay(content: Uint8Array, pieces: number): Pieces {
    const blocks = Math.ceil(content.length / BLOCK);
    const laid: Pieces = [];
    let done = 0;
    for (let piece = 0; piece < pieces && done < blocks; piece++) {
      const count = piece === pieces - 1 ? blocks - done : Math.min(Math.ceil(blocks / pieces), blocks - done);
      const start = take(count);
      take(pieces > 1 ? 1 : 0);
      image.set(content.subarray(done * BLOCK, (done + count) * BLOCK), start * BLOCK);
      laid.push([start, count]);
      done += count;
    }
    return laid;
  }

  const extents = (pieces: Pieces) => {
    const bytes = new Bytes();
    for (let i = 0; i < 8; i++) bytes.u32(...(pieces[i] ?? [0, 0]));
    return bytes.list;
  };
  const fork = (size: number, pieces: Pieces) =>
    new Bytes()
      .u64(size)
      .u32(0)
      .u32(pieces.reduce((sum, [, count]) => sum + count, 0))
      .u8(...extents(pieces.slice(0, 8))).list;

  const overflow: Array<TreeRecord & { order: number[] }> = [];
  const catalog: Array<TreeRecord & { parent: number; name: string }> = [];
  const attributes: Array<TreeRecord & { id: number; name: string; start: number }> = [];

  /** Calls `record` for each group of 8 extents behind the first. */
  function eachRest(pieces: Pieces, record: (start: number, group: Pieces) => void): void {
    let start = pieces.slice(0, 8).reduce((sum, [, count]) => sum + count, 0);
    for (let i = 8; i < pieces.length; i += 8) {
      const group = pieces.slice(i, i + 8);
      record(start, group);
      start += group.reduce((sum, [, count]) => sum + count, 0);
    }
  }

  function addEntry(parent: number, name: string, data: Bytes): void {
    catalog.push({ parent, name, key: new Bytes().u32(parent).u16(name.length).units(name), data });
  }

  function addAttribute(id: number, { name, value, pieces }: AttributeSpec): void {
    const add = (start: number, data: Bytes) =>
      attributes.push({
        id,
        name,
        start,
        data,
        key: new Bytes().u16(0).u32(id, start).u16(name.length).units(name),
      });
    if (pieces === undefined) {
      add(
        0,
        new Bytes()
          .u32(0x10, 0, 0, value.length)
          .u8(...value)
          .zeros(value.length & 1),
      );
      return;
    }
    const laid = lay(value, pieces);
    add(0, new Bytes().u32(0x20, 0).u8(...fork(value.length, laid)));
    eachRest(laid, (start, group) => add(start, new Bytes().u32(0x30, 0).u8(...extents(group))));
  }

  function addFile(file: FileSpec): void {
    const flags = (file.folder ? 0 : 2) | (file.attributes ? 4 : 0);
    const valence = spec.files.filter(({ parent }) => parent === file.id).length;
    const data = new Bytes()
      .u16(file.folder ? 1 : 2, flags)
      .u32(file.folder ? valence : 0, file.id)
      .u32(DATE, DATE + 1, DATE + 2, DATE + 3, 0)
      .u32(501, 20)
      .u8(0, file.ownerFlags ?? 0)
      .u16(file.mode ?? (file.folder ? 0x41ed : 0x81a4))
      .u32(file.special ?? 0)
      .text(file.finder ?? '')
      .zeros(32 - (file.finder ?? '').length)
      .u32(0, 0);
    if (!file.folder) {
      const content = file.data ?? new Uint8Array(0);
      const resource = file.resource ?? new Uint8Array(0);
      const laid = lay(content, file.pieces ?? 1);
      data.u8(...fork(content.length, laid)).u8(...fork(resource.length, lay(resource, 1)));
      eachRest(laid, (start, group) =>
        overflow.push({
          order: [file.id, 0, start],
          key: new Bytes().u8(0, 0).u32(file.id, start),
          data: new Bytes().u8(...extents(group)),
        }),
      );
    }
    addEntry(file.parent, file.name, data);
    const thread = new Bytes()
      .u16(file.folder ? 3 : 4, 0)
      .u32(file.parent)
      .u16(file.name.length)
      .units(file.name);
    addEntry(file.id, '', thread);
    for (const attribute of file.attributes ?? []) addAttribute(file.id, attribute);
  }

  addFile({ id: 2, parent: 1, name: spec.name ?? 'Built', folder: true });
  for (const file of spec.files) addFile(file);

  const fold = (name: string) => (spec.binary ? name : name.toLowerCase().replaceAll('\0', '\uffff'));
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  catalog.sort((a, b) => a.parent - b.parent || byText(fold(a.name), fold(b.name)));
  attributes.sort((a, b) => a.id - b.id || byText(a.name, b.name) || a.start - b.start);
  overflow.sort((a, b) => a.order[0] - b.order[0] || a.order[2] - b.order[2]);

  function writeTree(place: Pieces, records: TreeRecord[], keyCompare: number): void {
    const at = place[0][0] * BLOCK;
    const nodes: Bytes[] = [];
    const closed: number[][] = [];
    /** Writes records into nodes of one level; returns each node's number and first key. */
    const level = (kind: number, height: number, list: Array<{ key: Bytes; data: number[] }>) => {
      const made: Array<{ number: number; key: Bytes }> = [];
      let offsets: number[] = [];
      let body = new Bytes();
      let first: Bytes | null = null;
      const close = () => {
        if (first === null) return;
        const number = nodes.length + 1;
        nodes.push(
          new Bytes()
            .u32(0, 0)
            .u8(kind & 255, height)
            .u16(offsets.length, 0)
            .u8(...body.list),
        );
        closed.push([...offsets, 14 + body.list.length]);
        made.push({ number, key: first });
        [offsets, body, first] = [[], new Bytes(), null];
      };
      for (const { key, data } of list) {
        const record = [...keyed(key), ...data];
        if (14 + body.list.length + record.length + 2 * (offsets.length + 2) > NODE) close();
        first ??= key;
        offsets.push(14 + body.list.length);
        body.u8(...record);
      }
      close();
      return made;
    };
    let height = records.length === 0 ? 0 : 1;
    let top = level(
      -1,
      1,
      records.map(({ key, data }) => ({ key, data: data.list })),
    );
    while (top.length > 1) {
      height += 1;
      top = level(
        0,
        height,
        top.map(({ number, key }) => ({ key, data: new Bytes().u32(number).list })),
      );
    }
    const header = new Bytes()
      .u32(0, 0)
      .u8(1, 0)
      .u16(3, 0)
      .u16(height)
      .u32(top[0]?.number ?? 0, records.length, records.length ? 1 : 0, 0)
      .u16(NODE, 516)
      .u32((place[0][1] * BLOCK) / NODE, 0)
      .u16(0)
      .u32(NODE)
      .u8(0, keyCompare)
      .u32(6);
    nodes.unshift(header);
    closed.unshift([14, 120, 248, NODE - 8]);
    nodes.forEach((node, number) => {
      image.set(node.list, at + number * NODE);
      closed[number].forEach((offset, i) => {
        image.set(new Bytes().u16(offset).list, at + (number + 1) * NODE - 2 * (i + 1));
      });
    });
  }

  const keyCompare = spec.binary ? 0xbc : 0xcf;
  writeTree(extentsFile, overflow, 0);
  writeTree(catalogFile, catalog, spec.hfsx ? keyCompare : 0);
  writeTree(attributeFile, attributes, 0);

  if (spec.journaled) {
    const info = new Bytes()
      .u32(1)
      .zeros(32)
      .u64(journal * BLOCK)
      .u64(JOURNAL_BLOCKS * BLOCK);
    image.set(info.list, journalInfo * BLOCK);
  }
  const treeFork = (place: Pieces) => fork(place[0][1] * BLOCK, place);
  const header = new Bytes()
    .u16(spec.hfsx ? 0x4858 : 0x482b, spec.hfsx ? 5 : 4)
    .u32(spec.attributes ?? (spec.journaled ? 0x2100 : 0x100))
    .text(spec.version ?? (spec.journaled ? 'HFSJ' : '10.0'))
    .u32(spec.journaled ? journalInfo : 0)
    .u32(DATE, DATE + 10, 0, 0)
    .u32(spec.files.filter((file) => !file.folder).length, spec.files.filter((file) => file.folder).length)
    .u32(BLOCK, TOTAL_BLOCKS, TOTAL_BLOCKS - next, 0, 0, 0, 1000, 1, 0, 0)
    .zeros(24)
    .u8(1, 2, 3, 4, 5, 6, 7, 8)
    .u8(...treeFork(allocation), ...treeFork(extentsFile), ...treeFork(catalogFile), ...treeFork(attributeFile));
  image.set(header.list, 1024);
  image.set(header.list, image.length - 1024);
  return image;
}

export interface JournalSpec {
  littleEndian: boolean;
  /** Where the oldest block list begins: behind it, the journal goes on at its front. */
  start: number;
  /** Each block with its checksum. */
  checked: boolean;
}

/** XNU's checksum of journals. */
function journalSum(bytes: number[]): number {
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) ^ (sum + byte)) | 0;
  return ~sum >>> 0;
}

/** `before` with a journal that, replayed, makes it `after`: the sectors in which they differ, in block lists of up to `perList`. */
export function withJournal(before: Uint8Array, after: Uint8Array, spec: JournalSpec): Uint8Array {
  const image = before.slice();
  const view = new DataView(image.buffer);
  const info = view.getUint32(1024 + 12) * BLOCK;
  const at = Number(view.getBigUint64(info + 36));
  const size = Number(view.getBigUint64(info + 44));
  const { littleEndian: little } = spec;
  let cursor = spec.start;
  const put = (bytes: Uint8Array) => {
    for (let i = 0; i < bytes.length; i += SECTOR) {
      image.set(bytes.subarray(i, i + SECTOR), at + cursor);
      cursor += SECTOR;
      if (cursor >= size) cursor = SECTOR;
    }
  };
  const changed: number[] = [];
  for (let sector = 0; sector * SECTOR < before.length; sector++) {
    const [a, b] = [before, after].map((bytes) => bytes.subarray(sector * SECTOR, (sector + 1) * SECTOR));
    if (a.some((byte, i) => byte !== b[i])) changed.push(sector);
  }
  const PER_LIST = 5;
  const LIST = 2 * SECTOR;
  for (let first = 0; first < changed.length; first += PER_LIST) {
    const sectors = changed.slice(first, first + PER_LIST);
    const list = new Uint8Array(LIST);
    const listView = new DataView(list.buffer);
    listView.setUint16(0, 60, little);
    // One more is killed: nothing of it may be written.
    listView.setUint16(2, sectors.length + 2, little);
    listView.setUint32(4, LIST + (sectors.length + 1) * SECTOR, little);
    listView.setUint32(12, spec.checked ? 1 : 0, little);
    sectors.forEach((sector, i) => {
      const block = after.subarray(sector * SECTOR, (sector + 1) * SECTOR);
      listView.setBigUint64(32 + 16 * i, BigInt(sector), little);
      listView.setUint32(40 + 16 * i, SECTOR, little);
      listView.setUint32(44 + 16 * i, spec.checked ? journalSum([...block]) : 0, little);
    });
    listView.setBigUint64(32 + 16 * sectors.length, 0xffff_ffff_ffff_ffffn, little);
    listView.setUint32(40 + 16 * sectors.length, SECTOR, little);
    listView.setUint32(8, journalSum([...list.subarray(0, 32)]), little);
    put(list);
    for (const sector of sectors) put(after.subarray(sector * SECTOR, (sector + 1) * SECTOR));
    put(new Uint8Array(SECTOR).fill(0xee));
  }
  const header = new DataView(image.buffer, at, SECTOR);
  header.setUint32(0, 0x4a4e4c78, little);
  header.setUint32(4, 0x12345678, little);
  header.setBigUint64(8, BigInt(spec.start), little);
  header.setBigUint64(16, BigInt(cursor), little);
  header.setBigUint64(24, BigInt(size), little);
  header.setUint32(32, LIST, little);
  header.setUint32(36, 0, little);
  header.setUint32(40, SECTOR, little);
  header.setUint32(36, journalSum([...image.subarray(at, at + 44)]), little);
  // Not cleanly unmounted.
  view.setUint32(1024 + 4, view.getUint32(1024 + 4) & ~0x100);
  return image;
}

/** An HFS volume around this one, as Mac OS wrote it so that older systems find something (TN1150, "HFS Wrapper"). */
export function wrapped(volume: Uint8Array): Uint8Array {
  const START_SECTOR = 10;
  const HEAD_BLOCKS = 5;
  const image = new Uint8Array(START_SECTOR * 512 + HEAD_BLOCKS * BLOCK + volume.length + 1024);
  const blocks = HEAD_BLOCKS + volume.length / BLOCK;
  const mdb = new Bytes()
    .u16(0x4244)
    .u32(DATE, DATE)
    .u16(0x8100, 0, 3, 0, blocks)
    .u32(BLOCK, BLOCK)
    .u16(START_SECTOR)
    .u32(16)
    .u16(0)
    .u8(7)
    .text('Wrapper')
    .zeros(20)
    .zeros(60)
    .u16(0x482b, HEAD_BLOCKS, volume.length / BLOCK);
  image.set(mdb.list, 1024);
  image.set(mdb.list, image.length - 1024);
  image.set(volume, START_SECTOR * 512 + HEAD_BLOCKS * BLOCK);
  return image;
}
