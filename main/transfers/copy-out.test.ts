/** The copy engine on real folders of this machine: names, conflicts, links, failures of medium and target, cancel. */

import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { badRangeBlocks, yankedBlocks } from '../../kernel-worker/rumpuser/faulty.ts';
import { fileBlocks } from '../../kernel-worker/rumpuser/file.ts';
import { testImage } from '../../test/images/library.ts';
import { type MountedKernel, mediumKernel, treeKernel } from '../../test/support/kernel-in-process.ts';
import { KernelEndedError } from '../kernels/kernel-process.ts';
import { type CopyOptions, type CopyProgress, copyOut } from './copy-out.ts';
import { localTargetSide } from './local-target-side.ts';
import type { DirectMedium } from './orders.ts';
import { PARTIAL_PREFIX } from './partial-names.ts';
import { PauseGate } from './pause-gate.ts';
import { sha256sums } from './report.ts';

// Processes, threads and disks take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let base = '';
let target = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-copy-'));
  target = join(base, 'target');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const file = (content: string | Uint8Array, mode = 0o644) => ({
  type: 'file' as const,
  content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  mode,
  mtime: { sec: 1_500_000_000, nsec: 0 },
});
const dir = (children: Record<string, Parameters<typeof treeKernel>[0]>) => ({
  type: 'dir' as const,
  children,
  mtime: { sec: 1_400_000_000, nsec: 0 },
});
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function optionsFor({ kernel, mount }: MountedKernel, more: Partial<CopyOptions> = {}): CopyOptions {
  return {
    kernel,
    mount,
    medium: null,
    paths: ['/'],
    target,
    policy: 'skip',
    skipSame: false,
    verification: 'cache',
    only: 'all',
    originBase: null,
    earlier: null,
    pause: new PauseGate(),
    symlinks: true,
    side: localTargetSide({ hashScript: null }),
    signal: new AbortController().signal,
    onProgress: () => {},
    decide: () => Promise.reject(new Error('nothing was to be asked')),
    ...more,
  };
}

const copyTree = async (tree: Parameters<typeof treeKernel>[0], more: Partial<CopyOptions> = {}) =>
  copyOut(optionsFor(await treeKernel(tree), more));

/** Every path below the target with its content, '/' for a folder, '-> target' for a link. */
function listing(folder = target): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) found[name] = `-> ${readlinkSync(path)}`;
    else if (stats.isFile()) found[name] = readFileSync(path, 'utf8');
    else {
      found[`${name}/`] = '';
      for (const [below, content] of Object.entries(listing(path))) found[`${name}/${below}`] = content;
    }
  }
  return found;
}

const noPartialsIn = (folder: string) =>
  readdirSync(folder, { recursive: true }).filter((name) => String(name).includes(PARTIAL_PREFIX)).length === 0;

