/** Text and source code. A file of up to 256 KiB is shown whole, with line numbers and colours; a longer one in parts, of which only what comes into sight is read. */

import { element, filledIn } from '../element.ts';
import { readRange } from '../file.ts';
import { charsetOf } from '../text/charset.ts';
import { type Piece, plainLines } from '../text/lines.ts';
import { colouredLines, languageOf } from '../text/source-code.ts';
import { cutAfterLine } from '../text/text-page.ts';
import { visibleText } from '../text/visible-text.ts';
import type { Shown, View } from '../view.ts';

/** Beyond, colours take longer than they help. */
const WHOLE_BYTES = 256 * 1024;
/** Elements for more lines make scrolling slow; so many lines in 256 KiB are no text that anybody wrote. */
const MAX_NUMBERED_LINES = 20_000;
const PAGE_BYTES = 64 * 1024;
/** How far behind a page's end its last line is looked for. */
const OVERLAP_BYTES = 4096;
/** More than a small pane shows, also where lines are short. */
const GLANCE_BYTES = 4096;
const GLANCE_LINES = 60;
/** 1 MiB a part: even if every byte were a line, Chromium draws it. */
const PAGES_PER_PART = 16;

export const textView: View = async ({ root, shown, signal, facts }) => {
  if (shown.small) {
    await beginning(root, shown, signal);
    return;
  }
  const head = await readRange(0, Math.min(shown.sizeBytes, WHOLE_BYTES), signal);
  const charset = charsetOf(head, shown.charset, head.length === shown.sizeBytes);
  if (signal.aborted) return;
  const decoder = () => new TextDecoder(charset);
  if (head.length === shown.sizeBytes) {
    const lines = linesOf(decoder().decode(head), shown);
    facts({ charset, lines: lines.length });
    if (lines.length <= MAX_NUMBERED_LINES) {
      root.append(numbered(lines, shown));
      return;
    }
  }
  facts({ charset });
  await pagedText(root, shown, signal, charset);
};

/** Its first lines, for a glance. */
async function beginning(root: HTMLElement, shown: Shown, signal: AbortSignal): Promise<void> {
  const head = await readRange(0, Math.min(shown.sizeBytes, GLANCE_BYTES), signal);
  if (signal.aborted) return;
  const charset = charsetOf(head, shown.charset, head.length === shown.sizeBytes);
  const text = new TextDecoder(charset).decode(head, { stream: head.length < shown.sizeBytes });
  const lines = linesOf(text, shown).slice(0, GLANCE_LINES);
  root.append(element('div', { class: 'text' }, ...lines.map(lineOf)));
}

function linesOf(text: string, shown: Shown): Piece[][] {
  const language = languageOf(shown.extension, shown.mime, text);
  return language === null ? plainLines(text) : colouredLines(text, language);
}

function lineOf(pieces: Piece[]): HTMLElement {
  const line = element('div', { class: 'line', dir: 'auto' });
  for (const { text, classes } of pieces)
    line.append(...(classes === '' ? visibleText(text) : [element('span', { class: classes }, ...visibleText(text))]));
  return line;
}

function numbered(lines: Piece[][], shown: Shown): HTMLElement {
  const made = lines.map(lineOf);
  const text = element(
    'div',
    { class: 'text numbered', 'data-scrolls': '', tabindex: '0', role: 'region', 'aria-label': shown.texts.text },
    ...made,
  );
  text.style.setProperty('--digits', String(String(lines.length).length));
  return text;
}

/** Shows the first part, and a bar that leads to the others. */
async function pagedText(root: HTMLElement, shown: Shown, signal: AbortSignal, charset: string): Promise<void> {
  const { texts } = shown;
  const parts = Math.ceil(shown.sizeBytes / (PAGE_BYTES * PAGES_PER_PART));
  const text = element('div', {
    class: 'text',
    'data-scrolls': '',
    tabindex: '0',
    role: 'region',
    'aria-label': texts.text,
  });
  let ofPart = new AbortController();
  const showPart = async (part: number) => {
    ofPart.abort();
    ofPart = new AbortController();
    await fillPart(text, part, shown, charset, AbortSignal.any([signal, ofPart.signal]));
    text.scrollTop = 0;
  };
  await showPart(0);
  root.append(text);
  if (parts > 1) root.append(partBar(parts, texts, showPart));
}

function partBar(parts: number, texts: Shown['texts'], showPart: (part: number) => Promise<void>): HTMLElement {
  let current = 0;
  const label = element('span', { role: 'status' });
  const button = (text: string, target: () => number) => {
    const made = element('button', { type: 'button', class: 'pill' }, text);
    made.addEventListener('click', () => {
      current = Math.max(0, Math.min(parts - 1, target()));
      tell();
      void showPart(current);
    });
    return made;
  };
  const first = button(texts.firstPart, () => 0);
  const previous = button(texts.previousPart, () => current - 1);
  const next = button(texts.nextPart, () => current + 1);
  const last = button(texts.lastPart, () => parts - 1);
  const tell = () => {
    label.textContent = filledIn(texts.part, current + 1, parts);
    for (const [one, isOff] of [
      [first, current === 0],
      [previous, current === 0],
      [next, current === parts - 1],
      [last, current === parts - 1],
    ] as const)
      one.toggleAttribute('disabled', isOff);
  };
  tell();
  return element('div', { class: 'bar' }, first, previous, label, next, last);
}

/** Places for the part's pages; each is filled when it comes near. The first is there when this resolves. */
async function fillPart(
  text: HTMLElement,
  part: number,
  shown: Shown,
  charset: string,
  signal: AbortSignal,
): Promise<void> {
  const first = part * PAGES_PER_PART;
  const count = Math.min(PAGES_PER_PART, Math.ceil(shown.sizeBytes / PAGE_BYTES) - first);
  const places = Array.from({ length: count }, () => element('div', { class: 'page waiting', dir: 'auto' }));
  const fill = async (place: (typeof places)[number]) => {
    const content = await pageText(first + places.indexOf(place), shown.sizeBytes, charset, signal).catch(() => null);
    if (signal.aborted) return;
    place.classList.remove('waiting');
    if (content === null) place.replaceChildren(element('p', { class: 'bad' }, shown.texts.partUnreadable));
    else place.replaceChildren(...visibleText(content));
  };
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting || !(target instanceof HTMLDivElement)) continue;
        watch.unobserve(target);
        void fill(target);
      }
    },
    { root: text, rootMargin: '1000px' },
  );
  signal.addEventListener('abort', () => watch.disconnect());
  await fill(places[0]);
  if (signal.aborted) return;
  text.replaceChildren(...places);
  for (const place of places.slice(1)) watch.observe(place);
}

/** From the first line that begins in the page to the first that begins behind it. */
async function pageText(page: number, sizeBytes: number, charset: string, signal: AbortSignal): Promise<string> {
  const from = page * PAGE_BYTES;
  const end = Math.min(from + PAGE_BYTES, sizeBytes);
  const bytes = await readRange(from, Math.min(end + OVERLAP_BYTES, sizeBytes), signal);
  const skipped = page === 0 ? 0 : cutAfterLine(bytes.subarray(0, OVERLAP_BYTES), charset);
  const more = end === sizeBytes ? 0 : cutAfterLine(bytes.subarray(end - from), charset);
  return new TextDecoder(charset).decode(bytes.subarray(skipped, end - from + more)).replaceAll('\r\n', '\n');
}
