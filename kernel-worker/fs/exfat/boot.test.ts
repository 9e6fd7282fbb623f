import { describe, expect, it } from 'vitest';
import { ExfatBuilder, plainEntry } from '../../../test/images/exfat-builder.ts';
import { built, contentOf, listed, mountOf, mountOn, pattern, simple } from '../../../test/images/exfat-mount.ts';
import { mediumOf, mediumOver } from '../../../test/images/media.ts';
import { badRangeBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { probe } from './probe.ts';

describe('a volume', () => {
  for (const sectorSize of [512, 1024, 2048, 4096]) {
    it(`with sectors of ${sectorSize} bytes`, () => {
      const mount = mountOf(simple({ sectorSize, clusterBytes: 4096 }));
      expect(mount.info).toMatchObject({ title: 'exFAT', label: 'Größe', uuid: '1234-ABCD' });
      expect(mount.info.state).toEqual({ dirty: false, errors: false, notices: [] });
      expect(contentOf(mount, 'a.txt')).toEqual(pattern(5000));
    });
  }

  for (const clusterBytes of [512, 65536, 32 * 1024 * 1024]) {
    it(`with clusters of ${clusterBytes} bytes`, () => {
      const mount = mountOf(simple({ clusterBytes, clusters: clusterBytes > 65536 ? 4 : 256 }));
      expect(contentOf(mount, 'a.txt')).toEqual(pattern(5000));
    });
  }

  it('knows its free space by the bitmap', () => {
    // Bitmap, up-case table, two of the file, root.
    expect(mountOf(simple()).statvfs()).toMatchObject({
      totalBytes: 256 * 4096,
      freeBytes: 251 * 4096,
      blockSize: 4096,
    });
  });

  it('without a bitmap estimates it by the percentage', () => {
    const bytes = simple();
    const mount = mountOf(bytes);
    const root = mount.root.attr.fileid / 2;
    const bitmapEntry = new ExfatBuilder().clusterOffset(root) + 32;
    expect(bytes[bitmapEntry]).toBe(0x81);
    bytes[bitmapEntry] = 0x01;
    const without = mountOf(bytes);
    expect(without.info.state.notices).toEqual(['The allocation bitmap is missing: free space is an estimate.']);
    expect(without.statvfs().freeBytes).toBe(Math.floor((256 * 99) / 100) * 4096);
  });

  it('tells its flags', () => {
    const bytes = simple();
    bytes[106] = 0x06;
    expect(mountOf(bytes).info.state).toEqual({ dirty: true, errors: true, notices: [] });
  });

  it('shows its GUID', () => {
    const guid = plainEntry(0xa0);
    guid.set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 6);
    const mount = mountOf(built({ rootEntries: [guid] }, () => {}));
    expect(mount.info.facts['Volume GUID']).toBe('04030201-0605-0807-090a-0b0c0d0e0f10');
  });

  it('without a label has none', () => {
    expect(mountOf(built({}, () => {})).info.label).toBeNull();
    expect(mountOf(built({ label: '' }, () => {})).info.label).toBeNull();
  });

  it('that is longer than its device says so, and its first files are read', () => {
    const mount = mountOf(simple().subarray(0, 100 * 4096));
    expect(mount.info.state.notices).toEqual([
      'The file system is 652800 bytes longer than its device; what lies there is missing.',
    ]);
    expect(contentOf(mount, 'a.txt')).toEqual(pattern(5000));
  });
});

