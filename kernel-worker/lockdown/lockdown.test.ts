/**
 * Proves the lockdown from inside: lockdown-probe.ts is built and run as a child process, free and locked down, as root
 * (where the tests are) and as an ordinary user. LOCKDOWN_TEST_NODE names another Node to run it with.
 */

import childProcess from 'node:child_process';
import { createHash, pbkdf2Sync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RAW_ATTEMPTS } from './escape-attempts.ts';
import { LockdownError, lockdown } from './lockdown.ts';
import type { LockdownHost } from './native.ts';

const NODE = process.env.LOCKDOWN_TEST_NODE ?? process.execPath;
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, '../../node_modules');

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'airlock-lockdown-'));
const probe = path.join(work, 'probe.mjs');
const image = path.join(work, 'image');
const bytes = randomBytes(65536);

interface Run {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A fresh directory in which the child may do as it likes. */
function playground(): string {
  const directory = fs.mkdtempSync(path.join(work, 'play-'));
  fs.writeFileSync(path.join(directory, 'victim'), 'victim');
  fs.chmodSync(directory, 0o777);
  // Nobody's, so that an ordinary user may change it; root may anyway.
  if (isRoot) fs.chownSync(path.join(directory, 'victim'), NOBODY, NOBODY);
  return directory;
}

function taskText(mode: string, more: object = {}): string {
  return JSON.stringify({ mode, image, directory: playground(), ...more });
}

function identity(uid: number | undefined): { uid?: number; gid?: number } {
  return uid === undefined ? {} : { uid, gid: uid };
}

function run(mode: string, more: object = {}, options: childProcess.SpawnSyncOptions = {}): Run {
  const result = childProcess.spawnSync(NODE, [probe, taskText(mode, more)], { timeout: 30_000, ...options });
  return {
    status: result.status,
    signal: result.signal,
    stdout: result.stdout?.toString() ?? '',
    stderr: result.stderr?.toString() ?? '',
  };
}

/** Runs the probe with a channel, and resolves with its first message once it has ended. */
async function runWithChannel(
  mode: string,
  uid: number | undefined,
): Promise<{ message: unknown; status: number | null }> {
  const child = childProcess.fork(probe, [taskText(mode)], {
    execPath: NODE,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...identity(uid),
  });
  let message: unknown;
  child.once('message', (received) => {
    message = received;
  });
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { message, status };
}

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;

beforeAll(async () => {
  if (process.platform !== 'linux') return;
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.join(here, 'lockdown-probe.ts'),
      outDir: work,
      emptyOutDir: false,
      rollupOptions: { external: ['koffi'], output: { entryFileNames: 'probe.mjs' } },
    },
  });
  // Beside the probe, since an ordinary user may not be able to see into the checkout.
  for (const name of ['koffi', '@koromix']) {
    fs.cpSync(path.join(modules, name), path.join(work, 'node_modules', name), { recursive: true });
  }
  fs.writeFileSync(image, bytes);
  fs.chmodSync(image, 0o666);
  fs.chmodSync(work, 0o755);
}, 60_000);

afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

interface Attempts {
  readonly raw: Record<string, number>;
  readonly api: Record<string, string>;
  readonly leaks?: unknown[];
  readonly connect?: string;
}

const users: [string, number | undefined][] = isRoot
  ? [
      ['root', undefined],
      ['an ordinary user', NOBODY],
    ]
  : [['an ordinary user', undefined]];

/** What the calls that must not read EPERM answer; the table says why. */
const OTHER_ERRNO: Readonly<Record<string, number>> = { newfstatat: 9, statx: 38, 'clone3 as fork': 38 };

const onThisArch = RAW_ATTEMPTS.filter(({ nr }) => nr[process.arch === 'arm64' ? 1 : 0] !== null);

