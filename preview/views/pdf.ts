/** A PDF document (package pdfjs-dist): pages are drawn when they come into sight. Its scripts, forms' actions and links are not carried out; fonts come from the frame's own files. */

import {
  AnnotationMode,
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
  type PDFPageProxy,
  PDFWorker,
  TextLayer,
} from 'pdfjs-dist';
import { element, filledIn } from '../element.ts';
import { LookError, readRange, within } from '../file.ts';
import workerAddress from '../pdf-worker.ts?worker&url';
import type { Shown, View } from '../view.ts';

/** Pages that have a place at once; more on request. */
const PAGES_AT_ONCE = 500;
/** pdf.js reads files of up to two of its chunks as a whole. */
const START_BYTES = 128 * 1024;
const OPEN_MS = 10_000;
const PAGE_MS = 10_000;
const MAX_IMAGE_PIXELS = 100_000_000;
/** Of one page's picture: 64 MB of memory. */
const MAX_CANVAS_PIXELS = 16_000_000;
/** Pages drawn at the same time; those that left sight are let go. */
const MAX_DRAWN = 12;
const MAX_WIDTH = 900;
/** Points by which a page's shape is limited: PDF allows 14,400 (ISO 32000-1, C.2). */
const MAX_ASPECT = 20;

export const pdfView: View = async ({ root, shown, signal, facts }) => {
  const worker = await startWorker();
  signal.addEventListener('abort', () => worker.terminate());
  const pdf = await within(OPEN_MS, opened(shown, worker, signal));
  if (signal.aborted) return;
  facts({ pages: pdf.numPages, notes: (await acts(pdf)) ? ['scripts'] : [] });
  const pages = element('div', {
    class: 'pages',
    'data-scrolls': '',
    tabindex: '0',
    role: 'region',
    'aria-label': shown.texts.document,
  });
  root.append(pages);
  await new Pages(pdf, pages, shown, signal).start();
};

/** Trusted Types (W3C), as far as they are used here. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(input: string): unknown };
}

/** A page in a sandbox may start a worker from a blob only. Its code is pdf.js's own file. */
async function startWorker(): Promise<Worker> {
  const code = await (await fetch(workerAddress)).blob();
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('airlock-look', { createScriptURL: () => address });
  const worker = new Worker((policy?.createScriptURL('') ?? address) as string);
  worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  return worker;
}

/** Asks for the ranges that pdf.js wants. */
class FileRanges extends PDFDataRangeTransport {
  private readonly signal: AbortSignal;
  private readonly onFailure: () => void;

  /** `start`: the file's first bytes. pdf.js asks for ranges of larger files only: of others this is all. */
  constructor(sizeBytes: number, start: Uint8Array, signal: AbortSignal, onFailure: () => void) {
    super(sizeBytes, start, start.length === sizeBytes);
    this.signal = signal;
    this.onFailure = onFailure;
  }

  override requestDataRange(begin: number, end: number): void {
    readRange(begin, end, this.signal).then(
      (bytes) => this.onDataRange(begin, bytes),
      () => this.onFailure(),
    );
  }
}

/** The frame's own files for fonts, character tables and picture decoders. */
class OwnFiles {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const folder = { cMapUrl: 'cmaps', standardFontDataUrl: 'standard_fonts', wasmUrl: 'wasm' }[kind];
    if (folder === undefined || !/^[\w.-]+$/.test(filename)) throw new Error('no such file');
    const response = await fetch(`app/pdf/${folder}/${filename}`);
    if (!response.ok) throw new Error('no such file');
    return new Uint8Array(await response.arrayBuffer());
  }
}

async function opened(shown: Shown, port: Worker, signal: AbortSignal): Promise<PDFDocumentProxy> {
  const start = await readRange(0, Math.min(shown.sizeBytes, START_BYTES), signal);
  return new Promise((resolve, reject) => {
    const task = getDocument({
      range: new FileRanges(shown.sizeBytes, start, signal, () => reject(new LookError('unreadable'))),
      worker: new PDFWorker({ port: port as unknown as null, verbosity: 0 }),
      disableAutoFetch: true,
      disableStream: true,
      enableXfa: false,
      isEvalSupported: false,
      useWorkerFetch: false,
      useSystemFonts: false,
      maxImageSize: MAX_IMAGE_PIXELS,
      cMapUrl: 'cmaps/',
      standardFontDataUrl: 'standard_fonts/',
      wasmUrl: 'wasm/',
      BinaryDataFactory: OwnFiles,
      verbosity: 0,
    } as Parameters<typeof getDocument>[0]);
    task.onPassword = () => reject(new LookError('password'));
    task.promise.then(resolve, () => reject(new LookError('damaged')));
  });
}

/** Whether it would run scripts in a reader that lets it. */
async function acts(pdf: PDFDocumentProxy): Promise<boolean> {
  const found = within(PAGE_MS, pdf.hasJSActions());
  return found.catch(() => false);
}

