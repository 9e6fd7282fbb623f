/** tmpfs, and on it the kernel's own machinery: namei, fts, the system call layer, failures of entries. */

import { describe, expect, test } from 'vitest';
import { damaged, KernelError } from '../../rump/errno.ts';
import { Kernel } from '../../rump/kernel.ts';
import { SystemCallLayer } from '../../rump/syscalls.ts';
import { fts } from '../../rump/vfs/fts.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';
import type { FsDriver } from '../../rump/vfs/vnode.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import type { TmpfsSpec } from './node.ts';
import { tmpfsOf } from './vfsops.ts';

const text = (content: string) => ({ type: 'file' as const, content: new TextEncoder().encode(content) });
const TREE: TmpfsSpec = {
  type: 'dir',
  children: {
    'a.txt': text('hello'),
    sub: {
      type: 'dir',
      children: {
        deep: { type: 'dir', children: { 'b.txt': text('deep') } },
        up: { type: 'symlink', target: '../a.txt' },
      },
    },
    absolute: { type: 'symlink', target: '/sub/deep/b.txt' },
    escape: { type: 'symlink', target: '../../../../a.txt' },
    loop: { type: 'symlink', target: 'loop' },
    'to-dir': { type: 'symlink', target: 'sub/deep' },
    empty: { type: 'dir', children: {} },
  },
};

function kernelWith(driver: FsDriver): Kernel {
  const registered = { name: 'tmpfs', aliases: [], probe: () => null, load: () => Promise.resolve(driver) };
  return new Kernel(memoryBlocks(new Uint8Array(512)), { drivers: [registered] });
}
async function mountOf(driver: FsDriver = tmpfsOf(TREE)): Promise<Mount> {
  return kernelWith(driver).mount({ partition: null, fstype: 'tmpfs' });
}
const errnoOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof KernelError) return error.errno;
    throw error;
  }
  return null;
};

describe('namei', () => {
  test('follows relative, absolute and directory links, and ".." stays below the root', async () => {
    const mount = await mountOf();
    const a = namei(mount, '/a.txt', true);
    expect(namei(mount, '/sub/up', true).node).toBe(a.node);
    expect(namei(mount, '/escape', true).node).toBe(a.node);
    expect(namei(mount, '/../../a.txt', true).node).toBe(a.node);
    expect(namei(mount, '/sub/deep/../../a.txt', true).node).toBe(a.node);
    expect(namei(mount, '/absolute', true).node).toBe(namei(mount, 'to-dir/b.txt', false).node);
    expect(namei(mount, '/absolute', false).attr.type).toBe('symlink');
    expect(namei(mount, '/to-dir/', false).attr.type).toBe('dir');
  });

  test('names each failure', async () => {
    const mount = await mountOf();
    expect(errnoOf(() => namei(mount, '/none', true))).toBe('ENOENT');
    expect(errnoOf(() => namei(mount, '/a.txt/x', true))).toBe('ENOTDIR');
    expect(errnoOf(() => namei(mount, '/loop', true))).toBe('ELOOP');
    expect(errnoOf(() => namei(mount, `/${'n'.repeat(2000)}`, true))).toBe('ENAMETOOLONG');
    expect(errnoOf(() => namei(mount, '/x'.repeat(40_000), true))).toBe('ENAMETOOLONG');
  });
});

describe('fts', () => {
  test('gives each directory before what is in it', async () => {
    const mount = await mountOf();
    expect([...fts(mount, mount.root)].map((entry) => entry.path)).toEqual([
      'a.txt',
      'sub',
      'sub/deep',
      'sub/deep/b.txt',
      'sub/up',
      'absolute',
      'escape',
      'loop',
      'to-dir',
      'empty',
    ]);
  });

  test('does not enter a directory a second time', async () => {
    const driver = tmpfsOf(TREE);
    const mount = await mountOf({
      ...driver,
      mount(args) {
        const mounted = driver.mount(args);
        const root = mounted.vfsops.root();
        root.children.get('empty')?.children.set('back', root);
        return mounted;
      },
    } as FsDriver);
    const back = [...fts(mount, mount.root)].filter((entry) => entry.path.includes('back'));
    expect(back.map((entry) => [entry.path, entry.failure?.errno])).toEqual([['empty/back', 'EUCLEAN']]);
  });
});

