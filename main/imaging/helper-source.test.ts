/** The pipes to a reading helper, of which this test plays the other end: what is closed when, and answers that are none. */

import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  read,
  readdirSync,
  readlinkSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHelper } from './helper-source.ts';

const readAsync = promisify(read);

let folder = '';
let pipes = { requestPath: '', answerPath: '' };
/** The helper's ends. */
let helper: number[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-helper-'));
  pipes = { requestPath: join(folder, 'request'), answerPath: join(folder, 'answer') };
  if (process.platform !== 'linux') return;
  execFileSync('mkfifo', [pipes.requestPath, pipes.answerPath]);
  helper = [pipes.requestPath, pipes.answerPath].map((path) => openSync(path, constants.O_RDWR));
});
afterEach(() => {
  for (const fd of helper.splice(0)) closeSync(fd);
  rmSync(folder, { recursive: true });
});

/** How many descriptors of this process are open on a file. */
function opened(path: string): number {
  const isOfIt = (fd: string) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  };
  return readdirSync('/proc/self/fd').filter(isOfIt).length;
}

function answer(errno: number, count: number, bytes: string): void {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(errno, 0);
  header.writeUInt32LE(count, 4);
  writeSync(helper[1], Buffer.concat([header, Buffer.from(bytes)]));
}

test.runIf(process.platform === 'linux')(
  'a pipe from which is read is closed only when the read has ended',
  async () => {
    const { read: readDevice, close } = openHelper(pipes);
    const into = Buffer.alloc(4);
    const pending = readDevice(into, 0);
    expect((await readAsync(helper[0], Buffer.alloc(16), 0, 16, null)).bytesRead).toBe(16);
    close();
    expect(opened(pipes.answerPath)).toBe(2);
    await expect.poll(() => opened(pipes.requestPath)).toBe(1);
    answer(0, 4, 'abcd');
    expect([await pending, into.toString()]).toEqual([4, 'abcd']);
    expect(opened(pipes.answerPath)).toBe(1);
    await expect(readDevice(into, 0)).rejects.toMatchObject({ code: 'ENODEV' });
  },
);

test.runIf(process.platform === 'linux')('nothing stays open if one of the pipes cannot be opened', () => {
  expect(() => openHelper({ ...pipes, answerPath: join(folder, 'none') })).toThrow('ENOENT');
  expect(opened(pipes.requestPath)).toBe(1);
});

test.runIf(process.platform === 'linux')(
  'reads are answered one after the other, and the device’s errors are told by name',
  async () => {
    const { read: readDevice, close } = openHelper(pipes);
    const [one, other] = [Buffer.alloc(2), Buffer.alloc(2)];
    const both = [readDevice(one, 0), readDevice(other, 2)];
    answer(0, 2, 'ab');
    answer(5, 0, '');
    expect(await Promise.allSettled(both)).toMatchObject([{ value: 2 }, { reason: { code: 'EIO' } }]);
    answer(123, 0, '');
    await expect(readDevice(one, 0)).rejects.toMatchObject({ code: 'ENOMEDIUM' });
    close();
  },
);

test.runIf(process.platform === 'linux')(
  'after an answer of more than was asked for nothing is read any more',
  async () => {
    const { read: readDevice } = openHelper(pipes);
    answer(0, 8, 'abcdefgh');
    await expect(readDevice(Buffer.alloc(4), 0)).rejects.toMatchObject({ code: 'ENODEV' });
    await expect(readDevice(Buffer.alloc(4), 0)).rejects.toMatchObject({ code: 'ENODEV' });
    expect([opened(pipes.requestPath), opened(pipes.answerPath)]).toEqual([1, 1]);
  },
);