linuxOnly.each(users)('the ways out, tried by %s', (_name, uid) => {
  let free: Attempts;
  let locked: Attempts;

  beforeAll(async () => {
    free = (await runWithChannel('free', uid)).message as Attempts;
    const { message, status } = await runWithChannel('escape', uid);
    expect(status).toBe(0);
    locked = message as Attempts;
  }, 60_000);

  // An ordinary user's child of root cannot signal its parent anyway.
  const control = onThisArch.filter((a) => a.control && (uid === undefined || !a.name.includes('parent')));

  it.each(control.map(({ name }) => name))(
    '%s: open to a free process, so that its refusal means something',
    (name) => {
      expect(free.raw[name]).toBe(0);
    },
  );

  it.each(onThisArch.map(({ name }) => name))('%s: refused after lockdown', (name) => {
    expect(locked.raw[name]).toBe(OTHER_ERRNO[name] ?? 1);
  });

  it('has tried far more than 25 of them', () => {
    expect(Object.keys(locked.raw).length).toBe(onThisArch.length);
    expect(onThisArch.length).toBeGreaterThan(140);
    expect(control.length).toBeGreaterThan(35);
  });

  it('refuses every other system call number with EPERM', () => {
    expect(locked.leaks).toEqual([]);
  });

  it("refuses all of it through Node's API, without a crash", () => {
    for (const [name, code] of Object.entries(free.api)) {
      if (uid === undefined || !name.includes('parent')) expect([name, code]).toEqual([name, 'succeeded']);
    }
    const { 'new Worker': worker, ...others } = locked.api;
    expect(worker).toBe('ERR_WORKER_INIT_FAILED');
    expect(Object.keys(others).length).toBe(11);
    for (const [name, code] of Object.entries(others)) expect([name, code]).toEqual([name, 'EPERM']);
    expect(locked.connect).toBe('EPERM');
  });

  it('leaves the medium as it was', () => {
    expect(createHash('sha256').update(fs.readFileSync(image)).digest()).toEqual(
      createHash('sha256').update(bytes).digest(),
    );
  });
});

linuxOnly.each(users)('life after lockdown, as %s', (_name, uid) => {
  it('reads the medium, compiles, grows by 300 MB, collects garbage, waits and uses the thread pool', () => {
    const { stdout, stderr, status } = run('live', {}, identity(uid));
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const july = new Date(2024, 6, 1);
    expect(JSON.parse(stdout)).toEqual({
      read: 4096,
      digest: createHash('sha256').update(bytes.subarray(8192, 12288)).digest('hex'),
      sum: 1642668640,
      wasm: '0, RuntimeError',
      held: 75 * 4 * 2 ** 20,
      rssAboveHeld: true,
      waited: true,
      derived: pbkdf2Sync('a', 'b', 1, 8, 'sha256').toString('hex'),
      random: 8,
      unzipped: 'zip',
      deep: true,
      zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      offset: july.getTimezoneOffset(),
      // Both look into files or the network on every call, which is what must not work.
      throwing: ['userInfo', 'networkInterfaces'],
    });
  });

  it('echoes large messages over the channel, and ends when told to', async () => {
    const child = childProcess.fork(probe, [taskText('echo')], {
      execPath: NODE,
      execArgv: [],
      serialization: 'advanced',
      ...identity(uid),
    });
    const payload = { name: 'page', entries: new Map([['a', 1n]]), body: randomBytes(1 << 20) };
    for (let i = 0; i < 30; i++) child.send({ ...payload, i });
    const seen: number[] = [];
    await new Promise<void>((resolve) => {
      child.on('message', (message: typeof payload & { i: number }) => {
        if (Buffer.compare(message.body, payload.body) === 0 && message.entries.get('a') === 1n) seen.push(message.i);
        if (message.i === 29) resolve();
      });
    });
    expect(seen).toEqual([...Array(30).keys()]);
    const exited = new Promise((resolve) => child.once('exit', (...end) => resolve(end)));
    child.send('end');
    expect(await exited).toEqual([0, null]);
  }, 30_000);
});

