/**
 * NetBSD's journal (write-ahead physical block logging), replayed in memory. Layout: <sys/wapbl_replay.h> and <ufs/ufs/ufs_wapbl.h> of NetBSD:
 * two headers, then a ring of records from the tail (the oldest) to the head, each a block of the log followed by the blocks it lists.
 */

import { damaged, KernelError } from '../../rump/errno.ts';
import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN } from '../../rump/lib/byteorder.ts';
import { overlayDevice } from '../../rump/vfs/overlay.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import type { Journal } from './format.ts';

const TYPE_HEADER = 0x5741424c;
const TYPE_INODES = TYPE_HEADER + 1;
const TYPE_REVOCATIONS = TYPE_HEADER + 2;
const TYPE_BLOCKS = TYPE_HEADER + 3;
const HEADER_BYTES = 80;
/** wc_daddr counts these. */
const DEV_BSIZE = 512;
const MAX_BLOCK_SHIFT = 16;
/** A record's list begins behind type, length, count and an unused word. */
const LIST_OFFSET = 16;
const LIST_ENTRY_BYTES = 16;
/** Four times what NetBSD makes at most (UFS_WAPBL_MAX_JOURNAL_SIZE): half a million blocks are remembered while replaying. */
const MAX_REPLAY_BYTES = 256 * 1024 * 1024;

interface Header {
  order: ByteOrder;
  generation: number;
  logShift: number;
  blockShift: number;
  head: number;
  tail: number;
  ringOffset: number;
  ringBytes: number;
}

export interface Replayed {
  device: FsDevice;
  /** How many blocks the journal replaces; 0 where it was empty. */
  blocks: number;
}

/** The device with the journal's blocks in place. EUCLEAN if the journal is damaged: then nothing of it may be used. */
export function replayWapbl(device: FsDevice, journal: Journal): Replayed {
  const { blockBytes, start, count } = journal;
  if (blockBytes < DEV_BSIZE || blockBytes > 1 << MAX_BLOCK_SHIFT || (blockBytes & (blockBytes - 1)) !== 0)
    throw damaged('the journal has an impossible block size', { found: blockBytes });
  const logOffset = start * blockBytes;
  if (count < 2 || !(logOffset + count * blockBytes <= device.sizeBytes))
    throw damaged('the journal does not lie on the medium', { found: start });
  const header = newestHeader(device, logOffset, blockBytes);
  const { ringOffset, ringBytes, head, tail } = header;
  if (ringOffset + ringBytes > count * blockBytes)
    throw damaged('the journal is larger than its place', { byteOffset: logOffset, found: ringOffset + ringBytes });
  if (head === tail && head === 0) return { device, blocks: 0 };
  const replaced = new Ring(device, logOffset, header).replay();
  const overlay = overlayDevice(device, 1 << header.blockShift);
  for (const [block, byteOffset] of replaced) overlay.redirect(block, byteOffset);
  return { device: overlay, blocks: replaced.size };
}

/** The header of the higher generation. */
function newestHeader(device: FsDevice, logOffset: number, blockBytes: number): Header {
  let newest: Header | null = null;
  for (let copy = 0; copy < 2; copy++) {
    const header = headerAt(device.bread(logOffset + copy * blockBytes, blockBytes));
    if (header !== null && (newest === null || header.generation > newest.generation)) newest = header;
  }
  if (newest === null) throw damaged('the journal has no valid header', { byteOffset: logOffset });
  return newest;
}

function headerAt(bytes: Uint8Array): Header | null {
  if (bytes.length < HEADER_BYTES) return null;
  const order = [LITTLE_ENDIAN, BIG_ENDIAN].find((candidate) => candidate.u32(bytes, 0) === TYPE_HEADER);
  if (order === undefined) return null;
  const header: Header = {
    order,
    generation: order.u32(bytes, 12),
    logShift: order.u32(bytes, 40),
    blockShift: order.u32(bytes, 44),
    head: order.u64(bytes, 48),
    tail: order.u64(bytes, 56),
    ringOffset: order.u64(bytes, 64),
    ringBytes: order.u64(bytes, 72),
  };
  return isPlausible(header) ? header : null;
}

