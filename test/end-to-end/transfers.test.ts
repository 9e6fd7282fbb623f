/** Copies as a queue, through the browser shell: pause, turns, another try, what is wanted by content, room, reports as files, marks of provenance. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileEntry, zipFile } from '../builders/zip.ts';
import { testImage } from '../images/library.ts';
import { readAttribute } from '../support/xattr.ts';
import { axeFindings } from './evidence.ts';
import { placeLookStick } from './look-stick.ts';
import { placeImage } from './shell.ts';
import { placeCrossLinkedStick, placeStick } from './sticks.ts';
import { useShell } from './use-shell.ts';

/** Long enough to be met in mid-copy on any machine; holes on the disk that it comes from. */
const LARGE = 2_000_000_000;

const airlock = useShell();
let home: string;
let page: Page;

beforeEach(() => {
  home = airlock.home();
});

async function start(image: string): Promise<void> {
  page = await airlock.start([image]);
  await page.getByRole('grid', { name: 'Files' }).waitFor();
}

const copies = () => page.getByRole('region', { name: 'Copies' });
const copyAll = () => page.getByRole('button', { name: 'Copy all', exact: true }).click();
const bytes = (text: string) => new TextEncoder().encode(text);
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]);

describe('the queue', () => {
  it('pauses a copy in mid-file, lets the next one wait, shows each file’s state, and goes on', async () => {
    const film = { name: 'film.mkv', sizeBytes: LARGE };
    await start(placeStick(home, 'film.img', 'FILMS', [], [film, { name: 'a note.txt', sizeBytes: 5 }]));
    await copyAll();
    await copies().getByText('Copying from film.img').waitFor();
    await copies().getByRole('button', { name: 'Pause the copy from film.img' }).click();
    await copies().getByText('Paused: copying from film.img').waitFor();
    expect(readdirSync(join(home, 'Airlock', 'FILMS'))).not.toContain('film.mkv');

    await page.getByRole('row', { name: /a note\.txt/ }).click();
    await page.getByRole('button', { name: 'Copy selected (1)' }).click();
    await copies().getByText('Waiting for an earlier copy from film.img').waitFor();

    await copies().getByRole('button', { name: 'Details of the copy from film.img' }).first().click();
    const files = copies().getByRole('region', { name: 'Files of this copy' });
    await files.getByRole('listitem').filter({ hasText: 'film.mkv' }).getByText('In work').waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await copies().getByRole('button', { name: 'Go on with the copy from film.img' }).click();
    await copies().getByText('Copying from film.img').waitFor();
    await copies().getByRole('button', { name: 'Cancel the copy from film.img' }).first().click();
    await copies().getByText('Cancelled', { exact: false }).first().waitFor();
    // The one behind it has its turn.
    await copies()
      .getByText(/^(Copied 1 file|Waiting for your decision)/)
      .waitFor();
  });

  it('says what is missing when the medium goes in mid-copy, and goes on when it is back', async () => {
    const film = { name: 'film.mkv', sizeBytes: LARGE };
    const place = () => placeStick(home, 'film.img', 'FILMS', [], [film]);
    const image = place();
    await start(image);
    await copyAll();
    await copies().getByRole('button', { name: 'Pause the copy from film.img' }).click();
    await copies().getByText('Paused: copying from film.img').waitFor();
    truncateSync(image, 4096);
    // Where a read was still under way, the copy ends by itself, and there is nothing left to press.
    const goOn = copies().getByRole('button', { name: 'Go on with the copy from film.img' });
    await goOn.click({ timeout: 5000 }).catch(() => null);
    await copies().getByText('The copy was interrupted').waitFor();
    await copies().getByText('not copied: 1 file, 2 GB').waitFor();
    await copies().getByText('Plug it in again and open it; then the copy can go on where it stopped.').waitFor();
    expect(readdirSync(join(home, 'Airlock', 'FILMS'))).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole('main').getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByText('film.img is closed. Nothing on it was changed.').waitFor();
    place();
    await page.getByRole('navigation', { name: 'Media' }).getByRole('button', { name: 'Open an image…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open an image' });
    await dialog.getByRole('option', { name: 'film.img' }).click();
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await copies().getByText('The medium is back as it was. What was copied is not copied again.').waitFor();
    await copies().getByRole('button', { name: 'Go on with the copy from film.img' }).click();
    await copies().getByText('Copying from film.img').waitFor();
    await copies().getByRole('button', { name: 'Cancel the copy from film.img' }).click();
    await copies().getByText('Cancelled', { exact: false }).first().waitFor();
  });

  it('tries again what failed, and only that', async () => {
    // A file stands where a folder has to go; such are skipped, not renamed.
    mkdirSync(join(home, '.config', 'airlock'), { recursive: true });
    const settings = { settings: { conflictPolicy: 'skip' } };
    writeFileSync(join(home, '.config', 'airlock', 'settings.json'), JSON.stringify(settings));
    const target = join(home, 'Airlock', 'FAT32_4K');
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'sizes'), 'in the way');
    await start(placeImage(home, 'holiday.img', testImage('fat32-c4k-kernel').bytes()));
    await page.getByRole('button', { name: 'More ways to copy' }).click();
    await page.getByRole('menuitem', { name: 'Copy all to another folder…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Copy to which folder?' });
    await dialog.getByRole('textbox', { name: 'Folder on this computer' }).fill(target);
    await dialog.getByRole('button', { name: 'Go' }).click();
    await expect.poll(() => dialog.getByRole('textbox', { name: 'Folder on this computer' }).inputValue()).toBe(target);
    await dialog.getByRole('button', { name: 'Choose this folder' }).click();
    await copies()
      .getByText(/could not be copied/)
      .waitFor();
    rmSync(join(target, 'sizes'));
    await copies()
      .getByRole('button', { name: /^Try \d+ again$/ })
      .click();
    await copies()
      .getByText(/^Copied \d+ files to/)
      .waitFor();
    expect(readdirSync(join(target, 'sizes')).length).toBeGreaterThan(3);
    expect(await axeFindings(page)).toEqual([]);
  });

  it('says before it begins that there is not enough room, with both numbers', async () => {
    await start(placeCrossLinkedStick(home, 'full.img', 'FULL'));
    await copyAll();
    await copies()
      .getByText(/There is not enough room: [\d.]+ [GT]B are to be copied, and [\d.]+ \w+ are free/)
      .waitFor();
    expect(readdirSync(join(home, 'Airlock', 'FULL'))).toEqual([]);
  });
});

