/** A file of that name is there already: both sides at a glance, harmless whatever they hold, and nothing that keeps anybody from answering. */

import { readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Conflict } from '../../main/contract.ts';
import { axeFindings, axeFindingsInFrame } from './evidence.ts';
import { gzip, type LookFile, pdf, placeLookStick, png, text, zip } from './look-stick.ts';
import { job } from './pictures/as-if.ts';
import { launchBrowser, makeHome, openPage, type Shell, startShell } from './shell.ts';
import { askedOf, DEVICE, standIn } from './stand-in-bridge.ts';
import { rememberCopies } from './sticks.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

/** Its window is reached by no address. */
const ON_ELECTRON = process.env.AIRLOCK_E2E === 'electron';

let browser: Browser;
let home: string;
let shell: Shell;
let page: Page;
let problems: string[];
let trap: Server;
/** Where hostile files lead: nothing may ever ask there. */
let trapUrl: string;
let trapped = 0;

beforeAll(async () => {
  trap = createServer((_request, response) => response.end());
  trap.on('connection', () => {
    trapped += 1;
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  trapUrl = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  trap.close();
});
beforeEach(() => {
  home = makeHome();
  rememberCopies(home, 'LOOKING');
});
afterEach(async () => {
  await page.context().close();
  await shell.close();
  expect(trapped).toBe(0);
});

const target = () => join(home, 'Airlock', 'LOOKING');
const dialog = () => page.getByRole('dialog', { name: 'There is a file of this name already' });
const side = (name: 'From the stick' | 'On this computer') => dialog().getByRole('region', { name });
const copies = () => page.getByRole('region', { name: 'Copies' });
const eventually = <T>(what: () => T | Promise<T>) => expect.poll(what);

/** A stick with these files, and what stands in their places; up to the first question. */
async function ask(files: readonly LookFile[], there: Record<string, Uint8Array>): Promise<void> {
  for (const [name, content] of Object.entries(there)) {
    writeFileSync(join(target(), name), content);
    utimesSync(join(target(), name), 1_700_000_000, 1_700_000_000);
  }
  shell = await startShell(home, [placeLookStick(home, 'look.img', files)]);
  ({ page, problems } = await openPage(browser, shell));
}

async function copyAll(): Promise<void> {
  await page.getByRole('grid', { name: 'Files' }).waitFor();
  await page.getByRole('button', { name: 'Copy all', exact: true }).click();
  await dialog().waitFor();
}

/** Both sides are drawn, or said to have nothing to be seen. */
async function glanced(): Promise<void> {
  await dialog().locator('.pane[aria-busy=true]').first().waitFor({ state: 'detached' });
}

async function frameOf(name: Parameters<typeof side>[0]): Promise<Frame> {
  const handle = await side(name).locator('iframe').elementHandle();
  const frame = await handle?.contentFrame();
  if (frame == null) throw new Error('there is no frame');
  return frame;
}

describe('both sides', () => {
  afterEach(() => {
    expect(problems).toEqual([]);
  });

  it('are shown beside each other, each in a frame that takes no focus, and end with the answer', async () => {
    await ask([{ name: 'harbour.png', content: png(640, 420) }], { 'harbour.png': png(90, 120) });
    await copyAll();
    await side('From the stick').getByText('PNG picture · 640 × 420').waitFor();
    await side('On this computer').getByText('PNG picture · 90 × 120').waitFor();
    await glanced();
    await dialog().getByRole('img', { name: 'A glance at the file on this computer' }).waitFor();
    const drawn = await (await frameOf('On this computer')).locator('canvas').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      return [width, height];
    });
    expect(drawn).toEqual([90, 120]);

    expect(await axeFindings(page)).toEqual([]);
    expect(await axeFindingsInFrame(page, await frameOf('From the stick'))).toEqual([]);
    // Once around: the keyboard stays with the dialog's own controls.
    const met = new Set<string>();
    for (let i = 0; i < 8; i++) {
      met.add(await page.evaluate(() => document.activeElement?.tagName ?? ''));
      await page.keyboard.press('Tab');
    }
    expect([...met].filter((tag) => tag !== 'BUTTON' && tag !== 'INPUT' && tag !== 'DIV')).toEqual([]);

    const addresses = await dialog()
      .locator('iframe')
      .evaluateAll((frames) => frames.map((frame) => (frame as HTMLIFrameElement).src));
    const statuses = () => Promise.all(addresses.map(async (url) => (await fetch(`${url}content`)).status));
    if (shell.electron === null) expect(await statuses()).toEqual([200, 200]);
    await dialog().getByRole('button', { name: 'Keep both' }).click();
    await copies()
      .getByText(/^Copied 1 file/)
      .waitFor();
    if (shell.electron === null) await eventually(statuses).toEqual([404, 404]);
    expect(readdirSync(target()).sort()).toEqual(['harbour (2).png', 'harbour.png']);
  });

  it('stand one over the other in a narrow window', async () => {
    await ask([{ name: 'harbour.png', content: png(64, 42) }], { 'harbour.png': png(9, 12) });
    await page.setViewportSize({ width: 420, height: 760 });
    await copyAll();
    await glanced();
    const [above, below] = await Promise.all([
      side('From the stick').boundingBox(),
      side('On this computer').boundingBox(),
    ]);
    expect(below?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0));
    expect(below?.x).toBe(above?.x);
    expect(await axeFindings(page)).toEqual([]);
  });

  it('are texts and documents too; of what nothing can be seen the kind is told, and of what cannot be shown why', async () => {
    const files = [
      { name: 'a letter.txt', content: text('Dear sea,\nhow are you?\n') },
      { name: 'b letter.pdf', content: pdf(['A letter from the sea']) },
      { name: 'c things.zip', content: zip([{ name: 'a.txt' }]) },
      { name: 'd broken.png', content: Buffer.concat([png(64, 64).subarray(0, 33), Buffer.alloc(90, 0x41)]) },
    ];
    await ask(files, {
      'a letter.txt': text('Dear land,\n'),
      'b letter.pdf': text('no document at all\n'),
      'c things.zip': gzip(text('x')),
      'd broken.png': new Uint8Array(0),
    });
    await copyAll();
    await (await frameOf('From the stick')).getByText('how are you?').waitFor();
    await (await frameOf('On this computer')).getByText('Dear land').waitFor();
    await dialog().getByRole('button', { name: 'Skip' }).click();

    await dialog().getByText('b letter.pdf').waitFor();
    await side('From the stick').getByText('PDF document · 1 page').waitFor();
    await (await frameOf('From the stick')).locator('.sheet canvas').waitFor();
    await side('On this computer').getByText('Text', { exact: true }).waitFor();
    await dialog().getByRole('button', { name: 'Skip' }).click();

    await dialog().getByText('c things.zip').waitFor();
    await side('From the stick').getByText('No preview of this kind of file').waitFor();
    await side('From the stick').getByText('ZIP archive').waitFor();
    await side('On this computer').getByText('gzip archive').waitFor();
    expect(await dialog().locator('iframe').count()).toBe(0);
    await dialog().getByRole('button', { name: 'Skip' }).click();

    await dialog().getByText('d broken.png').waitFor();
    await side('From the stick').getByText('This cannot be shown. It is damaged, or not what it says it is.').waitFor();
    await side('On this computer').getByText('This file is empty.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Skip' }).click();
    await copies().getByText('4 skipped').waitFor();
  });

  it('are not followed where a link stands: it leads to nothing that is shown', async () => {
    writeFileSync(join(home, 'secret.txt'), 'a secret of this computer\n');
    symlinkSync(join(home, 'secret.txt'), join(target(), 'note.txt'));
    await ask([{ name: 'note.txt', content: text('from the stick\n') }], {});
    await copyAll();
    await side('On this computer').getByText('Only files can be looked into.').waitFor();
    await (await frameOf('From the stick')).getByText('from the stick').waitFor();
    expect(await dialog().locator('iframe').count()).toBe(1);
    await dialog().getByRole('button', { name: 'Replace' }).click();
    await copies()
      .getByText(/^Copied 1 file/)
      .waitFor();
    expect(readFileSync(join(home, 'secret.txt'), 'utf8')).toBe('a secret of this computer\n');
  });
});

