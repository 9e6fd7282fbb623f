/** What a deb or rpm package brings besides the app's folder: desktop entry, icons, description, polkit and udev rules. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PackagedApp, packageApp, ROOT } from './package-app.ts';

const onLinux = process.platform === 'linux';
const ICON_SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512, 1024];
const METAINFO = join(ROOT, 'assets', 'org.airlock.Airlock.metainfo.xml');
let folder = '';
let app: PackagedApp;

beforeAll(async () => {
  if (!onLinux) return;
  folder = mkdtempSync(join(tmpdir(), 'airlock-package-'));
  app = await packageApp(folder);
});

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

const isInstalled = (tool: string) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined;

/** Skipped aloud where the tool is missing: test/run-all.sh counts it. */
const validated = (tool: string) => test.skipIf(!isInstalled(tool));

describe.skipIf(!onLinux)('a deb and an rpm', () => {
  test('bring the same files, each to its place', () => {
    for (const { files } of [app.deb, app.rpm]) {
      const sources = [...files].map(([target, source]) => [target, relative(ROOT, source)]);
      const fromAssets = sources.filter(([, source]) => source.startsWith('assets/'));
      expect(Object.fromEntries(fromAssets)).toEqual({
        '/usr/share/polkit-1/rules.d/60-airlock.rules': 'assets/60-airlock.rules',
        '/usr/share/polkit-1/actions/org.airlock.read-device.policy': 'assets/org.airlock.read-device.policy',
        '/usr/lib/udev/rules.d/99-airlock-guard.rules': 'assets/99-airlock-guard.rules',
        '/usr/share/metainfo/org.airlock.Airlock.metainfo.xml': 'assets/org.airlock.Airlock.metainfo.xml',
        '/usr/share/icons/hicolor/scalable/apps/airlock-app.svg': 'assets/icon.svg',
        ...Object.fromEntries(
          ICON_SIZES.map((size) => [
            `/usr/share/icons/hicolor/${size}x${size}/apps/airlock-app.png`,
            `assets/icons/${size}x${size}.png`,
          ]),
        ),
      });
      const others = sources.filter(([, source]) => !source.startsWith('assets/')).map(([target]) => target);
      expect(others.sort()).toEqual(['/opt/Airlock', '/usr/share/applications/org.airlock.Airlock.desktop']);
      expect(relative(`${files.get('/opt/Airlock')}`, app.folder)).toBe('');
    }
  });

  test('bring icons of the sizes that they are filed under', () => {
    for (const size of ICON_SIZES) {
      const png = readFileSync(join(ROOT, 'assets', 'icons', `${size}x${size}.png`));
      // The width and height of its first chunk (W3C PNG, 11.2.1).
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    }
  });

  test('recommend what opens sticks without root', () => {
    const after = (option: string) => app.deb.options.filter((_, i) => app.deb.options[i - 1] === option);
    expect(after('--maintainer')).toEqual(['The Airlock authors']);
    expect(after('--license')).toEqual(['BSD-2-Clause']);
    expect(after('--deb-recommends')).toEqual(['udisks2', 'pkexec', 'python3-minimal']);
  });

  test('start the program that is in the folder, with files and not URLs', () => {
    const fields = Object.fromEntries(app.deb.desktopEntry.split('\n').map((line) => line.split(/=(.*)/s, 2)));
    expect(fields).toMatchObject({
      Name: 'Airlock',
      Exec: '/opt/Airlock/airlock-app %F',
      Icon: 'airlock-app',
      StartupWMClass: 'org.airlock.Airlock',
      Terminal: 'false',
      Categories: 'Utility;FileTools;',
      MimeType:
        'application/x-raw-disk-image;application/vnd.efi.img;application/vnd.efi.iso;application/x-cd-image;application/x-iso9660-image;',
    });
    const languages = ['ar', 'de', 'es', 'fr', 'it', 'ja', 'pl', 'pt', 'zh_CN'];
    for (const language of languages) {
      expect(fields[`GenericName[${language}]`]).toMatch(/./);
      expect(fields[`Comment[${language}]`]).toMatch(/USB|U 盘/);
    }
    expect(app.rpm.desktopEntry).toBe(app.deb.desktopEntry);
    expect(app.deb.afterInstall).toContain("'/opt/Airlock/airlock-app'");
  });

  test('offer the same kinds of files to the desktop and to software centres', () => {
    const metainfo = readFileSync(METAINFO, 'utf8');
    const told = [...metainfo.matchAll(/<mediatype>([^<]+)</g)].map(([, type]) => type);
    expect(app.deb.desktopEntry).toContain(`MimeType=${told.join(';')};\n`);
    expect(metainfo).toContain('<launchable type="desktop-id">org.airlock.Airlock.desktop</launchable>');
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(/<release version="([^"]+)"/.exec(metainfo)?.[1]).toBe(version);
  });

  validated('desktop-file-validate')('have a desktop entry without a fault', () => {
    const path = join(folder, 'org.airlock.Airlock.desktop');
    writeFileSync(path, app.deb.desktopEntry);
    expect(spawnSync('desktop-file-validate', [path], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
  });

  validated('appstreamcli')('have a description without a fault', () => {
    expect(execFileSync('appstreamcli', ['validate', '--no-net', METAINFO], { encoding: 'utf8' })).toMatch(/success/);
  });
});
