import { describe, expect, it } from 'vitest';
import { tellings } from '../../test/support/lookout-tellings.ts';
import { autorun } from './autorun.ts';

const told = (name: string, content: Uint8Array | string, inRoot = true) =>
  tellings(autorun, name, content, { inRoot });

describe('autorun.inf', () => {
  it('tells which programs it would start, each once', () => {
    const inf =
      '[AutoRun]\r\nopen=setup.exe /q\r\nShellExecute = readme.htm\r\nshell\\open\\command=setup.exe /q\r\nicon=x.ico\r\n';
    expect(told('AUTORUN.INF', inf)).toEqual(['autorun | danger | setup.exe /q\nreadme.htm']);
  });

  it('reads it in UTF-16, with comments, filling and odd line ends', () => {
    const filled = `;${'x'.repeat(5000)}\r[autorun.amd64]\r  ;open=no.exe\r\n\n   open =   evil.exe  \n`;
    expect(told('autorun.inf', Buffer.from(`\ufeff${filled}`, 'utf16le'))).toEqual(['autorun | danger | evil.exe']);
  });

  it('takes one that only names the medium for harmless', () => {
    expect(told('autorun.inf', '[autorun]\nlabel=Backup\nicon=a.ico\n')).toEqual(['autorun-settings']);
    expect(told('autorun.inf', '')).toEqual(['autorun-settings']);
  });

  it('takes one elsewhere for worth knowing: it starts nothing there', () => {
    expect(told('autorun.inf', '[autorun]\nopen=a.exe', false)).toEqual(['autorun | note | a.exe']);
    expect(told('autorun.inf', '[autorun]\nlabel=a', false)).toEqual([]);
  });

  it('heeds no open= of another section', () => {
    expect(told('autorun.inf', '[other]\nopen=a.exe')).toEqual(['autorun-settings']);
  });

  it('is bounded on hostile content', () => {
    const many = `[autorun]\n${Array.from({ length: 50_000 }, (_, i) => `open=${i}.exe`).join('\n')}`;
    expect(told('autorun.inf', many)[0].split('\n').length).toBe(8);
    expect(told('autorun.inf', new Uint8Array(300_000).fill(0x5b))).toEqual(['autorun-settings']);
  });
});

describe('what desktops of Linux look for', () => {
  it('tells of it in the root only', () => {
    expect(told('autorun.sh', '#!/bin/sh\n')).toEqual(['autostart']);
    expect(told('.autorun', 'x')).toEqual(['autostart']);
    expect(told('.autoopen', 'docs/index.html\n')).toEqual(['autostart | note | docs/index.html']);
    expect(told('autorun.sh', '#!/bin/sh\n', false)).toEqual([]);
  });
});
