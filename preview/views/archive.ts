/** What is in an archive, by its own list: nothing is unpacked but the outer layer of tar.gz, within limits. */

import {
  type ArchiveEntry,
  type ArchiveList,
  isBomb,
  isUnsafePath,
  sumOfSizes,
} from '../../kernel-worker/content/archives/archive-entry.ts';
import { element, filledIn } from '../element.ts';
import { LookError, readRange, readStream } from '../file.ts';
import { listSevenZip } from '../formats/seven-zip.ts';
import { BLOCK, TarReader } from '../formats/tar.ts';
import { listZip } from '../formats/zip.ts';
import type { Note } from '../protocol.ts';
import { visibleText } from '../text/visible-text.ts';
import type { Shown, View, ViewPlace } from '../view.ts';

/** Read ahead in a tar archive, so that many small files are met in one go. */
const WINDOW_BYTES = 256 * 1024;
/** Headers of a tar archive that is larger than a stick is fast take long: then the list ends. */
const MAX_WINDOWS = 2000;
/** What is unpacked of a compressed archive to find names in it. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
const UNPACK_MS = 8000;
/** Shown of a compressed file that is no archive. */
const BEGINNING_BYTES = 64 * 1024;

export const zipView: View = async (place) => {
  const { shown, signal } = place;
  showList(place, await listZip(shown.sizeBytes, (from, to) => readRange(from, to, signal)));
};

export const tarView: View = async (place) => {
  const { shown, signal } = place;
  const reader = new TarReader();
  let at = 0;
  let window = { from: 0, bytes: new Uint8Array(0) };
  for (let reads = 0; reads < MAX_WINDOWS && isGoingOn(reader) && at + BLOCK <= shown.sizeBytes; ) {
    const { kind, lengthBytes } = reader.wanted;
    if (kind !== 'pass') {
      if (at < window.from || at + lengthBytes > window.from + window.bytes.length) {
        window = { from: at, bytes: await readRange(at, Math.min(at + WINDOW_BYTES, shown.sizeBytes), signal) };
        reads += 1;
      }
      reader.take(window.bytes.subarray(at - window.from, at - window.from + lengthBytes));
    } else {
      reader.take(new Uint8Array(0));
    }
    at += lengthBytes;
  }
  finish(place, reader);
};

export const gzipView: View = async (place) => {
  const { reader, beginning, isCut } = await unpacked(place.signal);
  if (reader.entries.length > 0) finish(place, reader, isCut ? ['unpacked-in-part'] : []);
  else showBeginning(place, beginning, isCut);
};

export const sevenZipView: View = async (place) => {
  const { root, shown, signal, facts } = place;
  const { version, list } = await listSevenZip(shown.sizeBytes, (from, to) => readRange(from, to, signal));
  if (list !== null) {
    showList(place, list);
    return;
  }
  facts({ notes: ['encrypted-list'] });
  root.append(
    element('div', { class: 'card' }, element('p', { class: 'big' }, filledIn(shown.texts.sevenZip, version))),
  );
};

function isGoingOn(reader: TarReader): boolean {
  return !reader.ended && !reader.damaged && !reader.isFull;
}

function finish(place: ViewPlace, reader: TarReader, notes: Note[] = []): void {
  if (reader.entries.length === 0 && reader.damaged) throw new LookError('damaged');
  const { entries, ended } = reader;
  showList(place, { entries, total: entries.length, cut: !ended, unpackedBytes: sumOfSizes(entries) }, notes);
}

/** Unpacks what DEFLATE gives, as a tar archive if it is one, until a limit of bytes or time. */
async function unpacked(signal: AbortSignal): Promise<{ reader: TarReader; beginning: Uint8Array; isCut: boolean }> {
  const ending = new AbortController();
  const stream = await readStream(AbortSignal.any([signal, ending.signal]));
  const taker = new PieceTaker();
  const out = stream.pipeThrough(new DecompressionStream('gzip')).getReader();
  const started = performance.now();
  let isWhole = false;
  try {
    for (let total = 0; total <= MAX_UNPACKED_BYTES && performance.now() - started < UNPACK_MS; ) {
      const { done, value } = await out.read();
      isWhole = done;
      if (done) break;
      total += value.length;
      taker.add(value);
      if (taker.isSatisfied) break;
    }
  } catch {
    if (taker.beginningBytes === 0) throw new LookError('damaged');
  }
  ending.abort();
  const { reader } = taker;
  const hasList = reader.entries.length > 0;
  return { reader, beginning: taker.beginning(), isCut: !(isWhole || (hasList && reader.ended)) };
}

/** Gathers bytes as they come into what the tar reader wants, and keeps the first ones. */
class PieceTaker {
  readonly reader = new TarReader();
  beginningBytes = 0;
  private readonly first = new Uint8Array(BEGINNING_BYTES);
  private gathered: Uint8Array[] = [];
  private missing = BLOCK;

