/**
 * The child process of the lockdown's tests: opens a medium, locks itself down (or not, for the control run), does what
 * its argument says and reports over the channel or on stdout.
 */
import { createHash, pbkdf2, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import { promisify } from 'node:util';
import v8 from 'node:v8';
import zlib from 'node:zlib';
import {
  type AttemptSurroundings,
  sweepOtherCalls,
  tryConnecting,
  tryNodeApi,
  tryRawSyscalls,
} from './escape-attempts.ts';
import { type LockdownReport, lockdown } from './lockdown.ts';
import { loadKoffi } from './native.ts';
import { syscallNames, syscallNumber } from './seccomp-table.ts';

interface ProbeTask {
  readonly mode: 'free' | 'escape' | 'live' | 'echo' | 'end' | 'refused' | 'time' | 'hog' | 'stray' | 'spin';
  readonly image: string;
  readonly directory: string;
  /** How to end, for mode `end`. */
  readonly ending?: string;
  /** The device is opened for writing as well, which lockdown must not accept; for mode `refused`. */
  readonly writable?: boolean;
  readonly memoryLimitBytes?: number;
  /** A descriptor that the parent left open, for mode `stray`. */
  readonly stray?: number;
}

const task = JSON.parse(process.argv[2] ?? '') as ProbeTask;

/** The channel's descriptor, which Node's types leave out. */
function channelFd(): number | undefined {
  return (process.channel as { readonly fd?: number } | undefined)?.fd;
}

function lock(device: number): LockdownReport {
  const channel = channelFd();
  return lockdown({
    readFds: [device],
    writeFds: [1, 2],
    channelFds: channel === undefined ? [] : [channel],
    memoryLimitBytes: task.memoryLimitBytes,
  });
}

function answer(message: unknown): void {
  if (process.send) process.send(message);
  else fs.writeSync(1, `${JSON.stringify(message)}\n`);
}

/** Node has it; the types that name it belong to browsers. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array): Promise<{ readonly instance: { readonly exports: Record<string, unknown> } }>;
};

/** Module with one memory page and (func (export "get") (param i32) (result i32) (i32.load (local.get 0))). */
const WASM = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  6,
  1,
  96,
  1,
  127,
  1,
  127,
  3,
  2,
  1,
  0,
  5,
  3,
  1,
  0,
  1,
  7,
  7,
  1,
  3,
  103,
  101,
  116,
  0,
  0,
  10,
  9,
  1,
  7,
  0,
  32,
  0,
  40,
  2,
  0,
  11,
);

async function wasmRuns(): Promise<string> {
  const { instance } = await WebAssembly.instantiate(WASM);
  const get = instance.exports.get as (address: number) => number;
  try {
    get(1 << 20);
    return 'no trap';
  } catch (error) {
    return `${get(0)}, ${(error as Error).name}`;
  }
}

function hotLoop(): number {
  const add = new Function('a', 'b', 'return (a + b) | 0') as (a: number, b: number) => number;
  let sum = 0;
  for (let i = 0; i < 5_000_000; i++) sum = add(sum, i);
  return sum;
}

function deepest(depth: number): number {
  try {
    return deepest(depth + 1);
  } catch {
    return depth;
  }
}

/** Calls each of os's and process's statistics; the names of those that throw. */
function throwingStatistics(): string[] {
  const calls: Record<string, () => unknown> = {
    memoryUsage: () => process.memoryUsage(),
    'memoryUsage.rss': () => process.memoryUsage.rss(),
    cpuUsage: () => process.cpuUsage(),
    resourceUsage: () => process.resourceUsage(),
    hrtime: () => process.hrtime.bigint(),
    uptime: () => process.uptime(),
    cwd: () => process.cwd(),
    title: () => {
      process.title = 'locked';
    },
    availableMemory: () => process.availableMemory?.(),
    constrainedMemory: () => process.constrainedMemory?.(),
    heapStatistics: () => v8.getHeapStatistics(),
    cpus: () => os.cpus(),
    freemem: () => os.freemem(),
    totalmem: () => os.totalmem(),
    loadavg: () => os.loadavg(),
    'os.uptime': () => os.uptime(),
    hostname: () => os.hostname(),
    release: () => os.release(),
    tmpdir: () => os.tmpdir(),
    availableParallelism: () => os.availableParallelism(),
    userInfo: () => os.userInfo(),
    networkInterfaces: () => os.networkInterfaces(),
  };
  return Object.keys(calls).filter((name) => {
    try {
      calls[name]();
      return false;
    } catch {
      return true;
    }
  });
}

