/** Builds dist/ before the tests, unless AIRLOCK_BUILT says that this was just done: several tests run the built worker and commands. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function setup(): void {
  if (process.env.AIRLOCK_BUILT) return;
  execFileSync(process.execPath, ['build.mjs'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
}
