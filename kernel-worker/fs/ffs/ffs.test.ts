import { describe, expect, test } from 'vitest';
import {
  announceJournal,
  FfsBuilder,
  type FfsOptions,
  type JournalRecord,
  writeJournal,
} from '../../../test/builders/ffs.ts';
import { testImages } from '../../../test/images/library.ts';
import { manifestOf } from '../../fsutils/manifest.ts';
import { KernelError } from '../../rump/errno.ts';
import { Kernel } from '../../rump/kernel.ts';
import { crc32c } from '../../rump/lib/crc32c.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';
import type { MountOptions } from '../../rump/vfs/vnode.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { REGISTERED_DRIVERS } from '../registry.ts';

function mountOf(bytes: Uint8Array, options: MountOptions = {}): Promise<Mount> {
  return new Kernel(memoryBlocks(bytes), { drivers: REGISTERED_DRIVERS }).mount({
    partition: null,
    fstype: 'ffs',
    options,
  });
}

const manifest = (mount: Mount) => manifestOf(mount, { hash: true, part: null, mediumOffset: 0 });

function names(mount: Mount, path = '/'): string[] {
  return [...mount.readdir(namei(mount, path, true))].map((item) =>
    item instanceof KernelError ? `[${item.message}]` : item.name,
  );
}

function contentOf(mount: Mount, path: string): Uint8Array {
  const file = namei(mount, path, true);
  const content = new Uint8Array(file.attr.size);
  for (let done = 0; done < content.length; ) {
    const count = mount.read(file, done, content.subarray(done));
    if (count === 0) break;
    done += count;
  }
  return content;
}

/** Names and values in hexadecimal. */
function attributesOf(mount: Mount, path: string): string[][] {
  const vnode = namei(mount, path, true);
  return mount.listextattr(vnode).map(({ name, size }) => {
    const value = new Uint8Array(size);
    mount.readextattr(vnode, name, 0, value);
    return [name, Buffer.from(value).toString('hex')];
  });
}

const text = (value: string) => new TextEncoder().encode(value);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('super blocks', () => {
  test.each(['ufs1-be-4k-512', 'ufs1-le-8k', 'ufs2-be-8k', 'ufs2-le-16k', 'netbsd-ffsv2-le-64k', 'netbsd-ffs43-le'])(
    '%s reads the same from the copy in its first cylinder group',
    async (name) => {
      const [image] = testImages(new RegExp(`^${name}$`));
      const whole = manifest(await mountOf(image.bytes()));
      const bytes = image.bytes();
      const place = name.includes('2') && !name.includes('512') ? 65536 : 8192;
      bytes.fill(0, place, place + 1376);
      const mount = await mountOf(bytes);
      expect(mount.info.state.notices[0]).toMatch(/^The super block is damaged; its copy at byte \d+ was used\.$/);
      expect(manifest(mount).entries).toEqual(whole.entries);
    },
  );

  test('a copy in a later cylinder group is found when those of the first one are lost', async () => {
    const [image] = testImages(/^netbsd-ffsv1-be$/);
    const whole = manifest(await mountOf(image.bytes()));
    const bytes = image.bytes();
    bytes.fill(0, 8192, 8192 + 1376);
    bytes.fill(0, 16384, 16384 + 1376);
    const mount = await mountOf(bytes);
    expect(mount.info.state.notices[0]).toMatch(/its copy at byte \d+ was used/);
    expect(manifest(mount).entries).toEqual(whole.entries);
  });

  test('a super block that contradicts itself gives way to its copy', async () => {
    const builder = new FfsBuilder({ version: 2 });
    builder.directory(2, []);
    const bytes = builder.finish();
    builder.u32(65536 + 120, 17);
    const mount = await mountOf(bytes);
    expect(mount.info.state.notices).toEqual([
      `The super block is damaged; its copy at byte ${builder.copyOffset()} was used.`,
    ]);
    expect(mount.info.uuid).toBe('123456789abcdef0');
  });

  test.each([
    [0xdecade, "Solaris' multi-terabyte UFS (MTB_UFS) is not read"],
    [0x19960408, 'a UFS whose making was broken off (newfs did not finish) is not read'],
  ])('magic number %i is refused by name', async (magic, message) => {
    const builder = new FfsBuilder({ version: 1 });
    builder.directory(2, []);
    const bytes = builder.finish((at) => builder.u32(at + 1372, magic));
    await expect(mountOf(bytes)).rejects.toMatchObject({ errno: 'EOPNOTSUPP', message });
  });

  test("Solaris' log that holds changes is refused, and read without them when asked for", async () => {
    const builder = new FfsBuilder({ version: 1, variant: 'solaris', bigEndian: true });
    builder.directory(2, [['a', 3]]);
    builder.file(3, text('a'));
    const bytes = builder.finish((at) => {
      builder.u32(at + 4, 2);
      builder.u32(at + 1324, 500);
    });
    await expect(mountOf(bytes)).rejects.toMatchObject({ errno: 'EOPNOTSUPP' });
    const mount = await mountOf(bytes, { noreplay: '' });
    expect(names(mount)).toEqual(['a']);
    expect(mount.info.state.notices).toContain("Solaris' UFS log was not replayed.");
  });
});

