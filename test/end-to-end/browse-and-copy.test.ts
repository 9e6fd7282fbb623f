/** The main job through the browser shell: open an image, look around, copy out, compare on disk, close. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { testImage } from '../images/library.ts';
import { axeFindings, hashesBelow, sha256 } from './evidence.ts';
import { launchBrowser, makeHome, openPage, placeImage, type Shell, startShell } from './shell.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const reference = testImage('fat32-c4k-kernel');
const manifest = reference.manifest('').filter((entry) => entry.path !== '/' && entry.path !== '');
const rootEntries = manifest.filter((entry) => !entry.path.replace(/^\//, '').includes('/'));

let browser: Browser;
let shell: Shell;
let page: Page;
let problems: string[];
let image: string;
let imageHash: string;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  const home = makeHome();
  image = placeImage(home, 'holiday.img', reference.bytes());
  imageHash = sha256(image);
  shell = await startShell(home);
  ({ page, problems } = await openPage(browser, shell));
});
afterEach(async () => {
  await page.context().close();
  expect(sha256(image)).toBe(imageHash);
  await shell.close();
  expect(problems).toEqual([]);
});

/** Opens the image by the app's own file dialog, as a user of the browser shell does. */
async function openImage(): Promise<void> {
  await page.getByRole('button', { name: 'Open an image…' }).last().click();
  const dialog = page.getByRole('dialog', { name: 'Open an image' });
  await dialog.getByRole('option', { name: 'holiday.img' }).click();
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('row', { name: /README\.TXT/ }).waitFor();
}

const grid = () => page.getByRole('grid', { name: 'Files' });
const row = (name: string) =>
  grid()
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });
const names = () => grid().locator('[role=row] .label').allTextContents();
const copies = () => page.getByRole('region', { name: 'Copies' });
const target = () => join(shell.home, 'Airlock', 'FAT32_4K');

