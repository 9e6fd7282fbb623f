/**
 * Takes io_uring away from libuv's event loops, Linux. Node 22 and later batch their epoll_ctl calls through rings (the
 * `ctl` ring in libuv's src/unix/linux.c), and no environment variable turns that off. A ring can also open, connect and
 * write without the filter seeing it, so io_uring_enter must be refused; and libuv aborts when that call fails. Hence
 * each loop is told that it has no ring, and goes on as it does on a kernel without io_uring.
 */
import fs from 'node:fs';
import { LockdownError } from './report.ts';

/** One line of /proc/self/maps, proc_pid_maps(5). */
interface Mapping {
  readonly start: number;
  readonly end: number;
  readonly permissions: string;
  readonly fileOffset: number;
  readonly name: string;
}

/** IORING_OFF_SQES of linux/io_uring.h: where a ring's submission entries are mapped. */
const SQES_FILE_OFFSET = 0x10000000;

/**
 * The end of libuv's struct uv__iou: void *sqe; size_t sqlen, cqlen, maxlen, sqelen; int ringfd. The pointer is the
 * address of one ring's submission entries, which occurs once, and libuv asks for 256 of them with 64 bytes each.
 */
const SQELEN_OFFSET = 32;
const RINGFD_OFFSET = 40;
const SQELEN = 256n * 64n;

/** libuv's word for "no ring". */
const NO_RING = -1;

/** Memory is looked through in pieces of this size; overlapping by a record. */
const PIECE_BYTES = 4 * 2 ** 20;
const RECORD_BYTES = 48;

function readMaps(): Mapping[] {
  const lines = fs.readFileSync('/proc/self/maps', 'latin1').split('\n');
  return lines.flatMap((line) => {
    const match = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) ([0-9a-f]+) \S+ \d+ *(.*)$/.exec(line);
    if (!match) return [];
    const [, start, end, permissions, fileOffset, name] = match;
    const hex = (digits: string): number => Number.parseInt(digits, 16);
    return [{ start: hex(start), end: hex(end), permissions, fileOffset: hex(fileOffset), name }];
  });
}

/** glibc starts the heaps of threads at multiples of this (HEAP_MAX_SIZE in malloc/arena.c, 64-bit). */
const THREAD_HEAP_ALIGNMENT = 64 * 2 ** 20;

/**
 * Private writable memory without a file, the C library's heaps first: there glibc has the state of all loops, found in
 * some 4 ms, where a look through everything, down to the last thread's stack, takes up to half a second.
 */
function heapsFirst(maps: readonly Mapping[]): Mapping[] {
  const rank = (m: Mapping): number =>
    m.name === '[heap]' ? 0 : m.end - m.start + (m.start % THREAD_HEAP_ALIGNMENT === 0 ? 0 : 2 ** 40);
  return maps
    .filter((m) => m.permissions === 'rw-p' && (m.name === '' || /^\[(heap|anon:)/.test(m.name)))
    .sort((a, b) => rank(a) - rank(b));
}

/** Addresses of the ringfd fields in one mapping whose records point at one of `entries`. */
function findRingFields(
  memory: number,
  mapping: Mapping,
  entries: readonly number[],
  ringFds: readonly number[],
): number[] {
  const found: number[] = [];
  const piece = Buffer.alloc(Math.min(PIECE_BYTES, mapping.end - mapping.start));
  for (let at = mapping.start; at < mapping.end; at += PIECE_BYTES - RECORD_BYTES) {
    const length = fs.readSync(memory, piece, 0, Math.min(piece.length, mapping.end - at), at);
    for (const entry of entries) {
      const pattern = Buffer.alloc(8);
      pattern.writeBigUInt64LE(BigInt(entry));
      // The address of a page ends in a zero byte, of which memory is full: searched for without it, ten times faster.
      const pointer = pattern.subarray(1, 6);
      for (let at1 = piece.indexOf(pointer); at1 > 0; at1 = piece.indexOf(pointer, at1 + 1)) {
        const offset = at1 - 1;
        if (offset + RECORD_BYTES > length || piece.readBigUInt64LE(offset) !== BigInt(entry)) continue;
        if (piece.readBigUInt64LE(offset + SQELEN_OFFSET) !== SQELEN) continue;
        if (ringFds.includes(piece.readInt32LE(offset + RINGFD_OFFSET))) found.push(at + offset + RINGFD_OFFSET);
      }
    }
  }
  return found;
}

/**
 * Tells every loop of this process that it has no ring. No batch can be pending in the main thread's loop, because libuv
 * fills and submits it within one step that runs no JavaScript; the loops of Node's own threads set up their watchers
 * when the thread starts.
 *
 * Throws LockdownError unless each ring is found in exactly one loop: better no mount than a ring.
 */
export function detachEventLoopRings(ringFds: readonly number[]): void {
  if (ringFds.length === 0) return;
  const maps = readMaps();
  const entries = maps.filter((m) => m.name === 'anon_inode:[io_uring]' && m.fileOffset === SQES_FILE_OFFSET);
  const memory = fs.openSync('/proc/self/mem', 'r+');
  try {
    const fields = new Set<number>();
    for (const mapping of heapsFirst(maps)) {
      if (fields.size === ringFds.length) break;
      const addresses = entries.map((m) => m.start);
      for (const field of findRingFields(memory, mapping, addresses, ringFds)) fields.add(field);
    }
    if (fields.size !== ringFds.length) {
      const counts = `${fields.size} of ${ringFds.length} rings found`;
      throw new LockdownError(
        'io_uring',
        `the event loops' state is unknown in libuv ${process.versions.uv}: ${counts}`,
      );
    }
    const noRing = Buffer.alloc(4);
    noRing.writeInt32LE(NO_RING);
    for (const field of fields) fs.writeSync(memory, noRing, 0, 4, field);
  } finally {
    fs.closeSync(memory);
  }
}
