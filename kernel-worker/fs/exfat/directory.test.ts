import { describe, expect, it } from 'vitest';
import { ExfatBuilder, entrySet, plainEntry, sealSet } from '../../../test/images/exfat-builder.ts';
import { at, built, listed, mountOf, mountOn } from '../../../test/images/exfat-mount.ts';
import { mediumOver } from '../../../test/images/media.ts';
import { badRangeBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';

describe('directories', () => {
  it('whose entry sets cross pieces and clusters', () => {
    const names = Array.from({ length: 300 }, (_, index) => `file ${index} ${'x'.repeat(index % 200)}`);
    const bytes = built({ clusterBytes: 512, clusters: 4000 }, (volume) => {
      const clusters = Array.from({ length: 300 }, (_, index) => 3000 - index * 2);
      const dir = volume.directory(volume.root, 'dir', 0, clusters);
      for (const name of names) volume.file(dir, name);
    });
    const mount = mountOf(bytes);
    expect(listed(mount, ['dir'])).toEqual(names);
    const ids = new Set([...mount.readdir(at(mount, ['dir']))].map((item) => 'fileid' in item && item.fileid));
    expect(ids.size).toBe(300);
  });

  it('end at their end mark, whatever stands behind it', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'a');
      volume.root.entries.push(plainEntry(0), ...entrySet('ghost', {}));
    });
    expect(listed(mountOf(bytes))).toEqual(['a']);
  });

  it('skip free entries', () => {
    const bytes = built({}, (volume) => {
      for (const entry of entrySet('deleted', {})) {
        entry[0] &= 0x7f;
        volume.root.entries.push(entry);
      }
      volume.file(volume.root, 'a');
    });
    expect(listed(mountOf(bytes))).toEqual(['a']);
  });

  it('that are empty without a cluster', () => {
    const bytes = built({}, (volume) => volume.file(volume.root, 'dir', { attributes: 0x10 }));
    expect(listed(mountOf(bytes), ['dir'])).toEqual([]);
  });

  it('that are shorter than they say tell so', () => {
    const bytes = built({}, (volume) => {
      const entries = Array.from({ length: 128 }, () => plainEntry(0x05));
      const dir = volume.directory(volume.root, 'dir', 4096, [40]);
      dir.entries.push(...entries);
      volume.root.entries.splice(-3);
      volume.file(volume.root, 'dir', { attributes: 0x10, length: 8192, firstCluster: 40 });
    });
    expect(listed(mountOf(bytes), ['dir'])).toEqual(['a directory ends before its length does']);
  });

  it('that reach behind the last cluster tell so', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'dir', { attributes: 0x10, length: 200 * 4096, firstCluster: 100, contiguous: true });
    });
    expect(listed(mountOf(bytes), ['dir'])).toEqual(['a contiguous file lies outside of the clusters that there are']);
  });

  it('lose only what stands in a sector that cannot be read', () => {
    const bytes = built({}, (volume) => {
      const dir = volume.directory(volume.root, 'dir', 4096, [40]);
      for (let i = 0; i < 40; i++) volume.file(dir, `file ${i}`);
    });
    const sector = new ExfatBuilder().clusterOffset(40) + 1024;
    const device = mediumOver(badRangeBlocks(memoryBlocks(bytes), sector, 512));
    const mount = mountOn(device);
    const names = listed(mount, ['dir']);
    // Entries 32 to 47 are lost: of file 10 the last, of file 16 the first.
    expect(names.slice(0, 12)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `file ${index}`),
      'a directory entry is cut off',
      'the medium cannot be read here',
    ]);
    expect(names.slice(12)).toEqual(Array.from({ length: 24 }, (_, index) => `file ${index + 16}`));
  });
});

