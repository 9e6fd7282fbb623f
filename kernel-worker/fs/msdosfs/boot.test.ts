import { describe, expect, test } from 'vitest';
import { fatVolume, shortSlot } from '../../../test/images/fat-volume.ts';
import { mediumOf, mediumOver } from '../../../test/images/media.ts';
import { badRangeBlocks, yankedBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { findBootSector } from './boot.ts';
import { parseBootSector, parseFsInfo, serialText } from './format.ts';
import { probe } from './probe.ts';

describe('the width of the FAT', () => {
  test.each([
    [4084, 12],
    [4085, 16],
    [65_524, 16],
  ] as const)('with %i clusters and a 16-bit FAT size is %i bits', (clusters, bits) => {
    const { geometry } = parseBootSector(fatVolume({ bits, clusters }).bytes, 0);
    expect([geometry.bits, geometry.clusterCount]).toEqual([bits, clusters]);
  });

  test('is 32 bits without a 16-bit FAT size, however few the clusters are', () => {
    const { geometry } = parseBootSector(fatVolume({ bits: 32, clusters: 100 }).bytes, 0);
    expect([geometry.bits, geometry.clusterCount, geometry.rootCluster]).toEqual([32, 100, 2]);
  });

  test('follows from all clusters, also where the FAT has room for fewer', () => {
    const volume = fatVolume({ bits: 16, clusters: 6000 });
    volume.view.setUint16(22, 4, true); // 4 sectors hold 1024 entries
    const { geometry } = parseBootSector(volume.bytes, 0);
    expect([geometry.bits, geometry.clusterCount]).toEqual([16, 1022]);
  });
});

describe('the layout', () => {
  test.each([512, 1024, 2048, 4096])(
    'is right with sectors of %i bytes and clusters of 128 of them',
    (bytesPerSector) => {
      const volume = fatVolume({ bits: 12, clusters: 20, bytesPerSector, sectorsPerCluster: 128 });
      const { geometry } = parseBootSector(volume.bytes, 0);
      expect(geometry.clusterBytes).toBe(128 * bytesPerSector);
      expect([geometry.fatOffset, geometry.rootOffset, geometry.dataOffset]).toEqual([
        volume.fatOffset,
        volume.rootOffset,
        volume.dataOffset,
      ]);
      expect(geometry.totalBytes).toBe(volume.bytes.length);
    },
  );

  test('needs neither the signature nor a jump nor an extended boot record, as on Atari', () => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.bytes.fill(0, 0, 3);
    volume.bytes.fill(0, 36, 512);
    const boot = parseBootSector(volume.bytes, 0);
    expect([boot.serial, boot.label, boot.state, boot.hasSignature]).toEqual([null, null, 0, false]);
    expect(probe(mediumOf(volume.bytes))).toMatchObject({ title: 'FAT16', uuid: null, dirty: null, certainty: 2 });
  });

  test.each([
    ['sector size', 11, 513],
    ['sector size', 11, 256],
    ['sector size', 11, 8192],
    ['cluster size', 13, 0],
    ['cluster size', 13, 3],
    ['count of reserved sectors', 14, 0],
    ['count of FATs', 16, 0],
    ['media byte', 21, 0x3c],
  ])('is refused for the %s (byte %i) of %i', (field, at, value) => {
    const { bytes, view } = fatVolume({ bits: 32, clusters: 100 });
    if (at === 11 || at === 14) view.setUint16(at, value, true);
    else bytes[at] = value;
    expect(() => parseBootSector(bytes, 512)).toThrow(
      expect.objectContaining({
        errno: 'EUCLEAN',
        message: `the boot sector's ${field} cannot be`,
        byteOffset: 512 + at,
        found: value,
      }),
    );
  });

  test.each([
    ['size of a FAT', 36, 0],
    ['root cluster', 44, 1],
    ['root cluster', 44, 102],
    ['count of sectors', 32, 30],
  ])('of FAT32 is refused for the %s (byte %i) of %i', (field, at, value) => {
    const { bytes, view } = fatVolume({ bits: 32, clusters: 100 });
    view.setUint32(at, value, true);
    expect(() => parseBootSector(bytes, 0)).toThrow(`the boot sector's ${field} cannot be`);
  });

  test('takes FSInfo and the backup from the reserved sectors only', () => {
    const { bytes, view } = fatVolume({ bits: 32, clusters: 100 });
    expect(parseBootSector(bytes, 0)).toMatchObject({ fsInfoOffset: 512, backupOffset: 3072 });
    view.setUint16(48, 0, true);
    view.setUint16(50, 0, true);
    expect(parseBootSector(bytes, 0)).toMatchObject({ fsInfoOffset: 512, backupOffset: null });
    view.setUint16(48, 0xffff, true);
    view.setUint16(50, 32, true);
    expect(parseBootSector(bytes, 0)).toMatchObject({ fsInfoOffset: null, backupOffset: null });
  });
});

