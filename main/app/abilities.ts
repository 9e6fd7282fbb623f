/** What the service can do in a window of its own: the system's dialogs, its file manager, its drag and drop, its clipboard. */

import { basename } from 'node:path';
import type { BrowserWindow, Clipboard, ClipboardItem, Dialog, Shell } from 'electron';
import type { ShellAbilities } from '../service/service.ts';
import { clipboardFormats } from './file-clipboard.ts';

export interface AbilityParts {
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  clipboard: Pick<Clipboard, 'write'>;
  ClipboardItem: new (formats: Record<string, string>) => ClipboardItem;
  shell: Pick<Shell, 'showItemInFolder' | 'trashItem'>;
}

export interface AbilityOptions {
  window(): BrowserWindow | null;
  /** Shown under the pointer while something is dragged. */
  dragIconPath: string;
  notifications: boolean;
  platform: NodeJS.Platform;
}

type OpenProperty = 'openFile' | 'openDirectory' | 'createDirectory';

export function windowAbilities(parts: AbilityParts, options: AbilityOptions): ShellAbilities {
  const { dialog, shell, clipboard, ClipboardItem } = parts;
  const { window, dragIconPath, notifications, platform } = options;
  const formatsOf = clipboardFormats(platform);
  const chooser = (properties: OpenProperty[]) => async () => {
    const over = window();
    const asked = { properties };
    const chosen = await (over === null ? dialog.showOpenDialog(asked) : dialog.showOpenDialog(over, asked));
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  };
  return {
    shell: 'electron',
    dropImages: true,
    chooseImage: chooser(['openFile']),
    chooseFolder: chooser(['openDirectory', 'createDirectory']),
    chooseSavePath: async (suggestedName) => {
      const over = window();
      const asked = { defaultPath: basename(suggestedName) };
      const chosen = await (over === null ? dialog.showSaveDialog(asked) : dialog.showSaveDialog(over, asked));
      return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
    },
    // Shows it, and opens nothing that came from a stick.
    reveal: async (path) => shell.showItemInFolder(path),
    trash: async (paths) => {
      for (const path of paths) await shell.trashItem(path);
    },
    dragOut: (paths) => {
      const [file] = paths;
      window()?.webContents.startDrag({ file, files: [...paths], icon: dragIconPath });
    },
    copyFiles: formatsOf === null ? undefined : (paths) => clipboard.write([new ClipboardItem(formatsOf(paths))]),
    // Known a moment later (main.ts).
    tray: false,
    notifications,
  };
}