describe('the system call layer', () => {
  async function layerWith(driver: FsDriver = tmpfsOf(TREE)) {
    const layer = new SystemCallLayer(kernelWith(driver));
    const { mount } = await layer.call('mount', [null, 'tmpfs', {}]);
    return { layer, mount };
  }

  test('opens, reads at offsets and closes', async () => {
    const { layer, mount } = await layerWith();
    const { fd, attr } = await layer.call('open', [mount, '/a.txt', true]);
    expect(attr.size).toBe(5);
    expect(await layer.call('pread', [fd, 1, 3])).toEqual(new TextEncoder().encode('ell'));
    expect((await layer.call('pread', [fd, 5, 100])).length).toBe(0);
    expect(await layer.call('extents', [fd, 0])).toBe(null);
    await layer.call('close', [fd]);
    await expect(layer.call('pread', [fd, 0, 1])).rejects.toMatchObject({ errno: 'EBADF' });
  });

  test('lists in pages of the size asked for', async () => {
    const { layer, mount } = await layerWith();
    const { fd } = await layer.call('opendir', [mount, '/']);
    const names: string[] = [];
    for (;;) {
      const page = await layer.call('readdir', [fd, 3]);
      expect(page.entries.length).toBeLessThanOrEqual(3);
      names.push(...page.entries.map((entry) => entry.name));
      if (page.end) break;
    }
    expect(names).toEqual(['a.txt', 'sub', 'absolute', 'escape', 'loop', 'to-dir', 'empty']);
  });

  test('gives a page’s damage beside its entries', async () => {
    const driver = tmpfsOf(TREE);
    const { layer, mount } = await layerWith({
      ...driver,
      mount(args) {
        const mounted = driver.mount(args);
        const readdir = function* () {
          yield damaged('an entry is torn', { byteOffset: 100 });
          yield { name: 'good', fileid: 9, type: 'file' as const, node: mounted.vfsops.root().children.get('a.txt') };
          yield { name: 'ba/d', fileid: 9, type: 'file' as const, node: mounted.vfsops.root().children.get('a.txt') };
          throw damaged('the rest is gone');
        };
        return { ...mounted, vnops: { ...mounted.vnops, readdir } };
      },
    } as FsDriver);
    const { fd } = await layer.call('opendir', [mount, '/']);
    const page = await layer.call('readdir', [fd, 100]);
    expect(page.entries.map((entry) => entry.name)).toEqual(['good']);
    expect(page.failures.map((failure) => failure.message)).toEqual([
      'an entry is torn',
      'a directory entry has the impossible name "ba/d"',
      'the rest is gone',
    ]);
  });

  test('refuses what is no directory, no file, no number, and too many descriptors', async () => {
    const { layer, mount } = await layerWith();
    await expect(layer.call('open', [mount, '/sub', true])).rejects.toMatchObject({ errno: 'EISDIR' });
    await expect(layer.call('opendir', [mount, '/a.txt'])).rejects.toMatchObject({ errno: 'ENOTDIR' });
    await expect(layer.call('lstat', [99, '/'])).rejects.toMatchObject({ errno: 'ENODEV' });
    await expect(layer.call('toString' as 'sync', [])).rejects.toMatchObject({ errno: 'ENOSYS' });
    for (let i = 0; i < 256; i++) await layer.call('open', [mount, '/a.txt', true]);
    await expect(layer.call('open', [mount, '/a.txt', true])).rejects.toMatchObject({ errno: 'EMFILE' });
  });

  test('refuses mount options that the driver does not have', async () => {
    const layer = new SystemCallLayer(kernelWith(tmpfsOf(TREE)));
    await expect(layer.call('mount', [null, 'tmpfs', { bogus: '1' }])).rejects.toMatchObject({ errno: 'EINVAL' });
    await expect(layer.call('mount', [null, 'bogus', {}])).rejects.toMatchObject({ errno: 'EINVAL' });
    await expect(layer.call('mount', [7, null, {}])).rejects.toMatchObject({ errno: 'EINVAL' });
  });
});
