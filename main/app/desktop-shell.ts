/** The app on a desktop: its window and what follows the service's events around it: menu, tray icon, notifications, progress in the taskbar. */

import type {
  App,
  BrowserWindow,
  Dialog,
  IpcMain,
  MenuItemConstructorOptions,
  NativeTheme,
  Screen,
  Session,
} from 'electron';
import type { AppInfo, EventName, Events, ImageJob, Job, Medium, Settings, WindowCommand } from '../contract.ts';
import type { RunningService } from '../service/new-service.ts';
import { texts } from '../texts.ts';
import { carryMessages } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { Notices, type NotificationClass } from './notices.ts';
import { barProgress } from './progress.ts';
import { TrayIcon, type TrayParts, trayImage } from './tray.ts';
import { groundColour, openWindow, type WindowClass } from './window.ts';

/** What is used of Electron. */
export interface DesktopParts {
  app: Pick<App, 'on' | 'quit'>;
  BrowserWindow: WindowClass;
  dialog: Pick<Dialog, 'showErrorBox' | 'showMessageBoxSync'>;
  ipcMain: Pick<IpcMain, 'handle'>;
  Menu: TrayParts['Menu'] & { setApplicationMenu(menu: ReturnType<TrayParts['Menu']['buildFromTemplate']>): void };
  Notification: NotificationClass;
  nativeTheme: Pick<
    NativeTheme,
    'themeSource' | 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI' | 'on'
  >;
  screen: Pick<Screen, 'getAllDisplays'>;
  Tray: TrayParts['Tray'];
}

export interface DesktopOptions {
  running: RunningService;
  session: Session;
  platform: NodeJS.Platform;
  preloadPath: string;
  /** The path of one of assets/icons. */
  icon(name: string): string;
  /** The file that keeps the window's place. */
  placePath: string;
  devTools: boolean;
  /** An icon beside the clock would be seen. */
  hasTray: boolean;
}

/** A disk that takes longer to finish what is written does not answer; partial files then stay under their partial names. */
const END_LIMIT_MS = 60_000;

export class DesktopShell {
  window: BrowserWindow | null = null;
  private readonly electron: DesktopParts;
  private readonly options: DesktopOptions;
  private readonly notices: Notices;
  private readonly send: ReturnType<typeof carryMessages>;
  private tray: TrayIcon | null = null;
  private settings: Settings | null = null;
  private media: readonly Medium[] = [];
  private jobs: readonly Job[] = [];
  private images: readonly ImageJob[] = [];
  /** The user has asked for the end, so that closing the window is no longer hiding it. */
  private isQuitting = false;
  private isClosed = false;

  constructor(electron: DesktopParts, options: DesktopOptions) {
    this.electron = electron;
    this.options = options;
    const { service } = options.running;
    this.send = carryMessages(electron.ipcMain, service, () => this.window);
    this.notices = new Notices(electron.Notification, {
      iconPath: options.icon('128x128.png'),
      isInFront: () => this.window?.isFocused() === true,
      tellsPlugged: () => this.settings?.notifyPlugged === true,
      show: (mediumId) => this.show(mediumId),
    });
    service.on((name, payload) => this.hear(name, payload));
    electron.nativeTheme.on('updated', () => this.themeChanged());
    electron.app.on('before-quit', () => {
      this.isQuitting = true;
    });
    // macOS: the app's icon in the dock was clicked.
    electron.app.on('activate', () => this.show(null));
    electron.app.on('will-quit', (event) => this.end(event));
  }

  /** Shows the window, with what the service knows by now. */
  async open(): Promise<void> {
    const { service } = this.options.running;
    const info = (await service.request('app.info', [])) as AppInfo;
    this.settingsChanged(info.settings);
    this.mediaChanged(service.media.list());
    this.window = this.newWindow();
  }

  /** Opens images and devices; what cannot be opened is told in a dialog, unless it got as far as the list of media. */
  async openSources(sources: readonly string[]): Promise<void> {
    for (const source of sources) {
      try {
        const { id } = await this.options.running.service.media.openImage(source);
        this.show(id);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        this.electron.dialog.showErrorBox('Airlock', texts().desktop.cannotOpen(source, why));
      }
    }
  }