describe('what is copied', () => {
  test('files, empty folders, links that stay inside, times; and no rights', async () => {
    const report = await copyTree(
      dir({
        'run.sh': file('#!/bin/sh', 0o6755),
        empty: dir({}),
        docs: dir({ 'a.txt': file('text'), nothing: file('') }),
        link: { type: 'symlink', target: 'docs/a.txt' },
        escape: { type: 'symlink', target: '/etc/passwd' },
        pipe: { type: 'fifo' },
      }),
    );
    expect(report.outcome).toBe('done');
    expect(listing()).toEqual({
      'run.sh': '#!/bin/sh',
      'empty/': '',
      'docs/': '',
      'docs/a.txt': 'text',
      'docs/nothing': '',
      link: '-> docs/a.txt',
    });
    expect(statSync(join(target, 'run.sh')).mode & 0o7111).toBe(0);
    expect(statSync(join(target, 'run.sh')).mtimeMs).toBe(1_500_000_000_000);
    expect(statSync(join(target, 'docs')).mtimeMs).toBe(1_400_000_000_000);
    expect([report.copiedFiles, report.copiedBytes, report.skipped, report.failed]).toEqual([3, 13, 2, 0]);
    expect(report.items.find((item) => item.path === '/docs/a.txt')).toEqual({
      path: '/docs/a.txt',
      writtenAs: 'docs/a.txt',
      outcome: 'copied',
      sizeBytes: 4,
      sha256: sha256(Buffer.from('text')),
      note: null,
      failure: null,
    });
  });

  test('hostile names stay inside the target and are told', async () => {
    const report = await copyTree(
      dir({
        '..\\..\\evil': file('1'),
        'a\u0001b': file('2'),
        'a\u0002b': file('3'),
        'gpj.\u202eexe': file('4'),
        'bad\udcff': file('5'),
        'folder\n': dir({ x: file('6') }),
      }),
    );
    expect(listing()).toEqual({
      '.._.._evil': '1',
      a_b: '2',
      'a_b (2)': '3',
      'gpj._exe': '4',
      'bad%FF': '5',
      'folder_/': '',
      'folder_/x': '6',
    });
    expect(readdirSync(base)).toEqual(['target']);
    expect(report.renamed).toBe(6);
    expect(report.items.find((item) => item.path === '/a\u0002b')?.note).toBe(
      'renamed: it has control characters, another file here has the same name',
    );
  });

  test('large files that the kernel decodes, hashed and compared', async () => {
    const content = new Uint8Array(9 * 1024 * 1024 + 5).map((_, i) => (i * 31) >> 8);
    for (const verification of ['cache', 'disk'] as const) {
      target = join(base, verification);
      const report = await copyTree(dir({ 'big.bin': file(content) }), { verification, target });
      expect(report.items[0]).toMatchObject({ outcome: 'copied', sha256: sha256(content) });
      expect(Buffer.compare(readFileSync(join(target, 'big.bin')), content)).toBe(0);
    }
  });

  test('more files than one batch, in a sum that sha256sum reads', async () => {
    const names = Array.from({ length: 600 }, (_, i) => `f${i}`);
    const report = await copyTree(dir(Object.fromEntries(names.map((name) => [name, file(name)]))));
    expect(report.copiedFiles).toBe(600);
    expect(listing().f599).toBe('f599');
    expect(sha256sums(report.items).split('\n')).toHaveLength(601);
    expect(sha256sums(report.items)).toContain(`${sha256(Buffer.from('f7'))}  f7\n`);
  });
});

describe('conflicts', () => {
  const tree = dir({ 'a.txt': file('new'), 'b.txt': file('other') });
  beforeEach(() => {
    mkdirSync(target);
    writeFileSync(join(target, 'a.txt'), 'old');
  });

  test('skip leaves the file that is there', async () => {
    const report = await copyTree(tree);
    expect(listing()).toEqual({ 'a.txt': 'old', 'b.txt': 'other' });
    expect(report.items[0]).toMatchObject({ outcome: 'skipped', note: 'a file with this name was there' });
  });

  test('rename writes beside it', async () => {
    const report = await copyTree(tree, { policy: 'rename' });
    expect(listing()).toEqual({ 'a.txt': 'old', 'a (2).txt': 'new', 'b.txt': 'other' });
    expect(report.renamed).toBe(1);
  });

  test('overwrite replaces it, and a link in its place is replaced and not followed', async () => {
    writeFileSync(join(base, 'precious'), 'precious');
    symlinkSync(join(base, 'precious'), join(target, 'b.txt'));
    await copyTree(tree, { policy: 'overwrite' });
    expect(listing()).toEqual({ 'a.txt': 'new', 'b.txt': 'other' });
    expect(readFileSync(join(base, 'precious'), 'utf8')).toBe('precious');
  });

  test('ask asks once where the answer is for all', async () => {
    writeFileSync(join(target, 'b.txt'), 'old');
    const asked: unknown[] = [];
    const states = new Set<string>();
    await copyTree(tree, {
      policy: 'ask',
      onProgress: (progress) => states.add(progress.state),
      decide: async (conflict) => {
        asked.push(conflict);
        return { decision: 'overwrite', applyToAll: true };
      },
    });
    expect(asked).toEqual([
      {
        path: '/a.txt',
        targetPath: join(target, 'a.txt'),
        source: { sizeBytes: 3, mtimeMs: 1_500_000_000_000 },
        existing: { sizeBytes: 3, mtimeMs: expect.any(Number) },
      },
    ]);
    expect([...states]).toEqual(['counting', 'copying', 'asking', 'finishing']);
    expect(listing()).toEqual({ 'a.txt': 'new', 'b.txt': 'other' });
  });

  test('ask can be answered with cancel', async () => {
    const decide = async () => ({ decision: 'cancel' as const, applyToAll: false });
    const report = await copyTree(tree, { policy: 'ask', decide });
    expect(report.outcome).toBe('cancelled');
    expect(readFileSync(join(target, 'a.txt'), 'utf8')).toBe('old');
    expect(noPartialsIn(target)).toBe(true);
  });

  test('a folder is merged into the one that is there, and put beside a file', async () => {
    mkdirSync(join(target, 'docs'));
    writeFileSync(join(target, 'docs', 'mine'), 'mine');
    const withFolders = dir({ docs: dir({ theirs: file('theirs') }), 'a.txt': dir({ x: file('x') }) });
    await copyTree(withFolders, { policy: 'rename' });
    expect(listing()).toEqual({
      'a.txt': 'old',
      'a (2).txt/': '',
      'a (2).txt/x': 'x',
      'docs/': '',
      'docs/mine': 'mine',
      'docs/theirs': 'theirs',
    });
    // It is the user's folder: its date is not the medium's.
    expect(statSync(join(target, 'docs')).mtimeMs).toBeGreaterThan(1_500_000_000_000);
    expect(statSync(join(target, 'a (2).txt')).mtimeMs).toBe(1_400_000_000_000);
  });

  test('a link in the place of a folder is not followed', async () => {
    mkdirSync(join(base, 'outside'));
    symlinkSync(join(base, 'outside'), join(target, 'docs'));
    const report = await copyTree(dir({ docs: dir({ x: file('x') }) }));
    expect(readdirSync(join(base, 'outside'))).toEqual([]);
    expect(report.items.map((item) => [item.path, item.outcome])).toEqual([
      ['/docs', 'failed'],
      ['/docs/x', 'failed'],
    ]);
  });
});