describe('files that are made to do harm', () => {
  it('change nothing but their own pane, on either side, and reach nobody', async () => {
    const script = `fetch('${trapUrl}js');new Image().src='${trapUrl}img';top.document.title='owned';document.title='owned'`;
    const svg = text(`<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60" onload="${script}">
      <script>${script}</script><style>@import url('${trapUrl}css')</style><image href="${trapUrl}image.png" width="9" height="9"/>
      <foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${trapUrl}frame"/></foreignObject>
      <rect width="80" height="60" fill="teal"/></svg>`);
    const html =
      text(`<!doctype html><meta http-equiv="refresh" content="0;url=${trapUrl}refresh"><script>${script}</script>
      <img src="${trapUrl}img" onerror="${script}"><input autofocus onfocus="${script}">`);
    await ask(
      [
        { name: 'a page.html', content: html },
        { name: 'b drawing.svg', content: svg },
      ],
      { 'a page.html': html.slice(1), 'b drawing.svg': text(`${Buffer.from(svg).toString()} `) },
    );
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await copyAll();
    await glanced();
    for (const name of ['From the stick', 'On this computer'] as const)
      await (await frameOf(name)).getByText('onerror').first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('IFRAME');
    await dialog().getByRole('button', { name: 'Skip' }).click();
    await dialog().getByText('b drawing.svg').waitFor();
    await glanced();
    for (const name of ['From the stick', 'On this computer'] as const) {
      const frame = await frameOf(name);
      await frame.locator('.stage canvas').waitFor();
      expect(await frame.title()).not.toBe('owned');
    }
    expect(await page.title()).toBe('Airlock');
    expect(asked.filter((url) => url.startsWith(trapUrl))).toEqual([]);
    await dialog().getByRole('button', { name: 'Skip' }).click();
    await copies().getByText('2 skipped').waitFor();
  });
});

