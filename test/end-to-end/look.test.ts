/** Quick Look: every kind of file is shown in the sandboxed frame, by keyboard too, and files that are made to do harm change nothing but their own pane. */

import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import iconv from 'iconv-lite';
import type { Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SECRET_SEVEN_ZIP, SEVEN_ZIP, sevenZipOf } from '../builders/seven-zip.ts';
import { testImage } from '../images/library.ts';
import { chromiumMade } from './chromium-made.ts';
import { axeFindings, axeFindingsInFrame, sha256 } from './evidence.ts';
import {
  fontFile,
  gzip,
  type LookFile,
  pdf,
  placeLookStick,
  png,
  tar,
  tarOfZeros,
  text,
  wav,
  zip,
} from './look-stick.ts';
import { makeHome, placeImage } from './shell.ts';
import { useShell } from './use-shell.ts';

const CODE = "export const access = 'user\u202e \u2066// check\u2069';\nlet total = 0;\n";
const LINE = 'The same line of a long text, over and over again, until it is long.\n';
const GERMAN = 'Die Straße führt über den Fluß. Schöne Grüße aus Köln, wo die Bäume blühen.\n'.repeat(6);
const JAPANESE = '色は匂へど散りぬるを我が世誰ぞ常ならむ。これは日本語の文章です。\n'.repeat(6);
const LONG_LINE_BYTES = 100 * 1024 * 1024;

/** All files in sight at once: none has to be scrolled to, in a list that brings the chosen one back into sight. */
const VIEWPORT = { width: 1180, height: 1800 };

const airlock = useShell();
let page: Page;
let folder: string;
let image: string;
let imageHash: string;
let trap: Server;
/** Where hostile files lead: nothing may ever ask there. */
let trapUrl: string;
let asked = 0;
let connections = 0;

function friendly(made: Awaited<ReturnType<typeof chromiumMade>>): LookFile[] {
  return [
    { name: 'harbour.png', content: png(640, 420) },
    { name: 'sunset.jpg', content: made.jpeg },
    { name: 'sunset.webp', content: made.webp },
    {
      name: 'drawing.svg',
      content: text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'),
    },
    { name: 'german.txt', content: iconv.encode(GERMAN, 'windows-1252') },
    { name: 'japanese.txt', content: iconv.encode(JAPANESE, 'shift_jis') },
    { name: 'wide.txt', content: iconv.encode('Füße', 'utf-16le', { addBOM: true }) },
    { name: 'code.ts', content: text(CODE) },
    { name: 'long.txt', content: text(`${LINE.repeat(60_000)}the very last line\n`) },
    { name: 'thick.pdf', content: pdf(Array.from({ length: 503 }, (_, i) => `Leaf ${i + 1}`)) },
    { name: 'letter.pdf', content: pdf(['A letter from the sea', 'The second page', 'The third page']) },
    {
      name: 'things.zip',
      content: zip([{ name: 'Letters/' }, { name: 'Letters/summer.txt', content: 'x'.repeat(3000) }]),
    },
    {
      name: 'things.tar',
      content: tar([
        { name: 'one/a.txt', content: 'hello' },
        { name: 'b.txt', content: 'x'.repeat(900) },
      ]),
    },
    { name: 'things.tgz', content: gzip(tar([{ name: 'packed.txt', content: 'hello' }])) },
    { name: 'things.7z', content: SEVEN_ZIP },
    { name: 'secret.7z', content: SECRET_SEVEN_ZIP },
    { name: 'note.gz', content: gzip(text('words that were packed\n')) },
    { name: 'tone.wav', content: wav(3) },
    { name: 'film.webm', content: made.webm },
    { name: 'sans.ttf', content: fontFile() },
    {
      name: 'unknown.dat',
      content: Buffer.concat([Buffer.from([0, 1, 2, 0xff, 0xfe]), text('version 1.2.3'), Buffer.alloc(9)]),
    },
    { name: 'empty.txt', content: new Uint8Array(0) },
  ];
}

