/** The views of the app, each with what it needs and how it is come to: what docs/screenshots shows and what the pictures of the tests are taken of. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import type { ImageJob, Job, JobFile, JobItem, Settings } from '../../main/contract.ts';
import { suspiciousStick } from '../builders/suspicious-stick.ts';
import { testImage } from '../images/library.ts';
import { type AsIf, asIf, job, SHOWN_HOME, stickInstead } from './pictures/as-if.ts';
import { placeDamagedStick, placeEarlierHarbour, placeSummerStick } from './pictures/summer-stick.ts';
import { makeHome, placeImage, type Shell, startShell } from './shell.ts';

export type Theme = 'light' | 'dark';
type Stick = 'none' | 'summer' | 'holiday' | 'three-partitions' | 'damaged';

export interface View {
  name: string;
  /** One line for people. */
  title: string;
  /** Left out: SUMMER 26, which looks like a USB stick. */
  stick?: Stick;
  settings?: Partial<Settings>;
  asIf?: AsIf;
  /** What has to be in the home before the shell starts, which is then no other view's. */
  before?(home: string, browser: Browser): Promise<void>;
  width?: number;
  locale?: string;
  /** From the page as it opens to the view. */
  arrange(page: Page): Promise<void>;
}

export interface Look {
  theme: Theme;
  width: number;
  height: number;
}

/** The day of the pictures. */
const NOW = Date.UTC(2026, 9, 3, 10, 30);
/** What a slow and busy machine needs for the slowest of these steps. */
const PATIENCE_MS = 60_000;

const WELCOMED = { welcomed: true };
const grid = (page: Page) => page.getByRole('grid', { name: 'Files' });
const row = (page: Page, name: string | RegExp) => grid(page).getByRole('row', { name });
const listed = (page: Page) => row(page, /Ferry tickets/).waitFor();
const pane = (page: Page): FrameLocator => page.frameLocator('.look iframe');

/** Quick Look into a file of the folder that is shown. */
async function look(page: Page, name: RegExp): Promise<void> {
  await row(page, name).click();
  await page.keyboard.press(' ');
  await page.locator('.look .content[aria-busy=false]').waitFor();
}

const stick = stickInstead();
const withJobs = (...jobs: Job[]): AsIf => ({ ...stick, 'copy.list': () => jobs });

const STATES: JobFile[] = [
  ['/Boat trip.mp4', 1_630_000_000, 'working'],
  ['/Budget 2026.xlsx', 48_200, 'copied'],
  ['/Ferry tickets.pdf', 2_500, 'copied'],
  ['/Letters.zip', 366, 'copied'],
  ['/Packing list.txt', 142, 'skipped'],
  ['/Song for Ada.flac', 31_400_000, 'copied'],
  ['/Travel notes.docx', 86_000, 'waiting'],
  ['/invoice\u202efdp.exe', 731_000, 'waiting'],
  ['/Harbour 1.jpg', 2_400_000, 'waiting'],
  ['/Harbour 2.jpg', 3_139_391, 'waiting'],
].map(([path, sizeBytes, state]) => ({ path, sizeBytes, state, note: null }) as JobFile);

const ITEMS: JobItem[] = STATES.map(({ path, sizeBytes }, i) => {
  const bidi = path.includes('\u202e');
  const isThere = i === 4;
  return {
    path,
    sizeBytes,
    writtenAs: isThere ? null : path.slice(1).replace('\u202e', '_'),
    outcome: isThere ? 'skipped' : 'copied',
    sha256: isThere ? null : 'ab'.repeat(32),
    note: isThere
      ? 'the same file, by size and date, was there'
      : bidi
        ? 'renamed: it has characters that reverse the direction of text'
        : null,
    failure: null,
  };
});

const GUARD = {
  state: 'off',
  canSwitch: true,
  sentence: 'This computer may mount sticks by itself.',
  parts: [],
} as const;

const SAVING: ImageJob = {
  id: 'i',
  mediumId: 'stick',
  mediumName: 'SanDisk Ultra',
  path: `${SHOWN_HOME}/SanDisk Ultra 2026-10-03.img`,
  state: 'reading',
  sizeBytes: 3_934_000_000,
  doneBytes: 1_608_000_000,
  unreadableBytes: 4096,
  resumedBytes: 0,
  bytesPerSecond: 38_200_000,
  secondsLeft: 61,
  sha256: null,
  startedAtMs: 0,
  finishedAtMs: null,
  problem: null,
};

