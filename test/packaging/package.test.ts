/** The package for Linux: what is in it, and that the packaged app starts. */

import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFile, getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type PackagedApp, packageApp, ROOT } from './package-app.ts';

const onLinux = process.platform === 'linux';
const connections: unknown[] = [];
let folder = '';
let app: PackagedApp;

beforeAll(async () => {
  if (!onLinux) return;
  folder = mkdtempSync(join(tmpdir(), 'airlock-package-'));
  // No network: whatever is asked for fails at once, and is counted.
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args: unknown[]) {
    connections.push(args);
    return this.destroy(new Error('no network in this test'));
  });
  app = await packageApp(folder);
  vi.restoreAllMocks();
});

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

const archive = () => join(app.resources, 'app.asar');
const unpacked = () => join(app.resources, 'app.asar.unpacked');

interface ArchivedFile {
  path: string;
  unpacked: boolean;
  sha256: string;
}

/** The files of the archive's header, in which each has its hash. */
function archivedFiles(): ArchivedFile[] {
  const found: ArchivedFile[] = [];
  const add = (entries: object, prefix: string) => {
    for (const [name, entry] of Object.entries(entries)) {
      const path = `${prefix}${name}`;
      if ('files' in entry) add(entry.files, `${path}/`);
      else found.push({ path, unpacked: entry.unpacked === true, sha256: entry.integrity?.hash ?? '' });
    }
  };
  add(getRawHeader(archive()).header.files, '');
  return found;
}

