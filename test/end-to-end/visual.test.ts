/**
 * How the app looks, compared with recorded pictures. `AIRLOCK_RECORD_PICTURES=1 npx vitest run test/end-to-end/visual.test.ts` records them anew. Where
 * Chromium or the fonts draw otherwise than when they were recorded, nothing can be told from them: then the comparisons are skipped, and say so.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, type TestContext, vi } from 'vitest';
import { difference, record } from './pictures/compare.ts';
import { type Environment, environmentOf, type Script, writeFontConfig } from './pictures/environment.ts';
import { launchBrowser } from './shell.ts';
import { Stage, type Theme, VIEWS } from './views.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const RECORDING = process.env.AIRLOCK_RECORD_PICTURES === '1';
const HOW = 'AIRLOCK_RECORD_PICTURES=1 npx vitest run test/end-to-end/visual.test.ts';
const PICTURES = fileURLToPath(new URL('pictures', import.meta.url));
const ENVIRONMENT = join(PICTURES, 'environment.json');
const TAKEN = fileURLToPath(new URL('../../dist/test/pictures', import.meta.url));
const SIZE = { width: 1100, height: 700 };
/** Pictures of a page in a browser's window tell nothing of another shell's. */
const ON_ELECTRON = process.env.AIRLOCK_E2E === 'electron';

/** Each view once; dark where it is most of colours, and with the scripts that it needs beside the Latin one. */
const COMPARED: ReadonlyArray<readonly [view: string, theme: Theme, ...scripts: Script[]]> = [
  ['first-run', 'light'],
  ['mounted', 'light'],
  ['list', 'light', 'fixed-width'],
  ['list', 'dark', 'fixed-width'],
  ['icons', 'light', 'fixed-width'],
  ['look-text', 'light', 'fixed-width'],
  ['look-hex', 'dark', 'fixed-width'],
  ['look-pdf', 'light'],
  ['search', 'light', 'fixed-width'],
  ['space', 'light'],
  ['lookout', 'light', 'fixed-width'],
  ['medium', 'light', 'fixed-width'],
  ['copying', 'light', 'fixed-width'],
  ['queue', 'dark', 'fixed-width'],
  ['conflict', 'light', 'fixed-width'],
  ['result', 'light', 'fixed-width'],
  ['damaged', 'light', 'fixed-width'],
  ['settings', 'light'],
  ['keyboard', 'dark', 'fixed-width'],
  ['arabic', 'light', 'fixed-width', 'arabic'],
  ['narrow', 'light', 'fixed-width'],
];

let browser: Browser;
let stage: Stage;
let environment: Environment;
let recorded: (Environment & { mke2fs: string | null }) | null;
const fonts = writeFontConfig();

beforeAll(async () => {
  vi.stubEnv('FONTCONFIG_FILE', fonts);
  browser = await launchBrowser();
  vi.unstubAllEnvs();
  stage = new Stage(browser);
  environment = await environmentOf(browser);
  if (RECORDING)
    writeFileSync(ENVIRONMENT, `${JSON.stringify({ ...environment, mke2fs: mke2fsVersion() }, null, 2)}\n`);
  recorded = existsSync(ENVIRONMENT) ? (JSON.parse(readFileSync(ENVIRONMENT, 'utf8')) as typeof recorded) : null;
});
afterAll(async () => {
  await stage.close();
  await browser.close();
  rmSync(dirname(fonts), { recursive: true, force: true });
});

/** Skips aloud what cannot be compared here. */
function needs(context: TestContext, scripts: readonly Script[]): void {
  const other = (['latin', ...scripts] as const).filter(
    (script) => recorded?.drawn[script] !== environment.drawn[script],
  );
  const isOtherBrowser = recorded?.chromium !== environment.chromium;
  if (!isOtherBrowser && other.length === 0) return;
  const why = isOtherBrowser
    ? `recorded with Chromium ${recorded?.chromium}, here is ${environment.chromium}`
    : `letters are drawn otherwise here: ${other.join(', ')}`;
  skip(context, why);
}

function skip(context: TestContext, why: string): void {
  const note = `not compared: ${why}. '${HOW}' records anew`;
  console.warn(`${context.task.name}: ${note}`);
  context.skip(note);
}

async function open(name: string, theme: Theme): Promise<Page> {
  const view = VIEWS.find((each) => each.name === name);
  if (view === undefined) throw new Error(`there is no view ${name}`);
  return stage.open(view, { theme, ...SIZE });
}

const take = (page: Page) => page.screenshot({ animations: 'disabled', caret: 'hide' });

/** By a sheet that a script makes: the page's own policy lets no style element in. */
async function restyle(page: Page, css: string): Promise<void> {
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets.push(sheet);
  }, css);
}

/** What it writes differs between versions, and is shown. null: not installed (e2fsprogs). */
function mke2fsVersion(): string | null {
  return /mke2fs \S+/.exec(spawnSync('mke2fs', ['-V'], { encoding: 'utf8' }).stderr ?? '')?.[0] ?? null;
}

describe.skipIf(ON_ELECTRON)('what is drawn', () => {
  it.for(COMPARED)('%s, %s', async ([name, theme, ...scripts], context) => {
    needs(context, scripts);
    const mke2fs = mke2fsVersion();
    if (name === 'damaged' && mke2fs !== recorded?.mke2fs)
      skip(context, `made with ${recorded?.mke2fs}, here is ${mke2fs}`);
    const path = join(PICTURES, `${name}-${theme}.png`);
    const page = await open(name, theme);
    const taken = await take(page);
    await page.context().close();
    if (RECORDING) record(path, taken);
    expect(difference(`${name}-${theme}`, readFileSync(path), taken, TAKEN)).toBe(null);
  });

  it('is told apart from what it should be', async (context) => {
    needs(context, ['fixed-width']);
    const wanted = readFileSync(join(PICTURES, 'list-light.png'));
    const page = await open('list', 'light');
    await restyle(page, '[role=row] { padding-inline-start: 6px }');
    const moved = await take(page);
    expect(difference('list-moved', wanted, moved, TAKEN)).toMatch(/^list-moved differs in \d+ pixels/);
    await restyle(page, '[role=row] { padding-inline-start: revert-layer } :root { --accent: #7a8 !important }');
    const faded = await take(page);
    await page.context().close();
    expect(difference('list-faded', wanted, faded, TAKEN)).toMatch(/^list-faded differs in \d+ pixels/);
    expect(existsSync(join(TAKEN, 'list-moved.difference.png'))).toBe(true);
  });
});
