/** Private folders below the target folder, for files that are copied only to be dragged out of the window: removed when Airlock ends. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '.airlock-drag';
/** What a session that crashed left behind is removed by a later one; a younger folder may be another session's. */
const KEPT_MS = 24 * 3600 * 1000;

export class DragFolders {
  private readonly made: string[] = [];

  /** An empty folder that only the user may enter. Throws the host's error. */
  make(targetFolder: string): string {
    const base = join(targetFolder, FOLDER);
    mkdirSync(base, { recursive: true, mode: 0o700 });
    removeOld(base);
    const folder = mkdtempSync(join(base, 'files-'));
    this.made.push(folder);
    return folder;
  }

  removeAll(): void {
    for (const folder of this.made.splice(0)) remove(folder);
  }
}

function removeOld(base: string): void {
  for (const name of readdirSync(base)) {
    const path = join(base, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && Date.now() - stats.mtimeMs > KEPT_MS) remove(path);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Somebody still has it in use: a later session removes it.
  }
}