describe.skipIf(!onLinux)('the package', () => {
  test('was made without the network', () => {
    expect(connections).toEqual([]);
  });

  test('has the app’s own files and no others', () => {
    const own = archivedFiles()
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('node_modules/'));
    const pages = own.filter((path) => /^dist\/(renderer|preview)\//.test(path));
    expect(own.filter((path) => !pages.includes(path)).sort()).toEqual(
      [
        'LICENSE',
        ...listFiles(join(ROOT, 'assets', 'icons')).map((name) => `assets/icons/${name}`),
        'assets/sample-stick.img.gz',
        'dist/LICENSES.txt',
        'dist/kernel-worker/worker.js',
        'dist/main/app/main.js',
        'dist/main/app/preload.cjs',
        'dist/main/transfers/copy-thread.js',
        'dist/main/transfers/hash-thread.js',
        'package.json',
      ].sort(),
    );
    const built = ['renderer', 'preview'].flatMap((page) =>
      listFiles(join(ROOT, 'dist', page)).map((path) => `dist/${page}/${path}`),
    );
    expect(pages.sort()).toEqual(built.filter((path) => !path.endsWith('.map')).sort());
    expect(pages).toContain('dist/renderer/index.html');
    expect(pages).toContain('dist/preview/index.html');
  });

  test('has neither tests nor sources nor source maps', () => {
    const wrong = archivedFiles().filter(({ path }) => /\.(map|ts|test\.\w+|h|hh|cc|cpp|md)$|\/test\//.test(path));
    expect(wrong.map(({ path }) => path)).toEqual(['node_modules/bindings/LICENSE.md', 'node_modules/usb/LICENSE.md']);
  });

  test('has of the packages only those that no bundle can hold, each with its licence', () => {
    const paths = listPackage(archive(), { isPack: false }).map((path) => path.slice(1));
    const names = new Set(paths.map((path) => /^node_modules\/(@[^/]+\/[^/]+|[^@/]+)/.exec(path)?.[1]));
    names.delete(undefined);
    const platform = `linux-${process.arch}`;
    expect([...names].sort()).toEqual([
      `@koromix/koffi-${platform}`,
      `@node-usb/usb-${platform}-gnu`,
      'bindings',
      'drivelist',
      'file-uri-to-path',
      'koffi',
      'usb',
    ]);
    for (const name of ['bindings', 'drivelist', 'file-uri-to-path', 'koffi', 'usb'])
      expect(paths.some((path) => path.startsWith(`node_modules/${name}/LICENSE`))).toBe(true);
  });

  test('names each package in its bundles, with its licence', () => {
    const parts = extractFile(archive(), 'dist/LICENSES.txt')
      .toString('utf8')
      .split(`\n${'-'.repeat(80)}\n\n`);
    const named = parts.map((part) => /^(\S+) \S+ \((.+)\)$/m.exec(part)?.slice(1) ?? [part]);
    const names = named.map(([name]) => name);
    for (const name of ['svelte', 'bits-ui', '@lucide/svelte', 'valibot', 'ws', 'iconv-lite', 'lzma1', 'pdfjs-dist'])
      expect(names).toContain(name);
    const licences = new Set(named.map(([, licence]) => licence));
    // Permissive ones, which ask for no more than to be passed on.
    for (const licence of licences)
      expect(licence).toMatch(/^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|its own licence)$/);
    expect(parts.filter((part) => part.trim().split('\n').length === 1)).toEqual([]);
  });

  test('has this platform’s natives only, outside the archive', () => {
    const natives = archivedFiles().filter(({ path }) => path.endsWith('.node'));
    expect(natives.map(({ path }) => path).sort()).toEqual([
      `node_modules/@koromix/koffi-linux-${process.arch}/linux_${process.arch}/koffi.node`,
      `node_modules/@node-usb/usb-linux-${process.arch}-gnu/usb.linux-${process.arch}-gnu.node`,
      'node_modules/drivelist/build/Release/drivelist.node',
    ]);
    // elf(5): the magic, 64 bits, and the machine at offset 18.
    const machine = { x64: 62, arm64: 183 }[process.arch as 'x64' | 'arm64'];
    for (const { path } of natives) {
      const head = readFileSync(join(unpacked(), path)).subarray(0, 20);
      expect(head.subarray(0, 5).toString('latin1')).toBe('\x7fELF\x02');
      expect(head.readUInt16LE(18)).toBe(machine);
    }
  });

  test('has unpacked what other processes open, byte by byte as the archive’s hashes say', () => {
    const outside = archivedFiles().filter((file) => file.unpacked);
    expect(outside.map(({ path }) => path).sort()).toEqual(listFiles(unpacked()).sort());
    for (const path of ['package.json', 'dist/kernel-worker/worker.js', 'dist/main/transfers/copy-thread.js'])
      expect(outside.some((file) => file.path === path)).toBe(true);
    const isOutside = (path: string) =>
      /^(package\.json|node_modules\/.*|dist\/(kernel-worker|main\/transfers)\/.*)$/.test(path);
    expect(archivedFiles().filter((file) => file.unpacked !== isOutside(file.path))).toEqual([]);
    for (const { path, sha256 } of outside)
      expect([path, sha256]).toEqual([
        path,
        createHash('sha256')
          .update(readFileSync(join(unpacked(), path)))
          .digest('hex'),
      ]);
  });

  test('names a main that is there, and nothing of how it was developed', () => {
    const packed = JSON.parse(extractFile(archive(), 'package.json').toString('utf8'));
    expect(packed).toMatchObject({
      name: 'airlock',
      productName: 'Airlock',
      type: 'module',
      main: 'dist/main/app/main.js',
    });
    expect(extractFile(archive(), packed.main).length).toBeGreaterThan(10_000);
    expect(packed).not.toHaveProperty('devDependencies');
    expect(packed).not.toHaveProperty('scripts');
  });

  test('has the reading helper that polkit’s policy names, as a program', () => {
    const policy = readFileSync(join(ROOT, 'assets', 'org.airlock.read-device.policy'), 'utf8');
    const path = /policykit\.exec\.path">([^<]+)</.exec(policy)?.[1];
    expect(path).toBe('/opt/Airlock/resources/airlock-read-device');
    const helper = join(app.resources, 'airlock-read-device');
    expect(readFileSync(helper)).toEqual(readFileSync(join(ROOT, 'assets', 'airlock-read-device')));
    expect(statSync(helper).mode & 0o113).toBe(0o111);
  });

  test('has a program whose fuses are set', async () => {
    const wire = await getCurrentFuseWire(join(app.folder, 'airlock-app'));
    const isOn = (fuse: FuseV1Options) => String.fromCharCode(Number(wire[fuse])) === '1';
    const on = [FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation];
    expect([...on, FuseV1Options.OnlyLoadAppFromAsar].map(isOn)).toEqual([true, true, true]);
    const off = [FuseV1Options.RunAsNode, FuseV1Options.EnableNodeOptionsEnvironmentVariable];
    expect([...off, FuseV1Options.EnableNodeCliInspectArguments].map(isOn)).toEqual([false, false, false]);
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
  });

  test('brings nothing that looks for updates', () => {
    expect(existsSync(join(app.resources, 'app-update.yml'))).toBe(false);
    expect(extractFile(archive(), 'dist/main/app/main.js').toString('utf8')).not.toMatch(
      /autoUpdater|electron-updater/,
    );
  });
});

/** The paths of all files below a folder. */
function listFiles(below: string): string[] {
  return readdirSync(below, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(below.length + 1));
}