const FORMS: FfsOptions[] = [
  { version: 1 },
  { version: 1, bigEndian: true, variant: '4.3bsd' },
  { version: 1, variant: '4.3bsd' },
  { version: 1, bigEndian: true, variant: 'solaris' },
  { version: 1, variant: 'solaris' },
  { version: 2, bigEndian: true },
  { version: 2, blockBytes: 4096, fragmentBytes: 4096, blocks: 512 },
  { version: 2, blockBytes: 65536, fragmentBytes: 8192, blocks: 64 },
];

describe.each(FORMS)('%o', (options) => {
  test('gives owners, times, links, devices, holes and whiteouts as they are', async () => {
    const builder = new FfsBuilder(options);
    const isBsd = (options.variant ?? 'bsd') === 'bsd';
    builder.directory(2, [
      ['file', 4],
      ['short', 5, 10],
      ['long', 6, 10],
      ['null', 7, 2],
      ['sparse', 8],
      ...(isBsd ? ([['gone', 1, 14]] as Array<[string, number, number]>) : []),
    ]);
    const fields = { uid: 70000, gid: 12, seconds: -5, nanoseconds: options.variant === 'solaris' ? 250 : 250_000 };
    builder.file(4, text('content'), { ...fields, mode: 0o104711 });
    const inPointers = isBsd || options.variant === '4.3bsd';
    if (inPointers) builder.inode(5, { mode: 0o120777, size: 9, pointers: text('short/one') });
    else builder.file(5, text('short/one'), { mode: 0o120777 });
    builder.file(6, text('x/'.repeat(100)), { mode: 0o120777 });
    builder.inode(7, { mode: 0o20666, pointers: [0x00100a02] });
    const far = builder.blockBytes * 12 + 5;
    const last = builder.allocate();
    builder.bytes.set(text('last!'), builder.offsetOf(last));
    const map = builder.mapOf([...new Array<number>(12).fill(0), last]);
    builder.inode(8, { mode: 0o100600, size: far, pointers: map });
    const mount = await mountOf(builder.finish());
    const entries = new Map(manifest(mount).entries.map((entry) => [entry.path, entry]));
    expect([...entries.keys()]).toEqual(['/file', '/long', '/null', '/short', '/sparse']);
    const uid = options.variant === '4.3bsd' ? 65535 : 70000;
    expect(entries.get('/file')).toMatchObject({ uid, gid: 12, mode: '4711', mtime: '1969-12-31T23:59:55.00025Z' });
    expect(entries.get('/short')).toMatchObject({ type: 'symlink', target: 'short/one' });
    expect(entries.get('/long')).toMatchObject({ type: 'symlink', target: 'x/'.repeat(100) });
    expect(entries.get('/null')?.rdev).toBe(options.variant === 'solaris' ? '4:2562' : '10:258');
    const sparse = contentOf(mount, '/sparse');
    expect(sparse.subarray(0, far - 5).every((byte) => byte === 0)).toBe(true);
    expect(textOf(sparse.subarray(far - 5))).toBe('last!');
    expect(textOf(contentOf(mount, '/file'))).toBe('content');
  });
});

