/**
 * Starts the browser shell on an image and Debian's Chromium on the shell: what the end-to-end tests and the screenshots drive. With
 * AIRLOCK_E2E=electron the same tests drive the app's own window instead, where Electron's binary is.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type ElectronApplication,
  type Page,
} from 'playwright-core';
import { startElectron } from './electron-window.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CHROMIUM = process.env.AIRLOCK_CHROMIUM ?? '/usr/bin/chromium';
/** Chromium's own sandbox cannot be set up by root, as in most containers. */
const BROWSER_ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
/** How long the shell may take to say where it is. */
const START_MS = 20_000;
const ON_ELECTRON = process.env.AIRLOCK_E2E === 'electron';

export interface Shell {
  /** A folder of its own as the user's home: settings, copies and images live there. */
  home: string;
  url: string;
  process: ChildProcess;
  /** Set with AIRLOCK_E2E=electron; then there is no `url`. */
  electron: ElectronApplication | null;
  /** Everything that the shell wrote so far. */
  output(): string;
  close(): Promise<void>;
}

/** A new, empty home. */
export function makeHome(): string {
  return mkdtempSync(join(tmpdir(), 'airlock-e2e-'));
}

/** Writes an image into a home and gives its path. */
export function placeImage(home: string, name: string, bytes: Uint8Array): string {
  const path = join(home, name);
  writeFileSync(path, bytes);
  return path;
}

export async function startShell(home: string, args: readonly string[] = []): Promise<Shell> {
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DOWNLOAD_DIR: join(home, 'Downloads'),
  };
  return ON_ELECTRON ? startWindow(home, env, args) : startServer(home, env, args);
}

async function startServer(home: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Shell> {
  const child = spawn(
    process.execPath,
    [join(process.env.AIRLOCK_DIST ?? 'dist', 'main/start.js'), '--browser', '--no-open', ...args],
    {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the shell did not start: ${output}`)), START_MS);
    const hear = (data: Buffer) => {
      output += data.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(output);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(`the shell ended: ${output}`)));
  });
  return {
    home,
    url,
    process: child,
    electron: null,
    output: () => output,
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function startWindow(home: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Shell> {
  const electron = await startElectron(home, env, args);
  const child = electron.process();
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      output += data.toString();
    });
  return {
    home,
    url: '',
    process: child,
    electron,
    output: () => output,
    close: async () => {
      await electron.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: BROWSER_ARGS });
}

/** A page on the shell that fails the test on any script error, refused resource or broken content policy: `problems` holds what it met. */
export async function openPage(
  browser: Browser,
  shell: Shell,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const page = shell.electron === null ? await newPage(browser, options) : await shell.electron.firstWindow();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  if (shell.electron === null) await page.goto(shell.url);
  return { page, problems };
}

async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 760 }, locale: 'en-GB', ...options });
  return context.newPage();
}
