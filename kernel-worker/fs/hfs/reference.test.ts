import { describe, expect, test } from 'vitest';
import { testImage } from '../../../test/images/library.ts';
import { KernelError } from '../../rump/errno.ts';
import { Kernel } from '../../rump/kernel.ts';
import { fts } from '../../rump/vfs/fts.ts';
import { namei } from '../../rump/vfs/namei.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { REGISTERED_DRIVERS } from '../registry.ts';

const kernelOn = (bytes: Uint8Array) => new Kernel(memoryBlocks(bytes), { drivers: REGISTERED_DRIVERS });

describe('HFS Plus as Apple and Linux wrote it', () => {
  test.each(['hfsplus-4k', 'hfsplus-512', 'hfsx-4k', 'hfsx-journal-2k'])(
    '%s has the UUID that blkid prints',
    async (name) => {
      const image = testImage(name);
      const kernel = kernelOn(image.bytes());
      expect(kernel.probe(null)[0]).toMatchObject({ fs: 'hfs', uuid: image.meta.uuid, dirty: false });
      const { info } = await kernel.mount({ partition: null });
      expect(info).toMatchObject({ uuid: image.meta.uuid, label: image.meta.label });
      expect(info.state).toEqual({ dirty: false, errors: false, notices: [] });
    },
  );

  test('shows names composed, and finds each under its name in any case', async () => {
    const mount = await kernelOn(testImage('hfsplus-512').bytes()).mount({ partition: null });
    let checked = 0;
    for (const { path, vnode } of fts(mount, mount.root)) {
      expect(path).toBe(path.normalize('NFC'));
      expect(namei(mount, `/${path.toUpperCase()}`, false).attr.fileid).toBe(vnode?.attr.fileid);
      expect(namei(mount, `/${path.normalize('NFD')}`, false).attr.fileid).toBe(vnode?.attr.fileid);
      checked += 1;
    }
    expect(checked).toBe(738);
  });

  test('is found by its alternate header when the first is overwritten', async () => {
    const bytes = testImage('hfsx-4k').bytes();
    bytes.fill(0, 0, 4096);
    const kernel = kernelOn(bytes);
    expect(kernel.probe(null)[0]).toMatchObject({ fs: 'hfs', title: 'HFSX', certainty: 1 });
    const mount = await kernel.mount({ partition: null });
    expect(mount.info.state.notices).toEqual([
      'The volume header is damaged; its alternate at the end of the volume was used.',
    ]);
    expect([...fts(mount, mount.root)]).toHaveLength(739);
  });
});

describe('HFS as hfsutils and Linux wrote it', () => {
  test('shows label, MacRoman names in any case, local times and the resource fork', async () => {
    const mount = await kernelOn(testImage('hfs-6m-hcopy').bytes()).mount({ partition: null });
    expect(mount.info).toMatchObject({ fs: 'hfs', title: 'HFS', label: 'hfs-6m-hcopy', uuid: null });
    expect(mount.info.state.dirty).toBe(false);
    const file = namei(mount, '/NAMES/GRÖSSE ƒ π ∂.DOC'.replace('SS', 'ß'), false);
    expect(file.attr).toMatchObject({ size: 99, mode: null, uid: null, nlink: null });
    expect(file.attr.mtime?.local).toBe(true);
    expect(namei(mount, '/names/slash:less', false).attr.size).toBe(99);
    const rich = namei(mount, '/with rsrc', false);
    const listed = mount.listextattr(rich);
    expect(listed.map(({ name }) => name)).toEqual(['osx.com.apple.FinderInfo', 'com.apple.ResourceFork']);
    const fork = new Uint8Array(listed[1].size);
    expect(mount.readextattr(rich, 'com.apple.ResourceFork', 0, fork)).toBe(fork.length);
  });

  test('reads names in the character set that is asked for', async () => {
    const image = testImage('hfs-6m-hcopy').bytes();
    const bytes = Buffer.from(image.buffer, image.byteOffset, image.length);
    const name = Buffer.from('\x08filler01', 'latin1');
    for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name)) bytes.set([0x80, 0x81], at + 1);
    const names = async (encoding?: string) => {
      const options: Record<string, string> = encoding === undefined ? {} : { encoding };
      const mount = await kernelOn(image).mount({ partition: null, options });
      return [...fts(mount, mount.root)].map(({ path }) => path).filter((path) => path.endsWith('ller01'));
    };
    expect(await names()).toEqual(['ÄÅller01']);
    expect(await names('cyrillic')).toEqual(['АБller01']);
    await expect(names('klingon')).rejects.toThrow('option encoding of hfs takes roman, centraleuropean');
  });

  test('shows a locked file as one that cannot be written', async () => {
    const image = testImage('hfs-6m-hcopy').bytes();
    const bytes = Buffer.from(image.buffer, image.byteOffset, image.length);
    const name = bytes.indexOf(Buffer.from('\x0aREADME.TXT', 'latin1'));
    // The record follows its key, on an even offset; its third byte holds the flags.
    const record = name + 11 + ((name + 11) & 1);
    expect(bytes[record]).toBe(2);
    bytes[record + 2] |= 1;
    const mount = await kernelOn(image).mount({ partition: null });
    const locked = namei(mount, '/README.TXT', false);
    expect(locked.attr.mode).toBe(0o444);
    expect(mount.properties(locked).Flags).toBe('locked');
  });

  test('is found by its alternate master directory block when the first is overwritten', async () => {
    const bytes = testImage('hfs-1440k-kernel').bytes();
    bytes.fill(0, 1024, 1536);
    const mount = await kernelOn(bytes).mount({ partition: null });
    expect(mount.info.state.notices).toEqual([
      'The master directory block is damaged; its alternate at the end of the volume was used.',
    ]);
    expect([...fts(mount, mount.root)]).toHaveLength(258);
  });

  test('is refused cleanly where neither is left', async () => {
    const bytes = testImage('hfs-1440k-kernel').bytes();
    bytes.fill(0, 1024, 1536);
    bytes.fill(0, bytes.length - 1024);
    await expect(kernelOn(bytes).mount({ partition: null, fstype: 'hfs' })).rejects.toThrow(KernelError);
  });
});
