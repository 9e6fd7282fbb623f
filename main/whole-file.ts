/** Small files of the app's own, written so that a crash leaves the old one or the new one, whole. */

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Written beside, flushed, and moved over the old one; readable by the user alone. Throws what the file system throws. */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.${process.pid}.new`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(beside, `${text}\n`, { mode: 0o600, flush: true });
  renameSync(beside, path);
}
