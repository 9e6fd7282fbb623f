import { describe, expect, test } from 'vitest';
import { mappingPairs, NtfsBuilder, TYPE } from '../../../test/images/ntfs-builder.ts';
import type { Attribute } from './record.ts';
import { attributeOf, parseFileRecord } from './record.ts';
import { allocatedClusters, appendExtent, emptyRunlist, findRun, LCN_GAP, LCN_HOLE, runEnd } from './runlist.ts';

const CLUSTERS = 100_000;

/** An extent with these mapping pairs. */
function extent(pairs: Uint8Array | number[], clusters: number, lowestVcn = 0): Attribute {
  const volume = new NtfsBuilder();
  const attribute = volume.nonResident({
    type: TYPE.data,
    runs: [{ lcn: 1, clusters }],
    lowestVcn,
    allocated: 0,
    size: 0,
  });
  volume.file({ number: 30, name: 'a', attributes: [attribute] });
  const offset = volume.recordOffset(30);
  const record = parseFileRecord(volume.build().subarray(offset, offset + 1024), 30, offset);
  const parsed = attributeOf(record, TYPE.data, '');
  if (parsed === null) throw new Error('no attribute');
  return { ...parsed, bytes: Uint8Array.from(pairs), dataAt: 0, dataEnd: pairs.length };
}

describe('mapping pairs', () => {
  test('are added up from differences of either sign, with holes between', () => {
    const runs = emptyRunlist();
    const pairs = [
      { lcn: 70_000, clusters: 300 },
      { lcn: null, clusters: 16 },
      { lcn: 20, clusters: 1 },
      { lcn: 90_000, clusters: 128 },
    ];
    appendExtent(runs, extent(mappingPairs(pairs), 445), CLUSTERS);
    expect(runs).toEqual({ vcns: [0, 300, 316, 317], lcns: [70_000, LCN_HOLE, 20, 90_000], endVcn: 445 });
    expect([findRun(runs, 0), findRun(runs, 299), findRun(runs, 316), findRun(runs, 444), findRun(runs, 445)]).toEqual([
      0, 0, 2, 3, -1,
    ]);
    expect([runEnd(runs, 0), runEnd(runs, 3)]).toEqual([300, 445]);
    expect(allocatedClusters(runs, 290, 320)).toBe(10 + 1 + 3);
  });

  test('leave a gap where an extent is missing', () => {
    const runs = emptyRunlist();
    appendExtent(runs, extent(mappingPairs([{ lcn: 5, clusters: 10 }]), 10), CLUSTERS);
    appendExtent(runs, extent(mappingPairs([{ lcn: 50, clusters: 4 }]), 4, 30), CLUSTERS);
    expect(runs).toEqual({ vcns: [0, 10, 30], lcns: [5, LCN_GAP, 50], endVcn: 34 });
  });

  test('of an empty attribute are none', () => {
    const runs = emptyRunlist();
    appendExtent(runs, extent([0], 0), CLUSTERS);
    expect(runs).toEqual(emptyRunlist());
  });

  test.each([
    ['a length of no bytes', [0x10, 5, 0], 'are damaged'],
    ['a length of 15 bytes', [0x0f, ...new Array(20).fill(1)], 'are damaged'],
    ['a position of 15 bytes', [0xf1, ...new Array(20).fill(1)], 'are damaged'],
    ['an end before all clusters are named', [0x11, 4, 5, 0], 'are damaged'],
    ['an end of the attribute within', [0x11, 4], 'are damaged'],
    ['a length of zero', [0x11, 0, 5, 0], 'wrong length'],
    ['a negative length', [0x11, 0x80, 5, 0], 'wrong length'],
    ['a length past the extent', [0x11, 11, 5, 0], 'wrong length'],
    ['a position before the volume', [0x11, 10, 0xff, 0], 'outside of the volume'],
    ['a position behind the volume', [0x31, 10, 0x9a, 0x86, 0x01, 0], 'outside of the volume'],
    ['a position of 2^62', [0x81, 10, 0, 0, 0, 0, 0, 0, 0, 0x40, 0], 'outside of the volume'],
  ])('are refused with %s', (_what, pairs, message) => {
    expect(() => appendExtent(emptyRunlist(), extent(pairs, 10), CLUSTERS)).toThrow(message);
  });

  test('are refused where extents overlap', () => {
    const runs = emptyRunlist();
    appendExtent(runs, extent(mappingPairs([{ lcn: 5, clusters: 10 }]), 10), CLUSTERS);
    const second = extent(mappingPairs([{ lcn: 50, clusters: 4 }]), 4, 9);
    expect(() => appendExtent(runs, second, CLUSTERS)).toThrow('overlap');
  });
});