test('reads through all three levels of indirect blocks', async () => {
  const builder = new FfsBuilder({ version: 2, blockBytes: 4096, fragmentBytes: 4096, blocks: 256 });
  builder.directory(2, [['deep', 3]]);
  const perBlock = 512;
  const data = [11, 12 + perBlock, 12 + perBlock + perBlock ** 2 + 3];
  const [direct, double, triple] = data.map((_, index) => {
    const fragment = builder.allocate();
    builder.bytes.set(text(`level ${index}`), builder.offsetOf(fragment));
    return fragment;
  });
  const chain = (levels: number, slot: number, target: number): number => {
    let pointer = target;
    for (let level = 0; level < levels; level++) {
      const block = builder.allocate();
      builder.u64(builder.offsetOf(block) + 8 * (level === 0 ? slot : 0), pointer);
      pointer = block;
    }
    return pointer;
  };
  const pointers = new Array<number>(15).fill(0);
  pointers[11] = direct;
  pointers[13] = chain(2, 0, double);
  pointers[14] = chain(3, 3, triple);
  builder.inode(3, { mode: 0o100644, size: (data[2] + 1) * 4096, pointers });
  const mount = await mountOf(builder.finish());
  const file = namei(mount, '/deep', true);
  data.forEach((block, index) => {
    const part = new Uint8Array(7);
    mount.read(file, block * 4096, part);
    expect(textOf(part)).toBe(`level ${index}`);
  });
});

test('lists a directory of 50,000 entries in linear time', async () => {
  const builder = new FfsBuilder({ version: 2, blocks: 1024 });
  const wanted = Array.from({ length: 50_000 }, (_, index) => `entry number ${index}`);
  builder.directory(
    2,
    wanted.map((name) => [name, 3]),
  );
  builder.inode(3, { mode: 0o100644 });
  const mount = await mountOf(builder.finish());
  const start = performance.now();
  expect(names(mount)).toEqual(wanted);
  // 30 ms here; a quadratic listing would take minutes.
  expect(performance.now() - start).toBeLessThan(2000);
});

test("entries of Apple's UFS cross what would be two chunks of others", async () => {
  const builder = new FfsBuilder({ version: 1, bigEndian: true, apple: true });
  const all = Array.from({ length: 40 }, (_, index) => `an entry with a long name ${index}`);
  builder.directory(
    2,
    all.map((name) => [name, 3]),
  );
  builder.inode(3, { mode: 0o100644 });
  expect(names(await mountOf(builder.finish()))).toEqual(all);
});

test('a damaged chunk of a directory costs its own entries only', async () => {
  const builder = new FfsBuilder({ version: 1 });
  const all = Array.from({ length: 100 }, (_, index) => `file ${index}`);
  builder.directory(
    2,
    all.map((name) => [name, 3]),
  );
  builder.inode(3, { mode: 0o100644 });
  const bytes = builder.finish();
  const root = builder.view.getUint32(builder.inodeOffset(2) + 40, true) * builder.fragmentBytes;
  builder.view.setUint16(root + 512 + 4, 3, true);
  const listed = names(await mountOf(bytes));
  expect(listed.filter((name) => name.startsWith('['))).toEqual(['[directory 2 has an entry of an impossible length]']);
  expect(listed.length).toBeGreaterThan(60);
  expect(listed).toContain('file 99');
});

