/** Reads everything that can be read of an image, as `airlock manifest --hash` does, and tells what failed. */

import { REGISTERED_DRIVERS } from '../../kernel-worker/fs/registry.ts';
import { manifestOf } from '../../kernel-worker/fsutils/manifest.ts';
import { KernelError } from '../../kernel-worker/rump/errno.ts';
import { Kernel } from '../../kernel-worker/rump/kernel.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';

/** The failures' errno names; for a driver that broke (EFTYPE, see asKernelError) its message. Throws what is no KernelError. */
export async function readAll(bytes: Uint8Array): Promise<string[]> {
  const errnos: string[] = [];
  const kernel = new Kernel(memoryBlocks(bytes), { drivers: REGISTERED_DRIVERS, cacheBytes: 4 * 1024 * 1024 });
  const mountable = kernel.table.partitions.filter((partition) => !partition.container).map((entry) => entry.number);
  for (const partition of mountable.length > 0 ? mountable : [null]) {
    try {
      const mount = await kernel.mount({ partition });
      mount.statvfs();
      const { failures } = manifestOf(mount, { hash: true, part: partition, mediumOffset: 0 });
      errnos.push(...failures.map(({ errno, message }) => (errno === 'EFTYPE' ? message : errno)));
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      errnos.push(error.errno === 'EFTYPE' ? error.message : error.errno);
    }
  }
  return errnos;
}
