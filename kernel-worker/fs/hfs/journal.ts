/**
 * The journal of HFS Plus, replayed in memory (TN1150, "Journal"; the checksums of blocks are XNU's addition, vfs_journal.h). Its sectors that hold newer
 * metadata take the place of those on the medium.
 */

import { asKernelError, damaged, KernelError, unsupported } from '../../rump/errno.ts';
import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN } from '../../rump/lib/byteorder.ts';
import { u32be, u32le, u64be } from '../../rump/vfs/bytes.ts';
import { type OverlayDevice, overlayDevice } from '../../rump/vfs/overlay.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { VOLUME_ATTRIBUTE } from './format.ts';
import type { PlusLocation } from './location.ts';

/** JournalInfoBlock: flags, 8 words of the device's signature, offset and size in bytes. */
const INFO_BYTES = 180;
const INFO_FLAG = { inFs: 1, onOtherDevice: 2, needsInit: 4 } as const;

const MAGIC = 0x4a4e4c78;
const ENDIAN = 0x12345678;
/** The header without what newer systems put behind it: its checksum covers these bytes. */
const HEADER_BYTES = 44;
/** The checksum of a block list header covers it and the first, reserved block information. */
const LIST_CHECKSUM_BYTES = 32;
const BLOCK_INFO_BYTES = 16;
/** flags of a block list: each block information has its block's checksum. */
const CHECK_BLOCKS = 1;

/** Who used the journal last: any other name means that the volume was changed without it, and what it holds is stale. */
const JOURNAL_USER = 'HFSJ';

/** Block list headers are some KiB; no more is read of one. */
const MAX_LIST_BYTES = 1024 * 1024;
/** A journal of 1 GiB, twice the largest that Mac OS X makes, has so many sectors. */
const MAX_SECTORS = 2_097_152;

export interface Recovered {
  device: FsDevice;
  replayed: boolean;
}

/**
 * The device with the journal's changes, or the device itself where there is nothing to replay. A damaged journal costs what it holds, with a notice; one on
 * another device is refused unless `noload` (EOPNOTSUPP).
 */
export function recoverJournal(
  device: FsDevice,
  location: PlusLocation,
  noload: boolean,
  notices: string[],
  log: (message: string) => void,
): Recovered {
  const { header, isAlternate } = location;
  const plain: Recovered = { device, replayed: false };
  if ((header.attributes & VOLUME_ATTRIBUTE.journaled) === 0) return plain;
  const isDirty = (header.attributes & VOLUME_ATTRIBUTE.unmounted) === 0;
  try {
    const journal = openJournal(device, location, isDirty && !noload);
    if (journal === null || journal.start === journal.end) return plain;
    // An alternate header does not know who mounted the volume last.
    if (!isAlternate && header.lastMountedVersion !== JOURNAL_USER) {
      notices.push('The journal was left alone: the volume was changed by a system that does not keep it.');
      return plain;
    }
    if (noload) {
      notices.push('The journal was not replayed: the last changes are missing.');
      return plain;
    }
    const { overlay, transactions } = replay(device, journal);
    notices.push(
      `The file system was not cleanly unmounted; its journal was replayed in memory (${transactions} block lists).`,
    );
    return { device: overlay, replayed: true };
  } catch (error) {
    const failure = asKernelError(error);
    if (!(error instanceof KernelError) || failure.kind !== 'damage') throw error;
    log(failure.message);
    notices.push('The journal is damaged and was not replayed: the last changes are missing.');
    return plain;
  }
}

interface Journal {
  /** Where the journal stands on the device. */
  offset: number;
  order: ByteOrder;
  /** Offsets within the journal: of the oldest block list, and behind the newest. */
  start: number;
  end: number;
  size: number;
  listBytes: number;
  /** The header takes one sector; blocks are placed in these. */
  sectorBytes: number;
}

/** null: there is no journal yet. */
function openJournal(device: FsDevice, { header, base }: PlusLocation, isNeeded: boolean): Journal | null {
  const infoOffset = base + header.journalInfoBlock * header.blockSize;
  const info = device.bread(infoOffset, INFO_BYTES);
  const flags = u32be(info, 0);
  if ((flags & INFO_FLAG.onOtherDevice) !== 0 && (flags & INFO_FLAG.inFs) === 0) {
    if (isNeeded)
      throw unsupported('the journal is to be replayed and lies on another device; option noload reads without it');
    return null;
  }
  if ((flags & INFO_FLAG.needsInit) !== 0) return null;
  const offset = base + u64be(info, 36);
  const bytes = device.bread(offset, HEADER_BYTES);
  const order = u32be(bytes, 4) === ENDIAN ? BIG_ENDIAN : LITTLE_ENDIAN;
  const journal: Journal = {
    offset,
    order,
    start: order.u64(bytes, 8),
    end: order.u64(bytes, 16),
    size: order.u64(bytes, 24),
    listBytes: order.u32(bytes, 32),
    sectorBytes: order.u32(bytes, 40),
  };
  checkHeader(device, bytes, journal);
  return journal;
}

