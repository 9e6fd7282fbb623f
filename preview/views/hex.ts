/** The bytes of a file of any size: offsets, hexadecimal, characters. Only rows in sight exist, and only their bytes are read. */

import { element } from '../element.ts';
import { readRange } from '../file.ts';
import type { View } from '../view.ts';

/** Height of a row, and what is left free above the first and below the last, in CSS pixels, as in the style sheet. */
const ROW = 20;
const MARGIN = 8;
const PAGE_BYTES = 16 * 1024;
/** Pages kept: a megabyte. */
const MAX_PAGES = 64;
/** Chromium draws nothing taller than some 33 million pixels; a longer file's scroll bar is scaled. */
const MAX_HEIGHT = 10_000_000;
/** Scrolling by less than this is by wheel or key and moves row by row; more is by the bar. */
const STEP = 2000;

export const hexView: View = async ({ root, shown, signal }) => {
  const pages = new Pages(shown.sizeBytes, signal);
  await pages.load(0);
  if (signal.aborted) return;
  const { texts } = shown;
  const layer = element('div', { class: 'layer mono', dir: 'ltr' });
  const spacer = element('div');
  const scroller = element(
    'div',
    { class: 'bytes', 'data-scrolls': '', tabindex: '0', role: 'region', 'aria-label': texts.bytes },
    layer,
    spacer,
  );
  const list = new ByteList(scroller, layer, spacer, pages, shown.sizeBytes);
  root.append(
    scroller,
    goTo(texts.goToOffset, texts.go, (offset) => list.showOffset(offset)),
  );
  const watch = new ResizeObserver(() => list.measure());
  watch.observe(scroller);
  signal.addEventListener('abort', () => watch.disconnect());
  list.measure();
};

/** The file's bytes in pages, read when a row of them is in sight. */
class Pages {
  private readonly pages = new Map<number, Uint8Array | 'unreadable'>();
  private readonly loading = new Set<number>();
  private readonly sizeBytes: number;
  private readonly signal: AbortSignal;

  constructor(sizeBytes: number, signal: AbortSignal) {
    this.sizeBytes = sizeBytes;
    this.signal = signal;
  }

  get(page: number): Uint8Array | 'unreadable' | undefined {
    return this.pages.get(page);
  }

  /** Resolves to whether something new is there. */
  async load(page: number): Promise<boolean> {
    if (this.pages.has(page) || this.loading.has(page)) return false;
    this.loading.add(page);
    const from = page * PAGE_BYTES;
    const to = Math.min(from + PAGE_BYTES, this.sizeBytes);
    const bytes = await readRange(from, to, this.signal).catch(() => 'unreadable' as const);
    this.loading.delete(page);
    this.pages.set(page, bytes);
    const [oldest] = this.pages.keys();
    if (this.pages.size > MAX_PAGES) this.pages.delete(oldest);
    return !this.signal.aborted;
  }
}

class ByteList {
  private readonly scroller: HTMLElement;
  private readonly layer: HTMLElement;
  private readonly spacer: HTMLElement;
  private readonly pages: Pages;
  private readonly sizeBytes: number;
  private perRow = 16;
  /** How far down, in pixels of the whole list; the scroll bar's place is a scaled one where the list is taller than Chromium draws. */
  private top = 0;
  private barAt = 0;

  constructor(scroller: HTMLElement, layer: HTMLElement, spacer: HTMLElement, pages: Pages, sizeBytes: number) {
    this.scroller = scroller;
    this.layer = layer;
    this.spacer = spacer;
    this.pages = pages;
    this.sizeBytes = sizeBytes;
    scroller.addEventListener('scroll', () => this.scrolled());
  }

  private get height(): number {
    return Math.ceil(this.sizeBytes / this.perRow) * ROW;
  }

  private get room(): number {
    return this.scroller.clientHeight - 2 * MARGIN;
  }

  /** Pixels of the list for a pixel of the bar. */
  private get scale(): number {
    return this.height <= MAX_HEIGHT ? 1 : (this.height - this.room) / (MAX_HEIGHT - this.room);
  }

