import { expect, test } from 'vitest';
import { standIn } from '../../test/support/stand-in.ts';
import { ContentSource } from './content-source.ts';
import type { TargetSide } from './orders.ts';
import type { KernelCalls, PlannedFile } from './plan.ts';

const file = standIn<PlannedFile>({ path: '/a', sizeBytes: 10_000_000 });

test('a copy that was stopped asks for nothing of a large file that nobody takes', async () => {
  const calls: string[] = [];
  const call = (name: string) => {
    calls.push(name);
    return name === 'open' ? Promise.resolve({ fd: 3 }) : Promise.resolve(null);
  };
  const source = new ContentSource(standIn<KernelCalls>({ call }), 1, false);
  expect(await source.feed(file, standIn<TargetSide>({}), () => true)).toBe(null);
  expect(calls).toEqual(['open', 'close']);
});

test('a piece that cannot be written ends the file, and the failure of the read behind it with it', async () => {
  const failure = { side: 'target', message: 'full', code: 'ENOSPC', mediumOffset: null } as const;
  let reads = 0;
  const call = (name: string) => {
    if (name === 'open') return Promise.resolve({ fd: 3 });
    if (name !== 'pread') return Promise.resolve(null);
    reads += 1;
    return reads === 1 ? Promise.resolve(new Uint8Array(1000)) : Promise.reject(new Error('the worker ended'));
  };
  const source = new ContentSource(standIn<KernelCalls>({ call }), 1, false);
  const side = standIn<TargetSide>({ feedBytes: async () => failure });
  expect(await source.feed(file, side, () => false)).toEqual(failure);
  expect(reads).toBe(2);
});
