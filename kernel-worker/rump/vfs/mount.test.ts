import { describe, expect, it } from 'vitest';
import { file, mountedOf, mountOf } from '../../../test/support/mounted-tree.ts';
import type { TmpfsNode } from '../../fs/tmpfs/node.ts';
import { damaged, type KernelError } from '../errno.ts';
import type { Dirent, Vnops } from './vnode.ts';

describe('attributes', () => {
  it('tells no time and no room that no number can say, and the rest of what is recorded', () => {
    const mounted = mountedOf({ type: 'dir', children: { a: file } });
    const { vnops } = mounted;
    const odd = { sec: 2 ** 60, nsec: 0 };
    const time = { sec: -1, nsec: 5 };
    const getattr = (node: TmpfsNode) => ({
      ...vnops.getattr(node),
      allocatedBytes: 2 ** 60,
      mtime: odd,
      atime: time,
      ctime: { sec: Number.NaN, nsec: 0 },
      birthtime: null,
    });
    const mount = mountOf({ ...mounted, vnops: { ...vnops, getattr } });
    const told = { allocatedBytes: null, mtime: null, atime: time, ctime: null, birthtime: null, nlink: 1 };
    expect(mount.lookup(mount.root, 'a')?.attr).toMatchObject(told);
    expect(mount.root.attr).toMatchObject({ ...told, nlink: 2 });
  });
});

/** More entries than the hashes of all directories together hold. */
const COUNT = 260_000;

/** Files '0', '1' … in a directory without an index, and how many entries of it were given. */
function largeDirectory(failureAt = -1) {
  const mounted = mountedOf({ type: 'dir', children: { file } });
  const node = mounted.vfsops.root().children.get('file');
  const given = { count: 0 };
  const { lookup: _, ...vnops } = mounted.vnops;
  const large: Vnops<TmpfsNode> = {
    ...vnops,
    foldName: (name) => name.toLowerCase(),
    *readdir(): Generator<Dirent<TmpfsNode> | KernelError> {
      for (let i = 0; i < COUNT; i++) {
        given.count += 1;
        if (i === failureAt) yield damaged('broken');
        yield { name: `N${i}`, fileid: i + 10, type: 'file', node };
      }
    },
  };
  return { mount: mountOf({ ...mounted, vnops: large }), given };
}

describe('a directory that is too large to be remembered', () => {
  it('is looked through once for names that are asked for in its order, and around its end for others', () => {
    const { mount, given } = largeDirectory();
    const find = (name: string) => mount.lookup(mount.root, name);
    for (let i = 0; i < COUNT; i += 100) expect(find(`n${i}`)).not.toBe(null);
    expect(given.count).toBeLessThan(2 * COUNT + 1);
    expect(find('n100001')).not.toBe(null);
    expect(find(`n${COUNT - 1}`)).not.toBe(null);
    expect(find('n1')).not.toBe(null);
    expect(given.count).toBeLessThan(4 * COUNT);
    expect(find('n1')).not.toBe(null);
    expect(find(`n${COUNT}`)).toBe(null);
    expect(find('n0')).not.toBe(null);
  });

  it('says that a name may be there where some of it cannot be read', () => {
    const { mount } = largeDirectory(1000);
    expect(mount.lookup(mount.root, 'n200000')).not.toBe(null);
    expect(() => mount.lookup(mount.root, 'absent')).toThrow('broken');
    expect(mount.lookup(mount.root, 'n1000')).not.toBe(null);
    expect(() => mount.lookup(mount.root, 'absent')).toThrow('broken');
  });
});
