/** The app's window: opens where it was, in the colours of the theme, and only when there is something to be seen. */

import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, Session } from 'electron';
import { PAGE_URL } from './scheme.ts';
import { keepPlace, MIN_SIZE, readPlace, visiblePlace } from './window-place.ts';

/** What is needed of Electron's BrowserWindow class. */
export type WindowClass = new (options: BrowserWindowConstructorOptions) => BrowserWindow;

export interface WindowOptions {
  session: Session;
  preloadPath: string;
  iconPath: string;
  devTools: boolean;
  dark: boolean;
  /** The file that keeps the window's place. */
  placePath: string;
  /** Of all displays. */
  workAreas: readonly Rectangle[];
}

/** As --ground in renderer/styles/tokens.css: no flash before the page is drawn. */
const GROUND = { light: '#ffffff', dark: '#171b1d' };
/** Moving and resizing tell it many times a second. */
const KEEP_DELAY_MS = 500;

export function groundColour(dark: boolean): string {
  return dark ? GROUND.dark : GROUND.light;
}

export function openWindow(Window: WindowClass, options: WindowOptions): BrowserWindow {
  const { session, preloadPath, iconPath, devTools, dark, placePath, workAreas } = options;
  const place = readPlace(placePath);
  const window = new Window({
    ...visiblePlace(place, workAreas),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    backgroundColor: groundColour(dark),
    icon: iconPath,
    title: 'Airlock',
    // The menu's commands have shortcuts and controls in the page; the Alt key shows it.
    autoHideMenuBar: true,
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
  if (place?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  rememberPlace(window, placePath);
  void window.loadURL(PAGE_URL);
  return window;
}

function rememberPlace(window: BrowserWindow, path: string): void {
  let timer: NodeJS.Timeout | null = null;
  const keep = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!window.isDestroyed()) keepPlace(path, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const keepSoon = () => {
    timer ??= setTimeout(keep, KEEP_DELAY_MS);
  };
  window.on('resize', keepSoon);
  window.on('move', keepSoon);
  window.on('maximize', keepSoon);
  window.on('unmaximize', keepSoon);
  window.on('close', keep);
}
