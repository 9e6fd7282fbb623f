/** Files of `[section]` and `key=value` lines as Windows and desktops read them: autorun.inf, .url, .scf, desktop.ini, .desktop. */

import type { ExaminedFile } from './examined.ts';

export interface Setting {
  /** In lower case. */
  section: string;
  /** In lower case. */
  key: string;
  value: string;
}

/** Real ones have some hundred bytes; comments and binary filling are used to hide the lines that matter. */
const MAX_BYTES = 128 * 1024;
const MAX_SETTINGS = 2000;

export function settingsOf(file: ExaminedFile): Setting[] {
  const settings: Setting[] = [];
  let section = '';
  for (const line of textOf(file, MAX_BYTES).split(/[\r\n]+/)) {
    const heading = /^\s*\[([^\]]*)\]/.exec(line);
    if (heading !== null) {
      section = heading[1].trim().toLowerCase();
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 1 || /^\s*[;#]/.test(line)) continue;
    settings.push({
      section,
      key: line.slice(0, equals).trim().toLowerCase(),
      value: line.slice(equals + 1).trim(),
    });
    if (settings.length >= MAX_SETTINGS) break;
  }
  return settings;
}

/** The text of a file, by its byte order mark; without one as UTF-8 where it is that, else as Windows' Western code page. */
export function textOf(file: ExaminedFile, maxBytes: number): string {
  return decoded(file.read(0, maxBytes));
}

export function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