async function live(device: number): Promise<unknown> {
  const medium = Buffer.alloc(4096);
  const read = fs.readSync(device, medium, 0, 4096, 8192);
  const sum = hotLoop();
  const wasm = await wasmRuns();
  const blocks: Buffer[] = [];
  for (let i = 0; i < 75; i++) blocks.push(Buffer.alloc(4 << 20, i));
  const held = blocks.reduce((bytes, block) => bytes + block.length, 0);
  const rss = process.memoryUsage().rss;
  blocks.length = 0;
  let garbage: unknown[] = [];
  for (let i = 0; i < 2_000_000; i++) {
    garbage.push({ i });
    if (garbage.length > 100_000) garbage = [];
  }
  const before = performance.now();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
  const waited = performance.now() - before >= 25;
  await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setImmediate(resolve));
  const derived = await promisify(pbkdf2)('a', 'b', 1, 8, 'sha256');
  return {
    read,
    digest: createHash('sha256').update(medium).digest('hex'),
    sum,
    wasm,
    held,
    rssAboveHeld: rss > held,
    waited,
    derived: derived.toString('hex'),
    random: randomBytes(8).length,
    unzipped: zlib.gunzipSync(zlib.gzipSync('zip')).toString(),
    deep: deepest(0) > 1000,
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    offset: new Date(2024, 6, 1).getTimezoneOffset(),
    throwing: throwingStatistics(),
  };
}

function end(how: string | undefined): void {
  console.log('last words');
  console.error('last error');
  if (how === 'exit') process.exit(7);
  if (how === 'throw') throw new Error('uncaught after lockdown');
  if (how === 'reject') void Promise.reject(new Error('rejected after lockdown'));
  if (how === 'abort') process.abort();
  if (how === 'disconnect') process.disconnect();
  if (how === 'import') import(`${task.directory}/never.mjs`).catch((error) => console.log(error.code));
}

async function run(): Promise<void> {
  const started = performance.now();
  const device = fs.openSync(task.image, task.writable ? 'r+' : 'r');
  const at = (): AttemptSurroundings => ({
    koffi: loadKoffi(),
    directory: task.directory,
    device,
    channel: channelFd() ?? 1,
  });
  if (task.mode === 'free') {
    answer({ raw: tryRawSyscalls(at(), true), api: await tryNodeApi(at()) });
    return process.disconnect?.();
  }
  if (task.mode === 'refused') {
    try {
      lock(device);
      answer('locked');
    } catch (error) {
      answer((error as Error).message);
    }
    return;
  }
  const report = lock(device);
  const tookMs = performance.now() - started;
  if (task.mode === 'time') answer({ tookMs, report });
  else if (task.mode === 'live') answer(await live(device));
  else if (task.mode === 'end') end(task.ending);
  else if (task.mode === 'stray') {
    fs.writeSync(task.stray ?? -1, 'overwritten');
    answer(fs.readSync(task.stray ?? -1, Buffer.alloc(10)));
  } else if (task.mode === 'spin') {
    fs.writeSync(1, `${process.pid}\n`);
    for (;;) hotLoop();
  } else if (task.mode === 'hog') {
    const hoard: Buffer[] = [];
    for (;;) hoard.push(Buffer.alloc(16 << 20, 1));
  } else if (task.mode === 'echo') {
    process.on('message', (message) => (message === 'end' ? process.disconnect() : answer(message)));
  } else {
    const raw = tryRawSyscalls(at(), false);
    const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
    const known = new Set(syscallNames().map((name) => syscallNumber(name, arch) ?? -1));
    // Only under a filter that is known to hold is it harmless to call everything.
    const leaks = raw.sync === 1 ? sweepOtherCalls(loadKoffi(), known) : ['not swept'];
    answer({ raw, leaks, api: await tryNodeApi(at()), connect: await tryConnecting() });
    process.disconnect?.();
  }
}

await run();