function hostile(): LookFile[] {
  const lines = [
    `fetch('${trapUrl}js')`,
    `new Image().src='${trapUrl}img'`,
    "top.document.title='owned'",
    "document.title='owned'",
  ];
  const script = lines.join(';');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="80" height="60" onload="${script}">
    <script>${script}</script><style>@import url('${trapUrl}css'); rect { fill: url('${trapUrl}fill') }</style>
    <image xlink:href="${trapUrl}image.png" width="9" height="9"/><use href="${trapUrl}use.svg#a"/>
    <foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${trapUrl}frame"/></foreignObject>
    <rect width="80" height="60"/></svg>`;
  const html = `<!doctype html><meta http-equiv="refresh" content="0;url=${trapUrl}refresh"><link rel="preconnect" href="${trapUrl}">
    <script>${script}</script><img src="${trapUrl}img" onerror="${script}"><form action="${trapUrl}form"><button autofocus>send</button></form>`;
  const act = `/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); app.launchURL\\("${trapUrl}pdf"\\);) >>`;
  const pdfTricks = `${act} /AA << /WC << /S /URI /URI (${trapUrl}aa) >> >> /Names << /JavaScript << /Names [(a) 8 0 R] >> >>`;
  const submit = `<< /S /SubmitForm /F << /FS /URL /F (${trapUrl}submit) >> >>`;
  return [
    { name: 'script.svg', content: text(svg) },
    { name: 'page.html', content: text(html) },
    {
      name: 'both.gif',
      content: Buffer.concat([text(`GIF89a/*`), Buffer.from([1, 0, 0, 0]), text(`*/=1;${script}//`)]),
    },
    { name: 'acts.pdf', content: pdf(['A page that acts', 'And another'], pdfTricks, [submit]) },
    { name: 'bomb.png', content: png(2, 2, { width: 50_000, height: 50_000 }) },
    { name: 'broken.png', content: Buffer.concat([png(64, 64).subarray(0, 33), Buffer.alloc(90, 0x41)]) },
    {
      name: 'broken.jpg',
      content: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.alloc(200, 0x41)]),
    },
    {
      name: 'broken.mp4',
      content: Buffer.concat([Buffer.from([0, 0, 0, 24]), text('ftypisom'), Buffer.alloc(400, 0x7f)]),
    },
    { name: 'broken.pdf', content: text(`%PDF-1.7\n${'nothing that a PDF has\n'.repeat(20)}%%EOF`) },
    {
      name: 'bomb.zip',
      content: zip([
        { name: 'zeros.bin', content: 'x', saidSize: 4_000_000_000 },
        { name: '../../evil.sh' },
        { name: 'hidden.txt', content: 'x', encrypted: true },
      ]),
    },
    {
      name: 'bomb.7z',
      content: sevenZipOf([
        { name: 'zeros.bin', sizeBytes: 4_000_000_000 },
        { name: '../../evil.sh', sizeBytes: 1 },
      ]),
    },
    { name: 'broken.7z', content: Buffer.concat([SEVEN_ZIP.subarray(0, 100), Buffer.alloc(200, 0x41)]) },
    { name: 'bomb.gz', content: gzip(Buffer.alloc(30 * 1024 * 1024)) },
    { name: 'bomb.tgz', content: gzip(tarOfZeros(8_000_000_000, 300 * 1024 * 1024)) },
    { name: 'line.txt', content: Buffer.alloc(LONG_LINE_BYTES, 0x61) },
    { name: 'invoice.pdf', content: text('#!/bin/sh\nrm -rf ~\n') },
    { name: 'markup.txt', content: text(`<img src=x onerror="${script}"> <b>not bold</b>\n`) },
  ];
}

