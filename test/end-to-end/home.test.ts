/** At home everywhere: languages and their direction, settings that stay, the keyboard map, the first page, contrast, undo; no text that is cut. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ar } from '../../assets/messages/ar/index.ts';
import { de } from '../../assets/messages/de/index.ts';
import { en } from '../../assets/messages/en/index.ts';
import { es } from '../../assets/messages/es/index.ts';
import { fr } from '../../assets/messages/fr/index.ts';
import { it as italian } from '../../assets/messages/it/index.ts';
import { ja } from '../../assets/messages/ja/index.ts';
import { directionOf, LANGUAGES, type Language } from '../../assets/messages/languages.ts';
import { pl } from '../../assets/messages/pl/index.ts';
import { pt } from '../../assets/messages/pt/index.ts';
import { zhCN } from '../../assets/messages/zh-CN/index.ts';
import { axeFindings } from './evidence.ts';
import type { PageOptions } from './shell.ts';
import { useShell } from './use-shell.ts';

const TEXTS = { en, de, fr, es, pt, it: italian, pl, ja, 'zh-CN': zhCN, ar };
const title = (language: Language): string => TEXTS[language].settings.title;

const airlock = useShell();
let page: Page;

/** A fresh shell with these settings in its file. */
async function start(settings: object, options: PageOptions = {}): Promise<void> {
  const folder = join(airlock.home(), '.config', 'airlock');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ settings, stickFolders: {} }));
  page = await airlock.start([], { reducedMotion: 'reduce', ...options });
  await page.locator('main h1').first().waitFor();
}

const html = (attribute: string) => page.locator('html').getAttribute(attribute);
const isIn = (language: Language, direction: 'ltr' | 'rtl') =>
  expect.poll(async () => [await html('lang'), await html('dir')]).toEqual([language, direction]);
const languageChoice = () => page.locator('.settings-section select').first();

/** In whatever language: the second button of the page that explains Airlock. */
async function openSample(): Promise<void> {
  await page.locator('main .actions button').last().click();
  await page.getByRole('row', { name: /Welcome\.txt/ }).waitFor();
}

/** Waits until main has written this into the settings' file: the page shows a change at once. */
async function written(text: string): Promise<void> {
  const path = join(airlock.home(), '.config', 'airlock', 'settings.json');
  await expect.poll(() => readFileSync(path, 'utf8')).toContain(text);
}

async function openSettings(): Promise<void> {
  await page.keyboard.press('Control+,');
  await languageChoice().waitFor();
}

describe('languages', () => {
  it('switch the window at once, with lang and dir, and stay after a reload', async () => {
    await start({ welcomed: true });
    await isIn('en', 'ltr');
    await openSettings();
    for (const language of [...LANGUAGES].reverse()) {
      await languageChoice().selectOption(language);
      await page.locator('.modal-title', { hasText: title(language) }).waitFor();
      await isIn(language, directionOf(language));
    }
    await languageChoice().selectOption('ar');
    await page.locator('.modal-title', { hasText: title('ar') }).waitFor();
    await written('"language": "ar"');
    await page.reload();
    await page.locator('main h1').first().waitFor();
    await isIn('ar', 'rtl');
  });

  it('follow the system, with its country’s way of writing numbers', async () => {
    await start({ welcomed: true }, { locale: 'de-AT' });
    await isIn('de', 'ltr');
    await page.getByRole('button', { name: de.welcome.trySample }).click();
    await page.getByText('4,2 MB', { exact: false }).first().waitFor();
  });

  it('reach what main says too', async () => {
    await start({ welcomed: true, language: 'de' });
    await page.getByRole('button', { name: de.sidebar.openImage }).first().click();
    const dialog = page.getByRole('dialog');
    const field = dialog.getByRole('textbox', { name: de.chooser.location });
    // It is filled by the dialog once the folder is read.
    await expect.poll(() => field.inputValue()).not.toBe('');
    await field.fill('/not/there.img');
    await dialog.getByRole('button', { name: de.chooser.go }).click();
    await page.getByText(de.failures.noFile).waitFor();
  });
});

describe('Arabic', () => {
  it('has no finding of axe on the first page, the files, the settings and the keyboard map, in light and dark', async () => {
    await start({ language: 'ar' });
    expect(await axeFindings(page)).toEqual([]);
    await openSample();
    expect(await axeFindings(page)).toEqual([]);
    await openSettings();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: ar.help.title }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('has none on the pages about the medium either', async () => {
    await start({ language: 'ar', welcomed: true });
    await openSample();
    for (const name of [ar.lookout.button, ar.medium.about, ar.space.open]) {
      await page.getByRole('button', { name }).first().click();
      await page.getByRole('grid').waitFor({ state: 'detached' });
      expect(await axeFindings(page)).toEqual([]);
      await page.reload();
      await page.getByRole('row', { name: /Welcome\.txt/ }).waitFor();
    }
  });

  it('runs from right to left: media on the right, details on the left', async () => {
    await start({ language: 'ar', welcomed: true });
    await openSample();
    const left = async (what: Locator) => (await what.boundingBox())?.x ?? Number.NaN;
    const media = page.getByRole('navigation', { name: ar.sidebar.label });
    await expect.poll(async () => (await left(media)) - (await left(page.getByRole('grid')))).toBeGreaterThan(0);
  });
});

/** Buttons whose text does not fit into them or that lie outside the window, and a page wider than the window. */
function cut(): Promise<string[]> {
  return page.evaluate(() => {
    const findings: string[] = [];
    const width = document.documentElement.clientWidth;
    const dialog = document.querySelector('[role="dialog"]');
    for (const element of (dialog ?? document).querySelectorAll<HTMLElement>(
      '.button, .link-button, .settings-tab, .filter, .segments label, .icon-button',
    )) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const { left, right } = element.getBoundingClientRect();
      const what = `${element.textContent?.trim()} (${Math.round(left)} to ${Math.round(right)} of ${width})`;
      if (element.scrollWidth > element.clientWidth + 1) findings.push(`cut: ${what}`);
      if (left < -1 || right > width + 1) findings.push(`outside: ${what}`);
    }
    if (document.documentElement.scrollWidth > width) findings.push('the page is wider than the window');
    return findings;
  });
}

