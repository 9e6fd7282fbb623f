/** The icon beside the clock: the media that are plugged in, each one click away. */

import { execFile } from 'node:child_process';
import type { Menu, MenuItemConstructorOptions, Tray } from 'electron';
import type { Medium } from '../contract.ts';
import { texts } from '../texts.ts';
import { plainName } from './notices.ts';

export interface TrayParts {
  Tray: new (image: string) => Tray;
  Menu: Pick<typeof Menu, 'buildFromTemplate'>;
}

export interface TrayActions {
  /** Brings the window to the front, with this medium if there is one. */
  show(mediumId: string | null): void;
  quit(): void;
}

/** As many as a menu can hold without scrolling on a small screen. */
const MAX_MEDIA = 20;
const ASK_TIMEOUT_MS = 2000;

/** macOS colours a template itself; on Windows the taskbar is dark or light; a Linux panel can be either whatever the theme, so it gets colours. */
export function trayImage(platform: NodeJS.Platform, darkTaskbar: boolean): string {
  if (platform === 'darwin') return 'trayTemplate.png';
  if (platform === 'win32') return darkTaskbar ? 'trayDark.png' : 'trayLight.png';
  return '24x24.png';
}

export class TrayIcon {
  private readonly Menu: TrayParts['Menu'];
  private readonly actions: TrayActions;
  private readonly tray: Tray;
  private shown = '';

  constructor({ Tray, Menu }: TrayParts, imagePath: string, actions: TrayActions) {
    this.Menu = Menu;
    this.actions = actions;
    this.tray = new Tray(imagePath);
    this.tray.on('click', () => actions.show(null));
  }

  /** Also after the language changed. */
  update(media: readonly Medium[]): void {
    const template = trayTemplate(media, this.actions);
    // A menu that is open closes when it is exchanged: only for a change that can be seen.
    const shown = JSON.stringify([template, media.map(({ id }) => id)]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.tray.setToolTip(texts().desktop.tray.hint);
    this.tray.setContextMenu(this.Menu.buildFromTemplate(template));
  }

  setImage(path: string): void {
    this.tray.setImage(path);
  }

  remove(): void {
    this.tray.destroy();
  }
}

export function trayTemplate(media: readonly Medium[], actions: TrayActions): MenuItemConstructorOptions[] {
  const { menu, tray } = texts().desktop;
  const there = media.filter(({ state, system }) => state !== 'gone' && !system).slice(0, MAX_MEDIA);
  const items = there.map(({ id, name }) => ({
    // In a menu's label & marks the next letter as a shortcut; plainName leaves none.
    label: plainName(name) || '—',
    click: () => actions.show(id),
  }));
  const separator = { type: 'separator' } as const;
  return [
    ...(items.length > 0 ? items : [{ label: tray.noMedia, enabled: false }]),
    separator,
    { label: tray.show, click: () => actions.show(null) },
    { label: menu.quit, click: () => actions.quit() },
  ];
}

/**
 * Whether an icon would be seen. On Linux a desktop without a tray (GNOME as it comes) takes the icon and shows nothing, so the session's bus is asked
 * for who shows them (freedesktop.org, StatusNotifierItem).
 */
export function hasTray(platform: NodeJS.Platform, ask: () => Promise<string> = askForWatcher): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(platform === 'darwin' || platform === 'win32');
  return ask().then(
    (answer) => answer.includes('true'),
    () => false,
  );
}

function askForWatcher(): Promise<string> {
  const call = ['call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus'];
  const method = ['--method', 'org.freedesktop.DBus.NameHasOwner', 'org.kde.StatusNotifierWatcher'];
  return new Promise((resolve, reject) => {
    execFile('gdbus', [...call, ...method], { timeout: ASK_TIMEOUT_MS }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}
