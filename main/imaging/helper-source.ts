/** Reading a device through the helper with an administrator's rights (drives/elevated-reader.ts; the protocol stands in assets/airlock-read-device). */

import { constants, openSync, read, write } from 'node:fs';
import { promisify } from 'node:util';
import { HeldDescriptor } from './held-descriptor.ts';

const readAsync = promisify(read);
const writeAsync = promisify(write);

/** u64 byte offset, u32 length, u32 zero; little-endian. */
const REQUEST_BYTES = 16;
/** u32 errno or 0, u32 count of the bytes that follow. */
const ANSWER_BYTES = 8;
/** Linux' numbers of what a disk answers when it is gone: errno.h. Every other one is told as EIO. */
const GONE: Record<number, string> = { 6: 'ENXIO', 19: 'ENODEV', 123: 'ENOMEDIUM' };

export interface HelperPipes {
  requestPath: string;
  answerPath: string;
}

export interface HelperReads {
  /** As pread(2) on the device; one after the other. Throws an error with the host's `code`. */
  read(into: Uint8Array, byteOffset: number): Promise<number>;
  close(): void;
}

/** Main holds both ends open meanwhile, so neither open waits. At most 1 MiB is read at a time. */
export function openHelper({ requestPath, answerPath }: HelperPipes): HelperReads {
  const requests = new HeldDescriptor(openSync(requestPath, constants.O_WRONLY));
  const answers = new HeldDescriptor(openOr(() => requests.close(), answerPath));
  const close = () => {
    // The helper ends with the requests, and so does an answer that is waited for.
    requests.close();
    answers.close();
  };
  const ask = async (into: Uint8Array, byteOffset: number) => {
    const { errno, count } = await answers.use(async (fd) => {
      await requests.use((requestFd) => sendAll(requestFd, request(byteOffset, into.length)));
      return answered(fd, into);
    });
    if (count > into.length) {
      // What it sends from here on belongs to nothing that is asked.
      close();
      throw failure('ENODEV', 'the reading helper answered with more than was asked for');
    }
    if (errno !== 0) throw failure(GONE[errno] ?? 'EIO', `the device cannot be read (error ${errno})`);
    return count;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    // A read that nobody waits for any more still gets its answer first.
    read(into, byteOffset) {
      const next = last.then(() => ask(into, byteOffset));
      last = next.catch(() => {});
      return next;
    },
    close,
  };
}

function openOr(undo: () => void, path: string): number {
  try {
    return openSync(path, constants.O_RDONLY);
  } catch (error) {
    undo();
    throw error;
  }
}

/** The next answer, its bytes in `into` if they are no more than fit. */
async function answered(fd: number, into: Uint8Array): Promise<{ errno: number; count: number }> {
  const header = Buffer.alloc(ANSWER_BYTES);
  await receiveAll(fd, header);
  const errno = header.readUInt32LE(0);
  const count = header.readUInt32LE(4);
  if (count <= into.length) await receiveAll(fd, into.subarray(0, count));
  return { errno, count };
}

function request(byteOffset: number, lengthBytes: number): Buffer {
  const bytes = Buffer.alloc(REQUEST_BYTES);
  bytes.writeBigUInt64LE(BigInt(byteOffset), 0);
  bytes.writeUInt32LE(lengthBytes, 8);
  return bytes;
}

async function sendAll(fd: number, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += (await writeAsync(fd, bytes, done, bytes.length - done)).bytesWritten;
    } catch {
      throw ended();
    }
  }
}

async function receiveAll(fd: number, into: Uint8Array): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await readAsync(fd, into, done, into.length - done, null);
    if (bytesRead === 0) throw ended();
    done += bytesRead;
  }
}

/** With the device, or because somebody ended it: the medium cannot be reached any more in any case. */
function ended(): Error {
  return failure('ENODEV', 'the helper that reads the device has ended');
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
