/** The command that opens a browser. */

import { expect, test } from 'vitest';
import { browserCommand } from './open-browser.ts';

test('is each desktop’s own, with the address as one argument', () => {
  const url = 'http://127.0.0.1:1/#a&b';
  expect(browserCommand(url, 'linux')).toEqual(['xdg-open', [url]]);
  expect(browserCommand(url, 'darwin')).toEqual(['open', [url]]);
  expect(browserCommand(url, 'win32')).toEqual(['rundll32.exe', ['url.dll,FileProtocolHandler', url]]);
});
