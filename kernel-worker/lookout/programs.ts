/** What runs, and what says that it is something else: by content first, by name where content cannot tell. */

import type { ContentType } from '../content/content-class.ts';
import type { ExaminedFile } from './examined.ts';
import { ARCHIVE, CONTENT, DISK_IMAGES, JAVASCRIPT, LIBRARIES, MEDIA_OR_PDF, RUNS, TEXT } from './extensions.ts';
import type { ProgramSort, Tell } from './finding.ts';
import { decoded } from './settings-text.ts';

/** What of a JavaScript file is looked at for words that only Windows' script host knows. */
const SCRIPT_BYTES = 64 * 1024;
const SCRIPT_HOST = /\b(?:ActiveXObject|WScript\s*\.|GetObject\s*\(|Scripting\.FileSystemObject)/;
const SVG_BYTES = 256 * 1024;
const SVG_SCRIPT = /<script[\s>/]|\son[a-z]{3,20}\s*=\s*["']|<foreignObject[\s>]|(?:href\s*=\s*["']\s*)javascript:/i;
/** AppleSingle and AppleDouble (RFC 1740): what macOS writes beside files on other file systems, under their names behind '._'. */
const APPLE_DOUBLE = [0x00, 0x05, 0x16];

const SORTS: Array<[RegExp, ProgramSort]> = [
  [/portable-executable|dosexec/, 'windows'],
  [/x-elf|appimage/, 'linux'],
  [/mach-binary/, 'mac'],
  [/java/, 'java'],
  [/android/, 'android'],
  [/x-msi|appx|debian|x-rpm|x-ios-app/, 'installer'],
  [/shortcut|desktop|mswinurl|x-scf/, 'shortcut'],
  [/htmlhelp/, 'help'],
  [/^text\/x-|x-php|hta$/, 'script'],
];
const BINARY: ReadonlySet<ProgramSort> = new Set(['windows', 'linux', 'mac', 'java', 'android', 'installer', 'help']);
/** Their content has signatures by which it is known; without one it is not what the name says. */
const RECOGNISED: ReadonlySet<ProgramSort> = new Set(['windows', 'installer', 'java', 'android', 'linux', 'help']);

export function programSort(type: ContentType): ProgramSort | null {
  if (type.class !== 'program') return null;
  return SORTS.find(([pattern]) => pattern.test(type.mime))?.[1] ?? 'other';
}

export function programs(file: ExaminedFile, tell: Tell): void {
  if (file.sizeBytes === 0 || isAppleDouble(file)) return;
  const type = file.type();
  const sort = programSort(type);
  const { extension } = file;
  const runs = RUNS.get(extension);
  const isProgram = runs !== undefined ? isWhatItSays(runs, type, sort) : sort !== null && isStarted(file, sort);
  if (sort !== null && CONTENT.has(extension) && !(TEXT.has(extension) && !BINARY.has(sort)))
    tell('disguised-program', { sort });
  else if (isProgram) tellProgram(file, runs ?? sort ?? 'other', tell);
  else if (extension === JAVASCRIPT) javascript(file, tell);
  else if (extension === 'svg' || type.mime === 'image/svg+xml') picture(file, tell);
  else if (MEDIA_OR_PDF.has(extension) && isOfAnotherKind(type)) tell('content-mismatch', { quote: type.mime });
  else if (DISK_IMAGES.has(extension) || /-disk$|efi\.iso|apple-diskimage/.test(type.mime)) tell('disk-image');
}

function tellProgram(file: ExaminedFile, sort: ProgramSort, tell: Tell): void {
  // A dot hides on Unix, where scripts behind a dot are settings.
  if (file.dosHidden || (file.hidden && BINARY.has(sort))) tell('hidden-program', { sort });
  else tell(sort === 'script' ? 'script' : 'program', { sort });
}

/** 'www.example.com' is no program because of its end. */
function isWhatItSays(runs: ProgramSort, type: ContentType, sort: ProgramSort | null): boolean {
  if (sort !== null) return true;
  return !RECOGNISED.has(runs) || (type.class === 'other' && type.mime === 'application/octet-stream');
}

/** By its content a program, under a name that does not say so. */
function isStarted(file: ExaminedFile, sort: ProgramSort): boolean {
  return BINARY.has(sort) && !LIBRARIES.has(file.extension) && !ARCHIVE.has(file.extension) && !isVersioned(file.name);
}

/** 'libc.so.6'. */
function isVersioned(name: string): boolean {
  return /\.so\.[\d.]+$/.test(name);
}

function isAppleDouble(file: ExaminedFile): boolean {
  if (!file.name.startsWith('._')) return false;
  const head = file.read(0, 3);
  return APPLE_DOUBLE.every((byte, i) => head[i] === byte);
}

/** Web pages are made of such files; Windows' script host runs the same on a double click. */
function javascript(file: ExaminedFile, tell: Tell): void {
  if (file.inRoot || SCRIPT_HOST.test(decoded(file.read(0, SCRIPT_BYTES)))) tell('script', { sort: 'script' });
}

function picture(file: ExaminedFile, tell: Tell): void {
  if (SVG_SCRIPT.test(decoded(file.read(0, SVG_BYTES)))) tell('picture-script');
}

/** One picture under another's extension is nothing; a page or an archive is. */
function isOfAnotherKind(type: ContentType): boolean {
  return type.class === 'archive' || type.mime === 'text/html' || type.mime === 'application/x-ole-storage';
}
