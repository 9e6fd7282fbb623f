/**
 * The volume structures of UDF as data: ECMA-167 part 3, file set descriptor part 4, both as OSTA UDF 2.60 narrows them. Byte positions (BP) are the
 * standards' own. Each parser gets a whole descriptor whose tag was checked (tag.ts).
 */

import { damaged } from '../../rump/errno.ts';
import { asciiAt, u16le, u32le } from '../../rump/vfs/bytes.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import { dstring } from './charset.ts';
import { timestampAt } from './timestamp.ts';

/** Block sizes that are tried: UDF 2.60, 2.2.4.2 has the logical sector's size; sectors of media have 512 to 4096 bytes. */
export const BLOCK_SIZES = [512, 1024, 2048, 4096] as const;

/** extent_ad: ECMA-167 3/7.1. */
export interface Extent {
  lengthBytes: number;
  block: number;
}

export function extentAt(bytes: Uint8Array, at: number): Extent {
  return { lengthBytes: u32le(bytes, at) & 0x3fffffff, block: u32le(bytes, at + 4) };
}

/** lb_addr: a logical block of the partition that the map of this number stands for. ECMA-167 4/7.1. */
export interface BlockAddress {
  block: number;
  partition: number;
}

/** long_ad, as far as ICBs and descriptors are pointed to by it: ECMA-167 4/14.14.2. null if its extent has no length: nothing is there. */
export function longAddressAt(bytes: Uint8Array, at: number): (BlockAddress & { lengthBytes: number }) | null {
  const lengthBytes = u32le(bytes, at) & 0x3fffffff;
  return lengthBytes === 0 ? null : { block: u32le(bytes, at + 4), partition: u16le(bytes, at + 8), lengthBytes };
}

/** regid, the identifier of an entity: ECMA-167 1/7.4; the suffix is 8 bytes at +24. */
export function entityAt(bytes: Uint8Array, at: number): string {
  return asciiAt(bytes, at + 1, 23).trimEnd();
}
const ENTITY_SUFFIX = 24;

/** Primary volume descriptor: ECMA-167 3/10.1. */
export interface PrimaryVolume {
  sequence: number;
  volumeIdentifier: string;
  volumeSetIdentifier: string;
  volumeNumber: number;
  application: string;
  implementation: string;
  recorded: Timespec | null;
}

export function primaryVolumeOf(bytes: Uint8Array): PrimaryVolume {
  return {
    sequence: u32le(bytes, 16),
    volumeIdentifier: dstring(bytes, 24, 32),
    volumeNumber: u16le(bytes, 56),
    volumeSetIdentifier: dstring(bytes, 72, 128),
    application: entityAt(bytes, 344),
    recorded: timestampAt(bytes, 376),
    implementation: entityAt(bytes, 388),
  };
}

/** Partition descriptor: ECMA-167 3/10.5 with the partition header descriptor of 4/14.3. */
export interface PartitionDescriptor {
  sequence: number;
  number: number;
  contents: string;
  accessType: number;
  /** In logical sectors from the start of the volume. */
  start: number;
  lengthBlocks: number;
  /** short_ads within the partition; null if there is none. */
  unallocatedTable: Extent | null;
  unallocatedBitmap: Extent | null;
}

export const ACCESS_TYPES = ['pseudo-overwritable', 'read-only', 'write-once', 'rewritable', 'overwritable'] as const;

export function partitionOf(bytes: Uint8Array): PartitionDescriptor {
  const optional = (extent: Extent) => (extent.lengthBytes === 0 ? null : extent);
  return {
    sequence: u32le(bytes, 16),
    number: u16le(bytes, 22),
    contents: entityAt(bytes, 24),
    unallocatedTable: optional(extentAt(bytes, 56)),
    unallocatedBitmap: optional(extentAt(bytes, 64)),
    accessType: u32le(bytes, 184),
    start: u32le(bytes, 188),
    lengthBlocks: u32le(bytes, 192),
  };
}

