import { expect, test } from 'vitest';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { openBlockDevice } from '../dev/blockdev.ts';
import { BufferCache } from '../dev/buffercache.ts';
import { overlayDevice } from './overlay.ts';

/** 64 blocks of 1 KiB, each filled with its number. */
function numberedBlocks() {
  const bytes = Uint8Array.from({ length: 64 * 1024 }, (_, i) => Math.floor(i / 1024));
  return new BufferCache(openBlockDevice(memoryBlocks(bytes))).view(0, bytes.length, 512);
}

test('replaces blocks by bytes and by other blocks of the medium, and leaves the rest as it is', () => {
  const overlay = overlayDevice(numberedBlocks(), 1024);
  expect(overlay.overlaid).toBe(false);
  overlay.put(2, new Uint8Array(1024).fill(200));
  overlay.redirect(4, 40 * 1024);
  overlay.redirect(5, 41 * 1024, Uint8Array.of(9, 8, 7, 6));
  expect(overlay.overlaid).toBe(true);
  expect(overlay.replaced).toBe(3);
  const firstBytes = [1, 2, 3, 4, 5, 6].map((block) => overlay.bread(block * 1024, 1024)[0]);
  expect(firstBytes).toEqual([1, 200, 3, 40, 9, 6]);
  expect([...overlay.bread(5 * 1024, 6)]).toEqual([9, 8, 7, 6, 41, 41]);
});

test('a read across replaced and other blocks has each from its place', () => {
  const overlay = overlayDevice(numberedBlocks(), 1024);
  overlay.redirect(3, 50 * 1024, Uint8Array.of(1, 2));
  const expected = [2, 2, 1, 2, 50, 50];
  const into = new Uint8Array(2048);
  overlay.read(3 * 1024 - 2, into);
  expect([...into.subarray(0, 6)]).toEqual(expected);
  expect(into[2 + 1024]).toBe(4);
  expect([...overlay.bread(3 * 1024 - 2, 2048).subarray(0, 6)]).toEqual(expected);
});
