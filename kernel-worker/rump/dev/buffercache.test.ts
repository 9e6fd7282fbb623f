import { describe, expect, test } from 'vitest';
import { badRangeBlocks, faultyBlocks, yankedBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import type { BlockHypercalls } from '../../rumpuser/rumpuser.ts';
import { KernelError } from '../errno.ts';
import { openBlockDevice } from './blockdev.ts';
import { BufferCache } from './buffercache.ts';

const PAGE = 16 * 1024;
const MEDIUM = Uint8Array.from({ length: 40 * PAGE + 700 }, (_, i) => (i * 31 + (i >> 8)) & 0xff);

const cacheOver = (blocks: BlockHypercalls, budget?: number) => new BufferCache(openBlockDevice(blocks), budget);
const failure = (work: () => unknown): KernelError => {
  try {
    work();
  } catch (error) {
    if (error instanceof KernelError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('the buffer cache', () => {
  test('gives the same bytes at any offset, length and budget', () => {
    for (const budget of [2 * PAGE, 5 * PAGE, 1024 * PAGE]) {
      const cache = cacheOver(memoryBlocks(MEDIUM), budget);
      for (const [offset, length] of [
        [0, 1],
        [PAGE - 1, 2],
        [PAGE, PAGE],
        [3 * PAGE - 5, 2 * PAGE + 11],
        [MEDIUM.length - 3, 3],
        [0, 0],
      ]) {
        expect(cache.bread(offset, length)).toEqual(MEDIUM.slice(offset, offset + length));
        const into = new Uint8Array(length);
        cache.read(offset, into);
        expect(into).toEqual(MEDIUM.slice(offset, offset + length));
      }
    }
  });

  test('reads a page once while it is within the budget, and again after it was put out', () => {
    const cache = cacheOver(memoryBlocks(MEDIUM), 2 * PAGE);
    cache.bread(0, 10);
    cache.bread(100, 10);
    expect(cache.statistics.deviceReads).toBe(1);
    cache.bread(10 * PAGE, 10);
    cache.bread(20 * PAGE, 10);
    cache.bread(0, 10);
    expect(cache.statistics.deviceReads).toBe(4);
  });

  test('a view stays right after its page was put out', () => {
    const cache = cacheOver(memoryBlocks(MEDIUM), 2 * PAGE);
    const view = cache.bread(50, 20);
    for (let page = 1; page < 10; page++) cache.bread(page * PAGE, 1);
    expect(view).toEqual(MEDIUM.slice(50, 70));
  });

  test('reads ahead when it is read in order', () => {
    const cache = cacheOver(memoryBlocks(MEDIUM), 1024 * PAGE);
    for (let page = 0; page < 40; page++) cache.bread(page * PAGE, PAGE);
    expect(cache.statistics.deviceReads).toBeLessThan(10);
  });

  test('reads ahead in several places that are read in turns', () => {
    const cache = cacheOver(memoryBlocks(MEDIUM));
    for (let page = 0; page < 18; page++) {
      for (const start of [0, 20]) expect(cache.bread((start + page) * PAGE, 1)[0]).toBe(MEDIUM[(start + page) * PAGE]);
    }
    // Pages 0, 1-2, 3-6, 7-14, 15-19 (20 is there already); 20, 21-22, 23-26, 27-34, 35-40.
    expect(cache.statistics.deviceReads).toBe(10);
  });

  test('a bad sector costs what touches it and nothing beside it', () => {
    const cache = cacheOver(badRangeBlocks(memoryBlocks(MEDIUM), 5 * 512, 512));
    expect(cache.bread(0, 5 * 512)).toEqual(MEDIUM.slice(0, 5 * 512));
    expect(cache.bread(6 * 512, PAGE - 6 * 512)).toEqual(MEDIUM.slice(6 * 512, PAGE));
    expect(failure(() => cache.bread(4 * 512, 1024))).toMatchObject({
      errno: 'EIO',
      kind: 'medium',
      byteOffset: 5 * 512,
    });
    expect(failure(() => cache.read(0, new Uint8Array(20 * PAGE)))).toMatchObject({ byteOffset: 5 * 512 });
  });

  test('a read that fails once for a whole page is tried again in sectors', () => {
    const cache = cacheOver(faultyBlocks(memoryBlocks(MEDIUM), 1));
    expect(cache.bread(512, 512)).toEqual(MEDIUM.slice(512, 1024));
  });

  test('a medium that answers nothing was removed', () => {
    const cache = cacheOver(yankedBlocks(memoryBlocks(MEDIUM), 1));
    cache.bread(0, 10);
    expect(failure(() => cache.bread(5 * PAGE, 10))).toMatchObject({ errno: 'ENXIO', kind: 'removed' });
    expect(failure(() => cache.read(0, new Uint8Array(20 * PAGE)))).toMatchObject({ errno: 'ENXIO' });
  });

  test('what lies outside of the medium or of a partition is damage', () => {
    const cache = cacheOver(memoryBlocks(MEDIUM));
    expect(failure(() => cache.bread(MEDIUM.length - 1, 2))).toMatchObject({ errno: 'EUCLEAN', kind: 'damage' });
    expect(failure(() => cache.bread(-1, 1))).toMatchObject({ errno: 'EUCLEAN' });
    expect(failure(() => cache.bread(Number.NaN, 1))).toMatchObject({ errno: 'EUCLEAN' });
    const view = cache.view(PAGE, 1000, 512);
    expect(view.bread(990, 10)).toEqual(MEDIUM.slice(PAGE + 990, PAGE + 1000));
    expect(failure(() => view.bread(991, 10))).toMatchObject({ errno: 'EUCLEAN' });
    expect(failure(() => cache.view(MEDIUM.length - 10, 11, 512))).toMatchObject({ errno: 'EUCLEAN' });
  });

  test('a partition tells places in its own bytes', () => {
    const view = cacheOver(badRangeBlocks(memoryBlocks(MEDIUM), PAGE + 512, 512)).view(PAGE, 4 * PAGE, 512);
    expect(failure(() => view.bread(0, 1024))).toMatchObject({ errno: 'EIO', byteOffset: 512 });
  });
});
