/** The app's menu: what a desktop expects, and opening an image. */

import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  openImage(): void;
}

export function menuTemplate(
  platform: NodeJS.Platform,
  actions: MenuActions,
  devTools: boolean,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const file: MenuItemConstructorOptions[] = [
    { label: 'Open an Image…', accelerator: 'CmdOrCtrl+O', click: () => actions.openImage() },
    { type: 'separator' },
    isMac ? { role: 'close' } : { role: 'quit' },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (devTools) view.push({ role: 'toggleDevTools' });
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: file },
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
  ];
}
