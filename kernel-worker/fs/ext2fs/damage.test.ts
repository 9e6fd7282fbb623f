import { describe, expect, test } from 'vitest';
import { type ExtImage, extImage, mountExt } from '../../../test/images/ext-images.ts';
import { mediumOf } from '../../../test/images/media.ts';
import { manifestOf } from '../../fsutils/manifest.ts';
import { u32le } from '../../rump/vfs/bytes.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';
import type { MountOptions } from '../../rump/vfs/vnode.ts';
import { blockRun } from './bmap.ts';
import { type Ext2Mount, inodeOffset, loadInode } from './ext2mount.ts';
import { plainMount } from './recovery.ts';
import { findSuperblock } from './superblock.ts';

/** Where things stand in an image. */
function placesIn(bytes: Uint8Array) {
  const device = mediumOf(bytes);
  const { superblock } = findSuperblock(device);
  const nothing = () => {};
  const fs: Ext2Mount = plainMount(device, superblock, {
    isBackup: false,
    noload: true,
    verify: true,
    notice: nothing,
    log: nothing,
  });
  return {
    inode: (ino: number) => inodeOffset(fs, ino),
    acl: (ino: number) => loadInode(fs, ino).fileAcl * superblock.blockSize,
    block: (ino: number, logical: number) => {
      const { physical } = blockRun(fs, loadInode(fs, ino), logical);
      if (physical === null) throw new Error('a hole');
      return physical * superblock.blockSize;
    },
  };
}

async function damagedImage(
  name: ExtImage,
  path: string,
  change: (bytes: Uint8Array, places: ReturnType<typeof placesIn>, ino: number) => void,
  options: MountOptions = {},
): Promise<Mount> {
  const bytes = extImage(name);
  const ino = namei(await mountExt(bytes), path, false).attr.fileid;
  change(bytes, placesIn(bytes), ino);
  return mountExt(bytes, options);
}

/** Paths and messages of all that fails. */
function failuresOf(mount: Mount): string[] {
  const { failures } = manifestOf(mount, { hash: true, part: null, mediumOffset: 0 });
  return failures.map((failure) => `${failure.errno} ${failure.path}: ${failure.message}`);
}

describe('a wrong checksum', () => {
  test('of an inode costs that inode', async () => {
    const mount = await damagedImage('ea-inode', '/a/size1025', (bytes, places, ino) => {
      bytes[places.inode(ino) + 0x10] ^= 1;
    });
    expect(failuresOf(mount)).toEqual([
      expect.stringMatching(/^EUCLEAN \/a\/size1025: the checksum of inode \d+ is wrong$/),
    ]);
    expect(namei(mount, '/a/size1024', true).attr.size).toBe(1024);
  });

  test('of an inode is not looked at with nochecksum', async () => {
    const change = (bytes: Uint8Array, places: ReturnType<typeof placesIn>, ino: number) => {
      bytes[places.inode(ino) + 0x10] ^= 1;
    };
    expect(failuresOf(await damagedImage('ea-inode', '/a/size1025', change, { nochecksum: '' }))).toEqual([]);
  });

  test('of the root directory is told, and the rest is read', async () => {
    const mount = await damagedImage('ea-inode', '/', (bytes, places) => {
      bytes[places.inode(2) + 0x10] ^= 1;
    });
    expect(mount.info.state.notices).toEqual(['The checksum of the root directory is wrong; it was used as it is.']);
    expect(failuresOf(mount)).toEqual([]);
  });

  test('of a directory block is told with its place, and the entries are listed', async () => {
    let place = 0;
    const mount = await damagedImage('ea-inode', '/names', (bytes, places, ino) => {
      place = places.block(ino, 0);
      bytes[place + 7] ^= 0x10;
    });
    const { failures, entries } = manifestOf(mount, { hash: false, part: null, mediumOffset: 0 });
    expect(failures).toMatchObject([
      { path: '/names', byteOffset: place + 1024 - 4, message: expect.stringContaining('a block of directory') },
    ]);
    expect(entries.filter((entry) => entry.path.startsWith('/names/')).length).toBe(8);
  });

  test('of a directory index is told, and costs no entry', async () => {
    const mount = await damagedImage(
      'orphan-file',
      '/dir',
      (bytes, places, ino) => {
        bytes[places.block(ino, 0) + 0x28] ^= 1;
      },
      { noload: '' },
    );
    const { failures, entries } = manifestOf(mount, { hash: false, part: null, mediumOffset: 0 });
    expect(failures).toMatchObject([{ path: '/dir', message: expect.stringContaining('an index block') }]);
    expect(entries.filter((entry) => entry.path.startsWith('/dir/')).length).toBeGreaterThanOrEqual(400);
  });

  test('of an extent block costs the content behind it', async () => {
    const mount = await damagedImage('ea-inode', '/a/sparsefrag', (bytes, places, ino) => {
      const leaf = u32le(bytes, places.inode(ino) + 0x28 + 16);
      bytes[leaf * 1024 + 12 + 4] ^= 1;
    });
    expect(failuresOf(mount)).toEqual([
      expect.stringMatching(/^EUCLEAN \/a\/sparsefrag: an extent block of inode \d+: wrong checksum$/),
    ]);
  });

  test('of an attribute block costs the attributes', async () => {
    const mount = await damagedImage('ea-inode', '/a/size1024', (bytes, places, ino) => {
      bytes[places.acl(ino) + 40] ^= 1;
    });
    expect(failuresOf(mount)).toEqual([
      expect.stringMatching(/^EUCLEAN \/a\/size1024: the attribute block of inode \d+: wrong checksum$/),
    ]);
  });

  test('of an attribute value in an inode of its own costs the attributes', async () => {
    const mount = await damagedImage('ea-inode', '/a/size4097', (bytes, places, ino) => {
      // The first entry behind the inode's fields (32 bytes behind the first 128) and the magic number; e_value_inum.
      const valueInode = u32le(bytes, places.inode(ino) + 128 + 32 + 4 + 4);
      bytes[places.block(valueInode, 0)] ^= 1;
    });
    expect(failuresOf(mount)).toEqual([
      expect.stringMatching(/^EUCLEAN \/a\/size4097: the value of attribute .* wrong checksum$/),
    ]);
  });
});

