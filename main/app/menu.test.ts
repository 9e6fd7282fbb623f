/** The app's menu, on each system. */

import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, expect, test } from 'vitest';
import { en } from '../../assets/messages/en/index.ts';
import type { WindowCommand } from '../contract.ts';
import { useTexts } from '../texts.ts';
import { menuTemplate } from './menu.ts';

afterEach(() => useTexts(en));

const nothing = { command: () => {} };
const submenu = ({ submenu: items }: MenuItemConstructorOptions) => items as MenuItemConstructorOptions[];
const names = (items: MenuItemConstructorOptions[]) => items.map(({ label, role, type }) => label ?? role ?? type);

test('is short on Linux and Windows, and as macOS has it there', () => {
  for (const platform of ['linux', 'win32'] as const) {
    const menu = menuTemplate(platform, nothing, false);
    expect(names(menu)).toEqual(['File', 'Edit', 'View', 'Help']);
    expect(names(submenu(menu[0]))).toEqual(['Open an Image…', 'separator', 'Settings…', 'separator', 'Quit']);
  }
  const mac = menuTemplate('darwin', nothing, false);
  expect(names(mac)).toEqual(['appMenu', 'File', 'Edit', 'View', 'Window', 'Help']);
  expect(names(submenu(mac[0]))).toContain('Settings…');
  expect(names(submenu(mac[1]))).toEqual(['Open an Image…', 'separator', 'Close Window']);
});

test('sends the page a command for each of its items, each with a shortcut of its own', () => {
  const sent: WindowCommand[] = [];
  const menu = menuTemplate('linux', { command: (command) => void sent.push(command) }, false);
  const items = menu.flatMap((part) => (Array.isArray(part.submenu) ? part.submenu : []));
  const own = items.filter(({ click }) => click !== undefined);
  for (const { click } of own) (click as () => void)();
  expect(sent.map(({ name }) => name)).toEqual(['open-image', 'settings', 'find', 'new-search', 'shortcuts']);
  const shortcuts = own.map(({ accelerator }) => accelerator);
  expect(shortcuts).toEqual(['CmdOrCtrl+O', 'CmdOrCtrl+,', 'CmdOrCtrl+F', 'CmdOrCtrl+Shift+F', 'F1']);
});

test('has developer tools in development only', () => {
  expect(JSON.stringify(menuTemplate('linux', nothing, false))).not.toContain('toggleDevTools');
  expect(JSON.stringify(menuTemplate('linux', nothing, true))).toContain('toggleDevTools');
});

test('speaks the language of the settings', () => {
  const menu = Object.fromEntries(Object.keys(en.desktop.menu).map((name) => [name, `[${name}]`]));
  useTexts({ ...en, desktop: { ...en.desktop, menu: menu as typeof en.desktop.menu } });
  const said = ['linux', 'darwin'].flatMap((platform) => {
    const top = menuTemplate(platform as NodeJS.Platform, nothing, false);
    return [...top, ...top.flatMap(submenu)].filter(({ type, role }) => type !== 'separator' && role !== 'appMenu');
  });
  // Each of them, the macOS app's own menu apart, whose title is the app's name.
  for (const { label } of said) expect(label).toMatch(/^\[.+\]$/);
  expect(new Set(said.map(({ label }) => label)).size).toBe(Object.keys(menu).length);
});
