/** The bytes of the one file, or of one of its streams, that somebody looks at: read by its worker, moved by main as opaque data. */

import type { KernelProcess } from '../kernels/kernel-process.ts';
import { refused } from '../service/problems.ts';
import { texts } from '../texts.ts';

/** The worker's bound for one system call is 1 MiB; less, so that a copy that goes on beside it does not wait long. */
const MAX_READ_BYTES = 256 * 1024;

export interface LookedAtBytes {
  sizeBytes: number;
  /** Fewer than `lengthBytes` where the bound or the end of the file says so; never none within the file. */
  read(offset: number, lengthBytes: number): Promise<Uint8Array>;
  close(): void;
}

/** A file. A symbolic link is not followed: it has no content to be looked at. */
export async function bytesOfFile(kernel: KernelProcess, mount: number, path: string): Promise<LookedAtBytes> {
  const { fd, attr } = await kernel.call('open', mount, path, false);
  // Where its worker has ended, nothing is left to be closed.
  const close = () => void kernel.call('close', fd).catch(() => {});
  if (attr.type !== 'file') {
    close();
    throw refused(texts().look.refused.onlyFiles);
  }
  const read = (offset: number, lengthBytes: number) =>
    kernel.call('pread', fd, offset, Math.min(lengthBytes, MAX_READ_BYTES));
  return { sizeBytes: attr.size, read, close };
}

/** An extended attribute, alternate stream or fork of a file, by the name under which `describe` lists it. */
export async function bytesOfStream(
  kernel: KernelProcess,
  mount: number,
  path: string,
  name: string,
): Promise<LookedAtBytes> {
  const { extattrs } = await kernel.call('describe', mount, path);
  const found = extattrs.find((extattr) => extattr.name === name);
  if (found === undefined) throw refused(texts().look.refused.noStream);
  const read = (offset: number, lengthBytes: number) =>
    kernel.call('readextattr', mount, path, name, offset, Math.min(lengthBytes, MAX_READ_BYTES));
  return { sizeBytes: found.size, read, close: () => {} };
}
