/**
 * NTFS volumes laid out byte by byte, for what no tool at hand writes (Linux-NTFS documentation for the layouts). It shares no code with the driver.
 */

const SECTOR = 512;
const STRIDE = 512;
const INDEX_BLOCK = 4096;

/** Attribute types. */
export const TYPE = {
  standardInformation: 0x10,
  attributeList: 0x20,
  fileName: 0x30,
  volumeName: 0x60,
  volumeInformation: 0x70,
  data: 0x80,
  indexRoot: 0x90,
  indexAllocation: 0xa0,
  bitmap: 0xb0,
  reparsePoint: 0xc0,
  ea: 0xe0,
} as const;

/** 2024-02-29 12:34:56.7890123 UTC. */
export const SAMPLE_FILETIME = 133_536_980_967_890_123n;

export interface AttributeSpec {
  type: number;
  name?: string;
  flags?: number;
  instance?: number;
}

/** A run: clusters at `lcn`, or a hole. */
export interface RunSpec {
  lcn: number | null;
  clusters: number;
}

export interface NonResidentSpec extends AttributeSpec {
  runs: RunSpec[];
  /** VCN of the first run; sizes are written for 0 only. */
  lowestVcn?: number;
  size?: number;
  initialized?: number;
  allocated?: number;
  compressionUnit?: number;
}

export interface RecordSpec {
  attributes: Uint8Array[];
  sequence?: number;
  links?: number;
  isDirectory?: boolean;
  isFree?: boolean;
  base?: { number: number; sequence: number };
}

export interface IndexEntrySpec {
  name: string;
  number: number;
  sequence?: number;
  /** 0 POSIX, 1 Windows, 2 DOS, 3 both. */
  namespace?: number;
  /** Index block below this entry. */
  below?: number;
  parent?: number;
}

export interface FileSpec {
  number: number;
  name: string;
  /** Its attributes beside $STANDARD_INFORMATION and $FILE_NAME, in the order of their types. */
  attributes?: Uint8Array[];
  /** FILE_ATTRIBUTE_… */
  attrib?: number;
  dosName?: string;
  links?: number;
  isDirectory?: boolean;
  parent?: number;
}

export interface VolumeSpec {
  clusterSize?: number;
  recordSize?: number;
  clusters?: number;
  label?: string;
  volumeFlags?: number;
}

export class NtfsBuilder {
  readonly bytes: Uint8Array;
  readonly clusterSize: number;
  readonly recordSize: number;
  readonly clusters: number;
  readonly mftLcn = 4;
  private readonly mftClusters: number;
  private nextLcn: number;
  private readonly records = new Map<number, RecordSpec>();
  private readonly rootEntries: IndexEntrySpec[] = [];
  private rootAttributes: Uint8Array[] | null = null;
  /** How many records the MFT has. */
  readonly recordTotal = 64;

  constructor(spec: VolumeSpec = {}) {
    this.clusterSize = spec.clusterSize ?? 1024;
    this.recordSize = spec.recordSize ?? 1024;
    this.clusters = spec.clusters ?? 1024;
    this.bytes = new Uint8Array(this.clusters * this.clusterSize + SECTOR);
    this.mftClusters = Math.ceil((this.recordTotal * this.recordSize) / this.clusterSize);
    this.nextLcn = this.mftLcn + this.mftClusters;
    this.systemRecords(spec);
  }

  /** Takes clusters that nothing else has, filled with `content`; returns the first. */
  store(content: Uint8Array, clusters = Math.ceil(content.length / this.clusterSize)): number {
    const lcn = this.nextLcn;
    this.nextLcn += clusters;
    if (this.nextLcn > this.clusters) throw new Error('the volume is full');
    this.bytes.set(content, lcn * this.clusterSize);
    return lcn;
  }

  /** Where record `number` stands. */
  recordOffset(number: number): number {
    return this.mftLcn * this.clusterSize + number * this.recordSize;
  }

  record(number: number, spec: RecordSpec): void {
    this.records.set(number, spec);
  }

