/** States that no image brings about at will, with a stand-in for main: 100,000 entries, a host-mounted device, an unsandboxed app, copies at each stage. */

import { describe, expect, it } from 'vitest';
import type { ImageJob, Job, Medium } from '../../main/contract.ts';
import { axeFindings } from './evidence.ts';
import { whileTimeStands } from './shell.ts';
import { DEVICE } from './stand-in-bridge.ts';
import { useStandIn } from './use-stand-in.ts';

const show = useStandIn();

const job: Job = {
  id: 'j',
  mediumId: 'stick',
  mediumName: 'SanDisk Ultra',
  volume: 0,
  target: '/home/me/Airlock/CAMERA',
  purpose: 'copy',
  only: 'all',
  state: 'copying',
  totalFiles: 1200,
  totalBytes: 4_000_000_000,
  doneFiles: 480,
  doneBytes: 1_700_000_000,
  bytesPerSecond: 92_000_000,
  secondsLeft: 25,
  current: '/DCIM/IMG_0480.JPG',
  inWork: [],
  lastSettled: [],
  samples: [],
  conflict: null,
  copied: 480,
  failed: 0,
  skipped: 0,
  renamed: 0,
  missingFiles: 0,
  missingBytes: 0,
  canResume: false,
  canUndo: false,
  startedAtMs: 0,
  finishedAtMs: null,
  problem: null,
};

