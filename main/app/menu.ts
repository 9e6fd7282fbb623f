/** The app's menu as each system has it: macOS with the app's own first; elsewhere a short one that is shown with the Alt key. */

import type { MenuItemConstructorOptions } from 'electron';
import type { WindowCommand } from '../contract.ts';
import { texts } from '../texts.ts';

export interface MenuActions {
  command(command: WindowCommand): void;
}

export function menuTemplate(
  platform: NodeJS.Platform,
  actions: MenuActions,
  devTools: boolean,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const items = commandItems(actions);
  const separator = { type: 'separator' } as const;
  const { menu } = texts().desktop;
  return [
    ...(isMac ? [macAppMenu(items.settings)] : []),
    {
      label: menu.file,
      submenu: isMac
        ? [items.openImage, separator, { role: 'close' }]
        : [items.openImage, separator, items.settings, separator, { role: 'quit', label: menu.quit }],
    },
    // With what the system adds to it: dictation and the like.
    { role: 'editMenu' },
    { label: menu.view, submenu: viewItems(items, devTools) },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { role: 'help', label: menu.help, submenu: [items.shortcuts] },
  ];
}

function commandItems(actions: MenuActions) {
  const { menu } = texts().desktop;
  const item = (label: string, accelerator: string, command: WindowCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => actions.command(command),
  });
  return {
    openImage: item(menu.openImage, 'CmdOrCtrl+O', { name: 'open-image' }),
    settings: item(menu.settings, 'CmdOrCtrl+,', { name: 'settings' }),
    find: item(menu.find, 'CmdOrCtrl+F', { name: 'find' }),
    search: item(menu.search, 'CmdOrCtrl+Shift+F', { name: 'new-search' }),
    shortcuts: item(menu.shortcuts, 'F1', { name: 'shortcuts' }),
  };
}

function macAppMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  const separator = { type: 'separator' } as const;
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
}

function viewItems(items: ReturnType<typeof commandItems>, devTools: boolean): MenuItemConstructorOptions[] {
  const separator = { type: 'separator' } as const;
  return [
    items.find,
    items.search,
    separator,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
    ...(devTools ? [{ role: 'toggleDevTools' } as const] : []),
  ];
}
