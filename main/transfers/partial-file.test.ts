/** Final names on a file system without hard links (FAT, exFAT), for which link(2) is made to fail as it does there. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FileOrder } from './orders.ts';
import { createPartial, publish } from './partial-file.ts';
import { POSIX_RULES } from './safe-names.ts';
import { TargetTree } from './target-tree.ts';

vi.mock('node:fs', async (importOriginal) => ({
  ...(await importOriginal<typeof import('node:fs')>()),
  linkSync: () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  },
}));

let base = '';
let tree: TargetTree;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-partial-test-'));
  tree = new TargetTree(base);
});
afterEach(() => {
  tree.close();
  rmSync(base, { recursive: true, force: true });
});

function write(existing: FileOrder['existing']): string {
  const file = createPartial(tree, { folder: 0, name: 'a.txt', existing, mtimeMs: null, atimeMs: null });
  writeSync(file.fd, 'new');
  return publish(tree, file, POSIX_RULES).writtenAs;
}

test('a file takes its name', () => {
  expect(write('refuse')).toBe('a.txt');
  expect(readdirSync(base)).toEqual(['a.txt']);
  expect(readFileSync(join(base, 'a.txt'), 'utf8')).toBe('new');
});

test('and takes the next one where another file is, which stays as it is', () => {
  writeFileSync(join(base, 'a.txt'), 'old');
  writeFileSync(join(base, 'a (2).txt'), 'older');
  expect(write('rename')).toBe('a (3).txt');
  // What appeared after it was looked for is not replaced either.
  expect(write('refuse')).toBe('a (4).txt');
  expect(readFileSync(join(base, 'a.txt'), 'utf8')).toBe('old');
  expect(readFileSync(join(base, 'a (2).txt'), 'utf8')).toBe('older');
  expect(readdirSync(base)).toHaveLength(4);
});

test('and replaces it only where that was asked', () => {
  writeFileSync(join(base, 'a.txt'), 'old');
  expect(write('overwrite')).toBe('a.txt');
  expect(readFileSync(join(base, 'a.txt'), 'utf8')).toBe('new');
  expect(readdirSync(base)).toEqual(['a.txt']);
});
