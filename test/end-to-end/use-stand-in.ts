/** What the tests with a stand-in for main begin with: one shell that only serves the page, and a fresh page for each test whose problems fail it. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { launchBrowser, makeHome, openPage, type Shell, startShell } from './shell.ts';
import { DEVICE, type StandIn, standIn } from './stand-in-bridge.ts';

/** For a whole file of tests. Gives what opens a page with that state; left out: a stick of 20 files. */
export function useStandIn(): (state?: Partial<StandIn>, width?: number) => Promise<Page> {
  vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });
  let browser: Browser | undefined;
  let shell: Shell | undefined;
  let problems: string[][] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    shell = await startShell(makeHome());
  });
  afterAll(async () => {
    await browser?.close();
    await shell?.close();
  });
  afterEach(async () => {
    const met = problems;
    problems = [];
    for (const context of browser?.contexts() ?? []) await context.close();
    expect(met.flat()).toEqual([]);
  });

  return async (state = {}, width = 1180) => {
    if (browser === undefined || shell === undefined) throw new Error('nothing was started');
    const opened = await openPage(browser, shell, {
      viewport: { width, height: 760 },
      before: (page) => standIn(page, { media: [DEVICE], jobs: [], entryCount: 20, unsandboxed: false, ...state }),
    });
    problems.push(opened.problems);
    return opened.page;
  };
}