  /** Nothing more has to come: the list is complete, or it is no archive and its beginning is there. */
  get isSatisfied(): boolean {
    if (this.reader.entries.length > 0) return !isGoingOn(this.reader);
    return !isGoingOn(this.reader) && this.beginningBytes === BEGINNING_BYTES;
  }

  beginning(): Uint8Array {
    return this.first.subarray(0, this.beginningBytes);
  }

  add(bytes: Uint8Array): void {
    const kept = bytes.subarray(0, BEGINNING_BYTES - this.beginningBytes);
    this.first.set(kept, this.beginningBytes);
    this.beginningBytes += kept.length;
    for (let at = 0; at < bytes.length && isGoingOn(this.reader); ) {
      const piece = bytes.subarray(at, at + this.missing);
      if (this.reader.wanted.kind !== 'pass') this.gathered.push(piece);
      at += piece.length;
      this.missing -= piece.length;
      if (this.missing === 0) this.complete();
    }
  }

  private complete(): void {
    const length = this.gathered.reduce((sum, piece) => sum + piece.length, 0);
    const whole = new Uint8Array(length);
    let at = 0;
    for (const piece of this.gathered) {
      whole.set(piece, at);
      at += piece.length;
    }
    this.gathered = [];
    this.reader.take(whole);
    this.missing = this.reader.wanted.lengthBytes;
  }
}

function showBeginning({ root, shown, facts }: ViewPlace, beginning: Uint8Array, isCut: boolean): void {
  const text = new TextDecoder().decode(beginning);
  const isText = !/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/.test(text.slice(0, 1000));
  facts({ notes: isCut ? ['unpacked-in-part'] : [] });
  const content = isText ? visibleText(text) : [hexLines(beginning.subarray(0, 4096))];
  root.append(
    element('h2', {}, shown.texts.insideIt),
    element(
      'div',
      {
        class: isText ? 'text' : 'text mono',
        'data-scrolls': '',
        tabindex: '0',
        role: 'region',
        'aria-label': shown.texts.beginning,
      },
      ...content,
    ),
  );
}

function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16)
    lines.push(Array.from(bytes.subarray(at, at + 16), (byte) => byte.toString(16).padStart(2, '0')).join(' '));
  return lines.join('\n');
}

function showList({ root, shown, facts }: ViewPlace, list: ArchiveList, known: readonly Note[] = []): void {
  const { entries, total, cut, unpackedBytes } = list;
  const notes: Note[] = cut ? [...known, 'cut'] : [...known];
  if (entries.some((entry) => entry.encrypted)) notes.push('encrypted-entries');
  if (entries.some((entry) => isUnsafePath(entry.path))) notes.push('unsafe-names');
  if (isBomb(unpackedBytes, shown.sizeBytes)) notes.push('bomb');
  facts({ entries: total, unpackedBytes, notes });
  const { texts } = shown;
  if (entries.length === 0) {
    root.append(element('p', { class: 'empty' }, texts.noEntries));
    return;
  }
  const rows = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1)).map((entry) => entryRow(entry, shown));
  const header = element(
    'tr',
    {},
    ...[texts.name, texts.size, texts.modified].map((name) => element('th', { scope: 'col' }, name)),
  );
  root.append(
    element(
      'div',
      { class: 'list', 'data-scrolls': '', tabindex: '0', role: 'region', 'aria-label': texts.archive },
      element('table', {}, element('thead', {}, header), element('tbody', {}, ...rows)),
      ...(cut ? [element('p', { class: 'aside' }, texts.entriesCut)] : []),
    ),
  );
}

function entryRow(entry: ArchiveEntry, shown: Shown): HTMLElement {
  const { texts, language } = shown;
  const name = element('bdi', {}, ...visibleText(entry.path.slice(0, 1024)));
  const cell = element('td', { class: entry.isFolder ? 'name folder' : 'name' }, name);
  if (entry.encrypted) cell.append(element('span', { class: 'tag' }, texts.encrypted));
  if (isUnsafePath(entry.path)) cell.append(element('span', { class: 'tag bad' }, texts.unsafeName));
  return element(
    'tr',
    {},
    cell,
    element('td', { class: 'number' }, entry.isFolder ? '' : sizeText(entry.sizeBytes, shown)),
    element('td', { class: 'number' }, entry.modifiedMs === null ? '' : dateText(entry.modifiedMs, language)),
  );
}

/** As the app's page writes sizes (renderer/text/format.ts). */
function sizeText(bytes: number, { texts, language }: Shown): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 999.5 && unit < texts.sizes.length - 1; unit++) value /= 1000;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: value >= 100 ? 0 : 1 }).format(value);
  return filledIn(texts.sizeInUnit, number, texts.sizes[unit]);
}

function dateText(ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(ms);
}