  /** A file with its name in the root. */
  file(spec: FileSpec): void {
    const { number, name, dosName } = spec;
    const parent = spec.parent ?? 5;
    const names = [fileName(parent, name, 1)];
    if (dosName !== undefined) names.push(fileName(parent, dosName, 2));
    this.record(number, {
      isDirectory: spec.isDirectory ?? false,
      links: spec.links ?? names.length,
      attributes: [
        standardInformation(spec.attrib ?? 0x20),
        ...names.map((value, i) => resident({ type: TYPE.fileName, instance: 2 + i }, value)),
        ...(spec.attributes ?? []),
      ],
    });
    if (parent !== 5) return;
    this.rootEntries.push({ name, number });
    if (dosName !== undefined) this.rootEntries.push({ name: dosName, number, namespace: 2 });
  }

  /** Replaces the root's index, which is else made from the files. */
  rootIndex(attributes: Uint8Array[]): void {
    this.rootAttributes = attributes;
  }

  /** A non-resident attribute whose content is `content`, in clusters of its own. */
  stored(spec: AttributeSpec & { size?: number; initialized?: number }, content: Uint8Array): Uint8Array {
    const clusters = Math.max(1, Math.ceil(content.length / this.clusterSize));
    const runs = [{ lcn: this.store(content, clusters), clusters }];
    return this.nonResident({ ...spec, runs, size: spec.size ?? content.length });
  }

  nonResident(spec: NonResidentSpec): Uint8Array {
    const pairs = mappingPairs(spec.runs);
    const nameUnits = utf16(spec.name ?? '');
    const lowest = spec.lowestVcn ?? 0;
    const clusters = spec.runs.reduce((sum, run) => sum + run.clusters, 0);
    const hasCompressedSize = spec.compressionUnit !== undefined && lowest === 0;
    const nameAt = hasCompressedSize ? 72 : 64;
    const pairsAt = align(nameAt + nameUnits.length, 8);
    const bytes = new Uint8Array(align(pairsAt + pairs.length, 8));
    const view = viewOf(bytes);
    header(view, spec, bytes.length, true, nameAt);
    bytes.set(nameUnits, nameAt);
    view.setBigUint64(16, BigInt(lowest), true);
    view.setBigInt64(24, BigInt(lowest + clusters - 1), true);
    view.setUint16(32, pairsAt, true);
    view.setUint8(34, spec.compressionUnit ?? 0);
    if (lowest === 0) {
      const size = spec.size ?? clusters * this.clusterSize;
      view.setBigUint64(40, BigInt(spec.allocated ?? clusters * this.clusterSize), true);
      view.setBigUint64(48, BigInt(size), true);
      view.setBigUint64(56, BigInt(spec.initialized ?? size), true);
    }
    if (hasCompressedSize) {
      const stored = spec.runs.reduce((sum, run) => sum + (run.lcn === null ? 0 : run.clusters), 0);
      view.setBigUint64(64, BigInt(stored * this.clusterSize), true);
    }
    bytes.set(pairs, pairsAt);
    return bytes;
  }

  /** $INDEX_ALLOCATION and $BITMAP of an index with these blocks. */
  indexAllocation(blocks: Uint8Array[]): Uint8Array[] {
    const content = new Uint8Array(blocks.length * INDEX_BLOCK);
    blocks.forEach((block, i) => {
      content.set(block, i * INDEX_BLOCK);
    });
    const used = new Uint8Array(8);
    for (let i = 0; i < blocks.length; i++) used[i >> 3] |= 1 << (i & 7);
    return [
      this.stored({ type: TYPE.indexAllocation, name: '$I30' }, content),
      resident({ type: TYPE.bitmap, name: '$I30' }, used),
    ];
  }

  /** Index block `number` with these entries, the last of which may have only `below`. */
  indexBlock(number: number, entries: IndexEntrySpec[], lastBelow?: number): Uint8Array {
    const block = new Uint8Array(INDEX_BLOCK);
    const view = viewOf(block);
    block.set(ascii('INDX'));
    view.setUint16(4, 40, true);
    view.setUint16(6, INDEX_BLOCK / STRIDE + 1, true);
    view.setBigUint64(16, BigInt(this.vcnOf(number)), true);
    const content = this.entries(entries, lastBelow);
    view.setUint32(24, 40, true);
    view.setUint32(28, 40 + content.length, true);
    view.setUint32(32, INDEX_BLOCK - 24, true);
    view.setUint8(36, lastBelow === undefined ? 0 : 1);
    if (64 + content.length > INDEX_BLOCK) throw new Error('the index block is full');
    block.set(content, 64);
    return protect(block, 40);
  }

