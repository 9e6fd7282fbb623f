/** The look-out through the browser shell: a stick with everything on it, an ordinary one, hostile names, and the way to a finding. */

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fatTree } from '../builders/fat-tree.ts';
import { text, windowsProgram } from '../builders/suspicious-files.ts';
import { ordinaryStick, suspiciousStick } from '../builders/suspicious-stick.ts';
import { axeFindings, sha256 } from './evidence.ts';
import { placeImage } from './shell.ts';
import { useShell } from './use-shell.ts';

const airlock = useShell();
let page: Page;

/** Opens the image and begins the look-out; gives the image's path. */
async function lookAt(bytes: Uint8Array): Promise<string> {
  const path = placeImage(airlock.home(), 'stick.img', bytes);
  page = await airlock.start([path]);
  await page.getByRole('grid', { name: 'Files' }).waitFor();
  await page.getByRole('button', { name: 'Look-out', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /What deserves suspicion/ }).waitFor();
  await page.getByText(/^Looked at /).waitFor();
  return path;
}

const main = () => page.getByRole('main');
const card = (title: string) => main().getByRole('region', { name: title, exact: true });

describe('the look-out', () => {
  it('lists what deserves suspicion by weight, with its reason and what it quotes, and changes nothing', async () => {
    const path = await lookAt(suspiciousStick());
    const before = sha256(path);
    await page.getByText('Looked at 53 files').waitFor();
    const danger = main().getByRole('region', { name: 'Danger', exact: true });
    await danger.getByText('21 findings').waitFor();
    await main().getByRole('region', { name: 'Worth knowing', exact: true }).getByText('16 findings').waitFor();
    await card('Starts by itself').getByText('This autorun.inf tells Windows to start a program').waitFor();
    await card('Starts by itself').getByText('setup.exe /quiet').waitFor();
    await card('Stands in the place of something hidden').getByText('Documents.lnk').waitFor();
    await card('Programs that pose as documents').getByText('holiday.jpg').waitFor();
    await card('Programs that pose as documents')
      .getByText(/by its content it is a Windows program/)
      .waitFor();
    await card('Programs that pose as documents')
      .getByText(/by its content it is a Linux program/)
      .waitFor();
    await card('Names that turn around').getByText('U+202E', { exact: true }).waitFor();
    await card('Shortcuts to another computer').getByText('\\\\198.51.100.7\\share').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(sha256(path)).toBe(before);
  });

  it('leads to a finding in its folder, also to a hidden one, and back to the list as it was', async () => {
    await lookAt(suspiciousStick());
    await card('Hidden programs').getByRole('button', { name: 'Show in folder: setup.exe' }).click();
    await page.getByRole('row', { name: /^setup\.exe/, selected: true }).waitFor();
    await page.getByRole('button', { name: 'Look-out', exact: true }).click();
    await card('Starts by itself').getByText('autorun.inf', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Back to the files' }).click();
    await page.getByRole('grid', { name: 'Files' }).waitFor();
  });

  it('is calm about an ordinary stick and does not claim too much', async () => {
    await lookAt(ordinaryStick());
    await page.getByRole('heading', { name: 'Nothing on the list was found' }).waitFor();
    await page.getByText('That is no proof that it is harmless.').waitFor();
    await expect.poll(() => main().getByRole('region').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('Looked at 16 files').waitFor();
  });

  it('shows hostile names and what files say as text, and a wall of them a few at a time', async () => {
    const hostile = '<img src=x onerror=alert(1)>.pdf.exe';
    const many = Array.from({ length: 60 }, (_, i) => ({ name: `tool ${i}.bat`, content: text('x') }));
    await lookAt(
      fatTree('HOSTILE', [
        { name: hostile, content: windowsProgram() },
        { name: `a${'\u0301'.repeat(100)}\u202e.pdf.exe`, content: windowsProgram() },
        { name: 'autorun.inf', content: text('[autorun]\nopen=<script>alert(2)</script>\u202ex\n') },
        { name: 'Scripts', children: many },
      ]),
    );
    await card('Programs with a document’s name').getByText(hostile).waitFor();
    await card('Starts by itself').getByText('<script>alert(2)</script>').waitFor();
    expect(await page.locator('main img, main script').count()).toBe(0);
    const scripts = card('Scripts');
    await expect.poll(() => scripts.getByRole('listitem').count()).toBe(4);
    await scripts.getByRole('button', { name: 'Show 56 more' }).click();
    await expect.poll(() => scripts.getByRole('listitem').count()).toBe(60);
    expect(await axeFindings(page)).toEqual([]);
    await scripts.getByRole('button', { name: 'Show fewer' }).click();
    await expect.poll(() => scripts.getByRole('listitem').count()).toBe(4);
  });

  it('fits a narrow window, and can be gone through by keyboard alone', async () => {
    await lookAt(suspiciousStick());
    await page.setViewportSize({ width: 420, height: 760 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(420);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back to the files' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toMatch(/^Danger\s+21$/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const weight = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await expect.poll(weight).toBe('Worth knowing');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Files' }).waitFor();
  });
});
