/** Looking at the file of this computer that a copy asks about: that very file, as long as the question is open, judged by a worker that has nothing else. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Conflict } from '../contract.ts';
import type { WorkerLauncher } from '../kernels/kernel-process.ts';
import { nodeLauncher } from '../kernels/node-launcher.ts';
import { identifyHostFile, openHostFile } from './host-file.ts';
import { previewServer } from './preview-server.ts';
import { Previews } from './previews.ts';

const launch = nodeLauncher(fileURLToPath(new URL('../../dist/kernel-worker/worker.js', import.meta.url)));
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const HTML = '<!doctype html><script>parent.postMessage(1, "*")</script>';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-host-file-'));
  path = join(folder, 'there.png');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As a copy asks about what stands at `path` now. */
function conflictNow(): Conflict {
  const { size, mtimeMs } = statSync(path);
  return {
    path: '/there.png',
    targetPath: path,
    source: { sizeBytes: 5, mtimeMs: null },
    existing: { sizeBytes: size, mtimeMs },
  };
}

function identityNow() {
  const { dev, ino } = statSync(path);
  return { dev, ino };
}

describe('the file', () => {
  test('gives its bytes by their place, and none behind its end', async () => {
    writeFileSync(path, 'abcdefghij');
    const { bytes, identity } = await openHostFile(conflictNow());
    expect([bytes.sizeBytes, identity]).toEqual([10, identityNow()]);
    expect(Buffer.from(await bytes.read(3, 4)).toString()).toBe('defg');
    expect((await bytes.read(8, 100)).length).toBe(2);
    bytes.close();
  });

  test('is no other than the one that was asked about', async () => {
    writeFileSync(path, 'as it was');
    const conflict = conflictNow();
    writeFileSync(path, 'longer than it was');
    await expect(openHostFile(conflict)).rejects.toThrow('This file has changed since.');
    writeFileSync(path, 'as it wAs');
    utimesSync(path, 1, 1);
    await expect(openHostFile(conflict)).rejects.toThrow('This file has changed since.');
    rmSync(path);
    await expect(openHostFile(conflict)).rejects.toThrow('This file cannot be read.');
  });

  test('is not followed where it is a link, nor opened where it is no file', async () => {
    const elsewhere = join(folder, 'secret');
    writeFileSync(elsewhere, 'secret');
    symlinkSync(elsewhere, path);
    await expect(openHostFile(conflictNow())).rejects.toThrow('Only files can be looked into.');
    rmSync(path);
    mkdirSync(path);
    await expect(openHostFile(conflictNow())).rejects.toThrow('Only files can be looked into.');
    rmSync(path, { recursive: true });
    if (spawnSync('mkfifo', [path]).status === 0)
      await expect(openHostFile(conflictNow())).rejects.toThrow('Only files can be looked into.');
  });
});

describe('what it is', () => {
  test.each([
    ['image/png', PNG],
    ['text/html', HTML],
    ['text/plain', 'x'],
  ])('is told by a worker under lockdown: %s, of a file of any size', async (mime, content) => {
    writeFileSync(path, content);
    expect((await identifyHostFile(path, identityNow(), launch, true)).mime).toBe(mime);
  });

  test('is not told of another file, nor through a link', async () => {
    writeFileSync(path, PNG);
    const only = identityNow();
    renameSync(path, join(folder, 'moved'));
    writeFileSync(path, HTML);
    await expect(identifyHostFile(path, only, launch, true)).rejects.toThrow('is another file by now');
    rmSync(path);
    symlinkSync(join(folder, 'moved'), path);
    await expect(identifyHostFile(path, only, launch, true)).rejects.toThrow('cannot be opened (ELOOP)');
  });

  test('leaves no worker behind', async () => {
    writeFileSync(path, PNG);
    let killed = 0;
    const counted: WorkerLauncher = () => {
      const worker = launch();
      return {
        ...worker,
        kill: () => {
          killed += 1;
          worker.kill();
        },
      };
    };
    await identifyHostFile(path, identityNow(), counted, true);
    expect(killed).toBe(1);
  });
});

describe('a session', () => {
  let pending: Conflict | null;
  let identify: () => Promise<{ mime: string; class: 'picture' }>;
  let previews: Previews;
  let answer: ReturnType<typeof previewServer>;

  beforeEach(() => {
    writeFileSync(path, PNG);
    pending = conflictNow();
    identify = async () => ({ mime: 'image/png', class: 'picture' });
    const media = {
      opened: () => {
        throw new Error('no medium is asked');
      },
    };
    previews = new Previews(media, {
      pending: (jobId) => (jobId === 'copy-1' ? pending : null),
      identify: () => identify(),
    });
    previews.place = { origin: 'http://127.0.0.1:1', embedder: 'http://127.0.0.1:2' };
    answer = previewServer(previews, () => null);
  });

  const status = async (url: string) => {
    const headers = { range: null, origin: null, destination: null };
    return (await answer({ method: 'HEAD', url: `${url}content`, headers })).status;
  };

  test('is there for the file in question alone', async () => {
    const preview = await previews.openConflict('copy-1', '/there.png');
    expect(preview).toMatchObject({ sizeBytes: 16, content: { mime: 'image/png', class: 'picture' } });
    expect(await status(preview.url)).toBe(200);
    await expect(previews.openConflict('copy-2', '/there.png')).rejects.toThrow('This copy has no open question.');
    await expect(previews.openConflict('copy-1', '/other.png')).rejects.toThrow('This copy has no open question.');
  });

  test('ends when the question is answered, also where the next is about the same file', async () => {
    const first = await previews.openConflict('copy-1', '/there.png');
    previews.closeAnswered();
    expect(await status(first.url)).toBe(200);
    pending = conflictNow();
    previews.closeAnswered();
    expect(await status(first.url)).toBe(404);
    const second = await previews.openConflict('copy-1', '/there.png');
    pending = null;
    previews.closeAnswered();
    expect(await status(second.url)).toBe(404);
  });

  test('is not begun when the answer came while the file was judged', async () => {
    identify = async () => {
      pending = null;
      return { mime: 'image/png', class: 'picture' };
    };
    await expect(previews.openConflict('copy-1', '/there.png')).rejects.toThrow('This copy has no open question.');
  });

  test('is there too where nobody can tell what the file is; of an empty one nobody is asked', async () => {
    identify = () => Promise.reject(new Error('the worker ended'));
    expect((await previews.openConflict('copy-1', '/there.png')).content).toBeNull();
    writeFileSync(path, '');
    pending = conflictNow();
    identify = () => {
      throw new Error('asked all the same');
    };
    expect(await previews.openConflict('copy-1', '/there.png')).toMatchObject({ content: null, sizeBytes: 0 });
  });
});
