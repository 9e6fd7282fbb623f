/** A device whose blocks are replaced in memory: how a journal is replayed without writing to the medium. */

import type { FsDevice } from './vnode.ts';

export interface OverlayDevice extends FsDevice {
  /** Replaces the block at `blockNumber` (of the overlay's block size) with these bytes. */
  put(blockNumber: number, data: Uint8Array): void;
  /**
   * Replaces a block with the one that stands at `byteOffset` of the device under the overlay, of which the first bytes are `head` if that is given.
   * A journal of any size is replayed so without being held in memory.
   */
  redirect(blockNumber: number, byteOffset: number, head?: Uint8Array): void;
  /** How many blocks are replaced. */
  readonly replaced: number;
}

interface Redirection {
  byteOffset: number;
  head: Uint8Array | undefined;
}

/** `blockSize` is the journal's; the caller bounds how much is put (a journal is no larger than its own area on the medium). */
export function overlayDevice(under: FsDevice, blockSize: number): OverlayDevice {
  const blocks = new Map<number, Uint8Array | Redirection>();

  function contentOf(block: Uint8Array | Redirection): Uint8Array {
    if (block instanceof Uint8Array) return block;
    const bytes = under.bread(block.byteOffset, blockSize);
    if (block.head === undefined) return bytes;
    const patched = bytes.slice();
    patched.set(block.head);
    return patched;
  }

  function overlay(byteOffset: number, into: Uint8Array): void {
    const last = Math.floor((byteOffset + into.length - 1) / blockSize);
    for (let number = Math.floor(byteOffset / blockSize); number <= last; number++) {
      const block = blocks.get(number);
      if (block === undefined) continue;
      const start = number * blockSize - byteOffset;
      const from = Math.max(0, -start);
      const to = Math.min(blockSize, into.length - start);
      into.set(contentOf(block).subarray(from, to), start + from);
    }
  }

  function touches(byteOffset: number, lengthBytes: number): boolean {
    if (blocks.size === 0) return false;
    const last = Math.floor((byteOffset + lengthBytes - 1) / blockSize);
    for (let number = Math.floor(byteOffset / blockSize); number <= last; number++) if (blocks.has(number)) return true;
    return false;
  }

  return {
    sizeBytes: under.sizeBytes,
    sectorSize: under.sectorSize,
    get overlaid() {
      return blocks.size > 0;
    },
    get replaced() {
      return blocks.size;
    },
    put(blockNumber, data) {
      blocks.set(blockNumber, data);
    },
    redirect(blockNumber, byteOffset, head) {
      blocks.set(blockNumber, { byteOffset, head });
    },
    bread(byteOffset, lengthBytes) {
      if (!touches(byteOffset, lengthBytes)) return under.bread(byteOffset, lengthBytes);
      const block = blocks.get(Math.floor(byteOffset / blockSize));
      const within = byteOffset % blockSize;
      if (block !== undefined && within + lengthBytes <= blockSize)
        return contentOf(block).subarray(within, within + lengthBytes);
      const copy = under.bread(byteOffset, lengthBytes).slice();
      overlay(byteOffset, copy);
      return copy;
    },
    read(byteOffset, into) {
      under.read(byteOffset, into);
      if (touches(byteOffset, into.length)) overlay(byteOffset, into);
    },
  };
}
