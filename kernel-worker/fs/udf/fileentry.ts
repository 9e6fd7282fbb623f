/** File entries and extended file entries: what the medium records of a file. ECMA-167 4/14.9 and 4/14.17, ICB tags 4/14.6. */

import { damaged } from '../../rump/errno.ts';
import { u16le, u32le, u64le } from '../../rump/vfs/bytes.ts';
import type { Timespec } from '../../rump/vfs/time.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { type BlockAddress, longAddressAt } from './format.ts';
import { TAG } from './tag.ts';
import { timestampAt } from './timestamp.ts';
import type { Descriptor } from './volume.ts';

/** ECMA-167 4/14.6.6; 248 to 252 are UDF's (2.60, 2.3.5.2). */
export const FILE_TYPE = {
  unspecified: 0,
  directory: 4,
  regular: 5,
  blockDevice: 6,
  characterDevice: 7,
  fifo: 9,
  socket: 10,
  symlink: 12,
  streamDirectory: 13,
  vat: 248,
  realTime: 249,
  metadata: 250,
  metadataMirror: 251,
  metadataBitmap: 252,
} as const;

/** Flags of the ICB tag: ECMA-167 4/14.6.8. */
export const ICB_FLAG = { archive: 0x20, setuid: 0x40, setgid: 0x80, sticky: 0x100, system: 0x400 } as const;

/** How the file's extents are written down: the lowest three bits of the ICB tag's flags. */
export const ALLOCATION = { short: 0, long: 1, extended: 2, embedded: 3 } as const;

const UNKNOWN_OWNER = 0xffffffff;

export interface FileEntry {
  /** Where the entry was found: short allocation descriptors are of this partition. */
  address: BlockAddress;
  fileType: number;
  strategy: number;
  flags: number;
  allocation: number;
  uid: number | null;
  gid: number | null;
  permissions: number;
  linkCount: number;
  size: number;
  blocksRecorded: number;
  accessed: Timespec | null;
  modified: Timespec | null;
  /** Of the attributes: ctime. */
  changed: Timespec | null;
  /** Recorded in extended file entries only; else an extended attribute may tell it. */
  created: Timespec | null;
  attributeFile: BlockAddress | null;
  streams: BlockAddress | null;
  /** Bytes of the extended attributes that stand in the entry itself, before the descriptors. */
  attributesLength: number;
  /** Where the allocation descriptors, or the content itself if it is embedded, stand on the device, and how many bytes they are. */
  descriptorsAt: number;
  descriptorsLength: number;
}

/** Where the fields lie that the two kinds of entry have at different places. */
const PLACES = {
  plain: { blocks: 64, access: 72, change: 96, birth: null, eaIcb: 112, streams: null, lengths: 168, header: 176 },
  extended: { blocks: 72, access: 80, change: 116, birth: 104, eaIcb: 136, streams: 152, lengths: 208, header: 216 },
} as const;

/** EUCLEAN if the attributes and allocation descriptors do not fit into the entry's block, or the size is past any medium. */
export function fileEntryOf(descriptor: Descriptor, address: BlockAddress): FileEntry {
  const { bytes, byteOffset } = descriptor;
  const place = descriptor.identifier === TAG.extendedFileEntry ? PLACES.extended : PLACES.plain;
  const attributesLength = u32le(bytes, place.lengths);
  const descriptorsLength = u32le(bytes, place.lengths + 4);
  const descriptorsAt = place.header + attributesLength;
  if (descriptorsAt + descriptorsLength > bytes.length)
    throw damaged('a file entry is longer than its block', {
      byteOffset: byteOffset + place.lengths,
      expected: `at most ${bytes.length - place.header} bytes`,
      found: attributesLength + descriptorsLength,
    });
  const size = u64le(bytes, 56);
  if (!Number.isSafeInteger(size))
    throw damaged('a file entry has an impossible size', { byteOffset: byteOffset + 56, found: size });
  const flags = u16le(bytes, 34);
  return {
    address,
    fileType: bytes[27],
    strategy: u16le(bytes, 20),
    flags,
    allocation: flags & 7,
    uid: owner(u32le(bytes, 36)),
    gid: owner(u32le(bytes, 40)),
    permissions: u32le(bytes, 44),
    linkCount: u16le(bytes, 48),
    size,
    blocksRecorded: u64le(bytes, place.blocks),
    accessed: timestampAt(bytes, place.access),
    modified: timestampAt(bytes, place.access + 12),
    changed: timestampAt(bytes, place.change),
    created: place.birth === null ? null : timestampAt(bytes, place.birth),
    attributeFile: longAddressAt(bytes, place.eaIcb),
    streams: place.streams === null ? null : longAddressAt(bytes, place.streams),
    attributesLength,
    descriptorsAt: byteOffset + descriptorsAt,
    descriptorsLength,
  };
}

/**
 * The bytes of the attributes and of the descriptors are read again when they are needed: copies of them for each entry of a large directory cost
 * a tenth of the time of a walk, and views would keep whole pages of the cache alive.
 */
export function attributeBytes(device: FsDevice, entry: FileEntry): Uint8Array {
  return device.bread(entry.descriptorsAt - entry.attributesLength, entry.attributesLength);
}

export function descriptorBytes(device: FsDevice, entry: FileEntry): Uint8Array {
  return device.bread(entry.descriptorsAt, entry.descriptorsLength);
}

function owner(id: number): number | null {
  return id === UNKNOWN_OWNER ? null : id;
}

/**
 * Permission bits as Linux and NetBSD show them: UDF keeps five bits for each of other, group and owner (execute, write, read, change attributes,
 * delete: ECMA-167 4/14.9.5), of which the lowest three are Unix's.
 */
export function modeOf(entry: FileEntry): number {
  const { permissions, flags } = entry;
  let mode = (permissions & 0o007) | ((permissions >> 2) & 0o070) | ((permissions >> 4) & 0o700);
  if (flags & ICB_FLAG.setuid) mode |= 0o4000;
  if (flags & ICB_FLAG.setgid) mode |= 0o2000;
  if (flags & ICB_FLAG.sticky) mode |= 0o1000;
  return mode;
}
