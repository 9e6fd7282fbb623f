/** The page about a medium, through the browser shell: state, room, partitions, what was seen before, the kernel log, and media that cannot be opened. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Medium } from '../../main/contract.ts';
import { fatTree } from '../builders/fat-tree.ts';
import { text } from '../builders/suspicious-files.ts';
import { testImage } from '../images/library.ts';
import { axeFindings } from './evidence.ts';
import { placeImage } from './shell.ts';
import { DEVICE, standIn } from './stand-in-bridge.ts';
import { useShell } from './use-shell.ts';

const airlock = useShell();
let page: Page;

async function about(bytes: Uint8Array, name = 'stick.img'): Promise<void> {
  page = await airlock.start([placeImage(airlock.home(), name, bytes)]);
  await page.getByRole('button', { name: `About ${name}` }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Nothing floats over the page when it is judged. */
async function leaveTips(): Promise<void> {
  await page.mouse.move(0, 0);
  await page.getByRole('heading', { level: 1 }).click();
  await expect.poll(() => page.locator('.tooltip').count()).toBe(0);
}

const section = (name: string) => page.getByRole('main').getByRole('region', { name, exact: true });

describe('the page about a medium', () => {
  it('draws its partitions, says what takes the room, and goes through them by keyboard', async () => {
    await about(testImage('disk-gpt-3').bytes());
    await section('State').getByText('Everything that was asked of it so far could be read.').waitFor();
    await section('Room')
      .getByRole('img', { name: /What takes the room: Used .*Free .*Belongs to no partition/ })
      .waitFor();
    const map = page.getByRole('toolbar', { name: 'Partitions, drawn to scale' });
    await expect
      .poll(() => map.getByRole('button').allTextContents())
      .toEqual([
        expect.stringMatching(/ESP/),
        expect.stringMatching(/EXDATA/),
        expect.stringMatching(/GPTEXT4/),
        expect.stringMatching(/No partition/),
      ]);
    await section('Partitions').getByText('GPT partition table, 3 partitions').waitFor();
    await section('File system of GPTEXT4').getByText('ext4', { exact: true }).waitFor();
    await leaveTips();
    expect(await axeFindings(page)).toEqual([]);
    await map.getByRole('button', { name: /ESP/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await map.getByRole('button', { name: /GPTEXT4/, pressed: true }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('GPTEXT4');
    await section('Partitions').getByRole('button', { name: 'Show files' }).nth(1).click();
    await page.getByRole('heading', { level: 1, name: 'EXDATA' }).waitFor();
  });

  it('shows the kernel log in a drawer', async () => {
    await about(testImage('disk-gpt-3').bytes());
    await page.getByRole('button', { name: 'Kernel log' }).click();
    const drawer = page.getByRole('dialog', { name: 'Kernel log' });
    await drawer.getByText("ext2fs: mounted ext4 'GPTEXT4', read-only").waitFor();
    await drawer.getByRole('button', { name: 'Copy the log' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  });

  it('tells of a medium that cannot be opened what is known of it', async () => {
    const damaged = Buffer.from(testImage('disk-gpt-3').bytes());
    // The partitions lose what is in them; the table stays.
    damaged.fill(0xa5, 1024 * 1024, damaged.length - 64 * 1024);
    await about(damaged);
    await section('Partitions').getByText('GPT partition table, 3 partitions').waitFor();
    await section('Partitions').getByText('nothing that Airlock knows').first().waitFor();
    await section('Room').getByText('Other partitions').waitFor();
    await leaveTips();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('fits a narrow window and shows hostile labels as text', async () => {
    await about(fatTree('<B>\u00ff&"X', [{ name: 'a.txt', content: text('x') }]), '<img src=x onerror=alert(1)>.img');
    await page.setViewportSize({ width: 420, height: 760 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(420);
    await leaveTips();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('seen before', () => {
  const stick = (label: string) => fatTree(label, [{ name: 'a.txt', content: text(label) }]);

  it('says when, and what has changed since; forgets on request and keeps no note where that is switched off', async () => {
    await about(stick('CAMERA'));
    await section('Seen before').getByText('Not before today').waitFor();
    const kept = join(airlock.home(), '.config', 'airlock', 'seen-media.json');
    await page.getByRole('button', { name: '1 medium is remembered' }).waitFor();
    await airlock.stop();
    const file = JSON.parse(readFileSync(kept, 'utf8'));
    file.media[0].seenAtMs = [Date.UTC(2020, 2, 3, 12), Date.UTC(2020, 2, 5, 12)];
    writeFileSync(kept, JSON.stringify(file));

    await about(stick('EVIL'));
    const seen = section('Seen before');
    await seen.getByText('Opened here on 3 March 2020 and 5 March 2020.').waitFor();
    await seen.getByText('Changed since then: it was called CAMERA, and is now called EVIL.').waitFor();
    await leaveTips();
    expect(await axeFindings(page)).toEqual([]);
    await seen.getByRole('button', { name: 'Forget this one' }).click();
    await seen.getByText('Not before today').waitFor();
    await expect.poll(() => JSON.parse(readFileSync(kept, 'utf8')).media).toEqual([]);

    await page.getByRole('button', { name: 'Settings' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('tab', { name: 'Safety' }).click();
    await dialog.getByRole('switch', { name: 'Remember media' }).click();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await seen.getByText('Airlock keeps no note of media').waitFor();
  });
});

describe('a device', () => {
  it('masks the serial number until it is asked for', async () => {
    const medium: Medium = { ...DEVICE, serial: '4C530001234567', table: null };
    page = await airlock.start([], {
      before: (opened) => standIn(opened, { media: [medium], jobs: [], entryCount: 5, unsandboxed: false }),
    });
    await page.getByRole('button', { name: 'About SanDisk Ultra' }).click();
    const identity = section('What it is');
    await identity.getByText('•••• 4567').waitFor();
    expect(await identity.getByText('4C530001234567').count()).toBe(0);
    await identity.getByRole('button', { name: 'Show' }).click();
    await identity.getByText('4C530001234567').waitFor();
    await identity.getByText('480 Mbit/s').waitFor();
  });
});
