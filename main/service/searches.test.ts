/** Searches and sums over real workers: volumes, limits, closing, what other calls wait for, and fsu_du's sums. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { placeWideStick, WIDE_FILES, WIDE_FOLDERS } from '../../test/end-to-end/wide-stick.ts';
import { testImage } from '../../test/images/library.ts';
import { builtFile } from '../built-files.ts';
import type { FoundFiles, SearchQuery } from '../contract.ts';
import { nodeLauncher } from '../kernels/node-launcher.ts';
import { closeMedium, type OpenedMedium, openMedium } from './opened-medium.ts';
import { Searches } from './searches.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ANY: SearchQuery = {
  name: '',
  what: 'all',
  extensions: null,
  minBytes: null,
  maxBytes: null,
  modifiedFrom: null,
  modifiedBefore: null,
};
const ALL = WIDE_FOLDERS * WIDE_FILES + WIDE_FOLDERS;

let base = '';
let opened: OpenedMedium;
let searches: Searches;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-searches-'));
});
afterEach(() => {
  closeMedium(opened);
  rmSync(base, { recursive: true, force: true });
});

async function open(path: string): Promise<void> {
  const launch = nodeLauncher(builtFile('kernel-worker', 'worker.js'));
  opened = await openMedium({ kind: 'image', path }, launch, true);
  searches = new Searches({ opened: () => opened });
}

function imageFile(name: string): string {
  const path = join(base, `${name}.img`);
  writeFileSync(path, testImage(name).bytes());
  return path;
}

/** All slices of a search. */
async function slices(id: string): Promise<FoundFiles[]> {
  const all: FoundFiles[] = [];
  do all.push(await searches.read(id));
  while (!all[all.length - 1].end);
  return all;
}

describe('a search', () => {
  it('goes through all volumes one after the other, and tells in which each entry lies', async () => {
    await open(imageFile('disk-gpt-3'));
    const names = testImage('disk-gpt-3')
      .manifest('')
      .filter((entry) => entry.path_b64 === undefined && /readme/i.test(entry.path.split('/').pop() ?? ''));
    const volumes = new Set(names.map(({ part }) => part));
    expect(volumes.size).toBeGreaterThan(1);
    const found = (await slices(searches.open('m', null, '/', { ...ANY, name: 'readme' }))).flatMap(
      ({ volume, entries }) => entries.map(({ name }) => `${volume} ${name}`),
    );
    expect(found.sort()).toEqual(names.map(({ part, path }) => `${part} /${path.replace(/^\//, '')}`).sort());
    const [one] = [...volumes].map(Number);
    const inOne = await slices(searches.open('m', one, '/', { ...ANY, name: 'readme' }));
    expect(inOne.flatMap(({ entries }) => entries)).toHaveLength(names.filter(({ part }) => part === one).length);
  });

  it('counts everything that it looked at, and gives paths from below a folder', async () => {
    await open(placeWideStick(base));
    const all = await slices(searches.open('m', 0, '/', { ...ANY, name: 'ete a la*' }));
    expect(all.reduce((sum, { looked }) => sum + looked, 0)).toBe(ALL);
    expect(all.flatMap(({ entries }) => entries.map(({ name }) => name))).toEqual(['/D050/Été à la mer.jpg']);
    const below = await slices(searches.open('m', 0, '/D050', { ...ANY, extensions: ['txt'] }));
    expect(below.flatMap(({ entries }) => entries)).toHaveLength(WIDE_FILES / 10 - 1);
    expect(below[0].entries[0].name).toBe('/D050/IM050000.TXT');
  });

  it('ends at its limit, and says so', async () => {
    await open(placeWideStick(base));
    const id = searches.open('m', 0, '/', ANY);
    const all = await slices(id);
    expect(all.reduce((sum, { entries }) => sum + entries.length, 0)).toBe(50_000);
    expect(all.map(({ limited }) => limited).filter((limited) => limited)).toHaveLength(1);
    expect(await searches.read(id)).toMatchObject({ entries: [], end: true });
  });

  it('is closed at any time, and those that were left open are closed for new ones', async () => {
    await open(placeWideStick(base));
    const first = searches.open('m', 0, '/', ANY);
    await searches.read(first);
    await searches.close(first);
    await expect(searches.read(first)).rejects.toThrow('This search is no longer open.');
    // More than a worker has descriptors.
    for (let i = 0; i < 300; i++) await searches.read(searches.open('m', 0, '/D001', { ...ANY, name: 'x' }));
  });

  it('keeps nobody waiting: a folder opens while it goes on', async () => {
    await open(placeWideStick(base));
    const id = searches.open('m', 0, '/', { ...ANY, name: 'nothing' });
    let reading = true;
    const search = slices(id).then((all) => {
      reading = false;
      return all;
    });
    const mount = opened.mounts.get(0) ?? -1;
    const { fd } = await opened.kernel.call('opendir', mount, '/D099');
    // It came between the search's slices, of which there are several in 100,000 files.
    expect(reading).toBe(true);
    expect((await opened.kernel.call('readdir', fd, 1000)).entries).toHaveLength(1000);
    await search;
  });

  it('fails where its worker ends', async () => {
    await open(placeWideStick(base));
    const id = searches.open('m', 0, '/', ANY);
    await searches.read(id);
    opened.kernel.close();
    await expect(searches.read(id)).rejects.toThrow('The medium was closed.');
    await searches.close(id);
  });
});

describe('the sums', () => {
  it.each(['fat32-c4k-kernel', 'ext4-default-4k', 'exfat-s512-c4k-fuse', 'ntfs-c4k'])(
    'of %s are those of fsu_du, for every folder',
    async (name) => {
      const path = imageFile(name);
      await open(path);
      // In blocks of 512 bytes, of which all of these allocate whole ones; names that are no text are not compared.
      const du = execFileSync(process.execPath, [builtFile('bin', 'fsu_du.js'), path], { encoding: 'utf8' });
      const id = await searches.openSums('m', 0);
      while (!(await searches.readSums(id)).end);
      let compared = 0;
      for (const line of du.trim().split('\n')) {
        const [blocks, folder] = line.split('\t');
        if (folder.includes('\ufffd')) continue;
        const { node } = await searches.viewSums(id, folder);
        expect([folder, Math.ceil(node.bytes / 512)]).toEqual([folder, Number(blocks)]);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(10);
      await searches.closeSums(id);
      await expect(searches.viewSums(id, '/')).rejects.toThrow('no longer there');
    },
  );
});
