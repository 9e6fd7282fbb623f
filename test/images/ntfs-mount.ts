/** Mounts of NTFS volumes that a test built, and what tests ask of them. */

import { driver } from '../../kernel-worker/fs/ntfs/vfsops.ts';
import { asKernelError, KernelError } from '../../kernel-worker/rump/errno.ts';
import { Mount, type Vnode } from '../../kernel-worker/rump/vfs/mount.ts';
import type { MountOptions } from '../../kernel-worker/rump/vfs/vnode.ts';
import { mediumOf } from './media.ts';
import { NtfsBuilder, type VolumeSpec } from './ntfs-builder.ts';

export function mountOf(bytes: Uint8Array, options: MountOptions = {}): Mount {
  return new Mount(driver.mount({ device: mediumOf(bytes), options, log: () => {} }));
}

/** Mounts what `fill` puts into a volume. */
export function mounted(fill: (volume: NtfsBuilder) => void, spec: VolumeSpec = {}, options: MountOptions = {}): Mount {
  const volume = new NtfsBuilder(spec);
  fill(volume);
  return mountOf(volume.build(), options);
}

export function at(mount: Mount, ...path: string[]): Vnode {
  let vnode = mount.root;
  for (const name of path) {
    const next = mount.lookup(vnode, name);
    if (next === null) throw new Error(`no ${name}`);
    vnode = next;
  }
  return vnode;
}

/** A listing: names, and the messages of failures. */
export function listed(mount: Mount, ...path: string[]): string[] {
  return [...mount.readdir(at(mount, ...path))].map((item) =>
    item instanceof KernelError ? `! ${item.message}` : item.name,
  );
}

export function contentOf(mount: Mount, ...path: string[]): Uint8Array {
  const vnode = at(mount, ...path);
  const content = new Uint8Array(vnode.attr.size);
  for (let done = 0; done < content.length; ) {
    const count = mount.read(vnode, done, content.subarray(done));
    if (count === 0) throw new Error('the content ends early');
    done += count;
  }
  return content;
}

export function textOf(mount: Mount, ...path: string[]): string {
  return Buffer.from(contentOf(mount, ...path)).toString('latin1');
}

/** What `work` throws, as 'ERRNO message'. */
export function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    const { errno, message } = asKernelError(error);
    return `${errno} ${message}`;
  }
  return 'nothing';
}

/** Bytes that differ from place to place. */
export function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
}

export function text(value: string): Uint8Array {
  return new Uint8Array(Buffer.from(value, 'latin1'));
}
