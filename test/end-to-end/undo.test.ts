/** What can be taken back: a copy's own files, a selection made by hand, what was forgotten, what was dismissed. */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ImageJob } from '../../main/contract.ts';
import { axeFindings } from './evidence.ts';
import { placeLookStick, text } from './look-stick.ts';
import { launchBrowser, makeHome, openPage, type Shell, startShell } from './shell.ts';
import { askedOf, DEVICE, standIn } from './stand-in-bridge.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** There the trash is the desktop's own, and the page is reached by no address. */
const ON_ELECTRON = process.env.AIRLOCK_E2E === 'electron';
/** In the place of gio(1), which a machine without a desktop may lack: the trash is a folder of the home. */
const GIO =
  '#!/bin/sh\n[ "$1 $2" = "trash --" ] || exit 1\nshift 2\nmkdir -p "$HOME/trash"\nmv -- "$@" "$HOME/trash"\n';
const NAMES = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt'];
const SAVED: ImageJob = {
  id: 'image-1',
  mediumId: DEVICE.id,
  mediumName: 'SanDisk Ultra',
  path: '/home/me/SanDisk Ultra 2026-10-03.img',
  state: 'done',
  sizeBytes: 31_900_000_000,
  doneBytes: 31_900_000_000,
  unreadableBytes: 0,
  resumedBytes: 0,
  bytesPerSecond: null,
  secondsLeft: null,
  sha256: 'ab'.repeat(32),
  startedAtMs: 0,
  finishedAtMs: 1,
  problem: null,
};

let browser: Browser;
let home: string;
let shell: Shell;
let page: Page;
let problems: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  home = makeHome();
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin', 'gio'), GIO, { mode: 0o755 });
  vi.stubEnv('PATH', [join(home, 'bin'), process.env.PATH].join(delimiter));
  const files = NAMES.map((name) => ({ name, content: text(`content of ${name}`) }));
  shell = await startShell(home, [placeLookStick(home, 'look.img', files)]);
  vi.unstubAllEnvs();
  ({ page, problems } = await openPage(browser, shell));
  await grid().getByText('a.txt').waitFor();
});
afterEach(async () => {
  await page.context().close();
  await shell.close();
  expect(problems).toEqual([]);
});

const grid = () => page.getByRole('grid', { name: 'Files' });
const copies = () => page.getByRole('region', { name: 'Copies' });
const row = (name: string) => grid().getByRole('row', { name });
const undo = () => page.getByRole('status').getByRole('button', { name: 'Undo' });

it.skipIf(ON_ELECTRON)('a copy: what it wrote goes to the trash, and what was changed since stays', async () => {
  const target = join(home, 'Airlock', 'LOOKING');
  await page.getByRole('button', { name: 'Copy all', exact: true }).click();
  await copies()
    .getByText(/^Copied 5 files/)
    .waitFor();
  writeFileSync(join(target, 'b.txt'), 'written by somebody');
  writeFileSync(join(target, 'mine.txt'), 'mine');
  expect(await axeFindings(page)).toEqual([]);
  await copies().getByRole('button', { name: 'Undo the copy from look.img' }).click();
  await page
    .getByText('4 files moved to the trash. 1 file stayed: changed since, moved, or refused by the system.')
    .waitFor();
  expect(readdirSync(target).sort()).toEqual(['b.txt', 'mine.txt']);
  expect(readdirSync(join(home, 'trash')).sort()).toEqual(['a.txt', 'c.txt', 'd.txt', 'e.txt']);
  // What stayed keeps its report, and cannot be undone a second time.
  await copies().getByRole('button', { name: 'Report' }).waitFor();
  await copies().getByRole('button', { name: 'Undo the copy from look.img' }).waitFor({ state: 'detached' });

  await row('d.txt').click();
  await page.getByRole('button', { name: 'Copy selected (1)' }).click();
  await copies().getByRole('button', { name: 'Undo the copy from look.img' }).click();
  await page.getByText('1 file moved to the trash.', { exact: true }).waitFor();
  expect(readdirSync(target).sort()).toEqual(['b.txt', 'mine.txt']);
});

it('a selection that was made one by one', async () => {
  await row('a.txt').click();
  for (const name of ['c.txt', 'd.txt', 'e.txt']) await row(name).click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('button', { name: 'Copy selected (4)' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Your selection was cleared.').waitFor();
  await page.getByRole('button', { name: 'Copy all', exact: true }).waitFor();
  await undo().click();
  await page.getByRole('button', { name: 'Copy selected (4)' }).waitFor();
  for (const [name, chosen] of [
    ['a.txt', 'true'],
    ['b.txt', 'false'],
    ['c.txt', 'true'],
  ] as const)
    expect(await row(name).getAttribute('aria-selected')).toBe(chosen);
});

it('that a medium was forgotten', async () => {
  await page.getByRole('button', { name: 'About look.img' }).click();
  await page.getByRole('button', { name: /^1 medium/ }).click();
  const forget = page.getByRole('button', { name: 'Forget look.img' });
  await forget.click();
  await forget.waitFor({ state: 'detached' });
  await undo().click();
  await page.getByRole('button', { name: /^1 medium/ }).waitFor();
  await page.getByRole('button', { name: 'Forget all' }).click();
  await page.getByRole('button', { name: /^1 medium/ }).waitFor({ state: 'detached' });
  await undo().click();
  await page.getByRole('button', { name: /^1 medium/ }).waitFor();
});

it.skipIf(ON_ELECTRON)('that an image was dismissed: until then main is asked for nothing', async () => {
  const context = await browser.newContext({ viewport: { width: 1180, height: 760 }, locale: 'en-GB' });
  const other = await context.newPage();
  await standIn(other, { media: [DEVICE], jobs: [], entryCount: 3, unsandboxed: false, images: [SAVED] });
  await other.goto(shell.url);
  const images = other.getByRole('region', { name: 'Images being saved' });
  await images.getByRole('button', { name: 'Dismiss' }).click();
  await images.waitFor({ state: 'detached' });
  await other.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await images.getByText('SanDisk Ultra 2026-10-03.img').waitFor();
  expect(await askedOf(other, ['imaging.dismiss'])).toEqual([]);
  await context.close();
});