/** Partition maps: ECMA-167 3/10.7 and UDF 2.60, 2.2.8 (virtual), 2.2.9 (sparable), 2.2.10 (metadata). `number` names a partition descriptor. */
export type PartitionMap =
  | { kind: 'physical'; number: number; volume: number }
  | { kind: 'virtual'; number: number; volume: number }
  | {
      kind: 'sparable';
      number: number;
      volume: number;
      packetBlocks: number;
      tableBytes: number;
      tableBlocks: number[];
    }
  | {
      kind: 'metadata';
      number: number;
      volume: number;
      fileBlock: number;
      mirrorBlock: number;
      /** null: there is none (read-only and pseudo-overwritable media need none). */
      bitmapBlock: number | null;
      duplicated: boolean;
    }
  | { kind: 'unknown'; number: number; volume: number; name: string };

const NO_BITMAP = 0xffffffff;

function partitionMapAt(bytes: Uint8Array, at: number, length: number): PartitionMap {
  if (bytes[at] === 1 && length >= 6)
    return { kind: 'physical', volume: u16le(bytes, at + 2), number: u16le(bytes, at + 4) };
  if (bytes[at] !== 2 || length < 64) return { kind: 'unknown', volume: 1, number: 0, name: `type ${bytes[at]}` };
  const name = entityAt(bytes, at + 4);
  const volume = u16le(bytes, at + 36);
  const number = u16le(bytes, at + 38);
  switch (name) {
    case '*UDF Virtual Partition':
      return { kind: 'virtual', volume, number };
    case '*UDF Sparable Partition': {
      const tables = Math.min(bytes[at + 42], 4);
      return {
        kind: 'sparable',
        volume,
        number,
        packetBlocks: u16le(bytes, at + 40),
        tableBytes: u32le(bytes, at + 44),
        tableBlocks: Array.from({ length: tables }, (_, i) => u32le(bytes, at + 48 + 4 * i)),
      };
    }
    case '*UDF Metadata Partition': {
      const bitmapBlock = u32le(bytes, at + 48);
      return {
        kind: 'metadata',
        volume,
        number,
        fileBlock: u32le(bytes, at + 40),
        mirrorBlock: u32le(bytes, at + 44),
        bitmapBlock: bitmapBlock === NO_BITMAP ? null : bitmapBlock,
        duplicated: (bytes[at + 58] & 1) !== 0,
      };
    }
    default:
      return { kind: 'unknown', volume, number, name };
  }
}

/** Logical volume descriptor: ECMA-167 3/10.6, UDF 2.60, 2.2.4. */
export interface LogicalVolume {
  sequence: number;
  label: string;
  blockSize: number;
  domain: string;
  /** As 0x0250 for 2.50; 0 where another domain than OSTA's is named. */
  revision: number;
  /** Domain flags: UDF 2.60, 2.1.5.3. */
  writeProtected: boolean;
  fileSet: (BlockAddress & { lengthBytes: number }) | null;
  implementation: string;
  integrity: Extent;
  maps: PartitionMap[];
}

export const OSTA_DOMAIN = '*OSTA UDF Compliant';
const MAPS_AT = 440;

/** EUCLEAN for a block size that cannot be and for partition maps that do not fit into the descriptor. */
export function logicalVolumeOf(bytes: Uint8Array, byteOffset: number): LogicalVolume {
  const domain = entityAt(bytes, 216);
  const blockSize = u32le(bytes, 212);
  if (!BLOCK_SIZES.some((size) => size === blockSize))
    throw damaged('the logical volume descriptor has an impossible block size', {
      byteOffset: byteOffset + 212,
      expected: '512 to 4096',
      found: blockSize,
    });
  return {
    sequence: u32le(bytes, 16),
    label: dstring(bytes, 84, 128),
    blockSize,
    domain,
    revision: domain === OSTA_DOMAIN ? u16le(bytes, 216 + ENTITY_SUFFIX) : 0,
    writeProtected: (bytes[216 + ENTITY_SUFFIX + 2] & 3) !== 0,
    fileSet: longAddressAt(bytes, 248),
    implementation: entityAt(bytes, 272),
    integrity: extentAt(bytes, 432),
    maps: partitionMapsOf(bytes, byteOffset),
  };
}