function isPlausible(header: Header): boolean {
  const { logShift, blockShift, head, tail, ringOffset, ringBytes } = header;
  const shifts = [logShift, blockShift];
  if (shifts.some((shift) => shift < 9 || shift > MAX_BLOCK_SHIFT)) return false;
  const logBlock = 2 ** logShift;
  if ([head, tail, ringOffset, ringBytes].some((value) => value % logBlock !== 0)) return false;
  if (ringBytes < logBlock || !Number.isSafeInteger(ringOffset + ringBytes)) return false;
  const inRing = (at: number) => at >= ringOffset && at < ringOffset + ringBytes;
  return (head === 0 && tail === 0) || (inRing(head) && inRing(tail));
}

/** The records of the journal, in the order in which they were written. Offsets are bytes from the start of the journal. */
class Ring {
  private readonly device: FsDevice;
  private readonly logOffset: number;
  private readonly header: Header;
  /** Number of a block of the file system's device to the byte of the medium where its last content stands. */
  private readonly replaced = new Map<number, number>();
  private at: number;
  private left: number;

  constructor(device: FsDevice, logOffset: number, header: Header) {
    this.device = device;
    this.logOffset = logOffset;
    this.header = header;
    this.at = header.tail;
    const used = header.head - header.tail;
    this.left = used > 0 ? used : used + header.ringBytes;
  }

  replay(): Map<number, number> {
    if (this.left > MAX_REPLAY_BYTES) throw damaged('the journal holds more than any does', { found: this.left });
    while (this.left > 0) this.record();
    return this.replaced;
  }

  private record(): void {
    const { order, logShift, blockShift } = this.header;
    const byteOffset = this.logOffset + this.at;
    const bytes = this.device.bread(byteOffset, 2 ** logShift);
    const before = this.left;
    this.advance(bytes.length);
    const type = order.u32(bytes, 0);
    const count = order.u32(bytes, 8);
    if (type === TYPE_BLOCKS || type === TYPE_REVOCATIONS) {
      if (LIST_OFFSET + count * LIST_ENTRY_BYTES > bytes.length)
        throw damaged('a record of the journal lists more than fits', { byteOffset, found: count });
      for (let i = 0; i < count; i++) {
        const entry = LIST_OFFSET + i * LIST_ENTRY_BYTES;
        const first = (order.u64(bytes, entry) * DEV_BSIZE) / 2 ** blockShift;
        const blocks = order.u32(bytes, entry + 12) >>> blockShift;
        this.blocks(type, first, blocks);
      }
    } else if (type !== TYPE_INODES) {
      throw damaged('a record of the journal is of no known type', { byteOffset, found: type });
    }
    if (before - this.left !== order.u32(bytes, 4))
      throw damaged('a record of the journal has another length than its content', {
        byteOffset,
        expected: before - this.left,
        found: order.u32(bytes, 4),
      });
  }

  private blocks(type: number, first: number, count: number): void {
    const blockBytes = 2 ** this.header.blockShift;
    const end = this.device.sizeBytes / blockBytes;
    if (!Number.isInteger(first) || first + count > end)
      throw damaged('the journal leads outside of the file system', { found: first });
    for (let i = 0; i < count; i++) {
      if (type === TYPE_REVOCATIONS) {
        this.replaced.delete(first + i);
        continue;
      }
      const { ringOffset, ringBytes } = this.header;
      if (this.at + blockBytes > ringOffset + ringBytes)
        throw damaged('a block of the journal is cut by its end', { byteOffset: this.logOffset + this.at });
      this.replaced.set(first + i, this.logOffset + this.at);
      this.advance(blockBytes);
    }
  }

  private advance(lengthBytes: number): void {
    const { ringOffset, ringBytes } = this.header;
    this.left -= lengthBytes;
    if (this.left < 0) throw damaged('the journal ends within a record', { byteOffset: this.logOffset + this.at });
    this.at += lengthBytes;
    if (this.at >= ringOffset + ringBytes) this.at -= ringBytes;
  }
}

/** What kept a journal from being replayed, as a sentence; throws where that is more than damage. */
export function replayFailure(error: unknown): string {
  if (!(error instanceof KernelError) || (error.kind !== 'damage' && error.kind !== 'medium')) throw error;
  return `The journal could not be replayed (${error.message}): what is shown may be older than it could be, or contradict itself.`;
}
