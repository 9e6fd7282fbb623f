/** Searches and sums over reference images of several file systems, asked as main asks them. */

import { describe, expect, it } from 'vitest';
import { folded } from '../../../assets/text/folding.ts';
import { type ReferenceEntry, testImage } from '../../../test/images/library.ts';
import { type MountedKernel, mediumKernel, treeKernel } from '../../../test/support/kernel-in-process.ts';
import type { EntryReport, SearchQuery, SpaceNode, SpaceProgress } from '../../contract.ts';
import type { TmpfsSpec } from '../../fs/tmpfs/node.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';

const ANY: SearchQuery = {
  name: '',
  what: 'all',
  extensions: null,
  minBytes: null,
  maxBytes: null,
  modifiedFrom: null,
  modifiedBefore: null,
};
const IMAGES = [
  'fat32-c4k-kernel',
  'exfat-s512-c4k-fuse',
  'ext4-default-4k',
  'ntfs-c4k',
  'hfsplus-4k',
  'iso-rr-genisoimage',
  'netbsd-ffsv2-le',
];

async function found({ kernel, mount }: MountedKernel, query: Partial<SearchQuery>, path = '/') {
  const { fd } = await kernel.call('findOpen', mount, path, { ...ANY, ...query });
  const entries: EntryReport[] = [];
  let looked = 0;
  for (let end = false; !end; ) {
    const page = await kernel.call('findRead', fd);
    entries.push(...page.entries);
    looked += page.looked;
    end = page.end;
  }
  await kernel.call('close', fd);
  return { paths: entries.map(({ name }) => name).sort(), entries, looked };
}

async function summed({ kernel, mount }: MountedKernel): Promise<{ fd: number; progress: SpaceProgress }> {
  const { fd } = await kernel.call('sumOpen', mount);
  for (;;) {
    const progress = await kernel.call('sumRead', fd);
    if (progress.end) return { fd, progress };
  }
}

const file = (lengthBytes: number, sec = 0): TmpfsSpec => ({
  type: 'file',
  content: new Uint8Array(lengthBytes),
  mtime: { sec, nsec: 0 },
});
const dir = (children: Record<string, TmpfsSpec>): TmpfsSpec => ({ type: 'dir', children });

