/** Copying to the clipboard: copied first, and what was asked for last is what is pasted. */

import { beforeEach, expect, it } from 'vitest';
import type { Bridge } from '../../main/contract.ts';
import { CopyToPaste } from './copy-to-paste.ts';
import type { DragSource } from './drag-out.ts';

const source: DragSource = { mediumId: 'm', volume: 0, paths: ['/a', '/b'] };
let asked: unknown[] = [];
let told = 0;
let prepare: (paths: readonly string[]) => Promise<{ paths: string[] }>;
let handOver: () => Promise<null>;
let copying: CopyToPaste;

beforeEach(() => {
  [asked, told] = [[], 0];
  prepare = async (paths) => ({ paths: paths.map((path) => `/drag${path}`) });
  handOver = async () => null;
  const request = async (name: string, ...args: unknown[]) => {
    asked.push([name, ...args]);
    return name === 'copy.prepareDrag' ? prepare(args[2] as string[]) : handOver();
  };
  copying = new CopyToPaste({
    bridge: { request } as unknown as Bridge,
    attempt: (work) => work.catch(() => null),
    tellReady: () => {
      told += 1;
    },
  });
});

it('copies first, puts the copies on the clipboard, and tells that they are there', async () => {
  await copying.start(source);
  expect(asked).toEqual([
    ['copy.prepareDrag', 'm', 0, ['/a', '/b']],
    ['host.copyFiles', ['/drag/a', '/drag/b']],
  ]);
  expect(told).toBe(1);
});

it('leaves the clipboard as it is where something could not be copied', async () => {
  prepare = () => Promise.reject(new Error('unreadable'));
  await copying.start(source);
  expect([asked.length, told]).toEqual([1, 0]);
});

it('says nothing of a clipboard that did not take them', async () => {
  handOver = () => Promise.reject(new Error('no clipboard'));
  await copying.start(source);
  expect([asked.length, told]).toEqual([2, 0]);
});

it('gives what was asked for last, though it is ready first', async () => {
  let finishFirst = () => {};
  const first = new Promise<void>((resolve) => {
    finishFirst = resolve;
  });
  prepare = async (paths) => {
    if (paths.includes('/a')) await first;
    return { paths: paths.map((path) => `/drag${path}`) };
  };
  const slow = copying.start(source);
  await copying.start({ ...source, paths: ['/c'] });
  finishFirst();
  await slow;
  expect(asked.filter((each) => (each as unknown[])[0] === 'host.copyFiles')).toEqual([
    ['host.copyFiles', ['/drag/c']],
  ]);
  expect(told).toBe(1);
});
