/**
 * ISO 9660 and High Sierra volumes made in memory for unit tests, byte by byte, with what no mastering program writes: small logical blocks,
 * interleaving, extended attribute records, several versions, disagreeing byte orders, and any system use entries.
 */

import { driver } from '../../kernel-worker/fs/cd9660/vfsops.ts';
import { KernelError } from '../../kernel-worker/rump/errno.ts';
import { Mount, type Vnode } from '../../kernel-worker/rump/vfs/mount.ts';
import type { FsDevice, MountOptions } from '../../kernel-worker/rump/vfs/vnode.ts';
import { mediumOf } from './media.ts';

const SECTOR = 2048;
const ROOT_SECTOR = 19;
const PATH_TABLE_SECTOR = 20;
/** Two sectors of root directory would hide sector boundaries from a test that wants them; `rootSectors` gives more. */
const FIRST_DATA_SECTOR = 24;

/** One directory record of the root. */
export interface BuiltRecord {
  /** The identifier as recorded: Latin-1 characters are its bytes. */
  id: string;
  content?: Uint8Array;
  flags?: number;
  /** Blocks of an extended attribute record and its bytes. */
  attributes?: { blocks: number; bytes: Uint8Array };
  /** Interleaving in blocks. */
  interleave?: { unit: number; gap: number };
  /** System use area. */
  systemUse?: Uint8Array;
  /** The 7 bytes of its date. */
  date?: number[];
  /** Changes the record before it is written. */
  patch?(record: DataView, bytes: Uint8Array): void;
}

export interface BuiltVolume {
  blockSize?: number;
  highSierra?: boolean;
  records: BuiltRecord[];
  /** System use area of the root's record of itself. */
  rootSystemUse?: Uint8Array;
  /** Changes the primary descriptor. */
  patch?(descriptor: DataView, bytes: Uint8Array): void;
}

export function buildIso(volume: BuiltVolume): Uint8Array {
  const blockSize = volume.blockSize ?? SECTOR;
  const perSector = SECTOR / blockSize;
  const highSierra = volume.highSierra ?? false;
  const image = new Uint8Array(SECTOR * 256);
  let nextBlock = FIRST_DATA_SECTOR * perSector;
  const records = [
    recordBytes({ id: '\0', flags: 2, systemUse: volume.rootSystemUse }, ROOT_SECTOR * perSector, SECTOR, highSierra),
    recordBytes({ id: '\x01', flags: 2 }, ROOT_SECTOR * perSector, SECTOR, highSierra),
  ];
  for (const record of volume.records) {
    const content = record.content ?? new Uint8Array(0);
    const block = nextBlock;
    nextBlock += place(image, record, content, block, blockSize);
    records.push(recordBytes(record, block, content.length, highSierra));
  }
  let at = ROOT_SECTOR * SECTOR;
  for (const record of records) {
    image.set(record, at);
    at += record.length;
  }
  writeDescriptors(image, volume, blockSize, perSector);
  return image;
}

/** Writes content and attribute record; returns how many blocks they take. */
function place(image: Uint8Array, record: BuiltRecord, content: Uint8Array, block: number, blockSize: number): number {
  const attributeBlocks = record.attributes?.blocks ?? 0;
  if (record.attributes) image.set(record.attributes.bytes, block * blockSize);
  if (!record.interleave) {
    image.set(content, (block + attributeBlocks) * blockSize);
    return attributeBlocks + Math.ceil(content.length / blockSize);
  }
  const { unit, gap } = record.interleave;
  let unitBlock = block + (attributeBlocks > 0 ? unit + gap : 0);
  for (let done = 0; done < content.length; done += unit * blockSize) {
    image.set(content.subarray(done, done + unit * blockSize), unitBlock * blockSize);
    image.fill(0xee, (unitBlock + unit) * blockSize, (unitBlock + unit + gap) * blockSize);
    unitBlock += unit + gap;
  }
  return unitBlock - block;
}

