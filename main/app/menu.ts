/** The app's menu as each system has it: macOS with the app's own first; elsewhere a short one that is shown with the Alt key. Electron's own labels are English. */

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
        ? [items.openImage, separator, { role: 'close', label: menu.close }]
        : [items.openImage, separator, items.settings, separator, { role: 'quit', label: menu.quit }],
    },
    { role: 'editMenu', label: menu.edit, submenu: editItems() },
    { label: menu.view, submenu: viewItems(items, devTools) },
    ...(isMac ? [macWindowMenu()] : []),
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
  const { menu } = texts().desktop;
  const separator = { type: 'separator' } as const;
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: menu.about },
      separator,
      settings,
      separator,
      { role: 'services', label: menu.services },
      separator,
      { role: 'hide', label: menu.hide },
      { role: 'hideOthers', label: menu.hideOthers },
      { role: 'unhide', label: menu.showAll },
      separator,
      { role: 'quit', label: menu.quit },
    ],
  };
}

function macWindowMenu(): MenuItemConstructorOptions {
  const { menu } = texts().desktop;
  return { role: 'windowMenu', label: menu.window, submenu: [{ role: 'minimize', label: menu.minimize }] };
}

function editItems(): MenuItemConstructorOptions[] {
  const { menu } = texts().desktop;
  return [
    { role: 'undo', label: menu.undo },
    { role: 'redo', label: menu.redo },
    { type: 'separator' },
    { role: 'cut', label: menu.cut },
    { role: 'copy', label: menu.copy },
    { role: 'paste', label: menu.paste },
    { role: 'selectAll', label: menu.selectAll },
  ];
}

function viewItems(items: ReturnType<typeof commandItems>, devTools: boolean): MenuItemConstructorOptions[] {
  const { menu } = texts().desktop;
  const separator = { type: 'separator' } as const;
  return [
    items.find,
    items.search,
    separator,
    { role: 'resetZoom', label: menu.actualSize },
    { role: 'zoomIn', label: menu.zoomIn },
    { role: 'zoomOut', label: menu.zoomOut },
    separator,
    { role: 'togglefullscreen', label: menu.fullScreen },
    ...(devTools ? [{ role: 'toggleDevTools' } as const] : []),
  ];
}
