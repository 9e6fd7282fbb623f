import { describe, expect, it } from 'vitest';
import { imageBytes, mediumOf } from '../../../test/images/media.ts';
import { readPartitionTable } from './partitions.ts';

const MIB = 1024 * 1024;
const tableOf = (bytes: Uint8Array) => readPartitionTable(mediumOf(bytes));

interface Slot {
  offset: number;
  size: number;
  fstype: number;
}

interface LabelOptions {
  little?: boolean;
  secsize?: number;
  version?: number;
  unit?: number;
}

const UNUSED: Slot = { offset: 0, size: 0, fstype: 0 };

/** Writes a disklabel at byte `at`. */
function putLabel(bytes: Uint8Array, at: number, slots: Slot[], options: LabelOptions = {}): void {
  const { little = true, secsize = 512, version = 0, unit = bytes.length / secsize } = options;
  const view = new DataView(bytes.buffer, at);
  view.setUint32(0, 0x82564557, little);
  view.setUint32(40, secsize, little);
  view.setUint32(60, unit, little);
  view.setUint16(114, version, little);
  view.setUint32(132, 0x82564557, little);
  view.setUint16(136, 0, little);
  view.setUint16(138, slots.length, little);
  slots.forEach((slot, index) => {
    const entry = 148 + index * 16;
    view.setUint32(entry, slot.size % 2 ** 32, little);
    view.setUint32(entry + 4, slot.offset % 2 ** 32, little);
    if (version === 1) {
      view.setUint16(entry + 8, Math.floor(slot.offset / 2 ** 32), little);
      view.setUint16(entry + 10, Math.floor(slot.size / 2 ** 32), little);
    } else view.setUint32(entry + 8, 2048, little);
    view.setUint8(entry + 12, slot.fstype);
  });
  let checksum = 0;
  for (let word = 0; word < 148 + slots.length * 16; word += 2) checksum ^= view.getUint16(word, little);
  view.setUint16(136, checksum, little);
}

/** An MBR with one slice of 1000 sectors at sector 200. */
function sliced(type: number): Uint8Array {
  const bytes = new Uint8Array(MIB);
  bytes[450] = type;
  const view = new DataView(bytes.buffer);
  view.setUint32(454, 200, true);
  view.setUint32(458, 1000, true);
  view.setUint16(510, 0x55aa);
  return bytes;
}

const summary = (bytes: Uint8Array) =>
  tableOf(bytes).partitions.map((p) => [p.number, p.offsetBytes / 512, p.sizeBytes / 512, p.type, p.container]);

