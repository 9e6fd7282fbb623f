/** Whether bytes are text, how its characters are written, and what kind of text it says itself to be. */

import type { ContentType } from './content-class.ts';

type Charset = NonNullable<ContentType['charset']>;

/** How far into a text its first words are looked for, in characters. */
const FIRST_WORDS = 1024;

/** Texts that a system runs or that lead it to something that it runs. */
const PROGRAM_STARTS: Array<[RegExp, string]> = [
  [/^#!\s*\//, 'text/x-shellscript'],
  [/^\s*@?echo\s+off\b/i, 'text/x-bat'],
  [/^\s*<\?php\b/, 'application/x-php'],
  [/^(?:REGEDIT4|Windows Registry Editor Version)\b/, 'text/x-ms-regedit'],
  [/^(?:\s|[;#][^\n]*\n)*\[autorun(?:\.\w+)?\]/i, 'text/x-autorun'],
  [/^(?:\s|[;#][^\n]*\n)*\[Desktop Entry\]/, 'application/x-desktop'],
  [/^(?:\s|[;#][^\n]*\n)*\[(?:DEFAULT|InternetShortcut)(?:\.\w+)?\]/i, 'application/x-mswinurl'],
  [/^(?:\s|[;#][^\n]*\n)*\[Shell\]/i, 'text/x-scf'],
  [/<hta:application\b/i, 'application/hta'],
  [/^\s*(?:<\?xml[^>]*>\s*)?<(?:job|package|scriptlet|component)\b/i, 'text/x-windows-script'],
];

type Kind = Pick<ContentType, 'mime' | 'class'>;

const SVG: Kind = { mime: 'image/svg+xml', class: 'picture' };
const HTML: Kind = { mime: 'text/html', class: 'text' };

/** Plain texts that say what they are. */
const TEXT_STARTS: Array<[RegExp, Kind]> = [
  [/^\s*<\?xml\b/i, { mime: 'text/xml', class: 'text' }],
  [/^BEGIN:VCARD\b/i, { mime: 'text/vcard', class: 'text' }],
  [/^BEGIN:VCALENDAR\b/i, { mime: 'text/calendar', class: 'text' }],
];

/** What may stand before a markup's root, by its start and end. */
const COMMENT = ['<!--', '-->'];
const DECLARATION = ['<?xml', '>'];
const DOCUMENT_TYPE = ['<!doctype', '>'];

/** null: not text. `isWhole`: nothing follows, so that a character cut at the end is a fault. */
export function textType(head: Uint8Array, isWhole: boolean): ContentType | null {
  const charset = charsetOf(head, isWhole);
  if (charset === null) return null;
  const words = new TextDecoder(charset === 'latin1' ? 'windows-1252' : charset).decode(head).slice(0, FIRST_WORDS);
  const program = PROGRAM_STARTS.find(([pattern]) => pattern.test(words));
  if (program !== undefined) return { mime: program[1], class: 'program', charset };
  const stated = markupType(words) ?? TEXT_STARTS.find(([pattern]) => pattern.test(words))?.[1];
  return { ...(stated ?? { mime: 'text/plain', class: 'text' }), charset };
}

/** Markup that is known by its root. */
function markupType(words: string): Kind | null {
  const root = pastProlog(words, [COMMENT, DECLARATION]);
  // The document type may hold declarations of its own, whose end is not looked for.
  if (/^<!doctype svg\b/i.test(root)) return SVG;
  if (/^<svg\b/i.test(pastProlog(root, [COMMENT, DECLARATION, DOCUMENT_TYPE]))) return SVG;
  return /^<(?:!doctype html|html|head|body|script)\b/i.test(root) ? HTML : null;
}

/** The text without white space and what is `passed` before it. A loop: a pattern that says the same takes exponential time over many comments. */
function pastProlog(words: string, passed: readonly string[][]): string {
  let rest = words.trimStart();
  for (;;) {
    const [start, end] = passed.find(([text]) => rest.slice(0, text.length).toLowerCase() === text) ?? ['', ''];
    const endAt = start === '' ? -1 : rest.indexOf(end, start.length);
    if (endAt < 0) return rest;
    rest = rest.slice(endAt + end.length).trimStart();
  }
}

function charsetOf(head: Uint8Array, isWhole: boolean): Charset | null {
  if (head[0] === 0xff && head[1] === 0xfe) return decodes(head, 'utf-16le', isWhole) ? 'utf-16le' : null;
  if (head[0] === 0xfe && head[1] === 0xff) return decodes(head, 'utf-16be', isWhole) ? 'utf-16be' : null;
  if (hasControls(head)) {
    const unmarked = zeroHalf(head);
    return unmarked !== null && decodes(head, unmarked, isWhole) ? unmarked : null;
  }
  return decodes(head, 'utf-8', isWhole) ? 'utf-8' : 'latin1';
}

function decodes(head: Uint8Array, charset: Charset, isWhole: boolean): boolean {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(head, { stream: !isWhole });
    return charset === 'utf-8' || !hasControls(text);
  } catch {
    return false;
  }
}

/** Tab, line feed, vertical tab, form feed, carriage return and escape (colours of a terminal's log) are those of text. */
function hasControls(content: Uint8Array | string): boolean {
  for (let i = 0; i < content.length; i++) {
    const unit = typeof content === 'string' ? content.charCodeAt(i) : content[i];
    if (unit === 0x7f || (unit < 0x20 && !(unit >= 0x09 && unit <= 0x0d) && unit !== 0x1b)) return true;
  }
  return false;
}

/** UTF-16 without a mark: nearly every other byte is zero in the scripts of Europe. */
function zeroHalf(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head.length < 2) return null;
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] += 1;
  const half = head.length / 2;
  if (zeros[1] > half * 0.6 && zeros[0] === 0) return 'utf-16le';
  return zeros[0] > half * 0.6 && zeros[1] === 0 ? 'utf-16be' : null;
}
