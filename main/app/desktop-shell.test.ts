/** The app on a desktop, over a stand-in of Electron and of the service. */

import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions, MessageBoxSyncOptions, Session } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { preventable, standIn } from '../../test/support/stand-in.ts';
import type { EventName, Job, Medium, Settings } from '../contract.ts';
import type { RunningService } from '../service/new-service.ts';
import { defaultSettings } from '../service/settings.ts';
import { EVENT_CHANNEL } from './channels.ts';
import { type DesktopParts, DesktopShell } from './desktop-shell.ts';
import { PAGE_URL } from './scheme.ts';

let folder = '';
/** What was done, in its order. */
let calls: unknown[] = [];
let settings: Settings;
let media: Medium[] = [];
let copying = false;
let answer = 0;
/** The end of the service. */
let closes: Promise<void>;
let opens: (path: string) => Promise<{ id: string }>;
let tell: (name: EventName, payload: unknown) => void = () => {};
let window: FakeWindow;
let app: EventEmitter & { quit(): void };
let theme: EventEmitter & { themeSource: string; shouldUseDarkColors: boolean };
let notified: Array<{ title?: string; emit(name: string): void }> = [];

class FakeWindow extends EventEmitter {
  focused = false;
  webContents = {
    getURL: () => PAGE_URL,
    isDestroyed: () => false,
    send: (channel: string, message: object) => {
      if (channel === EVENT_CHANNEL && 'name' in message && message.name === 'command') calls.push(message);
    },
  };
  isFocused = () => this.focused;
  isMinimized = () => false;
  isMaximized = () => false;
  isDestroyed = () => false;
  getNormalBounds = () => ({ x: 0, y: 0, width: 800, height: 600 });
  loadURL = async () => {};
  show = () => calls.push('show');
  hide = () => calls.push('hide');
  focus = () => {};
  setBackgroundColor = (colour: string) => calls.push(colour);
  setProgressBar = (value: number, { mode }: { mode: string }) => calls.push(['progress', value, mode]);
}

function desktop(platform: NodeJS.Platform = 'linux', hasTray = true): DesktopShell {
  app = Object.assign(new EventEmitter(), { quit: () => void calls.push('quit') });
  theme = Object.assign(new EventEmitter(), { themeSource: '', shouldUseDarkColors: false });
  window = new FakeWindow();
  const { Notification } = notificationClass();
  const parts = standIn<DesktopParts>({
    app,
    nativeTheme: theme,
    Notification,
    // A constructor that gives the one window.
    BrowserWindow: function open() {
      return window;
    },
    dialog: {
      showErrorBox: (...told: string[]) => calls.push(['error', ...told]),
      showMessageBoxSync: (_over: unknown, { message }: MessageBoxSyncOptions) => {
        calls.push(['question', message]);
        return answer;
      },
    },
    ipcMain: { handle: () => {} },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: MenuItemConstructorOptions[]) => calls.push(['menu', menu.length]),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    Tray: trayClass(),
  });
  const service = {
    request: async (name: string) => (name === 'app.info' ? { settings } : null),
    on: (listener: typeof tell) => {
      const before = tell;
      // The messages to the page and the shell itself.
      tell = (name, payload) => {
        before(name, payload);
        listener(name, payload);
      };
      return () => {};
    },
    isCopying: () => copying,
    media: { list: () => media, openImage: (path: string) => opens(path) },
  };
  const close = () => {
    calls.push('close service');
    return closes;
  };
  return new DesktopShell(parts, {
    running: standIn<RunningService>({ service, close }),
    session: standIn<Session>({}),
    platform,
    preloadPath: '/p.cjs',
    icon: (name) => `/icons/${name}`,
    placePath: join(folder, 'window.json'),
    devTools: false,
    hasTray,
  });
}

function trayClass() {
  return class extends EventEmitter {
    constructor(image: string) {
      super();
      calls.push(['tray', image]);
    }
    setToolTip() {}
    setContextMenu() {}
    setImage(image: string) {
      calls.push(['tray', image]);
    }
    destroy() {
      calls.push('no tray');
    }
  };
}

function notificationClass() {
  class Notification extends EventEmitter {
    static isSupported = () => true;
    readonly options: { title?: string };
    constructor(options: { title?: string }) {
      super();
      this.options = options;
    }
    show() {
      notified.push({ title: this.options.title, emit: (name) => void this.emit(name) });
    }
  }
  return { Notification };
}

beforeEach(() => {
  closes = Promise.resolve();
  folder = mkdtempSync(join(tmpdir(), 'airlock-desktop-'));
  [calls, notified, media, copying, answer] = [[], [], [], false, 0];
  settings = defaultSettings('/home/jo');
  opens = async (path) => ({ id: `image:${path}` });
  tell = () => {};
});

afterEach(() => rmSync(folder, { recursive: true }));

test('opens with the settings’ theme, a menu and a tray icon', async () => {
  settings = { ...settings, theme: 'dark' };
  await desktop().open();
  expect(theme.themeSource).toBe('dark');
  expect(calls).toEqual([
    ['menu', 4],
    ['tray', '/icons/24x24.png'],
  ]);
});

