/**
 * Finds Electron's binary. The npm package `electron` fetches it on first use (since version 42), which can take a while or be impossible: it is
 * given a bounded time.
 */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** An ordinary line fetches the 100 MB in this time; where packets vanish, nobody waits longer. */
const FETCH_TIMEOUT_MS = 60_000;

export interface ElectronPackage {
  /** The package's folder; null: not installed. */
  folder: string | null;
  env: NodeJS.ProcessEnv;
  /** Runs the package's installer; true: it succeeded. */
  fetch(folder: string): Promise<boolean>;
}

export function electronPackage(): ElectronPackage {
  return { folder: installedFolder(), env: process.env, fetch: fetchBinary };
}

/** The path of the binary, fetched if need be; or why there is none, in a sentence. */
export async function findElectron(from: ElectronPackage): Promise<{ path: string } | { reason: string }> {
  if (from.folder === null) return { reason: 'Electron is not installed.' };
  const present = binaryIn(from.folder, from.env);
  if (present !== null) return { path: present };
  const fetched = (await from.fetch(from.folder)) ? binaryIn(from.folder, from.env) : null;
  return fetched === null ? { reason: "Electron's binary could not be fetched here." } : { path: fetched };
}

function installedFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** As the package itself finds it: its file path.txt names the binary below dist/. */
function binaryIn(folder: string, env: NodeJS.ProcessEnv): string | null {
  try {
    const name = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
    const path = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), name);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

function fetchBinary(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'ignore'] });
    const limit = setTimeout(() => child.kill('SIGKILL'), FETCH_TIMEOUT_MS);
    const end = (succeeded: boolean) => {
      clearTimeout(limit);
      resolve(succeeded);
    };
    child.on('error', () => end(false));
    child.on('exit', (code) => end(code === 0));
  });
}
