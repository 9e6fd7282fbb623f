/** Volume structures of UDF for the image builder in udf.ts: ECMA-167 part 3 and OSTA UDF 2.60, 2.2. Written apart from the driver, as udf-descriptors.ts. */

import {
  type Address,
  charspec,
  domain,
  dstring,
  extentAd,
  fields,
  longAd,
  regid,
  tagged,
  timestamp,
  zeros,
} from './udf-descriptors.ts';

const BUILDER = '*Airlock builder';

/** Volume recognition sequence, one descriptor each 2048 bytes or each block if that is larger. */
export function recognitionSequence(revision: number, blockSize: number): Buffer {
  const step = Math.max(2048, blockSize);
  const names = ['BEA01', revision >= 0x200 ? 'NSR03' : 'NSR02', 'TEA01'];
  return Buffer.concat(names.map((name) => Buffer.from(`\0${name}\x01`.padEnd(step, '\0'), 'latin1')));
}

export function anchor(block: number, lengthBytes: number, main: number, reserve: number): Buffer {
  return tagged(2, block, fields(zeros(16), extentAd(lengthBytes, main), extentAd(lengthBytes, reserve), zeros(480)));
}

export function terminating(block: number): Buffer {
  return tagged(8, block, zeros(512));
}

export function primaryVolume(block: number, label: string): Buffer {
  const numbers = fields([1, 2], [1, 2], [2, 2], [2, 2], [1, 4], [1, 4]);
  const sets = [dstring('0123456789abcdefset', 128), charspec(), charspec(), zeros(16), regid('*Airlock tests')];
  const tail = fields(timestamp(), regid(BUILDER), zeros(64), zeros(4), zeros(2), zeros(22));
  return tagged(1, block, fields(zeros(16), [1, 4], [0, 4], dstring(label, 32), numbers, ...sets, tail));
}

export interface PartitionPlace {
  start: number;
  blocks: number;
  writeOnce: boolean;
  revision: number;
}

export function partitionDescriptor(block: number, place: PartitionPlace): Buffer {
  const contents = regid(place.revision >= 0x200 ? '+NSR03' : '+NSR02');
  const extent = fields([place.writeOnce ? 2 : 4, 4], [place.start, 4], [place.blocks, 4]);
  const tail = fields(regid(BUILDER), zeros(128), zeros(156));
  return tagged(5, block, fields(zeros(16), [2, 4], [1, 2], [0, 2], contents, zeros(128), extent, tail));
}

export interface LogicalVolumeFields {
  label: string;
  blockSize: number;
  revision: number;
  fileSet: Address;
  integrityBlock: number;
  maps: Buffer[];
}

export function logicalVolume(block: number, volume: LogicalVolumeFields): Buffer {
  const { blockSize, maps } = volume;
  const head = fields(charspec(), dstring(volume.label, 128), [blockSize, 4], domain(volume.revision));
  const lengths = fields([Buffer.concat(maps).length, 4], [maps.length, 4], regid(BUILDER), zeros(128));
  const integrity = extentAd(2 * blockSize, volume.integrityBlock);
  return tagged(
    6,
    block,
    fields(zeros(16), [3, 4], head, longAd(blockSize, volume.fileSet), lengths, integrity, ...maps),
  );
}

/** The least revision that a reader needs: media of 2.60 ask for 2.50 (UDF 2.60, 2.2.6.4). */
function readRevision(revision: number): [number, number] {
  return [Math.min(revision, 0x250), 2];
}

/** Type 1 map of partition 0. */
export function physicalMap(): Buffer {
  return fields([1, 1], [6, 1], [1, 2], [0, 2]);
}

function typeTwoMap(name: string, revision: number, rest: Buffer): Buffer {
  const identifier = regid(name, fields([revision, 2], zeros(6)));
  return fields([2, 1], [64, 1], zeros(2), identifier, [1, 2], [0, 2], rest, zeros(24 - rest.length));
}

export function virtualMap(revision: number): Buffer {
  return typeTwoMap('*UDF Virtual Partition', revision, zeros(0));
}

