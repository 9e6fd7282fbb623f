/** A font by a sample of it. Chromium checks font files before it hands them to its own rasteriser. */

import { element } from '../element.ts';
import { LookError, readWhole, within } from '../file.ts';
import type { View } from '../view.ts';

/** Fonts of all Chinese characters have some 20 MB. */
const MAX_BYTES = 64 * 1024 * 1024;
const LOAD_MS = 10_000;
const FAMILY = 'looked-at';
const SAMPLES = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz', '0123456789 ,.:;!?&@#%()[]{}'];
const SIZES = [64, 36, 24, 18, 14, 12];

export const fontView: View = async ({ root, shown, signal }) => {
  const font = new FontFace(FAMILY, await readWhole(shown.sizeBytes, MAX_BYTES));
  await within(LOAD_MS, font.load()).catch((error: unknown) => {
    throw error instanceof LookError ? error : new LookError('damaged');
  });
  if (signal.aborted) return;
  document.fonts.add(font);
  signal.addEventListener('abort', () => document.fonts.delete(font));
  const letters = SAMPLES.map((sample) => element('p', { class: 'letters' }, sample));
  const lines = SIZES.map((size) => {
    const line = element('p', {}, shown.texts.pangram);
    line.style.fontSize = `${size}px`;
    return element(
      'div',
      { class: 'sized' },
      element('span', { class: 'points', 'aria-hidden': 'true' }, String(size)),
      line,
    );
  });
  root.append(
    element(
      'div',
      { class: 'page', 'data-scrolls': '', tabindex: '0', role: 'region', 'aria-label': shown.texts.font },
      element('div', { class: 'alphabet' }, ...letters),
      ...lines,
    ),
  );
};
