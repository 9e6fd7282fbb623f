/** What `npm start` runs: the app in Electron's window, or, where its binary cannot be had or on request, in the user's browser. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runBrowserShell } from './browser-shell/run.ts';
import { builtFile, packageFile } from './built-files.ts';
import { electronPackage, findElectron } from './electron-binary.ts';
import { LAUNCH_USAGE, type LaunchOptions, launchOptions } from './launch-options.ts';

async function start(args: readonly string[]): Promise<void> {
  const options = launchOptions(args);
  if (options === null) {
    process.stderr.write(LAUNCH_USAGE);
    process.exitCode = 2;
    return;
  }
  const source = options.source === null ? null : resolve(options.source);
  if (!options.browser && (await startElectron({ ...options, source }))) return;
  const { version }: { version: string } = JSON.parse(readFileSync(packageFile(), 'utf8'));
  await runBrowserShell({ ...options, source }, version);
}

/** false: there is no Electron here, which the user is told. */
async function startElectron(options: LaunchOptions): Promise<boolean> {
  const here = electronPackage();
  const fetch = (folder: string) => {
    process.stdout.write("Fetching Electron's binary, some 100 MB, for the first start …\n");
    return here.fetch(folder);
  };
  const found = await findElectron({ ...here, fetch });
  if ('reason' in found) {
    process.stdout.write(`${found.reason} Airlock opens in your browser instead.\n`);
    return false;
  }
  const args = [builtFile('main', 'app', 'main.js')];
  // Not --no-sandbox, which is Chromium's own and would take the window's sandbox away.
  if (!options.sandbox) args.push('--no-lockdown');
  if (options.source !== null) args.push(options.source);
  const app = spawn(found.path, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal));
  app.on('exit', (code) => process.exit(code ?? 1));
  return true;
}

await start(process.argv.slice(2));
