/** Finding: columns, icons, typing, menus, filter and search by each criterion, and where the space goes; through the browser shell. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page, WebSocketRoute } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type ReferenceEntry, testImage } from '../images/library.ts';
import { axeFindings, hashesBelow } from './evidence.ts';
import { laidOut, type PageOptions, placeImage, whileTimeStands } from './shell.ts';
import { useShell } from './use-shell.ts';
import { placeWideStick } from './wide-stick.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXT4 = testImage('ext4-default-4k');
const manifest = EXT4.manifest('')
  .map((entry) => ({ ...entry, path: entry.path.replace(/^\//, '') }))
  .filter((entry) => entry.path !== '');
const nameOf = ({ path }: ReferenceEntry) => path.slice(path.lastIndexOf('/') + 1);

const airlock = useShell();
let page: Page;

async function start(place: (home: string) => string, options: PageOptions = {}): Promise<void> {
  page = await airlock.start([place(airlock.home())], { timezoneId: 'UTC', ...options });
  await grid().waitFor();
}
const startExt4 = () => start((home) => placeImage(home, 'ext4.img', EXT4.bytes()));

const grid = () => page.getByRole('grid', { name: 'Files' });
const row = (name: string) =>
  page
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) })
    .first();
const heads = async () => (await page.getByRole('columnheader').allTextContents()).map((head) => head.trim());
const results = () => page.getByRole('grid', { name: 'Results' });
const find = () => page.getByRole('region', { name: 'Find' });
const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
const widthOf = async (column: string) =>
  Math.round((await page.getByRole('columnheader', { name: column }).boundingBox())?.width ?? 0);

describe('the list', () => {
  it('shows the columns that are chosen, as wide as they were made, and remembers both', async () => {
    await startExt4();
    await row('README.TXT').waitFor();
    await expect.poll(heads).toEqual(['Name', 'Size', 'Modified', 'Type']);
    await laidOut(page);
    await page.getByRole('columnheader', { name: 'Type' }).click({ button: 'right' });
    const menu = page.getByRole('menu');
    await menu.getByRole('menuitemcheckbox', { name: 'Type' }).click();
    await menu.getByRole('menuitemcheckbox', { name: 'Attributes' }).click();
    await menu.getByRole('menuitemcheckbox', { name: 'Owner' }).click();
    expect(await axeFindings(page)).toEqual([]);
    await press('Escape');
    await expect.poll(heads).toEqual(['Name', 'Size', 'Modified', 'Attributes', 'Owner']);
    await row('README.TXT').getByText('rw-r--r--').waitFor();

    // By keyboard: from head to head by the arrows, with Shift wider.
    const before = await widthOf('Modified');
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').focus();
    await press('ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
    await expect.poll(() => widthOf('Modified')).toBe(before + 32);

    // By the pointer: the edge follows it.
    const size = await widthOf('Size');
    const box = await page.getByRole('columnheader', { name: 'Size' }).boundingBox();
    if (box === null) throw new Error('no head');
    await page.mouse.move(box.x - 9, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x - 49, box.y + 10, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => widthOf('Size')).toBe(size + 40);
    await page.mouse.dblclick(box.x - 49, box.y + 10);
    await expect.poll(() => widthOf('Size')).toBeLessThan(size + 1);
    const fitted = await widthOf('Size');

    await page.getByRole('button', { name: 'Owner' }).click();
    await page.locator('[role=columnheader][aria-sort=ascending]').filter({ hasText: 'Owner' }).waitFor();
    await page.reload();
    await row('README.TXT').waitFor();
    await expect.poll(heads).toEqual(['Name', 'Size', 'Modified', 'Attributes', 'Owner']);
    await expect.poll(() => widthOf('Modified')).toBe(before + 32);
    await expect.poll(() => widthOf('Size')).toBe(fitted);
  });

  it('becomes icons, walked in two dimensions, and stays so', async () => {
    await startExt4();
    await row('README.TXT').waitFor();
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemradio', { name: 'Icons' }).click();
    const icons = page.getByRole('listbox', { name: 'Files' });
    await icons.waitFor();
    await icons.focus();
    await laidOut(page);
    const selected = () => icons.getByRole('option', { selected: true }).locator('.label').allTextContents();
    const places = await icons
      .getByRole('option')
      .evaluateAll((all) =>
        all.map((each) => [each.textContent?.trim() ?? '', Math.round(each.getBoundingClientRect().top)] as const),
      );
    const perLine = places.filter(([, top]) => top === places[0][1]).length;
    expect(perLine).toBeGreaterThan(2);
    await press('Home', 'ArrowRight');
    await expect.poll(selected).toEqual([places[1][0]]);
    await press('ArrowDown');
    await expect.poll(selected).toEqual([places[1 + perLine][0]]);
    await press('ArrowLeft', 'Shift+ArrowUp');
    await expect.poll(async () => (await selected()).length).toBe(perLine + 1);
    expect(await axeFindings(page)).toEqual([]);
    await whileTimeStands(page, async () => {
      await press('s', 'i', 'z');
      await expect.poll(selected).toEqual(['sizes']);
      await page.getByText('Find: siz').waitFor();
    });
    await press('Enter');
    await page.getByRole('heading', { name: 'sizes' }).waitFor();
    await icons.getByRole('option', { name: 'f65537.bin' }).waitFor();
    await page.reload();
    await icons.getByRole('option', { name: 'README.TXT' }).waitFor();
  });

  it('has a menu on each entry, by the right button and by the keyboard', async () => {
    await startExt4();
    await row('README.TXT').click({ button: 'right' });
    const menu = page.getByRole('menu');
    await menu.getByRole('menuitem', { name: 'Copy out' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await press('Escape');
    await menu.waitFor({ state: 'detached' });
    await grid().focus();
    await press('Home', 'ContextMenu');
    await menu.getByRole('menuitem', { name: 'Open' }).waitFor();
    await press('Escape');
    await menu.waitFor({ state: 'detached' });
    await press('End', 'Shift+F10');
    await menu.getByRole('menuitem', { name: 'Copy the path' }).click();
    await page.getByText('One line of text is on the clipboard.').waitFor();
    await row('README.TXT').click({ button: 'right' });
    await menu.getByRole('menuitem', { name: 'Copy out' }).click();
    await page
      .getByRole('region', { name: 'Copies' })
      .getByText(/^Copied 1 file/)
      .waitFor();
    expect([...hashesBelow(join(airlock.home(), 'Airlock')).values()]).toEqual([
      manifest.find(({ path }) => path === 'README.TXT')?.sha256,
    ]);
  });

  it('is filtered by what is typed into the bar, and whole again without it', async () => {
    await startExt4();
    await row('README.TXT').waitFor();
    await press('Control+f');
    await page.keyboard.type('RÉAD');
    await expect.poll(() => grid().locator('.label').allTextContents()).toEqual(['README.TXT']);
    await page.getByText('filtered out').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await press('Control+f', 'Escape');
    await find().waitFor({ state: 'detached' });
    await row('sizes').waitFor();
  });
});

describe('a search', () => {
  /** Waits for the end, and gives how many results there are. */
  async function count(): Promise<number> {
    const told = find().getByText(/results? among/);
    await told.waitFor();
    return Number(/^([\d,]+)/.exec((await told.textContent()) ?? '')?.[1].replaceAll(',', ''));
  }
  const expected = (keep: (entry: ReferenceEntry) => boolean) => manifest.filter(keep).length;

  it('finds by name, mask, kind, size and date what the reference reader has', async () => {
    await startExt4();
    await row('README.TXT').waitFor();
    await press('Control+Shift+f');
    const field = find().getByRole('searchbox', { name: 'Name or part of it' });
    await field.fill('f6553*');
    await press('Enter');
    await expect.poll(count).toBe(expected((entry) => /^f6553/i.test(nameOf(entry))));
    await results()
      .getByRole('row', { name: /f65537\.bin \/sizes/ })
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await field.fill('*.bin');
    await find().getByRole('button', { name: 'Search', exact: true }).click();
    await expect.poll(count).toBe(expected((entry) => /\.bin$/i.test(nameOf(entry))));
    await find().getByRole('button', { name: 'More to look for' }).click();
    await find().getByRole('spinbutton', { name: 'At least' }).fill('10');
    await find().getByRole('combobox', { name: 'Unit of the sizes' }).selectOption('kB');
    await find().getByRole('spinbutton', { name: 'At most' }).fill('100');
    await press('Enter', 'Tab');
    await expect
      .poll(count)
      .toBe(
        expected(
          (entry) =>
            /\.bin$/i.test(nameOf(entry)) &&
            entry.type === 'file' &&
            (entry.size ?? 0) >= 10_000 &&
            (entry.size ?? 0) <= 100_000,
        ),
      );
    expect(await axeFindings(page)).toEqual([]);

    await find().getByRole('button', { name: 'Clear all' }).click();
    await field.fill('e');
    await find().getByRole('combobox', { name: 'What' }).selectOption('folders');
    await expect.poll(count).toBe(expected((entry) => entry.type === 'dir' && /e/i.test(nameOf(entry))));

    await find().getByRole('combobox', { name: 'What' }).selectOption('all');
    await field.fill('f*');
    await find().getByRole('combobox', { name: 'Kind' }).selectOption('program');
    await expect.poll(count).toBe(expected((entry) => entry.type !== 'dir' && /^f.*\.bin$/i.test(nameOf(entry))));

    await find().getByRole('combobox', { name: 'Kind' }).selectOption('');
    await field.fill('*.*');
    await find().getByLabel('From this day').fill('2024-03-01');
    await find().getByLabel('Until this day').fill('2024-03-01');
    const onTheDay = (entry: ReferenceEntry) => (entry.mtime ?? '').startsWith('2024-03-01');
    await expect.poll(count).toBe(expected((entry) => nameOf(entry).includes('.') && onTheDay(entry)));
  });

  it('shows a result in its folder, goes back to the results, and copies out those that are chosen', async () => {
    await startExt4();
    await row('README.TXT').waitFor();
    await press('Control+f');
    await page.keyboard.type('f6553');
    await press('Enter');
    await count();
    await results().focus();
    await press('Home', 'Shift+End');
    await page.getByRole('button', { name: 'Copy selected (3)' }).click();
    await page
      .getByRole('region', { name: 'Copies' })
      .getByText(/^Copied 3 files/)
      .waitFor();
    expect([...hashesBelow(join(airlock.home(), 'Airlock')).values()].sort()).toEqual(
      manifest
        .filter((entry) => /^f6553/.test(nameOf(entry)))
        .map(({ sha256 }) => sha256)
        .sort(),
    );
    await results()
      .getByRole('row', { name: /f65537\.bin/ })
      .click();
    await results()
      .getByRole('row', { name: /f65537\.bin/ })
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Show in its folder' }).click();
    await page.getByRole('heading', { name: 'sizes' }).waitFor();
    await expect
      .poll(() => grid().locator('[role=row][aria-selected=true] .label').allTextContents())
      .toEqual(['f65537.bin']);
    await find().getByRole('button', { name: 'Back to 3 results' }).click();
    await results().waitFor();
  });

  it('goes through 100,000 files, and keeps as many results as a list can hold', async () => {
    await start(placeWideStick);
    await row('D000').waitFor();
    await press('Control+f');
    await page.keyboard.type('été');
    await press('Enter');
    await results()
      .getByRole('row', { name: /Été à la mer\.jpg \/D050/ })
      .waitFor();
    await expect.poll(count).toBe(1);
    await find().getByText('among 100,100 items').waitFor();

    const field = find().getByRole('searchbox', { name: 'Name or part of it' });
    await field.fill('*.txt');
    await press('Enter');
    // One of the 10,000 is the one with the long name.
    await find().getByText('9,999 results among').waitFor();

    // Everything fits: more than a list is made to hold.
    await field.fill('*');
    await press('Enter');
    await find().getByText('Only the first 50,000 results are shown.').waitFor();
    await expect.poll(() => results().getAttribute('aria-rowcount')).toBe('50001');
  });

  it('stops when it is told to, and says how far it came', async () => {
    // As soon as a slice has brought a result, the next is kept back until the search was stopped: however fast the machine is, it is not over.
    let hasResult = false;
    const kept: (() => void)[] = [];
    let later = 0;
    const keepBack = (socket: WebSocketRoute) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        hasResult ||= /IM0\d{5}\./.test(String(message));
        socket.send(message);
      });
      socket.onMessage((message) => {
        const isRead = String(message).includes('"search.read"');
        if (isRead && kept.length > 0) later += 1;
        if (isRead && kept.length === 0 && hasResult) kept.push(() => server.send(message));
        else server.send(message);
      });
    };
    await start(placeWideStick, { before: (opened) => opened.routeWebSocket(/\/bridge/, keepBack) });
    await row('D000').waitFor();
    await press('Control+f');
    await page.keyboard.type('im0');
    await press('Enter');
    await expect.poll(() => kept.length).toBe(1);
    await results()
      .getByRole('row', { name: /IM\d{6}\./ })
      .first()
      .click();
    await find().getByRole('button', { name: 'Stop' }).click();
    for (const release of kept) release();
    await find()
      .getByText(/^Stopped: [\d,]+ results among the first [\d,]+ items$/)
      .waitFor();
    expect(later).toBe(0);
  });
});

