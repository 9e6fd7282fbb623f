import { describe, expect, test } from 'vitest';
import { BLOCK, buildHfsPlus, DATE, type FileSpec, wrapped } from '../../../test/builders/hfsplus.ts';
import { built, content, listing, mountOf, text, utf8 } from '../../../test/builders/hfsplus-mounted.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';

function attribute(mount: Mount, path: string, name: string): Uint8Array {
  const file = namei(mount, path, false);
  const size = mount.listextattr(file).find((listed) => listed.name === name)?.size ?? -1;
  const bytes = new Uint8Array(size);
  expect(mount.readextattr(file, name, 0, bytes)).toBe(size);
  return bytes;
}

const noise = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * 31 * seed + (i >> 7)) & 255);

describe('HFS Plus as built', () => {
  test('shows files, attributes, times and state', async () => {
    const mount = await built({
      name: 'Bu\u0308cher:2',
      files: [
        { id: 16, parent: 2, name: 'hello', data: utf8('hello\n'), mode: 0x81a4, ownerFlags: 2, finder: 'TEXTttxt' },
        { id: 17, parent: 2, name: 'sub', folder: true },
        { id: 18, parent: 17, name: 'link', mode: 0xa1ff, finder: 'slnkrhap', data: utf8('../hello') },
        { id: 19, parent: 17, name: 'null', mode: 0x21b6, special: 0x03000002 },
        { id: 20, parent: 17, name: 'nobody', mode: 0, data: utf8('x') },
      ],
    });
    expect(mount.info).toMatchObject({
      fs: 'hfs',
      title: 'HFS+',
      label: 'Bücher/2',
      uuid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-3/),
    });
    expect(mount.info.state).toEqual({ dirty: false, errors: false, notices: [] });
    expect(listing(mount)).toEqual(['hello', 'sub', 'sub/link', 'sub/nobody', 'sub/null']);
    expect(namei(mount, '/HELLO', false).attr).toMatchObject({
      type: 'file',
      fileid: 16,
      size: 6,
      allocatedBytes: BLOCK,
      mode: 0o644,
      uid: 501,
      gid: 20,
      nlink: 1,
      birthtime: { sec: 1_614_834_367, nsec: 0 },
      mtime: { sec: 1_614_834_368, nsec: 0 },
      ctime: { sec: 1_614_834_369, nsec: 0 },
      atime: { sec: 1_614_834_370, nsec: 0 },
    });
    expect(DATE - 2_082_844_800).toBe(1_614_834_367);
    expect(mount.readlink(namei(mount, '/sub/link', false))).toBe('../hello');
    expect(text(mount, '/sub/../hello')).toBe('hello\n');
    expect(namei(mount, '/sub/null', false).attr).toMatchObject({ type: 'chr', rdev: { major: 3, minor: 2 } });
    expect(namei(mount, '/sub/nobody', false).attr).toMatchObject({ mode: null, uid: null });
    expect(mount.properties(namei(mount, '/hello', false))).toMatchObject({
      'File type': 'TEXT',
      Creator: 'ttxt',
      Flags: 'uchg',
    });
    expect(mount.statvfs()).toMatchObject({ blockSize: BLOCK, totalBytes: 512 * BLOCK, nameMax: 255 });
    const { files, freeFiles } = mount.statvfs();
    expect((files ?? 0) - (freeFiles ?? 0)).toBe(5);
  });

  test('finds the extents behind the eighth in the overflow tree', async () => {
    const data = noise(23 * BLOCK - 100);
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'pieces', data, pieces: 21 }] });
    expect(Buffer.compare(content(mount, '/pieces'), data)).toBe(0);
  });

  test('reads attributes in the record, in a fork and in extents records, and the resource fork', async () => {
    const large = noise(19 * BLOCK + 7, 3);
    const mount = await built({
      files: [
        {
          id: 16,
          parent: 2,
          name: 'rich',
          resource: utf8('resource!'),
          finder: 'TEXTttxt',
          attributes: [
            { name: 'user.comment', value: utf8('short') },
            { name: 'com.apple.large', value: large, pieces: 18 },
            { name: 'com.apple.quarantine', value: utf8('0001;') },
          ],
        },
        { id: 17, parent: 2, name: 'plain' },
      ],
    });
    const rich = namei(mount, '/rich', false);
    expect(mount.listextattr(rich)).toEqual([
      { name: 'osx.com.apple.FinderInfo', size: 32 },
      { name: 'com.apple.ResourceFork', size: 9 },
      { name: 'osx.com.apple.large', size: large.length },
      { name: 'osx.com.apple.quarantine', size: 5 },
      { name: 'user.comment', size: 5 },
    ]);
    expect(Buffer.from(attribute(mount, '/rich', 'com.apple.ResourceFork')).toString()).toBe('resource!');
    expect(Buffer.from(attribute(mount, '/rich', 'user.comment')).toString()).toBe('short');
    expect(Buffer.compare(attribute(mount, '/rich', 'osx.com.apple.large'), large)).toBe(0);
    expect(() => mount.readextattr(rich, 'user.other', 0, new Uint8Array(1))).toThrow('no attribute "user.other"');
    expect(mount.listextattr(namei(mount, '/plain', false))).toEqual([]);
  });

  test('follows hard links to files and folders, and hides the private folders', async () => {
    const mount = await built({
      files: [
        { id: 16, parent: 2, name: '\0\0\0\0HFS+ Private Data', folder: true },
        { id: 17, parent: 2, name: '.HFS+ Private Directory Data\r', folder: true },
        { id: 18, parent: 16, name: 'iNode77', data: utf8('shared'), special: 2, mode: 0x8180 },
        { id: 19, parent: 17, name: 'dir_55', folder: true },
        { id: 20, parent: 19, name: 'inside', data: utf8('in') },
        { id: 21, parent: 2, name: 'a', finder: 'hlnkhfs+', special: 77 },
        { id: 22, parent: 2, name: 'b', finder: 'hlnkhfs+', special: 77 },
        { id: 23, parent: 2, name: 'broken', finder: 'hlnkhfs+', special: 78 },
        { id: 24, parent: 2, name: 'folder', finder: 'fdrpMACS', special: 55 },
      ],
    });
    expect(listing(mount)).toEqual(['a', 'b', ': a hard link leads to nothing', 'folder', 'folder/inside']);
    expect(text(mount, '/b')).toBe('shared');
    expect(namei(mount, '/a', false).attr).toMatchObject({ fileid: 18, nlink: 2, mode: 0o600 });
    expect(namei(mount, '/b', false).attr.fileid).toBe(18);
    expect(text(mount, '/folder/inside')).toBe('in');
    expect(namei(mount, '/folder', false).attr).toMatchObject({ type: 'dir', fileid: 19 });
    expect(() => namei(mount, '/.HFS+ Private Directory Data\r/dir_55', false)).toThrow('no such file');
  });

  test('is a plain file what bears the marks of a hard link on a volume without links', async () => {
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'x', finder: 'hlnkhfs+', data: utf8('mine') }] });
    expect(text(mount, '/x')).toBe('mine');
  });

  test('shows names composed, finds them either way, and stored ones with nodecompose', async () => {
    const files: FileSpec[] = [
      { id: 16, parent: 2, name: 'u\u0308ber', data: utf8('1') },
      { id: 17, parent: 2, name: 'mixe\u0301 \u00e9', data: utf8('2') },
      { id: 18, parent: 2, name: 'a:b', data: utf8('3') },
    ];
    const mount = await built({ files });
    expect(listing(mount).sort()).toEqual([
      ': a directory entry has the impossible name "a/b"',
      'mix\u00e9 \u00e9',
      '\u00fcber',
    ]);
    expect(text(mount, '/\u00fcBER')).toBe('1');
    expect(text(mount, '/u\u0308ber')).toBe('1');
    expect(text(mount, '/mix\u00e9 \u00e9')).toBe('2');
    const stored = await built({ files }, { nodecompose: '' });
    expect(listing(stored)).toContain('u\u0308ber');
    expect(text(stored, '/u\u0308ber')).toBe('1');
    expect(() => namei(stored, '/\u00fcber', false)).toThrow('no such file');
  });

  test('is found inside of an HFS wrapper', async () => {
    const volume = buildHfsPlus({ files: [{ id: 16, parent: 2, name: 'a', data: utf8('inside') }] });
    const mount = await mountOf(wrapped(volume));
    expect(mount.info.title).toBe('HFS+');
    expect(mount.info.facts['HFS wrapper']).toBe(`the volume begins at byte ${10 * 512 + 5 * BLOCK}`);
    expect(text(mount, '/a')).toBe('inside');
  });

  test('tells names apart by case where HFSX says so', async () => {
    const files: FileSpec[] = ['B', 'a', 'b'].map((name, i) => ({ id: 16 + i, parent: 2, name, data: utf8(name) }));
    const mount = await built({ hfsx: true, binary: true, files });
    expect(mount.info.title).toBe('HFSX');
    expect([text(mount, '/B'), text(mount, '/b')]).toEqual(['B', 'b']);
    expect(() => namei(mount, '/A', false)).toThrow('no such file');
    const folding = await built({ hfsx: true, files: files.slice(0, 2) });
    expect(text(folding, '/A')).toBe('a');
  });

  test('finds and lists 300 entries through an index of several levels', async () => {
    const files: FileSpec[] = Array.from({ length: 300 }, (_, i) => ({
      id: 16 + i,
      parent: 2,
      name: `entry ${String(i).padStart(3, '0')}`,
    }));
    const mount = await built({ files: files.slice(0, 150) });
    expect(listing(mount)).toEqual(files.slice(0, 150).map(({ name }) => name));
    for (const { id, name } of files.slice(0, 150)) expect(namei(mount, `/${name}`, false).attr.fileid).toBe(id);
    expect(() => namei(mount, '/entry 150', false)).toThrow('no such file');
  });
});
