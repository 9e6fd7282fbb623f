/** The host's folders in the interface's own chooser. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHostFolder, listHostFolder } from './host-folders.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-folders-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('come first, then files with their sizes, in the order of people', () => {
  mkdirSync(join(folder, 'zoo'));
  writeFileSync(join(folder, 'b10.img'), '0123456789');
  writeFileSync(join(folder, 'b9.img'), '1');
  symlinkSync('nowhere', join(folder, 'dangling'));
  expect(listHostFolder(folder)).toEqual({
    path: folder,
    parent: dirname(folder),
    entries: [
      { name: 'zoo', isFolder: true, sizeBytes: null },
      { name: 'b9.img', isFolder: false, sizeBytes: 1 },
      { name: 'b10.img', isFolder: false, sizeBytes: 10 },
      { name: 'dangling', isFolder: false, sizeBytes: null },
    ],
  });
});

test('begin at home, end at the root, and are told where they cannot be read', () => {
  expect(listHostFolder(null).path).toBe(process.env.HOME);
  expect(listHostFolder('/').parent).toBeNull();
  expect(() => listHostFolder(join(folder, 'none'))).toThrow('This folder cannot be read.');
  expect(() => listHostFolder('relative')).toThrow(/whole path/);
});

test('can be made', () => {
  expect(createHostFolder(join(folder, 'new')).entries).toEqual([]);
  expect(() => createHostFolder(join(folder, 'new'))).toThrow('The folder could not be made.');
  expect(() => createHostFolder('relative')).toThrow(/whole path/);
});