  indexRoot(entries: IndexEntrySpec[], lastBelow?: number): Uint8Array {
    const content = this.entries(entries, lastBelow);
    const value = new Uint8Array(32 + content.length);
    const view = viewOf(value);
    view.setUint32(0, TYPE.fileName, true);
    view.setUint32(4, 1, true);
    view.setUint32(8, INDEX_BLOCK, true);
    view.setUint8(12, Math.max(1, INDEX_BLOCK / this.clusterSize));
    view.setUint32(16, 16, true);
    view.setUint32(20, 16 + content.length, true);
    view.setUint32(24, 16 + content.length, true);
    view.setUint8(28, lastBelow === undefined ? 0 : 1);
    value.set(content, 32);
    return resident({ type: TYPE.indexRoot, name: '$I30' }, value);
  }

  /** The finished volume. */
  build(): Uint8Array {
    const sorted = [...this.rootEntries, { name: '.', number: 5, namespace: 3 }].sort((a, b) => order(a.name, b.name));
    this.record(5, {
      isDirectory: true,
      sequence: 5,
      attributes: [
        standardInformation(0x06),
        ...(this.rootAttributes ?? [this.indexRoot([], 0), ...this.indexAllocation([this.indexBlock(0, sorted)])]),
      ],
    });
    for (let number = 0; number < this.recordTotal; number++) {
      const spec = this.records.get(number) ?? { attributes: [], isFree: true };
      this.bytes.set(this.recordBytes(number, spec), this.recordOffset(number));
    }
    const mirror = this.bytes.subarray(this.recordOffset(0), this.recordOffset(4));
    this.bytes.set(mirror, this.store(mirror) * this.clusterSize);
    const boot = this.bootSector(this.nextLcn - Math.ceil(mirror.length / this.clusterSize));
    this.bytes.set(boot, 0);
    this.bytes.set(boot, this.bytes.length - SECTOR);
    return this.bytes;
  }

  private vcnOf(block: number): number {
    return (block * INDEX_BLOCK) / (this.clusterSize <= INDEX_BLOCK ? this.clusterSize : 512);
  }

  private entries(specs: IndexEntrySpec[], lastBelow?: number): Uint8Array {
    const parts = specs.map((spec) => this.indexEntry(spec));
    const last = new Uint8Array(lastBelow === undefined ? 16 : 24);
    const view = viewOf(last);
    view.setUint16(8, last.length, true);
    view.setUint16(12, lastBelow === undefined ? 2 : 3, true);
    if (lastBelow !== undefined) view.setBigUint64(16, BigInt(this.vcnOf(lastBelow)), true);
    return concat([...parts, last]);
  }

  private indexEntry(spec: IndexEntrySpec): Uint8Array {
    const key = fileName(spec.parent ?? 5, spec.name, spec.namespace ?? 1);
    const keyEnd = align(16 + key.length, 8);
    const bytes = new Uint8Array(keyEnd + (spec.below === undefined ? 0 : 8));
    const view = viewOf(bytes);
    reference(view, 0, spec.number, spec.sequence ?? (spec.number < 16 ? Math.max(1, spec.number) : 1));
    view.setUint16(8, bytes.length, true);
    view.setUint16(10, key.length, true);
    view.setUint16(12, spec.below === undefined ? 0 : 1, true);
    bytes.set(key, 16);
    if (spec.below !== undefined) view.setBigUint64(keyEnd, BigInt(this.vcnOf(spec.below)), true);
    return bytes;
  }

