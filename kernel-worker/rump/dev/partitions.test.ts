import { describe, expect, it } from 'vitest';
import { hostileImages, testImages } from '../../../test/images/library.ts';
import { imageBytes, mediumOf, mediumOver } from '../../../test/images/media.ts';
import { badRangeBlocks, yankedBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { readPartitionTable } from './partitions.ts';

const tableOf = (bytes: Uint8Array, sectorSize = 512) => readPartitionTable(mediumOf(bytes, sectorSize));

describe('reference media', () => {
  for (const image of testImages(/^disk-/)) {
    it(`${image.name}: finds the partitions where their maker put them`, () => {
      const table = tableOf(image.bytes());
      const scheme = image.meta.scheme ?? 'none';
      expect(table.scheme).toBe(scheme.replace('mbr+bsd', 'mbr'));
      expect(table.wholeMedium).toBe(scheme === 'none');
      if (image.meta.sector_size) expect(table.sectorSize).toBe(image.meta.sector_size);
      for (const { part, offset, size } of image.meta.partitions ?? []) {
        const found = table.partitions.find((p) => p.number === part);
        // The disklabel of this image was overwritten: its file systems are found by their superblocks, and each lacks its partition's last, unused sector.
        const wanted = scheme === 'mbr+bsd' ? size - 512 : size;
        expect(found).toMatchObject({ offsetBytes: offset, sizeBytes: wanted, container: false });
      }
      if (scheme !== 'mbr+bsd') expect(table.notices).toEqual([]);
    });
  }

  it('every other reference image has no table, except ISO hybrids, which stay whole', () => {
    const tables = testImages(/^(?!disk-)/).map((image) => ({ name: image.name, ...tableOf(image.bytes()) }));
    expect(tables.length).toBeGreaterThan(50);
    expect(tables.filter((table) => !table.wholeMedium)).toEqual([]);
    expect(tables.filter((table) => table.scheme !== 'none').map(({ name, scheme }) => `${name} ${scheme}`)).toEqual([
      'hfsplus-iso-hybrid-xorriso apm',
      'iso-hybrid-gpt-xorriso mbr',
    ]);
  });
});

describe('what is a table and what is not', () => {
  it('a medium that a FAT with an entry for itself covers has none', () => {
    const [image] = testImages(/^disk-superfloppy-fat16-mbrlike$/);
    expect(tableOf(image.bytes())).toMatchObject({ scheme: 'none', wholeMedium: true, partitions: [], notices: [] });
  });

  it('nor has it one when that FAT is damaged, because its only entry starts at the table itself', () => {
    const bytes = testImages(/^disk-superfloppy-fat16-mbrlike$/)[0]
      .bytes()
      .slice();
    bytes.fill(0, 512, 65536);
    expect(tableOf(bytes).scheme).toBe('none');
  });

  it('an ISO hybrid with a GPT keeps the whole medium as its first choice (xorriso -appended_part_as_gpt)', () => {
    const table = tableOf(imageBytes('tables/isogpt.img'));
    expect(table).toMatchObject({ scheme: 'gpt', wholeMedium: true, notices: [] });
    expect(table.partitions.map((p) => p.label)).toEqual(['ISO9660', 'Appended2', 'Gap1']);
  });

  it('an ISO hybrid whose MBR starts at the table itself too (xorriso -append_partition)', () => {
    const table = tableOf(imageBytes('tables/isombr.img'));
    expect(table).toMatchObject({ scheme: 'mbr', wholeMedium: true, notices: [] });
    expect(table.partitions.map((p) => [p.offsetBytes, p.type])).toEqual([
      [0, '0x83'],
      [69632, '0xef'],
    ]);
  });

  it('an ISO that a later table left behind in the gap does not make the medium whole (sfdisk --wipe never)', () => {
    expect(tableOf(imageBytes('tables/leftover.img'))).toMatchObject({ scheme: 'mbr', wholeMedium: false });
  });

  it('a boot indicator that no table has makes it none, as Linux decides', () => {
    const bytes = imageBytes('tables/mbrbsd.img');
    bytes[446] = 0x7f;
    expect(tableOf(bytes).scheme).toBe('none');
  });

  it('a medium of a byte has none', () => {
    expect(tableOf(new Uint8Array(1))).toMatchObject({ scheme: 'none', wholeMedium: true, notices: [] });
  });
});

describe('media that fail', () => {
  it('an unreadable first sector is told, and the GPT behind it is read', () => {
    const blocks = badRangeBlocks(memoryBlocks(imageBytes('tables/gpt.img')), 0, 512);
    const table = readPartitionTable(mediumOver(blocks));
    expect(table.scheme).toBe('gpt');
    expect(table.partitions.map((p) => p.number)).toEqual([1, 5]);
    expect(table.notices).toEqual(['The first sector of the medium cannot be read.']);
  });

  it('an unreadable medium has no table', () => {
    const blocks = badRangeBlocks(memoryBlocks(imageBytes('tables/gpt.img')), 0, 16 * 1024 * 1024);
    expect(readPartitionTable(mediumOver(blocks))).toMatchObject({
      scheme: 'none',
      notices: ['The first sector of the medium cannot be read.'],
    });
  });

  it('a medium that is pulled is an error', () => {
    const blocks = yankedBlocks(memoryBlocks(imageBytes('tables/gpt.img')), 1);
    expect(() => readPartitionTable(mediumOver(blocks))).toThrow(expect.objectContaining({ errno: 'ENXIO' }));
  });

  it('a truncated medium keeps its partitions and says which are cut', () => {
    const table = tableOf(imageBytes('tables/mbrbsd.img').subarray(0, 12 * 1024 * 1024 + 511));
    expect(table.partitions.find((p) => p.number === 1)?.sizeBytes).toBe(12 * 1024 * 1024);
    expect(table.notices).toEqual([
      'The chain of logical partitions is broken; partitions behind the break are missing.',
      'Partition 1 reaches 1048065 bytes beyond the end of the medium.',
      'Partition 2 lies behind the end of the medium.',
    ]);
  });
});

describe('hostile tables', () => {
  for (const image of hostileImages(/^(mbr|gpt|apm|none)$/)) {
    it(`${image.name}: bounded places, few sentences, little time`, () => {
      const started = performance.now();
      const table = tableOf(image.bytes());
      expect(performance.now() - started).toBeLessThan(1000);
      expect(table.partitions.length).toBeLessThanOrEqual(300);
      expect(table.notices.length).toBeLessThanOrEqual(20);
      expect(new Set(table.partitions.map((p) => p.number)).size).toBe(table.partitions.length);
      for (const partition of table.partitions) {
        expect(Number.isSafeInteger(partition.offsetBytes + partition.sizeBytes)).toBe(true);
        expect(partition.offsetBytes).toBeGreaterThanOrEqual(0);
        expect(partition.label?.isWellFormed() ?? true).toBe(true);
      }
    });
  }
});
