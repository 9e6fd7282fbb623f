import { describe, expect, test } from 'vitest';
import { buildIso, contentOf, latin1, listed, mountIso } from '../../../test/images/iso-builder.ts';
import { testImage } from '../../../test/images/library.ts';
import { imageBytes, mediumOf, mediumOver } from '../../../test/images/media.ts';
import { faultyBlocks, yankedBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { probe } from './probe.ts';

describe('the probe', () => {
  test('tells label and identifier as blkid does', () => {
    for (const name of ['iso-rrj-xorriso', 'iso-hybrid-gpt-xorriso', 'iso-level1-genisoimage', 'iso-makefs-rr']) {
      const image = testImage(name);
      expect(probe(mediumOf(image.bytes()))).toEqual({
        fs: 'cd9660',
        title: 'ISO 9660',
        label: image.meta.label,
        uuid: image.meta.uuid,
        dirty: false,
        certainty: 2,
      });
    }
  });

  test('is less sure where only the descriptor is left', () => {
    const image = buildIso({ records: [] });
    image.fill(0, 19 * 2048, 20 * 2048);
    expect(probe(mediumOf(image))?.certainty).toBe(1);
  });

  test('finds nothing on other media, and passes a bad sector over', () => {
    expect(probe(mediumOf(new Uint8Array(100_000)))).toBeNull();
    expect(probe(mediumOf(new Uint8Array(0)))).toBeNull();
    const blocks = memoryBlocks(buildIso({ records: [] }));
    expect(probe(mediumOver(faultyBlocks(blocks, 1)))).toBeNull();
  });

  test('throws when the medium is gone', () => {
    expect(() => probe(mediumOver(yankedBlocks(memoryBlocks(buildIso({ records: [] })), 0)))).toThrow('was removed');
  });

  test('keeps the case of a Joliet label and the length of the primary one', () => {
    const image = new Uint8Array(testImage('iso-rrj-xorriso').bytes());
    image.set(latin1('A_LONG_VOLUME_NAME'.padEnd(32)), 16 * 2048 + 40);
    image.set(latin1([...'A long Volume_Na'].map((character) => `\0${character}`).join('')), 17 * 2048 + 40);
    expect(probe(mediumOf(image))?.label).toBe('A long Volume_NaME');
  });
});

describe('which tree is shown', () => {
  const image = new Uint8Array(testImage('iso-rrj-xorriso').bytes());
  const title = (bytes: Uint8Array, options = {}) => mountIso(bytes, options).info.title;

  test('Rock Ridge before Joliet before plain names, unless an option says otherwise', () => {
    expect(title(image)).toBe('ISO 9660 with Rock Ridge');
    expect(title(image, { norrip: '' })).toBe('ISO 9660 with Joliet');
    expect(title(image, { joliet: '' })).toBe('ISO 9660 with Joliet');
    expect(title(image, { norrip: '', nojoliet: '' })).toBe('ISO 9660');
    expect(title(testImage('iso-joliet64-xorriso').bytes())).toBe('ISO 9660 with Joliet');
    expect(title(testImage('iso-level4-genisoimage').bytes())).toBe('ISO 9660:1999');
    expect(title(testImage('iso-level4-genisoimage').bytes(), { noenhanced: '' })).toBe('ISO 9660');
    expect(() => title(testImage('iso-level1-genisoimage').bytes(), { joliet: '' })).toThrow('there is no Joliet tree');
  });

  test('names of Joliet are UTF-16, others bytes', () => {
    expect(mountIso(image).info.nameEncoding).toBe('bytes');
    expect(mountIso(image, { joliet: '' }).info.nameEncoding).toBe('utf16');
  });

  test('Joliet where the primary root has no entries', () => {
    const bare = image.slice();
    const root = new DataView(bare.buffer).getUint32(16 * 2048 + 158, true) * 2048;
    const end = bare[root] + bare[root + bare[root]];
    bare.fill(0, root + end, root + 2048);
    // The root directory of this image is longer than a sector; its length says so in two places.
    for (const at of [16 * 2048 + 166, root + 10]) {
      new DataView(bare.buffer).setUint32(at, 2048, true);
      new DataView(bare.buffer).setUint32(at + 4, 2048);
    }
    const mount = mountIso(bare);
    expect(mount.info.title).toBe('ISO 9660 with Joliet');
    expect(mount.info.state.notices).toEqual(['The primary tree is empty; the Joliet tree is shown instead.']);
  });

  test('Joliet where the primary root is damaged', () => {
    const damaged = image.slice();
    const root = new DataView(damaged.buffer).getUint32(16 * 2048 + 158, true) * 2048;
    damaged.fill(0, root, root + 2048);
    const mount = mountIso(damaged);
    expect(mount.info.title).toBe('ISO 9660 with Joliet');
    expect(mount.info.state.notices).toEqual([
      'The primary tree is damaged at its root; the Joliet tree is shown instead.',
    ]);
    expect(() => mountIso(damaged, { nojoliet: '' })).toThrow(
      'there is no root directory where the volume descriptor says',
    );
  });

  test('Joliet where the primary descriptor is damaged', () => {
    const damaged = image.slice();
    damaged.fill(0, 16 * 2048, 17 * 2048);
    expect(mountIso(damaged).info.state.notices).toEqual([
      'The primary volume descriptor is damaged; another tree is shown.',
    ]);
  });
});

test('relocated directories of makefs, which has no RE, are shown once', () => {
  const mount = mountIso(testImage('iso-makefs-rr').bytes());
  const moved = mount.lookup(mount.root, '.rr_moved');
  expect(moved === null ? null : listed(mount, moved)).toEqual([]);
});

test('El Torito boot images are facts', () => {
  const floppy = mountIso(testImage('iso-eltorito-floppy-xorriso').bytes()).info.facts;
  expect(floppy['Boot image 1']).toMatch(/^BIOS, 1\.44 MB floppy, 512 bytes loaded from sector \d+$/);
  const hybrid = mountIso(testImage('iso-hybrid-gpt-xorriso').bytes()).info.facts;
  expect(hybrid['Boot image 1']).toMatch(/^BIOS, no emulation, 2048 bytes loaded from sector \d+$/);
  expect(hybrid['Boot image 2']).toMatch(/^UEFI, no emulation, \d+ bytes loaded from sector \d+$/);
  expect(hybrid['Boot image 3']).toBeUndefined();
});

test('sizes are those of the volume', () => {
  const mount = mountIso(imageBytes('iso/zisofs-1'));
  expect(mount.statvfs()).toEqual({
    blockSize: 2048,
    totalBytes: 208 * 2048,
    freeBytes: 0,
    files: null,
    freeFiles: null,
    nameMax: 255,
  });
  expect(contentOf(mount, 'small.txt')).toEqual(latin1('small\n'));
});
