/** The sample stick that ships with the app. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import { mediumKernel } from '../../test/support/kernel-in-process.ts';
import { assetFile } from '../built-files.ts';
import { sampleStick } from './sample-stick.ts';

const PACKED = assetFile('sample-stick.img.gz');

test('is unpacked once, to be read only, and removed', async () => {
  const sample = sampleStick(PACKED);
  const path = await sample.path();
  expect(await sample.path()).toBe(path);
  expect(statSync(path).mode & 0o777).toBe(0o400);
  sample.remove();
  expect(existsSync(path)).toBe(false);
});

test('is small, and holds a text, a picture, folders and a name with an umlaut', async () => {
  expect(statSync(PACKED).size).toBeLessThan(200_000);
  const sample = sampleStick(PACKED);
  const { kernel, mount } = await mediumKernel(memoryBlocks(readFileSync(await sample.path())));
  const { fd } = await kernel.call('ftsOpen', mount, '/');
  const page = await kernel.call('readdir', fd, 1000);
  expect(page.failures).toEqual([]);
  expect(page.entries.map((entry) => entry.name).sort()).toEqual([
    '.DS_Store',
    'Letters',
    'Letters/2019',
    'Letters/2019/summer.txt',
    'Pictures',
    'Pictures/Harbour.png',
    'Recipes',
    'Recipes/Apfelküchle.txt',
    'Welcome.txt',
    'shopping-list.txt',
  ]);
  sample.remove();
});
