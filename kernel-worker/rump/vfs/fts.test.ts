import { describe, expect, it } from 'vitest';
import { file, mountedOf, mountOf } from '../../../test/support/mounted-tree.ts';
import type { TmpfsNode, TmpfsSpec } from '../../fs/tmpfs/node.ts';
import { damaged } from '../errno.ts';
import { fts } from './fts.ts';
import { MAX_PATH_LENGTH } from './namei.ts';

describe('a walk', () => {
  it('gives each entry its path and its own name', () => {
    const tree: TmpfsSpec = {
      type: 'dir',
      children: { a: { type: 'dir', children: { b: { type: 'dir', children: { c: file } }, d: file } }, e: file },
    };
    const mount = mountOf(mountedOf(tree));
    for (const options of [{}, { sorted: true }, { namesOnly: true }]) {
      const walked = [...fts(mount, mount.root, options)].map(({ path, name, depth }) => `${depth} ${path} ${name}`);
      expect(walked).toEqual(['1 a a', '2 a/b b', '3 a/b/c c', '2 a/d d', '1 e e']);
    }
  });

  it('enters no directory whose path is longer than a path can be', () => {
    let tree: TmpfsSpec = { type: 'dir', children: { file } };
    for (let level = 0; level < 40; level++) tree = { type: 'dir', children: { ['n'.repeat(1000)]: tree } };
    const mount = mountOf(mountedOf(tree));
    const walked = [...fts(mount, mount.root)];
    expect(walked).toHaveLength(33);
    expect(walked.slice(0, -1).every(({ failure }) => failure === null)).toBe(true);
    const last = walked[32];
    expect(last.failure).toMatchObject({ kind: 'damage', found: 33 * 1001 - 1 });
    expect(last.path.length).toBeGreaterThan(MAX_PATH_LENGTH);
    expect(last.vnode?.attr.type).toBe('dir');
  });

  it('gives the failures of a directory before its entries where it is sorted, however many there are', () => {
    const COUNT = 400_000;
    const mounted = mountedOf({ type: 'dir', children: { b: file, a: file } });
    const { vnops } = mounted;
    const failure = damaged('broken');
    const broken = {
      ...vnops,
      *readdir(dir: TmpfsNode) {
        yield* vnops.readdir(dir);
        for (let i = 0; i < COUNT; i++) yield failure;
      },
    };
    const mount = mountOf({ ...mounted, vnops: broken });
    let failures = 0;
    const names: string[] = [];
    for (const entry of fts(mount, mount.root, { sorted: true })) {
      if (entry.failure === null) names.push(entry.name);
      else if (names.length === 0) failures += 1;
    }
    expect(failures).toBe(COUNT);
    expect(names).toEqual(['a', 'b']);
  });
});