  private recordBytes(number: number, spec: RecordSpec): Uint8Array {
    const bytes = new Uint8Array(this.recordSize);
    const view = viewOf(bytes);
    const first = align(48 + 2 * (this.recordSize / STRIDE + 1), 8);
    const content = concat([...spec.attributes, Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0)]);
    if (first + content.length > this.recordSize) throw new Error(`record ${number} is full`);
    bytes.set(ascii('FILE'));
    view.setUint16(4, 48, true);
    view.setUint16(6, this.recordSize / STRIDE + 1, true);
    view.setUint16(16, spec.sequence ?? Math.max(1, number < 16 ? number : 1), true);
    view.setUint16(18, spec.links ?? 1, true);
    view.setUint16(20, first, true);
    view.setUint16(22, (spec.isFree ? 0 : 1) | (spec.isDirectory ? 2 : 0), true);
    view.setUint32(24, first + content.length, true);
    view.setUint32(28, this.recordSize, true);
    if (spec.base) reference(view, 32, spec.base.number, spec.base.sequence);
    view.setUint32(44, number, true);
    bytes.set(content, first);
    return protect(bytes, 48);
  }

  private systemRecords(spec: VolumeSpec): void {
    const mftRuns = [{ lcn: this.mftLcn, clusters: this.mftClusters }];
    const mftSize = this.recordTotal * this.recordSize;
    this.record(0, {
      attributes: [standardInformation(6), this.nonResident({ type: TYPE.data, runs: mftRuns, size: mftSize })],
    });
    this.record(1, { attributes: [standardInformation(6)] });
    this.record(2, {
      attributes: [standardInformation(6), this.stored({ type: TYPE.data }, new Uint8Array(8192).fill(0xff))],
    });
    const information = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 3, 1, spec.volumeFlags ?? 0, 0);
    this.record(3, {
      attributes: [
        standardInformation(6),
        resident({ type: TYPE.volumeName }, utf16(spec.label ?? 'BUILT')),
        resident({ type: TYPE.volumeInformation }, information),
      ],
    });
    const bitmap = new Uint8Array(align(Math.ceil(this.clusters / 8), 8));
    this.record(6, { attributes: [standardInformation(6), this.stored({ type: TYPE.data }, bitmap)] });
    this.record(10, { attributes: [standardInformation(6), this.stored({ type: TYPE.data }, upcase())] });
  }

  private bootSector(mirrorLcn: number): Uint8Array {
    const bytes = new Uint8Array(SECTOR);
    const view = viewOf(bytes);
    const sectors = this.clusterSize / SECTOR;
    bytes.set(ascii('NTFS    '), 3);
    view.setUint16(11, SECTOR, true);
    view.setUint8(13, sectors <= 128 ? sectors : 256 - Math.log2(sectors));
    view.setUint8(21, 0xf8);
    view.setBigUint64(40, BigInt((this.clusters * this.clusterSize) / SECTOR), true);
    view.setBigUint64(48, BigInt(this.mftLcn), true);
    view.setBigUint64(56, BigInt(mirrorLcn), true);
    const perRecord = this.recordSize / this.clusterSize;
    view.setInt8(64, perRecord >= 1 ? perRecord : -Math.log2(this.recordSize));
    view.setInt8(68, INDEX_BLOCK >= this.clusterSize ? INDEX_BLOCK / this.clusterSize : -12);
    view.setBigUint64(72, 0x0123456789abcdefn, true);
    bytes.set([0x55, 0xaa], 510);
    return bytes;
  }
}

/** Names in the order of the index: by their upper case. */
function order(a: string, b: string): number {
  const [left, right] = [a.toUpperCase(), b.toUpperCase()];
  return left < right ? -1 : left > right ? 1 : a < b ? -1 : 1;
}

function upcase(): Uint8Array {
  const bytes = new Uint8Array(131072);
  const view = viewOf(bytes);
  for (let unit = 0; unit < 65536; unit++) {
    const upper = String.fromCharCode(unit).toUpperCase();
    view.setUint16(2 * unit, upper.length === 1 ? upper.charCodeAt(0) : unit, true);
  }
  return bytes;
}

export function standardInformation(attrib: number): Uint8Array {
  const value = new Uint8Array(72);
  const view = viewOf(value);
  for (let i = 0; i < 4; i++) view.setBigUint64(8 * i, SAMPLE_FILETIME + BigInt(i) * 10_000_000n, true);
  view.setUint32(32, attrib, true);
  return resident({ type: TYPE.standardInformation }, value);
}

/** The value of a $FILE_NAME. */
export function fileName(parent: number, name: string, namespace: number): Uint8Array {
  const units = utf16(name);
  const value = new Uint8Array(66 + units.length);
  reference(viewOf(value), 0, parent, parent === 5 ? 5 : 1);
  value[64] = name.length;
  value[65] = namespace;
  value.set(units, 66);
  return value;
}

