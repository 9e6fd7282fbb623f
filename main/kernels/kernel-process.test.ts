import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BootRequest, FromWorker, ToWorker } from '../../kernel-worker/contract.ts';
import { testImage } from '../../test/images/library.ts';
import {
  KernelBootError,
  KernelCallError,
  KernelEndedError,
  type KernelProcess,
  startKernel,
  type WorkerHandle,
} from './kernel-process.ts';
import { nodeLauncher } from './node-launcher.ts';

const WORKER = fileURLToPath(new URL('../../dist/kernel-worker/worker.js', import.meta.url));
let folder = '';
let image = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-kernel-'));
  image = join(folder, 'stick.img');
  writeFileSync(image, testImage('fat16-c2k-kernel').bytes());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bootRequest(path: string): BootRequest {
  return { source: { kind: 'image', path }, cacheBytes: 4 * 1024 * 1024, sandbox: true };
}

describe('a real worker', () => {
  test('opens an image, locks itself down, mounts, lists and reads', async () => {
    const kernel = await startKernel(bootRequest(image), nodeLauncher(WORKER));
    expect(kernel.report.lockdown).toContain('seccomp');
    expect(kernel.report.probes[0][0].fs).toBe('msdosfs');
    const { mount, info } = await kernel.call('mount', null, null, {});
    expect(info.title).toBe('FAT16');
    const { fd } = await kernel.call('opendir', mount, '/');
    const page = await kernel.call('readdir', fd, 1000);
    expect(page.end).toBe(true);
    const readme = page.entries.find((entry) => entry.name === 'README.TXT');
    expect(readme?.attr?.size).toBe(300);
    const file = await kernel.call('open', mount, '/README.TXT', true);
    expect((await kernel.call('pread', file.fd, 0, 1000)).length).toBe(300);
    kernel.close();
  });

  test('answers a failed call with the kernel’s failure and goes on', async () => {
    const kernel = await startKernel(bootRequest(image), nodeLauncher(WORKER));
    const { mount } = await kernel.call('mount', null, null, {});
    await expect(kernel.call('lstat', mount, '/not there')).rejects.toSatisfy(
      (error) => error instanceof KernelCallError && error.failure.errno === 'ENOENT',
    );
    await expect(kernel.call('lstat', mount, '/README.TXT')).resolves.toMatchObject({ size: 300 });
    kernel.close();
  });

  test('says that an image is not there', async () => {
    await expect(startKernel(bootRequest(join(folder, 'nothing.img')), nodeLauncher(WORKER))).rejects.toSatisfy(
      (error) => error instanceof KernelBootError && error.stage === 'open' && error.failure.errno === 'ENOENT',
    );
  });

  test('fails the calls under way with the reason for which it is closed', async () => {
    const kernel = await startKernel(bootRequest(image), nodeLauncher(WORKER));
    const { mount } = await kernel.call('mount', null, null, {});
    const call = kernel.call('statvfs', mount);
    kernel.close('removed');
    await expect(call).rejects.toThrow('The medium was pulled out.');
    expect(kernel.end?.kind).toBe('removed');
    kernel.close();
    expect(kernel.end?.kind).toBe('removed');
  });

  test('fails the calls under way when the worker is killed', async () => {
    const launched: WorkerHandle[] = [];
    const launch = nodeLauncher(WORKER);
    const kernel = await startKernel(bootRequest(image), () => {
      const worker = launch();
      launched.push(worker);
      return worker;
    });
    const { mount } = await kernel.call('mount', null, null, {});
    const call = kernel.call('statvfs', mount);
    launched[0].kill();
    await expect(call).rejects.toSatisfy((error) => error instanceof KernelEndedError && error.end.kind === 'crashed');
    expect(kernel.end?.detail).toContain('SIGKILL');
    await expect(kernel.call('statvfs', mount)).rejects.toBeInstanceOf(KernelEndedError);
  });
});

