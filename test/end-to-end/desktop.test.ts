/** The page in a window of its own, with a stand-in for main: what the app's menu, tray and notifications ask for, and the settings that only a desktop has. */

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../assets/messages/en/index.ts';
import type { AppInfo } from '../../main/contract.ts';
import { askedOf, command, DEVICE } from './stand-in-bridge.ts';
import { useStandIn } from './use-stand-in.ts';

const open = useStandIn();

const OTHER = { ...DEVICE, id: 'other', name: 'Kingston DataTraveler', serial: '2', location: '/dev/sdc' };

async function show(can: Partial<AppInfo['can']> = {}): Promise<Page> {
  const page = await open({ media: [DEVICE, OTHER], can });
  await page.getByRole('navigation', { name: en.sidebar.label }).waitFor();
  return page;
}

describe('a command of the desktop', () => {
  it('opens the settings and the keyboard map', async () => {
    const page = await show();
    await command(page, { name: 'settings' });
    await page.getByRole('dialog', { name: en.settings.title }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await command(page, { name: 'shortcuts' });
    await page.getByRole('dialog', { name: en.help.title }).waitFor();
  });

  it('shows the medium of a notification, and searches in it', async () => {
    const page = await show();
    for (const { id, name } of [OTHER, DEVICE]) {
      await command(page, { name: 'show-medium', mediumId: id });
      await page.getByRole('navigation').locator('[aria-current]').filter({ hasText: name }).first().waitFor();
    }
    await page.getByText('IMG_000000.JPG').waitFor();
    await command(page, { name: 'find' });
    await expect
      .poll(() => page.getByLabel(en.find.field).evaluate((field) => field === document.activeElement))
      .toBe(true);
    await command(page, { name: 'new-search' });
    await page.getByRole('region', { name: en.find.region }).waitFor();
  });
});

describe('dragging out of the window', () => {
  const DRAGGING = ['copy.prepareDrag', 'host.dragOut'];
  const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

  async function drag(page: Page, name: string): Promise<void> {
    await row(page, name).hover();
    await page.mouse.down();
    await page.mouse.move(400, 500, { steps: 5 });
  }

  it('copies what is selected and hands it to the desktop while the button is held', async () => {
    const page = await show({ dragOut: true });
    await row(page, 'IMG_000001.JPG').click();
    await row(page, 'IMG_000003.JPG').click({ modifiers: ['ControlOrMeta'] });
    await drag(page, 'IMG_000001.JPG');
    const paths = ['/IMG_000001.JPG', '/IMG_000003.JPG'];
    await expect
      .poll(() => askedOf(page, DRAGGING))
      .toEqual([
        ['copy.prepareDrag', DEVICE.id, 0, paths],
        ['host.dragOut', paths.map((path) => `/drag${path}`)],
      ]);
    await page.mouse.up();
    // A click that drags nothing takes the one of them.
    await row(page, 'IMG_000001.JPG').click();
    await expect.poll(() => page.locator('[role=row][aria-selected=true]').count()).toBe(1);
  });

  it('is not there where the desktop’s drag cannot be reached', async () => {
    const page = await show();
    await expect.poll(() => row(page, 'IMG_000001.JPG').getAttribute('draggable')).toBe('false');
  });
});

describe('copying for pasting elsewhere', () => {
  const COPYING = ['copy.prepareDrag', 'host.copyFiles'];
  const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
  const taken = (...names: string[]) => [
    ['copy.prepareDrag', DEVICE.id, 0, names.map((name) => `/${name}`)],
    ['host.copyFiles', names.map((name) => `/drag/${name}`)],
  ];

  it('copies what is selected and puts it on the clipboard: by the keyboard and by the menu', async () => {
    const page = await show({ copyFiles: true });
    await row(page, 'IMG_000001.JPG').click();
    await row(page, 'IMG_000003.JPG').click({ modifiers: ['ControlOrMeta'] });
    await page.keyboard.press('Control+c');
    const first = taken('IMG_000001.JPG', 'IMG_000003.JPG');
    await expect.poll(() => askedOf(page, COPYING)).toEqual(first);
    await page.getByText(en.desktop.pasteReady).waitFor();
    await row(page, 'IMG_000002.JPG').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en.menu.copyFiles }).click();
    await expect.poll(() => askedOf(page, COPYING)).toEqual([...first, ...taken('IMG_000002.JPG')]);
  });

  it('leaves the key to text: in a field, and where text is marked', async () => {
    const page = await show({ copyFiles: true });
    await row(page, 'IMG_000001.JPG').click();
    await page.evaluate(() => {
      const text = document.createElement('p');
      text.id = 'marked';
      text.textContent = 'words that are marked';
      document.body.append(text);
      getSelection()?.selectAllChildren(text);
    });
    await page.keyboard.press('Control+c');
    await command(page, { name: 'find' });
    const field = page.getByLabel(en.find.field);
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type('words');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    // A request that comes after all that the keys could have asked for.
    await command(page, { name: 'shortcuts' });
    await page.getByRole('dialog', { name: en.help.title }).getByText(en.help.list.copyFiles).waitFor();
    expect(await askedOf(page, COPYING)).toEqual([]);
  });

  it('is not there where the desktop’s clipboard takes no files', async () => {
    const page = await show();
    await row(page, 'IMG_000001.JPG').click();
    await page.keyboard.press('Control+c');
    await row(page, 'IMG_000001.JPG').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en.menu.copyTo }).waitFor();
    expect(await page.getByRole('menuitem', { name: en.menu.copyFiles }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await command(page, { name: 'shortcuts' });
    const map = page.getByRole('dialog', { name: en.help.title });
    await map.getByText(en.help.list.all, { exact: true }).waitFor();
    expect(await map.getByText(en.help.list.copyFiles).count()).toBe(0);
    expect(await askedOf(page, COPYING)).toEqual([]);
  });
});

describe('the settings of a desktop', () => {
  it('are there where the desktop has what they set, and only there', async () => {
    for (const [can, shown] of [
      [{ tray: true, notifications: true }, [en.settings.tray, en.settings.keepRunning, en.settings.notifyPlugged]],
      [{ notifications: true }, [en.settings.notifyPlugged]],
      [{}, []],
    ] as const) {
      const page = await show(can);
      await command(page, { name: 'settings' });
      const dialog = page.getByRole('dialog', { name: en.settings.title });
      await dialog.waitFor();
      await dialog.getByRole('tab').first().waitFor();
      const tab = dialog.getByRole('tab', { name: en.settings.sections.desktop });
      await expect.poll(() => tab.count()).toBe(shown.length === 0 ? 0 : 1);
      if (shown.length > 0) {
        await tab.click();
        await expect.poll(() => dialog.getByRole('switch').count()).toBe(shown.length);
        for (const name of shown) await dialog.getByRole('switch', { name }).waitFor();
      }
    }
  });
});
