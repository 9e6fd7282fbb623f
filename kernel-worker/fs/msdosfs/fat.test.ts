import { describe, expect, test } from 'vitest';
import { type FatVolume, fatVolume } from '../../../test/images/fat-volume.ts';
import { mediumOf, mediumOver } from '../../../test/images/media.ts';
import { CHAIN_END } from '../../rump/lib/clusterchain.ts';
import { badRangeBlocks, yankedBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { Fat } from './fat.ts';
import { parseBootSector } from './format.ts';

function fatOf(volume: FatVolume, device = mediumOf(volume.bytes)) {
  const notices: string[] = [];
  const fat = new Fat(device, parseBootSector(volume.bytes, 0), (sentence) => notices.push(sentence));
  return { fat, notices };
}

describe('FAT entries', () => {
  test('of FAT12 share a byte: even ones end in its low nibble, odd ones begin in its high one', () => {
    const volume = fatVolume({ bits: 12, clusters: 100 });
    volume.setFat(2, 0x3);
    volume.setFat(3, 0x45);
    volume.setFat(4, 0xfff);
    expect([...volume.bytes.subarray(volume.fatOffset + 3, volume.fatOffset + 8)]).toEqual([
      0x03, 0x50, 0x04, 0xff, 0x0f,
    ]);
    const { fat } = fatOf(volume);
    expect([fat.next(2), fat.next(3), fat.next(4)]).toEqual([3, 0x45, CHAIN_END]);
  });

  test('of FAT12 may cross two sectors', () => {
    const volume = fatVolume({ bits: 12, clusters: 1000 });
    volume.setFat(341, 0x234); // bytes 511 and 512 of the FAT
    expect(fatOf(volume).fat.next(341)).toBe(0x234);
  });

  test('of the last clusters of the largest FAT12 are read', () => {
    const volume = fatVolume({ bits: 12, clusters: 4084 });
    volume.link(4084, 4085);
    const { fat } = fatOf(volume);
    expect(fat.next(4084)).toBe(4085);
    expect(fat.next(4085)).toBe(CHAIN_END);
    expect(fat.clusterLimit).toBe(4086);
  });

  test('of FAT32 keep their upper four bits to themselves', () => {
    const volume = fatVolume({ bits: 32, clusters: 70_000 });
    volume.setFat(3, 0xf000_0000 + 69_999);
    volume.setFat(69_999, 0xafff_fff8);
    const { fat } = fatOf(volume);
    expect(fat.next(3)).toBe(69_999);
    expect(fat.next(69_999)).toBe(CHAIN_END);
  });

  test.each([
    [0, 'a chain of clusters leads into a free cluster', '0x0'],
    [1, 'a chain of clusters leads to a cluster that does not exist', '0x1'],
    [0xfff7, 'a chain of clusters leads into a cluster marked as bad', '0xfff7'],
    [5002, 'a chain of clusters leads to a cluster that does not exist', '0x138a'],
    [0xfff0, 'a chain of clusters leads to a cluster that does not exist', '0xfff0'],
  ])('with the value %i are damage, with the place of the entry', (value, message, found) => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.setFat(9, value);
    expect(() => fatOf(volume).fat.next(9)).toThrow(
      expect.objectContaining({ errno: 'EUCLEAN', message, found, byteOffset: volume.fatOffset + 18 }),
    );
  });
});

describe('contiguous clusters', () => {
  test('are counted up to the first jump, and up to the limit', () => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.link(10, 11, 12, 13, 20, 21);
    const { fat } = fatOf(volume);
    expect(fat.contiguous(10, 100)).toBe(4);
    expect(fat.contiguous(10, 3)).toBe(3);
    expect(fat.contiguous(20, 100)).toBe(2);
    expect(fat.contiguous(21, 100)).toBe(1);
  });

  test('end where the FAT cannot be read', () => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.link(...Array.from({ length: 600 }, (_, i) => i + 100));
    let blocks = memoryBlocks(volume.bytes);
    for (const copy of [0, 1]) blocks = badRangeBlocks(blocks, volume.fatOffset + copy * volume.fatBytes + 512, 512);
    const { fat } = fatOf(volume, mediumOver(blocks));
    expect(fat.contiguous(100, 1000)).toBe(156 + 1);
    expect(() => fat.next(256)).toThrow(expect.objectContaining({ errno: 'EIO', byteOffset: volume.fatOffset + 512 }));
    expect(fat.next(600)).toBe(601);
  });
});