  measure(): void {
    const offset = (this.top / ROW) * this.perRow;
    this.perRow = this.scroller.clientWidth < 620 ? 8 : 16;
    this.scroller.classList.toggle('narrow', this.perRow === 8);
    this.spacer.style.height = `${Math.min(this.height, MAX_HEIGHT)}px`;
    this.showOffset(offset);
  }

  showOffset(offset: number): void {
    const row = Math.floor(Math.min(Math.max(0, offset), Math.max(0, this.sizeBytes - 1)) / this.perRow);
    this.moveTo(row * ROW);
  }

  private moveTo(top: number): void {
    this.top = Math.max(0, Math.min(top, this.height - this.room));
    this.scroller.scrollTop = this.top / this.scale;
    this.barAt = this.scroller.scrollTop;
    this.draw();
  }

  private scrolled(): void {
    const moved = this.scroller.scrollTop - this.barAt;
    if (moved === 0) return;
    if (this.scale === 1 || Math.abs(moved) > STEP) {
      this.barAt = this.scroller.scrollTop;
      this.top = this.barAt * this.scale;
      this.draw();
    } else {
      this.moveTo(this.top + moved);
    }
  }

  private draw(): void {
    const first = Math.floor(this.top / ROW);
    const count = Math.ceil(this.scroller.clientHeight / ROW) + 1;
    const rows: HTMLElement[] = [];
    for (let row = first; row < first + count && row * this.perRow < this.sizeBytes; row++) rows.push(this.row(row));
    this.layer.replaceChildren(...rows);
    this.layer.style.transform = `translateY(${-(this.top % ROW)}px)`;
  }

  private row(row: number): HTMLElement {
    const from = row * this.perRow;
    const page = Math.floor(from / PAGE_BYTES);
    const bytes = this.pages.get(page);
    if (bytes === undefined) void this.pages.load(page).then((fresh) => fresh && this.draw());
    const offset = element(
      'span',
      { class: 'offset' },
      from.toString(16).padStart(this.sizeBytes > 0xffff_ffff ? 12 : 8, '0'),
    );
    if (bytes === undefined) return element('div', { class: 'row' }, offset, ' ');
    const length = Math.min(this.perRow, this.sizeBytes - from);
    if (bytes === 'unreadable')
      return element('div', { class: 'row bad' }, offset, element('span', { class: 'hex' }, '-- '.repeat(length)));
    return bytesRow(offset, bytes.subarray(from - page * PAGE_BYTES, from - page * PAGE_BYTES + length), this.perRow);
  }
}

function bytesRow(offset: HTMLElement, bytes: Uint8Array, perRow: number): HTMLElement {
  let hex = '';
  let characters = '';
  for (let i = 0; i < perRow; i++) {
    hex += (i < bytes.length ? bytes[i].toString(16).padStart(2, '0') : '  ') + (i % 8 === 7 ? '  ' : ' ');
    if (i < bytes.length) characters += bytes[i] >= 0x20 && bytes[i] < 0x7f ? String.fromCharCode(bytes[i]) : '·';
  }
  const isEmpty = bytes.every((byte) => byte === 0);
  return element(
    'div',
    { class: isEmpty ? 'row zeros' : 'row' },
    offset,
    element('span', { class: 'hex' }, hex),
    element('span', { class: 'characters' }, characters),
  );
}

/** A field for an offset: decimal, or hexadecimal with 0x. */
function goTo(label: string, button: string, go: (offset: number) => void): HTMLElement {
  const field = element('input', {
    type: 'text',
    inputmode: 'text',
    'aria-label': label,
    placeholder: label,
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const run = () => {
    const text = field.value.trim();
    if (/^(?:0x[0-9a-f]{1,13}|\d{1,15})$/i.test(text)) go(Number(text));
  };
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') run();
  });
  const press = element('button', { type: 'button', class: 'pill' }, button);
  press.addEventListener('click', run);
  return element('div', { class: 'bar' }, field, press);
}