describe('what stands in place of a damaged boot sector', () => {
  test.each([512, 4096])('is FAT32’s backup in sector 6, of %i bytes', (bytesPerSector) => {
    const { bytes } = fatVolume({ bits: 32, clusters: 100, bytesPerSector });
    bytes.fill(0, 0, 512);
    const found = findBootSector(mediumOf(bytes));
    expect([found.source, found.boot.geometry.clusterCount]).toEqual(['backup', 100]);
    expect(found.failure?.message).toBe("the boot sector's sector size cannot be");
  });

  test('is the backup also where the first sector cannot be read', () => {
    const { bytes } = fatVolume({ bits: 32, clusters: 100 });
    const found = findBootSector(mediumOver(badRangeBlocks(memoryBlocks(bytes), 0, 512)));
    expect([found.source, found.failure?.errno]).toEqual(['backup', 'EIO']);
  });

  test('is the backup also where its formatter put it', () => {
    const volume = fatVolume({ bits: 32, clusters: 100 });
    volume.view.setUint16(50, 12, true);
    volume.bytes.copyWithin(12 * 512, 0, 512);
    volume.bytes.fill(0xff, 0, 11 * 512);
    expect(findBootSector(mediumOf(volume.bytes)).source).toBe('backup');
  });

  test('is not a boot sector that says that it stands elsewhere, as a partition’s does', () => {
    const volume = fatVolume({ bits: 32, clusters: 100 });
    volume.bytes.copyWithin(20 * 512, 0, 512);
    volume.bytes.fill(0, 0, 20 * 512);
    expect(() => findBootSector(mediumOf(volume.bytes))).toThrow("the boot sector's sector size cannot be");
    expect(probe(mediumOf(volume.bytes))).toBe(null);
  });

  test.each([
    [160, 0xfe, 1, 1, 64, 313],
    [180, 0xfc, 2, 1, 64, 351],
    [320, 0xff, 1, 2, 112, 315],
    [360, 0xfd, 2, 2, 112, 354],
    [720, 0xf9, 3, 2, 112, 713],
    [1200, 0xf9, 7, 1, 224, 2371],
    [1440, 0xf0, 9, 1, 224, 2847],
    [2880, 0xf0, 9, 2, 240, 2863],
  ])(
    'is the usual layout of a floppy of %i KiB, as DOS 1 had it',
    (kib, media, fatSectors, perCluster, rootEntries, clusters) => {
      const bytes = new Uint8Array(kib * 1024);
      bytes.set([0xeb, 0x2f, 0x90]);
      for (const copy of [0, 1]) bytes.set([media, 0xff, 0xff], 512 + copy * fatSectors * 512);
      const rootOffset = 512 + 2 * fatSectors * 512;
      bytes.set(shortSlot({ name: 'OLD DISK', attributes: 0x08 }), rootOffset);
      const { boot, source } = findBootSector(mediumOf(bytes));
      expect(source).toBe('convention');
      expect(boot.geometry).toMatchObject({
        bits: 12,
        rootOffset,
        rootBytes: rootEntries * 32,
        clusterBytes: perCluster * 512,
        clusterCount: clusters,
      });
      expect(probe(mediumOf(bytes))).toMatchObject({ title: 'FAT12', label: 'OLD DISK', certainty: 2 });
    },
  );

  test('is nothing where the FATs do not start with the media byte, or the size is no floppy’s', () => {
    const bytes = new Uint8Array(360 * 1024);
    bytes.set([0xfd, 0xff, 0xff], 512);
    expect(probe(mediumOf(bytes))).toBe(null);
    bytes.set([0xfd, 0xff, 0xff], 512 + 1024);
    expect(probe(mediumOf(bytes))).not.toBe(null);
    expect(probe(mediumOf(bytes.slice(512)))).toBe(null);
  });
});

test('a volume whose data would start behind the device is none', () => {
  const volume = fatVolume({ bits: 16, clusters: 5000 });
  expect(() => findBootSector(mediumOf(volume.bytes.slice(0, volume.dataOffset)))).toThrow(
    expect.objectContaining({ message: 'the FAT file system starts its data behind the end of the device' }),
  );
});

test.each([0, 1, 511])('a device of %i bytes is none', (size) => {
  expect(probe(mediumOf(new Uint8Array(size)))).toBe(null);
});

test('a medium that is pulled ends the probe', () => {
  const { bytes } = fatVolume({ bits: 32, clusters: 100 });
  expect(() => probe(mediumOver(yankedBlocks(memoryBlocks(bytes), 0)))).toThrow(
    expect.objectContaining({ errno: 'ENXIO' }),
  );
});

test('the probe tells label, serial number and the dirty bit', () => {
  const volume = fatVolume({ bits: 32, clusters: 100 });
  volume.bytes[65] = 0x01;
  volume.put(volume.rootOffset, shortSlot({ name: '\x9aBUNG', attributes: 0x08 }));
  expect(probe(mediumOf(volume.bytes))).toEqual({
    fs: 'msdosfs',
    title: 'FAT32',
    label: 'ÜBUNG',
    uuid: '1234-ABCD',
    dirty: true,
    certainty: 3,
  });
});

test('a serial number of 0 says nothing', () => {
  expect([serialText(0), serialText(null), serialText(0xab)]).toEqual([null, null, '0000-00AB']);
});

test('FSInfo without its signatures, or without a count, says nothing', () => {
  const { bytes, view } = fatVolume({ bits: 32, clusters: 100 });
  expect(parseFsInfo(bytes.subarray(512, 1024))).toBe(null);
  view.setUint32(512 + 488, 55, true);
  expect(parseFsInfo(bytes.subarray(512, 1024))).toBe(55);
  bytes[512 + 484] = 0;
  expect(parseFsInfo(bytes.subarray(512, 1024))).toBe(null);
});
