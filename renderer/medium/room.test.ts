import { describe, expect, it } from 'vitest';
import type { Medium, Partition, PartitionTable, Statvfs, Volume } from '../../main/contract.ts';
import { blocksOf, sharesOf } from './room.ts';

const MIB = 1024 * 1024;

function partition(number: number, startMib: number, sizeMib: number, container = false): Partition {
  return {
    number,
    offsetBytes: startMib * MIB,
    sizeBytes: sizeMib * MIB,
    type: '0x0c',
    typeName: 'Windows FAT32',
    label: null,
    uuid: null,
    bootable: false,
    container,
    attributes: [],
  };
}

function volume(id: number, totalMib: number, freeMib: number | null): Volume {
  const statvfs: Statvfs = {
    blockSize: 4096,
    totalBytes: totalMib * MIB,
    freeBytes: freeMib === null ? null : freeMib * MIB,
    files: null,
    freeFiles: null,
    nameMax: 255,
  };
  const info: Volume['info'] = {
    fs: 'msdosfs',
    title: 'FAT32',
    label: null,
    uuid: null,
    state: { dirty: false, errors: false, notices: [] },
    nameEncoding: 'utf16',
    facts: {},
  };
  return { id, partition: null, info, statvfs, probes: [], problem: null };
}

function medium(sizeMib: number, partitions: Partition[], volumes: Volume[], wholeMedium = false): Medium {
  const table: PartitionTable = {
    scheme: partitions.length === 0 ? 'none' : 'mbr',
    sectorSize: 512,
    uuid: null,
    partitions,
    wholeMedium,
    notices: [],
  };
  return { sizeBytes: sizeMib * MIB, table, volumes } as Medium;
}

describe('blocksOf', () => {
  it('gives partitions in their order on the medium, with what lies between them', () => {
    const blocks = blocksOf(medium(1000, [partition(2, 600, 300), partition(1, 1, 500)], []));
    expect(
      blocks.map(({ partition: p, startBytes, sizeBytes }) => [p?.number ?? null, startBytes / MIB, sizeBytes / MIB]),
    ).toEqual([
      [1, 1, 500],
      [null, 501, 99],
      [2, 600, 300],
      [null, 900, 100],
    ]);
  });

  it('does not draw the table itself, nor containers of other partitions', () => {
    const blocks = blocksOf(medium(1000, [partition(1, 1, 499, true), partition(5, 2, 998)], []));
    expect(blocks.map((block) => block.partition?.number)).toEqual([5]);
  });

  it('takes a medium without a table as one piece', () => {
    const [block, ...rest] = blocksOf(medium(64, [], [volume(0, 64, 10)], true));
    expect(rest).toEqual([]);
    expect(block).toMatchObject({ whole: true, sizeBytes: 64 * MIB, volume: { id: 0 } });
  });

  it('keeps overlapping partitions, and counts no gap where one reaches over the next', () => {
    const blocks = blocksOf(medium(1000, [partition(1, 1, 800), partition(2, 100, 50)], []));
    expect(blocks.map((block) => block.partition?.number ?? null)).toEqual([1, 2, null]);
    expect(blocks[2].startBytes).toBe(801 * MIB);
  });

  it('draws nothing of a medium that was not opened', () => {
    expect(blocksOf({ ...medium(10, [], []), table: null })).toEqual([]);
    expect(blocksOf({ ...medium(10, [], []), sizeBytes: null })).toEqual([]);
  });
});

describe('sharesOf', () => {
  it('says what is used, the file system’s own, free, of other partitions and of none', () => {
    const blocks = blocksOf(
      medium(
        1000,
        [partition(1, 0, 400), partition(2, 400, 300)],
        [volume(1, 390, 100), { ...volume(2, 0, 0), info: null, statvfs: null }],
      ),
    );
    expect(sharesOf(blocks)).toEqual([
      { name: 'used', bytes: 290 * MIB },
      { name: 'own', bytes: 10 * MIB },
      { name: 'free', bytes: 100 * MIB },
      { name: 'other', bytes: 300 * MIB },
      { name: 'unallocated', bytes: 300 * MIB },
    ]);
  });

  it('believes no volume that says it has more room than its partition', () => {
    const blocks = blocksOf(medium(100, [partition(1, 0, 100)], [volume(1, 5000, 4000)]));
    expect(sharesOf(blocks)).toEqual([{ name: 'free', bytes: 100 * MIB }]);
  });

  it('counts a volume whose free room is not known as a whole', () => {
    const blocks = blocksOf(medium(100, [partition(1, 0, 100)], [volume(1, 100, null)]));
    expect(sharesOf(blocks)).toEqual([{ name: 'other', bytes: 100 * MIB }]);
  });
});
