import { describe, expect, it } from 'vitest';
import { imageBytes, mediumOf } from '../../../test/images/media.ts';
import { readPartitionTable } from './partitions.ts';

const MIB = 1024 * 1024;

interface Entry {
  type: number;
  start: number;
  size: number;
  boot?: number;
}

/** Writes a table sector (an MBR, or a link of a chain) at `sector`. */
function putTable(bytes: Uint8Array, sector: number, entries: Entry[], sectorSize = 512): void {
  const view = new DataView(bytes.buffer, sector * sectorSize, 512);
  entries.forEach((entry, slot) => {
    view.setUint8(446 + slot * 16, entry.boot ?? 0);
    view.setUint8(450 + slot * 16, entry.type);
    view.setUint32(454 + slot * 16, entry.start, true);
    view.setUint32(458 + slot * 16, entry.size, true);
  });
  view.setUint16(510, 0x55aa);
}

const tableOf = (bytes: Uint8Array, sectorSize = 512) => readPartitionTable(mediumOf(bytes, sectorSize));
const places = (bytes: Uint8Array) => tableOf(bytes).partitions.map((p) => [p.number, p.offsetBytes, p.sizeBytes]);

describe('primary partitions', () => {
  it('have type names, boot flags and the identifiers that Linux gives them', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [
      { type: 0x0c, start: 8, size: 100, boot: 0x80 },
      { type: 0, start: 0, size: 0 },
      { type: 0x1f, start: 200, size: 10 },
    ]);
    new DataView(bytes.buffer).setUint32(440, 0x00abcdef, true);
    const table = tableOf(bytes);
    expect(table).toMatchObject({ scheme: 'mbr', uuid: '0x00abcdef', sectorSize: 512, wholeMedium: false });
    expect(table.partitions).toEqual([
      {
        number: 1,
        offsetBytes: 4096,
        sizeBytes: 51200,
        type: '0x0c',
        typeName: 'FAT32 (LBA)',
        label: null,
        uuid: '00abcdef-01',
        bootable: true,
        container: false,
        attributes: [],
      },
      expect.objectContaining({ number: 3, type: '0x1f', typeName: '', uuid: '00abcdef-03', bootable: false }),
    ]);
  });

  it('that overlap are told', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [
      { type: 0x83, start: 8, size: 100 },
      { type: 0x83, start: 107, size: 10 },
      { type: 0x83, start: 117, size: 10 },
    ]);
    expect(tableOf(bytes).notices).toEqual(['Partitions 1 and 2 overlap.']);
  });

  it('a protective entry without a GPT is a container, and what is beside it is read', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [
      { type: 0xee, start: 1, size: 0xffffffff },
      { type: 0x83, start: 64, size: 100 },
    ]);
    const table = tableOf(bytes);
    expect(table.partitions.map((p) => [p.type, p.container])).toEqual([
      ['0xee', true],
      ['0x83', false],
    ]);
    expect(table.notices).toEqual(['The first sector announces a GPT, but no valid GPT was found.']);
  });

  it('an AIX disk has the signature and no table', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [{ type: 0x83, start: 64, size: 100 }]);
    bytes.set([0xc9, 0xc2, 0xd4, 0xc1]);
    expect(tableOf(bytes).scheme).toBe('none');
  });
});

