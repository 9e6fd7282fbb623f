/** The Electron shell: one window over the service, with the menu, tray icon, notifications and taskbar that a desktop has. */

import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron';
import { assetFile, builtFile, unpackedFile } from '../built-files.ts';
import { interfaceFiles } from '../interface-files.ts';
import { previewServer } from '../previews/preview-server.ts';
import { newService } from '../service/new-service.ts';
import { configFolder } from '../service/settings.ts';
import { windowAbilities } from './abilities.ts';
import { appArguments } from './arguments.ts';
import { DesktopShell } from './desktop-shell.ts';
import { hardenContents, hardenSession } from './hardening.ts';
import { PREVIEW_PLACE, registerSchemes, servePreviews, serveScheme } from './scheme.ts';
import { hasTray } from './tray.ts';
import { utilityLauncher } from './utility-launcher.ts';

/** Without 'persist:' the session lives in memory: nothing of a stick's names stays in a cache. */
const SESSION_NAME = 'airlock';

const icon = (name: string) => assetFile(join('icons', name));
const ownArguments = (argv: readonly string[]) => argv.slice(process.defaultApp ? 2 : 1);
let desktop: DesktopShell | null = null;

async function start(): Promise<DesktopShell> {
  // Asked of another process: meanwhile Electron and the list of drives come up.
  const tray = hasTray(process.platform);
  await app.whenReady();
  const { sources, sandbox } = appArguments(ownArguments(process.argv), process.cwd());
  const abilities = windowAbilities(
    { dialog, shell, clipboard, ClipboardItem },
    {
      window: () => desktop?.window ?? null,
      dragIconPath: icon('64x64.png'),
      notifications: Notification.isSupported(),
      platform: process.platform,
    },
  );
  const running = await newService({
    version: app.getVersion(),
    abilities,
    launchWorker: utilityLauncher({ app, utilityProcess }, unpackedFile('kernel-worker', 'worker.js')),
    sandbox,
    systemLanguages: app.getPreferredSystemLanguages(),
  });
  abilities.tray = await tray;
  const { service } = running;
  const ownSession = session.fromPartition(SESSION_NAME);
  hardenSession(ownSession);
  hardenSession(session.defaultSession);
  serveScheme(ownSession, interfaceFiles(builtFile('renderer')));
  service.previews.place = PREVIEW_PLACE;
  servePreviews(ownSession, previewServer(service.previews, interfaceFiles(builtFile('preview'))));
  const started = new DesktopShell(
    { app, BrowserWindow, dialog, ipcMain, Menu, Notification, nativeTheme, screen, Tray },
    {
      running,
      session: ownSession,
      platform: process.platform,
      preloadPath: builtFile('main', 'app', 'preload.cjs'),
      icon,
      placePath: join(configFolder(), 'window.json'),
      devTools: !app.isPackaged,
      hasTray: abilities.tray,
    },
  );
  desktop = started;
  await started.open();
  await started.openSources(sources);
  return started;
}

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  // Windows shows notifications of programs that it can name: as the installer wrote it (electron-builder.yml).
  if (process.platform === 'win32') app.setAppUserModelId('org.airlock.Airlock');
  registerSchemes(protocol);
  hardenContents(app);
  const started = start();
  started.catch((error: unknown) => {
    dialog.showErrorBox('Airlock', error instanceof Error ? error.message : String(error));
    app.quit();
  });
  app.on('second-instance', (_event, argv, folder) => {
    const { sources } = appArguments(ownArguments(argv), folder);
    void started.then((shown) => {
      shown.show(null);
      return shown.openSources(sources);
    });
  });
  // macOS: a file was dropped on the app, or is opened with it.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void started.then((shown) => shown.openSources([path]));
  });
} else {
  app.quit();
}
