import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import type { Conflict } from '../contract.ts';
import { Conflicts, type Decision } from './conflicts.ts';
import { CopyEnd } from './copy-end.ts';
import { CopyLedger } from './copy-ledger.ts';
import type { PlannedFile, PlannedFolder } from './plan.ts';
import { FolderNames, POSIX_RULES } from './safe-names.ts';

const EXISTING = { sizeBytes: 1, mtimeMs: 0, isFolder: false };
const folder: PlannedFolder = {
  ...{ path: '/', name: '', note: null, parent: null },
  names: new FolderNames(POSIX_RULES),
  times: { mtimeMs: null, atimeMs: null },
};
const file: PlannedFile = {
  ...{ index: 0, folder, path: '/a', name: 'a', note: null, sizeBytes: 5, storedBytes: 5 },
  ...{ mtimeMs: null, atimeMs: null, linkTarget: null },
};

function asking(decide: (conflict: Conflict) => Promise<{ decision: Decision; applyToAll: boolean }>) {
  const abort = new AbortController();
  const { signal } = abort;
  const ledger = new CopyLedger(() => {});
  const conflicts = new Conflicts({ policy: 'ask', target: '/out', signal, ledger, skipSame: false, decide });
  return { abort, conflicts };
}

test('questions that were answered leave nothing with the copy’s signal', async () => {
  const asked: string[] = [];
  const { abort, conflicts } = asking(async ({ targetPath }) => {
    asked.push(targetPath);
    return { decision: 'skip', applyToAll: false };
  });
  for (let i = 0; i < 20; i++) expect(await conflicts.decided(file, EXISTING)).toBe('skip');
  expect(asked).toEqual(Array(20).fill('/out/a'));
  expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
});

test('a question ends when the copy is cancelled, and the next one is not asked', async () => {
  let asked = 0;
  const { abort, conflicts } = asking(() => {
    asked += 1;
    return new Promise(() => {});
  });
  const answers = [conflicts.decided(file, EXISTING), conflicts.decided(file, EXISTING)];
  const ends = answers.map((answer) => answer.catch((error: unknown) => error));
  await expect.poll(() => asked).toBe(1);
  abort.abort();
  for (const end of await Promise.all(ends)) expect(end).toBeInstanceOf(CopyEnd);
  expect(asked).toBe(1);
});
