import { describe, expect, it } from 'vitest';
import { testImage } from '../../test/images/library.ts';
import { imageBytes } from '../../test/images/media.ts';
import { REGISTERED_DRIVERS } from '../fs/registry.ts';
import { Kernel } from '../rump/kernel.ts';
import { memoryBlocks } from '../rumpuser/memory.ts';
import { onlyReadable } from './session.ts';

const chosen = (bytes: Uint8Array) => onlyReadable(new Kernel(memoryBlocks(bytes), { drivers: REGISTERED_DRIVERS }));

describe('what is mounted when no partition is named', () => {
  it('an ISO hybrid as a whole, though its boot partition can be read too', () => {
    expect(chosen(testImage('iso-hybrid-gpt-xorriso').bytes())).toBeNull();
    expect(chosen(imageBytes('tables/isogpt.img'))).toBeNull();
  });

  it('a medium without a table as a whole', () => {
    expect(chosen(testImage('disk-superfloppy-fat16-mbrlike').bytes())).toBeNull();
  });

  it('the only partition that can be read', () => {
    expect(chosen(testImage('disk-gpt-many').bytes())).toBe(7);
  });

  it('none of several: they are listed', () => {
    const bytes = testImage('disk-gpt-3').bytes();
    expect(() => chosen(bytes)).toThrow(
      [
        'several partitions can be read; choose one with --partition N:',
        "  1: FAT32 'ESP', 10485760 bytes",
        "  2: exFAT 'EXDATA', 12582912 bytes",
        "  3: ext4 'GPTEXT4', 19922944 bytes",
      ].join('\n'),
    );
  });
});
