import { describe, expect, test } from 'vitest';
import { extImage, extManifest, mountExt } from '../../../test/images/ext-images.ts';
import { mediumOf } from '../../../test/images/media.ts';
import { crc32c } from '../../rump/lib/crc32c.ts';
import { badRangeBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { parseSuperblock } from './format.ts';
import { probe } from './probe.ts';
import { findSuperblock } from './superblock.ts';

const SUPERBLOCK = 1024;

function setU32(bytes: Uint8Array, at: number, value: number): void {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, value, true);
}

/** Changes a word of the first superblock and counts its checksum anew, so that only the field is wrong. */
function withField(bytes: Uint8Array, at: number, value: number): Uint8Array {
  setU32(bytes, SUPERBLOCK + at, value);
  setU32(bytes, SUPERBLOCK + 0x3fc, crc32c(~0, bytes, SUPERBLOCK, SUPERBLOCK + 0x3fc));
  return bytes;
}

describe('fields', () => {
  test('are read as mke2fs wrote them', () => {
    const sb = parseSuperblock(extImage('meta-bg').subarray(SUPERBLOCK, 2 * SUPERBLOCK), SUPERBLOCK);
    expect(sb).toMatchObject({
      blockSize: 1024,
      blocksCount: 6144,
      blocksPerGroup: 512,
      groupCount: 12,
      inodeSize: 256,
      descriptorSize: 64,
      firstInode: 11,
      checksumFits: true,
    });
    const clusters = extImage('bigalloc').subarray(SUPERBLOCK, 2 * SUPERBLOCK);
    expect(parseSuperblock(clusters, SUPERBLOCK)).toMatchObject({
      blockSize: 1024,
      clusterSize: 4096,
      firstDataBlock: 0,
    });
  });

  test.each([
    ['block size', 0x18, 7],
    ['blocks per group', 0x20, 0],
    ['blocks per group', 0x20, 0x7fffffff],
    ['inodes per group', 0x28, 0],
    ['inodes per group', 0x28, 8193],
    ['first data block', 0x14, 0x7fffffff],
    ['cluster size', 0x1c, 40],
  ])('an impossible %s (at 0x%x: %d) is named with its place', async (field, at, value) => {
    const bytes = withField(extImage('bigalloc'), at, value);
    await expect(mountExt(bytes)).rejects.toMatchObject({
      errno: 'EUCLEAN',
      message: `the superblock is damaged: ${field}`,
      byteOffset: SUPERBLOCK + at,
      found: value,
    });
  });

  test('more inodes than the groups can hold are not believed', async () => {
    const mount = await mountExt(withField(extImage('inline'), 0, 0x7fffffff));
    expect(mount.statvfs().files).toBe(296);
  });
});

describe('features', () => {
  test.each([
    [0x1, 'compression (e2compr)'],
    [0x8, 'journal_dev'],
    [0x1000, 'dirdata'],
    [0x40000000, 'an unknown feature (incompat 0x40000000)'],
  ])('incompat 0x%x is refused by name', async (bit, words) => {
    const image = extImage('inline');
    const incompat = parseSuperblock(image.subarray(SUPERBLOCK, 2 * SUPERBLOCK), SUPERBLOCK).incompat;
    await expect(mountExt(withField(image, 0x60, incompat | bit))).rejects.toMatchObject({
      errno: 'EOPNOTSUPP',
      message: expect.stringContaining(words),
    });
  });

  test('an unknown ro_compat feature is read over, and told', async () => {
    const image = extImage('inline');
    const roCompat = parseSuperblock(image.subarray(SUPERBLOCK, 2 * SUPERBLOCK), SUPERBLOCK).roCompat;
    const { info } = await mountExt(withField(image, 0x64, roCompat | 0x10000000));
    expect(info.state.notices).toEqual([
      'The file system has features that are not known (ro_compat 0x10000000); reading does not need them.',
    ]);
  });
});

describe('backups', () => {
  const paths = extManifest('backups').map((entry) => entry.path);

  test('of an erased superblock and its group descriptors are found by the probe and used', async () => {
    const bytes = extImage('backups').fill(0, 0, 4096);
    expect(probe(mediumOf(bytes))).toMatchObject({ fs: 'ext2fs', title: 'ext2', dirty: null, certainty: 1 });
    const mount = await mountExt(bytes);
    expect(mount.info.state.notices).toEqual([
      'The superblock is damaged; the copy in block group 1 was used.',
      'A group descriptor is damaged; its copy was used.',
    ]);
    const names = [...mount.readdir(mount.root)].map((item) => ('name' in item ? `/${item.name}` : item));
    expect(names.sort()).toEqual(paths.filter((path) => path.lastIndexOf('/') === 0).sort());
  });

  test('are used where the superblock cannot be read', async () => {
    const blocks = badRangeBlocks(memoryBlocks(extImage('backups')), SUPERBLOCK, 512);
    const { info } = await mountExt(blocks);
    expect(info.state.notices).toEqual(['The superblock cannot be read; the copy in block group 1 was used.']);
  });

  test('stand where a damaged superblock with groups of another size says', () => {
    const bytes = extImage('meta-bg');
    bytes[SUPERBLOCK + 0x3fc] ^= 1;
    const found = findSuperblock(mediumOf(bytes));
    expect(found.superblock.blockGroupNumber).toBe(1);
    expect(found.superblock.byteOffset).toBe((1 + 512) * 1024);
  });

  test('where there are none, a superblock of which only the checksum is wrong is used with a notice', async () => {
    const bytes = extImage('inline');
    bytes[SUPERBLOCK + 0x3fc] ^= 1;
    expect((await mountExt(bytes)).info.state.notices).toEqual([
      'The checksum of the superblock is wrong, and no copy of it was found; it was used as it is.',
    ]);
  });

  test('that stand elsewhere than they say are not believed', () => {
    const bytes = new Uint8Array(24 * 1024 * 1024);
    bytes.set(extImage('backups').subarray(8193 * 1024, 8194 * 1024), 16385 * 1024 + 1024);
    expect(probe(mediumOf(bytes))).toBe(null);
  });
});

describe('group descriptors', () => {
  test('with a wrong crc32c or crc16 and no copy are used as they are, with a notice', async () => {
    for (const name of ['inline', 'uninit-bg'] as const) {
      const bytes = extImage(name);
      bytes[2048 + 0x1e] ^= 1;
      const { info } = await mountExt(bytes);
      expect(info.state.notices).toEqual([
        'The checksum of a group descriptor is wrong, and no good copy of it was found; it was used as it is.',
      ]);
    }
  });

  test('of a meta group are taken from its second group where those of the first are lost', async () => {
    const bytes = extImage('meta-bg').fill(0, 2048, 3072);
    const mount = await mountExt(bytes);
    expect(mount.info.state.notices).toEqual(['A group descriptor is damaged; its copy was used.']);
    expect([...mount.readdir(mount.root)].length).toBe(5);
  });

  test('that point outside of the file system, without a copy, are an error with the place', async () => {
    const bytes = extImage('uninit-bg');
    setU32(bytes, 2048 + 8, 0xffffffff);
    await expect(mountExt(bytes)).rejects.toMatchObject({
      errno: 'EUCLEAN',
      message: 'the descriptor of block group 0 is damaged',
      byteOffset: 2048,
    });
  });
});

test('a medium that ends before the file system does is read as far as it goes', async () => {
  const { info } = await mountExt(extImage('inline').subarray(0, 3_000_000));
  expect(info.state.notices).toEqual([
    'The file system is larger than the medium; what lies behind the end cannot be read.',
  ]);
});
