/** Damaged and unusual volumes: what still can be read is read, the rest is told with its place. Images from test/builders/udf.ts. */

import { describe, expect, test } from 'vitest';
import { UdfBuilder } from '../../../test/builders/udf.ts';
import {
  allocationExtent,
  compressed,
  fileEntry,
  indirectEntry,
  longAd,
  shortAd,
  zeros,
} from '../../../test/builders/udf-descriptors.ts';
import { contentOf, differences, mountImage, udfKernel } from '../../../test/builders/udf-mounted.ts';
import { buildSample, type Sample } from '../../../test/builders/udf-sample.ts';
import { anchor, integrity } from '../../../test/builders/udf-volume.ts';
import { KernelError } from '../../rump/errno.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';

const B = 2048;
const plain = () => buildSample({ layout: 'plain' });
const wipe = (image: Buffer, block: number, count = 1) => image.fill(0, block * B, (block + count) * B);
const failuresIn = (mount: Mount, path: string) =>
  [...mount.readdir(namei(mount, path, false))].filter((item) => item instanceof KernelError);

/** Block of the partition where the entry of a file stands. */
function entryBlock(sample: Sample, path: string): number {
  return sample.icbs.get(path)?.readUInt32LE(4) ?? -1;
}

describe('anchors', () => {
  const last = plain().image.length / B - 1;
  const places: Array<[name: string, block: number]> = [
    ['the last block', last],
    ['256 blocks before the last', last - 256],
    ['block 512, as on media that are not closed', 512],
    ['the last block before a track gap of 150', last - 150],
    ['256 blocks before a run-out of two', last - 2 - 256],
  ];

  test.each(places)('one is found at %s', async (_name, block) => {
    const { image, files } = plain();
    // What stood there is content of files, which is not compared here.
    wipe(image, 256);
    wipe(image, last);
    anchor(block, 16 * B, 128, 144).copy(image, block * B);
    const mount = await mountImage(image);
    expect(mount.info.facts['Anchor block']).toBe(block);
    expect(differences(mount, files).filter((line) => line.endsWith('is missing'))).toEqual([]);
  });

  test('none is none, and the option names another place', async () => {
    const { image } = plain();
    wipe(image, 256);
    wipe(image, last);
    await expect(mountImage(image)).rejects.toThrow('there is no anchor volume descriptor pointer');
    anchor(270, 16 * B, 128, 144).copy(image, 270 * B);
    expect((await mountImage(image, { anchor: '270' })).info.label).toBe('Sample');
    await expect(mountImage(image, { anchor: '270', bs: '512' })).rejects.toThrow('there is no anchor');
  });

  test('one that claims another place than its own is passed over', async () => {
    const { image } = plain();
    anchor(257, 16 * B, 1, 1).copy(image, 256 * B);
    expect((await mountImage(image)).info.facts['Anchor block']).toBe(last);
  });
});

describe('volume descriptors', () => {
  test('the reserve sequence serves where the main one is damaged', async () => {
    const { image, files } = plain();
    image.fill(0xaa, 130 * B, 131 * B);
    const mount = await mountImage(image);
    expect(mount.info.state.notices).toEqual(['The main volume descriptors are damaged; the reserve ones were used.']);
    expect(differences(mount, files)).toEqual([]);
  });

  test('a volume that was not closed is dirty', async () => {
    const { image } = plain();
    const open = { closed: false, partitions: [{ free: 1, size: 1024 }], revision: 0x201, nextUniqueId: 99 };
    integrity(160, open).copy(image, 160 * B);
    const mount = await mountImage(image);
    expect(mount.info.state.dirty).toBe(true);
    expect(mount.info.facts.Integrity).toBe('open');
    expect(mount.statvfs().freeBytes).toBeNull();
    expect(udfKernel(memoryBlocks(image)).probe(null)[0].dirty).toBe(true);
  });

  test('a revision that asks for newer readers is refused by name', async () => {
    const { image } = plain();
    const newer = { closed: true, partitions: [{ free: 1, size: 1024 }], revision: 0x201, nextUniqueId: 99 };
    const descriptor = integrity(160, newer);
    // The revision that a reader needs stands behind two tables of one partition, a regid and two counts.
    descriptor.writeUInt16LE(0x0300, 80 + 8 + 40);
    descriptor.writeUInt16LE(0, 10);
    descriptor.writeUInt8(0, 4);
    descriptor.writeUInt8([...descriptor.subarray(0, 16)].reduce((sum, byte) => sum + byte, 0) & 0xff, 4);
    descriptor.copy(image, 160 * B);
    await expect(mountImage(image)).rejects.toMatchObject({ kind: 'unsupported', message: 'UDF 3.00' });
  });

  test('the probe tells label, identifier and state', () => {
    const { image } = plain();
    expect(udfKernel(memoryBlocks(image)).probe(null)).toEqual([
      { fs: 'udf', title: 'UDF 2.01', label: 'Sample', uuid: '0123456789abcdef', dirty: false, certainty: 3 },
    ]);
    expect(udfKernel(memoryBlocks(new Uint8Array(3_000_000))).probe(null)).toEqual([]);
  });
});

