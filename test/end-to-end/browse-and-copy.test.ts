/** The main job through the browser shell: open an image, look around, copy out, compare on disk, close. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testImage } from '../images/library.ts';
import { axeFindings, hashesBelow, sha256 } from './evidence.ts';
import { placeImage } from './shell.ts';
import { useShell } from './use-shell.ts';

const reference = testImage('fat32-c4k-kernel');
const manifest = reference.manifest('').filter((entry) => entry.path !== '/' && entry.path !== '');
const rootEntries = manifest.filter((entry) => !entry.path.replace(/^\//, '').includes('/'));

const airlock = useShell();
let page: Page;
let image: string;
let imageHash: string;

beforeEach(async () => {
  image = placeImage(airlock.home(), 'holiday.img', reference.bytes());
  imageHash = sha256(image);
  page = await airlock.start();
});
afterEach(() => {
  expect(sha256(image)).toBe(imageHash);
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
const target = () => join(airlock.home(), 'Airlock', 'FAT32_4K');

describe('looking', () => {
  it('lists the root, sorts it by each column, and says how many entries there are', async () => {
    await openImage();
    await page.getByText(`${rootEntries.length} items`).waitFor();
    await expect
      .poll(async () => (await names()).sort())
      .toEqual(rootEntries.map((entry) => entry.path.replace(/^\//, '')).sort());
    const listed = await names();

    const files = rootEntries.filter((entry) => entry.type === 'file');
    const sortedBy = (column: string, direction: string) =>
      page.locator(`[role=columnheader][aria-sort=${direction}]`).filter({ hasText: column }).waitFor();
    await page.getByRole('button', { name: 'Size' }).click();
    await sortedBy('Size', 'descending');
    const sizes = new Map(files.map((entry) => [entry.path.replace(/^\//, ''), entry.size ?? 0]));
    const bySize = async () => (await names()).slice(-files.length).map((name) => sizes.get(name));
    await expect.poll(bySize).toEqual([...sizes.values()].sort((a, b) => b - a));

    await page.getByRole('button', { name: 'Modified' }).click();
    await sortedBy('Modified', 'descending');
    await page.getByRole('button', { name: 'Modified' }).click();
    await sortedBy('Modified', 'ascending');
    await page.getByRole('button', { name: 'Name' }).click();
    await sortedBy('Name', 'ascending');
    await expect.poll(names).toEqual(listed);
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
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await openImage();
    expect(await axeFindings(page)).toEqual([]);
    await row('README.TXT').click();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
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
      .waitFor();
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
    await dialog.getByRole('textbox', { name: 'Folder on this computer' }).fill(airlock.home());
    await dialog.getByRole('button', { name: 'Go' }).click();
    await dialog.getByRole('button', { name: 'New folder' }).click();
    await dialog.getByRole('textbox', { name: 'Name of the new folder' }).fill('picked');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect
      .poll(() => dialog.getByRole('textbox', { name: 'Folder on this computer' }).inputValue())
      .toBe(join(airlock.home(), 'picked'));
    await dialog.getByRole('button', { name: 'Choose this folder' }).click();
    await copies()
      .getByText(/^Copied 3 files/)
      .waitFor();
    expect([...hashesBelow(join(airlock.home(), 'picked')).keys()].map((path) => path.split('/').pop()).sort()).toEqual(
      ['README.TXT', 'filler01', 'filler05'],
    );
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
    expect(existsSync(join(airlock.home(), 'Airlock'))).toBe(false);
  });
});
