import { describe, expect, it } from 'vitest';
import { mediumOf } from '../../../test/images/media.ts';
import { readPartitionTable } from './partitions.ts';

interface Entry {
  name: string;
  type: string;
  start: number;
  blocks: number;
  status?: number;
}

const MAP: Entry = { name: 'Apple', type: 'Apple_partition_map', start: 1, blocks: 3 };
const HFS: Entry = { name: 'Disk', type: 'Apple_HFS', start: 10, blocks: 20, status: 0x4000007f };
const FREE: Entry = { name: 'Extra', type: 'Apple_Free', start: 30, blocks: 10 };

function build(blockSize: number, entries: Entry[] = [MAP, HFS, FREE]): Uint8Array {
  const bytes = new Uint8Array(1024 * 1024);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x4552);
  view.setUint16(2, blockSize);
  entries.forEach((entry, index) => {
    const at = (index + 1) * blockSize;
    view.setUint16(at, 0x504d);
    view.setUint32(at + 4, entries.length);
    view.setUint32(at + 8, entry.start);
    view.setUint32(at + 12, entry.blocks);
    bytes.set(new TextEncoder().encode(entry.name), at + 16);
    bytes.set(new TextEncoder().encode(entry.type), at + 48);
    view.setUint32(at + 88, entry.status ?? 0);
  });
  return bytes;
}

const tableOf = (bytes: Uint8Array) => readPartitionTable(mediumOf(bytes));

describe('the Apple partition map', () => {
  for (const blockSize of [512, 1024, 2048, 4096]) {
    it(`with blocks of ${blockSize} bytes`, () => {
      const table = tableOf(build(blockSize));
      expect(table).toMatchObject({ scheme: 'apm', sectorSize: blockSize, uuid: null, notices: [] });
      expect(
        table.partitions.map((p) => [p.number, p.offsetBytes, p.sizeBytes, p.type, p.label, p.container, p.bootable]),
      ).toEqual([
        [1, blockSize, 3 * blockSize, 'Apple_partition_map', 'Apple', true, false],
        [2, 10 * blockSize, 20 * blockSize, 'Apple_HFS', 'Disk', false, true],
        [3, 30 * blockSize, 10 * blockSize, 'Apple_Free', 'Extra', true, false],
      ]);
    });
  }

  it('without its driver descriptor is found by the entry for itself', () => {
    const bytes = build(2048);
    bytes.fill(0, 0, 4);
    const table = tableOf(bytes);
    expect(table).toMatchObject({ scheme: 'apm', sectorSize: 2048 });
    expect(table.notices).toEqual(['The driver descriptor before the Apple partition map is missing.']);
    expect(tableOf(build(512, [HFS, FREE]).fill(0, 0, 4)).scheme).toBe('none');
  });

  it('with a wrong block size in the driver descriptor', () => {
    const bytes = build(512);
    bytes[2] = 0x07;
    expect(tableOf(bytes)).toMatchObject({
      scheme: 'apm',
      sectorSize: 512,
      notices: ['The driver descriptor gives a wrong block size; another was found.'],
    });
  });

  it('loses only the entry that is damaged', () => {
    const bytes = build(512);
    bytes.fill(0, 1024, 1026);
    const table = tableOf(bytes);
    expect(table.partitions.map((p) => p.number)).toEqual([1, 3]);
    expect(table.notices).toEqual(['The Apple partition map should have 3 entries; 2 were found.']);
  });

  it('with an impossible count is read up to its end', () => {
    const bytes = build(512);
    for (const entry of [1, 2, 3]) bytes.fill(0xff, entry * 512 + 4, entry * 512 + 8);
    const table = tableOf(bytes);
    expect(table.partitions.map((p) => p.number)).toEqual([1, 2, 3]);
    expect(table.notices).toEqual(['The Apple partition map gives an impossible number of entries; 3 were found.']);
  });
});
