/** Built HFS Plus volumes, mounted by a kernel in the test's own process, and what a test asks of them. */

import { REGISTERED_DRIVERS } from '../../kernel-worker/fs/registry.ts';
import { Kernel } from '../../kernel-worker/rump/kernel.ts';
import { fts } from '../../kernel-worker/rump/vfs/fts.ts';
import type { Mount } from '../../kernel-worker/rump/vfs/mount.ts';
import { namei } from '../../kernel-worker/rump/vfs/namei.ts';
import type { MountOptions } from '../../kernel-worker/rump/vfs/vnode.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import { buildHfsPlus, type VolumeSpec } from './hfsplus.ts';

export function mountOf(image: Uint8Array, options: MountOptions = {}): Promise<Mount> {
  return new Kernel(memoryBlocks(image), { drivers: REGISTERED_DRIVERS }).mount({ partition: null, options });
}

export function built(spec: VolumeSpec, options?: MountOptions): Promise<Mount> {
  return mountOf(buildHfsPlus(spec), options);
}

/** All paths; with its message, where there is a failure. */
export function listing(mount: Mount): string[] {
  return [...fts(mount, mount.root)].map(({ path, failure }) =>
    failure === null ? path : `${path}: ${failure.message}`,
  );
}

export function content(mount: Mount, path: string): Uint8Array {
  const file = namei(mount, path, false);
  const bytes = new Uint8Array(file.attr.size);
  for (let done = 0; done < bytes.length; ) done += mount.read(file, done, bytes.subarray(done));
  return bytes;
}

export const text = (mount: Mount, path: string) => Buffer.from(content(mount, path)).toString();

export const utf8 = (characters: string) => new TextEncoder().encode(characters);
