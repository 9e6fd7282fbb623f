import { describe, expect, test } from 'vitest';
import { BLOCK, buildHfsPlus, type FileSpec, wrapped } from '../../../test/builders/hfsplus.ts';
import { built, listing, mountOf, utf8 } from '../../../test/builders/hfsplus-mounted.ts';

describe('what is left of damaged volumes', () => {
  const files: FileSpec[] = Array.from({ length: 100 }, (_, i) => ({
    id: 16 + i,
    parent: 2,
    name: `f${String(i).padStart(2, '0')}`,
  }));

  test('the alternate volume header serves with a notice, also in a wrapper', async () => {
    for (const image of [buildHfsPlus({ files }), wrapped(buildHfsPlus({ files }))]) {
      const header = image.length === 512 * BLOCK ? 1024 : image.length - 512 * BLOCK;
      image.fill(0, header, header + 512);
      const mount = await mountOf(image);
      expect(mount.info.state.notices).toEqual([
        'The volume header is damaged; its alternate at the end of the volume was used.',
      ]);
      expect(listing(mount)).toHaveLength(100);
    }
  });

  test('a leaf that is lost costs what was in it, and says so', async () => {
    const image = buildHfsPlus({ files });
    const view = new DataView(image.buffer);
    const catalog = view.getUint32(1024 + 272 + 16) * BLOCK;
    const whole = listing(await mountOf(image));
    image.fill(0xa5, catalog + 3 * 4096, catalog + 4 * 4096);
    const left = listing(await mountOf(image));
    expect(left.filter((line) => line.includes('node 3'))).toHaveLength(1);
    expect(left.length).toBeGreaterThan(whole.length / 2);
    expect(left.length).toBeLessThan(whole.length);
  });

  test('entries that the catalog lost are counted', async () => {
    const image = buildHfsPlus({ files });
    const text = Buffer.from(image.buffer);
    const root = text.indexOf(Buffer.from([0, 1, 0, 0, 0, 0, 0, 100]));
    text.writeUInt32BE(103, root + 4);
    const failures = listing(await mountOf(image)).filter((line) => line.startsWith(':'));
    expect(failures).toEqual([": 3 of the folder's entries are missing from the catalog"]);
  });

  test('without the record of the root folder its entries are found all the same', async () => {
    const image = buildHfsPlus({ files });
    const bytes = Buffer.from(image.buffer);
    const root = bytes.indexOf(Buffer.from([0, 1, 0, 0, 0, 0, 0, 100]));
    bytes.writeUInt16BE(9, root);
    const mount = await mountOf(image);
    expect(mount.info.state.notices).toEqual([
      'The record of the root folder is damaged; its entries were found without it.',
    ]);
    expect(listing(mount)).toHaveLength(100);
  });

  test('compressed files are not shown as empty ones where the attributes tree is lost', async () => {
    const spec: FileSpec = {
      id: 16,
      parent: 2,
      name: 'c',
      ownerFlags: 0x20,
      attributes: [{ name: 'x', value: utf8('y') }],
    };
    const image = buildHfsPlus({ files: [spec] });
    expect(listing(await built({ files: [spec] }))).toEqual(['c']);
    const view = new DataView(image.buffer);
    const tree = view.getUint32(1024 + 352 + 16) * BLOCK;
    image.fill(0, tree, tree + 4096);
    const mount = await mountOf(image);
    expect(mount.info.state.notices).toEqual([
      'The attributes tree cannot be read: extended attributes and compressed files are missing.',
    ]);
    expect(listing(mount)).toEqual([
      'c: a compressed file cannot be read without the attributes tree, which is missing',
    ]);
  });
});
