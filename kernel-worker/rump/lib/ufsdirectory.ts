/**
 * Directories of FFS and LFS: entries in chunks of 512 bytes, none of which an entry crosses, so that a damaged chunk costs nothing but itself.
 * Layout: <ufs/ufs/dir.h> of NetBSD (struct direct: d_ino, d_reclen, d_type, d_namlen, d_name; before 4.4BSD a d_namlen of 16 bits and no type);
 * LFS64 has inode numbers of 64 bits (<ufs/lfs/lfs.h>, lfs_dirheader64).
 */

import { damaged, KernelError } from '../errno.ts';
import { nameFromBytes } from '../vfs/names.ts';
import type { Dirent, FsDevice, Run, VnodeType } from '../vfs/vnode.ts';
import type { ByteOrder } from './byteorder.ts';

/** d_type is the file type of the mode, shifted (IFTODT). */
const TYPES: ReadonlyArray<VnodeType | null> = [
  null,
  'fifo',
  'chr',
  null,
  'dir',
  null,
  'blk',
  null,
  'file',
  null,
  'symlink',
  null,
  'sock',
];
/** A name that union mounts hide: not an entry. */
const DT_WHT = 14;
/** Directories are read in pieces of this size at most. */
const READ_BYTES = 16 * 1024;

export interface DirectoryForm {
  order: ByteOrder;
  /** The file system's block size: how directories grow. */
  blockBytes: number;
  /** DIRBLKSIZ: 512, and 1024 of Apple's. */
  chunkBytes: number;
  inodeBytes: 4 | 8;
  /** Before 4.4BSD: no types. */
  isOld: boolean;
}

export interface DirectoryContent {
  sizeBytes: number;
  /** For messages: 'directory 7'. */
  owner: string;
  bmap(fileOffset: number): Run;
}

type Item<N> = Dirent<N> | KernelError;

/** All entries but '.' and '..', whiteouts and free places. What is damaged gives what can be read of it, and a KernelError. */
export function* readUfsDirectory<N>(
  device: FsDevice,
  form: DirectoryForm,
  content: DirectoryContent,
): Generator<Item<N>, void> {
  const { sizeBytes, owner } = content;
  if (sizeBytes === 0 || sizeBytes % form.chunkBytes !== 0)
    yield damaged(`${owner} has a size that is not a number of ${form.chunkBytes} bytes`, { found: sizeBytes });
  // No directory is larger than the medium; one that says so repeats blocks or is all holes.
  let budget = device.sizeBytes;
  for (let at = 0; at < sizeBytes; ) {
    const step = pieceAt(device, content, at, form.blockBytes);
    if (step.failure !== null) yield step.failure;
    if (step.run !== null) {
      budget -= step.run.lengthBytes;
      if (budget < 0) throw damaged(`${owner} is larger than the medium`, { found: sizeBytes });
      yield* pieces<N>(device, form, content, at, step.run);
    }
    at += step.lengthBytes;
  }
}

interface Step {
  run: { deviceOffset: number; lengthBytes: number } | null;
  failure: KernelError | null;
  lengthBytes: number;
}

/** The run of the directory from `at` on. A block whose place cannot be told, and a hole, are a failure each. */
function pieceAt(device: FsDevice, content: DirectoryContent, at: number, blockBytes: number): Step {
  const rest = content.sizeBytes - at;
  try {
    const run = content.bmap(at);
    const lengthBytes = Math.min(run.lengthBytes, rest);
    if (run.deviceOffset === null) {
      const failure = damaged(`${content.owner} has a hole of ${lengthBytes} bytes`, { found: at });
      // A hole to the end of an enormous size is told once.
      return { run: null, failure, lengthBytes: rest > device.sizeBytes ? rest : lengthBytes };
    }
    return { run: { deviceOffset: run.deviceOffset, lengthBytes }, failure: null, lengthBytes };
  } catch (error) {
    const failure = entryFailure(error);
    return { run: null, failure, lengthBytes: rest > device.sizeBytes ? rest : Math.min(rest, blockBytes) };
  }
}