describe('file entries', () => {
  test('a damaged one costs that file alone', async () => {
    const sample = plain();
    const at = sample.builder.partitionByte(entryBlock(sample, '/long.bin'));
    sample.image[at + 60] ^= 1;
    const lines = differences(await mountImage(sample.image), sample.files);
    expect(lines).toEqual(['/long.bin: a file entry has a wrong CRC', '/long.bin: is missing']);
  });

  test('one that says that it stands elsewhere is damaged', async () => {
    const sample = plain();
    const block = entryBlock(sample, '/long.bin');
    const entry = { fileType: 5, allocation: 3, size: 0, body: zeros(0), blocksRecorded: 0 };
    fileEntry(block + 7, entry).copy(sample.image, sample.builder.partitionByte(block));
    const mount = await mountImage(sample.image);
    expect(() => namei(mount, '/long.bin', false)).toThrow(`says that it stands at block ${block + 7}, not ${block}`);
  });

  test('attributes longer than the block, unknown types, strategies and kinds of descriptors are told', async () => {
    const sample = plain();
    const block = entryBlock(sample, '/long.bin');
    const base = { fileType: 5, allocation: 3, size: 0, body: zeros(0), blocksRecorded: 0 };
    const put = (bytes: Buffer) => bytes.copy(sample.image, sample.builder.partitionByte(block));
    const found = async () => namei(await mountImage(sample.image), '/long.bin', false);
    put(fileEntry(block, { ...base, body: zeros(B) }).subarray(0, B));
    await expect(found()).rejects.toThrow('CRC covers more than the descriptor');
    put(fileEntry(block, { ...base, fileType: 77 }));
    await expect(found()).rejects.toThrow('a file entry is of an unknown type');
    put(fileEntry(block, { ...base, strategy: 5 }));
    await expect(found()).rejects.toMatchObject({ kind: 'unsupported', message: 'ICB strategy 5' });
    put(fileEntry(block, { ...base, allocation: 6, size: 10 }));
    const mount = await mountImage(sample.image);
    const vnode = namei(mount, '/long.bin', false);
    expect(() => contentOf(mount, vnode)).toThrow('an unknown kind of allocation descriptors');
  });

  test('content past the extents, the partition or the embedded bytes is an error and no zeros', async () => {
    const sample = plain();
    const block = entryBlock(sample, '/long.bin');
    const base = { fileType: 5, allocation: 0, size: 3 * B, body: shortAd(B, 1), blocksRecorded: 1 };
    const put = (bytes: Buffer) => bytes.copy(sample.image, sample.builder.partitionByte(block));
    const read = async () => {
      const mount = await mountImage(sample.image);
      contentOf(mount, namei(mount, '/long.bin', false));
    };
    put(fileEntry(block, base));
    await expect(read()).rejects.toThrow('a file is longer than its extents');
    put(fileEntry(block, { ...base, size: B, body: shortAd(B, 1024) }));
    await expect(read()).rejects.toThrow('an address lies behind the end of its partition');
    put(fileEntry(block, { ...base, allocation: 1, size: B, body: longAd(B, { block: 1, partition: 9 }) }));
    await expect(read()).rejects.toThrow('an address names a partition that the volume does not have');
    put(fileEntry(block, { ...base, allocation: 3, size: 9, body: Buffer.from('123') }));
    await expect(read()).rejects.toThrow('a file is longer than its content');
  });

  test("a file that was appended to within its last block goes on to that block's end, as Linux leaves it", async () => {
    const sample = plain();
    const block = entryBlock(sample, '/long.bin');
    const entry = { fileType: 5, allocation: 0, size: B + 20, body: shortAd(B + 10, 900), blocksRecorded: 2 };
    fileEntry(block, entry).copy(sample.image, sample.builder.partitionByte(block));
    sample.image.fill('y', sample.builder.partitionByte(901), sample.builder.partitionByte(902));
    const mount = await mountImage(sample.image);
    expect(contentOf(mount, namei(mount, '/long.bin', false)).toString('latin1', B)).toBe('y'.repeat(20));
  });

  test('allocation descriptors that run in a circle end', async () => {
    const sample = plain();
    const block = entryBlock(sample, '/long.bin');
    const circle = longAd(B, { block: block + 1, partition: 0 }, 3);
    const entry = { fileType: 5, allocation: 1, size: 2 ** 40, body: circle, blocksRecorded: 1 };
    fileEntry(block, entry).copy(sample.image, sample.builder.partitionByte(block));
    allocationExtent(block + 1, circle).copy(sample.image, sample.builder.partitionByte(block + 1));
    const mount = await mountImage(sample.image);
    const vnode = namei(mount, '/long.bin', false);
    expect(() => mount.read(vnode, 0, new Uint8Array(10))).toThrow('run in a circle');
  });

  test('a chain of rewritten entries that runs in a circle ends', async () => {
    const sample = buildSample({ layout: 'plain', strategy: 4096 });
    const block = entryBlock(sample, '/hello.txt');
    const self = indirectEntry(block + 1, longAd(2 * B, { block, partition: 0 }));
    self.copy(sample.image, sample.builder.partitionByte(block + 1));
    const mount = await mountImage(sample.image);
    expect(() => namei(mount, '/hello.txt', false)).toThrow('a file was rewritten more often than can be');
  });

  test('symbolic links that are cut off or have unknown components are listed, and reading them tells why', async () => {
    const builder = new UdfBuilder({ layout: 'plain' });
    const root = builder.reserve();
    const link = (content: Buffer) => builder.file({ fileType: 12, content });
    builder.directory(root, root, [
      { name: 'cut', icb: link(Buffer.from([5, 9, 0, 0, 8, 0x61])) },
      { name: 'unknown', icb: link(Buffer.from([77, 0, 0, 0])) },
    ]);
    const mount = await mountImage(builder.finish(root, 'Links'));
    expect(() => mount.readlink(namei(mount, '/cut', false))).toThrow('a component of a symbolic link is cut off');
    expect(() => mount.readlink(namei(mount, '/unknown', false))).toThrow('a component that cannot be read');
  });
});

