/**
 * Packages the built app for this Linux by electron-builder as for a release, over a stand-in for Electron's folder, because its binary cannot be had
 * everywhere: the stand-in has Electron's files by name and a wire of fuses (electronjs.org/docs/latest/tutorial/fuses), but does nothing. Another
 * stand-in takes the place of fpm, which makes debs and rpms of what electron-builder tells it.
 */

import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Arch, build, Platform } from 'electron-builder';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What marks the wire in Electron's binary, its version, the number of fuses, and each as off (0) or on (1), as Electron ships them. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES_AS_SHIPPED = '10110011';

/** What electron-builder gives to fpm(1) for a deb or rpm package. */
export interface LinuxPackage {
  /** The files that the package brings besides the app's folder: from the path in the installed system to the source. */
  files: Map<string, string>;
  /** The options before the files. */
  options: string[];
  desktopEntry: string;
  afterInstall: string;
}

export interface PackagedApp {
  /** The app's folder: what lies in /opt/Airlock in the end. */
  folder: string;
  /** Its resources: app.asar and what is beside it. */
  resources: string;
  deb: LinuxPackage;
  rpm: LinuxPackage;
}

/** Packages into `folder`, which must exist. */
export async function packageApp(folder: string): Promise<PackagedApp> {
  const electronDist = join(folder, 'electron');
  const output = join(folder, 'release');
  makeElectron(electronDist);
  const fpm = makeFpm(folder);
  const { CUSTOM_FPM_PATH: before } = process.env;
  process.env.CUSTOM_FPM_PATH = fpm.path;
  try {
    await build({
      projectDir: ROOT,
      targets: Platform.LINUX.createTarget(['deb', 'rpm'], process.arch === 'arm64' ? Arch.arm64 : Arch.x64),
      publish: 'never',
      config: {
        extends: join(ROOT, 'electron-builder.yml'),
        electronDist,
        directories: { output },
        // Whoever publishes packages says where.
        extraMetadata: { homepage: 'https://airlock.example/' },
      },
    });
  } finally {
    if (before === undefined) delete process.env.CUSTOM_FPM_PATH;
    else process.env.CUSTOM_FPM_PATH = before;
  }
  const [deb, rpm] = [fpm.asked('deb'), fpm.asked('rpm')];
  const app = join(output, process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked');
  return { folder: app, resources: join(app, 'resources'), deb, rpm };
}

function makeElectron(folder: string): void {
  const fuseWire = Buffer.concat([
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([1, FUSES_AS_SHIPPED.length]),
    Buffer.from(FUSES_AS_SHIPPED),
  ]);
  for (const name of ['resources', 'locales']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n# '), fuseWire]));
  writeFileSync(join(folder, 'chrome-sandbox'), '#!/bin/sh\nexit 1\n');
  for (const name of ['electron', 'chrome-sandbox']) chmodSync(join(folder, name), 0o755);
  writeFileSync(join(folder, 'locales', 'en-US.pak'), 'stand-in');
  writeFileSync(join(folder, 'version'), 'stand-in');
  copyFileSync(join(ROOT, 'node_modules', 'electron', 'LICENSE'), join(folder, 'LICENSE'));
}

/** A stand-in for fpm, which electron-builder would fetch: it writes down what it is asked for. */
function makeFpm(folder: string): { path: string; asked(type: 'deb' | 'rpm'): LinuxPackage } {
  const path = join(folder, 'fpm');
  const script = `#!${process.execPath}
    const { readFileSync, writeFileSync } = require('node:fs');
    const args = process.argv.slice(2);
    const after = (option) => args[args.indexOf(option) + 1];
    const desktopEntry = args.find((arg) => arg.endsWith('.desktop')).split('=')[0];
    const texts = { desktopEntry: readFileSync(desktopEntry, 'utf8'), afterInstall: readFileSync(after('--after-install'), 'utf8') };
    writeFileSync('${folder}/asked.' + after('-t'), JSON.stringify({ args, ...texts }));`;
  writeFileSync(path, script, { mode: 0o755 });
  return {
    path,
    asked(type) {
      const { args, ...texts } = JSON.parse(readFileSync(join(folder, `asked.${type}`), 'utf8'));
      const isFile = (arg: string) => /^[^=]+=\/[^=]+$/.test(arg);
      const files = args.filter(isFile).map((arg: string) => arg.split('=').reverse());
      return { files: new Map(files), options: args.filter((arg: string) => !isFile(arg)), ...texts };
    },
  };
}
