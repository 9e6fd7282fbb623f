/** What the service can do in a window of its own: the system's dialogs, its file manager, its drag and drop. */

import { basename } from 'node:path';
import type { BrowserWindow, Dialog, Shell } from 'electron';
import type { ShellAbilities } from '../service/service.ts';

export interface AbilityParts {
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  shell: Pick<Shell, 'showItemInFolder' | 'trashItem'>;
}

export interface AbilityOptions {
  window(): BrowserWindow | null;
  /** Shown under the pointer while something is dragged. */
  dragIconPath: string;
  notifications: boolean;
}

type OpenProperty = 'openFile' | 'openDirectory' | 'createDirectory';

export function windowAbilities({ dialog, shell }: AbilityParts, options: AbilityOptions): ShellAbilities {
  const { window, dragIconPath, notifications } = options;
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
    // Known a moment later (main.ts).
    tray: false,
    notifications,
  };
}
