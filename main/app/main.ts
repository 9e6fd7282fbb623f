/** The Electron shell: one window over the service. */

import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { assetFile, builtFile, unpackedFile } from '../built-files.ts';
import { interfaceFiles } from '../interface-files.ts';
import { newService, type RunningService } from '../service/new-service.ts';
import type { ShellAbilities } from '../service/service.ts';
import { appArguments } from './arguments.ts';
import { hardenContents, hardenSession } from './hardening.ts';
import { carryMessages } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { registerScheme, serveScheme } from './scheme.ts';
import { utilityLauncher } from './utility-launcher.ts';
import { openWindow } from './window.ts';

/** Without 'persist:' the session lives in memory: nothing of a stick's names stays in a cache. */
const SESSION_NAME = 'airlock';

const devTools = !app.isPackaged;
let window: BrowserWindow | null = null;
let running: RunningService | null = null;

const ownArguments = (argv: readonly string[]) => argv.slice(process.defaultApp ? 2 : 1);

function chooser(properties: Array<'openFile' | 'openDirectory' | 'createDirectory'>): () => Promise<string | null> {
  return async () => {
    const options = { properties };
    const chosen = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  };
}

const abilities: ShellAbilities = {
  shell: 'electron',
  dropImages: true,
  chooseImage: chooser(['openFile']),
  chooseFolder: chooser(['openDirectory', 'createDirectory']),
  // Shows it, and opens nothing that came from a stick.
  reveal: async (path) => shell.showItemInFolder(path),
};

/** What cannot be opened is told in a dialog, unless it got as far as the list of media. */
async function openSource(source: string): Promise<void> {
  try {
    await running?.service.media.openImage(source);
  } catch (error) {
    dialog.showErrorBox('Airlock', `${source}\n\n${error instanceof Error ? error.message : String(error)}`);
  }
}

async function start(): Promise<void> {
  await app.whenReady();
  const { source, sandbox } = appArguments(ownArguments(process.argv), process.cwd());
  const launchWorker = utilityLauncher({ app, utilityProcess }, unpackedFile('kernel-worker', 'worker.js'));
  const systemLanguages = app.getPreferredSystemLanguages();
  const started = await newService({ version: app.getVersion(), abilities, launchWorker, sandbox, systemLanguages });
  running = started;
  const { service } = started;
  const ownSession = session.fromPartition(SESSION_NAME);
  hardenSession(ownSession);
  hardenSession(session.defaultSession);
  serveScheme(ownSession, interfaceFiles(builtFile('renderer')));
  carryMessages(ipcMain, service, () => window);
  service.on((name, payload) => {
    if (name === 'settings' && 'theme' in payload) nativeTheme.themeSource = payload.theme;
  });
  const openImage = async () => {
    const path = await abilities.chooseImage?.();
    if (path) await openSource(path);
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, { openImage }, devTools)));
  const preloadPath = builtFile('main', 'app', 'preload.cjs');
  window = openWindow(BrowserWindow, {
    session: ownSession,
    preloadPath,
    iconPath: assetFile(join('icons', '512x512.png')),
    devTools,
  });
  window.on('close', (event) => {
    if (service.isCopying() && !confirmsEnd(window)) event.preventDefault();
  });
  window.on('closed', () => {
    window = null;
    app.quit();
  });
  if (source !== null) await openSource(source);
}

function confirmsEnd(over: BrowserWindow | null): boolean {
  const options = {
    type: 'question' as const,
    message: 'A copy is still under way.',
    detail: 'Files that are already copied stay; the one in work is removed.',
    buttons: ['Go on copying', 'Stop and quit'],
    defaultId: 0,
    cancelId: 0,
  };
  return (over === null ? dialog.showMessageBoxSync(options) : dialog.showMessageBoxSync(over, options)) === 1;
}

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  registerScheme(protocol);
  hardenContents(app);
  app.on('second-instance', (_event, argv, folder) => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
    const { source } = appArguments(ownArguments(argv), folder);
    if (source !== null) void openSource(source);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void started.then(() => openSource(path));
  });
  app.on('will-quit', (event) => {
    if (running === null) return;
    // Quits for good when workers have ended and nothing half-written is left.
    event.preventDefault();
    const { close } = running;
    running = null;
    void close().finally(() => app.quit());
  });
  const started = start();
} else {
  app.quit();
}
