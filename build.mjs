/**
 * Builds dist/: each Node entry as one file, so that nothing has to be loaded after lockdown, and the pages by their own configs. With names of outputs only
 * those; with --if-changed only if something was changed since the last time.
 */

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { build } from 'vite';

/** Entry, folder and name of the output. */
const NODE_ENTRIES = [
  ['kernel-worker/worker.ts', 'dist/kernel-worker/worker.js'],
  ['kernel-worker/fsutils/fsutils.ts', 'dist/kernel-worker/fsutils.cjs'],
  ['main/start.ts', 'dist/main/start.js'],
  ['main/transfers/copy-thread.ts', 'dist/main/transfers/copy-thread.js'],
  ['main/transfers/hash-thread.ts', 'dist/main/transfers/hash-thread.js'],
  ['main/cli/start.ts', 'dist/main/cli/start.cjs'],
  ['main/cli/airlock.ts', 'dist/main/cli/airlock.js'],
  ['main/app/main.ts', 'dist/main/app/main.js'],
  ['main/app/preload.ts', 'dist/main/app/preload.cjs'],
];
/** Left to be loaded from node_modules: natives, and what Electron itself provides. */
const EXTERNAL = ['electron', 'koffi', 'drivelist', 'usb'];

/** The folders of the packages of which something went into a bundle. */
const bundled = new Set();
const collectPackages = {
  name: 'collect-packages',
  generateBundle(_options, bundle) {
    for (const { moduleIds = [] } of Object.values(bundle))
      for (const id of moduleIds) {
        const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
        if (folder !== undefined) bundled.add(folder.replace(/^\0/, ''));
      }
  },
};

/** For the pages, whose own configurations say the rest. How long each plugin took is nothing that somebody who starts the app wants to read. */
const page = (configFile) => ({
  configFile,
  logLevel: 'warn',
  plugins: [collectPackages],
  build: { rolldownOptions: { checks: { pluginTimings: false } } },
});

/** Written last: everything before it was built. */
const STAMP = 'dist/built';
/** All that a build is made of; node_modules by the list of what is in it. */
const SOURCES = ['main', 'kernel-worker', 'renderer', 'preview', 'assets', 'package.json', 'package-lock.json'];

if (process.argv.includes('--if-changed') && isBuilt()) process.exit(0);
const only = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
if (only.length === 0) rmSync('dist', { recursive: true, force: true });
for (const [entry, output] of NODE_ENTRIES) {
  if (!existsSync(entry) || (only.length > 0 && !only.some((name) => output.includes(name)))) continue;
  const slash = output.lastIndexOf('/');
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [collectPackages],
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
writeCodeCache();
if (existsSync('renderer/index.html') && (only.length === 0 || only.includes('renderer'))) {
  await build(page('vite.config.ts'));
}
if (existsSync('preview/index.html') && (only.length === 0 || only.includes('preview'))) {
  await build(page('vite.preview.config.ts'));
}
if (only.length === 0) {
  writeLicenses();
  writeFileSync(STAMP, '');
}

function isBuilt() {
  if (!existsSync(STAMP)) return false;
  const built = statSync(STAMP).mtimeMs;
  const configs = readdirSync('.').filter((name) => /^(build|vite|tsconfig).*\.(mjs|ts|json)$/.test(name));
  const isOlder = (path) => statSync(path).mtimeMs < built;
  return [...SOURCES, ...configs].every((path) => {
    if (!isOlder(path)) return false;
    if (!statSync(path).isDirectory()) return true;
    return readdirSync(path, { recursive: true }).every((name) => isOlder(join(path, name)));
  });
}

/** dist/bin/NAME.js for each command in package.json's `bin`: a line that says under which name it was called. CommonJS, which starts some 5 ms sooner. */
function writeCommands() {
  mkdirSync('dist/bin', { recursive: true });
  writeFileSync('dist/bin/package.json', '{ "type": "commonjs" }\n');
  for (const [name, path] of Object.entries(JSON.parse(readFileSync('package.json', 'utf8')).bin)) {
    writeFileSync(path, `#!/usr/bin/env node\nrequire('../main/cli/start.cjs').start('${name}');\n`, { mode: 0o755 });
  }
}

/** dist/LICENSES.txt: the packages in the bundles, each with the licence under which it is passed on. */
function writeLicenses() {
  const texts = [...bundled].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
    return `${name} ${version} (${license ?? 'its own licence'})${text}\n`;
  });
  writeFileSync('dist/LICENSES.txt', texts.sort().join(`\n${'-'.repeat(80)}\n\n`));
}

/** All of a bundle's characters above ASCII as escapes, which they may be in strings and comments alike: it is then read as Latin-1, 3 ms faster. */
function escapeNonAscii(path) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(path, readFileSync(path, 'utf8').replace(/[^\0-\x7f]/g, escaped));
}

/**
 * dist/kernel-worker/fsutils.cjs.cache: what V8 made of the reading tools while one of them walked the sample stick, lockdown included. The tool has
 * only its output left to it then, so the cache comes over standard error.
 */
function writeCodeCache() {
  const bundle = resolve('dist/kernel-worker/fsutils.cjs');
  rmSync(`${bundle}.cache`, { force: true });
  escapeNonAscii(bundle);
  const folder = mkdtempSync(join(tmpdir(), 'airlock-build-'));
  const stick = join(folder, 'stick.img');
  writeFileSync(stick, gunzipSync(readFileSync('assets/sample-stick.img.gz')));
  const walk = `
    const { tools, script } = require('./dist/main/cli/start.cjs').readingTools(${JSON.stringify(bundle)});
    const { writeSync } = require('node:fs');
    tools.runTool('airlock manifest', ['--hash', ${JSON.stringify(stick)}], process.env).then((code) => {
      if (code !== 0) return process.exit(code);
      const cache = script.createCachedData();
      for (let done = 0; done < cache.length; ) done += writeSync(2, cache, done);
    });`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', walk], {
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  rmSync(folder, { recursive: true });
  // Without it the tools work too, only slower: where lockdown is refused to the build, say, or on another system.
  if (status === 0) writeFileSync(`${bundle}.cache`, stderr);
  else console.error(`no code cache for the reading tools: ${stderr.toString('utf8')}`);
}