describe('a question', () => {
  it.skipIf(ON_ELECTRON)('is looked into once, however often other copies tell how far they are', async () => {
    await ask([{ name: 'a.png', content: png(9, 9) }], {});
    const context = await browser.newContext({ viewport: { width: 1180, height: 760 }, locale: 'en-GB' });
    const other = await context.newPage();
    const conflict: Conflict = {
      path: '/DCIM/IMG_000001.JPG',
      targetPath: '/home/me/Airlock/CAMERA/IMG_000001.JPG',
      source: { sizeBytes: 5, mtimeMs: 0 },
      existing: { sizeBytes: 6, mtimeMs: 1 },
    };
    const asking = job({ mediumId: DEVICE.id, state: 'asking', conflict });
    await standIn(other, { media: [DEVICE], jobs: [asking], entryCount: 3, unsandboxed: false });
    await other.goto(shell.url);
    await other.getByRole('dialog').getByText('Reading…').nth(1).waitFor();
    for (let doneFiles = 1; doneFiles < 4; doneFiles++) {
      await other.evaluate(
        (detail) => window.dispatchEvent(new CustomEvent('airlock:jobs', { detail })),
        [{ ...asking, conflict: { ...conflict } }, job({ id: 'other', mediumId: 'other', doneFiles })],
      );
      await other.getByText(`${doneFiles} of 113 files`).first().waitFor({ state: 'attached' });
    }
    expect(await askedOf(other, ['preview.open', 'preview.openConflict'])).toEqual([
      ['preview.open', DEVICE.id, 0, conflict.path, null],
      ['preview.openConflict', asking.id, conflict.path],
    ]);
    await context.close();
  });
});

describe('answering', () => {
  it.skipIf(ON_ELECTRON)('waits for no glance: neither for a session nor for bytes that never come', async () => {
    await ask(
      [
        { name: 'a.png', content: png(64, 42) },
        { name: 'b.png', content: png(64, 42) },
      ],
      { 'a.png': png(9, 12), 'b.png': png(9, 12) },
    );
    // A page of its own, of which the shell never hears that it wants to look.
    let silent = true;
    const context = await browser.newContext({ viewport: { width: 1180, height: 760 }, locale: 'en-GB' });
    const token = await nextToken();
    await page.context().close();
    page = await context.newPage();
    await page.routeWebSocket(/\/bridge$/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((sent) => {
        if (!silent || !/"name":"preview\.open/.test(String(sent))) server.send(sent);
      });
      server.onMessage((sent) => socket.send(sent));
    });
    await page.route(/\/content$/, () => {});
    await page.goto(shell.url.replace(/#.*/, `#${token}`));
    await copyAll();
    await side('From the stick').getByText('Reading…').waitFor();
    await side('On this computer').getByText('Reading…').waitFor();
    silent = false;
    await dialog().getByRole('button', { name: 'Keep both' }).click();

    await dialog().getByText('b.png').waitFor();
    await dialog().locator('iframe').nth(1).waitFor({ state: 'attached' });
    await dialog().getByRole('checkbox').check();
    await dialog().getByRole('button', { name: 'Replace' }).click();
    await copies()
      .getByText(/^Copied 2 files/)
      .waitFor();
    expect(readdirSync(target()).sort()).toEqual(['a (2).png', 'a.png', 'b.png']);
  });
});

/** Of the page that is open: for the next one. */
async function nextToken(): Promise<string> {
  await page.getByRole('grid', { name: 'Files' }).waitFor();
  return page.evaluate(() => sessionStorage.getItem('airlock-token') ?? location.hash.slice(1));
}