class Pages {
  private readonly pdf: PDFDocumentProxy;
  private readonly list: HTMLElement;
  private readonly shown: Shown;
  private readonly signal: AbortSignal;
  private readonly watch: IntersectionObserver;
  private readonly drawn = new Map<HTMLElement, () => void>();
  private readonly places: HTMLElement[] = [];

  constructor(pdf: PDFDocumentProxy, list: HTMLElement, shown: Shown, signal: AbortSignal) {
    this.pdf = pdf;
    this.list = list;
    this.shown = shown;
    this.signal = signal;
    this.watch = new IntersectionObserver((seen) => this.seen(seen), { root: list, rootMargin: '300px' });
    signal.addEventListener('abort', () => this.watch.disconnect());
  }

  async start(): Promise<void> {
    const first = await within(PAGE_MS, this.pdf.getPage(1)).catch(damaged);
    const { width, height } = first.getViewport({ scale: 1 });
    this.list.style.setProperty('--aspect', String(boundedAspect(width / height)));
    this.add();
    await this.draw(this.places[0], 1);
  }

  private add(): void {
    const from = this.places.length;
    const to = Math.min(this.pdf.numPages, from + (this.shown.small ? 1 : PAGES_AT_ONCE));
    for (let number = from + 1; number <= to; number++) {
      const label = filledIn(this.shown.texts.page, number);
      const place = element('div', { class: 'sheet', role: 'group', 'aria-label': label, 'data-page': String(number) });
      this.places.push(place);
      this.list.append(place);
      this.watch.observe(place);
    }
    if (to === this.pdf.numPages || this.shown.small) return;
    const more = element('button', { type: 'button', class: 'pill more' }, this.shown.texts.morePages);
    more.addEventListener('click', () => {
      more.remove();
      this.add();
    });
    this.list.append(more);
  }

  private seen(entries: IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && target instanceof HTMLElement && !this.drawn.has(target))
        void this.draw(target, Number(target.dataset.page)).catch(() => this.fail(target));
    }
  }

  private fail(place: HTMLElement): void {
    place.replaceChildren(element('p', { class: 'bad' }, this.shown.texts.pageUnreadable));
  }

  private async draw(place: HTMLElement, number: number): Promise<void> {
    if (this.drawn.has(place)) return;
    this.drawn.set(place, () => {});
    this.letGo(place);
    const page = await within(PAGE_MS, this.pdf.getPage(number)).catch(damaged);
    if (this.signal.aborted) return;
    const plain = page.getViewport({ scale: 1 });
    place.style.setProperty('--aspect', String(boundedAspect(plain.width / plain.height)));
    const viewport = page.getViewport({ scale: Math.min(place.clientWidth || MAX_WIDTH, MAX_WIDTH) / plain.width });
    const canvas = element('canvas', { 'aria-hidden': 'true' });
    const sharp = Math.min(devicePixelRatio, Math.sqrt(MAX_CANVAS_PIXELS / (viewport.width * viewport.height)));
    canvas.width = Math.max(1, Math.floor(viewport.width * sharp));
    canvas.height = Math.max(1, Math.floor(viewport.height * sharp));
    const task = page.render({
      canvas,
      viewport,
      transform: [sharp, 0, 0, sharp, 0, 0],
      annotationMode: AnnotationMode.ENABLE,
    });
    this.drawn.set(place, () => {
      task.cancel();
      place.replaceChildren();
      page.cleanup();
    });
    try {
      await within(PAGE_MS, task.promise);
    } catch (error) {
      task.cancel();
      throw error instanceof LookError ? error : new LookError('damaged');
    }
    place.replaceChildren(canvas, await words(page, viewport));
  }

  /** Keeps the pictures of the newest pages only; the others come back when they are in sight again. */
  private letGo(newest: HTMLElement): void {
    for (const [place, release] of this.drawn) {
      if (this.drawn.size <= MAX_DRAWN) return;
      if (place === newest) continue;
      this.drawn.delete(place);
      release();
      // Told anew when it comes into sight.
      this.watch.unobserve(place);
      this.watch.observe(place);
    }
  }
}

/** The page's text over its picture: to be selected, and read by a screen reader. */
async function words(page: PDFPageProxy, viewport: ReturnType<PDFPageProxy['getViewport']>): Promise<HTMLElement> {
  const container = element('div', { class: 'words' });
  container.style.setProperty('--total-scale-factor', String(viewport.scale));
  try {
    const layer = new TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
    await within(PAGE_MS, layer.render());
  } catch {
    container.replaceChildren();
  }
  return container;
}

function boundedAspect(aspect: number): number {
  return Number.isFinite(aspect) ? Math.min(MAX_ASPECT, Math.max(1 / MAX_ASPECT, aspect)) : 1;
}

function damaged(error: unknown): never {
  throw error instanceof LookError ? error : new LookError('damaged');
}