const openImage = (name: string) => mediumKernel(memoryBlocks(testImage(name).bytes()));
/** What the reference reader saw, without the root and names that are no text. */
const reference = (name: string) =>
  testImage(name)
    .manifest('')
    .map((entry) => ({ ...entry, path: entry.path.replace(/^\//, '') }))
    .filter((entry) => entry.path !== '' && entry.path_b64 === undefined);
const baseName = ({ path }: ReferenceEntry) => path.slice(path.lastIndexOf('/') + 1);
/** Composed, as the reference readers on Linux give them. */
const ofText = (paths: string[]) =>
  paths
    .filter((path) => !/\p{Cs}/u.test(path))
    .map((path) => path.normalize('NFC'))
    .sort();

describe.each(IMAGES)('a search through %s', (name) => {
  it('finds by a part of the name, by mask, kind and size exactly what the reference reader has', async () => {
    const mounted = await openImage(name);
    const all = reference(name);
    const paths = (keep: (entry: ReferenceEntry) => boolean) => ofText(all.filter(keep).map(({ path }) => path));
    const lower = (entry: ReferenceEntry) => folded(baseName(entry));

    const everything = await found(mounted, {});
    expect(ofText(everything.paths)).toEqual(paths(() => true));
    const part = paths((entry) => lower(entry).includes('a'));
    expect(part.length).toBeGreaterThan(0);
    const byPart = await found(mounted, { name: 'A' });
    expect(ofText(byPart.paths)).toEqual(part);
    expect(byPart.looked).toBe(everything.looked);
    expect(ofText((await found(mounted, { name: 'f*.bin' })).paths)).toEqual(
      paths((entry) => /^f.*\.bin$/s.test(lower(entry))),
    );
    expect(ofText((await found(mounted, { extensions: ['bin', 'txt'], what: 'files' })).paths)).toEqual(
      paths((entry) => entry.type !== 'dir' && /[^/]\.(bin|txt)$/.test(lower(entry))),
    );
    expect(ofText((await found(mounted, { what: 'folders' })).paths)).toEqual(paths((entry) => entry.type === 'dir'));
    const sized = (entry: ReferenceEntry) => (entry.size ?? 0) >= 4096 && (entry.size ?? 0) <= 65_536;
    expect(ofText((await found(mounted, { what: 'files', minBytes: 4096, maxBytes: 65_536 })).paths)).toEqual(
      paths((entry) => entry.type === 'file' && sized(entry)),
    );
  });

  it('adds up to what a walk of everything adds up to', async () => {
    const mounted = await openImage(name);
    const { entries } = await found(mounted, {});
    const root = await mounted.kernel.call('lstat', mounted.mount, '/');
    const counted = new Set<number>();
    let bytes = root.allocatedBytes ?? root.size;
    for (const { attr } of entries) {
      if (attr === null || (attr.type !== 'dir' && (attr.nlink ?? 1) > 1 && counted.has(attr.fileid))) continue;
      counted.add(attr.fileid);
      bytes += attr.allocatedBytes ?? attr.size;
    }
    const { fd, progress } = await summed(mounted);
    expect(progress).toMatchObject({ bytes, end: true, limited: false });
    const view = await mounted.kernel.call('sumView', fd, '/');
    expect(view.node.bytes).toBe(bytes);
    const largest = [...view.largestFiles].sort((a, b) => b.bytes - a.bytes);
    expect(view.largestFiles).toEqual(largest);
    for (const folder of view.node.children.filter(({ kind }) => kind === 'folder').slice(0, 5)) {
      expect((await mounted.kernel.call('sumView', fd, `/${folder.name}`)).node.bytes).toBe(folder.bytes);
    }
  });
});

describe('a search', () => {
  const tree = dir({
    'Été.TXT': file(10, 1000),
    'e\u0301te\u0301 2.txt': file(20, 2000),
    Sub: dir({ 'summer.jpg': file(30, 3000), SUMMER: dir({ 'x.jpg': file(5, 4000) }) }),
    link: { type: 'symlink', target: 'Sub' },
  });

  it('does not mind case, accents and their composition', async () => {
    expect((await found(await treeKernel(tree), { name: 'ete' })).paths).toEqual(['e\u0301te\u0301 2.txt', 'Été.TXT']);
  });

  it('finds by date, from one day on and before another', async () => {
    const at = (sec: number) => ({ instantSec: sec, wallSec: Number.MAX_SAFE_INTEGER });
    const mounted = await treeKernel(tree);
    const files = { what: 'files' as const };
    expect((await found(mounted, { ...files, modifiedFrom: at(2000) })).paths).toEqual([
      'Sub/SUMMER/x.jpg',
      'Sub/summer.jpg',
      'e\u0301te\u0301 2.txt',
    ]);
    expect((await found(mounted, { ...files, modifiedFrom: at(2000), modifiedBefore: at(3000) })).paths).toEqual([
      'e\u0301te\u0301 2.txt',
    ]);
  });

  it('compares times that the stick keeps by the clock on the wall with the wall’s bound', async () => {
    const mounted = await openImage('fat32-c4k-kernel');
    const all = await found(mounted, { what: 'files' });
    const times = all.entries.map(({ attr }) => attr?.mtime?.sec ?? 0).sort((a, b) => a - b);
    const middle = times[Math.floor(times.length / 2)];
    const before = await found(mounted, { what: 'files', modifiedBefore: { instantSec: 0, wallSec: middle } });
    expect(before.paths).toHaveLength(times.filter((sec) => sec < middle).length);
  });

  it('gives folders for their names, and not for sizes or kinds', async () => {
    const mounted = await treeKernel(tree);
    expect((await found(mounted, { name: 'summer' })).paths).toEqual(['Sub/SUMMER', 'Sub/summer.jpg']);
    expect((await found(mounted, { name: 'summer', minBytes: 0 })).paths).toEqual(['Sub/summer.jpg']);
    expect((await found(mounted, { extensions: ['jpg'] }, '/Sub/SUMMER')).paths).toEqual(['x.jpg']);
  });

  it('goes in slices: other calls are answered between two of them', async () => {
    const many = dir(Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`f${i}`, file(0)])));
    const { kernel, mount } = await treeKernel(many);
    const { fd } = await kernel.call('findOpen', mount, '/', ANY);
    const first = await kernel.call('findRead', fd);
    expect(first.entries.length).toBeLessThanOrEqual(1000);
    expect(first.end).toBe(false);
    expect((await kernel.call('lstat', mount, '/f7')).type).toBe('file');
    await kernel.call('close', fd);
    await expect(kernel.call('findRead', fd)).rejects.toThrow('is not an open search');
  });
});

describe('the sums', () => {
  it('count a file of several names once, where it was met first', async () => {
    const mounted = await openImage('ext4-default-4k');
    const { entries } = await found(mounted, { what: 'files' });
    expect(entries.some(({ attr }) => attr?.type === 'file' && (attr.nlink ?? 1) > 1)).toBe(true);
    const { progress } = await summed(mounted);
    const names = entries.length;
    expect(progress.files).toBeLessThan(names);
    expect(progress.files).toBe(new Set(entries.map(({ attr }) => attr?.fileid)).size);
  });

  it('give the largest parts of a folder, nested, and the rest as what they do not add up to', async () => {
    const small = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`s${i}`, file(1)]));
    const mounted = await treeKernel(
      dir({ big: file(700_000), deep: dir({ a: dir({ mid: file(200_000) }), ...small }), tiny: file(3) }),
    );
    const { fd, progress } = await summed(mounted);
    expect(progress).toMatchObject({ files: 203, folders: 2, failures: 0 });
    const { node, largestFiles, largestFolders } = await mounted.kernel.call('sumView', fd, '/');
    const shape = ({ name, children }: SpaceNode): unknown =>
      children.length === 0 ? name : [name, children.map(shape)];
    expect(shape(node)).toEqual(['', ['big', ['deep', [['a', ['mid']]]]]]);
    expect(node.files).toBe(203);
    expect(largestFiles.slice(0, 3).map(({ path, bytes }) => `${path} ${bytes}`)).toEqual([
      '/big 700000',
      '/deep/a/mid 200000',
      '/tiny 3',
    ]);
    expect(largestFiles).toHaveLength(100);
    expect(largestFolders.map(({ path, files }) => `${path} ${files}`)).toEqual(['/deep 201', '/deep/a 1']);
    const below = await mounted.kernel.call('sumView', fd, '/deep');
    expect(below.largestFolders.map(({ path }) => path)).toEqual(['/deep/a']);
    expect(below.node.children).toHaveLength(1);
  });

  it('are not given before they are complete, nor for a folder that is not there', async () => {
    const mounted = await treeKernel(dir({}));
    const { fd } = await mounted.kernel.call('sumOpen', mounted.mount);
    await expect(mounted.kernel.call('sumView', fd, '/')).rejects.toThrow('not complete');
    expect((await mounted.kernel.call('sumRead', fd)).end).toBe(true);
    await expect(mounted.kernel.call('sumView', fd, '/x')).rejects.toThrow('no such folder');
  });
});