/** A worker that boots and then does as the test says. */
function fakeWorker(onCall: (message: ToWorker, answer: (message: FromWorker) => void) => void) {
  let deliver: (message: FromWorker) => void = () => {};
  const worker: WorkerHandle & { killed: boolean; resident: number } = {
    killed: false,
    resident: 0,
    send(message) {
      if (message.type === 'boot') {
        const table = {
          scheme: 'none' as const,
          sectorSize: 512,
          uuid: null,
          partitions: [],
          notices: [],
          wholeMedium: true,
        };
        queueMicrotask(() =>
          deliver({ type: 'booted', report: { sizeBytes: 512, sectorSize: 512, table, probes: {}, lockdown: null } }),
        );
      } else onCall(message, deliver);
    },
    onMessage: (listener) => {
      deliver = listener;
    },
    onExit: () => {},
    kill() {
      worker.killed = true;
    },
    residentBytes: () => worker.resident,
  };
  return worker;
}

describe('the watchdog', () => {
  test('ends a worker that does not answer a call in time', async () => {
    const worker = fakeWorker(() => {});
    const kernel = await startKernel(bootRequest('x'), () => worker, { callTimeoutMs: 600 });
    await expect(kernel.call('sync')).rejects.toSatisfy(
      (error) => error instanceof KernelEndedError && error.end.kind === 'hung',
    );
    expect(worker.killed).toBe(true);
  });

  test('ends the worker of a medium that gives main itself nothing, and not of one that was given time', async () => {
    const worker = fakeWorker(() => {});
    const kernel = await startKernel(bootRequest('x'), () => worker, { callTimeoutMs: 10_000 });
    let stalledMs = 10_000;
    let looks = 0;
    kernel.watchReads(() => {
      looks += 1;
      return stalledMs;
    });
    await expect.poll(() => looks, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(worker.killed).toBe(false);
    const ended = new Promise((resolve) => kernel.onEnd(resolve));
    stalledMs = 12_000;
    await expect(ended).resolves.toMatchObject({
      kind: 'hung',
      sentence: 'The medium does not answer, so the process that reads it was ended.',
      detail: 'no answer for 12 s',
    });
    expect(worker.killed).toBe(true);
  });

  test('lets a worker wait for a medium that gives something, but not for ever', async () => {
    const worker = fakeWorker(() => {});
    const kernel = await startKernel(bootRequest('x'), () => worker, { callTimeoutMs: 600, slowCallTimeoutMs: 3000 });
    let sectors = 0;
    kernel.watchMedium(() => {
      sectors += 1;
      return `${sectors}`;
    });
    const begunMs = Date.now();
    await expect(kernel.call('sync')).rejects.toSatisfy(
      (error) => error instanceof KernelEndedError && error.end.kind === 'hung',
    );
    expect(Date.now() - begunMs).toBeGreaterThanOrEqual(3000);
  });

  test('does not wait for a medium that gives nothing more', async () => {
    const worker = fakeWorker(() => {});
    const kernel = await startKernel(bootRequest('x'), () => worker, { callTimeoutMs: 600, slowCallTimeoutMs: 60_000 });
    kernel.watchMedium(() => '7 0 56');
    await expect(kernel.call('sync')).rejects.toBeInstanceOf(KernelEndedError);
  });

  test('tells nobody who has ended the telling', async () => {
    const kernel = await startKernel(bootRequest('x'), () => fakeWorker(() => {}));
    const told: string[] = [];
    const off = kernel.onEnd(() => told.push('first'));
    kernel.onEnd(() => told.push('second'));
    off();
    kernel.close();
    expect(told).toEqual(['second']);
  });

  test('lets a worker live that is slow but goes on answering', async () => {
    const worker = fakeWorker((message, answer) => {
      if (message.type === 'call')
        setTimeout(() => answer({ type: 'answer', id: message.id, value: null }), 300 * message.id);
    });
    const kernel = await startKernel(bootRequest('x'), () => worker, { callTimeoutMs: 900 });
    await Promise.all([1, 2, 3, 4, 5].map(() => kernel.call('sync')));
    expect(worker.killed).toBe(false);
    kernel.close();
  });

  test('ends a worker that outgrows its memory cap', async () => {
    const worker = fakeWorker(() => {});
    const kernel = await startKernel(bootRequest('x'), () => worker, { memoryCapBytes: 1000 });
    const ended = new Promise((resolve) => kernel.onEnd(resolve));
    worker.resident = 1001;
    await expect(ended).resolves.toMatchObject({ kind: 'memory' });
    expect(worker.killed).toBe(true);
  });
});

describe('a worker that was taken over', () => {
  const REPORTED = {
    ...{ sizeBytes: 512, sectorSize: 512, probes: {}, lockdown: null },
    table: { scheme: 'none', sectorSize: 512, uuid: null, partitions: [], notices: [], wholeMedium: true },
  };
  const deep = () => {
    let node: object = { name: 'x', kind: 'folder', bytes: 1, files: 1, children: [] };
    for (let i = 0; i < 50_000; i++) node = { name: 'x', kind: 'folder', bytes: 1, files: 1, children: [node] };
    return { node, largestFiles: [], largestFolders: [] };
  };

  /** Sends `nonsense` in answer to a call, or at once after booting. */
  async function endOf(nonsense: unknown, call?: (kernel: KernelProcess) => Promise<unknown>): Promise<string | null> {
    let deliver: (message: unknown) => void = () => {};
    const worker: WorkerHandle = {
      send: (message) => {
        if (message.type === 'boot') deliver({ type: 'booted', report: REPORTED });
        else deliver({ type: 'answer', id: message.id, value: nonsense });
      },
      onMessage: (listener) => {
        deliver = listener;
      },
      onExit: () => {},
      kill: () => {},
      residentBytes: () => null,
    };
    const kernel = await startKernel(bootRequest('x'), () => worker);
    if (call === undefined) deliver(nonsense);
    else await expect(call(kernel)).rejects.toBeInstanceOf(KernelEndedError);
    const kind = kernel.end?.kind ?? null;
    kernel.close();
    return kind;
  }

  test.each([
    ['nothing', undefined],
    ['a word', 'booted'],
    ['an unknown type', { type: 'eval', code: '1' }],
    ['an answer to nothing that was asked', { type: 'answer', id: 99, value: null }],
    [
      'a failure of nothing that was asked',
      { type: 'failed', id: 1, failure: { errno: 'EIO', kind: 'medium', message: '' } },
    ],
    ['an answer without a number', { type: 'answer', id: Number.NaN, value: null }],
    ['a second start', { type: 'booted', report: REPORTED }],
    [
      'a start that fails after it succeeded',
      { type: 'boot-failed', stage: 'open', failure: { errno: 'EIO', kind: 'medium', message: '' } },
    ],
    ['a log line without text', { type: 'log', line: { atMs: 0, text: { toString: 'x' } } }],
  ])('is ended when it sends %s', async (_, message) => {
    expect(await endOf(message)).toBe('nonsense');
  });

  test.each<[string, unknown, (kernel: KernelProcess) => Promise<unknown>]>([
    ['more bytes than were asked for', new Uint8Array(11), (kernel) => kernel.call('pread', 1, 0, 10)],
    ['text for bytes', 'abc', (kernel) => kernel.call('pread', 1, 0, 10)],
    [
      'more entries than were asked for',
      { entries: Array(3).fill({ name: 'a', attr: null }), failures: [], end: true },
      (kernel) => kernel.call('readdir', 1, 2),
    ],
    [
      'a name that is no text',
      { entries: [{ name: 7, attr: null }], failures: [], end: true },
      (kernel) => kernel.call('readdir', 1, 2),
    ],
    ['a size below nothing', { mediumOffset: 0, lengthBytes: -1 }, (kernel) => kernel.call('extents', 1, 0)],
    [
      'an extent at no number',
      [{ mediumOffset: Number.NaN, lengthBytes: 1 }],
      (kernel) => kernel.call('extents', 1, 0),
    ],
    ['fewer files than were asked for', [], (kernel) => kernel.call('locate', 1, ['/a'])],
    [
      'a file system without a state',
      { mount: 1, info: { fs: 'x', title: 'x' } },
      (kernel) => kernel.call('mount', null, null, {}),
    ],
    ['a tree deeper than the stack', deep(), (kernel) => kernel.call('sumView', 1, '/')],
  ])('is ended when it answers with %s', async (_, value, call) => {
    expect(await endOf(value, call)).toBe('nonsense');
  });

  test('is ended when it floods the log', async () => {
    let deliver: (message: unknown) => void = () => {};
    const worker = fakeWorker(() => {});
    const onMessage = worker.onMessage;
    worker.onMessage = (listener) => {
      deliver = listener;
      onMessage(listener);
    };
    const kernel = await startKernel(bootRequest('x'), () => worker);
    for (let i = 0; i < 100_000; i++) deliver({ type: 'log', line: { atMs: i, text: 'a' } });
    expect(kernel.end?.kind).toBe('nonsense');
    expect(kernel.log()).toHaveLength(500);
  });
});