describe('a folder of 100,000 entries', () => {
  it('is listed whole, makes rows only for what is in sight, and goes to its end and back by keyboard', async () => {
    const page = await show({ entryCount: 100_000 });
    await page.getByText('100,000 items', { exact: true }).waitFor();
    const grid = page.getByRole('grid', { name: 'Files' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('100001');
    await expect.poll(() => grid.getByRole('row').count()).toBeLessThan(60);
    await grid.focus();
    await page.keyboard.press('End');
    await page.getByRole('row', { name: /IMG_099999\.JPG/, selected: true }).waitFor();
    await page.keyboard.press('Shift+Home');
    await page.getByText('100,000 selected').waitFor();
    await whileTimeStands(page, async () => {
      await page.keyboard.type('IMG_05');
      await expect.poll(() => page.locator('[role=row].active .label').textContent()).toBe('IMG_050000.JPG');
    });
  });

  it('draws only what is in sight while it is scrolled', async () => {
    const page = await show({ entryCount: 100_000 });
    await page.getByText('100,000 items', { exact: true }).waitFor();
    const most = await page.evaluate(async () => {
      const grid = document.querySelector('[role=grid]');
      let rows = 0;
      for (let i = 0; i < 60; i++) {
        if (grid !== null) grid.scrollTop += 900;
        await new Promise(requestAnimationFrame);
        rows = Math.max(rows, document.querySelectorAll('[role=row]').length);
      }
      return rows;
    });
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThan(60);
  });
});

describe('banners, badges and copies', () => {
  it('shows a banner that cannot be closed where nothing is locked down', async () => {
    const page = await show({ unsandboxed: true, media: [{ ...DEVICE, unsandboxed: true, lockdown: null }] });
    const banner = page.getByRole('alert').filter({ hasText: '--no-sandbox' });
    await banner.waitFor();
    await page.getByText('Not locked down').waitFor();
    expect(await banner.getByRole('button').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  });

  it('warns of a stick that the host has mounted, before it is opened', async () => {
    const mounted: Medium = {
      ...DEVICE,
      state: 'present',
      hostMounts: ['/media/me/CAMERA'],
      hostDrivers: ['vfat'],
      lockdown: null,
    };
    const guard = {
      state: 'off' as const,
      canSwitch: true,
      sentence: 'This computer may mount sticks by itself.',
      parts: [],
    };
    const page = await show({ media: [mounted], guard });
    await page
      .getByRole('button', { name: /SanDisk Ultra/ })
      .first()
      .click();
    await page
      .getByRole('region', { name: 'This computer has mounted it already' })
      .getByText('/media/me/CAMERA')
      .waitFor();
    await page.getByRole('switch', { name: /^Keep this computer/ }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('switch', { name: /^Keep this computer/ }).click();
    await page.getByRole('switch', { name: /^Keep this computer/, checked: true }).waitFor();
    await page.getByRole('button', { name: 'Take over and open safely' }).click();
    await page.getByText('SanDisk Ultra was taken over').waitFor();
    await page.getByRole('grid', { name: 'Files' }).waitFor();
  });

  it('offers to take over a stick that the host has mounted though it is open here', async () => {
    const page = await show({ media: [{ ...DEVICE, hostMounts: ['/media/me/CAMERA'] }] });
    await page.getByRole('note').getByText('/media/me/CAMERA').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('SanDisk Ultra was taken over').waitFor();
  });

  it('tells an empty slot from a broken drive', async () => {
    const slot: Medium = {
      ...DEVICE,
      name: 'Generic Card Reader',
      state: 'present',
      hasMedium: false,
      sizeBytes: null,
      volumes: [],
    };
    const page = await show({ media: [slot] });
    await page.getByRole('button', { name: /^Generic Card Reader/ }).click();
    await page.getByRole('heading', { name: 'There is nothing in this slot' }).waitFor();
    expect(await page.getByRole('button', { name: 'Open safely' }).count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  });

  it('warns of other media in the same reader before it ejects', async () => {
    const other: Medium = { ...DEVICE, id: 'card', name: 'Second Card', state: 'present', volumes: [] };
    const page = await show({ media: [{ ...DEVICE, siblings: ['card'] }, other] });
    await page.getByRole('button', { name: 'Eject SanDisk Ultra' }).click();
    await page
      .getByRole('dialog', { name: 'Other media are in the same reader' })
      .getByText(/^Second Card\./)
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it.each([
    ['reading', 'Saving an image of SanDisk Ultra', 'Stop'],
    ['done', /^The image of SanDisk Ultra is saved; .* could not be read$/, 'Dismiss'],
    ['interrupted', 'SanDisk Ultra was pulled out', 'Go on'],
    ['failed', 'The image could not be saved', 'Dismiss'],
  ] as const)('shows an image that is %s', async (state, title, button) => {
    const image: ImageJob = {
      ...{
        id: 'i',
        mediumId: 'stick',
        mediumName: 'SanDisk Ultra',
        path: '/home/me/SanDisk Ultra 2026-03-09.img',
        state,
      },
      ...{ sizeBytes: 31_900_000_000, doneBytes: 12_000_000_000, unreadableBytes: 4096, resumedBytes: 0 },
      ...{ bytesPerSecond: state === 'reading' ? 92_000_000 : null, secondsLeft: state === 'reading' ? 216 : null },
      sha256: state === 'done' ? 'ab'.repeat(32) : null,
      startedAtMs: 0,
      finishedAtMs: state === 'reading' ? null : 1,
      problem: null,
    };
    const page = await show({ images: [image] });
    const tray = page.getByRole('region', { name: 'Images being saved' });
    await tray.getByText(title).waitFor();
    await tray.getByRole('button', { name: button }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it.each([
    ['ejected', 'SanDisk Ultra can be pulled out'],
    ['gone', 'SanDisk Ultra was pulled out'],
  ] as const)('says in one sentence that a stick is %s', async (state, sentence) => {
    const page = await show({ media: [{ ...DEVICE, state, volumes: [] }] });
    await page
      .getByRole('button', { name: /SanDisk Ultra/ })
      .first()
      .click();
    await page.getByRole('heading', { name: sentence }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('shows a copy at each of its stages', async () => {
    const jobs: Job[] = [
      job,
      { ...job, id: 'k', state: 'counting', totalBytes: null, totalFiles: null },
      { ...job, id: 'l', state: 'finishing', doneBytes: 4_000_000_000, doneFiles: 1200 },
      {
        ...job,
        id: 'm',
        state: 'done',
        doneBytes: 4_000_000_000,
        doneFiles: 1200,
        copied: 1195,
        failed: 2,
        skipped: 3,
        finishedAtMs: 61_000,
      },
      {
        ...job,
        id: 'n',
        state: 'failed',
        finishedAtMs: 1,
        problem: { sentence: 'The disk is full.', detail: 'ENOSPC', canRestart: false },
      },
    ];
    const page = await show({ jobs });
    const copies = page.getByRole('region', { name: 'Copies' });
    await copies.getByText('1.7 GB of 4 GB').waitFor();
    await copies.getByText('92 MB/s').waitFor();
    await copies.getByText('about 30 seconds left').waitFor();
    await expect.poll(() => copies.getByRole('progressbar').first().getAttribute('aria-valuenow')).toBe('42');
    await copies.getByText('Finishing: writing to disk').waitFor();
    await copies.getByText('Copied 1,195 files; 2 could not be copied').waitFor();
    await copies.getByText('The disk is full.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('folds the media into a drawer at 600 pixels, and keeps everything within reach', async () => {
    const page = await show({ jobs: [job] }, 600);
    await page.getByRole('row', { name: /IMG_000000/ }).waitFor();
    await expect.poll(() => page.getByRole('navigation', { name: 'Media' }).isVisible()).toBe(false);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(600);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show media' }).click();
    await page.getByRole('navigation', { name: 'Media' }).getByText('SanDisk Ultra').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });
});
