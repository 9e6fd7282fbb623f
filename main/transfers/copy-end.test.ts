/** The words behind the name of a file that could not be copied: in the language of the app, whatever went wrong. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { de } from '../../assets/messages/de/index.ts';
import { en } from '../../assets/messages/en/index.ts';
import { useTexts } from '../texts.ts';
import { failureWords } from './copy-end.ts';
import { localTargetSide } from './local-target-side.ts';
import { checkExtent, MediumReadError, tooShort } from './medium-reader.ts';
import { NoFreeNameError } from './no-free-name.ts';
import type { TargetSide } from './orders.ts';
import { copyFailure, VerifyError } from './target-failure.ts';
import { FolderInTheWayError } from './target-tree.ts';

afterEach(() => useTexts(en));

function outside(): unknown {
  try {
    checkExtent(null, { mediumOffset: 0, lengthBytes: 1 });
  } catch (error) {
    return error;
  }
  return null;
}

const unreadable = new MediumReadError('the medium cannot be read from byte 4096 to 8191', {
  ...{ side: 'medium', code: 'EIO', mediumOffset: 4096 },
  reason: { kind: 'unreadable', firstByte: 4096, lastByte: 8191 },
});

const { diskErrors, failures } = de.copyNotes;
const coded = (code: string) => Object.assign(new Error(`${code}: words of the host`), { code });

test.each([
  ['other bytes on the disk', new VerifyError('other bytes'), failures.otherBytes],
  ['a range that cannot be read', unreadable, failures.unreadable('4096', '8191')],
  ['content outside the medium', outside(), failures.outside],
  ['content that is too short', tooShort(), failures.tooShort],
  ['something in the place of its folder', new FolderInTheWayError('/x'), failures.inTheWay],
  ['a name of which all forms are taken', new NoFreeNameError('taken'), failures.noName],
  ['a folder in its place', coded('EISDIR'), failures.folderThere],
  ['a full disk', coded('ENOSPC'), diskErrors.full],
  ['an error of the host without words of ours', coded('EXDEV'), diskErrors.other('EXDEV')],
])('%s is told in the language of the app', (_, thrown, words) => {
  useTexts(de, 'de');
  expect(failureWords(copyFailure(thrown))).toBe(words);
});

let folder = '';
let side: TargetSide;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-end-'));
  side = localTargetSide({ hashScript: null });
  await side.open({ path: folder, medium: null, verification: 'cache', originBase: null });
  return async () => {
    await side.close();
    rmSync(folder, { recursive: true });
  };
});

const ORDER = { folder: 0, name: 'x', sourcePath: '/x', sizeBytes: 0, mtimeMs: null, atimeMs: null } as const;

test('what stands in the place of a folder, and a folder in the place of a file, are told as what they are', async () => {
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'x'));
  const answer = await side.makeFolder(0, 'file');
  expect('failure' in answer && failureWords(answer.failure)).toBe('something else stands where its folder should be');
  const [outcome] = await side.copySmall([{ ...ORDER, existing: 'overwrite', content: { bytes: new Uint8Array() } }]);
  expect(outcome.outcome === 'failed' && failureWords(outcome.failure)).toBe('a folder with this name is there');
});
