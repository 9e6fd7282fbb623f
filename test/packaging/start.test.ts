/**
 * The packaged app starts: its main process out of the archive, with a stand-in for Electron's module, opens an image in the unpacked worker, copies with
 * the unpacked threads, and serves its page. That Electron itself is not run is the one thing that this does not show.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extractAll } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppInfo, EntryPage, Job, Medium, Preview } from '../../main/contract.ts';
import { testImage } from '../images/library.ts';
import { packageApp, ROOT } from './package-app.ts';

const onLinux = process.platform === 'linux';
/** Opened by path and so not by way of the archive. */
const UNPACKED = [
  'dist/kernel-worker/worker.js',
  'dist/main/transfers/copy-thread.js',
  'dist/main/transfers/hash-thread.js',
];

const IMAGE = 'fat32-c512-mtools';
const FILE = 'README.TXT';

interface Told {
  id?: number;
  value?: unknown;
  failed?: unknown;
  text?: string;
  status?: number;
  headers?: Record<string, string>;
  worker?: string;
  loaded?: string;
  window?: { preload: string };
  dragged?: unknown;
  clipboard?: unknown;
}

let folder = '';
let resources = '';
let main: ChildProcess;
let output = '';
const told: Told[] = [];
let lastId = 0;

beforeAll(async () => {
  if (!onLinux) return;
  folder = mkdtempSync(join(tmpdir(), 'airlock-start-'));
  const packaged = await packageApp(folder);
  resources = join(folder, 'resources');
  const archive = join(resources, 'app.asar');
  mkdirSync(resources);
  // A folder in the archive's place, for Node has no archives. What is to be opened beside it is emptied in it.
  extractAll(join(packaged.resources, 'app.asar'), archive);
  for (const path of UNPACKED) truncateSync(join(archive, path));
  cpSync(join(packaged.resources, 'app.asar.unpacked'), `${archive}.unpacked`, { recursive: true });
  const electron = join(archive, 'node_modules', 'electron');
  mkdirSync(electron);
  cpSync(join(ROOT, 'test', 'packaging', 'stand-in-electron.mjs'), join(electron, 'index.mjs'));
  writeFileSync(join(electron, 'package.json'), '{ "name": "electron", "main": "index.mjs" }');
  const image = join(folder, 'stick.img');
  writeFileSync(image, testImage(IMAGE).bytes());
  const { main: entry } = JSON.parse(readFileSync(join(archive, 'package.json'), 'utf8'));
  main = fork(join(archive, entry), [image], {
    cwd: folder,
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  main.on('message', (message: Told) => told.push(message));
  for (const stream of [main.stdout, main.stderr])
    stream?.on('data', (data: Buffer) => {
      output += data.toString();
    });
});

afterAll(() => {
  if (main?.exitCode === null) main.kill('SIGKILL');
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

/** The first message of this kind, awaited. Throws if the app ended before it came. */
async function heard(isIt: (message: Told) => boolean): Promise<Told> {
  const hasEnded = () => main.exitCode !== null || main.signalCode !== null;
  await expect.poll(() => told.some(isIt) || hasEnded(), { timeout: 30_000 }).toBe(true);
  const found = told.find(isIt);
  if (found === undefined) throw new Error(`the app has ended: ${output}`);
  return found;
}

async function send(message: object): Promise<Told> {
  lastId += 1;
  const id = lastId;
  main.send({ id, ...message });
  return heard((answer) => answer.id === id);
}

async function ask(name: string, ...args: unknown[]): Promise<unknown> {
  const { value, failed } = await send({ name, args });
  expect(failed).toBeUndefined();
  return value;
}

describe.skipIf(!onLinux)('the packaged app', () => {
  test('starts, and opens its window on its own page', async () => {
    expect(await heard(({ loaded }) => loaded !== undefined)).toEqual({ loaded: 'airlock://app/' });
    const { window } = await heard((message) => message.window !== undefined);
    expect(readFileSync(window?.preload ?? '', 'utf8')).toContain('exposeInMainWorld');
    const page = await send({ url: 'airlock://app/' });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('<div id="app">')]);
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(page.text ?? '')?.[1];
    expect((await send({ url: `airlock://app${script}` })).status).toBe(200);
    expect(((await ask('app.info')) as AppInfo).shell).toBe('electron');
  });

  test('opens the image that it is started with in the unpacked worker, locked down', async () => {
    const open = async () => ((await ask('media.list')) as Medium[]).find(({ kind }) => kind === 'image');
    const state = async () => {
      const { state, problem } = (await open()) ?? {};
      return [state, problem ?? null];
    };
    await expect.poll(state, { timeout: 30_000 }).toEqual(['open', null]);
    const medium = await open();
    expect(medium?.lockdown).toMatch(/seccomp/);
    expect((await heard(({ worker }) => worker !== undefined)).worker).toBe(
      join(resources, 'app.asar.unpacked', 'dist', 'kernel-worker', 'worker.js'),
    );
    const { listing } = (await ask('folder.open', medium?.id, medium?.volumes[0].id, '/')) as { listing: string };
    const { entries } = (await ask('folder.read', listing, 1000)) as EntryPage;
    const files = testImage(IMAGE).manifest('');
    const names = files.map(({ path }) => path.slice(1)).filter((path) => !path.includes('/'));
    expect(entries.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  test('copies with the unpacked threads', async () => {
    const [medium] = ((await ask('media.list')) as Medium[]).filter(({ kind }) => kind === 'image');
    const target = join(folder, 'copied');
    const request = { mediumId: medium.id, volume: medium.volumes[0].id, paths: [`/${FILE}`], target, policy: 'ask' };
    await ask('copy.start', request);
    const jobs = async () => ((await ask('copy.list')) as Job[]).map(({ state }) => state);
    await expect.poll(jobs, { timeout: 30_000 }).toEqual(['done']);
    const { sha256 } =
      testImage(IMAGE)
        .manifest('')
        .find(({ path }) => path === `/${FILE}`) ?? {};
    expect(
      createHash('sha256')
        .update(readFileSync(join(target, FILE)))
        .digest('hex'),
    ).toBe(sha256);
  });

  test('hands to a drag what it has copied, and nothing else', async () => {
    const target = join(folder, 'copied');
    await ask('host.dragOut', [join(target, FILE)]);
    const { dragged } = await heard((message) => message.dragged !== undefined);
    expect(dragged).toEqual({
      file: join(target, FILE),
      files: [join(target, FILE)],
      icon: join(resources, 'app.asar', 'assets', 'icons', '64x64.png'),
    });
    for (const path of [target, folder, join(target, '..', 'stick.img'), join(target, 'other'), '/etc/passwd']) {
      const { failed } = await send({ name: 'host.dragOut', args: [[join(target, FILE), path]] });
      expect([path, failed]).toMatchObject([path, { problem: { sentence: expect.stringMatching(/copied/) } }]);
    }
    expect(told.filter((message) => message.dragged !== undefined)).toHaveLength(1);
    // As the page does it with entries that nobody has copied yet.
    const [medium] = ((await ask('media.list')) as Medium[]).filter(({ kind }) => kind === 'image');
    const volume = medium.volumes[0].id;
    const { paths } = (await ask('copy.prepareDrag', medium.id, volume, [`/${FILE}`])) as { paths: string[] };
    expect(paths.map((path) => basename(path))).toEqual([FILE]);
    await ask('host.dragOut', paths);
    expect(told.flatMap((message) => message.dragged ?? [])).toEqual([
      expect.objectContaining({ files: [join(target, FILE)] }),
      expect.objectContaining({ files: paths }),
    ]);
  });

  test('puts on the clipboard what it has copied, and nothing else', async () => {
    const [medium] = ((await ask('media.list')) as Medium[]).filter(({ kind }) => kind === 'image');
    const volume = medium.volumes[0].id;
    const { paths } = (await ask('copy.prepareDrag', medium.id, volume, [`/${FILE}`])) as { paths: string[] };
    for (const path of [folder, '/etc/passwd']) {
      const { failed } = await send({ name: 'host.copyFiles', args: [[...paths, path]] });
      expect([path, failed]).toMatchObject([path, { problem: { sentence: expect.stringMatching(/copied/) } }]);
    }
    expect(told.filter((message) => message.clipboard !== undefined)).toEqual([]);
    await ask('host.copyFiles', paths);
    const { clipboard } = await heard((message) => message.clipboard !== undefined);
    const address = pathToFileURL(paths[0]).href;
    expect(clipboard).toEqual([
      {
        'electron application/osclipboard;format="text/uri-list"': `${address}\r\n`,
        'electron application/osclipboard;format="x-special/gnome-copied-files"': `copy\n${address}`,
        'electron application/osclipboard;format="x-special/mate-copied-files"': `copy\n${address}`,
      },
    ]);
  });

  test('shows a file in the frame of its other origin, whole and in ranges', async () => {
    const [medium] = ((await ask('media.list')) as Medium[]).filter(({ kind }) => kind === 'image');
    const { url, sizeBytes } = (await ask(
      'preview.open',
      medium.id,
      medium.volumes[0].id,
      `/${FILE}`,
      null,
    )) as Preview;
    expect(url).toMatch(/^airlock-preview:\/\/frame\/[\w-]{43}\/$/);
    const page = await send({ url });
    expect(page.status).toBe(200);
    expect(page.headers?.['content-security-policy']).toContain(`script-src ${url}app/`);
    expect(page.headers?.['content-security-policy']).toContain('frame-ancestors airlock://app');
    const script = /src="\.\/(app\/[^"]+\.js)"/.exec(page.text ?? '')?.[1];
    expect((await send({ url: `${url}${script}` })).status).toBe(200);
    const whole = readFileSync(join(folder, 'copied', FILE), 'latin1');
    const content = await send({ url: `${url}content` });
    expect([content.status, content.text, sizeBytes]).toEqual([200, whole, whole.length]);
    const part = await send({ url: `${url}content`, headers: { range: 'bytes=10-19' } });
    expect([part.status, part.text]).toEqual([206, whole.slice(10, 20)]);
    expect((await send({ url: 'airlock-preview://frame/guessed/content' })).status).toBe(404);
  });

  test('has its sample stick', async () => {
    const sample = (await ask('media.openSample')) as Medium;
    expect([sample.kind, sample.state]).toEqual(['sample', 'open']);
  });

  test('ends when it is told to, with its workers', async () => {
    main.send({});
    await expect.poll(() => main.exitCode, { timeout: 30_000 }).toBe(0);
    expect(output).not.toMatch(/error/i);
  });
});