describe('copies of the FAT', () => {
  test('the second is used for sectors of the first that cannot be read, and that is told once', () => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.link(2, 300, 301, 700);
    volume.setFat(2, 0x999, 1); // the second copy is wrong where the first can be read
    const device = mediumOver(badRangeBlocks(memoryBlocks(volume.bytes), volume.fatOffset + 512, 512));
    const { fat, notices } = fatOf(volume, device);
    expect([fat.next(2), fat.next(300), fat.next(301), fat.next(700)]).toEqual([300, 301, 700, CHAIN_END]);
    expect(notices).toEqual(['Parts of the first FAT cannot be read; the second FAT was used for them.']);
  });

  test('the second is used when the start of the first is damaged', () => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.link(2, 3);
    volume.bytes.fill(0, volume.fatOffset, volume.fatOffset + volume.fatBytes);
    const { fat, notices } = fatOf(volume);
    expect(fat.next(2)).toBe(3);
    expect(notices).toEqual(['The first FAT is damaged at its start; copy 2 was used.']);
  });

  test('only the active one is read where FAT32 does not mirror', () => {
    const volume = fatVolume({ bits: 32, clusters: 1000 });
    volume.setFat(5, 6, 0);
    volume.setFat(5, 77, 1);
    expect(fatOf(volume).fat.next(5)).toBe(6);
    volume.view.setUint16(40, 0x81, true);
    const { fat, notices } = fatOf(volume);
    expect(fat.next(5)).toBe(77);
    expect(fat.entryOffset(5)).toBe(volume.fatOffset + volume.fatBytes + 20);
    expect(notices).toEqual([]);
  });

  test('the first is read where the active one does not exist, and that is told', () => {
    const volume = fatVolume({ bits: 32, clusters: 1000 });
    volume.setFat(5, 6);
    volume.view.setUint16(40, 0x8f, true);
    const { fat, notices } = fatOf(volume);
    expect(fat.next(5)).toBe(6);
    expect(notices).toEqual([
      'The boot sector names FAT 16 as the only one in use, but there are 2; the first was used.',
    ]);
  });
});

describe('free clusters', () => {
  test.each([12, 16, 32] as const)('of FAT%i are counted', (bits) => {
    const volume = fatVolume({ bits, clusters: bits === 12 ? 3000 : 6000 });
    const before = bits === 32 ? 1 : 0; // the root directory
    volume.link(10, 20, 30);
    volume.setFat(40, 0x0fff_fff7);
    expect(fatOf(volume).fat.countFree()).toBe((bits === 12 ? 3000 : 6000) - before - 4);
  });

  test('are not known where no copy can be read', () => {
    const volume = fatVolume({ bits: 16, clusters: 6000, fats: 1 });
    const device = mediumOver(badRangeBlocks(memoryBlocks(volume.bytes), volume.fatOffset + 1024, 1));
    expect(fatOf(volume, device).fat.countFree()).toBe(null);
  });
});

test('a medium that is pulled is told from one that cannot be read', () => {
  const volume = fatVolume({ bits: 32, clusters: 100_000 });
  const { fat } = fatOf(volume, mediumOver(yankedBlocks(memoryBlocks(volume.bytes), 1)));
  expect(() => fat.next(90_000)).toThrow(expect.objectContaining({ errno: 'ENXIO' }));
  expect(() => fat.contiguous(90_000, 5)).toThrow(expect.objectContaining({ errno: 'ENXIO' }));
  expect(() => fat.countFree()).toThrow(expect.objectContaining({ errno: 'ENXIO' }));
});

test('a FAT that the device cuts off is damage where it is missing', () => {
  const volume = fatVolume({ bits: 16, clusters: 6000, fats: 1 });
  const { fat } = fatOf(volume, mediumOf(volume.bytes.slice(0, volume.fatOffset + 1000)));
  expect(fat.next(1)).toBe(CHAIN_END);
  expect(() => fat.next(5000)).toThrow(
    expect.objectContaining({ errno: 'EUCLEAN', byteOffset: volume.fatOffset + 10_000 }),
  );
});
