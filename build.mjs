/** Builds dist/: each Node entry as one file, so that nothing has to be loaded after lockdown, and the renderer by its own config. */

import { chmodSync, existsSync, rmSync } from 'node:fs';
import { build } from 'vite';

/** Entry, folder and name of the output. */
const NODE_ENTRIES = [
  ['kernel-worker/worker.ts', 'dist/kernel-worker/worker.js'],
  ['kernel-worker/fsutils/fsutils.ts', 'dist/kernel-worker/fsutils.js'],
  ['main/start.ts', 'dist/main/start.js'],
  ['main/cli/airlock.ts', 'dist/main/cli/airlock.js'],
  ['main/app/main.ts', 'dist/main/app/main.js'],
  ['main/app/preload.ts', 'dist/main/app/preload.cjs'],
];
/** Left to be loaded from node_modules: natives, and what Electron itself provides. */
const EXTERNAL = ['electron', 'koffi', 'drivelist', 'usb'];

const only = process.argv.slice(2);
if (only.length === 0) rmSync('dist', { recursive: true, force: true });
for (const [entry, output] of NODE_ENTRIES) {
  if (!existsSync(entry) || (only.length > 0 && !only.some((name) => output.includes(name)))) continue;
  const slash = output.lastIndexOf('/');
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: EXTERNAL },
    build: {
      ssr: entry,
      target: 'node20',
      outDir: output.slice(0, slash),
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        external: [...EXTERNAL, /^node:/],
        output: {
          format: output.endsWith('.cjs') ? 'cjs' : 'esm',
          entryFileNames: output.slice(slash + 1),
          codeSplitting: false,
        },
      },
    },
  });
  if (output.includes('/cli/')) chmodSync(output, 0o755);
}
if (existsSync('renderer/index.html') && (only.length === 0 || only.includes('renderer'))) {
  await build({ configFile: 'vite.config.ts', logLevel: 'warn' });
}
