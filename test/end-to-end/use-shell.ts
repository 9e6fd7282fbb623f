/** What an end-to-end test begins with and leaves nothing of: a home, the shell on it, and pages in Chromium whose problems fail the test. */

import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, vi } from 'vitest';
import { launchBrowser, makeHome, openPage, type PageOptions, type Shell, startShell } from './shell.ts';

/** A test with every step slow, as on two busy cores or with AIRLOCK_E2E_SLOW. */
const TEST_MS = 240_000;
const HOOK_MS = 180_000;

export interface UsedShell {
  browser(): Browser;
  /** Of the test that runs: empty at first. */
  home(): string;
  /** The one started last. Throws where none was. */
  shell(): Shell;
  /** Starts the shell on these images, and opens a page on it. */
  start(images?: readonly string[], options?: PageOptions): Promise<Page>;
  /** Ends the shell and closes its pages; the home stays. */
  stop(): Promise<void>;
  /** Script errors, refused resources and broken content policies so far; a test that ends with one fails. */
  problems(): readonly string[];
  /** For a test that provokes problems. */
  forgetProblems(): void;
}

/** For a whole file of tests: one browser, and for each test all else anew. Whatever a test failed at, everything is closed behind it. */
export function useShell(): UsedShell {
  vi.setConfig({ testTimeout: TEST_MS, hookTimeout: HOOK_MS });
  let browser: Browser | undefined;
  let home = '';
  let shells: Shell[] = [];
  let pages: Page[] = [];
  let problems: string[][] = [];

  const started = () => browser ?? missing('the browser did not start');
  const shell = () => shells.at(-1) ?? missing('no shell was started');
  const closePages = () => all(pages.splice(0).map((page) => page.context().close()));

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(() => {
    home = makeHome();
    shells = [];
    pages = [];
    problems = [];
    // After all that a test file does after each of its tests, and also where that failed.
    onTestFinished(async () => {
      await all([closePages(), ...shells.map(({ end }) => end())]).finally(() =>
        rmSync(home, { recursive: true, force: true }),
      );
      expect(problems.flat()).toEqual([]);
    }, HOOK_MS);
  });

  return {
    browser: started,
    home: () => home,
    shell,
    start: async (images = [], options = {}) => {
      shells.push(await startShell(home, images));
      const opened = await openPage(started(), shell(), options);
      pages.push(opened.page);
      problems.push(opened.problems);
      return opened.page;
    },
    stop: async () => {
      await closePages();
      await shell().end();
    },
    problems: () => problems.flat(),
    forgetProblems: () => {
      for (const met of problems) met.length = 0;
    },
  };
}

/** Waits for all of them; the first failure is thrown afterwards. */
async function all(work: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}

function missing(what: string): never {
  throw new Error(what);
}