describe('extended attributes', () => {
  test("UFS2 keeps them in the inode's own blocks", async () => {
    const builder = new FfsBuilder({ version: 2 });
    const area = builder.attributes([
      [1, 'comment', text('hello')],
      [0, 'emptied', text('gone')],
      [2, 'posix1e.acl_access', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)],
    ]);
    const block = builder.allocate();
    builder.bytes.set(area, builder.offsetOf(block));
    builder.directory(2, [['file', 3]]);
    builder.file(3, text('x'), { extSize: area.length, extPointers: [block] });
    const mount = await mountOf(builder.finish());
    expect(attributesOf(mount, '/file')).toEqual([
      ['user.comment', '68656c6c6f'],
      ['system.posix1e.acl_access', '0102030405060708'],
    ]);
  });

  test('UFS1 keeps them in files below /.attribute', async () => {
    const builder = new FfsBuilder({ version: 1, bigEndian: true });
    builder.directory(2, [
      ['.attribute', 3, 4],
      ['with', 10],
      ['reborn', 11],
    ]);
    builder.directory(3, [['user', 4, 4]]);
    builder.directory(4, [['colour', 5]]);
    const backing = new DataView(new ArrayBuffer(12 + 20 * (12 + 16)));
    backing.setUint32(0, 0x00b5d5f3);
    backing.setUint32(4, 3);
    backing.setUint32(8, 16);
    for (const [ino, generation] of [
      [10, 77],
      [11, 1],
    ]) {
      const at = 12 + ino * 28;
      backing.setUint32(at, 1);
      backing.setUint32(at + 4, 4);
      backing.setUint32(at + 8, generation);
      text('blue').forEach((byte, index) => {
        backing.setUint8(at + 12 + index, byte);
      });
    }
    builder.file(5, new Uint8Array(backing.buffer));
    builder.file(10, text('x'), { generation: 77 });
    builder.file(11, text('x'), { generation: 2 });
    const mount = await mountOf(builder.finish());
    expect(attributesOf(mount, '/with')).toEqual([['user.colour', '626c7565']]);
    expect(attributesOf(mount, '/reborn')).toEqual([]);
    expect(() => mount.readextattr(namei(mount, '/with', true), 'user.shape', 0, new Uint8Array(4))).toThrow(
      expect.objectContaining({ errno: 'ENODATA' }),
    );
  });
});

test('a snapshot shows the file system as it was', async () => {
  const builder = new FfsBuilder({ version: 2, blocks: 64 });
  builder.directory(2, [['snap', 3]]);
  const [live, old] = [builder.allocate(), builder.allocate()];
  builder.bytes.set(text('live now'), builder.offsetOf(live));
  builder.bytes.set(text('as it was'), builder.offsetOf(old));
  const liveBlock = builder.offsetOf(live) / builder.blockBytes;
  const data = Array.from({ length: 64 }, (_, block) =>
    block === liveBlock ? old : block === 40 ? 1 : block === 41 ? 2 : 0,
  );
  builder.bytes.fill(0xaa, 40 * 8192, 42 * 8192);
  builder.bytes.set(text('untouched'), 50 * 8192);
  const pointers = builder.mapOf(data);
  builder.inode(3, { mode: 0o100400, size: builder.fsBytes + 100, flags: 0x200000, pointers });
  const mount = await mountOf(builder.finish((at) => builder.u32(at + 1116, 3)));
  const content = contentOf(mount, '/snap');
  const at = (block: number, length: number) => textOf(content.subarray(block * 8192, block * 8192 + length));
  expect(at(liveBlock, 9)).toBe('as it was');
  expect(at(50, 9)).toBe('untouched');
  expect(content.subarray(40 * 8192, 42 * 8192).every((byte) => byte === 0)).toBe(true);
  expect(mount.properties(namei(mount, '/snap', true))).toMatchObject({
    Flags: 'snapshot',
    Snapshot: expect.stringContaining('image'),
  });
  expect(mount.info.facts.Snapshots).toBe(1);
});

describe('check hashes of FreeBSD', () => {
  function hashed(change: (builder: FfsBuilder) => void = () => {}) {
    const builder = new FfsBuilder({ version: 2 });
    builder.directory(2, [
      ['good', 3],
      ['bad', 4],
    ]);
    builder.file(3, text('good'));
    builder.file(4, text('bad'));
    for (const ino of [2, 3, 4]) {
      const inode = builder.inodeOffset(ino);
      builder.u32(inode + 244, crc32c(~0, builder.bytes, inode, inode + 256));
    }
    const bytes = builder.finish((at) => {
      builder.u32(at + 1312, 0x200);
      builder.u32(at + 1308, 5);
      builder.u32(at + 1304, crc32c(~0, builder.bytes, at, at + 2048));
    });
    change(builder);
    return bytes;
  }

  test('right ones pass, a wrong one costs its inode', async () => {
    expect(manifest(await mountOf(hashed())).failures).toEqual([]);
    const bytes = hashed((builder) => builder.u32(builder.inodeOffset(4) + 4, 99));
    const { entries, failures } = manifest(await mountOf(bytes));
    expect(entries.map(({ path }) => path)).toEqual(['/good']);
    expect(failures).toMatchObject([{ path: '/bad', errno: 'EUCLEAN', message: 'inode 4: wrong check hash' }]);
    expect(manifest(await mountOf(bytes, { nochecksum: '' })).failures).toEqual([]);
  });

  test('a wrong one of the super block makes its copy be used', async () => {
    const mount = await mountOf(hashed((builder) => builder.bytes.set(text('LABEL'), 65536 + 680)));
    expect(mount.info.state.notices[0]).toMatch(/its copy at byte/);
    expect(mount.info.label).toBeNull();
  });
});