function* pieces<N>(
  device: FsDevice,
  form: DirectoryForm,
  content: DirectoryContent,
  at: number,
  run: { deviceOffset: number; lengthBytes: number },
): Generator<Item<N>, void> {
  for (let done = 0; done < run.lengthBytes; done += READ_BYTES) {
    const items: Item<N>[] = [];
    const byteOffset = run.deviceOffset + done;
    readPiece(
      device,
      form,
      content.owner,
      { byteOffset, lengthBytes: Math.min(READ_BYTES, run.lengthBytes - done) },
      at + done === 0,
      items,
    );
    yield* items;
  }
}

/** Chunk by chunk only where the piece as a whole cannot be read. */
function readPiece<N>(
  device: FsDevice,
  form: DirectoryForm,
  owner: string,
  piece: { byteOffset: number; lengthBytes: number },
  isFirst: boolean,
  items: Item<N>[],
): void {
  const { byteOffset, lengthBytes } = piece;
  const { chunkBytes } = form;
  let bytes: Uint8Array;
  try {
    bytes = device.bread(byteOffset, lengthBytes);
  } catch (error) {
    const failure = entryFailure(error);
    if (lengthBytes <= chunkBytes) {
      items.push(failure);
      return;
    }
    for (let done = 0; done < lengthBytes; done += chunkBytes) {
      const part = { byteOffset: byteOffset + done, lengthBytes: Math.min(chunkBytes, lengthBytes - done) };
      readPiece(device, form, owner, part, isFirst && done === 0, items);
    }
    return;
  }
  for (let from = 0; from < lengthBytes; from += chunkBytes) {
    const to = Math.min(from + chunkBytes, lengthBytes);
    parseChunk(form, owner, { bytes, from, to, byteOffset }, isFirst && from === 0, items);
  }
}

/** Appends the entries of a chunk; the first impossible one ends it, as nothing behind it can be found. */
function parseChunk<N>(
  form: DirectoryForm,
  owner: string,
  chunk: { bytes: Uint8Array; from: number; to: number; byteOffset: number },
  isFirst: boolean,
  items: Item<N>[],
): void {
  const { bytes, from, to, byteOffset } = chunk;
  const { order, inodeBytes, isOld } = form;
  const header = inodeBytes + 4;
  for (let at = from, index = 0; at < to; index++) {
    const length = at + header <= to ? order.u16(bytes, at + inodeBytes) : 0;
    if (length < header || (length & 3) !== 0 || at + length > to) {
      items.push(
        damaged(`${owner} has an entry of an impossible length`, { byteOffset: byteOffset + at, found: length }),
      );
      return;
    }
    const ino = inodeBytes === 4 ? order.u32(bytes, at) : order.u64(bytes, at);
    const type = isOld ? 0 : bytes[at + inodeBytes + 2];
    if (ino !== 0 && type !== DT_WHT) {
      const nameLength = isOld ? order.u16(bytes, at + inodeBytes + 2) : bytes[at + inodeBytes + 3];
      const nameAt = at + header;
      if (nameLength === 0 || header + nameLength > length)
        items.push(
          damaged(`${owner} has an entry whose name does not fit`, { byteOffset: byteOffset + at, found: nameLength }),
        );
      else if (!(isFirst && index < 2 && isDots(bytes, nameAt, nameLength)))
        items.push({
          name: nameFromBytes(bytes.subarray(nameAt, nameAt + nameLength)),
          fileid: ino,
          type: TYPES[type] ?? null,
        });
    }
    at += length;
  }
}

function isDots(bytes: Uint8Array, at: number, length: number): boolean {
  return bytes[at] === 0x2e && (length === 1 || (length === 2 && bytes[at + 1] === 0x2e));
}

function entryFailure(error: unknown): KernelError {
  if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
  return error;
}
