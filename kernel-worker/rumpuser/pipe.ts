/**
 * Block hypercalls over two pipes to a helper that has the device open (assets/airlock-read-device, where the protocol is written down): a request,
 * then its answer, one at a time.
 */

import { readSync, writeSync } from 'node:fs';
import type { Geometry } from './file.ts';
import { type BlockHypercalls, HypercallError } from './rumpuser.ts';

/** u64 byte offset, u32 length, u32 zero; little-endian. */
const REQUEST_BYTES = 16;
/** u32 errno or 0, u32 count of the bytes that follow. */
const ANSWER_BYTES = 8;
/** What the helper gives at most for one request; it ends itself when asked for more. */
const MAX_REQUEST = 1024 * 1024;

/** Linux' numbers of those errors that a disk answers with: asm-generic/errno-base.h, errno.h. */
const ERRNO_NAMES: Record<number, string> = {
  5: 'EIO',
  6: 'ENXIO',
  19: 'ENODEV',
  61: 'ENODATA',
  110: 'ETIMEDOUT',
  121: 'EREMOTEIO',
  123: 'ENOMEDIUM',
};

export function pipeBlocks(requestFd: number, answerFd: number, geometry: Geometry): BlockHypercalls {
  const request = new DataView(new ArrayBuffer(REQUEST_BYTES));
  const header = new Uint8Array(ANSWER_BYTES);
  const answer = new DataView(header.buffer);

  /** A short answer ends the read: past what the device gives now, there is nothing. */
  function readPiece(into: Uint8Array, byteOffset: number): number {
    request.setBigUint64(0, BigInt(byteOffset), true);
    request.setUint32(8, into.length, true);
    sendAll(requestFd, new Uint8Array(request.buffer));
    receiveAll(answerFd, header);
    const errno = answer.getUint32(0, true);
    const count = answer.getUint32(4, true);
    if (count > into.length) throw new HypercallError('EIO', 'the helper answered with more than was asked for');
    receiveAll(answerFd, into.subarray(0, count));
    if (errno !== 0)
      throw new HypercallError(ERRNO_NAMES[errno] ?? 'EIO', `the device cannot be read (error ${errno})`);
    return count;
  }

  return {
    ...geometry,
    pread(into, byteOffset) {
      let done = 0;
      while (done < into.length) {
        const piece = into.subarray(done, done + MAX_REQUEST);
        const count = readPiece(piece, byteOffset + done);
        done += count;
        if (count < piece.length) break;
      }
      return done;
    },
  };
}

function sendAll(fd: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += attempt(() => writeSync(fd, bytes, done, bytes.length - done));
}

function receiveAll(fd: number, into: Uint8Array): void {
  let done = 0;
  while (done < into.length) {
    const count = attempt(() => readSync(fd, into, done, into.length - done, null));
    if (count === 0) throw ended();
    done += count;
  }
}

function attempt(call: () => number): number {
  try {
    return call();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    throw code === 'EPIPE'
      ? ended()
      : new HypercallError('EIO', `the helper that reads the device cannot be asked (${code})`);
  }
}

/** It ends with the device, with its user, or because somebody ended it: the medium cannot be reached any more in any case. */
function ended(): HypercallError {
  return new HypercallError('ENODEV', 'the helper that reads the device has ended');
}