function recordBytes(record: BuiltRecord, block: number, lengthBytes: number, highSierra: boolean): Uint8Array {
  const padded = 33 + record.id.length + (record.id.length % 2 === 0 ? 1 : 0);
  const systemUse = record.systemUse ?? new Uint8Array(0);
  const length = padded + systemUse.length + (systemUse.length % 2);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes[0] = length;
  bytes[1] = record.attributes?.blocks ?? 0;
  both32(view, 2, block);
  both32(view, 10, lengthBytes);
  bytes.set(record.date ?? [124, 3, 4, 5, 6, 7, 0], 18);
  if (highSierra) bytes[24] = record.flags ?? 0;
  else bytes[25] = record.flags ?? 0;
  bytes[26] = record.interleave?.unit ?? 0;
  bytes[27] = record.interleave?.gap ?? 0;
  view.setUint16(28, 1, true);
  view.setUint16(30, 1);
  bytes[32] = record.id.length;
  bytes.set(latin1(record.id), 33);
  bytes.set(systemUse, padded);
  record.patch?.(view, bytes);
  return bytes;
}

function writeDescriptors(image: Uint8Array, volume: BuiltVolume, blockSize: number, perSector: number): void {
  const shift = volume.highSierra ? 8 : 0;
  const standard = volume.highSierra ? 'CDROM' : 'CD001';
  const primary = image.subarray(16 * SECTOR, 17 * SECTOR);
  const view = new DataView(primary.buffer, primary.byteOffset, SECTOR);
  primary[shift] = 1;
  primary.set(latin1(standard), shift + 1);
  primary[shift + 6] = 1;
  primary.set(latin1('BUILT'.padEnd(32)), shift + 40);
  both32(view, shift + 80, image.length / blockSize);
  view.setUint16(shift + 128, blockSize, true);
  view.setUint16(shift + 130, blockSize);
  both32(view, shift + 132, 10);
  view.setUint32(shift + 140, PATH_TABLE_SECTOR * perSector, true);
  const root = recordBytes({ id: '\0', flags: 2 }, ROOT_SECTOR * perSector, SECTOR, volume.highSierra ?? false);
  primary.set(root, volume.highSierra ? 180 : 156);
  if (!volume.highSierra) primary.set(latin1('2024030405060700\0'), 813);
  volume.patch?.(view, primary);
  image[17 * SECTOR + shift] = 255;
  image.set(latin1(standard), 17 * SECTOR + shift + 1);
  const table = new DataView(image.buffer, PATH_TABLE_SECTOR * SECTOR, 10);
  table.setUint8(0, 1);
  table.setUint32(2, ROOT_SECTOR * perSector, true);
  table.setUint16(6, 1, true);
}

/** A number in both byte orders (ECMA-119 7.3.3). */
export function both32(view: DataView, at: number, value: number): void {
  view.setUint32(at, value, true);
  view.setUint32(at + 4, value);
}

export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A system use entry: signature, version 1, and its data. */
export function entry(signature: string, ...data: Array<number | string | Uint8Array>): Uint8Array {
  const bytes = data.flatMap((part) =>
    typeof part === 'number' ? [part] : [...(typeof part === 'string' ? latin1(part) : part)],
  );
  return Uint8Array.of(signature.charCodeAt(0), signature.charCodeAt(1), bytes.length + 4, 1, ...bytes);
}

/** The 8 bytes of a number in both byte orders. */
export function both(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  both32(view, 0, value);
  return new Uint8Array(view.buffer);
}

export function concatenated(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Bytes that differ from place to place. */
export function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
}

export function mountIso(
  bytes: Uint8Array,
  options: MountOptions = {},
  log: (message: string) => void = () => {},
): Mount {
  return mountIsoOn(mediumOf(bytes), options, log);
}

export function mountIsoOn(
  device: FsDevice,
  options: MountOptions = {},
  log: (message: string) => void = () => {},
): Mount {
  return new Mount(driver.mount({ device, options, log }));
}

/** A listing of the root: names, and the messages of failures. */
export function listed(mount: Mount, dir: Vnode = mount.root): string[] {
  return [...mount.readdir(dir)].map((item) => (item instanceof KernelError ? item.message : item.name));
}

export function fileOf(mount: Mount, name: string): Vnode {
  const vnode = mount.lookup(mount.root, name);
  if (vnode === null) throw new Error(`no ${name}`);
  return vnode;
}

export function contentOf(mount: Mount, name: string): Uint8Array {
  const vnode = fileOf(mount, name);
  const content = new Uint8Array(vnode.attr.size);
  for (let done = 0; done < content.length; ) done += mount.read(vnode, done, content.subarray(done));
  return content;
}
