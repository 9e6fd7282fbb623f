/** What the end-to-end tests hold the app to: hashes of what lies on the disk, and axe's findings. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type { Frame, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Relative path to SHA-256 of every file below a folder. */
export function hashesBelow(folder: string): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) hashes.set(relative(folder, path), sha256(path));
  }
  return hashes;
}

interface AxeResult {
  violations: Array<{ id: string; help: string; nodes: Array<{ html: string; failureSummary?: string }> }>;
}

declare const axe: { run(options?: { runOnly: string[] }): Promise<AxeResult> };

/** Rules about headings and landmarks are those of whole pages, which a frame is not. */
const FRAME_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** axe's violations on the page as it is, in light and in dark, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  // What is judged is the app's page, not the moment before it is drawn.
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  const findings: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await atRest(page);
    // By the debugger, not as a script element: the page's own policy lets no other script in.
    await page.evaluate(AXE);
    findings.push(...inWords(colorScheme, await page.evaluate(() => axe.run())));
  }
  return findings;
}

/** The same inside the frame that shows a file: of another origin, so that axe does not get there from the page. */
export async function axeFindingsInFrame(page: Page, frame: Frame): Promise<string[]> {
  const findings: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await frame.locator(`html[data-theme=${colorScheme}]`).waitFor({ state: 'attached' });
    await atRest(frame);
    await frame.evaluate(AXE);
    findings.push(...inWords(colorScheme, await frame.evaluate((runOnly) => axe.run({ runOnly }), FRAME_RULES)));
  }
  return findings;
}

/** What fades or moves has come to its end: half of it has colours that nobody chose. */
async function atRest(place: Page | Frame): Promise<void> {
  await place.evaluate(async () => {
    const moving = document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(moving.map(({ finished }) => finished.catch(() => null)));
  });
}

function inWords(colorScheme: string, { violations }: AxeResult): string[] {
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${colorScheme} ${id}: ${help}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}