function checkHeader(device: FsDevice, bytes: Uint8Array, journal: Journal): void {
  const { order, offset, start, end, size, listBytes, sectorBytes } = journal;
  if (order.u32(bytes, 0) !== MAGIC || order.u32(bytes, 4) !== ENDIAN)
    throw damaged('the journal has no header', { byteOffset: offset, found: u32le(bytes, 0) });
  const expected = order.u32(bytes, 36);
  const found = checksum(bytes, 36);
  if (expected !== found)
    throw damaged('the journal header has a wrong checksum', { byteOffset: offset, expected, found });
  const isSector = sectorBytes >= 512 && sectorBytes <= 32768 && (sectorBytes & (sectorBytes - 1)) === 0;
  const isPlaced = offset % sectorBytes === 0 && size % sectorBytes === 0 && offset + size <= device.sizeBytes;
  const isList = listBytes >= LIST_CHECKSUM_BYTES && listBytes <= MAX_LIST_BYTES && listBytes % sectorBytes === 0;
  const isRange = [start, end].every((at) => at >= sectorBytes && at <= size && at % sectorBytes === 0);
  if (!isSector || !isPlaced || !isList || !isRange || size / sectorBytes > MAX_SECTORS)
    throw damaged('the journal header has impossible numbers', { byteOffset: offset });
}

/** XNU's checksum over all of `bytes`, with the four at `hole` taken as zero. */
function checksum(bytes: Uint8Array, hole: number): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = i >= hole && i < hole + 4 ? 0 : bytes[i];
    sum = (sum << 8) ^ (sum + byte);
  }
  return ~sum >>> 0;
}

interface Replay {
  overlay: OverlayDevice;
  transactions: number;
}

/** Block lists from `start` to `end`; each is a header and then its blocks, all in whole sectors, going on at the front behind the end. EUCLEAN. */
function replay(device: FsDevice, journal: Journal): Replay {
  const overlay = overlayDevice(device, journal.sectorBytes);
  let at = journal.start;
  let transactions = 0;
  // Each list takes at least its header: the journal's size bounds the loop, and less than one round is made.
  let left = (journal.end - journal.start + ring(journal)) % ring(journal);
  while (left > 0) {
    const used = replayList(device, journal, overlay, at, left);
    left -= used;
    at = around(journal, at, used);
    transactions += 1;
  }
  return { overlay, transactions };
}

/** How much the journal holds behind its header. */
function ring({ size, sectorBytes }: Journal): number {
  return size - sectorBytes;
}

function around(journal: Journal, at: number, count: number): number {
  const next = at + count;
  return next >= journal.size ? next - ring(journal) : next;
}

/** Returns how many bytes the list and its blocks take. */
function replayList(device: FsDevice, journal: Journal, overlay: OverlayDevice, at: number, left: number): number {
  const { order, listBytes, sectorBytes } = journal;
  const list = readRing(device, journal, at, listBytes);
  const blocks = order.u16(list, 2);
  const used = order.u32(list, 4);
  const byteOffset = journal.offset + at;
  const found = checksum(list.subarray(0, LIST_CHECKSUM_BYTES), 8);
  if (order.u32(list, 8) !== found)
    throw damaged('a block list in the journal has a wrong checksum', {
      byteOffset,
      expected: order.u32(list, 8),
      found,
    });
  if (blocks === 0 || 16 + blocks * BLOCK_INFO_BYTES > listBytes || used < listBytes || used > left)
    throw damaged('a block list in the journal has impossible numbers', { byteOffset, found: used });
  const isChecked = (order.u32(list, 12) & CHECK_BLOCKS) !== 0;
  let taken = listBytes;
  for (let i = 1; i < blocks; i++) {
    const info = 16 + i * BLOCK_INFO_BYTES;
    const bytes = order.u32(list, info + 8);
    if (bytes % sectorBytes !== 0 || taken + bytes > used)
      throw damaged('a block in the journal has an impossible length', { byteOffset, found: bytes });
    const from = around(journal, at, taken);
    taken += bytes;
    const isKilled = order.u32(list, info) === 0xffffffff && order.u32(list, info + 4) === 0xffffffff;
    if (isKilled) continue;
    if (isChecked) checkBlock(device, journal, from, bytes, order.u32(list, info + 12));
    redirect(device, journal, overlay, from, bytes, order.u64(list, info));
  }
  return used;
}

function checkBlock(device: FsDevice, journal: Journal, from: number, bytes: number, expected: number): void {
  if (bytes > MAX_LIST_BYTES) return;
  const found = checksum(readRing(device, journal, from, bytes), bytes);
  if (found !== expected)
    throw damaged('a block in the journal has a wrong checksum', {
      byteOffset: journal.offset + from,
      expected,
      found,
    });
}

/** Sector for sector, as the block may go round the end of the journal. */
function redirect(
  device: FsDevice,
  journal: Journal,
  overlay: OverlayDevice,
  from: number,
  bytes: number,
  sector: number,
): void {
  const { sectorBytes, offset } = journal;
  const count = bytes / sectorBytes;
  if ((sector + count) * sectorBytes > device.sizeBytes)
    throw damaged('a block in the journal belongs outside of the medium', { byteOffset: offset + from, found: sector });
  for (let i = 0; i < count; i++) overlay.redirect(sector + i, offset + around(journal, from, i * sectorBytes));
}

function readRing(device: FsDevice, journal: Journal, at: number, lengthBytes: number): Uint8Array {
  const bytes = new Uint8Array(lengthBytes);
  const first = Math.min(lengthBytes, journal.size - at);
  device.read(journal.offset + at, bytes.subarray(0, first));
  if (first < lengthBytes) device.read(journal.offset + journal.sectorBytes, bytes.subarray(first));
  return bytes;
}
