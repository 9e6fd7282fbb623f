import { describe, expect, it } from 'vitest';
import { shellLinkFile } from '../../test/builders/suspicious-files.ts';
import { tellings } from '../../test/support/lookout-tellings.ts';
import { isCommand, shortcuts } from './shortcuts.ts';

const told = (name: string, content: Uint8Array | string) => tellings(shortcuts, name, content);

describe('shortcuts of Windows', () => {
  it.each([
    ['C:\\Windows\\System32\\cmd.exe', '/c x', 'shortcut-command'],
    ['powershell', '-enc AAAA', 'shortcut-command'],
    ['C:\\Windows\\explorer.exe', 'E:\\x', 'shortcut-command'],
    ['.\\run.vbs', '', 'shortcut-command'],
    ['C:\\Windows\\explorer.exe', '', 'shortcut'],
    ['E:\\Pictures', '', 'shortcut'],
    ['C:\\Program Files\\Paint\\paint.exe', '', 'shortcut'],
  ])('%s %s', (target, parameters, kind) => {
    const quote = parameters === '' ? target : `${target} ${parameters}`;
    expect(told('a.lnk', shellLinkFile({ target, parameters }))).toEqual([`${kind} | ${quote}`]);
  });

  it('tells of one that asks a server, be it for its icon alone', () => {
    expect(told('a.lnk', shellLinkFile({ target: '\\\\evil\\share' }))).toEqual(['shortcut-network | \\\\evil\\share']);
    expect(told('a.lnk', shellLinkFile({ target: 'E:\\a', icon: '\\\\evil\\i.ico' }))).toEqual([
      'shortcut-network | E:\\a\n\\\\evil\\i.ico',
    ]);
    expect(told('a.lnk', shellLinkFile({ target: '\\\\?\\C:\\a' }))).toEqual(['shortcut | \\\\?\\C:\\a']);
  });

  it('takes the program from a target of any length, also one of separators alone', () => {
    const link = (target: string) => ({ target, arguments: '', workingFolder: '', icon: '' });
    expect(isCommand(link(`${'a'.repeat(500_000)}\\`))).toBe(false);
    expect(isCommand(link(`${'\\'.repeat(500_000)}cmd.exe `))).toBe(true);
    expect(isCommand(link('C:/Windows/System32/CMD.exe'))).toBe(true);
  });

  it('is silent on a file that only has the name', () => {
    expect(told('a.lnk', 'text')).toEqual([]);
  });
});

describe('launchers and links', () => {
  it('tells of a command, and of a link only where it leads', () => {
    expect(told('a.desktop', '[Desktop Entry]\nType=Application\nExec=sh -c x\n')).toEqual(['launcher | sh -c x']);
    expect(told('a.desktop', '[Desktop Entry]\nType=Link\nURL=https://a.example/\n')).toEqual([
      'link | https://a.example/',
    ]);
    expect(told('a.desktop', '[Other]\nExec=x\n')).toEqual([]);
  });

  it.each([
    ['https://a.example/', 'link'],
    ['mailto:a@example.com', 'link'],
    ['file://server/share/x', 'network-lure'],
    ['\\\\server\\share', 'network-lure'],
    ['file:///C:/x.exe', 'link-scheme'],
    ['javascript:alert(1)', 'link-scheme'],
    ['ms-msdt:/id', 'link-scheme'],
  ])('URL=%s', (url, kind) => {
    expect(told('a.url', `[InternetShortcut]\r\nURL=${url}\r\n`)).toEqual([`${kind} | ${url}`]);
    expect(told('a.webloc', `<plist><dict><key>URL</key><string>${url}</string></dict></plist>`)).toEqual([
      `${kind} | ${url}`,
    ]);
  });

  it('tells of an icon on a server', () => {
    expect(told('a.url', '[InternetShortcut]\nURL=https://a.example/\nIconFile=\\\\evil\\i.ico\n')).toEqual([
      'network-lure | https://a.example/\n\\\\evil\\i.ico',
    ]);
  });

  it('finds the address in a binary property list', () => {
    const list = Buffer.concat([
      Buffer.from('bplist00\xd1\x01\x02SURL_', 'latin1'),
      Buffer.from('\x10https://a.example/x\0', 'latin1'),
    ]);
    expect(told('a.webloc', list)).toEqual(['link | https://a.example/x']);
  });
});

describe('files that make a file manager ask a server', () => {
  it('tells of the server', () => {
    expect(told('a.scf', '[Shell]\nCommand=2\nIconFile=\\\\evil\\i.ico\n')).toEqual(['network-lure | \\\\evil\\i.ico']);
    expect(told('a.library-ms', '<simpleLocation><url>\\\\evil\\x</url></simpleLocation>')).toEqual([
      'network-lure | \\\\evil\\x',
    ]);
    expect(told('desktop.ini', '[.ShellClassInfo]\nIconResource=\\\\evil\\i,0\n')).toEqual([
      'network-lure | \\\\evil\\i,0',
    ]);
  });

  it('takes those of this computer for worth knowing, or for nothing', () => {
    expect(told('a.search-ms', '<url>C:\\Users</url>')).toEqual(['search-file | C:\\Users']);
    expect(told('desktop.ini', '[.ShellClassInfo]\nIconResource=C:\\i.dll,0\n')).toEqual([]);
  });

  it('is bounded on hostile content', () => {
    const start = performance.now();
    told('a.library-ms', '<url'.repeat(30_000));
    told('a.webloc', 'a'.repeat(70_000));
    told('a.url', '='.repeat(130_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