beforeAll(async () => {
  trap = createServer((_request, response) => {
    asked += 1;
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('trapped');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  trap.on('connection', () => {
    connections += 1;
  });
  trapUrl = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/`;
  folder = makeHome();
  image = placeLookStick(folder, 'look.img', [...friendly(await chromiumMade(airlock.browser())), ...hostile()]);
  imageHash = sha256(image);
});
afterAll(() => {
  trap.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  page = await airlock.start([image], { viewport: VIEWPORT });
  await grid().getByText('harbour.png', { exact: true }).waitFor();
});
afterEach(() => {
  expect(sha256(image)).toBe(imageHash);
  expect(asked).toBe(0);
});

const grid = () => page.getByRole('grid', { name: 'Files' });
const dialog = (name: string) => page.getByRole('dialog', { name });
const pane = () => page.frameLocator('.look iframe');
const header = () => page.locator('.look header');

/** Closes Quick Look. Not by a key: where the frame has the focus the browser waits for its answer, and it is gone by then. */
async function leaveLook(): Promise<void> {
  await header().getByRole('button', { name: 'Close' }).click();
  await page.locator('.look').waitFor({ state: 'detached' });
  await listHasFocus();
}

const focused = (attribute: string) =>
  page.evaluate((name) => document.activeElement?.getAttribute(name) ?? null, attribute);
const listHasFocus = () => expect.poll(() => focused('role')).toBe('grid');
const lookHasFocus = () => expect.poll(() => focused('role')).toBe('dialog');

/** Selects the file and presses space. Resolves when it is shown, or when it is told why not. */
async function lookAt(name: string): Promise<void> {
  if ((await page.locator('.look').count()) > 0) await leaveLook();
  await select(name);
  await page.keyboard.press(' ');
  await shown(name);
}

async function select(name: string): Promise<void> {
  await grid().locator('[role=row] .label').getByText(name, { exact: true }).click();
  await grid().locator('[role=row][aria-selected=true] .label').getByText(name, { exact: true }).waitFor();
  await listHasFocus();
}

/** What the header says of the file; some of it comes when the frame has seen the file. */
const saysOfIt = (words: string) => expect.poll(() => header().locator('p').textContent()).toContain(words);

async function shown(name: string): Promise<void> {
  await dialog(name).waitFor();
  await page.locator('.look .content[aria-busy=false]').waitFor();
}

/**
 * A key while the frame has the focus. Not by the browser's own input: that waits for an answer of the frame, which the key may be the end of.
 */
async function pressInPane(selector: string, key: string): Promise<void> {
  await pane().locator(selector).focus();
  await expect.poll(() => focused('sandbox')).toBe('allow-scripts');
  await pane().locator(selector).dispatchEvent('keydown', { key });
}

/** The frame itself, for what a locator cannot ask. */
async function paneFrame(): Promise<Frame> {
  const handle = await page.locator('.look iframe').elementHandle();
  const frame = await handle?.contentFrame();
  if (frame == null) throw new Error('there is no frame');
  return frame;
}

describe('looking at', () => {
  it('pictures: drawn at their size', async () => {
    for (const [name, kind, size] of [
      ['harbour.png', 'PNG picture', '640 × 420'],
      ['sunset.jpg', 'JPEG picture', '1,600 × 1,000'],
      ['sunset.webp', 'WebP picture', '1,600 × 1,000'],
      ['drawing.svg', 'SVG drawing', ''],
    ] as const) {
      await lookAt(name);
      await pane().locator('img').waitFor();
      await saysOfIt(kind);
      await saysOfIt(size);
    }
    await lookAt('sunset.jpg');
    const drawn = pane().locator('img');
    const fits = async () => (await drawn.boundingBox())?.width ?? 0;
    await expect.poll(fits).toBeGreaterThan(0);
    expect(await fits()).toBeLessThan(1100);
    await pane().getByRole('button', { name: 'Actual size' }).click();
    await expect.poll(fits).toBe(1600);
  });

  it('texts in whatever encoding, source code with colours, direction overrides as marks', async () => {
    for (const [name, charset, words] of [
      ['german.txt', 'WINDOWS-1252', 'Schöne Grüße aus Köln'],
      ['japanese.txt', 'SHIFT_JIS', '色は匂へど散りぬるを'],
      ['wide.txt', 'UTF-16LE', 'Füße'],
    ] as const) {
      await lookAt(name);
      await pane().getByText(words).first().waitFor();
      await saysOfIt(charset);
    }
    await lookAt('code.ts');
    await expect.poll(() => pane().locator('.hljs-keyword').allTextContents()).toEqual(['export', 'const', 'let']);
    await expect.poll(() => pane().locator('.mark').allTextContents()).toEqual(['U+202E', 'U+2066', 'U+2069']);
    await saysOfIt('2 lines');
  });

  it('a long text part by part, to its last line', async () => {
    await lookAt('long.txt');
    await pane().getByText('Part 1 of 4').waitFor();
    await pane().getByRole('button', { name: 'End' }).click();
    await pane().getByText('Part 4 of 4').waitFor();
    await expect
      .poll(async () => {
        await pane()
          .locator('.text')
          .evaluate((list) => list.scrollTo(0, list.scrollHeight));
        return (await pane().locator('.text').textContent())?.includes('the very last line');
      })
      .toBe(true);
  });

  it('a PDF: pages drawn, with their words', async () => {
    await lookAt('letter.pdf');
    await pane().locator('.sheet canvas').first().waitFor();
    await pane().getByText('A letter from the sea').waitFor({ state: 'attached' });
    await saysOfIt('3 pages');
    const ink = () =>
      pane()
        .locator('.sheet canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
          let dark = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i] < 100) dark += 1;
          return dark;
        });
    await expect.poll(ink).toBeGreaterThan(500);
    await lookAt('thick.pdf');
    await pane().getByText('Leaf 1', { exact: true }).waitFor({ state: 'attached' });
    await expect.poll(() => pane().locator('.sheet').count()).toBe(500);
    await pane().getByRole('button', { name: 'More pages' }).click();
    await expect.poll(() => pane().locator('.sheet').count()).toBe(503);
    await pane().locator('.sheet').last().scrollIntoViewIfNeeded();
    await pane().getByText('Leaf 503', { exact: true }).waitFor({ state: 'attached' });
  });

  it('archives: what is in them', async () => {
    for (const [name, entries] of [
      ['things.zip', ['Letters/', 'Letters/summer.txt']],
      ['things.tar', ['b.txt', 'one/a.txt']],
      ['things.tgz', ['packed.txt']],
      ['things.7z', ['Letters', 'Letters/summer.txt', 'empty', 'nothing.txt', 'süß 🌊.txt']],
    ] as const) {
      await lookAt(name);
      await pane().locator('td.name').first().waitFor();
      await expect.poll(() => pane().locator('td.name').allTextContents()).toEqual(entries);
    }
    await lookAt('secret.7z');
    await pane().getByText('7z archive, format 0.4').waitFor();
    await page.getByText('The list of this archive is encrypted').waitFor();
    await lookAt('note.gz');
    await pane().getByText('words that were packed').waitFor();
  });

  it('sound and film: length, size, and any place in them by ranges', async () => {
    await lookAt('tone.wav');
    await saysOfIt('0:03');
    const at = await pane()
      .locator('audio')
      .evaluate(async (audio: HTMLAudioElement) => {
        await new Promise((resolve) => {
          audio.addEventListener('seeked', resolve, { once: true });
          audio.currentTime = 2;
        });
        return audio.currentTime;
      });
    expect(at).toBe(2);
    await lookAt('film.webm');
    await saysOfIt('640 × 360');
    const film = () =>
      pane()
        .locator('video')
        .evaluate((video: HTMLVideoElement) => [video.videoWidth, video.paused]);
    await expect.poll(film).toEqual([640, true]);
  });

  it('fonts, and files of no known kind by their strings', async () => {
    await lookAt('sans.ttf');
    await pane().getByText('The quick brown fox').first().waitFor();
    const frame = await paneFrame();
    const fonts = () => frame.evaluate(() => [...document.fonts].map((font) => [font.family, font.status]));
    await expect.poll(fonts).toEqual([['looked-at', 'loaded']]);
    await lookAt('unknown.dat');
    await pane().getByText('version 1.2.3').waitFor();
    await lookAt('empty.txt');
    await page.getByText('This file is empty.').waitFor();
  });

  it('any file as bytes, and what the file system knows of it', async () => {
    await lookAt('letter.pdf');
    await page.getByRole('button', { name: 'Hex', exact: true }).click();
    await pane().locator('.row').first().waitFor();
    await pane().locator('.row').first().getByText('25 50 44 46 2d 31 2e 37').waitFor();
    await page.getByRole('button', { name: 'Details', exact: true }).click();
    await dialog('letter.pdf').getByText('File number').waitFor();
    await page.locator('.look iframe').waitFor({ state: 'detached' });
    await lookAt('long.txt');
    await page.getByRole('button', { name: 'Hex', exact: true }).click();
    await pane().getByRole('textbox').fill('0x3f7a0');
    await pane().getByRole('button', { name: 'Go' }).click();
    await pane().getByText('0003f7a0').waitFor();
    // Six million rows, which no page is tall enough for.
    await lookAt('line.txt');
    await page.getByRole('button', { name: 'Hex', exact: true }).click();
    await pane().locator('.row').first().waitFor();
    await page.keyboard.press('End');
    await pane().getByText('063ffff0').waitFor();
    const first = pane().locator('.row').first();
    const atEnd = await first.textContent();
    await pane().locator('.bytes').hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(() => pane().getByText('063ffff0').count()).toBe(0);
    expect(await first.textContent()).not.toBe(atEnd);
    await pane().getByText('063ffe00').waitFor();
  });

  it('by keyboard: arrows lead on, the frame gives its keys back, and the list has the focus afterwards', async () => {
    await lookAt('sunset.jpg');
    await page.keyboard.press('ArrowRight');
    await shown('sunset.webp');
    await page.keyboard.press('ArrowUp');
    await shown('sunset.jpg');
    await page.locator('.look [role=status].only-read').getByText('A look into sunset.jpg').waitFor();
    await pressInPane('.stage', 'ArrowRight');
    await shown('sunset.webp');
    await pressInPane('.stage', 'Escape');
    await page.locator('.look').waitFor({ state: 'detached' });
    await listHasFocus();
    await grid().locator('[role=row].active .label').getByText('sunset.webp', { exact: true }).waitFor();
    await page.keyboard.press(' ');
    await shown('sunset.webp');
    await lookHasFocus();
    await page.keyboard.press(' ');
    await page.locator('.look').waitFor({ state: 'detached' });
  });

  it('is accessible, in the frame as around it', async () => {
    for (const name of ['sunset.jpg', 'code.ts', 'letter.pdf', 'bomb.zip']) {
      await lookAt(name);
      expect(await axeFindingsInFrame(page, await paneFrame()), `${name} in the frame`).toEqual([]);
    }
    await page.locator('.look .warning').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Hex', exact: true }).click();
    await pane().locator('.row').first().waitFor();
    expect(await axeFindingsInFrame(page, await paneFrame()), 'hex').toEqual([]);
  });
});

describe('what is no plain file', () => {
  it('streams and attributes are shown as bytes, folders and links as what they are', async () => {
    await airlock.stop();
    page = await airlock.start([placeImage(airlock.home(), 'ext4.img', testImage('ext4-default-4k').bytes())]);
    await lookAt('README.TXT');
    await page.getByRole('button', { name: 'Details', exact: true }).click();
    await dialog('README.TXT').getByRole('button', { name: 'user.comment' }).click();
    await expect.poll(() => pane().locator('.characters').allTextContents()).toEqual(['hello xattr']);
    await expect.poll(() => header().locator('p').textContent()).toBe('stream user.comment · 11 B');
    await leaveLook();
    await select('lost+found');
    await page.keyboard.press(' ');
    await dialog('lost+found').getByText('A folder. Open it to see what is in it.').waitFor();
    expect(await page.locator('.look iframe').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('files that are made to do harm', () => {
  it('change nothing but their own pane, and nothing is asked beyond the session of the file', async () => {
    const addresses: string[] = [];
    const events: string[] = [];
    page.context().on('request', (request) => addresses.push(request.url()));
    page.on('dialog', (opened) => events.push(`dialog ${opened.message()}`));
    page.on('download', (started) => events.push(`download ${started.url()}`));
    page.context().on('page', (opened) => events.push(`window ${opened.url()}`));
    const sessions = new Set<string>();
    for (const [name, shown] of [
      ['script.svg', async () => pane().locator('img').waitFor()],
      ['page.html', async () => pane().getByText('http-equiv').waitFor()],
      ['both.gif', async () => page.getByText('This cannot be shown.').waitFor()],
      ['acts.pdf', async () => pane().getByText('A page that acts').waitFor({ state: 'attached' })],
      ['acts.pdf', async () => page.getByText('What would act in it does not act here.').waitFor()],
      ['bomb.png', async () => page.getByText('This picture is too large to be decoded.').waitFor()],
      ['broken.png', async () => page.getByText('This cannot be shown.').waitFor()],
      ['broken.jpg', async () => page.getByText('This cannot be shown.').waitFor()],
      ['broken.mp4', async () => page.getByText('This cannot be shown').waitFor()],
      ['broken.pdf', async () => page.getByText('This cannot be shown.').waitFor()],
      ['bomb.zip', async () => page.getByText('unpacks to absurdly much').waitFor()],
      ['bomb.7z', async () => page.getByText('unpacks to absurdly much').waitFor()],
      ['broken.7z', async () => page.getByText('This cannot be shown.').waitFor()],
      ['bomb.gz', async () => page.getByText('Only the beginning was looked at.').waitFor()],
      ['bomb.tgz', async () => page.getByText('unpacks to absurdly much').waitFor()],
      ['line.txt', async () => pane().getByText('Part 1 of 100').waitFor()],
      [
        'invoice.pdf',
        async () => page.getByText('Its name ends in .pdf, but by its content it is something else: Script.').waitFor(),
      ],
      ['markup.txt', async () => pane().getByText('<b>not bold</b>').waitFor()],
    ] as const) {
      await lookAt(name);
      await shown();
      // Where the frame was given up, because of what it said, there is none to look at.
      const address = await page.evaluate(() => document.querySelector('.look iframe')?.getAttribute('src') ?? null);
      if (address !== null) {
        sessions.add(address);
        expect((await paneFrame()).url()).toBe(address);
      }
      expect(await page.title()).toBe('Airlock');
    }
    await lookAt('bomb.zip');
    await expect.poll(() => pane().locator('.tag').allTextContents()).toEqual(['unsafe name', 'encrypted']);
    await lookAt('bomb.7z');
    await expect.poll(() => pane().locator('.tag').allTextContents()).toEqual(['unsafe name']);

    const app = new URL(page.url()).origin;
    const preview = new URL([...sessions][0]).origin;
    expect(preview).not.toBe(app);
    const strange = addresses.filter(
      (url) => !url.startsWith(`${app}/`) && !url.startsWith(`${preview}/`) && !url.startsWith('blob:null/'),
    );
    expect(strange).toEqual([]);
    const own = addresses.filter((url) => url.startsWith(`${preview}/`)).map((url) => new URL(url).pathname);
    expect(own.length).toBeGreaterThan(30);
    expect(own.filter((path) => !/^\/[\w-]{43}\/(?:content|app\/[\w./-]+)?$/.test(path))).toEqual([]);
    expect(events).toEqual([]);
    expect(airlock.problems()).toEqual([]);
    expect(connections).toBe(0);
  });

  it('get nowhere even with all of the frame’s own powers', async () => {
    await lookAt('markup.txt');
    const frame = await paneFrame();
    const app = new URL(page.url()).origin;
    const results = await frame.evaluate(
      async ([trapAddress, appAddress]) => {
        const refused = async (work: () => unknown) => {
          try {
            await work();
            return 'allowed';
          } catch {
            return 'refused';
          }
        };
        const loads = (element: HTMLElement, address: string) =>
          new Promise((resolve, reject) => {
            element.onload = resolve;
            element.onerror = reject;
            element.setAttribute('src', address);
            document.body.append(element);
            setTimeout(() => reject(new Error('nothing came')), 3000);
          });
        const here = location.href;
        return {
          origin: self.origin,
          fetchTrap: await refused(() => fetch(trapAddress)),
          fetchOpaque: await refused(() => fetch(trapAddress, { mode: 'no-cors' })),
          fetchApp: await refused(() => fetch(appAddress)),
          fetchOtherPath: await refused(() => fetch(new URL('/x/content', here))),
          fetchOwn: await refused(() => fetch('content')),
          image: await refused(() => loads(document.createElement('img'), `${trapAddress}a.png`)),
          script: await refused(() => loads(document.createElement('script'), `${trapAddress}a.js`)),
          module: await refused(() => import(/* @vite-ignore */ `${trapAddress}b.js`)),
          evaluation: await refused(() => Reflect.construct(Function, ['return 1'])),
          worker: await refused(() => new Worker(`${trapAddress}w.js`)),
          bridge: await refused(() => (parent as unknown as { airlock: unknown }).airlock),
          parentDocument: await refused(() => parent.document.title),
          topNavigation: await refused(() => {
            if (top !== null) top.location.href = 'about:blank#gone';
          }),
          storage: await refused(() => localStorage.length),
          cookies: await refused(() => document.cookie),
          databases: await refused(
            () =>
              new Promise((resolve, reject) => {
                const opening = indexedDB.open('x');
                opening.onsuccess = resolve;
                opening.onerror = reject;
              }),
          ),
          serviceWorker: await refused(() => navigator.serviceWorker.register('sw.js')),
          missing: ['WebSocket', 'RTCPeerConnection', 'WebTransport', 'EventSource', 'XMLHttpRequest', 'open'].filter(
            (name) => name in window,
          ),
        };
      },
      [trapUrl, `${app}/`],
    );
    expect(results).toEqual({
      origin: 'null',
      fetchTrap: 'refused',
      fetchOpaque: 'refused',
      fetchApp: 'refused',
      fetchOtherPath: 'refused',
      fetchOwn: 'allowed',
      image: 'refused',
      script: 'refused',
      module: 'refused',
      evaluation: 'refused',
      worker: 'refused',
      bridge: 'refused',
      parentDocument: 'refused',
      topNavigation: 'refused',
      storage: 'refused',
      cookies: 'refused',
      databases: 'refused',
      serviceWorker: 'refused',
      missing: [],
    });
    // It says of itself that it was sent, whatever becomes of it: that nothing comes to the trap is what counts.
    await frame.evaluate((address) => navigator.sendBeacon(address, 'x'), trapUrl);
    // What it says is held against a short list; the rest is not heard.
    await frame.evaluate(() => {
      for (const message of [
        'close',
        { type: 'key', key: 'close' },
        { type: 'failed', code: '<b>x</b>' },
        { type: 'facts', facts: { width: 'x', charset: '<i>', notes: ['y'] } },
      ])
        parent.postMessage(message, '*');
    });
    await frame.evaluate((address) => {
      for (const how of [
        () => document.body.insertAdjacentHTML('beforeend', `<iframe src="${address}"></iframe>`),
        () => document.forms[0]?.submit(),
      ])
        try {
          how();
        } catch {
          // Trusted Types refuse markup.
        }
      const form = document.createElement('form');
      form.action = address;
      form.method = 'post';
      document.body.append(form);
      form.submit();
      const inner = document.createElement('iframe');
      inner.src = address;
      document.body.append(inner);
    }, trapUrl);
    await dialog('markup.txt').waitFor();
    // It may try to lead itself elsewhere, but the page's policy for frames has no other address. (Chromium may open an empty connection before it
    // asks the policy, and says nothing over it.)
    await frame.evaluate((address) => location.assign(address), trapUrl).catch(() => null);
    await expect.poll(() => frame.url()).toBe('chrome-error://chromewebdata/');
    await lookAt('harbour.png');
    await pane().locator('img').waitFor();
    // The policies tell what they refused.
    airlock.forgetProblems();
  });

  it('that never end are ended, while the window goes on', async () => {
    await lookAt('markup.txt');
    const frame = await paneFrame();
    void frame
      .evaluate(() => {
        for (;;);
      })
      .catch(() => null);
    await page.getByText('Showing this took too long and was ended.').waitFor({ timeout: 120_000 });
    await page.locator('.look iframe').waitFor({ state: 'detached' });
    await lookHasFocus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => page.locator('.look .look-title').textContent()).not.toBe('markup.txt');
  });

  it('leave an address behind that answers nobody', async () => {
    await lookAt('markup.txt');
    const address = (await page.locator('.look iframe').getAttribute('src')) ?? '';
    // Its page goes out once, and into a frame only.
    expect((await fetch(address)).status).toBe(404);
    expect((await fetch(`${address}content`)).status).toBe(200);
    await leaveLook();
    await expect.poll(async () => (await fetch(`${address}content`)).status).toBe(404);
    expect((await fetch(new URL('/', address))).status).toBe(404);
    // A window that is gone closes nothing by itself.
    await lookAt('code.ts');
    const left = (await page.locator('.look iframe').getAttribute('src')) ?? '';
    expect((await fetch(`${left}content`)).status).toBe(200);
    await page.context().close();
    await expect.poll(async () => (await fetch(`${left}content`)).status).toBe(404);
  });
});
