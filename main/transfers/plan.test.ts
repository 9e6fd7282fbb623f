/** What is planned to be copied. */

import { expect, test } from 'vitest';
import { treeKernel } from '../../test/support/kernel-in-process.ts';
import { hostMs, makePlan, staysInside } from './plan.ts';
import { POSIX_RULES } from './safe-names.ts';

const file = (text: string) => ({ type: 'file' as const, content: new TextEncoder().encode(text) });
const dir = (children: Record<string, Parameters<typeof treeKernel>[0]>) => ({ type: 'dir' as const, children });

async function planOf(tree: Parameters<typeof treeKernel>[0], paths: string[], copySymlinks = true) {
  const { kernel, mount } = await treeKernel(tree);
  return makePlan({
    kernel,
    mount,
    paths,
    rules: POSIX_RULES,
    copySymlinks,
    isStopped: () => false,
    whenRunning: async () => {},
    onCount: () => {},
  });
}

const TREE = dir({
  'a.txt': file('aa'),
  docs: dir({ 'b.txt': file('bbb'), deep: dir({ 'c.txt': file('cccc') }) }),
  pipe: { type: 'fifo' },
  in: { type: 'symlink', target: 'docs/b.txt' },
  out: { type: 'symlink', target: '../../etc/passwd' },
});

test('plans everything, each folder before what is in it, and says what is left out', async () => {
  const plan = await planOf(TREE, ['/']);
  expect(plan.files.map((f) => f.path)).toEqual(['/a.txt', '/docs/b.txt', '/docs/deep/c.txt', '/in']);
  expect(plan.folders.map((f) => f.path)).toEqual(['/docs', '/docs/deep']);
  expect(plan.totalBytes).toBe(9);
  expect(plan.omissions.map((o) => [o.path, o.outcome, o.note])).toEqual([
    ['/pipe', 'skipped', 'not a file but a pipe: such are not copied'],
    ['/out', 'skipped', 'a symbolic link that leads out of what is copied'],
  ]);
});

test('plans what was chosen once, also where one choice lies inside another', async () => {
  const plan = await planOf(TREE, ['/docs/deep/c.txt', '/docs', '/docs/', '/a.txt']);
  expect(plan.files.map((f) => f.path)).toEqual(['/docs/b.txt', '/docs/deep/c.txt', '/a.txt']);
  expect((await planOf(TREE, ['/docs/deep'])).folders.map((f) => f.name)).toEqual(['deep']);
});

test('fails where a chosen path is not there', async () => {
  await expect(planOf(TREE, ['/none'])).rejects.toMatchObject({ failure: { errno: 'ENOENT' } });
});

test('leaves symbolic links out where that is asked', async () => {
  const plan = await planOf(TREE, ['/in'], false);
  expect(plan.files).toEqual([]);
  expect(plan.omissions[0].note).toBe('symbolic links are not copied');
});

test('a link stays inside if it goes up no further than the copy, and only at its front', () => {
  expect(staysInside('a', 0)).toBe(true);
  expect(staysInside('../a', 1)).toBe(true);
  expect(staysInside('./../a/.', 1)).toBe(true);
  expect(staysInside('../a', 0)).toBe(false);
  expect(staysInside('../../a', 1)).toBe(false);
  expect(staysInside('/etc/passwd', 3)).toBe(false);
  // 'a' may be a link to somewhere shallower.
  expect(staysInside('a/../b', 2)).toBe(false);
  expect(staysInside('', 1)).toBe(false);
});

test("takes a local wall time in the host's zone, and an instant as it is", () => {
  const sec = Date.UTC(2020, 6, 1, 12, 30, 15) / 1000;
  expect(hostMs({ sec, nsec: 500_000_000 })).toBe(sec * 1000 + 500);
  expect(hostMs({ sec, nsec: 0, local: true })).toBe(new Date(2020, 6, 1, 12, 30, 15).getTime());
  expect(hostMs({ sec: Date.UTC(1, 1, 1) / 1000 - 1e9, nsec: 0 })).not.toBeNull();
  expect(hostMs({ sec: 1e15, nsec: 0 })).toBeNull();
  expect(hostMs(null)).toBeNull();
});
