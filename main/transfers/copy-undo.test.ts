/** Taking a copy back: only what it made and nobody touched since. */

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OwnFile, type Trash, undoCopy } from './copy-undo.ts';

let base: string;
let target: string;
let asked: string[][];

/** Puts them into a folder that stands for the system's trash. */
const trash: Trash = async (paths) => {
  asked.push([...paths]);
  for (const path of paths) renameSync(path, join(base, 'trash', `${asked.length} ${basename(path)}`));
};

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-undo-'));
  target = join(base, 'target');
  mkdirSync(join(target, 'made', 'deep'), { recursive: true });
  mkdirSync(join(base, 'trash'));
  asked = [];
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function written(writtenAs: string): OwnFile {
  const path = join(target, writtenAs);
  writeFileSync(path, `content of ${writtenAs}`);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  const { dev, ino, size, mtimeMs } = statSync(path);
  return { writtenAs, sizeBytes: size, mtimeMs, identity: { dev, ino } };
}

test('takes its files and the folders that are empty then', async () => {
  const files = [written('a.txt'), written('made/b.txt'), written('made/deep/c.txt')];
  writeFileSync(join(target, 'somebody’s'), 'x');
  expect(await undoCopy(target, files, ['made', 'made/deep'], trash)).toEqual({ trashed: 3, left: 0, problem: null });
  expect(readdirSync(target)).toEqual(['somebody’s']);
  expect(readdirSync(join(base, 'trash')).sort()).toEqual(['1 a.txt', '1 b.txt', '1 c.txt']);
});

test('leaves what was changed, replaced, moved or put there since, and folders with something in them', async () => {
  const names = ['longer', 'same size', 'touched', 'replaced', 'moved', 'link', 'made/ours'];
  const files = names.map(written);
  writeFileSync(join(target, 'longer'), 'content of longer, and more');
  writeFileSync(join(target, 'same size'), 'Content of same size');
  utimesSync(join(target, 'touched'), 1_700_000_001, 1_700_000_001);
  renameSync(join(target, 'replaced'), join(base, 'replaced'));
  written('replaced');
  renameSync(join(target, 'moved'), join(base, 'moved'));
  renameSync(join(target, 'link'), join(base, 'link'));
  symlinkSync(join(base, 'link'), join(target, 'link'));
  writeFileSync(join(target, 'made', 'somebody’s'), 'x');
  rmSync(join(target, 'made', 'deep'), { recursive: true });
  expect(await undoCopy(target, files, ['made', 'made/deep'], trash)).toEqual({ trashed: 1, left: 6, problem: null });
  expect(asked).toEqual([[join(target, 'made/ours')]]);
  expect(readdirSync(join(target, 'made'))).toEqual(['somebody’s']);
});

test('goes through no link that stands in the place of a folder', async () => {
  const file = written('made/ours');
  renameSync(join(target, 'made'), join(base, 'elsewhere'));
  symlinkSync(join(base, 'elsewhere'), join(target, 'made'));
  expect(await undoCopy(target, [file], ['made', 'made/deep'], trash)).toEqual({ trashed: 0, left: 1, problem: null });
  expect(asked).toEqual([]);
  expect(readdirSync(join(base, 'elsewhere')).sort()).toEqual(['deep', 'ours']);
});

test('counts what really went where the system refuses in the middle, and says why', async () => {
  const files = Array.from({ length: 120 }, (_, i) => written(`file ${i}`));
  const refusing: Trash = async (paths) => {
    if (asked.length === 1) {
      await trash(paths.slice(0, 3));
      throw new Error('there is no trash here');
    }
    await trash(paths);
  };
  expect(await undoCopy(target, files, [], refusing)).toEqual({
    trashed: 53,
    left: 67,
    problem: 'there is no trash here',
  });
});

test('of a target that is gone takes nothing', async () => {
  const file = written('a');
  rmSync(target, { recursive: true });
  expect(await undoCopy(target, [file], ['made'], trash)).toEqual({ trashed: 0, left: 1, problem: null });
});
