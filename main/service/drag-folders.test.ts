/** Folders for dragging: what Airlock made itself is removed, and nothing that a stick put in their place. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DragFolders } from './drag-folders.ts';

const DAY_MS = 24 * 3600 * 1000;
let base = '';
let target = '';
let list = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-drag-'));
  target = join(base, 'out');
  list = join(base, 'config', 'drag-folders.json');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const listed = (): Array<{ path: string; madeAtMs: number }> => JSON.parse(readFileSync(list, 'utf8'));
const makeOlder = () => {
  const older = listed().map(({ path, madeAtMs }) => ({ path, madeAtMs: madeAtMs - DAY_MS - 1000 }));
  writeFileSync(list, JSON.stringify(older));
};
const oldFile = (path: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'precious');
  utimesSync(path, 1, 1);
  utimesSync(dirname(path), 1, 1);
};

test('are private, are listed, and are removed with the session', () => {
  const folders = new DragFolders(list);
  const folder = folders.make(target);
  expect(dirname(folder)).toBe(join(target, '.airlock-drag'));
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(listed().map(({ path }) => path)).toEqual([folder]);
  writeFileSync(join(folder, 'photo.jpg'), 'bytes');
  folders.removeAll();
  expect(existsSync(folder)).toBe(false);
  expect(listed()).toEqual([]);
});

test('of a session that crashed a day ago are removed by a later one, in whatever target folder; younger ones stay', () => {
  const crashed = new DragFolders(list).make(join(base, 'earlier target'));
  makeOlder();
  const young = new DragFolders(list).make(target);
  expect(existsSync(crashed)).toBe(false);
  const last = new DragFolders(list).make(target);
  expect(existsSync(young)).toBe(true);
  expect(listed().map(({ path }) => path)).toEqual([young, last]);
});

test('of this session stay for as long as it runs: they may be on the clipboard', () => {
  const folders = new DragFolders(list);
  const first = folders.make(target);
  makeOlder();
  const second = folders.make(target);
  expect(existsSync(first)).toBe(true);
  expect(listed().map(({ path }) => path)).toEqual([first, second]);
  folders.removeAll();
  expect([first, second].filter((path) => existsSync(path))).toEqual([]);
});

test('nothing else is removed from a folder of their name, however old it is', () => {
  const copied = join(target, '.airlock-drag');
  oldFile(join(copied, 'DCIM', 'photo.jpg'));
  oldFile(join(copied, 'files-abc123', 'photo.jpg'));
  oldFile(join(copied, 'letter.txt'));
  const folders = new DragFolders(list);
  folders.make(target);
  folders.removeAll();
  expect(readdirSync(copied).sort()).toEqual(['DCIM', 'files-abc123', 'letter.txt']);
  expect(readdirSync(join(copied, 'files-abc123'))).toEqual(['photo.jpg']);
});

test('are not made through a link in their place, and nothing behind it is touched', () => {
  oldFile(join(target, 'CAMERA', 'photo.jpg'));
  symlinkSync('.', join(target, '.airlock-drag'));
  const before = readdirSync(target).sort();
  expect(() => new DragFolders(list).make(target)).toThrow('is not a folder of its own');
  expect(readdirSync(target).sort()).toEqual(before);
  expect(existsSync(join(target, 'CAMERA', 'photo.jpg'))).toBe(true);
});

test('are not removed where a link has taken their place or that of the folder around them', () => {
  const folder = new DragFolders(list).make(target);
  makeOlder();
  rmSync(join(target, '.airlock-drag'), { recursive: true });
  const elsewhere = join(base, 'elsewhere');
  oldFile(join(elsewhere, folder.slice(dirname(folder).length + 1), 'photo.jpg'));
  symlinkSync(elsewhere, join(target, '.airlock-drag'));
  new DragFolders(list).make(join(base, 'other target'));
  expect(existsSync(join(folder, 'photo.jpg'))).toBe(true);
});

test.each(['{', '{"path":"/"}', '[{"path":5}]'])('a list that is %j says nothing, and is written anew', (content) => {
  mkdirSync(dirname(list), { recursive: true });
  writeFileSync(list, content);
  const folder = new DragFolders(list).make(target);
  expect(listed().map(({ path }) => path)).toEqual([folder]);
});

test('a list that names other folders removes none of them', () => {
  const precious = [join(target, 'CAMERA'), target, join(target, '.airlock-drag', '..', 'CAMERA'), 'out/files-abc123'];
  oldFile(join(target, 'CAMERA', 'photo.jpg'));
  mkdirSync(dirname(list), { recursive: true });
  writeFileSync(list, JSON.stringify(precious.map((path) => ({ path, madeAtMs: 0 }))));
  new DragFolders(list).make(target);
  expect(existsSync(join(target, 'CAMERA', 'photo.jpg'))).toBe(true);
});
