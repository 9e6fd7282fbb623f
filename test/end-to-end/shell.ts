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
/** How long the shell may take to say where it is, and to end; on two busy cores, as everything here. */
const START_MS = 90_000;
const END_MS = 60_000;
/** How long anything may take to be seen on a page. */
const PATIENCE_MS = 60_000;
/** AIRLOCK_E2E_SLOW=6: pages get a sixth of the processor, which brings out tests that count on a fast machine. */
const SLOWER = Number(process.env.AIRLOCK_E2E_SLOW ?? 1);
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
  /** Throws where it has to be killed; it has ended in any case. */
  end(): Promise<void>;
  /** Ends it and takes its home away. */
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
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the shell did not start: ${output}`));
    }, START_MS);
    const hear = (data: Buffer) => {
      output += data.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(output);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => {
      clearTimeout(timer);
      reject(new Error(`the shell ended: ${output}`));
    });
  });
  const end = async () => {
    if (!(await ended(child))) throw new Error(`the shell did not end when it was told to: ${output}`);
  };
  return {
    home,
    url,
    process: child,
    electron: null,
    output: () => output,
    end,
    close: () => end().finally(() => rmSync(home, { recursive: true, force: true })),
  };
}

/** Whether it ends by itself after SIGTERM; it has ended in any case. */
async function ended(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve(false);
    }, END_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve(true);
    });
    child.kill('SIGTERM');
  });
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
    end: () => electron.close(),
    close: () => electron.close().finally(() => rmSync(home, { recursive: true, force: true })),
  };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: BROWSER_ARGS });
}

/** What `openPage` may be told; `before` is done with the page before it goes to the shell. */
export interface PageOptions extends BrowserContextOptions {
  before?: (page: Page) => Promise<void>;
}

/** A page on the shell; `problems` is filled with every script error, refused resource or broken content policy that it meets. */
export async function openPage(
  browser: Browser,
  shell: Shell,
  { before, ...options }: PageOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const page = shell.electron === null ? await newPage(browser, options) : await shell.electron.firstWindow();
  page.setDefaultTimeout(PATIENCE_MS);
  const problems = watch(page);
  await before?.(page);
  if (shell.electron === null) await page.goto(shell.url);
  return { page, problems };
}

/** Keys pressed while the page's clock stands still: letters belong to one name, and what it says for a moment stays, however slow the machine is. */
export async function whileTimeStands(page: Page, work: () => Promise<void>): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  await work();
  await page.clock.resume();
}

/** What follows from the sizes of things has been drawn too. */
export async function laidOut(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
  );
}

function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  return problems;
}

async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 760 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  if (SLOWER > 1) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  }
  return page;
}
