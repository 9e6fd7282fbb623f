/** Directories: file identifier descriptors one behind the other. ECMA-167 4/14.4, UDF 2.60, 2.3.4. */

import { damaged, KernelError } from '../../rump/errno.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { fileNameOf } from './charset.ts';
import { readFile, type Store } from './content.ts';
import { type Content, runOf } from './extents.ts';
import { ALLOCATION } from './fileentry.ts';
import { type BlockAddress, longAddressAt } from './format.ts';
import { TAG, tagFault } from './tag.ts';
import { isRepairable } from './volume.ts';

/** File characteristics: ECMA-167 4/14.4.3; the fifth bit since its third edition. */
export const CHARACTERISTIC = { hidden: 1, directory: 2, deleted: 4, parent: 8, metadata: 16 } as const;

export interface FileIdentifier {
  name: string;
  characteristics: number;
  address: BlockAddress;
}

const FID_HEADER = 38;
/** Directories are read in pieces: 32 KiB hold some 500 entries, which is a read of a stick that costs as much as one of 4 KiB. */
const PIECE_BYTES = 32 * 1024;
/** The longest descriptor that its length fields allow; UDF has them end within a block (2.3.4), but they may begin anywhere. */
const MAX_FID_BYTES = FID_HEADER + 65535 + 255 + 3;
/** Blocks of one directory that may be unreadable before the rest of it is given up: each costs a read that fails slowly. */
const MAX_FAILURES = 64;
/** How much of a directory is searched in all for the next descriptor behind damaged ones. */
const MAX_RESYNC_BYTES = 1024 * 1024;

/**
 * The window over a directory's content: bytes[start, end) are content from `fileOffset` on. Blocks that cannot be read are zeros in it, and their
 * failures wait in `failures`.
 */
interface Window {
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Content offset of bytes[0]. */
  base: number;
  failures: KernelError[];
}

/**
 * The entries of a directory or stream directory but for deleted ones and the parent. What is damaged is yielded as a failure, and reading goes on
 * at the next descriptor that is whole.
 */
export function* identifiersOf(store: Store, content: Content): Generator<FileIdentifier | KernelError, void> {
  const total = directoryBytes(store, content);
  const window: Window = {
    bytes: new Uint8Array(Math.min(PIECE_BYTES, total)),
    start: 0,
    end: 0,
    base: 0,
    failures: [],
  };
  let searchLeft = MAX_RESYNC_BYTES;
  let inDamage = false;
  let failures = 0;
  while (window.base + window.start < total) {
    fill(store, content, window, total, FID_HEADER);
    for (const failure of window.failures.splice(0)) {
      yield failure;
      failures += 1;
      inDamage = true;
      if (failures === MAX_FAILURES) return;
    }
    const length = lengthAt(window);
    if (length > 0) fill(store, content, window, total, length);
    const fault = faultAt(window, length);
    if (fault === null) {
      inDamage = false;
      const item = identifierAt(window);
      window.start += length;
      if (item !== null) yield item;
      continue;
    }
    if (!inDamage) yield faultOf(store, content, window, fault);
    inDamage = true;
    if (searchLeft <= 0) return;
    searchLeft -= skipDamage(window);
  }
  yield* window.failures.splice(0);
  if (content.entry.size > total)
    yield damaged('a directory is larger than what is recorded of it', {
      byteOffset: content.entry.descriptorsAt,
      expected: `${total} bytes`,
      found: content.entry.size,
    });
}

/** The directory's size, as far as its extents go and as the medium can hold: each of its descriptors stands somewhere on it. */
function directoryBytes(store: Store, content: Content): number {
  const { entry } = content;
  if (entry.size === 0) return 0;
  if (entry.allocation === ALLOCATION.embedded) return Math.min(entry.size, entry.descriptorsLength);
  const { starts, count } = store.lists.of(content);
  return Math.min(entry.size, starts[count], store.volume.device.sizeBytes);
}

