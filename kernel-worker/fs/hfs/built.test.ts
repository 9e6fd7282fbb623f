import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  BLOCK,
  buildHfsPlus,
  DATE,
  type FileSpec,
  type JournalSpec,
  type VolumeSpec,
  withJournal,
  wrapped,
} from '../../../test/builders/hfsplus.ts';
import { encodeLzfse } from '../../../test/builders/lzfse-encoder.ts';
import { encodeLzvn } from '../../../test/builders/lzvn-encoder.ts';
import { KernelError } from '../../rump/errno.ts';
import { Kernel } from '../../rump/kernel.ts';
import { fts } from '../../rump/vfs/fts.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';
import type { MountOptions } from '../../rump/vfs/vnode.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { REGISTERED_DRIVERS } from '../registry.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function mountOf(image: Uint8Array, options: MountOptions = {}): Promise<Mount> {
  return new Kernel(memoryBlocks(image), { drivers: REGISTERED_DRIVERS }).mount({ partition: null, options });
}

const built = (spec: VolumeSpec, options?: MountOptions) => mountOf(buildHfsPlus(spec), options);

function listing(mount: Mount): string[] {
  return [...fts(mount, mount.root)].map(({ path, failure }) =>
    failure === null ? path : `${path}: ${failure.message}`,
  );
}

function content(mount: Mount, path: string): Uint8Array {
  const file = namei(mount, path, false);
  const bytes = new Uint8Array(file.attr.size);
  for (let done = 0; done < bytes.length; ) done += mount.read(file, done, bytes.subarray(done));
  return bytes;
}

const text = (mount: Mount, path: string) => Buffer.from(content(mount, path)).toString();

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

/** The header of com.apple.decmpfs, which is little-endian. */
function decmpfs(type: number, size: number, rest: Uint8Array = new Uint8Array(0)): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.write('fpmc', 'latin1');
  bytes.writeUInt32LE(type, 4);
  bytes.writeBigUInt64LE(BigInt(size), 8);
  return new Uint8Array(Buffer.concat([bytes, rest]));
}

function blocksOf(data: Uint8Array, encode: (block: Uint8Array) => Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 65536) blocks.push(encode(data.subarray(at, at + 65536)));
  return blocks;
}

/** A resource: its header, the length of its data, a count of blocks, their offsets and lengths. */
function zlibFork(blocks: Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(256 + 4 + 4 + 8 * blocks.length);
  let offset = 4 + 8 * blocks.length;
  head.writeUInt32BE(256, 0);
  head.writeUInt32LE(blocks.length, 260);
  blocks.forEach((block, i) => {
    head.writeUInt32LE(offset, 264 + 8 * i);
    head.writeUInt32LE(block.length, 268 + 8 * i);
    offset += block.length;
  });
  head.writeUInt32BE(256 + 4 + offset, 4);
  head.writeUInt32BE(offset, 8);
  head.writeUInt32BE(offset, 256);
  return new Uint8Array(Buffer.concat([head, ...blocks]));
}

function tableFork(blocks: Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(4 * (blocks.length + 1));
  let offset = head.length;
  blocks.forEach((block, i) => {
    head.writeUInt32LE(offset, 4 * i);
    offset += block.length;
  });
  head.writeUInt32LE(offset, 4 * blocks.length);
  return new Uint8Array(Buffer.concat([head, ...blocks]));
}

const stored = (marker: number) => (block: Uint8Array) => Uint8Array.of(marker, ...block);
const deflate = (block: Uint8Array) => new Uint8Array(deflateSync(block));
const lzfse = (block: Uint8Array) => encodeLzfse(block, ['packed'], 20_000);

