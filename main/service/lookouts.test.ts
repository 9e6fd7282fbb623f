import { describe, expect, it } from 'vitest';
import type { TmpfsSpec } from '../../kernel-worker/fs/tmpfs/node.ts';
import { treeKernel } from '../../test/support/kernel-in-process.ts';
import type { Lookout } from '../contract.ts';
import type { KernelProcess } from '../kernels/kernel-process.ts';
import { Lookouts, type LookoutsOptions } from './lookouts.ts';

type Opened = ReturnType<LookoutsOptions['media']['opened']>;

function folder(children: Record<string, TmpfsSpec>): TmpfsSpec {
  return { type: 'dir', children };
}
const file = (content: Uint8Array | string): TmpfsSpec => ({ type: 'file', content: Buffer.from(content) });

async function newLookouts(tree: TmpfsSpec) {
  const { kernel, mount, calls } = await treeKernel(tree);
  const opened = { kernel: kernel as unknown as KernelProcess, mounts: new Map([[0, mount]]) } as unknown as Opened;
  let wake = () => {};
  const lookouts = new Lookouts({ media: { opened: () => opened }, onChange: () => wake() });
  /** Resolves when the look-out is so. */
  const until = async (isSo: (lookout: Lookout) => boolean): Promise<Lookout> => {
    for (;;) {
      const found = lookouts.list().find(isSo);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { lookouts, calls, until, opened };
}

const isOver = ({ state }: Lookout) => state !== 'looking';

describe('a look-out', () => {
  it('goes over the volume by itself and keeps what it found', async () => {
    const { lookouts, until, calls } = await newLookouts(
      folder({ docs: folder({ 'invoice.pdf.exe': file('x') }), 'a.txt': file('x') }),
    );
    const begun = await lookouts.start('m', 0);
    expect(begun).toMatchObject({ mediumId: 'm', volume: 0, state: 'looking', kept: 0, problem: null });
    const over = await until(isOver);
    expect(over).toMatchObject({
      state: 'done',
      files: 2,
      folders: 1,
      kept: 1,
      counts: { 'double-extension': 1 },
      failureCount: 0,
    });
    expect(over.finishedAtMs).toBeGreaterThanOrEqual(over.startedAtMs);
    expect(lookouts.findings('m', 0, 0)).toEqual([
      { kind: 'double-extension', severity: 'danger', path: '/docs/invoice.pdf.exe', hidden: false, sort: 'windows' },
    ]);
    expect(lookouts.findings('m', 0, 1)).toEqual([]);
    await expect.poll(() => calls.at(-1)).toBe('close');
  });

  it('begins anew when it is asked again, and not while it goes on', async () => {
    const { lookouts, until, calls } = await newLookouts(folder({ 'a.txt': file('x') }));
    const [first, second] = await Promise.all([lookouts.start('m', 0), lookouts.start('m', 0)]);
    expect(second.startedAtMs).toBe(first.startedAtMs);
    await until(isOver);
    expect(calls.filter((name) => name === 'lookoutOpen')).toHaveLength(1);
    await lookouts.start('m', 0);
    await until(isOver);
    expect(calls.filter((name) => name === 'lookoutOpen')).toHaveLength(2);
    expect(lookouts.list()).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}.txt`, file('x')]));
    const { lookouts, until } = await newLookouts(folder(many));
    await lookouts.start('m', 0);
    lookouts.stop('m', 0);
    expect(await until(isOver)).toMatchObject({ state: 'stopped' });
  });

  it('tells why where the worker ends', async () => {
    const { lookouts, until, opened } = await newLookouts(folder({ 'a.txt': file('x') }));
    const { kernel } = opened;
    const call = kernel.call.bind(kernel) as (...asked: unknown[]) => Promise<unknown>;
    kernel.call = ((...asked: unknown[]) =>
      asked[0] === 'lookoutNext' ? Promise.reject(new Error('it is gone')) : call(...asked)) as typeof kernel.call;
    await lookouts.start('m', 0);
    const over = await until(isOver);
    expect(over.state).toBe('failed');
    expect(over.problem?.detail).toBe('it is gone');
  });

  it('does not stay where it could not begin', async () => {
    const { lookouts, opened } = await newLookouts(folder({}));
    opened.mounts.set(1, 99);
    await expect(lookouts.start('m', 1)).rejects.toThrow('nothing is mounted under number 99');
    expect(lookouts.list()).toEqual([]);
    opened.mounts.clear();
    await expect(lookouts.start('m', 0)).rejects.toThrow();
    expect(lookouts.list()).toEqual([]);
  });

  it('is forgotten with its medium', async () => {
    const { lookouts, until } = await newLookouts(folder({ 'a.txt': file('x') }));
    await lookouts.start('m', 0);
    await until(isOver);
    lookouts.keepOnly(() => true);
    expect(lookouts.list()).toHaveLength(1);
    lookouts.keepOnly(() => false);
    expect(lookouts.list()).toEqual([]);
    expect(() => lookouts.findings('m', 0, 0)).toThrow();
  });
});