describe.each(['de', 'pl', 'ja', 'ar'] as const)('no text is cut in %s', (language) => {
  it.each([1180, 420])('in a window %i pixels wide', async (width) => {
    await start({ language }, { viewport: { width, height: 760 } });
    await expect.poll(cut).toEqual([]);
    await openSample();
    await expect.poll(cut).toEqual([]);
    await page.getByRole('row', { name: /Welcome\.txt/ }).click();
    await expect.poll(cut).toEqual([]);
    await openSettings();
    const tabs = page.locator('.settings-tab');
    for (let i = 0; i < (await tabs.count()); i++) {
      await tabs.nth(i).click();
      await page.locator('.settings-section:visible').waitFor();
      await expect.poll(cut).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('F1');
    await page.getByRole('dialog').locator('kbd').first().waitFor();
    await expect.poll(cut).toEqual([]);
  });
});

describe('the keyboard map', () => {
  it('comes by ? and F1, goes by Escape, and is not in the way where text is written', async () => {
    await start({ welcomed: true });
    const map = page.getByRole('dialog', { name: 'Keyboard' });
    for (const key of ['?', 'F1']) {
      await page.keyboard.press(key);
      await map.getByText('Show this map').waitFor();
      await page.keyboard.press('Escape');
      await map.waitFor({ state: 'detached' });
    }
    await page.keyboard.press('Control+o');
    const field = page.getByRole('textbox', { name: 'Folder on this computer' });
    // It is filled by the dialog once the folder is read.
    await expect.poll(() => field.inputValue()).not.toBe('');
    await field.fill('');
    await field.press('?');
    await expect.poll(() => field.inputValue()).toBe('?');
    expect(await map.count()).toBe(0);
  });
});

describe('the first page', () => {
  it('explains until it was read, and not again', async () => {
    await start({});
    await page.getByText(en.welcome.happens).waitFor();
    await page.getByText(en.welcome.notChanged).waitFor();
    await page.getByText(en.welcome.notChecked).waitFor();
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText(en.welcome.second).waitFor();
    await written('"welcomed": true');
    await page.reload();
    await page.getByText(en.welcome.second).waitFor();
    expect(await page.getByText(en.welcome.happens).count()).toBe(0);
  });
});

describe('settings', () => {
  it('stay after a reload', async () => {
    await start({ welcomed: true });
    await openSettings();
    await page.getByText('Dark', { exact: true }).click();
    await page.getByRole('switch', { name: 'More contrast' }).click();
    await page.getByRole('tab', { name: 'Copying' }).click();
    await page.getByLabel('When a file is there already').selectOption('skip');
    await page.getByRole('tab', { name: 'Reading' }).click();
    await page.getByLabel('Alphabet of short names').selectOption('866');
    await expect.poll(() => html('data-theme')).toBe('dark');
    await written('"fatCodePage": "866"');
    await page.reload();
    await page.locator('main h1').first().waitFor();
    await expect.poll(() => html('data-theme')).toBe('dark');
    await expect.poll(() => html('data-contrast')).toBe('more');
    await openSettings();
    await page.getByRole('tab', { name: 'Reading' }).click();
    await expect.poll(() => page.getByLabel('Alphabet of short names').inputValue()).toBe('866');
    await page.getByRole('tab', { name: 'Copying' }).click();
    await expect.poll(() => page.getByLabel('When a file is there already').inputValue()).toBe('skip');
  });

  it('say where FAT’s times were written, from the next opening on', async () => {
    await start({ welcomed: true, fatTimeZone: '+02:00', fatCodePage: '850' }, { timezoneId: 'UTC' });
    await openSample();
    await page.getByRole('row', { name: /Welcome\.txt/ }).click();
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByText('Short name').waitFor();
    await details.getByText('1 Jul 2019, 16:30:00').first().waitFor();
    await expect.poll(() => details.getByText('Local time, as the stick has it').count()).toBe(1);
  });

  it('take more contrast from the system', async () => {
    await start({ welcomed: true }, { contrast: 'more' });
    await expect.poll(() => html('data-contrast')).toBe('more');
    await openSample();
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('a dismissed copy', () => {
  it('can be taken back', async () => {
    await start({ welcomed: true });
    await openSample();
    await page.keyboard.press('Control+s');
    const copies = page.getByRole('region', { name: 'Copies' });
    await copies.getByText(/^Copied \d+ files/).waitFor();
    await copies.getByRole('button', { name: 'Dismiss' }).first().click();
    await copies.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await copies.getByText(/^Copied \d+ files/).waitFor();
  });
});
