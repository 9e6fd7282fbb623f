/** That the frame's reading of 7z lists waits for its bytes and refuses in the frame's words; the lists themselves: kernel-worker/content/archives. */

import { expect, test } from 'vitest';
import { SEVEN_ZIP } from '../../test/builders/seven-zip.ts';
import { LookError } from '../file.ts';
import { listSevenZip } from './seven-zip.ts';

const read = async (from: number, to: number) => SEVEN_ZIP.subarray(from, to);

test('a list is read from bytes that come later', async () => {
  const { list } = await listSevenZip(SEVEN_ZIP.length, read);
  expect(list?.entries.map(({ path }) => path)).toEqual([
    'Letters',
    'empty',
    'nothing.txt',
    'Letters/summer.txt',
    'süß 🌊.txt',
  ]);
});

test('what is wrong with a list is told as the frame tells it, and what is wrong with the reading as it came', async () => {
  const refused = await listSevenZip(SEVEN_ZIP.length - 1, read).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LookError);
  expect(refused).toMatchObject({ code: 'damaged' });
  const gone = new LookError('unreadable');
  await expect(listSevenZip(SEVEN_ZIP.length, () => Promise.reject(gone))).rejects.toBe(gone);
});