describe('entry sets', () => {
  const withSet = (set: Uint8Array[]) =>
    built({}, (volume) => {
      volume.file(volume.root, 'before');
      volume.root.entries.push(...set);
      volume.file(volume.root, 'after');
    });
  const around = (message: string) => ['before', message, 'after'];

  it('with a wrong checksum are refused by name, or shown on request', () => {
    const set = entrySet('wrong.txt', {});
    set[1][8] ^= 1;
    const bytes = withSet(set);
    expect(listed(mountOf(bytes))).toEqual(around('the directory entry of "wrong.txt" has a wrong checksum'));
    expect(listed(mountOf(bytes, { checksums: 'ignore' }))).toEqual(around('wrong.txt'));
  });

  it('with a vendor extension, and other benign entries, are read', () => {
    const extra = [plainEntry(0xe0), plainEntry(0xe1), plainEntry(0xf5)];
    expect(listed(mountOf(withSet(entrySet('vendor', { extra }))))).toEqual(around('vendor'));
  });

  it('with an unknown critical entry are refused', () => {
    const bytes = withSet(entrySet('strange', { extra: [plainEntry(0xc2)] }));
    expect(listed(mountOf(bytes))).toEqual(around('"strange" has a directory entry of the unknown critical type 0xc2'));
  });

  it('of unknown benign kinds are skipped, with their secondary entries', () => {
    expect(listed(mountOf(withSet([plainEntry(0xa1), plainEntry(0xa9), plainEntry(0xc5)])))).toEqual([
      'before',
      'after',
    ]);
  });

  it('of unknown critical kinds are told, with their secondary entries', () => {
    const bytes = withSet([plainEntry(0x86), plainEntry(0xc0), plainEntry(0xc1)]);
    expect(listed(mountOf(bytes))).toEqual(around('a directory entry of the unknown critical type 0x86'));
  });

  it('that lost their head are told once', () => {
    const bytes = withSet(entrySet('a long name of several entries', {}).slice(1));
    expect(listed(mountOf(bytes))).toEqual(around('a part of a directory entry has no head'));
  });

  it('that lack parts are told, and what follows is read', () => {
    const set = entrySet('cut', {});
    set[0][1] = 5;
    expect(listed(mountOf(withSet(set)))).toEqual(around('a directory entry lacks some of its parts'));
  });

  it('without a stream extension, or with less name than they say', () => {
    const noStream = entrySet('x', {});
    noStream[1][0] = 0xe0;
    expect(listed(mountOf(withSet(noStream)))).toEqual(around('a directory entry has no stream extension'));
    const shortName = entrySet('x', {});
    shortName[1][3] = 16;
    expect(listed(mountOf(withSet(shortName)))).toEqual(around('a directory entry has no whole name'));
    const noName = entrySet('x', {});
    noName[1][3] = 0;
    expect(listed(mountOf(withSet(noName)))).toEqual(around('a directory entry has no whole name'));
  });

  it('longer than the volume are damage', () => {
    const bytes = withSet(entrySet('huge', { length: 2 ** 52, validLength: 0 }));
    expect(listed(mountOf(bytes))).toEqual(around('the directory entry of "huge" is longer than the volume'));
  });

  it('with the longest name, and with a name of lone surrogates', () => {
    const longest = 'あ'.repeat(255);
    expect(listed(mountOf(withSet(entrySet(longest, {}))))).toEqual(around(longest));
    expect(listed(mountOf(withSet(entrySet('\udc80x', {}))))).toEqual(around('\udc80x'));
  });

  it('whose name has a NUL end there', () => {
    const set = entrySet('abcdef', {});
    set[2].fill(0, 8, 10);
    sealSet(set);
    expect(listed(mountOf(withSet(set)))).toEqual(around('abc'));
  });

  it('with names that no path can name are damage', () => {
    expect(listed(mountOf(withSet(entrySet('../x', {}))))).toEqual(
      around('a directory entry has the impossible name "../x"'),
    );
  });

  it('with a wrong name hash are read, and say so', () => {
    const set = entrySet('hashed', {});
    set[1][4] ^= 1;
    sealSet(set);
    const mount = mountOf(withSet(set));
    expect(mount.properties(at(mount, ['hashed']))['Name hash']).toMatch(/^wrong/);
    expect(mount.properties(at(mount, ['after']))['Name hash']).toBeUndefined();
  });
});

