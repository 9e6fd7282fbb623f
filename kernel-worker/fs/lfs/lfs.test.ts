import { expect, test } from 'vitest';
import { testImages } from '../../../test/images/library.ts';
import { manifestOf } from '../../fsutils/manifest.ts';
import { Kernel } from '../../rump/kernel.ts';
import type { MountOptions } from '../../rump/vfs/vnode.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { REGISTERED_DRIVERS } from '../registry.ts';

const FIRST = 8192;

async function read(bytes: Uint8Array, options: MountOptions = {}) {
  const mount = await new Kernel(memoryBlocks(bytes), { drivers: REGISTERED_DRIVERS }).mount({
    partition: null,
    fstype: 'lfs',
    options,
  });
  const manifest = manifestOf(mount, { hash: true, part: null, mediumOffset: 0 });
  return { info: mount.info, ...manifest };
}

function image(name: string) {
  const [found] = testImages(new RegExp(`^${name}$`));
  const bytes = found.bytes();
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), unit: unitOf(bytes) };
}

/** Addresses count sectors in version 1 and fragments in version 2. */
function unitOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.getUint32(FIRST + 4, true) === 1 ? 512 : view.getUint32(FIRST + 24, true);
}

function seal(view: DataView, at: number): void {
  let sum = 0;
  for (let i = 0; i < 508; i += 2) sum ^= view.getUint16(at + i, true);
  view.setUint32(at + 508, sum, true);
}

/** The image as if no checkpoint had been written since it was formatted: newfs_lfs' own super block, marked as in use. */
function uncheckpointed(name: string) {
  const { bytes, view, unit } = image(name);
  const fresh = view.getUint32(FIRST + 188 + 4 * 2, true) * unit;
  const second = view.getUint32(FIRST + 188 + 4, true) * unit;
  for (const at of [FIRST, second]) {
    bytes.copyWithin(at, fresh, fresh + 512);
    view.setUint16(at + 322, 0, true);
    seal(view, at);
  }
  return { bytes, view, second };
}

test.each(['netbsd-lfsv2', 'netbsd-lfsv2-small', 'netbsd-lfsv1'])(
  'rolls all of %s forward from the empty file system',
  async (name) => {
    const { bytes } = uncheckpointed(name);
    const checkpointed = await read(image(name).bytes);
    const rolled = await read(bytes);
    expect(rolled.failures).toEqual([]);
    expect(rolled.entries).toEqual(checkpointed.entries);
    expect(rolled.info.state.dirty).toBe(true);
    expect(rolled.info.state.notices).toEqual([
      expect.stringMatching(/^The file system was not cleanly unmounted; \d+ partial segments/),
    ]);
    const plain = await read(bytes, { norollforward: '' });
    expect(plain.entries).toEqual([]);
  },
);
