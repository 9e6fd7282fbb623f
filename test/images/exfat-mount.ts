/** Mounts of exFAT volumes that a test built, and what tests ask of them. */

import { driver } from '../../kernel-worker/fs/exfat/vfsops.ts';
import { KernelError } from '../../kernel-worker/rump/errno.ts';
import { Mount } from '../../kernel-worker/rump/vfs/mount.ts';
import type { FsDevice, MountOptions } from '../../kernel-worker/rump/vfs/vnode.ts';
import { ExfatBuilder, type VolumeShape } from './exfat-builder.ts';
import { mediumOf } from './media.ts';

export function mountOf(bytes: Uint8Array, options: MountOptions = {}): Mount {
  return mountOn(mediumOf(bytes), options);
}

export function mountOn(device: FsDevice, options: MountOptions = {}): Mount {
  return new Mount(driver.mount({ device, options, log: () => {} }));
}

/** A listing: names, and the messages of failures. */
export function listed(mount: Mount, path: string[] = []): string[] {
  return [...mount.readdir(at(mount, path))].map((item) => (item instanceof KernelError ? item.message : item.name));
}

export function at(mount: Mount, path: string[]) {
  let vnode = mount.root;
  for (const name of path) {
    const next = mount.lookup(vnode, name);
    if (next === null) throw new Error(`no ${name}`);
    vnode = next;
  }
  return vnode;
}

export function contentOf(mount: Mount, ...path: string[]): Uint8Array {
  const vnode = at(mount, path);
  const content = new Uint8Array(vnode.attr.size);
  for (let done = 0; done < content.length; ) done += mount.read(vnode, done, content.subarray(done));
  return content;
}

/** Bytes that differ from place to place. */
export function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
}

export function built(shape: VolumeShape, fill: (volume: ExfatBuilder) => void): Uint8Array {
  const volume = new ExfatBuilder(shape);
  fill(volume);
  return volume.finish();
}

/** A volume with one file of 5000 bytes. */
export const simple = (shape: VolumeShape = {}) =>
  built({ label: 'Größe', ...shape }, (volume) => volume.file(volume.root, 'a.txt', { content: pattern(5000) }));
