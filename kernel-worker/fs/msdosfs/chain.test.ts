import { describe, expect, test } from 'vitest';
import { END_OF_CHAIN, type FatVolume, fatVolume } from '../../../test/images/fat-volume.ts';
import { mediumOf } from '../../../test/images/media.ts';
import { ClusterChain } from '../../rump/lib/clusterchain.ts';
import { Fat } from './fat.ts';
import { parseBootSector } from './format.ts';

/** A FAT that counts the entries that were looked at. */
function countingFat(volume: FatVolume) {
  const fat = new Fat(mediumOf(volume.bytes), parseBootSector(volume.bytes, 0), () => {});
  const counter = { entries: 0 };
  const entry = fat.entry.bind(fat);
  fat.entry = (cluster) => {
    counter.entries += 1;
    return entry(cluster);
  };
  return { fat, counter };
}

const chainOf = (volume: FatVolume, first: number) => new ClusterChain(countingFat(volume).fat, first, 0);

describe('a chain', () => {
  test('is given in whole contiguous runs, from any cluster on', () => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.link(10, 11, 12, 13, 40, 41, 7);
    const chain = chainOf(volume, 10);
    expect(chain.runAt(5)).toEqual({ cluster: 41, count: 1 });
    expect(chain.runAt(0)).toEqual({ cluster: 10, count: 4 });
    expect(chain.runAt(2)).toEqual({ cluster: 12, count: 2 });
    expect(chain.runAt(6)).toEqual({ cluster: 7, count: 1 });
    expect(chain.runAt(7)).toBe(null);
    expect(chain.runAt(4000)).toBe(null);
  });

  test('is walked once, however often it is read in the middle', () => {
    const volume = fatVolume({ bits: 32, clusters: 200_000 });
    const clusters = Array.from({ length: 100_000 }, (_, i) => 3 + i + (i >= 50_000 ? 1000 : 0));
    volume.link(...clusters);
    const { fat, counter } = countingFat(volume);
    const chain = new ClusterChain(fat, 3, 0);
    expect(chain.runAt(90_000)).toEqual({ cluster: 91_003, count: 10_000 });
    const walked = counter.entries;
    expect(walked).toBeGreaterThanOrEqual(100_000);
    for (let index = 0; index < 100_000; index += 1000) expect(chain.runAt(index)?.cluster).toBe(clusters[index]);
    expect(counter.entries).toBe(walked);
  });

  test('longer than the look-ahead is one run after all', () => {
    const volume = fatVolume({ bits: 32, clusters: 200_000 });
    for (let cluster = 3; cluster < 150_002; cluster++) volume.setFat(cluster, cluster + 1);
    volume.setFat(150_002, END_OF_CHAIN);
    const chain = chainOf(volume, 3);
    expect(chain.runAt(0)).toEqual({ cluster: 3, count: 65_536 });
    expect(chain.runAt(149_999)).toEqual({ cluster: 150_002, count: 1 });
    expect(chain.runAt(0)).toEqual({ cluster: 3, count: 150_000 });
  });

  test('in more pieces than are kept is found right everywhere, from a kept piece near by', () => {
    const volume = fatVolume({ bits: 32, clusters: 70_000 });
    const clusters = Array.from({ length: 30_000 }, (_, i) => 3 + i * 2);
    volume.link(...clusters);
    const { fat, counter } = countingFat(volume);
    const chain = new ClusterChain(fat, 3, 0);
    expect(chain.runAt(29_999)).toEqual({ cluster: clusters[29_999], count: 1 });
    expect(chain.runAt(30_000)).toBe(null);
    counter.entries = 0;
    for (let index = 29_999; index >= 0; index -= 100) {
      expect(chain.runAt(index)).toEqual({ cluster: clusters[index], count: 1 });
    }
    expect(counter.entries / 300).toBeLessThan(64);
    counter.entries = 0;
    for (let index = 10_000; index < 20_000; index++) expect(chain.runAt(index)?.cluster).toBe(clusters[index]);
    expect(counter.entries / 10_000).toBeLessThan(3); // reading on does not start from the kept piece each time
  });
});

describe('a damaged chain', () => {
  test('that comes back to its start is read up to there', () => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.link(10, 11, 30);
    volume.setFat(30, 10);
    const chain = chainOf(volume, 10);
    expect(chain.runAt(2)).toEqual({ cluster: 30, count: 1 });
    expect(() => chain.runAt(3)).toThrow(
      expect.objectContaining({
        message: 'a chain of clusters runs in a circle',
        byteOffset: volume.fatOffset + 60,
        found: 10,
      }),
    );
  });

  test('that leads to itself is read once', () => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.setFat(10, 10);
    const chain = chainOf(volume, 10);
    expect(chain.runAt(0)).toEqual({ cluster: 10, count: 1 });
    expect(() => chain.runAt(1)).toThrow('runs in a circle');
  });

  test('that runs into its own start from in front is read up to there', () => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    volume.link(10, 11, 8);
    volume.setFat(8, 9);
    volume.setFat(9, 10);
    const chain = chainOf(volume, 10);
    expect(chain.runAt(2)).toEqual({ cluster: 8, count: 2 });
    expect(() => chain.runAt(4)).toThrow('runs in a circle');
  });

  test('that is longer than the medium is a circle, even where not all runs are kept', () => {
    const volume = fatVolume({ bits: 32, clusters: 20_000 });
    const clusters = Array.from({ length: 9_000 }, (_, i) => 3 + i * 2);
    volume.link(...clusters);
    volume.setFat(clusters[8_999], clusters[1]);
    expect(() => chainOf(volume, 3).runAt(1_000_000)).toThrow('runs in a circle');
  });

  test.each([0, 1, 5002, 0xffff_ffff])('that starts at cluster %i is refused where that is written', (first) => {
    const volume = fatVolume({ bits: 16, clusters: 5000 });
    const { fat } = countingFat(volume);
    expect(() => new ClusterChain(fat, first, 4711)).toThrow(
      expect.objectContaining({ errno: 'EUCLEAN', byteOffset: 4711, expected: '2 to 5001', found: first }),
    );
  });
});
