/**
 * Takes the pictures in docs/screenshots of the app as it is built, over the browser shell: `npm run screenshots`. Needs Chromium and, for the damaged
 * stick, Debian's e2fsprogs; makes the pictures smaller where pngquant is installed, and uses the Inter typeface where the system has no better one.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { chromiumMade, pdf, placeLookStick, text, zip } from './look-stick.ts';
import { launchBrowser, makeHome, openPage, type Shell, startShell } from './shell.ts';
import { placeStick } from './sticks.ts';

const FOLDER = process.env.AIRLOCK_SCREENSHOTS ?? fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const PHOTOS = Array.from({ length: 14 }, (_, i) => ({
  name: `Harbour ${i + 1}.jpg`,
  sizeBytes: 2_400_000 + ((i * 739_391) % 5_000_000),
}));
const FILES = [
  { name: 'Boat trip.mp4', sizeBytes: 1_630_000_000 },
  { name: 'Budget 2026.xlsx', sizeBytes: 48_200 },
  { name: 'Ferry tickets.pdf', sizeBytes: 412_700 },
  { name: 'Packing list.txt', sizeBytes: 1_310 },
  { name: 'Song for Ada.flac', sizeBytes: 31_400_000 },
  { name: 'Travel notes.docx', sizeBytes: 86_000 },
  { name: 'invoice\u202efdp.exe', sizeBytes: 731_000 },
  ...PHOTOS,
];
const FOLDERS = ['Documents', 'Letters', 'Music', 'Pictures'];

/** A function and a comment that reads otherwise than it runs. */
const CODE = `/** Adds up what was spent. */
export function total(items: readonly Item[]): number {
  let sum = 0;
  for (const { price, count } of items) sum += price * count;
  return sum;
}

const isAdmin = false;
/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */
  grantAccess();
`;

/** fontconfig's families for the interface where a machine has no desktop font: only these pictures use it. */
const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>${[
  'system-ui',
  'ui-sans-serif',
]
  .map(
    (family) =>
      `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit></match>`,
  )
  .join('')}</fontconfig>`;

/** An ext4 stick of which three files cannot be read: their inodes say a type that there is not. */
function placeDamagedStick(home: string): string {
  const source = join(home, 'archive');
  const image = join(home, 'archive-2019.img');
  mkdirSync(join(source, 'Scans'), { recursive: true });
  mkdirSync(join(source, 'Minutes'));
  const names = [
    'Accounts.xlsx',
    'Annual report.pdf',
    'Ceremony.mov',
    'Contract.pdf',
    'Floor plan.png',
    'Guest list.csv',
    'Letter to Ada.odt',
    'Readme.txt',
    'Speech.mp3',
  ];
  names.forEach((name, i) => {
    writeFileSync(join(source, name), Buffer.alloc(20_000 + i * 31_000, i));
  });
  execFileSync('mke2fs', ['-q', '-t', 'ext4', '-L', 'ARCHIVE', '-d', source, image, '32M']);
  for (const name of ['Annual report.pdf', 'Ceremony.mov', 'Guest list.csv']) {
    execFileSync('debugfs', ['-w', '-R', `set_inode_field "/${name}" mode 0177777`, image], { stdio: 'ignore' });
  }
  return image;
}

async function picture(page: Page, name: string, theme: Theme): Promise<void> {
  const path = join(FOLDER, `${name}-${theme}.png`);
  await page.mouse.move(0, 0);
  await page.screenshot({ path });
  spawnSync('pngquant', ['--force', '--output', path, '--quality', '80-98', '--speed', '1', '--strip', path]);
  process.stdout.write(`${path}\n`);
}

/** A home with a name that looks like one in a picture. */
function freshHome(): string {
  const home = join(tmpdir(), 'ada');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  return home;
}

async function session(
  browser: Browser,
  theme: Theme,
  place: (home: string) => string,
  work: (page: Page, shell: Shell) => Promise<void>,
): Promise<void> {
  const home = freshHome();
  const shell = await startShell(home, [place(home)]);
  const { page } = await openPage(browser, shell, {
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: { width: 1220, height: 780 },
  });
  await page.getByRole('grid', { name: 'Files' }).waitFor();
  await work(page, shell);
  await page.context().close();
  await shell.close();
}

async function takeAll(browser: Browser, theme: Theme): Promise<void> {
  await session(
    browser,
    theme,
    (home) => placeStick(home, 'summer.img', 'SUMMER 26', FOLDERS, FILES),
    async (page) => {
      const copies = page.getByRole('region', { name: 'Copies' });
      await page.getByRole('row', { name: /Ferry tickets/ }).click();
      await page.getByRole('complementary', { name: 'Details' }).getByText('First cluster').waitFor();
      await picture(page, 'list', theme);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Copy all' }).click();
      const bar = copies.getByRole('progressbar');
      while (Number((await bar.getAttribute('aria-valuenow')) ?? 0) < 45) await page.waitForTimeout(20);
      await picture(page, 'copying', theme);
      await copies.getByText(/^Copied/).waitFor({ timeout: 120_000 });
      await copies.getByRole('button', { name: 'Report' }).click();
      await page.getByRole('dialog').getByText('Packing list.txt').waitFor();
      await picture(page, 'result', theme);
    },
  );
  const { jpeg } = await chromiumMade(browser);
  const files = [
    { name: 'Harbour at dusk.jpg', content: jpeg },
    {
      name: 'Invoice.pdf',
      content: pdf(['Invoice 2026-091', 'Terms'], '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>'),
    },
    {
      name: 'Letters.zip',
      content: zip([
        { name: 'Summer.txt', content: 'x' },
        { name: '../../.bashrc', content: 'x' },
      ]),
    },
    { name: 'total.ts', content: text(CODE) },
  ];
  await session(
    browser,
    theme,
    (home) => placeLookStick(home, 'summer.img', files),
    async (page) => {
      await page.getByRole('grid').getByText('Harbour at dusk.jpg', { exact: true }).click();
      await page.keyboard.press(' ');
      for (const name of ['look-picture', 'look-pdf', 'look-archive', 'look-code']) {
        await page.locator('.look .content[aria-busy=false]').waitFor();
        await picture(page, name, theme);
        await page.keyboard.press('ArrowRight');
      }
    },
  );
  await session(browser, theme, placeDamagedStick, async (page) => {
    await page.getByRole('button', { name: 'Show which' }).click();
    await picture(page, 'damaged', theme);
  });
}

mkdirSync(FOLDER, { recursive: true });
const fonts = join(makeHome(), 'fonts.conf');
writeFileSync(fonts, FONTS);
if (process.platform === 'linux') process.env.FONTCONFIG_FILE = fonts;
const browser = await launchBrowser();
for (const theme of THEMES) await takeAll(browser, theme);
await browser.close();
