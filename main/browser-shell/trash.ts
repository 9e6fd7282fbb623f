/** The desktop's trash from a plain process: GLib's own tool (gio(1)), which keeps to freedesktop.org's Trash specification. */

import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Trash } from '../transfers/copy-undo.ts';

const run = promisify(execFile);
/** Across file systems it may have to copy. */
const TRASH_MS = 60_000;

/** null: there is no such tool here. */
export function gioTrash(env: NodeJS.ProcessEnv = process.env): Trash | null {
  if (process.platform !== 'linux') return null;
  const gio = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, 'gio'))
    .find(isExecutable);
  if (gio === undefined) return null;
  return async (paths) => {
    await run(gio, ['trash', '--', ...paths], { timeout: TRASH_MS });
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