describe('a medium that main can read itself', () => {
  let image = '';
  const NAME = 'fat32-c512-mtools';
  const manifest = testImage(NAME).manifest('');
  const files = manifest.filter((entry) => entry.type === 'file');
  beforeEach(() => {
    image = join(base, 'stick.img');
    writeFileSync(image, testImage(NAME).bytes());
  });
  const direct = (): DirectMedium => ({ fd: openSync(image, 'r'), sizeBytes: statSync(image).size });

  test('is copied with the hashes of the reference, and stays as it is', async () => {
    const before = sha256(readFileSync(image));
    const medium = direct();
    const mounted = await mediumKernel(fileBlocks(medium.fd));
    const report = await copyOut(optionsFor(mounted, { medium, verification: 'disk' }));
    expect(report.outcome).toBe('done');
    expect(report.failed).toBe(0);
    const hashes = Object.fromEntries(report.items.filter((i) => i.sha256).map((item) => [item.path, item.sha256]));
    expect(hashes).toEqual(Object.fromEntries(files.map((entry) => [entry.path, entry.sha256])));
    expect(mounted.calls.filter((name) => name === 'pread')).toEqual([]);
    expect(sha256(readFileSync(image))).toBe(before);
  });

  test('gives the same through the kernel alone', async () => {
    const report = await copyOut(optionsFor(await mediumKernel(fileBlocks(direct().fd))));
    expect(report.copiedFiles).toBe(files.length);
    expect(new Set(report.items.map((i) => i.sha256).filter(Boolean))).toEqual(new Set(files.map((f) => f.sha256)));
  });

  test('a bad sector costs its file, with its place, and no other', async () => {
    const medium = direct();
    const mounted = await mediumKernel(fileBlocks(medium.fd));
    const victim = files.find((entry) => (entry.size ?? 0) > 1000);
    const { fd } = await mounted.kernel.call('open', mounted.mount, String(victim?.path), false);
    const place = (await mounted.kernel.call('extents', fd, 0))?.[0].mediumOffset ?? 0;
    const faulty = await mediumKernel(badRangeBlocks(fileBlocks(medium.fd), place, 512));
    const report = await copyOut(optionsFor(faulty));
    expect(report.outcome).toBe('done');
    expect(report.items.filter((item) => item.outcome === 'failed')).toMatchObject([
      { path: victim?.path, writtenAs: null, failure: { kind: 'medium', byteOffset: place } },
    ]);
    expect(report.copiedFiles).toBe(files.length - 1);
    expect(noPartialsIn(target)).toBe(true);
  });

  test('an extent outside the medium is not read, whoever says so', async () => {
    const medium = direct();
    const mounted = await mediumKernel(fileBlocks(medium.fd));
    const lying: MountedKernel['kernel'] = {
      async call(name, ...args) {
        const answer = await mounted.kernel.call(name, ...args);
        if (name !== 'locate' || !Array.isArray(answer)) return answer;
        const extents = [{ mediumOffset: medium.sizeBytes - 10, lengthBytes: 1 << 20 }];
        return answer.map(() => ({ extents })) as unknown as typeof answer;
      },
    };
    const report = await copyOut(optionsFor({ ...mounted, kernel: lying }, { medium }));
    const lied = report.items.filter((item) => item.outcome === 'failed');
    expect(lied.length).toBeGreaterThan(0);
    for (const item of lied) expect(item.note).toBe('a part of it is said to lie where the medium has nothing');
  });

  test('pulling it out ends the copy with one clear sentence and no partial file', async () => {
    const mounted = await mediumKernel(yankedBlocks(fileBlocks(direct().fd), 40));
    const report = await copyOut(optionsFor(mounted));
    expect(report.outcome).toBe('interrupted');
    expect(report.problem).toBe(
      'The medium was pulled out before the copy was done. What was already copied is whole.',
    );
    expect(noPartialsIn(target)).toBe(true);
    for (const { writtenAs, sha256: hash } of report.items)
      if (writtenAs !== null && hash !== null) expect(sha256(readFileSync(join(target, writtenAs)))).toBe(hash);
  });

  test('an image that shrinks below its files counts as pulled out', async () => {
    const medium = direct();
    const mounted = await mediumKernel(fileBlocks(medium.fd));
    const short: DirectMedium = { fd: medium.fd, sizeBytes: medium.sizeBytes };
    // The kernel has walked it before; then main reads past the new end.
    writeFileSync(image, readFileSync(image).subarray(0, 4096));
    const report = await copyOut(optionsFor(mounted, { medium: short }));
    expect(report.outcome).toBe('interrupted');
    expect(report.problem).toContain('pulled out');
  });
});

