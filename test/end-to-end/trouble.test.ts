/** What goes wrong, through the browser shell: damaged sticks, a worker that is killed, copies that are cancelled, hostile names, ejecting in mid-copy. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { hostileImages, testImage } from '../images/library.ts';
import { axeFindings, sha256 } from './evidence.ts';
import { placeImage, whileTimeStands } from './shell.ts';
import { placeStick } from './sticks.ts';
import { useShell } from './use-shell.ts';

/** Long enough to be met in mid-copy on any machine; holes on the disk that it comes from. */
const LARGE = 2_000_000_000;

const airlock = useShell();
let home: string;
let page: Page;

beforeEach(() => {
  home = airlock.home();
});

async function start(image: string): Promise<void> {
  page = await airlock.start([image]);
}

const copies = () => page.getByRole('region', { name: 'Copies' });

/** Every file below a folder, hidden and partial ones too. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

/** The shell's kernel workers: its child processes. */
function workers(): number[] {
  const { pid } = airlock.shell().process;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

async function startLargeCopy(): Promise<void> {
  await start(placeStick(home, 'film.img', 'FILMS', [], [{ name: 'film.mkv', sizeBytes: LARGE }]));
  await page.getByRole('row', { name: /film\.mkv/ }).waitFor();
  await page.getByRole('button', { name: 'Copy all' }).click();
  const bar = copies().getByRole('progressbar');
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow')), { interval: 20 }).toBeGreaterThan(0);
}

describe('a copy that does not come to its end', () => {
  it('leaves no half file when it is cancelled, and says so', async () => {
    await startLargeCopy();
    await copies()
      .getByRole('button', { name: /^Cancel/ })
      .click();
    await copies().getByText('Cancelled').waitFor();
    await copies().getByText('No half file was left').waitFor();
    expect(filesBelow(join(home, 'Airlock'))).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  });

  it('survives the death of its worker: says what happened, and starts again', async () => {
    await startLargeCopy();
    for (const worker of workers()) process.kill(worker, 'SIGKILL');
    await page.getByRole('heading', { name: /is not being read any more/ }).waitFor();
    await copies().getByRole('button', { name: 'Report' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(filesBelow(join(home, 'Airlock'))).toEqual([]);
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByRole('row', { name: /film\.mkv/ }).waitFor();
  });

  it('asks before ejecting stops it', async () => {
    await startLargeCopy();
    await page.getByRole('main').getByRole('button', { name: 'Close', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'A copy is still running' });
    await dialog.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Stop the copy and eject' }).click();
    await page.getByText('film.img is closed. Nothing on it was changed.').waitFor();
    await expect.poll(() => workers()).toEqual([]);
    expect(filesBelow(join(home, 'Airlock'))).toEqual([]);
  });
});

describe('damaged sticks', () => {
  const damaged = hostileImages(/^fat32$/);
  // Every image is read by the tests of the driver; here a few of each sort are looked at as a user sees them.
  const looked = damaged.filter((_, i) => i % Math.ceil(damaged.length / 10) === 0);

  it.each(looked.map((image) => [image.name, image] as const))(
    '%s: a page or a partial list, in plain words',
    async (name, image) => {
      const path = placeImage(home, `${name}.img`, image.bytes());
      const before = sha256(path);
      await start(path);
      await page
        .getByRole('grid', { name: 'Files' })
        .or(page.getByRole('heading', { name: /cannot be opened|not being read|cannot be read|no file system/ }))
        .first()
        .waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(airlock.shell().process.exitCode).toBeNull();
      expect(sha256(path)).toBe(before);
    },
  );

  it('says in words that a medium holds nothing that can be read', async () => {
    await start(
      placeImage(
        home,
        'noise.img',
        new Uint8Array(2_000_000).map((_, i) => (i * 7919 + (i >> 8)) & 0xff),
      ),
    );
    await page.getByRole('heading', { name: /noise\.img cannot be opened/ }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('hostile names', () => {
  it('are shown as text and never act', async () => {
    const image = placeStick(
      home,
      'names.img',
      'NAMES',
      [],
      [
        {
          name: '<img src=x onerror=alert(1)>.txt'.replaceAll(/[<>]/g, (sign) => (sign === '<' ? '\u2039' : '\u203a')),
          sizeBytes: 1,
        },
        { name: 'invoice\u202efdp.exe', sizeBytes: 1 },
        { name: 'photo.jpg          .exe', sizeBytes: 1 },
        { name: `many${'\u0301'.repeat(80)}.txt`, sizeBytes: 1 },
      ],
    );
    await start(image);
    const labels = page.getByRole('grid', { name: 'Files' }).locator('.label');
    await expect.poll(() => labels.count()).toBe(4);
    const shown = await labels.allTextContents();
    expect(shown).toContain('invoiceU+202Efdp.exe');
    expect(shown.find((name) => name.startsWith('photo.jpg'))).toBe('photo.jpg␣␣␣␣␣␣␣␣.exe');
    expect(shown.some((name) => name.startsWith('many') && name.length < 20)).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  it('opens an image, walks, selects, finds by typing, copies, reads the report, closes', async () => {
    placeImage(home, 'holiday.img', testImage('fat32-c4k-kernel').bytes());
    page = await airlock.start();
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    const tabTo = async (name: RegExp, key = 'Tab') => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press(key);
        const label = await page.evaluate(
          () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
        );
        if (name.test(label.trim())) return;
      }
      throw new Error(`nothing named ${name} is reached by Tab`);
    };
    const selected = () => page.locator('[role=row][aria-selected=true] .label').allTextContents();

    await page.getByRole('heading', { name: 'Look before you trust' }).waitFor();
    await tabTo(/^Open an image/);
    await press('Enter');
    await page.getByRole('option', { name: 'holiday.img' }).waitFor();
    await tabTo(/^Contents? of the folder/);
    await press('ArrowDown', 'Enter');
    await page.getByRole('row', { name: /README/ }).waitFor();
    const onFiles = () =>
      expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await onFiles();
    await whileTimeStands(page, async () => {
      await press('s', 'i');
      await expect.poll(selected).toEqual(['sizes']);
    });
    await press('Enter');
    await page.getByRole('heading', { name: 'sizes' }).waitFor();
    await page.getByRole('row', { name: /f00000/ }).waitFor();
    await onFiles();
    await press('Home', 'Shift+ArrowDown', 'Shift+ArrowDown');
    await expect.poll(selected).toEqual(['f00000.bin', 'f00001.bin', 'f00511.bin']);
    await press('Backspace');
    await expect.poll(selected).toEqual(['sizes']);
    await onFiles();
    await press('End');
    await expect.poll(selected).toEqual(['README.TXT']);
    await press('Control+a');
    await expect.poll(async () => (await selected()).length).toBeGreaterThan(15);
    await press('Escape');
    await expect.poll(selected).toEqual([]);
    await press('Home', 'End');
    await page.getByRole('button', { name: 'Copy selected (1)' }).waitFor();

    await tabTo(/^Copy selected/, 'Shift+Tab');
    await press('Enter');
    await copies()
      .getByText(/^Copied 1 file/)
      .waitFor();
    await tabTo(/^Report$/);
    await press('Enter');
    await page.getByRole('dialog', { name: 'What was copied' }).getByText('README.TXT').waitFor();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await tabTo(/^Dismiss$/);
    await press('Enter');
    await copies().waitFor({ state: 'detached' });
    await tabTo(/^Close holiday\.img$/);
    await press('Enter');
    await page.getByText('holiday.img is closed').waitFor();
  });
});
