/**
 * Files on the clipboard, in the formats that file managers paste: text/uri-list (RFC 2483; KDE, LXQt), the lists of GNOME, Xfce and Cinnamon and of MATE
 * (an action and one URI a line), the list of file names of AppKit (NSFilenamesPboardType, a property list). Electron reaches no such list on Windows.
 */

import { pathToFileURL } from 'node:url';

/** By Electron's name for a raw format of the system's clipboard. */
export type ClipboardFormats = Record<string, string>;

/** null: this system's file manager would not find them. */
export function clipboardFormats(platform: NodeJS.Platform): ((paths: readonly string[]) => ClipboardFormats) | null {
  if (platform === 'linux') return linuxFormats;
  return platform === 'darwin' ? macFormats : null;
}

function linuxFormats(paths: readonly string[]): ClipboardFormats {
  const addresses = paths.map((path) => pathToFileURL(path).href);
  const copied = ['copy', ...addresses].join('\n');
  return {
    [raw('text/uri-list')]: addresses.map((address) => `${address}\r\n`).join(''),
    [raw('x-special/gnome-copied-files')]: copied,
    [raw('x-special/mate-copied-files')]: copied,
  };
}

function macFormats(paths: readonly string[]): ClipboardFormats {
  const names = paths.map((path) => `<string>${escaped(path)}</string>`).join('');
  return {
    [raw('NSFilenamesPboardType')]:
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n' +
      `<plist version="1.0"><array>${names}</array></plist>\n`,
  };
}

function raw(format: string): string {
  return `electron application/osclipboard;format="${format}"`;
}

/** Control characters, which XML cannot have, are in no name that a copy writes (transfers/safe-names.ts). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
