/** The app's window. */

import type { BrowserWindow, BrowserWindowConstructorOptions, Session } from 'electron';
import { PAGE_URL } from './scheme.ts';

/** What is needed of Electron's BrowserWindow class. */
export type WindowClass = new (options: BrowserWindowConstructorOptions) => BrowserWindow;

export interface WindowOptions {
  session: Session;
  preloadPath: string;
  iconPath: string;
  devTools: boolean;
}

export function openWindow(
  Window: WindowClass,
  { session, preloadPath, iconPath, devTools }: WindowOptions,
): BrowserWindow {
  const window = new Window({
    width: 1180,
    height: 760,
    minWidth: 640,
    minHeight: 420,
    show: false,
    icon: iconPath,
    title: 'Airlock',
    webPreferences: {
      session,
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
      devTools,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(PAGE_URL);
  return window;
}
