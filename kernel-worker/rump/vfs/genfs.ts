/** Reading of content through a driver's bmap or its own read, after NetBSD's genfs(9). */

import { damaged } from '../errno.ts';
import type { FsDevice, Vattr, Vnops } from './vnode.ts';

/** Reads are cut at this size, so that one system call does a bounded amount of work. */
export const MAX_READ_BYTES = 1024 * 1024;

/** Fills `into` from `fileOffset`; returns how many bytes were inside the file. */
export function readContent(
  vnops: Vnops,
  device: FsDevice,
  file: { node: unknown; attr: Vattr },
  fileOffset: number,
  into: Uint8Array,
): number {
  const wanted = Math.min(into.length, MAX_READ_BYTES, Math.max(0, file.attr.size - fileOffset));
  if (wanted <= 0) return 0;
  const target = into.length === wanted ? into : into.subarray(0, wanted);
  if (vnops.bmap !== undefined && vnops.isMapped?.(file.node) !== false) {
    readMapped(
      device,
      (offset) => vnops.bmap?.(file.node, offset) ?? { deviceOffset: null, lengthBytes: 0 },
      fileOffset,
      target,
    );
    return wanted;
  }
  return vnops.read?.(file.node, fileOffset, target) ?? 0;
}

/** Fills all of `into` from the runs that `bmap` gives from `fileOffset` on; holes become zeros. */
export function readMapped(
  device: FsDevice,
  bmap: (fileOffset: number) => { deviceOffset: number | null; lengthBytes: number },
  fileOffset: number,
  into: Uint8Array,
): void {
  let done = 0;
  while (done < into.length) {
    const run = bmap(fileOffset + done);
    if (!(run.lengthBytes >= 1)) throw damaged('a file has a run of no length', { found: run.lengthBytes });
    const count = Math.min(run.lengthBytes, into.length - done);
    const part = into.subarray(done, done + count);
    if (run.deviceOffset === null) part.fill(0);
    else device.read(run.deviceOffset, part);
    done += count;
  }
}
