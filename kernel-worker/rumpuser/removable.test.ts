/** EIO of a bad sector stays one; EIO of a stick that is being pulled out becomes a read of nothing. */

import { expect, test } from 'vitest';
import { removableBlocks } from './removable.ts';
import { type BlockHypercalls, HypercallError } from './rumpuser.ts';

/** Fails past `badFrom`, and is gone `goneAfterMs` after the first failure. */
function dying(badFrom: number, goneAfterMs: number): BlockHypercalls {
  let failedMs: number | null = null;
  return {
    sizeBytes: 1 << 20,
    sectorSize: 512,
    pread(into, byteOffset) {
      if (failedMs !== null && Date.now() - failedMs >= goneAfterMs) return 0;
      if (byteOffset + into.length <= badFrom) return into.length;
      failedMs ??= Date.now();
      throw new HypercallError('EIO', 'i/o error');
    },
  };
}

test('a stick that is torn down after its first error is gone, and not broken', () => {
  expect(removableBlocks(dying(4096, 200)).pread(new Uint8Array(512), 8192)).toBe(0);
  expect(removableBlocks(dying(0, 200)).pread(new Uint8Array(512), 8192)).toBe(0);
});

test('a bad sector is waited for once, and the next is told at once', () => {
  const blocks = removableBlocks(dying(4096, 60_000));
  const read = () => blocks.pread(new Uint8Array(512), 8192);
  expect(read).toThrow('i/o error');
  const startedMs = Date.now();
  expect(read).toThrow('i/o error');
  expect(Date.now() - startedMs).toBeLessThan(500);
  expect(blocks.pread(new Uint8Array(512), 0)).toBe(512);
});