  /** Brings the window to the front, with this medium if there is one. */
  show(mediumId: string | null): void {
    const { window } = this;
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (mediumId !== null) this.send('command', { name: 'show-medium', mediumId });
  }

  private newWindow(): BrowserWindow {
    const { session, preloadPath, icon, placePath, devTools } = this.options;
    const window = openWindow(this.electron.BrowserWindow, {
      session,
      preloadPath,
      placePath,
      devTools,
      iconPath: icon('512x512.png'),
      dark: this.electron.nativeTheme.shouldUseDarkColors,
      workAreas: this.electron.screen.getAllDisplays().map(({ workArea }) => workArea),
    });
    window.on('close', (event) => this.closing(event, window));
    window.on('closed', () => {
      this.window = null;
      this.electron.app.quit();
    });
    return window;
  }

  /** Closing hides where the app stays in reach; it never ends a copy without a question. */
  private closing(event: { preventDefault(): void }, window: BrowserWindow): void {
    if (!this.isQuitting && this.staysOpen()) {
      event.preventDefault();
      window.hide();
      return;
    }
    if (this.options.running.service.isCopying() && !this.confirmsEnd(window)) {
      event.preventDefault();
      this.isQuitting = false;
    }
  }

  private staysOpen(): boolean {
    if (this.options.platform === 'darwin') return true;
    return this.tray !== null && this.settings?.keepRunning === true;
  }

  private confirmsEnd(window: BrowserWindow): boolean {
    const { question, detail, goOn, stop } = texts().desktop.closing;
    const answer = this.electron.dialog.showMessageBoxSync(window, {
      type: 'question',
      message: question,
      detail,
      buttons: [goOn, stop],
      defaultId: 0,
      cancelId: 0,
    });
    return answer === 1;
  }

  /** Quits for good when workers have ended and nothing half-written is left, or when that takes too long. */
  private end(event: { preventDefault(): void }): void {
    if (this.isClosed) return;
    event.preventDefault();
    this.isClosed = true;
    this.tray?.remove();
    this.tray = null;
    const limit = setTimeout(() => this.electron.app.quit(), END_LIMIT_MS);
    void this.options.running
      .close()
      .catch(() => {})
      .then(() => {
        clearTimeout(limit);
        this.electron.app.quit();
      });
  }

  private hear(name: EventName, payload: Events[EventName]): void {
    // Each name comes with that name's type.
    if (name === 'settings') this.settingsChanged(payload as Settings);
    else if (name === 'media') this.mediaChanged(payload as Medium[]);
    else if (name === 'jobs') {
      this.jobs = payload as Job[];
      this.notices.jobsChanged(this.jobs);
      this.showProgress();
    } else if (name === 'imaging') {
      this.images = payload as ImageJob[];
      this.notices.imagesChanged(this.images);
      this.showProgress();
    }
  }

  private mediaChanged(media: readonly Medium[]): void {
    this.media = media;
    this.notices.mediaChanged(media);
    this.tray?.update(media);
  }

  /** The language is among them, and so the menus are made anew. */
  private settingsChanged(settings: Settings): void {
    this.settings = settings;
    this.electron.nativeTheme.themeSource = settings.theme;
    const { Menu } = this.electron;
    const command = (chosen: WindowCommand) => {
      this.show(null);
      this.send('command', chosen);
    };
    const template: MenuItemConstructorOptions[] = menuTemplate(
      this.options.platform,
      { command },
      this.options.devTools,
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    this.setTray(settings.tray && this.options.hasTray);
  }

  private setTray(wanted: boolean): void {
    if (!wanted) {
      this.tray?.remove();
      this.tray = null;
      return;
    }
    this.tray ??= new TrayIcon(this.electron, this.trayImagePath(), {
      show: (mediumId) => this.show(mediumId),
      quit: () => this.electron.app.quit(),
    });
    this.tray.update(this.media);
  }

  private trayImagePath(): string {
    const dark = this.electron.nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
    return this.options.icon(trayImage(this.options.platform, dark));
  }

  private themeChanged(): void {
    this.tray?.setImage(this.trayImagePath());
    this.window?.setBackgroundColor(groundColour(this.electron.nativeTheme.shouldUseDarkColors));
  }

  private showProgress(): void {
    const { value, mode } = barProgress(this.jobs, this.images);
    this.window?.setProgressBar(value, { mode });
  }
}