describe('looking', () => {
  it('lists the root, sorts it by each column, and says how many entries there are', async () => {
    await openImage();
    const listed = await names();
    expect(listed).toHaveLength(rootEntries.length);
    expect(new Set(listed)).toEqual(new Set(rootEntries.map((entry) => entry.path.replace(/^\//, ''))));
    await page.getByText(`${rootEntries.length} items`).waitFor();

    const files = rootEntries.filter((entry) => entry.type === 'file');
    await page.getByRole('button', { name: 'Size' }).click();
    expect(await page.getByRole('columnheader', { name: 'Size' }).getAttribute('aria-sort')).toBe('descending');
    const bySize = (await names()).slice(-files.length);
    const sizes = new Map(files.map((entry) => [entry.path.replace(/^\//, ''), entry.size ?? 0]));
    expect(bySize.map((name) => sizes.get(name))).toEqual([...sizes.values()].sort((a, b) => b - a));

    await page.getByRole('button', { name: 'Modified' }).click();
    await page.getByRole('button', { name: 'Modified' }).click();
    expect(await page.getByRole('columnheader', { name: 'Modified' }).getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('button', { name: 'Name' }).click();
    expect(await names()).toEqual(listed);
  });

  it('goes into a folder and back, and shows what is known of a file', async () => {
    await openImage();
    await row('sizes').dblclick();
    await page.getByRole('heading', { name: 'sizes' }).waitFor();
    await row('f65537.bin').click();
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByText('65,537 bytes').waitFor();
    await page.getByRole('navigation', { name: 'Path' }).getByRole('button', { name: 'FAT32_4K' }).click();
    await row('README.TXT').click();
    await details.getByText('Read-only, Archive').waitFor();
  });

  it('keeps accessible in light and dark, in the welcome page, the list, a selection, and each dialog', async () => {
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open an image…' }).last().click();
    await page.getByRole('option', { name: 'holiday.img' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await openImage();
    expect(await axeFindings(page)).toEqual([]);
    await row('README.TXT').click();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'More ways to copy' }).click();
    await page.getByRole('menuitem', { name: 'Copy all to another folder…' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('copying', () => {
  it('copies all with one click, byte for byte as the reference reader has it', async () => {
    await openImage();
    await page.getByRole('button', { name: 'Copy all' }).click();
    await copies()
      .getByText(/^Copied \d+ files/)
      .waitFor({ timeout: 60_000 });
    expect(await axeFindings(page)).toEqual([]);
    const expected = new Map(
      manifest.filter((entry) => entry.type === 'file').map((entry) => [entry.path.replace(/^\//, ''), entry.sha256]),
    );
    expect(hashesBelow(target())).toEqual(expected);
    await copies().getByRole('button', { name: 'Report' }).click();
    await page.getByRole('dialog', { name: 'What was copied' }).getByText('README.TXT', { exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();
    await copies().getByRole('button', { name: 'Dismiss' }).click();
    await copies().waitFor({ state: 'detached' });
  });

  it('copies what is selected by click, ctrl and shift into another folder', async () => {
    await openImage();
    await row('filler01').click();
    await row('filler05').click({ modifiers: ['Shift'] });
    await row('README.TXT').click({ modifiers: ['Control'] });
    await row('filler03').click({ modifiers: ['Control'] });
    await page.getByRole('complementary', { name: 'Details' }).getByText('3 items selected').waitFor();
    await page.getByRole('button', { name: 'More ways to copy' }).click();
    await page.getByRole('menuitem', { name: 'Copy selected to another folder…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Copy to which folder?' });
    await dialog.getByRole('textbox', { name: 'Folder on this computer' }).fill(shell.home);
    await dialog.getByRole('button', { name: 'Go' }).click();
    await dialog.getByRole('button', { name: 'New folder' }).click();
    await dialog.getByRole('textbox', { name: 'Name of the new folder' }).fill('picked');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect
      .poll(() => dialog.getByRole('textbox', { name: 'Folder on this computer' }).inputValue())
      .toBe(join(shell.home, 'picked'));
    await dialog.getByRole('button', { name: 'Choose this folder' }).click();
    await copies()
      .getByText(/^Copied 3 files/)
      .waitFor({ timeout: 30_000 });
    expect([...hashesBelow(join(shell.home, 'picked')).keys()].map((path) => path.split('/').pop()).sort()).toEqual([
      'README.TXT',
      'filler01',
      'filler05',
    ]);
  });

  it('asks where a file is there already: keeps both, skips, and replaces as told', async () => {
    await openImage();
    await row('README.TXT').click();
    const copy = page.getByRole('button', { name: 'Copy selected' });
    const dialog = page.getByRole('dialog', { name: 'There is a file of this name already' });
    const dismiss = () => copies().getByRole('button', { name: 'Dismiss' }).first().click();
    await copy.click();
    await copies()
      .getByText(/^Copied 1 file/)
      .waitFor();
    await dismiss();
    const path = join(target(), 'README.TXT');
    const content = readFileSync(path);
    writeFileSync(path, 'mine');

    await copy.click();
    await dialog.getByText('From the stick').waitFor();
    await dialog.getByText('4 B', { exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Keep both' }).click();
    await copies().getByText('1 renamed').waitFor();
    await dismiss();
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(hashesBelow(target()).size).toBe(2);

    await copy.click();
    await dialog.getByRole('button', { name: 'Skip' }).click();
    await copies().getByText('1 skipped').waitFor();
    await dismiss();
    expect(readFileSync(path, 'utf8')).toBe('mine');

    await copy.click();
    await dialog.getByRole('checkbox', { name: 'Do the same for all further files' }).check();
    await dialog.getByRole('button', { name: 'Replace' }).click();
    await copies()
      .getByText(/^Copied 1 file/)
      .waitFor();
    expect(readFileSync(path)).toEqual(content);
  });
});

describe('closing', () => {
  it('closes the image with one sentence, and the window is empty again', async () => {
    await openImage();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByText('holiday.img is closed. Nothing on it was changed.').waitFor();
    await page.getByRole('heading', { name: 'Look before you trust' }).waitFor();
  });

  it('opens the sample stick that ships with the app', async () => {
    await page.getByRole('button', { name: 'Try the sample stick' }).click();
    await row('Welcome.txt').click();
    expect(existsSync(join(shell.home, 'Airlock'))).toBe(false);
  });
});