describe('boot regions', () => {
  const backup = (why: string) => [`The boot region is damaged (${why}); its backup was used.`];

  it('the main one with a wrong checksum gives way to the backup; its flags still count', () => {
    const bytes = simple();
    bytes[200] ^= 1;
    bytes[106] = 0x02;
    const { state } = mountOf(bytes).info;
    expect(state).toEqual({ dirty: true, errors: false, notices: backup('its checksum is wrong') });
  });

  for (const sectorSize of [512, 1024, 2048, 4096]) {
    it(`the backup is found with sectors of ${sectorSize} bytes when the main one is gone`, () => {
      const bytes = simple({ sectorSize });
      bytes.fill(0, 0, 12 * sectorSize);
      const mount = mountOf(bytes);
      expect(mount.info.state.notices).toEqual(backup('this is no exFAT boot sector'));
      expect(contentOf(mount, 'a.txt')).toEqual(pattern(5000));
    });
  }

  it('the backup is used where the main one cannot be read', () => {
    const device = mediumOver(badRangeBlocks(memoryBlocks(simple()), 0, 512));
    expect(mountOn(device).info.state.notices).toEqual(backup('the medium cannot be read here'));
  });

  it('with two wrong checksums the main one is used as it is', () => {
    const bytes = simple();
    bytes[200] ^= 1;
    bytes[200 + 12 * 512] ^= 1;
    const mount = mountOf(bytes);
    expect(mount.info.state.notices).toEqual([
      "The boot region's checksum is wrong, and its backup is no better; it was used as it is.",
    ]);
    expect(listed(mount)).toEqual(['a.txt']);
  });

  it('where both are gone the error tells what is wrong with the main one', () => {
    const bytes = simple();
    bytes[110] = 3;
    bytes[12 * 512 + 3] = 0;
    expect(() => mountOf(bytes)).toThrow(
      expect.objectContaining({ errno: 'EUCLEAN', byteOffset: 110, expected: '1 or 2', found: 3 }),
    );
  });

  it('another major revision is refused, another minor one is not', () => {
    const volume = new ExfatBuilder();
    const bytes = volume.finish();
    const revise = (minor: number, major: number) => {
      bytes.set([minor, major], 104);
      volume.sealBoot(0);
    };
    revise(0, 2);
    expect(() => mountOf(bytes)).toThrow(
      expect.objectContaining({ errno: 'EOPNOTSUPP', message: 'exFAT of revision 2.00' }),
    );
    revise(5, 1);
    expect(mountOf(bytes).info.facts.Revision).toBe('1.05');
  });

  it.each<[string, number, number[]]>([
    ['a FAT inside the boot regions', 80, [23, 0, 0, 0]],
    ['a FAT that is too short', 84, [1, 0, 0, 0]],
    ['clusters that overlap the FAT', 88, [25, 0, 0, 0]],
    ['no clusters', 92, [0, 0, 0, 0]],
    ['a root directory that does not exist', 96, [1, 0, 0, 0]],
    ['a volume shorter than its clusters', 72, [1, 0, 0, 0, 0, 0, 0, 0]],
    ['sectors of 256 bytes', 108, [8]],
    ['clusters of 64 MiB', 109, [17]],
  ])('%s is damage even with a good checksum', (_, offset, field) => {
    const volume = new ExfatBuilder();
    const bytes = volume.finish();
    for (const start of [0, 12 * 512]) {
      bytes.set(field, start + offset);
      volume.sealBoot(start);
    }
    expect(() => mountOf(bytes)).toThrow(expect.objectContaining({ errno: 'EUCLEAN', byteOffset: offset }));
  });
});

describe('probe', () => {
  it('knows a volume with its label', () => {
    expect(probe(mediumOf(simple()))).toEqual({
      fs: 'exfat',
      title: 'exFAT',
      label: 'Größe',
      uuid: '1234-ABCD',
      dirty: false,
      certainty: 3,
    });
  });

  it('is less sure of a wrong checksum, and least of what another format left behind', () => {
    const bytes = simple();
    bytes.fill(0, 0, 512);
    expect(probe(mediumOf(bytes))?.certainty).toBe(1);
    const unsealed = simple();
    unsealed[200] ^= 1;
    unsealed[200 + 12 * 512] ^= 1;
    expect(probe(mediumOf(unsealed))?.certainty).toBe(2);
  });

  it('does not know anything else', () => {
    expect(probe(mediumOf(new Uint8Array(100_000)))).toBeNull();
    expect(probe(mediumOf(new Uint8Array(1)))).toBeNull();
  });
});