describe('the WAPBL journal', () => {
  const RING = 12;

  function journaled(records: JournalRecord[], start = 0, location: 1 | 2 = 1) {
    const builder = new FfsBuilder({ version: 2, blocks: 128, extraBlocks: 4 });
    builder.directory(2, [['old', 3]]);
    builder.file(3, text('before'));
    builder.file(4, text('journaled file'));
    const log = builder.fsBytes;
    writeJournal(builder, log, RING, start, records);
    return builder.finish((at) => announceJournal(builder, at, location, log, 2 + RING));
  }

  const shape = new FfsBuilder({ version: 2, blocks: 128 });
  // The root directory is the first thing stored: its content stands in the first free block.
  const rootSector = shape.offsetOf(shape.allocate()) / 512;
  const fileSector = rootSector + 16;
  const renamed = new FfsBuilder({ version: 2 }).directoryContent([
    ['.', 2, 4],
    ['..', 2, 4],
    ['new', 3],
    ['added', 4],
  ]);
  const sector = (value: string) => {
    const bytes = new Uint8Array(512);
    bytes.set(text(value));
    return bytes;
  };

  test.each([
    ['behind the file system', 1, 0],
    ['in the file system', 2, 0],
    ['around the end of the ring', 1, 9],
  ] as const)('is replayed in memory: %s', async (_, location, start) => {
    const bytes = journaled(
      [
        { type: 'blocks', changes: [{ sector: fileSector, content: sector('middle') }] },
        { type: 'inodes' },
        {
          type: 'blocks',
          changes: [
            { sector: rootSector, content: renamed },
            { sector: fileSector, content: sector('newest') },
          ],
        },
      ],
      start,
      location,
    );
    const before = bytes.slice();
    const mount = await mountOf(bytes);
    expect(names(mount)).toEqual(['new', 'added']);
    expect(textOf(contentOf(mount, '/new'))).toBe('newest');
    expect(mount.info.state).toMatchObject({ dirty: true, notices: ['The journal was replayed in memory.'] });
    expect(Buffer.compare(bytes, before)).toBe(0);
    const plain = await mountOf(bytes, { noreplay: '' });
    expect(names(plain)).toEqual(['old']);
    expect(textOf(contentOf(plain, '/old'))).toBe('before');
    expect(plain.info.state.notices).toContain('The journal was not replayed.');
  });

  test('leaves out what was revoked', async () => {
    const bytes = journaled([
      { type: 'blocks', changes: [{ sector: fileSector, content: sector('stale!') }] },
      { type: 'revocations', changes: [{ sector: fileSector, sectors: 1 }] },
      { type: 'blocks', changes: [{ sector: rootSector, content: renamed }] },
    ]);
    const mount = await mountOf(bytes);
    expect(names(mount)).toEqual(['new', 'added']);
    expect(textOf(contentOf(mount, '/new'))).toBe('before');
  });

  test('is left alone as a whole where it is damaged, and says so', async () => {
    const bytes = journaled([{ type: 'blocks', changes: [{ sector: rootSector, content: renamed }] }]);
    const view = new DataView(bytes.buffer);
    view.setUint32(128 * 8192 + 1024 + 4, 99 * 512, true);
    const mount = await mountOf(bytes);
    expect(names(mount)).toEqual(['old']);
    expect(mount.info.state.notices[0]).toMatch(/^The journal could not be replayed/);
  });

  test('an empty one is nothing to tell', async () => {
    const mount = await mountOf(journaled([]));
    expect(names(mount)).toEqual(['old']);
    expect(mount.info.state.notices).toEqual(['The file system was not cleanly unmounted.']);
  });
});