describe('names', () => {
  const greek = () => built({}, (volume) => volume.file(volume.root, 'Ωμέγα Straße ß.TXT'));

  it('are found without regard to case, by the medium’s own table', () => {
    const mount = mountOf(greek());
    expect(at(mount, ['ωΜέγα sTRAßE ß.txt']).attr.type).toBe('file');
    expect(mount.lookup(mount.root, 'Ωμέγα STRASSE ß.TXT')).toBeNull();
  });

  it('are found by ASCII’s case alone when that table is damaged', () => {
    const bytes = greek();
    const table = new ExfatBuilder().clusterOffset(3);
    expect([...bytes.subarray(table, table + 4)]).toEqual([0xff, 0xff, 0x61, 0x00]);
    bytes[table + 100] ^= 1;
    const mount = mountOf(bytes);
    expect(mount.info.state.notices).toEqual([
      'The up-case table cannot be used (its checksum is wrong): only the case of ASCII letters is ignored in names.',
    ]);
    expect(at(mount, ['Ωμέγα sTRAßE ß.txt']).attr.type).toBe('file');
    expect(mount.lookup(mount.root, 'ωΜέγα Straße ß.TXT')).toBeNull();
  });
});

describe('attributes', () => {
  const stamp = (y: number, mo: number, d: number, h: number, mi: number, s: number) =>
    (((y - 1980) << 25) | (mo << 21) | (d << 16) | (h << 11) | (mi << 5) | (s >> 1)) >>> 0;

  it('times with hundredths and offsets from UTC', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'f', {
        created: stamp(2024, 2, 29, 12, 30, 58),
        modified: stamp(2107, 12, 31, 23, 59, 58),
        accessed: stamp(1980, 1, 1, 0, 0, 0),
        // +05:45, -16:00, not known.
        fractions: [199, 12, 0x80 | 23, 0x80 | 0x40, 0x00],
      });
    });
    const { attr } = at(mountOf(bytes), ['f']);
    const seconds = (text: string) => Date.parse(text) / 1000;
    expect(attr.birthtime).toEqual({ sec: seconds('2024-02-29T06:45:59Z'), nsec: 990_000_000 });
    expect(attr.mtime).toEqual({ sec: seconds('2108-01-01T15:59:58Z'), nsec: 120_000_000 });
    expect(attr.atime).toEqual({ sec: seconds('1980-01-01T00:00:00Z'), nsec: 0, local: true });
    expect(attr.ctime).toBeNull();
  });

  it('times that cannot be are none; hundredths that cannot be are zero', () => {
    const bytes = built({}, (volume) => {
      volume.file(volume.root, 'f', {
        created: 0,
        modified: stamp(2023, 2, 28, 1, 2, 4),
        fractions: [0, 200, 0, 0x80, 0],
      });
    });
    const { attr } = at(mountOf(bytes), ['f']);
    expect(attr.birthtime).toBeNull();
    expect(attr.mtime).toEqual({ sec: Date.parse('2023-02-28T01:02:04Z') / 1000, nsec: 0 });
  });

  it('of MS-DOS', () => {
    const bytes = built({}, (volume) => volume.file(volume.root, 'f', { attributes: 0xffef }));
    expect(at(mountOf(bytes), ['f']).attr).toMatchObject({ dosAttributes: 0x27, mode: null, nlink: null });
  });

  it('directories are known by their first cluster', () => {
    const bytes = built({}, (volume) => {
      volume.directory(volume.root, 'one', 4096, [40]);
      volume.file(volume.root, 'two', { attributes: 0x10, length: 4096, firstCluster: 40 });
    });
    const mount = mountOf(bytes);
    expect(at(mount, ['one']).attr.fileid).toBe(at(mount, ['two']).attr.fileid);
  });
});
