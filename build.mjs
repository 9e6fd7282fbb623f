/** Builds dist/: each Node entry as one file, so that nothing has to be loaded after lockdown, and the renderer by its own config. */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'vite';

/** Entry, folder and name of the output. */
const NODE_ENTRIES = [
  ['kernel-worker/worker.ts', 'dist/kernel-worker/worker.js'],
  ['kernel-worker/fsutils/fsutils.ts', 'dist/kernel-worker/fsutils.js'],
  ['main/start.ts', 'dist/main/start.js'],
  ['main/transfers/copy-thread.ts', 'dist/main/transfers/copy-thread.js'],
  ['main/transfers/hash-thread.ts', 'dist/main/transfers/hash-thread.js'],
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
}
writeCommands();
if (existsSync('renderer/index.html') && (only.length === 0 || only.includes('renderer'))) {
  await build({ configFile: 'vite.config.ts', logLevel: 'warn' });
}

/** dist/bin/NAME.js for each command in package.json's `bin`: a line that says under which name it was called. */
function writeCommands() {
  mkdirSync('dist/bin', { recursive: true });
  for (const [name, path] of Object.entries(JSON.parse(readFileSync('package.json', 'utf8')).bin)) {
    const text = `#!/usr/bin/env node\nimport { run } from '../main/cli/airlock.js';\nawait run('${name}');\n`;
    writeFileSync(path, text, { mode: 0o755 });
  }
}