export function resident(spec: AttributeSpec, value: Uint8Array): Uint8Array {
  const nameUnits = utf16(spec.name ?? '');
  const valueAt = align(24 + nameUnits.length, 8);
  const bytes = new Uint8Array(align(valueAt + value.length, 8));
  const view = viewOf(bytes);
  header(view, spec, bytes.length, false, 24);
  bytes.set(nameUnits, 24);
  view.setUint32(16, value.length, true);
  view.setUint16(20, valueAt, true);
  bytes.set(value, valueAt);
  return bytes;
}

/** The value of an $ATTRIBUTE_LIST. */
export function attributeList(
  entries: Array<{
    type: number;
    name?: string;
    lowestVcn?: number;
    number: number;
    sequence?: number;
    instance?: number;
  }>,
): Uint8Array {
  return concat(
    entries.map((entry) => {
      const units = utf16(entry.name ?? '');
      const bytes = new Uint8Array(align(26 + units.length, 8));
      const view = viewOf(bytes);
      view.setUint32(0, entry.type, true);
      view.setUint16(4, bytes.length, true);
      view.setUint8(6, (entry.name ?? '').length);
      view.setUint8(7, 26);
      view.setBigUint64(8, BigInt(entry.lowestVcn ?? 0), true);
      reference(view, 16, entry.number, entry.sequence ?? 1);
      view.setUint16(24, entry.instance ?? 0, true);
      bytes.set(units, 26);
      return bytes;
    }),
  );
}

/** The value of a $REPARSE_POINT. */
export function reparse(tag: number, data: Uint8Array): Uint8Array {
  const head = new Uint8Array(8);
  const view = viewOf(head);
  view.setUint32(0, tag, true);
  view.setUint16(4, data.length, true);
  return concat([head, data]);
}

/** Reparse data of a symbolic link (with flags) or of a junction (flags left out). */
export function linkData(substitute: string, flags?: number): Uint8Array {
  const units = utf16(substitute);
  const head = new Uint8Array(flags === undefined ? 8 : 12);
  const view = viewOf(head);
  view.setUint16(2, units.length, true);
  view.setUint16(4, units.length, true);
  view.setUint16(6, units.length, true);
  if (flags !== undefined) view.setUint32(8, flags, true);
  return concat([head, units, units]);
}

export function u32(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  values.forEach((value, i) => {
    viewOf(bytes).setUint32(4 * i, value, true);
  });
  return bytes;
}

export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  for (let i = 0; i < text.length; i++) viewOf(bytes).setUint16(2 * i, text.charCodeAt(i), true);
  return bytes;
}

export function concat(parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Mapping pairs with the shortest fields, ended by 0. */
export function mappingPairs(runs: RunSpec[]): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const { lcn, clusters } of runs) {
    const length = signedBytes(clusters);
    const delta = lcn === null ? [] : signedBytes(lcn - before);
    bytes.push((delta.length << 4) | length.length, ...length, ...delta);
    if (lcn !== null) before = lcn;
  }
  return Uint8Array.from([...bytes, 0]);
}

function signedBytes(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(rest & 0xff);
    rest = Math.floor(rest / 256);
  } while (
    !((rest === 0 && (bytes[bytes.length - 1] & 0x80) === 0) || (rest === -1 && (bytes[bytes.length - 1] & 0x80) !== 0))
  );
  return bytes;
}

function header(view: DataView, spec: AttributeSpec, length: number, isNonResident: boolean, nameAt: number): void {
  view.setUint32(0, spec.type, true);
  view.setUint32(4, length, true);
  view.setUint8(8, isNonResident ? 1 : 0);
  view.setUint8(9, (spec.name ?? '').length);
  view.setUint16(10, nameAt, true);
  view.setUint16(12, spec.flags ?? 0, true);
  view.setUint16(14, spec.instance ?? 0, true);
}

function reference(view: DataView, at: number, number: number, sequence: number): void {
  view.setUint32(at, number, true);
  view.setUint16(at + 6, sequence, true);
}

/** Replaces the last two bytes of each 512 by the update sequence number, keeping them in the array at `arrayAt`. */
export function protect(record: Uint8Array, arrayAt: number): Uint8Array {
  record.set([0x07, 0x00], arrayAt);
  for (let i = 1; i <= record.length / STRIDE; i++) {
    const at = i * STRIDE - 2;
    record.copyWithin(arrayAt + 2 * i, at, at + 2);
    record.set([0x07, 0x00], at);
  }
  return record;
}

function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function align(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