describe('extended partitions', () => {
  for (const type of [0x05, 0x0f, 0x85]) {
    it(`of type ${type.toString(16)} chain logical ones, each placed from its own link`, () => {
      const bytes = new Uint8Array(MIB);
      putTable(bytes, 0, [
        { type: 0x83, start: 8, size: 8 },
        { type, start: 100, size: 1000 },
      ]);
      putTable(bytes, 100, [
        { type: 0x83, start: 2, size: 50 },
        { type, start: 300, size: 100 },
      ]);
      putTable(bytes, 400, [{ type: 0x07, start: 1, size: 60 }]);
      expect(places(bytes)).toEqual([
        [1, 4096, 4096],
        [2, 51200, 512000],
        [5, 102 * 512, 50 * 512],
        [6, 401 * 512, 60 * 512],
      ]);
      expect(tableOf(bytes).partitions.map((p) => p.container)).toEqual([false, true, false, false]);
    });
  }

  it('two of them are followed one after the other', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [
      { type: 0x05, start: 100, size: 100 },
      { type: 0x85, start: 300, size: 100 },
    ]);
    putTable(bytes, 100, [{ type: 0x83, start: 2, size: 50 }]);
    putTable(bytes, 300, [{ type: 0x83, start: 3, size: 50 }]);
    expect(places(bytes).slice(2)).toEqual([
      [5, 102 * 512, 25600],
      [6, 303 * 512, 25600],
    ]);
  });

  it('a chain that turns back is followed once', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [{ type: 0x05, start: 100, size: 1000 }]);
    putTable(bytes, 100, [
      { type: 0x83, start: 2, size: 50 },
      { type: 0x05, start: 200, size: 100 },
    ]);
    putTable(bytes, 300, [
      { type: 0x83, start: 2, size: 50 },
      { type: 0x05, start: 0, size: 100 },
    ]);
    const table = tableOf(bytes);
    expect(table.partitions.map((p) => p.number)).toEqual([1, 5, 6]);
    expect(table.notices).toEqual([
      'The chain of logical partitions turns back on itself; it was followed up to there.',
    ]);
  });

  it('a chain of empty links ends at its bound', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [{ type: 0x05, start: 1, size: 2000 }]);
    for (let link = 1; link < 2000; link++) {
      putTable(bytes, link, [
        { type: 0, start: 0, size: 0 },
        { type: 0x05, start: link, size: 1 },
      ]);
    }
    const table = tableOf(bytes);
    expect(table.partitions.map((p) => p.number)).toEqual([1]);
    expect(table.notices).toEqual(['The chain of logical partitions is too long; it was followed up to a bound.']);
  });

  it('at most 255 logical partitions are read', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [{ type: 0x05, start: 1, size: 2000 }]);
    for (let link = 1; link < 600; link++) {
      putTable(bytes, link, [
        { type: 0x83, start: 600, size: 1 },
        { type: 0x05, start: link, size: 1 },
      ]);
    }
    expect(tableOf(bytes).partitions.at(-1)?.number).toBe(259);
  });

  it('third and fourth entries of a link count only inside the extended partition', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [{ type: 0x05, start: 100, size: 100 }]);
    putTable(bytes, 100, [
      { type: 0x83, start: 1, size: 9 },
      { type: 0, start: 0, size: 0 },
      { type: 0x83, start: 10, size: 10 },
      { type: 0x83, start: 95, size: 10 },
    ]);
    expect(places(bytes).slice(1)).toEqual([
      [5, 101 * 512, 9 * 512],
      [6, 110 * 512, 5120],
    ]);
  });
});

describe('sector sizes', () => {
  it('an image of a disk with 4096-byte sectors is recognised by what stands at its partitions (fdisk -b 4096)', () => {
    const table = tableOf(imageBytes('tables/mbr4k.img'));
    expect(table.sectorSize).toBe(4096);
    expect(table.partitions.map((p) => [p.number, p.offsetBytes, p.sizeBytes])).toEqual([
      [1, 256 * 4096, 4 * MIB],
      [2, 2048 * 4096, 12 * MIB],
      [5, 2304 * 4096, 2 * MIB],
      [6, 3072 * 4096, 2 * MIB],
    ]);
  });

  it('a table of 512-byte sectors on a device that reports 4096 is recognised too', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [{ type: 0x83, start: 16, size: 100 }]);
    new DataView(bytes.buffer).setUint16(16 * 512 + 1080, 0xef53, true);
    expect(tableOf(bytes, 4096)).toMatchObject({ sectorSize: 512, partitions: [{ offsetBytes: 8192 }] });
  });

  it('where nothing is recognised the device is believed', () => {
    const bytes = new Uint8Array(MIB);
    putTable(bytes, 0, [{ type: 0x83, start: 16, size: 100 }]);
    expect(tableOf(bytes, 4096)).toMatchObject({ sectorSize: 4096, partitions: [{ offsetBytes: 65536 }] });
  });
});
