import { describe, expect, test } from 'vitest';
import { EXT_IMAGES, type ExtImage, extImage, extManifest, mountExt } from '../../../test/images/ext-images.ts';
import type { ReferenceEntry } from '../../../test/images/library.ts';
import { type ManifestEntry, manifestOf } from '../../fsutils/manifest.ts';
import { KernelError } from '../../rump/errno.ts';
import { Kernel } from '../../rump/kernel.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';
import { faultyBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { REGISTERED_DRIVERS } from '../registry.ts';

function manifest(mount: Mount) {
  return manifestOf(mount, { hash: true, part: null, mediumOffset: 0 });
}

/** What is compared. Linux reports a link count and size of directories, and opens no encrypted file. */
function comparable(entry: ManifestEntry | ReferenceEntry, withDirectoryTimes: boolean, withContent: boolean) {
  const isDir = entry.type === 'dir';
  const isSized = entry.type === 'file' || entry.type === 'symlink';
  return {
    type: entry.type,
    mode: entry.mode,
    mtime: isDir && !withDirectoryTimes ? null : entry.mtime,
    nlink: isDir ? null : entry.nlink,
    size: isSized ? entry.size : null,
    uid: entry.uid,
    gid: entry.gid,
    rdev: entry.rdev,
    target: entry.target,
    xattrs: entry.xattrs,
    sha256: withContent ? entry.sha256 : undefined,
  };
}

function byPath(entries: Array<ManifestEntry | ReferenceEntry>, name: ExtImage): Map<string, unknown> {
  // A fast commit does not log the times of directories: the kernel would set them when it replays.
  const withDirectoryTimes = name !== 'fast-commit';
  const unreadable = new Set(
    extManifest(name)
      .filter((entry) => entry.read_error !== undefined)
      .map((entry) => entry.path),
  );
  return new Map(
    entries.map((entry) => [
      entry.path_b64 ?? entry.path,
      comparable(entry, withDirectoryTimes, !unreadable.has(entry.path)),
    ]),
  );
}

describe.each([...EXT_IMAGES])('%s', (name) => {
  test('is read as the independent reader reads it', async () => {
    const { entries, failures } = manifest(await mountExt(extImage(name)));
    const reference = extManifest(name);
    expect(reference.length).toBeGreaterThan(5);
    expect(byPath(entries, name)).toEqual(byPath(reference, name));
    const expected = name === 'encrypt-casefold' ? ['EOPNOTSUPP'] : [];
    expect([...new Set(failures.map((failure) => failure.errno))]).toEqual(expected);
  });

  test('is told apart from other file systems by its probe', () => {
    const kernel = new Kernel(memoryBlocks(extImage(name)), { drivers: REGISTERED_DRIVERS });
    expect(kernel.probe(null)[0]).toMatchObject({ fs: 'ext2fs', dirty: /journal|orphan|fast/.test(name) });
  });

  test('meets a failing read with an error, and invents nothing', async () => {
    const paths = new Set(extManifest(name).map((entry) => entry.path));
    const bytes = extImage(name);
    for (let failing = 1; failing <= 60; failing++) {
      const blocks = faultyBlocks(memoryBlocks(bytes), failing);
      try {
        const mount = await mountExt(blocks);
        const { entries, failures } = manifestOf(mount, { hash: false, part: null, mediumOffset: 0 });
        for (const { path } of entries) expect(paths).toContain(path);
        if (entries.length < paths.size) expect(failures.length + mount.info.state.notices.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(KernelError);
        expect(error).toMatchObject({ errno: 'EIO' });
      }
      if (blocks.reads < failing) break;
    }
  });
});

describe('lookup', () => {
  test('ignores case in directories with the flag, as Unicode folds it, and nowhere else', async () => {
    const mount = await mountExt(extImage('encrypt-casefold'));
    const found = ['camelcase', 'STRASSE.TXT', 'ärger', 'A\u0308RGER', 'FILIGREE', 'i\u0307stanbul', 'SUB'];
    for (const name of found) expect(namei(mount, `/fold/${name}`, true).attr.type).toBe('file');
    expect(() => namei(mount, '/fold/istanbul', true)).toThrow('no such file');
    expect(() => namei(mount, '/FOLD', true)).toThrow('no such file');
    expect(namei(mount, '/foldbig/file NUMBER 77', true).attr.size).toBe(0);
  });

  test('finds every name of a hashed directory', async () => {
    const mount = await mountExt(extImage('orphan-file'));
    const dir = namei(mount, '/dir', true);
    const names = extManifest('orphan-file').filter((entry) => entry.path.startsWith('/dir/'));
    expect(names.length).toBe(400);
    for (const { path, size } of names) expect(mount.lookup(dir, path.slice(5))?.attr.size).toBe(size);
  });
});

describe('notices', () => {
  test.each(['orphan-file', 'orphan-list'] as const)('%s: tells how many deleted files were open', async (name) => {
    const { state } = (await mountExt(extImage(name))).info;
    expect(state.notices).toContain(
      'Files that were deleted or shortened while in use, and have no name any more: 20.',
    );
    expect(state).toMatchObject({ dirty: true, errors: false });
  });

  test('a clean file system has none', async () => {
    const { info } = await mountExt(extImage('inline'));
    expect(info.state).toEqual({ dirty: false, errors: false, notices: [] });
    expect(info.facts.Features).toContain('inline_data');
    expect(info).toMatchObject({ fs: 'ext2fs', title: 'ext4', label: null, nameEncoding: 'bytes' });
  });
});

test('encrypted content is refused by name, and encrypted files are shown as such', async () => {
  const mount = await mountExt(extImage('encrypt-casefold'));
  const { failures } = manifest(mount);
  expect(failures[0].message).toContain('encrypted (fscrypt)');
  const file = [...mount.readdir(namei(mount, '/enc', true))].find(
    (item) => !(item instanceof KernelError) && item.type === 'file',
  );
  if (file === undefined || file instanceof KernelError) throw new Error('no encrypted file');
  expect(mount.properties(mount.vnodeOf(file))).toMatchObject({ Encrypted: true });
  expect(mount.properties(namei(mount, '/verity', true))).toMatchObject({ Flags: 'verity' });
});
