/**
 * Packages the built app for this Linux by electron-builder as for a release, over a stand-in for Electron's folder, because its binary cannot be had
 * everywhere: the stand-in has Electron's files by name and a wire of fuses (electronjs.org/docs/latest/tutorial/fuses), but does nothing.
 */

import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Arch, build, Platform } from 'electron-builder';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What marks the wire in Electron's binary, its version, the number of fuses, and each as off (0) or on (1), as Electron ships them. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES_AS_SHIPPED = '10110011';

/** What electron-builder would give to fpm(1) for a deb or rpm package. */
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
  makeStandIn(electronDist);
  const packages = new Map<string, LinuxPackage>();
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
    // electron-builder's own way to look at what a package would be made of; true: make none, for which it would fetch fpm.
    effectiveOptionComputed: async ([args, desktopEntry]: [string[], string]) => {
      const made = linuxPackage(args, readFileSync(desktopEntry, 'utf8'));
      packages.set(args[args.indexOf('--package') + 1].endsWith('.rpm') ? 'rpm' : 'deb', made);
      return true;
    },
  });
  const [deb, rpm] = [packages.get('deb'), packages.get('rpm')];
  if (deb === undefined || rpm === undefined) throw new Error(`only these came to be: ${[...packages.keys()]}`);
  const app = join(output, process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked');
  return { folder: app, resources: join(app, 'resources'), deb, rpm };
}

function makeStandIn(folder: string): void {
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

function linuxPackage(args: readonly string[], desktopEntry: string): LinuxPackage {
  const isFile = (arg: string) => /^[^=]+=\/[^=]+$/.test(arg);
  const files = args.filter(isFile).map((arg): [string, string] => {
    const [source, target] = arg.split('=');
    return [target, source];
  });
  return {
    files: new Map(files),
    options: args.filter((arg) => !isFile(arg)),
    desktopEntry,
    afterInstall: readFileSync(args[args.indexOf('--after-install') + 1], 'utf8'),
  };
}