describe('the space', () => {
  it('adds up to what fsu_du adds up to, in the whole and in each folder, and can be gone into', async () => {
    await startExt4();
    await row('README.TXT').waitFor();
    await page.getByRole('button', { name: 'Where the space goes' }).click();
    const map = page.getByRole('listbox', { name: /^Map of ext4-default-4k/ });
    await map.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const dist = process.env.AIRLOCK_DIST ?? join(ROOT, 'dist');
    const du = execFileSync(
      process.execPath,
      [join(dist, 'bin/fsu_du.js'), join(airlock.home(), 'ext4.img'), '-d', '1'],
      {
        encoding: 'utf8',
      },
    );
    const sums = new Map(
      du
        .trim()
        .split('\n')
        .map((line): [string, number] => {
          const [blocks, path] = line.split('\t');
          return [path, Number(blocks) * 512];
        }),
    );
    const shown = (bytes: number) =>
      bytes < 1e6
        ? `${(bytes / 1e3).toFixed(bytes < 99_950 ? 1 : 0).replace(/\.0$/, '')} kB`
        : `${(bytes / 1e6).toFixed(1).replace(/\.0$/, '')} MB`;
    await page.getByText(`${shown(sums.get('/') ?? 0)} in`).waitFor();
    for (const folder of ['sizes', 'many', 'names'])
      await map
        .getByRole('option', { name: new RegExp(`^${folder}, ${shown(sums.get(`/${folder}`) ?? 0)}`) })
        .waitFor();

    await map.focus();
    await press('Home', 'Enter');
    await page.getByRole('heading', { name: 'sizes' }).waitFor();
    await page.getByRole('listbox', { name: /^Map of sizes/ }).focus();
    await press('Backspace');
    await page.getByRole('heading', { name: 'ext4-default-4k' }).waitFor();
    await page.getByRole('radio', { name: 'Largest folders' }).check();
    await page.getByRole('button', { name: /^sizes/ }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Largest files' }).check();
    await page.getByRole('button', { name: /^three-mib\.bin/ }).click();
    await page.getByRole('heading', { name: 'sizes' }).waitFor();
    await expect
      .poll(() => grid().locator('[role=row][aria-selected=true] .label').allTextContents())
      .toEqual(['three-mib.bin']);
    // What was added up is still there.
    await page.getByRole('button', { name: 'Where the space goes' }).click();
    await page.getByRole('listbox', { name: /^Map of/ }).waitFor();
  });
});
