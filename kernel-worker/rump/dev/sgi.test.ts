import { describe, expect, it } from 'vitest';
import { imageBytes, mediumOf } from '../../../test/images/media.ts';
import { readPartitionTable } from './partitions.ts';

const tableOf = (bytes: Uint8Array) => readPartitionTable(mediumOf(bytes));

/** A volume header with a checksum over the entries. */
function build(entries: Array<[blocks: number, first: number, type: number]>): Uint8Array {
  const bytes = new Uint8Array(1024 * 1024);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0be5a941);
  entries.forEach(([blocks, first, type], index) => {
    view.setUint32(312 + index * 12, blocks);
    view.setUint32(316 + index * 12, first);
    view.setUint32(320 + index * 12, type);
  });
  let sum = 0;
  for (let at = 0; at < 512; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  view.setUint32(504, -sum >>> 0);
  return bytes;
}

describe('the SGI volume header', () => {
  it('of sfdisk (label: sgi)', () => {
    const table = tableOf(imageBytes('tables/sgi.img'));
    expect(table).toMatchObject({ scheme: 'sgi', notices: [] });
    expect(table.partitions.map((p) => [p.number, p.offsetBytes / 512, p.sizeBytes / 512, p.type, p.typeName])).toEqual(
      [
        [1, 4096, 8191, '0x0a', 'SGI XFS'],
        [2, 12288, 8191, '0x07', 'SGI EFS'],
      ],
    );
  });

  it('as IRIX lays it out: header and volume are containers', () => {
    const entries: Array<[number, number, number]> = Array.from({ length: 11 }, () => [0, 0, 0]);
    entries[0] = [1500, 300, 10];
    entries[8] = [300, 0, 0];
    entries[10] = [2048, 0, 6];
    const table = tableOf(build(entries));
    expect(table.partitions.map((p) => [p.number, p.typeName, p.container])).toEqual([
      [1, 'SGI XFS', false],
      [9, 'Volume header', true],
      [11, 'Whole volume', true],
    ]);
    expect(table.notices).toEqual([]);
  });

  it('with a wrong checksum is none', () => {
    const bytes = build([[100, 100, 10]]);
    bytes[300] ^= 1;
    expect(tableOf(bytes).scheme).toBe('none');
  });
});

describe('the Sun label', () => {
  it('of sfdisk (label: sun)', () => {
    const table = tableOf(imageBytes('tables/sun.img'));
    expect(table).toMatchObject({ scheme: 'sun', notices: [] });
    expect(table.partitions.map((p) => [p.number, p.offsetBytes / 512, p.sizeBytes / 512, p.typeName])).toEqual([
      [1, 0, 16065, 'Linux'],
      [2, 16065, 8000, 'SunOS usr'],
    ]);
  });

  it('with a wrong checksum is none', () => {
    const bytes = imageBytes('tables/sun.img');
    bytes[300] ^= 1;
    expect(tableOf(bytes).scheme).toBe('none');
  });
});