describe('without checksums', () => {
  /** Image 'backups' is an ext2 without any. */
  const change = (path: string, edit: Parameters<typeof damagedImage>[2]) => damagedImage('backups', path, edit);
  const setU32 = (bytes: Uint8Array, at: number, value: number) =>
    new DataView(bytes.buffer).setUint32(at, value, true);

  test('a block pointer outside of the file system costs the content', async () => {
    const mount = await change('/a/size20000', (bytes, places, ino) =>
      setU32(bytes, places.inode(ino) + 0x28, 0x7fffffff),
    );
    expect(failuresOf(mount)).toEqual([
      expect.stringMatching(/^EUCLEAN \/a\/size20000: inode \d+ points outside of the file system$/),
    ]);
  });

  test('a file larger than its map can be is an error on reading', async () => {
    const mount = await change('/a/size1024', (bytes, places, ino) => setU32(bytes, places.inode(ino) + 0x6c, 0x1000));
    const file = namei(mount, '/a/size1024', true);
    expect(file.attr.size).toBe(0x1000 * 2 ** 32 + 1024);
    expect(() => mount.read(file, 0, new Uint8Array(10))).toThrow(/^inode \d+ is larger than its block map$/);
  });

  test('an entry of no length ends its block, not the listing', async () => {
    const mount = await change('/many', (bytes, places, ino) => {
      const second = places.block(ino, 1);
      bytes.fill(0, second + 4, second + 6);
    });
    expect(failuresOf(mount)).toEqual([
      expect.stringMatching(/^EUCLEAN \/many: directory \d+ has an entry of an impossible length$/),
    ]);
    expect([...mount.readdir(namei(mount, '/many', true))].length).toBeGreaterThan(10);
  });

  test('an entry for a reserved inode, a free one and none at all cost these entries', async () => {
    for (const [ino, words] of [
      [7, 'names inode 7, which is reserved'],
      [300, 'inode 300 is empty'],
      [0x7fffffff, 'there is no inode 2147483647'],
    ] as const) {
      const mount = await change('/manydirs', (bytes, places, dir) => setU32(bytes, places.block(dir, 0) + 24, ino));
      expect(failuresOf(mount)).toEqual([expect.stringContaining(words)]);
    }
  });

  test('a directory that leads back to its parent is not entered twice', async () => {
    const mount = await change('/manydirs/dir3', (bytes, places, dir) => {
      const block = places.block(dir, 0);
      setU32(bytes, block + 24, 2);
    });
    expect(failuresOf(mount)).toEqual([expect.stringContaining('stands in the tree more than once')]);
  });

  test('a directory of 2 GiB of nothing is one failure', async () => {
    const mount = await change('/manydirs', (bytes, places, ino) => setU32(bytes, places.inode(ino) + 4, 0x80000000));
    expect(failuresOf(mount).length).toBeLessThan(6);
    expect(failuresOf(mount)[0]).toMatch(/has a hole of \d+ blocks$/);
    expect(namei(mount, '/manydirs/dir9/f', true).attr.size).toBe(3);
  });

  test('a symbolic link of an impossible length is an error', async () => {
    for (const size of [0, 0x7fffffff]) {
      const mount = await change('/a/link59', (bytes, places, ino) => setU32(bytes, places.inode(ino) + 4, size));
      expect(failuresOf(mount)).toEqual([expect.stringContaining('has an impossible length')]);
    }
  });
});