export function sparableMap(revision: number, packet: number, tableBytes: number, tables: number[]): Buffer {
  const places = Buffer.concat(tables.map((block) => fields([block, 4])));
  const rest = fields([packet, 2], [tables.length, 1], [0, 1], [tableBytes, 4], places);
  return typeTwoMap('*UDF Sparable Partition', revision, rest);
}

export interface MetadataFiles {
  file: number;
  mirror: number;
  bitmap: number;
  duplicated: boolean;
}

export function metadataMap(revision: number, files: MetadataFiles): Buffer {
  const places = fields([files.file, 4], [files.mirror, 4], [files.bitmap, 4]);
  const rest = fields(places, [32, 4], [1, 2], [files.duplicated ? 1 : 0, 1]);
  return typeTwoMap('*UDF Metadata Partition', revision, rest);
}

/** Original packets' first blocks with where they are now; 0xFFFFFFFF for a free spare packet. */
export function sparingTable(block: number, sequence: number, entries: Array<[number, number]>): Buffer {
  const map = Buffer.concat(entries.map(([original, mapped]) => fields([original, 4], [mapped, 4])));
  const head = fields(zeros(16), regid('*UDF Sparing Table'), [entries.length, 2], zeros(2), [sequence, 4]);
  return tagged(0, block, fields(head, map));
}

function tableEntries(table: readonly number[]): Buffer {
  const entries = Buffer.alloc(table.length * 4, 0xff);
  for (const [i, block] of table.entries()) entries.writeUInt32LE(block, 4 * i);
  return entries;
}

/** UDF 1.50, 2.2.10. */
export function oldVirtualTable(table: readonly number[]): Buffer {
  return fields(tableEntries(table), regid('*UDF Virtual Alloc Tbl'), [0xffffffff, 4]);
}

/** UDF 2.60, 2.2.11, with four bytes of implementation use, so that the entries do not begin at the least header length. */
export function virtualTable(table: readonly number[], label: string, revision: number): Buffer {
  const counts = fields([0xffffffff, 4], [11, 4], [3, 4]);
  const revisions = fields(readRevision(revision), [revision, 2], [revision, 2], zeros(2));
  const header = fields([156, 2], [4, 2], dstring(label, 128), counts, revisions, Buffer.from('impl'));
  return fields(header, tableEntries(table));
}

export interface IntegrityFields {
  closed: boolean;
  /** Free blocks and size of each partition map; 0xFFFFFFFF where it is not told. */
  partitions: Array<{ free: number; size: number }>;
  revision: number;
  nextUniqueId: number;
}

export function integrity(block: number, volume: IntegrityFields): Buffer {
  const { partitions, revision } = volume;
  const free = partitions.map((partition): [number, number] => [partition.free, 4]);
  const sizes = partitions.map((partition): [number, number] => [partition.size, 4]);
  const use = fields(regid(BUILDER), [11, 4], [3, 4], readRevision(revision), [revision, 2], [revision, 2]);
  const head = fields(timestamp(), [volume.closed ? 1 : 0, 4], zeros(8), [volume.nextUniqueId, 8], zeros(24));
  return tagged(9, block, fields(zeros(16), head, [partitions.length, 4], [use.length, 4], ...free, ...sizes, use));
}

/** `systemStreams`: long_ad of the volume's stream directory, zeros for none. */
export function fileSetDescriptor(
  block: number,
  root: Buffer,
  label: string,
  revision: number,
  systemStreams: Buffer = zeros(16),
): Buffer {
  const numbers = fields([3, 2], [3, 2], [1, 4], [1, 4], [0, 4], [0, 4]);
  const names = fields(charspec(), dstring(label, 128), charspec(), dstring('set', 32), zeros(64));
  return tagged(
    256,
    block,
    fields(zeros(16), timestamp(), numbers, names, root, domain(revision), zeros(16), systemStreams, zeros(32)),
  );
}

/** Space bitmap (4/14.12) of `blocks` blocks of which those from `firstFree` on are free. */
export function spaceBitmap(blocks: number, firstFree: number): Buffer {
  const bits = Buffer.alloc(Math.ceil(blocks / 8));
  for (let block = firstFree; block < blocks; block++) bits[block >> 3] |= 1 << (block & 7);
  return tagged(264, 0, fields(zeros(16), [blocks, 4], [bits.length, 4], bits));
}
