/**
 * Takes the place of Electron's own module where the packaged main process is started by Node: it does nothing of its own, but carries each request of a
 * test (process.send) to the app as the window's page would, and reads what the app serves to it.
 */

import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';

const PAGE_URL = 'airlock://app/';
// A packaged app's own program is the first argument, and no script is the second.
process.argv.splice(1, 1);

const requests = new Map();
const schemes = new Map();

const mainFrame = { url: PAGE_URL, parent: null };
const webContents = {
  mainFrame,
  getURL: () => PAGE_URL,
  isDestroyed: () => false,
  send: (_channel, message) => process.send({ event: message }),
  startDrag: (dragged) => process.send({ dragged }),
};

export class ClipboardItem {
  constructor(formats) {
    this.formats = formats;
  }
}
export const clipboard = {
  write: async (items) => process.send({ clipboard: items.map(({ formats }) => formats) }),
};

export class BrowserWindow extends EventEmitter {
  webContents = webContents;
  constructor(options) {
    super();
    process.send({ window: options.webPreferences });
  }
  async loadURL(url) {
    process.send({ loaded: url });
  }
  isFocused() {
    return true;
  }
  isMinimized() {
    return false;
  }
  isDestroyed() {
    return false;
  }
  isMaximized() {
    return false;
  }
  getNormalBounds() {
    return { x: 0, y: 0, width: 1180, height: 760 };
  }
  show() {}
  focus() {}
  setProgressBar() {}
  setBackgroundColor() {}
}

export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  whenReady: async () => {},
  getVersion: () => '0.0.0',
  getPreferredSystemLanguages: () => ['en-GB'],
  getAppMetrics: () => [],
  requestSingleInstanceLock: () => true,
  enableSandbox: () => {},
  quit: () => {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    app.emit('before-quit');
    app.emit('will-quit', event);
    if (!event.prevented) process.exit(0);
  },
});

export const utilityProcess = {
  fork(path, args, { env, execArgv }) {
    process.send({ worker: path });
    const child = fork(path, args, {
      env,
      execArgv,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.postMessage = (message) => child.connected && child.send(message);
    return child;
  },
};

const ownSession = {
  setPermissionRequestHandler: () => {},
  setPermissionCheckHandler: () => {},
  setDevicePermissionHandler: () => {},
  setSpellCheckerEnabled: () => {},
  on: () => {},
  webRequest: { onBeforeRequest: () => {} },
  protocol: { handle: (scheme, handler) => schemes.set(scheme, handler) },
};

export const session = { fromPartition: () => ownSession, defaultSession: ownSession };
export const protocol = { registerSchemesAsPrivileged: () => {} };
export const ipcMain = { handle: (channel, handler) => requests.set(channel, handler) };
export const dialog = { showErrorBox: (...told) => process.send({ told }) };
export const Menu = { buildFromTemplate: (template) => template, setApplicationMenu: () => {} };
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false });
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const shell = {};
export const Notification = { isSupported: () => false };
export class Tray extends EventEmitter {
  setToolTip() {}
  setContextMenu() {}
  destroy() {}
}

process.on('message', async ({ id, name, args, url, headers = {} }) => {
  if (url !== undefined) {
    const scheme = new URL(url).protocol.slice(0, -1);
    const answer = await schemes.get(scheme)({ url, method: 'GET', headers: new Headers(headers) });
    const { status, headers: answered } = answer;
    // One character a byte.
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    process.send({ id, status, headers: Object.fromEntries(answered), text });
  } else if (name === undefined) app.quit();
  else {
    const [ask] = requests.values();
    process.send({ id, ...(await ask({ sender: webContents, senderFrame: mainFrame }, name, args)) });
  }
});
