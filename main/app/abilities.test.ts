/** The system's dialogs, file manager and drag, as the service uses them. */

import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import { standIn } from '../../test/support/stand-in.ts';
import { type AbilityParts, windowAbilities } from './abilities.ts';

let asked: unknown[] = [];
let chosen: { canceled: boolean; filePaths?: string[]; filePath?: string };
const window = standIn<BrowserWindow>({ webContents: { startDrag: (item: unknown) => void asked.push(item) } });

class ItemStandIn {
  readonly formats: Record<string, string>;
  constructor(formats: Record<string, string>) {
    this.formats = formats;
  }
}

function abilities(over: BrowserWindow | null = window, platform: NodeJS.Platform = 'linux') {
  const ask = async (...args: unknown[]) => {
    asked.push(args);
    return chosen;
  };
  const parts = standIn<AbilityParts>({
    dialog: { showOpenDialog: ask, showSaveDialog: ask },
    clipboard: { write: async (items: unknown) => void asked.push(items) },
    ClipboardItem: ItemStandIn,
    shell: {
      showItemInFolder: (path: string) => void asked.push(path),
      trashItem: async (path: string) => void asked.push(['trash', path]),
    },
  });
  return windowAbilities(parts, {
    window: () => over,
    dragIconPath: '/drag.png',
    notifications: true,
    platform,
  });
}

beforeEach(() => {
  asked = [];
  chosen = { canceled: false, filePaths: ['/a.img', '/b.img'], filePath: '/report.html' };
});

test('dialogs stand over the window where there is one, and give one path or none', async () => {
  expect(await abilities().chooseImage?.()).toBe('/a.img');
  expect(await abilities(null).chooseFolder?.()).toBe('/a.img');
  expect(asked).toEqual([
    [window, { properties: ['openFile'] }],
    [{ properties: ['openDirectory', 'createDirectory'] }],
  ]);
  chosen = { canceled: true, filePaths: ['/a.img'], filePath: '/report.html' };
  expect([await abilities().chooseImage?.(), await abilities().chooseSavePath?.('x')]).toEqual([null, null]);
  chosen = { canceled: false, filePaths: [], filePath: '' };
  expect([await abilities().chooseImage?.(), await abilities().chooseSavePath?.('x')]).toEqual([null, null]);
});

test('a report is saved where the user says', async () => {
  expect(await abilities().chooseSavePath?.('report.html')).toBe('/report.html');
  expect(await abilities(null).chooseSavePath?.('../report.html')).toBe('/report.html');
  expect(asked).toEqual([[window, { defaultPath: 'report.html' }], [{ defaultPath: 'report.html' }]]);
});

test('files are shown in the file manager and handed to a drag, and never opened', async () => {
  await abilities().reveal?.('/home/jo/a.exe');
  abilities().dragOut?.(['/home/jo/a', '/home/jo/b']);
  abilities(null).dragOut?.(['/home/jo/a']);
  expect(asked).toEqual([
    '/home/jo/a.exe',
    { file: '/home/jo/a', files: ['/home/jo/a', '/home/jo/b'], icon: '/drag.png' },
  ]);
});

test('files are put on the clipboard in every format of the desktop at once, where there is one', async () => {
  await abilities().copyFiles?.(['/home/jo/a']);
  const raw = (format: string) => `electron application/osclipboard;format="${format}"`;
  expect(asked).toEqual([
    [
      {
        formats: {
          [raw('text/uri-list')]: 'file:///home/jo/a\r\n',
          [raw('x-special/gnome-copied-files')]: 'copy\nfile:///home/jo/a',
          [raw('x-special/mate-copied-files')]: 'copy\nfile:///home/jo/a',
        },
      },
    ],
  ]);
  expect(abilities(window, 'darwin').copyFiles).toBeTypeOf('function');
  expect(abilities(window, 'win32').copyFiles).toBeUndefined();
});

test('files go to the trash one by one', async () => {
  await abilities().trash?.(['/home/jo/a', '/home/jo/b']);
  expect(asked).toEqual([
    ['trash', '/home/jo/a'],
    ['trash', '/home/jo/b'],
  ]);
});

test('what this desktop lacks is said', () => {
  expect(abilities()).toMatchObject({ shell: 'electron', tray: false, notifications: true });
});