describe('what is copied', () => {
  it('only documents, pictures, sound and video: by what is in a file', async () => {
    const program = Buffer.alloc(300);
    program.write('MZ\x90\0');
    const docx = zipFile([fileEntry('[Content_Types].xml', 'x'), fileEntry('word/document.xml', 'x')]);
    await start(
      placeLookStick(home, 'mixed.img', [
        { name: 'holiday.jpg', content: JPEG },
        { name: 'picture without a name', content: JPEG },
        { name: 'letter.docx', content: docx },
        { name: 'cat.jpg', content: program },
        { name: 'setup.exe', content: program },
      ]),
    );
    await page.getByRole('button', { name: 'More ways to copy' }).click();
    await page.getByRole('menuitem', { name: /Copy only documents, pictures, sound and video/ }).click();
    await copies()
      .getByText(/^Copied 3 files/)
      .waitFor();
    await copies().getByText('2 skipped').waitFor();
    const copied = readdirSync(join(home, 'Airlock', 'LOOKING')).sort();
    expect(copied).toEqual(['holiday.jpg', 'letter.docx', 'picture without a name']);
    await copies().getByRole('button', { name: 'Report' }).click();
    const dialog = page.getByRole('dialog', { name: 'What was copied' });
    await dialog.getByRole('button', { name: /^Skipped/ }).click();
    await dialog
      .getByText(/^a program: only documents/)
      .first()
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('the report', () => {
  const HOSTILE = [
    '<img src=x onerror=window.pwned=1>.txt',
    'gpj.\u202eexe',
    "' onmouseover='window.pwned=2",
    'plain.txt',
  ];

  it('is saved as a page that runs nothing and as sums that sha256sum accepts; the files carry their marks', async () => {
    const files = HOSTILE.map((name) => ({ name, content: bytes(`content of ${name}`) }));
    await start(placeLookStick(home, 'hostile.img', files));
    await copyAll();
    await copies()
      .getByText(/^Copied 4 files/)
      .waitFor();
    await copies().getByRole('button', { name: 'Report' }).click();
    const dialog = page.getByRole('dialog', { name: 'What was copied' });
    await dialog.getByRole('button', { name: 'Save report' }).click();
    await dialog.getByText(/^Saved as .*Airlock report .*\.html$/).waitFor();
    await dialog.getByRole('button', { name: 'Save checksums' }).click();
    await dialog.getByText(/^Saved as .*SHA256SUMS$/).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    const target = join(home, 'Airlock', 'LOOKING');
    const report = readdirSync(target).find((name) => /^Airlock report .*\.html$/.test(name));
    if (report === undefined) throw new Error('there is no report');
    const sums = spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: target, encoding: 'utf8' });
    expect([sums.status, sums.stdout.match(/: OK$/gm)?.length]).toEqual([0, 4]);

    const context = await airlock.browser().newContext();
    const reader = await context.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    reader.on('request', (request) => asked.push(request.url()));
    reader.on('dialog', (box) => void box.dismiss().then(() => said.push(box.message())));
    reader.on('console', (message) => said.push(message.text()));
    const url = pathToFileURL(join(target, report)).href;
    await reader.goto(url);
    await reader.getByText('<img src=x onerror=window.pwned=1>.txt').first().waitFor();
    await reader.getByText('U+202E').first().waitFor();
    expect(await reader.evaluate('window.pwned === undefined && document.images.length === 0')).toBe(true);
    expect([asked, said]).toEqual([[url], []]);
    await context.close();

    const origin = readAttribute(join(target, 'plain.txt'), 'user.xdg.origin.url');
    const html = readFileSync(join(target, report), 'utf8');
    // A file system that keeps no such attributes is told of in the report.
    if (origin === null) expect(html).toContain('cannot keep such marks');
    else expect(origin).toBe('airlock://hostile.img/LOOKING/plain.txt');
    expect(existsSync(join(target, 'SHA256SUMS (2)'))).toBe(false);
  });
});