describe('what ends a copy', () => {
  test('cancel leaves no half file under any name', async () => {
    const content = new Uint8Array(40 * 1024 * 1024);
    const abort = new AbortController();
    const side = localTargetSide({ hashScript: null });
    const feedBytes = side.feedBytes.bind(side);
    let fed = 0;
    side.feedBytes = (bytes) => {
      fed += 1;
      if (fed === 20) abort.abort();
      return feedBytes(bytes);
    };
    const seen: CopyProgress[] = [];
    const report = await copyTree(dir({ 'big.bin': file(content) }), {
      side,
      signal: abort.signal,
      onProgress: (progress) => seen.push(progress),
    });
    expect(report.outcome).toBe('cancelled');
    expect(report.problem).toBeNull();
    expect(readdirSync(target)).toEqual([]);
    expect(seen.some((progress) => progress.totalBytes === content.length)).toBe(true);
  });

  test('a worker that ends in mid-copy is told in its own words', async () => {
    const mounted = await treeKernel(dir({ a: file('a'), b: file(new Uint8Array(2 * 1024 * 1024)) }));
    const end = { kind: 'crashed' as const, sentence: 'The process ended.', detail: 'signal SIGSEGV' };
    const dying: MountedKernel['kernel'] = {
      call(name, ...args) {
        if (name === 'pread') return Promise.reject(new KernelEndedError(end));
        return mounted.kernel.call(name, ...args);
      },
    };
    const report = await copyOut(optionsFor({ ...mounted, kernel: dying }));
    expect(report).toMatchObject({ outcome: 'interrupted', problem: 'The process ended.', detail: 'signal SIGSEGV' });
    expect(noPartialsIn(target)).toBe(true);
  });

  test('a medium that does not answer ends the copy at once, although the side that reads it by itself stands still', async () => {
    const mounted = await treeKernel(dir({ a: file('a') }));
    const end = { kind: 'hung' as const, sentence: 'The medium does not answer.', detail: 'no answer for 10 s' };
    let tell: (how: typeof end) => void = () => {};
    let isListening = false;
    const kernel: MountedKernel['kernel'] = {
      call: (name, ...args) => mounted.kernel.call(name, ...args),
      onEnd: (listener) => {
        tell = listener;
        isListening = true;
        return () => {
          isListening = false;
        };
      },
    };
    const side = localTargetSide({ hashScript: null });
    let stopped = 0;
    side.stop = () => {
      stopped += 1;
    };
    side.close = () => new Promise(() => {});
    side.copySmall = () => {
      setImmediate(() => tell(end));
      return new Promise(() => {});
    };
    const states: string[] = [];
    const onProgress = ({ state }: { state: string }) => states.push(state);
    const report = await copyOut({ ...optionsFor({ ...mounted, kernel }), side, onProgress });
    expect(report).toMatchObject({ outcome: 'interrupted', problem: end.sentence, detail: end.detail });
    expect([stopped, isListening]).toEqual([1, false]);
    expect(states).not.toContain('finishing');
  });

  describe('the end of the worker', () => {
    const end = { kind: 'crashed' as const, sentence: 'The process ended.', detail: 'signal SIGSEGV' };

    /** A kernel that answers all the same: only its end is told. */
    async function toldOfEnd() {
      const mounted = await treeKernel(dir({ a: file('a') }));
      let listener: (how: typeof end) => void = () => {};
      const kernel: MountedKernel['kernel'] = {
        call: (name, ...args) => mounted.kernel.call(name, ...args),
        onEnd: (told) => {
          listener = told;
          return () => {
            listener = () => {};
          };
        },
      };
      return { mounted: { ...mounted, kernel }, tell: () => listener(end) };
    }

    test('breaks off what reads the medium by itself, and is the reason that is told', async () => {
      const { mounted, tell } = await toldOfEnd();
      const side = localTargetSide({ hashScript: null });
      const copySmall = side.copySmall.bind(side);
      side.copySmall = (orders) => {
        tell();
        return copySmall(orders);
      };
      const report = await copyOut({ ...optionsFor(mounted), side });
      expect(report).toMatchObject({ outcome: 'interrupted', problem: end.sentence, detail: end.detail });
      expect(report).toMatchObject({ copiedFiles: 0, missingFiles: 1 });
      expect(readdirSync(target)).toEqual([]);
    });

    test('ends a copy that is paused', async () => {
      const { mounted, tell } = await toldOfEnd();
      const options = optionsFor(mounted);
      options.pause.set(true);
      const onProgress = ({ state }: { state: string }) => {
        if (state === 'paused') setImmediate(tell);
      };
      const report = await copyOut({ ...options, onProgress });
      expect(report).toMatchObject({ outcome: 'interrupted', problem: end.sentence });
    });

    test('changes nothing when all is read', async () => {
      const { mounted, tell } = await toldOfEnd();
      const onProgress = ({ state }: { state: string }) => {
        if (state === 'finishing') tell();
      };
      const report = await copyOut({ ...optionsFor(mounted), onProgress });
      expect(report).toMatchObject({ outcome: 'done', copiedFiles: 1 });
    });
  });

  test('a target that cannot be made is told', async () => {
    writeFileSync(join(base, 'file'), '');
    const report = await copyTree(dir({ a: file('a') }), { target: join(base, 'file', 'below') });
    expect(report.outcome).toBe('failed');
    expect(report.problem).toBe(`Nothing can be written to ${join(base, 'file', 'below')}.`);
  });

  test('too little room is told before anything is written', async () => {
    const side = localTargetSide({ hashScript: null });
    const open = side.open.bind(side);
    side.open = async (opening) => ({ ...(await open(opening)), freeBytes: 2_500_000 });
    const report = await copyTree(dir({ a: file(new Uint8Array(3_000_000)) }), { side });
    expect(report.problem).toBe('There is not enough room: 3 MB are to be copied, and 2.5 MB are free there.');
    expect(readdirSync(target)).toEqual([]);
  });

  test('a disk that gives back other bytes fails that file', async () => {
    const side = localTargetSide({ hashScript: null });
    const copySmall = side.copySmall.bind(side);
    side.copySmall = async (orders) => {
      const outcomes = await copySmall(orders);
      const failure = { side: 'verify' as const, message: 'other bytes', code: null, reason: null, mediumOffset: null };
      return outcomes.map((outcome, i) => (orders[i].name === 'bad' ? { outcome: 'failed', failure } : outcome));
    };
    const note = 'the disk gave back other bytes than were written to it';
    const report = await copyTree(dir({ bad: file('x'), good: file('y') }), { side });
    expect(report.items[0]).toMatchObject({ path: '/bad', outcome: 'failed', note });
    expect(report.copiedFiles).toBe(1);
  });
});

test('symbolic links that were asked not to be copied are skipped', async () => {
  const report = await copyTree(dir({ a: file('a'), l: { type: 'symlink', target: 'a' } }), { symlinks: false });
  expect(existsSync(join(target, 'l'))).toBe(false);
  expect(report.skipped).toBe(1);
});
