/** Every layout of partitions, read back file by file from images that test/builders/udf.ts builds from the specification. */

import { describe, expect, test } from 'vitest';
import { UdfBuilder, type UdfOptions } from '../../../test/builders/udf.ts';
import { differences, mountBlocks, mountImage } from '../../../test/builders/udf-mounted.ts';
import { buildSample, pattern } from '../../../test/builders/udf-sample.ts';
import { KernelError } from '../../rump/errno.ts';
import { fts } from '../../rump/vfs/fts.ts';
import { namei } from '../../rump/vfs/namei.ts';
import { formatTimespec } from '../../rump/vfs/time.ts';
import { badRangeBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';

const LAYOUTS: Array<[name: string, options: UdfOptions]> = [
  ['one physical partition, UDF 1.02', { layout: 'plain', revision: 0x102 }],
  ['blocks of 512 bytes', { layout: 'plain', blockSize: 512 }],
  ['blocks of 1024 bytes', { layout: 'plain', blockSize: 1024 }],
  ['blocks of 4096 bytes', { layout: 'plain', blockSize: 4096 }],
  ['no volume recognition sequence', { layout: 'plain', withoutRecognition: true }],
  ['ICB strategy 4096', { layout: 'plain', strategy: 4096 }],
  ['metadata partition with a mirror', { layout: 'metadata', revision: 0x250 }],
  ['metadata partition in blocks of 512 bytes', { layout: 'metadata', revision: 0x260, blockSize: 512 }],
  ['metadata partition whose mirror shares its blocks', { layout: 'metadata-shared', revision: 0x250 }],
  ['virtual allocation table of UDF 1.50', { layout: 'vat150', revision: 0x150 }],
  [
    'virtual allocation table of UDF 1.50 with ICB strategy 4096',
    { layout: 'vat150', revision: 0x150, strategy: 4096 },
  ],
  ['virtual allocation table of UDF 2.00', { layout: 'vat200', revision: 0x200 }],
  ['virtual allocation table in an extent of its own', { layout: 'vat200', revision: 0x201, blockSize: 512 }],
  ['write-once image with padding', { layout: 'vat200', revision: 0x260, paddingBytes: 1_234_567 }],
  ['sparable partition with a replaced packet', { layout: 'sparable', revision: 0x150 }],
  ['sparable partition whose second table is the newer one', { layout: 'sparable', olderTableFirst: true }],
];

test.each(LAYOUTS)('reads %s', async (_name, options) => {
  const { image, files } = buildSample(options);
  const before = Buffer.from(image);
  const mount = await mountImage(image);
  expect(differences(mount, files)).toEqual([]);
  expect(mount.info.state).toEqual({ dirty: false, errors: false, notices: [] });
  expect(mount.info.label).toBe('Sample');
  expect(mount.info.uuid).toBe('0123456789abcdef');
  expect(image.equals(before)).toBe(true);
});

describe('what is recorded of files', () => {
  const sample = buildSample({ layout: 'plain' });

  test('attributes, owners, times and link counts', async () => {
    const mount = await mountImage(sample.image);
    const { attr } = namei(mount, '/hello.txt', false);
    expect(attr).toMatchObject({ mode: 0o644, uid: 1000, gid: 100, nlink: 2, allocatedBytes: 0 });
    for (const time of [attr.mtime, attr.atime, attr.ctime, attr.birthtime])
      expect(time && formatTimespec(time)).toBe('2024-02-29T10:34:56.789012Z');
    expect(namei(mount, '/sub/hard', false).attr.fileid).toBe(attr.fileid);
    expect(namei(mount, '/sub', false).attr.mode).toBe(0o755);
    expect(namei(mount, '/null', false).attr.rdev).toEqual({ major: 1, minor: 3 });
    expect(namei(mount, '/loop', false).attr.rdev).toEqual({ major: 7, minor: 300 });
    expect(namei(mount, '/long.bin', false).attr.allocatedBytes).toBe(8 * 2048);
  });

  test('hidden names are listed as hidden, under the file id that the file has', async () => {
    const mount = await mountImage(sample.image);
    const { attr } = namei(mount, '/hidden', false);
    expect(attr.dosAttributes).toBe(0x02);
    expect(attr.fileid).toBeLessThan(2 ** 32);
  });

  test('named streams and the attributes of Macintosh and OS/2 as extended attributes', async () => {
    const mount = await mountImage(sample.image);
    const streams = namei(mount, '/streams', false);
    expect(mount.listextattr(streams)).toEqual([
      { name: 'user.comment', size: 9 },
      { name: 'com.apple.ResourceFork', size: 2 * 2048 + 3 },
    ]);
    const fork = Buffer.alloc(5000);
    expect(mount.readextattr(streams, 'com.apple.ResourceFork', 10, fork)).toBe(2 * 2048 + 3 - 10);
    expect(fork.subarray(0, 4089).equals(pattern(7, 2 * 2048 + 3).subarray(10))).toBe(true);
    expect(() => mount.readextattr(streams, 'user.none', 0, fork)).toThrow('no attribute "user.none"');
    const attributes = namei(mount, '/attributes', false);
    expect(mount.listextattr(attributes).map(({ name }) => name)).toEqual(['com.apple.FinderInfo', 'user..SUBJECT']);
    expect(mount.readextattr(attributes, 'user..SUBJECT', 0, fork)).toBe(5);
    expect(fork.toString('latin1', 0, 5)).toBe('value');
    expect(mount.properties(namei(mount, '/real-time.bin', false))).toMatchObject({ 'Real-time file': true });
  });

  test('the creation time of a plain file entry comes from its extended attribute', async () => {
    const { image } = buildSample({ layout: 'plain', revision: 0x102 });
    const mount = await mountImage(image);
    const time = namei(mount, '/attributes', false).attr.birthtime;
    expect(time && formatTimespec(time)).toBe('2024-02-29T10:34:56.789012Z');
    expect(namei(mount, '/hello.txt', false).attr.birthtime).toBeNull();
  });

  test('reads at any offset give what the whole file has there', async () => {
    const mount = await mountImage(sample.image);
    for (const { path, content } of sample.files.filter((file) => file.path.endsWith('.bin'))) {
      const vnode = namei(mount, path, false);
      for (const offset of [1, 2047, 2048, 4095, 4097, 6000]) {
        const part = Buffer.alloc(3000);
        const count = mount.read(vnode, offset, part);
        expect(part.subarray(0, count).equals(content?.subarray(offset, offset + 3000) ?? Buffer.alloc(0))).toBe(true);
      }
    }
  });

  test('space and counts', async () => {
    const mount = await mountImage(sample.image);
    expect(mount.statvfs()).toMatchObject({ totalBytes: 1024 * 2048, freeBytes: 700 * 2048, files: 14 });
    expect(mount.info.facts).toMatchObject({ Revision: '2.01', Integrity: 'closed', Application: '*Airlock tests' });
  });
});

test('tells the streams of the volume and the free blocks of its metadata partition', async () => {
  const builder = new UdfBuilder({ layout: 'metadata', revision: 0x250 });
  const root = builder.reserve();
  builder.directory(root, root, []);
  const mount = await mountImage(builder.finish(root, 'Streams', { '*UDF Backup': Buffer.from('2024') }));
  expect(mount.info.facts).toMatchObject({
    Partitions: 'physical, metadata',
    'System streams': '*UDF Backup',
    // Of 192: the root, the stream directory, the stream, the file set.
    'Free metadata blocks': 188,
  });
  expect([...mount.readdir(mount.root)]).toEqual([]);
});

test.each([512, 1024, 2048, 4096])(
  'reads blocks of 512 and 4096 bytes on a medium with sectors of %i',
  async (size) => {
    for (const blockSize of [512, 4096] as const) {
      const { image, files } = buildSample({ layout: 'plain', blockSize });
      expect(differences(await mountBlocks(memoryBlocks(image, size)), files)).toEqual([]);
    }
  },
);

describe('metadata partitions that are damaged', () => {
  const build = () => buildSample({ layout: 'metadata', revision: 0x250 });

  test('the mirror file serves where the metadata file has no entry', async () => {
    const { image, files, builder } = build();
    image.fill(0, builder.partitionByte(0), builder.partitionByte(1));
    const mount = await mountImage(image);
    expect(mount.info.state.notices).toEqual(['The metadata file is damaged; its mirror was used.']);
    expect(differences(mount, files)).toEqual([]);
  });

  test("the mirror's copy serves where a file entry is damaged", async () => {
    const { image, files, builder, icbs } = build();
    const block = icbs.get('/hello.txt')?.readUInt32LE(4) ?? 0;
    const [copy] = builder.metadataBytes(block);
    image.fill(0xff, copy, copy + 2048);
    expect(differences(await mountImage(image), files)).toEqual([]);
  });

  test("the mirror's copy serves where a directory's block cannot be read", async () => {
    const { image, files, builder } = build();
    const [copy] = builder.metadataBytes(20);
    const mount = await mountBlocks(badRangeBlocks(memoryBlocks(image), copy, 80 * 2048));
    expect(differences(mount, files)).toEqual([]);
  });

  test('a volume without either file is refused with the place', async () => {
    const { image, builder } = build();
    image.fill(0, builder.partitionByte(0), builder.partitionByte(1));
    image.fill(0, builder.partitionByte(1023), builder.partitionByte(1024));
    await expect(mountImage(image)).rejects.toMatchObject({ errno: 'EUCLEAN', byteOffset: builder.partitionByte(0) });
  });
});

describe('write-once media', () => {
  test('a medium whose table is gone is refused', async () => {
    const { image } = buildSample({ layout: 'vat200' });
    image.fill(0, image.length - 2048);
    await expect(mountImage(image)).rejects.toThrow('no virtual allocation table was found at the end of the medium');
  });

  test('the table is found behind blocks that cannot be read', async () => {
    const { image, files } = buildSample({ layout: 'vat150', revision: 0x150, paddingBytes: 100 * 2048 });
    const blocks = badRangeBlocks(memoryBlocks(image), image.length - 100 * 2048, 100 * 2048);
    const mount = await mountBlocks(blocks);
    expect(differences(mount, files)).toEqual([]);
    expect(mount.info.state.notices).toEqual([
      'Blocks behind the allocation table cannot be read: what was written last may be missing.',
    ]);
  });

  test('blocks behind the table tell of a session that was not closed', async () => {
    const { image, files } = buildSample({ layout: 'vat200', paddingBytes: 8 * 2048 });
    image[image.length - 4096] = 1;
    const mount = await mountImage(image);
    expect(differences(mount, files)).toEqual([]);
    expect(mount.info.state).toEqual({
      dirty: true,
      errors: false,
      notices: ['Blocks were written behind the allocation table: what was written last is missing.'],
    });
  });

  test('the table is found where the image goes on for many times its length', async () => {
    const { image, files } = buildSample({ layout: 'vat200' });
    const sizeBytes = 5_000_000_000;
    const blocks = { ...memoryBlocks(image), sizeBytes, pread: sparse(image) };
    expect(differences(await mountBlocks(blocks), files)).toEqual([]);
  });

  test('the option lastblock takes an older table', async () => {
    const { image } = buildSample({ layout: 'vat200' });
    const longer = Buffer.concat([image, image.subarray(image.length - 2048)]);
    const last = image.length / 2048 - 1;
    const mount = await mountImage(longer, { lastblock: String(last) });
    expect(mount.info.facts['Allocation table block']).toBe(last);
    await expect(mountImage(longer, { lastblock: 'x' })).rejects.toThrow('takes a block number');
  });
});

/** The image, and zeros behind it. */
function sparse(image: Buffer) {
  return (into: Uint8Array, byteOffset: number): number => {
    into.fill(0);
    into.set(image.subarray(byteOffset, byteOffset + into.length));
    return into.length;
  };
}

describe('sparable partitions', () => {
  test('without a table the old content shows, and a notice says so', async () => {
    const { image } = buildSample({ layout: 'sparable' });
    image.fill(0, 168 * 2048, 170 * 2048);
    const mount = await mountImage(image);
    expect(mount.info.state.notices).toEqual([
      'No sparing table can be read: blocks that were replaced read as their old content.',
    ]);
    const failures = [...fts(mount, mount.root)].filter(({ failure }) => failure instanceof KernelError);
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.every(({ failure }) => failure?.errno === 'EUCLEAN')).toBe(true);
  });
});