function partitionMapsOf(bytes: Uint8Array, byteOffset: number): PartitionMap[] {
  const end = MAPS_AT + u32le(bytes, 264);
  const count = u32le(bytes, 268);
  const maps: PartitionMap[] = [];
  let at = MAPS_AT;
  while (maps.length < count) {
    const length = bytes[at + 1];
    if (at + 2 > end || end > bytes.length || length < 2 || at + length > end)
      throw damaged('the partition maps do not fit into the logical volume descriptor', {
        byteOffset: byteOffset + 264,
        expected: `${count} maps`,
        found: `${maps.length} maps`,
      });
    maps.push(partitionMapAt(bytes, at, length));
    at += length;
  }
  return maps;
}

/** Logical volume integrity descriptor: ECMA-167 3/10.10, UDF 2.60, 2.2.6. */
export interface Integrity {
  recorded: Timespec | null;
  closed: boolean;
  next: Extent | null;
  /** Free blocks of each partition map; 0xFFFFFFFF: not told. */
  freeBlocks: number[];
  /** null where the implementation use of UDF is missing. */
  implementation: string | null;
  files: number | null;
  directories: number | null;
  minReadRevision: number | null;
  minWriteRevision: number | null;
}

const INTEGRITY_TABLES_AT = 80;
/** Implementation use as far as UDF defines it: regid, two counts, three revisions. */
const INTEGRITY_USE_BYTES = 46;

export function integrityOf(bytes: Uint8Array): Integrity {
  const partitions = Math.min(u32le(bytes, 72), (bytes.length - INTEGRITY_TABLES_AT) >> 3);
  const next = extentAt(bytes, 32);
  const use = INTEGRITY_TABLES_AT + 8 * partitions;
  const hasUse = u32le(bytes, 76) >= INTEGRITY_USE_BYTES && use + INTEGRITY_USE_BYTES <= bytes.length;
  return {
    recorded: timestampAt(bytes, 16),
    closed: u32le(bytes, 28) === 1,
    next: next.lengthBytes === 0 ? null : next,
    freeBlocks: Array.from({ length: partitions }, (_, i) => u32le(bytes, INTEGRITY_TABLES_AT + 4 * i)),
    implementation: hasUse ? entityAt(bytes, use) : null,
    files: hasUse ? u32le(bytes, use + 32) : null,
    directories: hasUse ? u32le(bytes, use + 36) : null,
    minReadRevision: hasUse ? u16le(bytes, use + 40) : null,
    minWriteRevision: hasUse ? u16le(bytes, use + 42) : null,
  };
}

/** File set descriptor: ECMA-167 4/14.1, UDF 2.60, 2.3.2. */
export interface FileSet {
  recorded: Timespec | null;
  number: number;
  descriptorNumber: number;
  identifier: string;
  root: (BlockAddress & { lengthBytes: number }) | null;
  next: (BlockAddress & { lengthBytes: number }) | null;
  /** Directory of streams that belong to the volume and to no file: UDF 2.60, 3.3.5.1. */
  systemStreams: BlockAddress | null;
}

export function fileSetOf(bytes: Uint8Array): FileSet {
  return {
    recorded: timestampAt(bytes, 16),
    number: u32le(bytes, 40),
    descriptorNumber: u32le(bytes, 44),
    identifier: dstring(bytes, 304, 32),
    root: longAddressAt(bytes, 400),
    next: longAddressAt(bytes, 448),
    systemStreams: longAddressAt(bytes, 464),
  };
}

/** '2.50' for 0x0250. */
export function revisionText(revision: number): string {
  return `${revision >> 8}.${(revision & 0xff).toString(16).padStart(2, '0')}`;
}
