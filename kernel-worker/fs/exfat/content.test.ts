import { describe, expect, it } from 'vitest';
import type { VolumeShape } from '../../../test/images/exfat-builder.ts';
import { at, built, contentOf, mountOf, pattern } from '../../../test/images/exfat-mount.ts';

describe('content', () => {
  it('of a chain in pieces', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'f', { content: pattern(20000), clusters: [60, 40, 41, 90, 30] });
    });
    expect(contentOf(mountOf(bytes), 'f')).toEqual(pattern(20000));
  });

  it('that is contiguous, whatever the FAT says', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'f', { content: pattern(20000), clusters: [40, 41, 42, 43, 44], contiguous: true });
      volume.setFat(40, 7);
    });
    const mount = mountOf(bytes);
    expect(contentOf(mount, 'f')).toEqual(pattern(20000));
    expect(mount.properties(at(mount, ['f']))).toEqual({ 'First cluster': 40, Clusters: 'contiguous' });
  });

  for (const contiguous of [true, false]) {
    it(`behind ValidDataLength is zero (${contiguous ? 'contiguous' : 'chained'})`, () => {
      const bytes = built({}, (volume) => {
        volume.file(volume.root, 'f', { content: pattern(20000).fill(0xee, 6000), validLength: 6000, contiguous });
      });
      const mount = mountOf(bytes);
      const expected = pattern(20000).fill(0, 6000);
      expect(contentOf(mount, 'f')).toEqual(expected);
      expect(mount.mediumRun(at(mount, ['f']), 4096)?.lengthBytes).toBe(6000 - 4096);
      expect(mount.mediumRun(at(mount, ['f']), 6000)).toEqual({ deviceOffset: null, lengthBytes: 14000 });
    });
  }

  it('that was never written is all zeros', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'f', { content: pattern(9000), validLength: 0 });
    });
    expect(contentOf(mountOf(bytes), 'f')).toEqual(new Uint8Array(9000));
  });

  it('of an empty file', () => {
    const mount = mountOf(built({}, (volume) => volume.file(volume.root, 'empty')));
    expect(at(mount, ['empty']).attr).toMatchObject({ size: 0, allocatedBytes: 0, type: 'file' });
    expect(contentOf(mount, 'empty')).toEqual(new Uint8Array(0));
  });

  it('of the second FAT, where TexFAT says that it is active', () => {
    const shape: VolumeShape = { fatCount: 2, activeFat: 1 };
    const bytes = built(shape, (volume) => {
      volume.file(volume.root, 'f', { content: pattern(10000), clusters: [50, 40, 60] });
    });
    const mount = mountOf(bytes);
    expect(mount.info).toMatchObject({ title: 'TexFAT', facts: { 'Active FAT': 2 }, state: { notices: [] } });
    expect(contentOf(mount, 'f')).toEqual(pattern(10000));
    // Two bitmaps, the up-case table, three of the file, the root.
    expect(mount.statvfs().freeBytes).toBe(249 * 4096);
  });

  const broken: Array<[string, number, string]> = [
    ['free', 0, 'a chain of clusters leads into a free cluster'],
    ['bad', 0xffff_fff7, 'a chain of clusters leads into a cluster marked as bad'],
    ['missing', 5000, 'a chain of clusters leads to a cluster that does not exist'],
    ['circular', 60, 'a chain of clusters runs in a circle'],
    ['short', 0xffff_ffff, 'the chain of clusters ends before the file does'],
  ];
  for (const [name, value, message] of broken) {
    it(`of a ${name} chain is read up to the damage`, () => {
      const bytes = built({}, (volume) => {
        volume.file(volume.root, 'f', { content: pattern(16000), clusters: [60, 40, 50, 70] });
        volume.setFat(40, value);
      });
      const mount = mountOf(bytes);
      const start = new Uint8Array(8192);
      expect(mount.read(at(mount, ['f']), 0, start)).toBe(8192);
      expect(start).toEqual(pattern(8192));
      expect(() => mount.read(at(mount, ['f']), 8192, new Uint8Array(100))).toThrow(
        expect.objectContaining({ errno: 'EUCLEAN', message }),
      );
    });
  }

  it('of a file whose first cluster does not exist is damage', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'none', { length: 100 });
      volume.file(volume.root, 'far', { length: 100, firstCluster: 9999 });
      volume.file(volume.root, 'wide', { length: 8192, validLength: 8192, firstCluster: 257, contiguous: true });
    });
    const mount = mountOf(bytes);
    for (const name of ['none', 'far', 'wide']) {
      expect(() => contentOf(mount, name)).toThrow(expect.objectContaining({ errno: 'EUCLEAN' }));
    }
  });

  it('is no hole where the file is longer than its device: a tiny one could promise petabytes of zeros', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'f', { length: 200 * 4096, validLength: 0, firstCluster: 20, contiguous: true });
    });
    expect(Buffer.compare(contentOf(mountOf(bytes), 'f'), new Uint8Array(200 * 4096))).toBe(0);
    expect(() => contentOf(mountOf(bytes.subarray(0, 100 * 4096)), 'f')).toThrow(
      expect.objectContaining({ errno: 'EUCLEAN', message: 'a file is longer than its device' }),
    );
  });

  it('behind the end of the device is damage', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'f', { content: pattern(9000), clusters: [10, 200, 11] });
    });
    const mount = mountOf(bytes.subarray(0, 100 * 4096));
    expect(mount.read(at(mount, ['f']), 0, new Uint8Array(4096))).toBe(4096);
    expect(() => mount.read(at(mount, ['f']), 4096, new Uint8Array(1))).toThrow(
      expect.objectContaining({ errno: 'EUCLEAN', message: 'a file has clusters behind the end of the device' }),
    );
  });
});
