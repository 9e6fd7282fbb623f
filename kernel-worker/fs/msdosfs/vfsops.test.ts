import { describe, expect, test } from 'vitest';
import {
  END_OF_CHAIN,
  type FatVolume,
  fatVolume,
  longSlot,
  longSlots,
  shortSlot,
} from '../../../test/images/fat-volume.ts';
import { KernelError } from '../../rump/errno.ts';
import { Kernel } from '../../rump/kernel.ts';
import { fts } from '../../rump/vfs/fts.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';
import { formatTimespec } from '../../rump/vfs/time.ts';
import type { MountOptions } from '../../rump/vfs/vnode.ts';
import { badRangeBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import type { BlockHypercalls } from '../../rumpuser/rumpuser.ts';
import { REGISTERED_DRIVERS } from '../registry.ts';

const SHAPES = {
  12: { bits: 12, clusters: 500 },
  16: { bits: 16, clusters: 5000 },
  32: { bits: 32, clusters: 5000 },
} as const;

function mountBlocks(blocks: BlockHypercalls, options: MountOptions = {}): Promise<Mount> {
  return new Kernel(blocks, { drivers: REGISTERED_DRIVERS }).mount({ partition: null, fstype: 'vfat', options });
}

const mountOf = (volume: FatVolume, options?: MountOptions) => mountBlocks(memoryBlocks(volume.bytes), options);

/** Names in the root, with a failure's message in brackets. */
function listing(mount: Mount, path = '/'): string[] {
  return [...mount.readdir(namei(mount, path, true))].map((item) =>
    item instanceof KernelError ? `[${item.message}]` : item.name,
  );
}

function contentOf(mount: Mount, path: string): Uint8Array {
  const file = namei(mount, path, true);
  const content = new Uint8Array(file.attr.size);
  expect(mount.read(file, 0, content)).toBe(content.length);
  return content;
}

describe.each([12, 16, 32] as const)('FAT%i', (bits) => {
  test('gives names, attributes and content of a directory in a fragmented chain', async () => {
    const volume = fatVolume(SHAPES[bits]);
    volume.put(volume.rootOffset, shortSlot({ name: 'DIR', attributes: 0x10, cluster: 20 }));
    volume.link(20, 23);
    const second = volume.put(
      volume.clusterOffset(20),
      shortSlot({ name: '.', attributes: 0x10, cluster: 20 }),
      shortSlot({ name: '..', attributes: 0x10 }),
      ...Array.from({ length: 12 }, () => shortSlot({ name: '\xe5ELETED' })),
      longSlots('a long name.txt', { name: 'ALONGN~1TXT' })[0],
      longSlots('a long name.txt', { name: 'ALONGN~1TXT' })[1],
    );
    expect(second).toBe(volume.clusterOffset(20) + 512);
    volume.put(
      volume.clusterOffset(23),
      shortSlot({ name: 'ALONGN~1TXT', cluster: 40, size: 1100, attributes: 0x27 }),
      shortSlot({ name: '', attributes: 0 }),
    );
    volume.link(40, 30, 31);
    volume.bytes.fill(1, volume.clusterOffset(40), volume.clusterOffset(41));
    volume.bytes.fill(2, volume.clusterOffset(30), volume.clusterOffset(32));
    const mount = await mountOf(volume);
    expect(mount.info.title).toBe(`FAT${bits}`);
    expect(listing(mount, '/dir')).toEqual(['a long name.txt', '[a directory entry has the impossible name ""]']);
    const content = contentOf(mount, '/DIR/A Long Name.TXT');
    expect([...content].map(String).join('')).toBe('1'.repeat(512) + '2'.repeat(588));
    const file = namei(mount, '/DIR/alongn~1.txt', true);
    expect(file.attr).toMatchObject({
      type: 'file',
      size: 1100,
      allocatedBytes: 1536,
      dosAttributes: 0x27,
      mode: null,
    });
    expect(mount.properties(file)).toEqual({ 'Short name': 'ALONGN~1.TXT', 'First cluster': 40 });
    expect(mount.mediumRun(file, 600)).toEqual({ deviceOffset: volume.clusterOffset(30) + 88, lengthBytes: 936 });
  });

  test('tells its state, from the boot sector and from the FAT', async () => {
    const state = async (change: (volume: FatVolume) => void) => {
      const volume = fatVolume(SHAPES[bits]);
      change(volume);
      const { dirty, errors, notices } = (await mountOf(volume)).info.state;
      expect(notices).toEqual([]);
      return { dirty, errors };
    };
    const stateByte = bits === 32 ? 65 : 37;
    expect(await state(() => {})).toEqual({ dirty: false, errors: false });
    expect(await state(({ bytes }) => bytes.set([1], stateByte))).toEqual({ dirty: true, errors: false });
    expect(await state(({ bytes }) => bytes.set([2], stateByte))).toEqual({ dirty: false, errors: true });
    const top = bits === 32 ? 0x0800_0000 : 0x8000;
    const inFat = bits !== 12;
    expect(await state((volume) => volume.setFat(1, END_OF_CHAIN & ~top))).toEqual({ dirty: inFat, errors: false });
    expect(await state((volume) => volume.setFat(1, END_OF_CHAIN & ~(top >> 1)))).toEqual({
      dirty: false,
      errors: inFat,
    });
  });

  test('counts what is free', async () => {
    const volume = fatVolume(SHAPES[bits]);
    volume.link(100, 101, 102);
    const { clusters } = SHAPES[bits];
    const used = bits === 32 ? 4 : 3;
    expect((await mountOf(volume)).statvfs()).toEqual({
      blockSize: 512,
      totalBytes: clusters * 512,
      freeBytes: (clusters - used) * 512,
      files: null,
      freeFiles: null,
      nameMax: 255,
    });
  });
});

describe('FSInfo', () => {
  const freeOf = async (change: (volume: FatVolume) => void) => {
    const volume = fatVolume(SHAPES[32]);
    change(volume);
    return ((await mountOf(volume)).statvfs().freeBytes ?? 0) / 512;
  };

  test('is believed where it can be', async () => {
    expect(await freeOf(({ view }) => view.setUint32(512 + 488, 1234, true))).toBe(1234);
  });

  test('is not believed with more free clusters than there are, nor on a dirty volume, nor from nowhere', async () => {
    expect(await freeOf(({ view }) => view.setUint32(512 + 488, 5001, true))).toBe(4999);
    const dirty = await freeOf(({ view, bytes }) => {
      view.setUint32(512 + 488, 1234, true);
      bytes[65] = 1;
    });
    expect(dirty).toBe(4999);
    expect(await freeOf(({ view }) => view.setUint16(48, 0xffff, true))).toBe(4999);
  });
});

describe('the label', () => {
  test('is the root’s entry, then the boot sector’s, then none', async () => {
    const volume = fatVolume(SHAPES[16]);
    expect((await mountOf(volume)).info.label).toBe(null);
    volume.bytes.set(shortSlot({ name: 'BOOT LABEL' }).subarray(0, 11), 43);
    expect((await mountOf(volume)).info.label).toBe('BOOT LABEL');
    volume.put(
      volume.rootOffset,
      longSlots('a file', { name: 'AFILE' })[0],
      shortSlot({ name: 'AFILE' }),
      shortSlot({ name: '\xe5LD LABEL', attributes: 0x08 }),
      shortSlot({ name: '\x05 root', attributes: 0x28 }),
    );
    const mount = await mountOf(volume, { codepage: '850' });
    expect(mount.info.label).toBe('Õ root');
    expect(listing(mount)).toEqual(['a file']);
    expect(mount.info.uuid).toBe('1234-ABCD');
  });

  test('is found behind the first cluster of FAT32’s root, and not behind its end', async () => {
    const volume = fatVolume(SHAPES[32]);
    volume.link(2, 9);
    const files = Array.from({ length: 16 }, (_, i) => shortSlot({ name: `FILE${i}` }));
    volume.put(volume.rootOffset, ...files);
    volume.put(volume.clusterOffset(9), shortSlot({ name: 'LATE', attributes: 0x08 }));
    expect((await mountOf(volume)).info.label).toBe('LATE');
    volume.bytes[volume.rootOffset + 15 * 32] = 0;
    expect((await mountOf(volume)).info.label).toBe(null);
  });
});

describe('times', () => {
  test('are local wall time; creation has hundredths, access a date only', async () => {
    const volume = fatVolume(SHAPES[12]);
    const day = (44 << 9) | (2 << 5) | 29;
    volume.put(
      volume.rootOffset,
      shortSlot({
        name: 'A',
        created: [day, (12 << 11) | (30 << 5) | 5, 150],
        accessed: day,
        modified: [day, 23 << 11],
      }),
      shortSlot({ name: 'B', modified: [0, 0] }),
    );
    const mount = await mountOf(volume);
    const times = (path: string) => {
      const { mtime, atime, birthtime, ctime } = namei(mount, path, false).attr;
      return [mtime, atime, birthtime, ctime].map((time) => (time === null ? null : formatTimespec(time)));
    };
    expect(times('/A')).toEqual(['2024-02-29T23:00:00', '2024-02-29T00:00:00', '2024-02-29T12:30:11.5', null]);
    expect(times('/B')).toEqual(['1980-01-01T00:00:00', null, null, null]);
    expect(times('/')).toEqual([null, null, null, null]);
  });
});

describe('lookup', () => {
  test('goes by either name without regard to case, and keeps apart what is not the same', async () => {
    const volume = fatVolume(SHAPES[16]);
    volume.put(
      volume.rootOffset,
      ...longSlots('Straße.txt', { name: 'STRAE~1 TXT', size: 0 }),
      ...longSlots('ſ', { name: 'LONGS~1' }),
      shortSlot({ name: 'S' }),
      ...longSlots('Ünïcödé', { name: 'NCD~1' }),
    );
    const mount = await mountOf(volume);
    const fileid = (path: string) => namei(mount, path, true).attr.fileid;
    expect(fileid('/STRAßE.TXT')).toBe(fileid('/strae~1.txt'));
    expect(() => fileid('/STRASSE.TXT')).toThrow(expect.objectContaining({ errno: 'ENOENT' }));
    expect(fileid('/s')).not.toBe(fileid('/ſ'));
    expect(fileid('/üNÏCÖDÉ')).toBe(fileid('/ncd~1'));
    expect(new Set(listing(mount).map((name) => fileid(`/${name}`))).size).toBe(4);
  });

  test('takes the short names of the code page', async () => {
    const volume = fatVolume(SHAPES[16]);
    volume.put(volume.rootOffset, shortSlot({ name: '\x8f\x90\x88\x82\x85\x92  TXT', caseBits: 0x18 }));
    const mount = await mountOf(volume, { codepage: '866', shortname: 'win95' });
    expect(listing(mount)).toEqual(['ПРИВЕТ.TXT']);
    expect(namei(mount, '/привет.txt', true).attr.type).toBe('file');
    expect(mount.info.facts['Code page']).toBe('866');
  });

  test('refuses a code page that nobody knows', async () => {
    const volume = fatVolume(SHAPES[16]);
    await expect(mountOf(volume, { codepage: '1' })).rejects.toThrow(expect.objectContaining({ errno: 'EINVAL' }));
  });
});

describe('directories', () => {
  test('leave out deleted entries, labels and what remains of long names', async () => {
    const volume = fatVolume(SHAPES[16]);
    const [orphan] = longSlots('orphan', { name: 'ORPHAN' });
    volume.put(
      volume.rootOffset,
      shortSlot({ name: 'LABEL', attributes: 0x08 }),
      orphan,
      shortSlot({ name: '\xe5RPHAN' }),
      orphan,
      shortSlot({ name: 'SECOND', attributes: 0x28 }),
      orphan,
      shortSlot({ name: 'OTHER' }),
      longSlot([1, 2, 3], 0x02, 7),
      shortSlot({ name: 'ALONE' }),
      orphan,
      shortSlot({ name: '\x00ND' }),
      shortSlot({ name: 'HIDDEN' }),
    );
    expect(listing(await mountOf(volume))).toEqual(['OTHER', 'ALONE']);
  });

  test('with a bad sector lose only its entries; a name that began in it is shown as its short one', async () => {
    const volume = fatVolume(SHAPES[16]);
    const slots = Array.from({ length: 15 }, (_, i) => shortSlot({ name: `FILE${i}` }));
    slots.push(...longSlots('a name across', { name: 'ANAMEA~1' }).slice(0, 1));
    slots.push(...longSlots('a name across', { name: 'ANAMEA~1' }).slice(1), shortSlot({ name: 'LAST' }));
    volume.put(volume.rootOffset, ...slots);
    expect(listing(await mountOf(volume)).slice(14)).toEqual(['FILE14', 'a name across', 'LAST']);
    const mount = await mountBlocks(badRangeBlocks(memoryBlocks(volume.bytes), volume.rootOffset, 1));
    expect(listing(mount)).toEqual(['[the medium cannot be read here]', 'ANAMEA~1', 'LAST']);
  });

  test('whose chain is damaged give what comes before, and say where it breaks', async () => {
    const volume = fatVolume(SHAPES[16]);
    volume.put(volume.rootOffset, shortSlot({ name: 'DIR', attributes: 0x10, cluster: 20 }));
    volume.put(volume.clusterOffset(20), ...Array.from({ length: 16 }, (_, i) => shortSlot({ name: `F${i}` })));
    volume.setFat(20, 0xfff7);
    const mount = await mountOf(volume);
    const items = [...mount.readdir(namei(mount, '/DIR', true))];
    expect(items).toHaveLength(17);
    expect(items[16]).toMatchObject({ errno: 'EUCLEAN', byteOffset: volume.fatOffset + 40, found: '0xfff7' });
    expect(() => namei(mount, '/DIR/MISSING', true)).toThrow(expect.objectContaining({ errno: 'EUCLEAN' }));
    expect(namei(mount, '/DIR/F3', true).attr.type).toBe('file');
  });

  test('that lead to themselves, to their parent or nowhere are told and not entered', async () => {
    const volume = fatVolume(SHAPES[32]);
    volume.put(
      volume.rootOffset,
      shortSlot({ name: 'ROOT', attributes: 0x10, cluster: 2 }),
      shortSlot({ name: 'NOWHERE', attributes: 0x10, cluster: 0 }),
      shortSlot({ name: 'SELF', attributes: 0x10, cluster: 20 }),
    );
    volume.link(20);
    volume.put(volume.clusterOffset(20), shortSlot({ name: 'SELF', attributes: 0x10, cluster: 20 }));
    const mount = await mountOf(volume);
    const walked = [...fts(mount, mount.root)].map(({ path, failure }) => [path, failure?.message ?? null]);
    expect(walked).toEqual([
      ['ROOT', 'this directory stands in the tree more than once'],
      ['NOWHERE', null],
      ['NOWHERE', 'the first cluster of a file does not exist'],
      ['SELF', null],
      ['SELF/SELF', 'this directory stands in the tree more than once'],
    ]);
  });

  test('end after 65,536 entries', async () => {
    const volume = fatVolume({ bits: 32, clusters: 9000 });
    volume.put(volume.rootOffset, shortSlot({ name: 'DIR', attributes: 0x10, cluster: 100 }));
    for (let cluster = 100; cluster < 5000; cluster++) volume.setFat(cluster, cluster + 1);
    volume.link(5000);
    volume.bytes.fill(0x41, volume.clusterOffset(100), volume.clusterOffset(5001));
    const attributes = volume.clusterOffset(100) + 11;
    for (let at = attributes; at < volume.clusterOffset(5001); at += 32) volume.bytes[at] = 0x20;
    const mount = await mountOf(volume);
    const items = [...mount.readdir(namei(mount, '/DIR', true))];
    expect(items).toHaveLength(65_537);
    expect(items[65_536]).toMatchObject({ message: 'a directory is longer than 65,536 entries' });
  });
});

describe('content', () => {
  const fileVolume = () => {
    const volume = fatVolume(SHAPES[16]);
    volume.put(volume.rootOffset, shortSlot({ name: 'FILE', cluster: 10, size: 2000 }));
    volume.link(10, 11, 12, 13);
    return volume;
  };

  test('that is longer than its chain is damage, and is read up to there', async () => {
    const volume = fileVolume();
    volume.setFat(11, END_OF_CHAIN);
    const mount = await mountOf(volume);
    const file = namei(mount, '/FILE', true);
    expect(mount.read(file, 0, new Uint8Array(1024))).toBe(1024);
    expect(() => mount.read(file, 1024, new Uint8Array(1))).toThrow(
      expect.objectContaining({ errno: 'EUCLEAN', byteOffset: volume.rootOffset, expected: '4 clusters' }),
    );
  });

  test('without a first cluster is damage, with the place of the entry', async () => {
    const volume = fileVolume();
    volume.view.setUint16(volume.rootOffset + 26, 0, true);
    const mount = await mountOf(volume);
    expect(() => contentOf(mount, '/FILE')).toThrow(
      expect.objectContaining({ errno: 'EUCLEAN', byteOffset: volume.rootOffset + 26, found: 0 }),
    );
  });

  test('of size 0 needs no chain', async () => {
    const volume = fileVolume();
    volume.view.setUint32(volume.rootOffset + 28, 0, true);
    volume.view.setUint16(volume.rootOffset + 26, 0xffff, true);
    expect(contentOf(await mountOf(volume), '/FILE')).toHaveLength(0);
  });

  test('behind the end of a cut-off image is damage; what is there can be read', async () => {
    const volume = fileVolume();
    const mount = await mountBlocks(memoryBlocks(volume.bytes.slice(0, volume.clusterOffset(12))));
    const missing = volume.bytes.length - volume.clusterOffset(12);
    expect(mount.info.state.notices).toEqual([
      `The file system is ${missing} bytes longer than its device; what lies there is missing.`,
    ]);
    const file = namei(mount, '/FILE', true);
    expect(mount.mediumRun(file, 0)).toEqual({ deviceOffset: volume.clusterOffset(10), lengthBytes: 1024 });
    expect(() => mount.mediumRun(file, 1024)).toThrow(expect.objectContaining({ found: volume.clusterOffset(12) }));
  });

  test('of a FAT whose first copy is unreadable is read through the second, with a notice', async () => {
    const volume = fileVolume();
    const blocks = badRangeBlocks(memoryBlocks(volume.bytes), volume.fatOffset, 512);
    const mount = await mountBlocks(blocks);
    expect(contentOf(mount, '/FILE')).toHaveLength(2000);
    expect(mount.info.state.notices).toHaveLength(1);
  });

  test('of a pulled medium is ENXIO', async () => {
    const volume = fileVolume();
    volume.link(10, 4000, 4001, 4002); // far from what the mount has read already
    let reads = Number.POSITIVE_INFINITY;
    const under = memoryBlocks(volume.bytes);
    const mount = await mountBlocks({ ...under, pread: (into, at) => (reads-- > 0 ? under.pread(into, at) : 0) });
    const file = namei(mount, '/FILE', true);
    reads = 0;
    expect(() => mount.read(file, 1024, new Uint8Array(900))).toThrow(expect.objectContaining({ errno: 'ENXIO' }));
  });
});

test('a boot sector’s backup is used with a notice that says why', async () => {
  const volume = fatVolume(SHAPES[32]);
  volume.bytes[13] = 0;
  expect((await mountOf(volume)).info.state.notices).toEqual([
    "The boot sector is damaged (the boot sector's cluster size cannot be); its backup was used.",
  ]);
});