describe('a disklabel inside a slice', () => {
  it('of an fdisk is numbered behind the logical partitions, without c and d', () => {
    const table = tableOf(imageBytes('tables/mbrbsd.img'));
    expect(table).toMatchObject({ scheme: 'mbr', notices: [] });
    expect(table.partitions.map((p) => [p.number, p.offsetBytes / 512, p.sizeBytes / 512, p.type])).toEqual([
      [1, 2048, 24576, '0xa5'],
      [2, 26624, 6144, '0x05'],
      [5, 28672, 2048, '0x83'],
      [6, 2048, 8193, '4.2BSD'],
      [7, 20480, 2049, 'swap'],
      [8, 12288, 6145, '4.2BSD'],
    ]);
    expect(table.partitions.map((p) => p.container)).toEqual([true, true, false, false, false, false]);
  });

  it('of FreeBSD counts from the slice where c does', () => {
    const bytes = sliced(0xa5);
    putLabel(bytes, 201 * 512, [
      { offset: 16, size: 400, fstype: 7 },
      { offset: 416, size: 100, fstype: 1 },
      { offset: 0, size: 1000, fstype: 0 },
    ]);
    expect(summary(bytes)).toEqual([
      [1, 200, 1000, '0xa5', true],
      [5, 216, 400, '4.2BSD', false],
      [6, 616, 100, 'swap', false],
    ]);
  });

  it('of NetBSD counts from the medium; other slices and the raw disk are not repeated', () => {
    const bytes = sliced(0xa9);
    putLabel(bytes, 201 * 512, [
      { offset: 200, size: 400, fstype: 7 },
      { offset: 600, size: 100, fstype: 1 },
      { offset: 200, size: 1000, fstype: 0 },
      { offset: 0, size: 2048, fstype: 10 },
      { offset: 1500, size: 100, fstype: 8 },
    ]);
    expect(summary(bytes)).toEqual([
      [1, 200, 1000, '0xa9', true],
      [5, 200, 400, '4.2BSD', false],
      [6, 600, 100, 'swap', false],
    ]);
    expect(tableOf(bytes).notices).toEqual([]);
  });

  it('of OpenBSD has 48-bit places', () => {
    const bytes = sliced(0xa6);
    const slots = [{ offset: 264, size: 400, fstype: 7 }, UNUSED, { offset: 2 ** 33, size: 2 ** 34, fstype: 7 }];
    putLabel(bytes, 201 * 512, slots, { version: 1 });
    expect(summary(bytes)).toEqual([
      [1, 200, 1000, '0xa6', true],
      [5, 264, 400, '4.2BSD', false],
    ]);
  });

  it('with a partition that reaches out of the slice says so', () => {
    const bytes = sliced(0xa6);
    putLabel(bytes, 201 * 512, [
      { offset: 264, size: 400, fstype: 7 },
      { offset: 1100, size: 200, fstype: 7 },
    ]);
    expect(tableOf(bytes).notices).toEqual(["The disklabel's partition 'b' reaches out of its slice and is left out."]);
  });

  it('with a wrong checksum is none, and the slice stays what it is', () => {
    const bytes = sliced(0xa5);
    putLabel(bytes, 201 * 512, [{ offset: 16, size: 400, fstype: 7 }]);
    bytes[201 * 512 + 24] ^= 1;
    expect(summary(bytes)).toEqual([[1, 200, 1000, '0xa5', false]]);
  });
});

describe('a disklabel without a slice', () => {
  for (const little of [true, false]) {
    for (const at of [512, 0, 64, 128]) {
      it(`at byte ${at}, ${little ? 'little' : 'big'}-endian`, () => {
        const bytes = new Uint8Array(MIB);
        const slots = [{ offset: 16, size: 400, fstype: 7 }, UNUSED, { offset: 0, size: 2048, fstype: 7 }];
        putLabel(bytes, at, [...slots, { offset: 416, size: 1600, fstype: 9 }], { little });
        expect(tableOf(bytes)).toMatchObject({ scheme: 'bsd', sectorSize: 512 });
        expect(summary(bytes)).toEqual([
          [1, 16, 400, '4.2BSD', false],
          [4, 416, 1600, '4.4LFS', false],
        ]);
      });
    }
  }

  it('may have 22 partitions', () => {
    const bytes = new Uint8Array(MIB);
    const slots = Array.from({ length: 22 }, (_, index) => ({ offset: 16 + index * 10, size: 10, fstype: 7 }));
    putLabel(bytes, 512, slots);
    expect(tableOf(bytes).partitions.map((p) => p.number)).toEqual(slots.map((_, index) => index + 1));
  });

  it('counts in the sectors that it says', () => {
    const bytes = new Uint8Array(MIB);
    putLabel(bytes, 2048, [{ offset: 16, size: 40, fstype: 12 }], { secsize: 2048 });
    expect(tableOf(bytes)).toMatchObject({
      sectorSize: 2048,
      partitions: [{ offsetBytes: 32768, sizeBytes: 81920, type: 'ISO9660' }],
    });
  });

  it('under an MBR entry for the whole disk is the table (FreeBSD, dangerously dedicated)', () => {
    const bytes = sliced(0xa5);
    new DataView(bytes.buffer).setUint32(454, 0, true);
    putLabel(bytes, 512, [{ offset: 16, size: 400, fstype: 7 }]);
    expect(tableOf(bytes).scheme).toBe('bsd');
  });

  it('with an impossible count is none', () => {
    const bytes = new Uint8Array(MIB);
    const slots = Array.from({ length: 23 }, () => ({ offset: 16, size: 10, fstype: 7 }));
    putLabel(bytes, 512, slots);
    expect(tableOf(bytes).scheme).toBe('none');
  });
});