/** Makes at least `wanted` bytes ready from the window's start, or as many as the directory has. */
function fill(store: Store, content: Content, window: Window, total: number, wanted: number): void {
  if (window.end - window.start >= wanted || window.base + window.end >= total) return;
  window.bytes.copyWithin(0, window.start, window.end);
  window.base += window.start;
  window.end -= window.start;
  window.start = 0;
  const size = Math.min(Math.max(PIECE_BYTES, wanted), total - window.base);
  if (window.bytes.length < size) {
    const larger = new Uint8Array(size);
    larger.set(window.bytes.subarray(0, window.end));
    window.bytes = larger;
  }
  const into = window.bytes.subarray(window.end, Math.min(window.bytes.length, total - window.base));
  readWithGaps(store, content, window.base + window.end, into, window.failures);
  window.end += into.length;
}

/** Reads block by block where the whole cannot be read; unreadable blocks become zeros. Throws only when the medium is gone. */
function readWithGaps(
  store: Store,
  content: Content,
  fileOffset: number,
  into: Uint8Array,
  failures: KernelError[],
): void {
  try {
    readFile(store, content, fileOffset, into);
    return;
  } catch (error) {
    if (!isRepairable(error)) throw error;
  }
  const { blockSize } = store.volume;
  let done = 0;
  while (done < into.length) {
    const untilBlockEnd = blockSize - ((fileOffset + done) % blockSize);
    const part = into.subarray(done, done + Math.min(untilBlockEnd, into.length - done));
    try {
      readFile(store, content, fileOffset + done, part);
    } catch (error) {
      if (!isRepairable(error)) throw error;
      part.fill(0);
      if (failures.length < MAX_FAILURES) failures.push(error);
    }
    done += part.length;
  }
}

/** Length of the descriptor at the window's start with its padding; 0 if its header is not whole or not one. */
function lengthAt(window: Window): number {
  const { bytes, start, end } = window;
  if (end - start < FID_HEADER || u16le(bytes, start) !== TAG.fileIdentifier) return 0;
  const length = FID_HEADER + u16le(bytes, start + 36) + bytes[start + 19];
  return (length + 3) & ~3;
}

function faultAt(window: Window, length: number): string | null {
  const { bytes, start, end } = window;
  if (length === 0) return 'a directory entry is not where it should be';
  if (length > MAX_FID_BYTES || start + length > end) return 'a directory entry is cut off';
  // The location is not checked: writers that move or grow a directory leave the old one, and Linux and NetBSD accept that.
  const fault = tagFault(bytes, start, start + length, null);
  return fault === null ? null : `a directory entry ${fault}`;
}

function identifierAt(window: Window): FileIdentifier | KernelError | null {
  const { bytes, start } = window;
  const characteristics = bytes[start + 18];
  if (characteristics & (CHARACTERISTIC.deleted | CHARACTERISTIC.parent)) return null;
  const name = fileNameOf(bytes, start + FID_HEADER + u16le(bytes, start + 36), bytes[start + 19]);
  if (name === null || name === '') return damaged('a directory entry has no name that can be read');
  const address = longAddressAt(bytes, start + 20);
  if (address === null) return damaged(`the directory entry ${JSON.stringify(name.slice(0, 64))} leads nowhere`);
  return { name, characteristics, address };
}

/** Goes on to the next place that looks like a descriptor (they stand at multiples of four); how many bytes were passed over. */
function skipDamage(window: Window): number {
  const { bytes, end } = window;
  const from = window.start;
  let at = from + 4;
  while (at + FID_HEADER <= end && !(u16le(bytes, at) === TAG.fileIdentifier && u32le(bytes, at) >>> 16 <= 3)) at += 4;
  window.start = Math.min(at, end);
  return window.start - from;
}

function faultOf(store: Store, content: Content, window: Window, fault: string): KernelError {
  const fileOffset = window.base + window.start;
  try {
    const run = runOf(store.volume, store.lists, content, fileOffset);
    return run.deviceOffset === null
      ? damaged('a part of a directory is not recorded', { found: fileOffset })
      : damaged(fault, { byteOffset: run.deviceOffset });
  } catch (error) {
    return error instanceof KernelError ? error : damaged(fault);
  }
}
