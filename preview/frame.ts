/**
 * The page in the sandboxed frame: shows one file to the user and has nothing else. It reaches its session's bytes and its own files (main/previews/frame-policy.ts);
 * decoders run here, where what a file does to them harms this pane alone.
 */

import './bare.ts';
import './frame.css';
import { LookError } from './file.ts';
import type { FailureCode, FrameKey, FromFrame, ToFrame, ViewName } from './protocol.ts';
import type { Shown, View } from './view.ts';

/** Each is loaded when it is needed: PDF alone is a megabyte. */
const VIEWS: Record<ViewName, () => Promise<View>> = {
  text: async () => (await import('./views/text.ts')).textView,
  hex: async () => (await import('./views/hex.ts')).hexView,
  image: async () => (await import('./views/image.ts')).imageView,
  audio: async () => (await import('./views/media.ts')).mediaView,
  video: async () => (await import('./views/media.ts')).mediaView,
  pdf: async () => (await import('./views/pdf.ts')).pdfView,
  zip: async () => (await import('./views/archive.ts')).zipView,
  tar: async () => (await import('./views/archive.ts')).tarView,
  gzip: async () => (await import('./views/archive.ts')).gzipView,
  'seven-zip': async () => (await import('./views/archive.ts')).sevenZipView,
  font: async () => (await import('./views/font.ts')).fontView,
  strings: async () => (await import('./views/strings.ts')).stringsView,
};

const KEYS: Record<string, FrameKey> = { Escape: 'close', ArrowLeft: 'previous', ArrowRight: 'next' };
const PAINTED_MS = 200;
/** Elements that have a use for arrow keys and space of their own. */
const OWN_KEYS = 'video, audio, input, button';

const root = document.getElementById('view');
const embedder = location.ancestorOrigins[0];
let current = new AbortController();

function tell(message: FromFrame): void {
  parent.postMessage(message, embedder ?? '*');
}

function setTheme(theme: string): void {
  document.documentElement.dataset.theme = theme;
}

async function show(shown: Shown): Promise<void> {
  if (root === null) return;
  current.abort();
  current = new AbortController();
  const { signal } = current;
  document.documentElement.lang = shown.language;
  document.documentElement.dir = shown.direction;
  document.documentElement.toggleAttribute('data-small', shown.small);
  setTheme(shown.theme);
  root.replaceChildren();
  root.className = '';
  root.dataset.view = shown.view;
  try {
    const view = await VIEWS[shown.view]();
    if (signal.aborted) return;
    await view({ root, shown, signal, facts: (facts) => !signal.aborted && tell({ type: 'facts', facts }) });
    await painted();
    if (!signal.aborted) tell({ type: 'ready' });
  } catch (error) {
    if (signal.aborted) return;
    root.replaceChildren();
    tell({ type: 'failed', code: codeOf(error) });
  }
}

/** When what was made is on the screen; in a window that is not seen nothing is painted, and nobody waits for it. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    setTimeout(resolve, PAINTED_MS);
  });
}

function codeOf(error: unknown): FailureCode {
  return error instanceof LookError ? error.code : 'damaged';
}

function scroll(to: Extract<ToFrame, { type: 'scroll' }>['to']): void {
  const scrolled = document.querySelector('[data-scrolls]');
  if (scrolled === null) return;
  const page = scrolled.clientHeight * 0.9;
  if (to === 'start') scrolled.scrollTop = 0;
  else if (to === 'end') scrolled.scrollTop = scrolled.scrollHeight;
  else scrolled.scrollTop += to === 'page-down' ? page : -page;
}

addEventListener('message', (event: MessageEvent<ToFrame>) => {
  if (event.source !== parent || event.source === window) return;
  const message = event.data;
  if (message.type === 'show') void show(message);
  else if (message.type === 'theme') setTheme(message.theme);
  else if (message.type === 'scroll') scroll(message.to);
  else if (message.type === 'ping') tell({ type: 'pong' });
});

addEventListener('keydown', (event) => {
  const isOwn = event.target instanceof Element && event.target.matches(OWN_KEYS);
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const key = KEYS[event.key] ?? (event.key === ' ' ? 'close' : undefined);
  if (key === undefined || (isOwn && event.key !== 'Escape')) return;
  event.preventDefault();
  tell({ type: 'key', key });
});

// A file dropped into the pane, a menu, a link: nothing here leads anywhere.
for (const name of ['dragover', 'drop', 'contextmenu'] as const)
  addEventListener(name, (event) => event.preventDefault());
