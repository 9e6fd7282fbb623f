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
    expect(names(menu)).toEqual(['File', 'editMenu', 'View', 'Help']);
    expect(names(submenu(menu[0]))).toEqual(['Open an Image…', 'separator', 'Settings…', 'separator', 'Quit']);
  }
  const mac = menuTemplate('darwin', nothing, false);
  expect(names(mac)).toEqual(['appMenu', 'File', 'editMenu', 'View', 'windowMenu', 'Help']);
  expect(names(submenu(mac[0]))).toContain('Settings…');
  expect(names(submenu(mac[1]))).toEqual(['Open an Image…', 'separator', 'close']);
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
  useTexts({ ...en, desktop: { ...en.desktop, menu: { ...en.desktop.menu, file: 'Datei' } } });
  expect(names(menuTemplate('linux', nothing, false))[0]).toBe('Datei');
});
