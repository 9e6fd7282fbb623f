/** What no view knows: the readable texts in its beginning, and where they stand. */

import { element } from '../element.ts';
import { readRange } from '../file.ts';
import { findStrings } from '../formats/strings.ts';
import type { View } from '../view.ts';

/** Names, versions and addresses stand in the beginning of nearly everything. */
const LOOKED_BYTES = 1024 * 1024;
const MAX_STRINGS = 2000;

export const stringsView: View = async ({ root, shown, signal }) => {
  const { texts } = shown;
  const looked = Math.min(shown.sizeBytes, LOOKED_BYTES);
  const found = findStrings(await readRange(0, looked, signal), MAX_STRINGS);
  if (signal.aborted) return;
  const isCut = looked < shown.sizeBytes || found.length === MAX_STRINGS;
  const rows = found.map(({ offset, text }) =>
    element(
      'div',
      { class: 'found' },
      element('span', { class: 'offset' }, offset.toString(16).padStart(8, '0')),
      element('span', { class: 'string', dir: 'ltr' }, text),
    ),
  );
  root.append(
    element('h2', {}, texts.strings),
    element(
      'div',
      { class: 'list mono', 'data-scrolls': '', tabindex: '0', role: 'region', 'aria-label': texts.strings },
      ...(rows.length === 0 ? [element('p', { class: 'empty' }, texts.noStrings)] : rows),
      ...(isCut ? [element('p', { class: 'aside' }, texts.stringsCut)] : []),
    ),
  );
};
