/** The window: sandboxed, where it was, and shown when there is something to be seen. */

import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindowConstructorOptions, Session } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { standIn } from '../../test/support/stand-in.ts';
import { PAGE_URL } from './scheme.ts';
import { openWindow, type WindowClass } from './window.ts';
import { readPlace, visiblePlace } from './window-place.ts';

const DISPLAY = { x: 0, y: 0, width: 1920, height: 1080 };
const session = standIn<Session>({});
let folder = '';
let placePath = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-window-'));
  placePath = join(folder, 'config', 'window.json');
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function opened(dark = false) {
  const calls: string[] = [];
  let options: BrowserWindowConstructorOptions = {};
  const bounds = { x: 10, y: 20, width: 900, height: 600 };
  let maximized = false;
  class FakeWindow extends EventEmitter {
    constructor(given: BrowserWindowConstructorOptions) {
      super();
      options = given;
    }
    show = () => calls.push('show');
    maximize = () => calls.push('maximize');
    isMaximized = () => maximized;
    isDestroyed = () => false;
    getNormalBounds = () => bounds;
    loadURL = async (url: string) => void calls.push(url);
  }
  const window = openWindow(FakeWindow as unknown as WindowClass, {
    session,
    preloadPath: '/p.cjs',
    iconPath: '/i.png',
    devTools: false,
    dark,
    placePath,
    workAreas: [DISPLAY],
  });
  const emit = (name: string) => (window as unknown as EventEmitter).emit(name);
  return {
    calls,
    options,
    emit,
    bounds,
    maximizeNow: () => {
      maximized = true;
    },
  };
}

test('is sandboxed and isolated, and loads the page only', () => {
  const { calls, options } = opened();
  expect(calls).toEqual([PAGE_URL]);
  expect(options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    devTools: false,
    session,
  });
});

test('is shown once its page is drawn, on the ground of the theme', () => {
  const { calls, options, emit } = opened();
  expect(options).toMatchObject({ show: false, backgroundColor: '#ffffff', width: 1180, height: 760 });
  expect(options).not.toHaveProperty('x');
  emit('ready-to-show');
  expect(calls).toEqual([PAGE_URL, 'show']);
  expect(opened(true).options.backgroundColor).toBe('#171b1d');
});

test('comes back where it was and as it was', () => {
  vi.useFakeTimers();
  const { emit, maximizeNow, bounds } = opened();
  emit('move');
  emit('resize');
  expect(existsSync(placePath)).toBe(false);
  vi.advanceTimersByTime(500);
  expect(JSON.parse(readFileSync(placePath, 'utf8'))).toEqual({ ...bounds, maximized: false });
  maximizeNow();
  emit('close');
  const again = opened();
  expect(again.options).toMatchObject(bounds);
  expect(again.calls).toEqual(['maximize', PAGE_URL]);
});

test('its place is not believed where it makes no sense', () => {
  const path = join(folder, 'window.json');
  for (const text of ['', '{', '{"x":1}', '{"x":1e9,"y":0,"width":1,"height":1,"maximized":false}', '[]']) {
    writeFileSync(path, text);
    expect([text, readPlace(path)]).toEqual([text, null]);
  }
  expect(readPlace(join(folder, 'none'))).toBeNull();
});

test('comes back on a display that is there', () => {
  const place = { x: 2000, y: 50, width: 900, height: 600, maximized: false };
  const second = { x: 1920, y: 0, width: 1280, height: 1024 };
  const size = { width: 900, height: 600 };
  expect(visiblePlace(place, [DISPLAY, second])).toEqual({ x: 2000, y: 50, ...size });
  expect(visiblePlace(place, [DISPLAY])).toEqual(size);
  // A corner that can be caught is enough, one that cannot is not; nor is a title bar above the screen.
  expect(visiblePlace({ ...place, x: 1820 }, [DISPLAY])).toEqual({ x: 1820, y: 50, ...size });
  expect(visiblePlace({ ...place, x: 1821 }, [DISPLAY])).toEqual(size);
  expect(visiblePlace({ ...place, x: -800 }, [DISPLAY])).toEqual({ x: -800, y: 50, ...size });
  expect(visiblePlace({ ...place, x: 0, y: -10 }, [DISPLAY])).toEqual(size);
  // No larger than the largest display, no smaller than the page can be.
  expect(visiblePlace({ ...place, x: 0, width: 5000, height: 5000 }, [DISPLAY])).toEqual({
    x: 0,
    y: 50,
    width: 1920,
    height: 1080,
  });
  expect(visiblePlace({ ...place, x: 0, width: 1, height: 1 }, [DISPLAY])).toMatchObject({ width: 420, height: 420 });
});
