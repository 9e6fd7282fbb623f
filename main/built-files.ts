/** Where the built parts are that main starts by path: kernel worker, copying threads, renderer. */

import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKER = join('kernel-worker', 'worker.js');

/** The folder dist/, found from wherever this code was built to, or from the sources (tests). */
function findDist(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, WORKER))) return folder;
    if (existsSync(join(folder, 'dist', WORKER))) return join(folder, 'dist');
    if (dirname(folder) === folder) throw new Error('the built kernel worker is not there: run "npm run build"');
  }
}

let dist: string | null = null;

/** The path of a built file, for instance builtFile('kernel-worker', 'worker.js'). Throws if nothing was built. */
export function builtFile(...components: string[]): string {
  dist ??= findDist();
  return join(dist, ...components);
}

/** The same where another process has to open the file by itself, which cannot look into Electron's archive: its unpacked copy. */
export function unpackedFile(...components: string[]): string {
  return builtFile(...components).replace(`${sep}app.asar${sep}`, `${sep}app.asar.unpacked${sep}`);
}

/** A file of assets/, which stands beside dist/. */
export function assetFile(name: string): string {
  return join(dirname(builtFile()), 'assets', name);
}

/** package.json, which stands beside dist/ too. */
export function packageFile(): string {
  return join(dirname(builtFile()), 'package.json');
}