linuxOnly('the end of a locked-down process', () => {
  const endings: [string, number | null, string | null, RegExp][] = [
    ['exit', 7, null, /^last error\n$/],
    ['nothing left to do', 0, null, /^last error\n$/],
    ['throw', 1, null, /Error: uncaught after lockdown/],
    ['reject', 1, null, /Error: rejected after lockdown/],
    ['abort', null, 'SIGABRT', /last error/],
  ];

  it.each(endings)('by %s: the status and the last words arrive', (ending, status, signal, stderr) => {
    const result = run('end', { ending });
    expect(result).toMatchObject({ status, signal, stdout: 'last words\n' });
    expect(result.stderr).toMatch(stderr);
    expect(result.stderr).not.toMatch(/libuv|RAW/);
  });

  it('writes its last words to a file as well', () => {
    const file = path.join(work, 'stdout.txt');
    const fd = fs.openSync(file, 'w');
    const result = run('end', { ending: 'exit' }, { stdio: ['ignore', fd, 'pipe'] });
    fs.closeSync(fd);
    expect(result.status).toBe(7);
    expect(fs.readFileSync(file, 'utf8')).toBe('last words\n');
  });

  it.skipIf(!fs.existsSync('/usr/bin/script'))('and to a terminal', () => {
    const command = `'${NODE}' '${probe}' '${taskText('end', { ending: 'exit' })}'`;
    const result = childProcess.spawnSync('/usr/bin/script', ['-qec', command, '/dev/null'], { timeout: 30_000 });
    expect(result.stdout.toString()).toBe('last words\r\nlast error\r\n');
    expect(result.status).toBe(7);
  });

  it('cannot load a module that was not loaded before', () => {
    expect(run('end', { ending: 'import' }).stdout).toMatch(/^last words\nERR_MODULE_NOT_FOUND\n$/);
  });

  it('comes at once when its parent is killed, even out of an endless loop', async () => {
    const parent = childProcess.spawn(
      NODE,
      ['-e', `require('child_process').fork(${JSON.stringify(probe)}, [process.argv[1]])`, taskText('spin')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
    expect(fs.existsSync(`/proc/${pid}/fd`)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
  });

  it('comes when the memory that was granted is used up', () => {
    const result = run('hog', { memoryLimitBytes: 512 * 2 ** 20 });
    expect(result.status).not.toBe(0);
    expect(result.stderr).toMatch(/Array buffer allocation failed|out of memory/);
  });
});

/** A process that has ended but was not waited for does not count. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

linuxOnly('what lockdown refuses to begin with, and what it closes', () => {
  it('refuses a medium that is open for writing', () => {
    expect(run('refused', { writable: true }).stdout).toMatch(/is to be read only, but is open for writing/);
  });

  it('refuses to go on where a ring is polled by a kernel thread', () => {
    const result = run('refused', {}, { env: { ...process.env, UV_USE_IO_URING: '1' } });
    // Node that keeps such rings off whatever the environment says locks down as ever.
    const isPolled = Number(process.versions.node.split('.')[0]) < 22 && NODE === process.execPath;
    if (isPolled) expect(result.stdout).toMatch(/io_uring: a polled ring is open/);
    else expect(result.stdout).toMatch(/a polled ring is open|locked/);
  });

  it('replaces a descriptor that the parent left open by the null device', () => {
    const file = path.join(work, 'stray.txt');
    fs.writeFileSync(file, 'untouched');
    const fd = fs.openSync(file, 'r+');
    const result = run('stray', { stray: 5 }, { stdio: ['ignore', 'pipe', 'pipe', 'ignore', 'ignore', fd] });
    fs.closeSync(fd);
    expect(result).toMatchObject({ status: 0, stdout: '0\n', stderr: '' });
    expect(fs.readFileSync(file, 'utf8')).toBe('untouched');
  });

  it('takes some ten milliseconds, loading koffi included', () => {
    const times = [1, 2, 3, 4, 5].map(() => JSON.parse(run('time').stdout).tookMs as number);
    expect(Math.min(...times)).toBeLessThan(60);
  });

  it('reports what stays allowed, each with a reason', () => {
    const { report } = JSON.parse(run('time').stdout);
    expect(report.platform).toBe('linux');
    expect(report.mechanism).toMatch(/^seccomp allow list over all threads, descriptors closed: \d+, limit core 0/);
    expect(report.gaps).toEqual([]);
    expect(report.allowed.length).toBeGreaterThan(15);
    for (const { what, why } of report.allowed) expect(what.length * why.length).toBeGreaterThan(0);
  });
});

describe('lockdown itself', () => {
  function host(platform: string, arch = 'x64'): LockdownHost {
    return {
      platform,
      arch,
      loadKoffi() {
        throw new Error('no native module here');
      },
    };
  }

  it('fails on a platform that it does not know', () => {
    expect(() => lockdown({ readFds: [] }, host('freebsd'))).toThrow(LockdownError);
    expect(() => lockdown({ readFds: [] }, host('freebsd'))).toThrow(/no lockdown is known for freebsd/);
  });

  it('fails on an architecture whose calls it does not know', () => {
    expect(() => lockdown({ readFds: [] }, host('linux', 'riscv64'))).toThrow(/no system call table for riscv64/);
  });

  it.each([-1, 1.5, Number.NaN])('fails when asked for descriptor %s', (fd) => {
    expect(() => lockdown({ readFds: [fd] }, host('linux'))).toThrow(/is not a descriptor/);
  });
});
