/** The app in Electron's own window, driven by Playwright: where its binary is there, and there is a display. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from 'playwright-core';
import { electronPackage, findElectron } from '../../main/electron-binary.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Chromium's own sandbox cannot be set up by root, as in most containers. */
const SWITCHES = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The binary, which a test does not fetch; or why there can be no window, in a sentence. */
export async function electronHere(): Promise<{ path: string } | { reason: string }> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return { reason: 'There is no display here.' };
  return findElectron({ ...electronPackage(), fetch: async () => false });
}

/** Throws where electronHere gives a reason. `args`: images or devices. */
export async function startElectron(
  home: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<ElectronApplication> {
  const here = await electronHere();
  if ('reason' in here) throw new Error(`not run on Electron: ${here.reason}`);
  const main = join(process.env.AIRLOCK_DIST ?? 'dist', 'main', 'app', 'main.js');
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return _electron.launch({
    executablePath: here.path,
    args: [...SWITCHES, `--user-data-dir=${join(home, 'electron')}`, main, ...args],
    cwd: ROOT,
    env: Object.fromEntries(set),
  });
}