export const VIEWS: readonly View[] = [
  {
    name: 'first-run',
    title: 'The first start: in three sentences, what happens and what does not',
    stick: 'none',
    settings: { welcomed: false },
    arrange: (page) => page.getByRole('button', { name: 'Begin' }).waitFor(),
  },
  {
    name: 'welcome',
    title: 'An empty window afterwards',
    stick: 'none',
    arrange: (page) => page.getByRole('button', { name: 'Open an image…' }).last().waitFor(),
  },
  {
    name: 'present',
    title: 'A stick that was plugged in and not opened yet',
    asIf: stickInstead({ state: 'present', volumes: [], table: null, lockdown: null }),
    arrange: async (page) => {
      await page
        .getByRole('button', { name: /SanDisk Ultra/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Open safely' }).waitFor();
    },
  },
  {
    name: 'mounted',
    title: 'A stick that this computer has mounted already: it can be taken over, and mounting by itself switched off',
    asIf: {
      ...stickInstead({
        state: 'present',
        volumes: [],
        table: null,
        lockdown: null,
        hostMounts: ['/media/ada/SUMMER 26'],
        hostDrivers: ['vfat'],
      }),
      'guard.state': () => ({ ...GUARD, parts: [] }),
    },
    arrange: async (page) => {
      await page
        .getByRole('button', { name: /SanDisk Ultra/ })
        .first()
        .click();
      await page.getByRole('switch', { name: /^Keep this computer/ }).waitFor();
    },
  },
  {
    name: 'list',
    title: 'The files of a stick, and what is known of the one that is chosen',
    arrange: async (page) => {
      await row(page, /Ferry tickets/).click();
      await page.getByRole('complementary', { name: 'Details' }).getByText('First cluster').waitFor();
    },
  },
  {
    name: 'folder',
    title: 'A folder, and the volume that it is on',
    arrange: async (page) => {
      await row(page, /^Pictures/).dblclick();
      await row(page, /^Panorama/).waitFor();
    },
  },
  {
    name: 'icons',
    title: 'The same as icons; nothing is read for them that nobody looked at',
    settings: { view: 'grid' },
    arrange: (page) => page.getByRole('option', { name: /Ferry tickets/ }).waitFor(),
  },
  {
    name: 'look-picture',
    title: 'Quick Look: a picture, decoded in a sandboxed frame of another origin',
    arrange: async (page) => {
      await look(page, /Harbour 3\.jpg/);
      await pane(page).locator('img').waitFor();
    },
  },
  {
    name: 'look-text',
    title: 'Quick Look: source code',
    arrange: async (page) => {
      await row(page, /^Documents/).dblclick();
      await row(page, /tides\.py/).waitFor();
      await look(page, /tides\.py/);
      await pane(page).locator('.hljs-keyword').first().waitFor();
    },
  },
  {
    name: 'look-pdf',
    title: 'Quick Look: a PDF, page by page',
    arrange: async (page) => {
      await look(page, /Ferry tickets/);
      await pane(page).getByText('Northern Bay Ferries').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'look-hex',
    title: 'Quick Look: a program that poses as a document, byte by byte',
    arrange: async (page) => {
      await look(page, /^invoice/);
      await page.getByRole('button', { name: 'Hex', exact: true }).click();
      await pane(page).locator('.row').first().waitFor();
      await page.locator('.look .content[aria-busy=false]').waitFor();
    },
  },
  {
    name: 'search',
    title: 'A search through the whole medium',
    arrange: async (page) => {
      await listed(page);
      await page.keyboard.press('Control+Shift+f');
      const find = page.getByRole('region', { name: 'Find' });
      await find.getByRole('searchbox', { name: 'Name or part of it' }).fill('harbour');
      await page.keyboard.press('Enter');
      await find.getByText('17 results among 116 items').waitFor();
      await page
        .getByRole('grid', { name: 'Results' })
        .getByRole('row', { name: /harbour lights/ })
        .waitFor();
    },
  },
  {
    name: 'space',
    title: 'Where the space goes',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Where the space goes' }).click();
      const map = page.getByRole('listbox', { name: /^Map of/ });
      await map.getByRole('option', { name: /^Boat trip/ }).waitFor();
    },
  },
  {
    name: 'lookout',
    title: 'The look-out: what on a stick deserves suspicion, and why',
    stick: 'holiday',
    asIf: {
      ...stickInstead({ name: 'Kingston DataTraveler', vendor: 'Kingston', model: 'DataTraveler' }),
      'lookout.list': (list) => (list ?? []).map((each) => tookOneSecond(each)),
      'lookout.start': (answer) => tookOneSecond(answer as NonNullable<typeof answer>),
    },
    arrange: async (page) => {
      await grid(page).waitFor();
      await page.getByRole('button', { name: 'Look-out', exact: true }).click();
      await page.getByText(/^Looked at /).waitFor();
      await page.getByText('future.txt').first().waitFor();
      await page
        .getByRole('region', { name: 'Starts by itself', exact: true })
        .getByText('autorun.inf')
        .first()
        .waitFor();
    },
  },
  {
    name: 'medium',
    title: 'The page about a medium: its state, its room, its partitions, and whether it was here before',
    stick: 'three-partitions',
    asIf: {
      ...stickInstead({ name: 'SanDisk Ultra' }),
      'seen.of': () => ({
        key: 'k',
        seenAtMs: [Date.UTC(2026, 6, 18, 9), Date.UTC(2026, 7, 2, 18)],
        firstSeenAtMs: Date.UTC(2026, 6, 18, 9),
        labelsBefore: null,
        usedBytesBefore: null,
      }),
      'seen.list': () => [],
    },
    arrange: async (page) => {
      await page.getByRole('button', { name: 'About SanDisk Ultra' }).click();
      await page.getByRole('toolbar', { name: 'Partitions, drawn to scale' }).waitFor();
      await page
        .getByText(/18 July/)
        .first()
        .waitFor();
      await page.getByText('Everything that was asked of it so far could be read.').waitFor();
    },
  },
  {
    name: 'copying',
    title: 'A copy under way, with each file’s state',
    asIf: {
      ...withJobs(job()),
      'copy.files': () => ({ total: 113, files: STATES }),
    },
    arrange: async (page) => {
      await listed(page);
      const copies = page.getByRole('region', { name: 'Copies' });
      await copies.getByRole('button', { name: /^Details of the copy/ }).click();
      await copies.getByText('Song for Ada.flac').waitFor();
    },
  },
  {
    name: 'queue',
    title: 'Several copies: one runs, one is paused, one was interrupted when its stick was pulled out',
    asIf: withJobs(
      job({
        ...{ id: 'i', mediumId: 'gone', mediumName: 'Kingston DataTraveler', state: 'interrupted' },
        ...{
          target: `${SHOWN_HOME}/Airlock/CAMERA`,
          missingFiles: 212,
          missingBytes: 903_000_000,
          finishedAtMs: 60_000,
        },
        problem: { sentence: 'The medium was pulled out before the copy was done.', detail: null, canRestart: false },
      }),
      job(),
      job({
        id: 'p',
        mediumId: 'other',
        mediumName: 'Lexar Card',
        state: 'paused',
        target: `${SHOWN_HOME}/Airlock/EOS`,
      }),
    ),
    arrange: async (page) => {
      await listed(page);
      await page
        .getByRole('region', { name: 'Copies' })
        .getByText(/^Paused/)
        .waitFor();
    },
  },
  {
    name: 'conflict',
    title: 'A file of this name is there already: both sides at a glance',
    before: placeEarlierHarbour,
    asIf: {
      ...stick,
      'copy.list': (jobs) => (jobs ?? []).map((each) => ({ ...each, mediumName: 'SanDisk Ultra' })),
    },
    arrange: async (page) => {
      // Behind the dialog, where roles do not count.
      await page.locator('[role=row] .label').getByText('Ferry tickets.pdf').waitFor();
      // The first picture of this view leaves the question open for the next.
      if ((await page.getByRole('dialog').count()) === 0) {
        await row(page, /Harbour 3\.jpg/).click();
        await page.getByRole('button', { name: 'Copy selected (1)' }).click();
      }
      for (const side of ['From the stick', 'On this computer'])
        await page.getByRole('dialog').getByRole('region', { name: side }).locator('.frame.ready').waitFor();
    },
  },
  {
    name: 'result',
    title: 'The report of a copy',
    asIf: {
      ...withJobs(
        job({
          ...{ state: 'done', doneFiles: 10, doneBytes: 1_670_000_000, totalFiles: 10, totalBytes: 1_670_000_000 },
          ...{ copied: 9, skipped: 1, renamed: 1, finishedAtMs: 41_000, current: null },
        }),
      ),
      'copy.items': () => (reported++ % 2 === 0 ? ITEMS : []),
    },
    arrange: async (page) => {
      reported = 0;
      await listed(page);
      await page.getByRole('region', { name: 'Copies' }).getByRole('button', { name: 'Report' }).click();
      await page.getByRole('dialog').getByText('Packing list.txt').waitFor();
    },
  },
  {
    name: 'image',
    title: 'A whole stick being saved as an image, with what could not be read',
    asIf: { ...stick, 'imaging.list': () => [SAVING] },
    arrange: async (page) => {
      await listed(page);
      await page.getByRole('region', { name: 'Images being saved' }).waitFor();
    },
  },
  {
    name: 'damaged',
    title: 'A damaged stick: what can be read is shown, and what cannot is named',
    stick: 'damaged',
    asIf: stickInstead({ name: 'Verbatim Store' }),
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Show which' }).click();
      await page.getByRole('button', { name: 'Show which' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'ejected',
    title: 'A stick that can be pulled out',
    asIf: stickInstead({ state: 'ejected', volumes: [] }),
    arrange: async (page) => {
      await page
        .getByRole('button', { name: /SanDisk Ultra/ })
        .first()
        .click();
      await page.getByRole('heading', { name: 'SanDisk Ultra can be pulled out' }).waitFor();
    },
  },
  {
    name: 'settings',
    title: 'Settings',
    arrange: async (page) => {
      await listed(page);
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    },
  },
  {
    name: 'keyboard',
    title: 'Every key, by ?',
    arrange: async (page) => {
      await listed(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByRole('heading').first().waitFor();
    },
  },
  {
    name: 'arabic',
    title: 'In Arabic, from right to left',
    settings: { language: 'ar' },
    arrange: async (page) => {
      await page.locator('html[dir=rtl]').waitFor();
      await page.getByRole('row', { name: /Ferry tickets/ }).click();
      await page.getByText('F0000009').waitFor();
    },
  },
  {
    name: 'contrast',
    title: 'With more contrast',
    settings: { contrast: 'more' },
    arrange: async (page) => {
      await page.locator('html[data-contrast=more]').waitFor();
      await row(page, /Ferry tickets/).click();
      await page.getByRole('complementary', { name: 'Details' }).getByText('First cluster').waitFor();
    },
  },
  {
    name: 'narrow',
    title: 'In a window of 420 pixels',
    width: 420,
    arrange: listed,
  },
];

let reported = 0;

/** How long it took is not the same twice. */
function tookOneSecond<Timed extends { startedAtMs: number; finishedAtMs: number | null }>(timed: Timed): Timed {
  return { ...timed, startedAtMs: 1, finishedAtMs: timed.finishedAtMs === null ? null : 1001 };
}

/** Starts the shells that the views need, each once, and opens views on them. */
export class Stage {
  readonly browser: Browser;
  private readonly shells = new Map<string, Promise<Shell>>();
  private readonly tokens = new Map<Shell, string>();

  constructor(browser: Browser) {
    this.browser = browser;
  }

  /** The page of a view, arranged and at rest; the caller closes its context. Throws where a view needs a tool that is not there. */
  async open(view: View, { theme, width, height }: Look): Promise<Page> {
    const shell = await this.shell(view);
    const context = await this.browser.newContext({
      viewport: { width: view.width ?? width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
      locale: view.locale ?? 'en-GB',
      timezoneId: 'UTC',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.clock.setFixedTime(NOW);
    const waiting = await asIf(page, shell.home, view.asIf ?? stick, (token) => {
      this.tokens.set(shell, token);
    });
    const token = this.tokens.get(shell);
    await page.goto(token === undefined ? shell.url : shell.url.replace(/#.*/, `#${token}`));
    await view.arrange(page);
    await atRest(page, waiting);
    return page;
  }

  async close(): Promise<void> {
    for (const shell of this.shells.values()) await shell.then(({ close }) => close()).catch(() => null);
  }

  private shell({ name, stick: kind = 'summer', settings, before }: View): Promise<Shell> {
    const all = { ...WELCOMED, ...settings };
    const key = JSON.stringify([kind, all, before === undefined ? null : name]);
    const started = this.shells.get(key) ?? this.start(kind, all, before);
    this.shells.set(key, started);
    return started;
  }

  private async start(kind: Stick, settings: Partial<Settings>, before: View['before']): Promise<Shell> {
    const home = makeHome();
    try {
      mkdirSync(join(home, '.config', 'airlock'), { recursive: true });
      writeFileSync(join(home, '.config', 'airlock', 'settings.json'), JSON.stringify({ settings }));
      await before?.(home, this.browser);
      return await startShell(home, kind === 'none' ? [] : [await this.place(kind, home)]);
    } catch (reason) {
      rmSync(home, { recursive: true, force: true });
      throw reason;
    }
  }

  private async place(kind: Exclude<Stick, 'none'>, home: string): Promise<string> {
    if (kind === 'summer') return placeSummerStick(home, this.browser);
    if (kind === 'holiday') return placeImage(home, 'holiday.img', suspiciousStick());
    if (kind === 'three-partitions') return placeImage(home, 'three.img', testImage('disk-gpt-3').bytes());
    return placeDamagedStick(home);
  }
}

/** Fonts are there, nothing floats over the page, nothing moves, and nothing is asked of main. */
async function atRest(page: Page, waiting: () => number): Promise<void> {
  await page.mouse.move(0, 0);
  await page.locator('.tooltip').waitFor({ state: 'detached' });
  for (const frame of page.frames()) await frame.evaluate(() => document.fonts.ready.then(() => null));
  const end = Date.now() + PATIENCE_MS;
  // An answer can lead to the next request: it has to stay calm.
  for (let calm = 0; calm < 3 && Date.now() < end; calm = waiting() === 0 ? calm + 1 : 0)
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
    );
}
