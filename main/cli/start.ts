/**
 * Where every command starts (dist/bin/NAME.js). Tools that only read and print live in kernel-worker: they interpret a medium, under lockdown, in this
 * very process, and are loaded by path; the others are airlock.ts's. Apart from it, because a listing is to stand there at once: this file loads nothing else.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

const READING_TOOLS = [
  'airlock info',
  'airlock lookout',
  'airlock manifest',
  'fsu_cat',
  'fsu_df',
  'fsu_diff',
  'fsu_du',
  'fsu_find',
  'fsu_ls',
  'fsu_stat',
];

interface ReadingTools {
  runTool(name: string, argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number>;
}

/** Runs the command `name` ('airlock', 'fsu_ls' …) with the process's arguments; its exit code becomes the process's. */
export async function start(name: string): Promise<void> {
  const argv = process.argv.slice(2);
  const tool = name === 'airlock' ? `airlock ${argv[0]}` : name;
  if (READING_TOOLS.includes(tool)) {
    const { tools } = readingTools(join(__dirname, '../../kernel-worker/fsutils.cjs'));
    process.exitCode = await tools.runTool(tool, name === 'airlock' ? argv.slice(1) : argv, process.env);
    return;
  }
  const { run } = await import(/* @vite-ignore */ pathToFileURL(join(__dirname, 'airlock.js')).href);
  await run(name);
}

/**
 * Loads the bundle at `path`, with the code that V8 made of it when it was built (build.mjs; `path`.cache): 45 ms became 20 from the start of
 * Node to the first system call of the tool. V8 throws that away by itself where it is of another version or other flags.
 */
export function readingTools(path: string): { tools: ReadingTools; script: Script } {
  const source = readFileSync(path, 'latin1');
  const script = new Script(`(function (exports, require, module, __filename) {${source}\n})`, {
    filename: path,
    cachedData: fileIfThere(`${path}.cache`),
  });
  const module = { exports: {} as ReadingTools };
  script.runInThisContext()(module.exports, createRequire(path), module, path);
  return { tools: module.exports, script };
}

function fileIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
