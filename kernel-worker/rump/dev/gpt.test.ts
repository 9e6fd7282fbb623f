import { describe, expect, it } from 'vitest';
import { imageBytes, mediumOf } from '../../../test/images/media.ts';
import { crc32 } from '../lib/crc32.ts';
import { readPartitionTable } from './partitions.ts';

const tableOf = (bytes: Uint8Array) => readPartitionTable(mediumOf(bytes));
/** sgdisk -n 1:2048:+4M -t 1:0700 -c 1:'Übung 日本' -A 1:set:60 -A 1:set:62 -A 1:set:2 -n 5:0:+2M -t 5:a501, 16 MiB. */
const image = () => imageBytes('tables/gpt.img');

interface Geometry {
  sectorSize?: number;
  entryBytes?: number;
  entryCount?: number;
}

/** A GPT with its protective MBR on 1 MiB; partition n from sector 100n, 10 sectors long. */
function build(numbers: number[], { sectorSize = 512, entryBytes = 128, entryCount = 128 }: Geometry = {}): Uint8Array {
  const bytes = new Uint8Array(1024 * 1024);
  const lastLba = bytes.length / sectorSize - 1;
  const arraySectors = Math.ceil((entryBytes * entryCount) / sectorSize);
  const entries = new Uint8Array(entryBytes * entryCount);
  for (const number of numbers) {
    const entry = new DataView(entries.buffer, (number - 1) * entryBytes, 128);
    entry.setUint32(0, 0x0fc63daf, true);
    entry.setUint32(16, number, true);
    entry.setBigUint64(32, BigInt(100 * number), true);
    entry.setBigUint64(40, BigInt(100 * number + 9), true);
  }
  bytes[450] = 0xee;
  new DataView(bytes.buffer).setUint32(458, lastLba, true);
  new DataView(bytes.buffer).setUint16(510, 0x55aa);
  const headers = [
    [1, lastLba, 2],
    [lastLba, 1, lastLba - arraySectors],
  ];
  for (const [own, other, array] of headers) {
    bytes.set(entries, array * sectorSize);
    const header = new DataView(bytes.buffer, own * sectorSize, 92);
    bytes.set(new TextEncoder().encode('EFI PART'), own * sectorSize);
    header.setUint32(8, 0x10000, true);
    header.setUint32(12, 92, true);
    header.setBigUint64(24, BigInt(own), true);
    header.setBigUint64(32, BigInt(other), true);
    header.setBigUint64(40, 34n, true);
    header.setBigUint64(48, BigInt(lastLba - arraySectors - 1), true);
    header.setBigUint64(72, BigInt(array), true);
    header.setUint32(80, entryCount, true);
    header.setUint32(84, entryBytes, true);
    header.setUint32(88, crc32(entries), true);
    header.setUint32(16, 0, true);
    header.setUint32(16, crc32(bytes.subarray(own * sectorSize, own * sectorSize + 92)), true);
  }
  return bytes;
}

describe('a whole GPT', () => {
  it('gives names, GUIDs, attributes and places', () => {
    const table = tableOf(image());
    expect(table).toMatchObject({ scheme: 'gpt', sectorSize: 512, notices: [], wholeMedium: false });
    expect(table.uuid).toBe('11111111-2222-3333-4444-555555555555');
    expect(table.partitions).toEqual([
      {
        number: 1,
        offsetBytes: 1048576,
        sizeBytes: 4194304,
        type: 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7',
        typeName: 'Microsoft basic data',
        label: 'Übung 日本',
        uuid: '11111111-2222-3333-4444-000000000001',
        bootable: true,
        container: false,
        attributes: ['bootable by a legacy BIOS', 'read-only', 'hidden'],
      },
      expect.objectContaining({ number: 5, typeName: 'FreeBSD boot', label: null, attributes: [] }),
    ]);
  });

  for (const sectorSize of [512, 1024, 2048, 4096]) {
    it(`is found with sectors of ${sectorSize} bytes`, () => {
      const table = tableOf(build([1, 2], { sectorSize }));
      expect(table).toMatchObject({ scheme: 'gpt', sectorSize, notices: [] });
      expect(table.partitions.map((p) => p.offsetBytes)).toEqual([100 * sectorSize, 200 * sectorSize]);
    });
  }

  for (const entryBytes of [128, 256, 512, 4096]) {
    it(`may have entries of ${entryBytes} bytes`, () => {
      const table = tableOf(build([1, 3], { entryBytes, entryCount: 4 }));
      expect(table.partitions.map((p) => [p.number, p.offsetBytes])).toEqual([
        [1, 51200],
        [3, 153600],
      ]);
    });
  }
});

