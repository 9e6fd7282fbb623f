/** Files on the clipboard, as the file managers of each system read them. */

import { expect, test } from 'vitest';
import { clipboardFormats } from './file-clipboard.ts';

const raw = (format: string) => `electron application/osclipboard;format="${format}"`;

test.skipIf(process.platform === 'win32')('on Linux they are addresses, for KDE, GNOME and MATE at once', () => {
  const formats = clipboardFormats('linux')?.(['/home/jo/süß 100%.txt', '/home/jo/a\tb#c']);
  const first = 'file:///home/jo/s%C3%BC%C3%9F%20100%25.txt';
  const second = 'file:///home/jo/a%09b%23c';
  expect(formats).toEqual({
    [raw('text/uri-list')]: `${first}\r\n${second}\r\n`,
    [raw('x-special/gnome-copied-files')]: `copy\n${first}\n${second}`,
    [raw('x-special/mate-copied-files')]: `copy\n${first}\n${second}`,
  });
});

test('on macOS they are a property list, in which no name is markup', () => {
  const formats = clipboardFormats('darwin')?.(['/Users/jo/</string>&amp;.txt', '/Users/jo/b']);
  expect(Object.keys(formats ?? {})).toEqual([raw('NSFilenamesPboardType')]);
  expect(formats?.[raw('NSFilenamesPboardType')]).toContain(
    '<array><string>/Users/jo/&lt;/string&gt;&amp;amp;.txt</string><string>/Users/jo/b</string></array>',
  );
});

test('elsewhere there is no way', () => {
  expect(clipboardFormats('win32')).toBeNull();
});