test('has no tray icon where it would not be seen, and none where it was switched off', async () => {
  await desktop('linux', false).open();
  expect(calls).toEqual([['menu', 4]]);
  [calls, tell] = [[], () => {}];
  await desktop().open();
  tell('settings', { ...settings, tray: false });
  tell('settings', { ...settings, tray: true });
  expect(calls.slice(1)).toEqual([
    ['tray', '/icons/24x24.png'],
    ['menu', 4],
    'no tray',
    ['menu', 4],
    ['tray', '/icons/24x24.png'],
  ]);
});

test('follows the system’s theme with the window’s ground and the tray’s image', async () => {
  await desktop('win32').open();
  calls = [];
  theme.shouldUseDarkColors = true;
  theme.emit('updated');
  expect(calls).toEqual([['tray', '/icons/trayLight.png'], '#171b1d']);
});

test('opens what it is given and shows it; what cannot be opened is told, and the next one is opened', async () => {
  const shell = desktop();
  await shell.open();
  calls = [];
  opens = async (path) => {
    if (path === '/bad.img') throw new Error('This file is not there.');
    return { id: `image:${path}` };
  };
  await shell.openSources(['/bad.img', '/good.img']);
  expect(calls).toEqual([
    ['error', 'Airlock', '/bad.img\n\nThis file is not there.'],
    'show',
    { name: 'command', payload: { name: 'show-medium', mediumId: 'image:/good.img' } },
  ]);
});

test('a click on a notification brings the window with that stick', async () => {
  await desktop().open();
  calls = [];
  const stick = { id: 's', name: 'Stick', kind: 'device', state: 'present', removable: true, hasMedium: true };
  tell('media', [stick]);
  expect(notified.map(({ title }) => title)).toEqual(['A stick was plugged in']);
  notified[0].emit('click');
  expect(calls).toEqual(['show', { name: 'command', payload: { name: 'show-medium', mediumId: 's' } }]);
  // In front of the user's eyes the list itself says it.
  window.focused = true;
  tell('media', [stick, { ...stick, id: 't' }]);
  expect(notified).toHaveLength(1);
});

test('the taskbar shows how far a copy has come, and no more when it has ended', async () => {
  await desktop().open();
  calls = [];
  const job = { id: 'j', state: 'copying', totalBytes: 10, doneBytes: 5, failed: 0, finishedAtMs: null } as Job;
  tell('jobs', [job]);
  tell('imaging', [{ id: 'i', state: 'reading', sizeBytes: 10, doneBytes: 0, finishedAtMs: null }]);
  tell('imaging', []);
  tell('jobs', [{ ...job, mediumName: 'Stick', state: 'done', doneFiles: 2, finishedAtMs: 1 }]);
  expect(calls).toEqual([
    ['progress', 0.5, 'normal'],
    ['progress', 0.25, 'normal'],
    ['progress', 0.5, 'normal'],
    ['progress', -1, 'none'],
  ]);
  expect(notified.map(({ title }) => title)).toEqual(['Copied']);
});

test('closing the window ends the app, but not a copy without a question', async () => {
  await desktop().open();
  calls = [];
  const close = () => {
    const event = preventable();
    window.emit('close', event);
    return event.prevented;
  };
  expect(close()).toBe(false);
  copying = true;
  expect(close()).toBe(true);
  answer = 1;
  expect(close()).toBe(false);
  const question = ['question', 'A copy is still under way.'];
  expect(calls).toEqual([question, question]);
  window.emit('closed');
  expect(calls.slice(2)).toEqual(['quit']);
});

test('closing the window only hides it where the app stays in reach, until the user quits', async () => {
  settings = { ...settings, keepRunning: true };
  for (const [platform, hasTray, hides] of [
    ['linux', true, true],
    ['linux', false, false],
    ['darwin', false, true],
  ] as const) {
    await desktop(platform, hasTray).open();
    calls = [];
    const event = preventable();
    window.emit('close', event);
    expect([platform, event.prevented, calls]).toEqual([platform, hides, hides ? ['hide'] : []]);
    app.emit('before-quit');
    const again = preventable();
    window.emit('close', again);
    expect(again.prevented).toBe(false);
  }
});

test('a hidden window comes back by the dock, and a copy that goes on keeps it hidden rather than closed', async () => {
  await desktop('darwin').open();
  copying = true;
  app.emit('before-quit');
  const event = preventable();
  window.emit('close', event);
  expect(event.prevented).toBe(true);
  calls = [];
  // The user went on copying: closing is hiding again.
  window.emit('close', preventable());
  app.emit('activate');
  expect(calls).toEqual(['hide', 'show']);
});

test('quits though a disk does not let the service end', async () => {
  closes = new Promise(() => {});
  await desktop().open();
  calls = [];
  vi.useFakeTimers();
  app.emit('will-quit', preventable());
  await vi.advanceTimersByTimeAsync(59_000);
  expect(calls).toEqual(['no tray', 'close service']);
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toEqual(['no tray', 'close service', 'quit']);
  vi.useRealTimers();
});

test('quits for good when the service has ended, once', async () => {
  await desktop().open();
  calls = [];
  const first = preventable();
  app.emit('will-quit', first);
  await expect.poll(() => calls).toEqual(['no tray', 'close service', 'quit']);
  const second = preventable();
  app.emit('will-quit', second);
  expect([first.prevented, second.prevented]).toEqual([true, false]);
});