it('a GPT without partitions leaves the medium as a whole', () => {
  expect(tableOf(build([]))).toMatchObject({ scheme: 'gpt', partitions: [], wholeMedium: true, notices: [] });
});

describe('a damaged GPT', () => {
  it('with a damaged first header is read from the backup', () => {
    const bytes = image();
    bytes[512 + 40] ^= 1;
    const table = tableOf(bytes);
    expect(table.partitions.map((p) => p.number)).toEqual([1, 5]);
    expect(table.notices).toEqual(["The GPT's first header is damaged; the backup was used."]);
  });

  it('with no first header at all is read from the backup', () => {
    const bytes = image();
    bytes.fill(0, 512, 34 * 512);
    expect(tableOf(bytes).notices).toEqual(["The GPT's first header is damaged; the backup was used."]);
    expect(tableOf(bytes).partitions.map((p) => p.number)).toEqual([1, 5]);
  });

  it('with a damaged first list is read from the backup', () => {
    const bytes = image();
    bytes[1024 + 56] = 0x41;
    const table = tableOf(bytes);
    expect(table.notices).toEqual(["The GPT's first list of partitions is damaged; the backup was used."]);
    expect(table.partitions[0].label).toBe('Übung 日本');
  });

  it('with a damaged backup says so', () => {
    const bytes = image();
    bytes.fill(0, bytes.length - 512);
    expect(tableOf(bytes).notices).toEqual(["The GPT's backup is damaged; the first copy was used."]);
  });

  it('with both lists damaged is read as far as it goes', () => {
    const bytes = image();
    bytes[1024 + 56] = 0x41;
    bytes[bytes.length - 33 * 512 + 56] = 0x42;
    const table = tableOf(bytes);
    expect(table.partitions[0].label).toBe('Abung 日本');
    expect(table.notices).toEqual(['The GPT and its backup are both damaged; partitions may be wrong or missing.']);
  });

  it('whose copies differ uses the first', () => {
    const bytes = build([1]);
    bytes.set(build([1, 2]).subarray(-33 * 512), bytes.length - 33 * 512);
    const table = tableOf(bytes);
    expect(table.partitions.map((p) => p.number)).toEqual([1]);
    expect(table.notices).toEqual(['The GPT and its backup differ; the first copy was used.']);
  });

  it('copied to a smaller medium is read, with a sentence about its backup', () => {
    const table = tableOf(image().subarray(0, 12 * 1024 * 1024));
    expect(table.partitions.map((p) => p.number)).toEqual([1, 5]);
    expect(table.notices).toEqual(['The GPT was made for a larger medium: its backup is not here.']);
  });

  it('without its protective MBR is read only if its first copy is whole', () => {
    const bytes = image();
    bytes.fill(0, 446, 512);
    expect(tableOf(bytes)).toMatchObject({ scheme: 'gpt', notices: ['The protective MBR before the GPT is missing.'] });
    bytes[512 + 40] ^= 1;
    expect(tableOf(bytes).scheme).toBe('none');
  });

  it('gives way to an MBR without a protective entry, as in Linux', () => {
    const bytes = image();
    bytes[450] = 0x83;
    expect(tableOf(bytes).scheme).toBe('mbr');
  });
});

describe('entries', () => {
  it('that end before they start are left out and told', () => {
    const bytes = build([1, 2]);
    const view = new DataView(bytes.buffer);
    for (const array of [1024, bytes.length - 33 * 512]) view.setBigUint64(array + 40, 50n, true);
    const table = tableOf(bytes);
    expect(table.partitions.map((p) => p.number)).toEqual([2]);
    expect(table.notices).toContain('Partition 1 has impossible bounds and is left out.');
  });

  it('outside of the usable area are kept and told', () => {
    const bytes = build([1]);
    const view = new DataView(bytes.buffer);
    for (const header of [512, bytes.length - 512]) {
      view.setBigUint64(header + 40, 105n, true);
      view.setUint32(header + 16, 0, true);
      view.setUint32(header + 16, crc32(bytes.subarray(header, header + 92)), true);
    }
    const table = tableOf(bytes);
    expect(table.partitions.map((p) => p.number)).toEqual([1]);
    expect(table.notices).toEqual(['Partition 1 lies outside of the area that the GPT leaves for partitions.']);
  });
});