describe('directories', () => {
  test('behind a damaged entry the next ones are read', async () => {
    const sample = plain();
    const at = sample.image.indexOf(compressed('entry 7 with a name that makes the directory longer than a block'));
    sample.image[at + 3] ^= 0xff;
    const mount = await mountImage(sample.image);
    expect(failuresIn(mount, '/sub').map((failure) => (failure as KernelError).message)).toEqual([
      'a directory entry has a wrong CRC',
    ]);
    const lines = differences(mount, sample.files).filter((line) => line.endsWith('is missing'));
    expect(lines).toEqual(['/sub/entry 7 with a name that makes the directory longer than a block: is missing']);
  });

  test('a block of it that was overwritten costs the entries in it', async () => {
    const sample = plain();
    const at = sample.image.indexOf(compressed('entry 30 with a name that makes the directory longer than a block'));
    wipe(sample.image, Math.floor(at / B));
    const mount = await mountImage(sample.image);
    expect(failuresIn(mount, '/sub')).toHaveLength(1);
    const missing = differences(mount, sample.files).filter((line) => line.endsWith('is missing'));
    expect(missing.length).toBeGreaterThan(10);
    expect(missing.length).toBeLessThan(25);
  });

  test('one that claims to be larger than its extents gives what is there', async () => {
    const sample = plain();
    const block = entryBlock(sample, '/sub');
    const at = sample.builder.partitionByte(block);
    const bytes = sample.image.subarray(at, at + B);
    const size = Number(bytes.readBigUInt64LE(56));
    const body = Buffer.from(bytes.subarray(216 + bytes.readUInt32LE(208), 216 + bytes.readUInt32LE(212)));
    const entry = { fileType: 4, allocation: 1, size: size + 2 ** 31, body, blocksRecorded: 4, extended: true };
    fileEntry(block, entry).copy(sample.image, at);
    const mount = await mountImage(sample.image);
    expect(failuresIn(mount, '/sub').map((failure) => (failure as KernelError).message)).toEqual([
      // The rest of the last block.
      'a directory entry is not where it should be',
      'a directory is larger than what is recorded of it',
    ]);
    expect([...mount.readdir(namei(mount, '/sub', false))]).toHaveLength(63);
  });

  test('entries without a name or without a file are told, others are listed', async () => {
    const builder = new UdfBuilder({ layout: 'plain' });
    const root = builder.reserve();
    const icb = builder.file({ content: Buffer.from('x') });
    builder.directory(root, root, [
      { name: Buffer.from([8]), icb },
      { name: Buffer.from([3, 0x61]), icb },
      { name: 'nowhere', icb: longAd(0, { block: 0, partition: 0 }) },
      { name: 'a/b', icb },
      { name: 'good', icb },
    ]);
    const mount = await mountImage(builder.finish(root, 'Names'));
    const shown = [...mount.readdir(mount.root)].map((item) =>
      item instanceof KernelError ? item.message : item.name,
    );
    expect(shown).toEqual([
      'a directory entry has no name that can be read',
      'a directory entry has no name that can be read',
      'the directory entry "nowhere" leads nowhere',
      'a_b#F667',
      'good',
    ]);
  });
});
