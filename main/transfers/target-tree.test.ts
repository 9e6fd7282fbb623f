/** Folders of the target that somebody else plays with while a copy runs. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInTheWayError, TargetTree } from './target-tree.ts';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-tree-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test('makes folders below the target and takes those that are there', () => {
  const tree = new TargetTree(join(base, 'new', 'target'));
  const first = tree.folder(0, 'a');
  const again = tree.folder(0, 'a');
  expect([first.created, again.created]).toEqual([true, false]);
  writeFileSync(tree.entryPath(again.number, 'x'), '');
  expect(existsSync(join(base, 'new', 'target', 'a', 'x'))).toBe(true);
  tree.close();
});

test('does not take a symbolic link, or a file, for a folder', () => {
  const tree = new TargetTree(join(base, 'target'));
  symlinkSync('/tmp', join(base, 'target', 'link'));
  writeFileSync(join(base, 'target', 'file'), '');
  expect(() => tree.folder(0, 'link')).toThrow(FolderInTheWayError);
  expect(() => tree.folder(0, 'file')).toThrow(FolderInTheWayError);
  tree.close();
});

test('writes into the folder that it opened, not into a link that was put in its place', () => {
  const outside = join(base, 'outside');
  mkdirSync(outside);
  const tree = new TargetTree(join(base, 'target'));
  const { number } = tree.folder(0, 'a');
  renameSync(join(base, 'target', 'a'), join(base, 'target', 'moved'));
  symlinkSync(outside, join(base, 'target', 'a'));
  writeFileSync(tree.entryPath(number, 'x'), '');
  expect(readdirSync(outside)).toEqual([]);
  expect(readdirSync(join(base, 'target', 'moved'))).toEqual(['x']);
  tree.close();
});

test('refuses a folder that was exchanged while its descriptor was closed', () => {
  const tree = new TargetTree(join(base, 'target'));
  const { number } = tree.folder(0, 'a');
  // More folders than are held open: the first one is closed.
  for (let i = 0; i < 80; i++) tree.folder(0, `b${i}`);
  renameSync(join(base, 'target', 'a'), join(base, 'target', 'moved'));
  mkdirSync(join(base, 'target', 'a'));
  expect(() => tree.entryPath(number, 'x')).toThrow(FolderInTheWayError);
  tree.close();
});

test('takes one component for a name, and nothing that leads elsewhere', () => {
  const tree = new TargetTree(join(base, 'target'));
  for (const name of ['', '.', '..', '../x', 'a/b']) expect(() => tree.entryPath(0, name)).toThrow(FolderInTheWayError);
  tree.close();
});

test('reaches folders deeper than the limit of open descriptors', () => {
  const tree = new TargetTree(join(base, 'target'));
  let at = 0;
  for (let depth = 0; depth < 200; depth++) at = tree.folder(at, 'd').number;
  writeFileSync(tree.entryPath(at, 'x'), '');
  tree.close();
  expect(existsSync(join(base, 'target', ...Array(200).fill('d'), 'x'))).toBe(true);
});