describe('transparent compression', () => {
  const SMALL = utf8('compressed in the attribute '.repeat(40));
  const LARGE = Uint8Array.from({ length: 150_001 }, (_, i) => ((i >> 5) * (i % 7)) & 255);

  const INLINE: Array<[name: string, type: number, rest: Uint8Array]> = [
    ['type 1: stored', 1, SMALL],
    ['type 3: zlib', 3, deflate(SMALL)],
    ['type 3: stored', 3, stored(0xff)(SMALL)],
    ['type 7: LZVN', 7, encodeLzvn(SMALL)],
    ['type 7: stored', 7, stored(0x06)(SMALL)],
    ['type 9: stored', 9, stored(0xcc)(SMALL)],
    ['type 11: LZFSE', 11, lzfse(SMALL)],
    ['type 11: stored', 11, stored(0xff)(SMALL)],
  ];

  test.each(INLINE)('in the attribute, %s', async (_name, type, rest) => {
    const value = decmpfs(type, SMALL.length, rest);
    const attributes = [{ name: 'com.apple.decmpfs', value }];
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, attributes }] });
    expect(Buffer.compare(content(mount, '/c'), SMALL)).toBe(0);
    expect(mount.listextattr(namei(mount, '/c', false))).toEqual([]);
    expect(mount.properties(namei(mount, '/c', false)).Compression).toMatch(/in the attribute \(type /);
  });

  const IN_FORK: Array<[name: string, type: number, resource: Uint8Array]> = [
    ['type 4: zlib', 4, zlibFork(blocksOf(LARGE, deflate))],
    ['type 4: stored', 4, zlibFork(blocksOf(LARGE, stored(0xff)))],
    ['type 8: LZVN', 8, tableFork(blocksOf(LARGE, encodeLzvn))],
    ['type 8: stored', 8, tableFork(blocksOf(LARGE, stored(0x06)))],
    ['type 10: stored', 10, tableFork(blocksOf(LARGE, stored(0xcc)))],
    ['type 12: LZFSE', 12, tableFork(blocksOf(LARGE, lzfse))],
  ];

  test.each(IN_FORK)('in the resource fork, %s', async (_name, type, resource) => {
    const attributes = [{ name: 'com.apple.decmpfs', value: decmpfs(type, LARGE.length) }];
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, resource, attributes }] });
    expect(Buffer.compare(content(mount, '/c'), LARGE)).toBe(0);
    const file = namei(mount, '/c', false);
    const part = new Uint8Array(1000);
    expect(mount.read(file, 65_000, part)).toBe(1000);
    expect(Buffer.compare(part, LARGE.subarray(65_000, 66_000))).toBe(0);
    expect(mount.mediumRun(file, 0)).toBeNull();
    expect(mount.listextattr(file)).toEqual([]);
  });

  test.each([
    [5, 'content that is kept once for several files'],
    [13, 'LZBITMAP in the attribute'],
    [99, 'unknown'],
  ])('refuses type %i by its name', async (type, name) => {
    const attributes = [{ name: 'com.apple.decmpfs', value: decmpfs(type, 10) }];
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, attributes }] });
    const file = namei(mount, '/c', false);
    expect(file.attr.size).toBe(10);
    expect(() => mount.read(file, 0, new Uint8Array(10))).toThrow(
      new KernelError('EOPNOTSUPP', 'unsupported', `transparent compression of type ${type} (${name})`),
    );
  });

  test('fails cleanly on blocks outside of the fork, and on content shorter than its size', async () => {
    const attributes = [{ name: 'com.apple.decmpfs', value: decmpfs(8, LARGE.length) }];
    const resource = tableFork(blocksOf(LARGE, encodeLzvn)).subarray(0, 200);
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, resource, attributes }] });
    expect(() => content(mount, '/c')).toThrow('lies outside of its resource fork');
    const short = [{ name: 'com.apple.decmpfs', value: decmpfs(3, 5000, deflate(SMALL)) }];
    const other = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, attributes: short }] });
    expect(() => content(other, '/c')).toThrow('compressed content is too short');
  });
});

describe('the journal', () => {
  const before: VolumeSpec = { journaled: true, files: [{ id: 16, parent: 2, name: 'old', data: utf8('old') }] };
  const after: VolumeSpec = {
    journaled: true,
    files: [...before.files, { id: 17, parent: 2, name: 'new', data: utf8('newer') }],
  };
  const SPECS: JournalSpec[] = [
    { littleEndian: true, start: 512, checked: true },
    { littleEndian: false, start: 512, checked: false },
    { littleEndian: true, start: 16 * BLOCK - 1536, checked: true },
  ];
  const journaled = (spec: JournalSpec) => withJournal(buildHfsPlus(before), buildHfsPlus(after), spec);

  test.each(SPECS)('is replayed in memory: $littleEndian, from $start, checked $checked', async (spec) => {
    const image = journaled(spec);
    const copy = image.slice();
    const mount = await mountOf(image);
    expect(mount.info.state.dirty).toBe(true);
    expect(mount.info.state.notices[0]).toMatch(
      /^The file system was not cleanly unmounted; its journal was replayed in memory \([2-9] block lists\)\.$/,
    );
    expect(listing(mount)).toEqual(['new', 'old']);
    expect(text(mount, '/new')).toBe('newer');
    expect(Buffer.compare(image, copy)).toBe(0);
  });

  test('is left alone with noload', async () => {
    const mount = await mountOf(journaled(SPECS[0]), { noload: '' });
    expect(mount.info.state.notices).toEqual(['The journal was not replayed: the last changes are missing.']);
    expect(listing(mount)).toEqual(['old']);
  });

  test('is stale where another system changed the volume', async () => {
    const image = journaled(SPECS[0]);
    image.set(utf8('10.0'), 1024 + 8);
    const mount = await mountOf(image);
    expect(mount.info.state.notices[0]).toMatch('The journal was left alone');
    expect(listing(mount)).toEqual(['old']);
  });

  test.each([
    ['header', (at: number) => at + 16],
    ['block list', (at: number) => at + 512 + 5],
    ['block', (at: number) => at + 512 + 1024 + 3],
  ])('costs what it holds if its %s is damaged', async (_what, place) => {
    const image = journaled(SPECS[0]);
    const view = new DataView(image.buffer);
    const at = Number(view.getBigUint64(view.getUint32(1024 + 12) * BLOCK + 36));
    image[place(at)] ^= 0x55;
    const mount = await mountOf(image);
    expect(mount.info.state.notices).toEqual([
      'The journal is damaged and was not replayed: the last changes are missing.',
    ]);
    expect(listing(mount)).toEqual(['old']);
  });

  test('is refused on another device, unless noload is given', async () => {
    const image = journaled(SPECS[0]);
    const view = new DataView(image.buffer);
    view.setUint32(view.getUint32(1024 + 12) * BLOCK, 2);
    await expect(mountOf(image)).rejects.toThrow('the journal is to be replayed and lies on another device');
    expect(listing(await mountOf(image, { noload: '' }))).toEqual(['old']);
  });
});

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
});
