import { describe, expect, it } from 'vitest';
import { extensionOf } from './extensions.ts';
import type { FindingKind, Telling } from './finding.ts';
import { misleadingName, spelledOut } from './misleading-names.ts';

function told(name: string, isFolder = false): string[] {
  const kinds: string[] = [];
  misleadingName(name, isFolder, extensionOf(name), (kind: FindingKind, telling: Telling = {}) => {
    kinds.push(telling.severity === undefined ? kind : `${kind} (${telling.severity})`);
  });
  return kinds;
}

describe('second extensions', () => {
  it.each(['invoice.pdf.exe', 'Photo.JPG.scr', 'letter.doc.js', 'song.mp3.bat', 'a.tar.gz.msi'])(
    'tells of %s',
    (name) => expect(told(name)).toEqual(['double-extension']),
  );

  it.each([
    'setup.exe',
    'archive.tar.gz',
    'jquery.min.js',
    'pdf.js',
    'v1.2.exe',
    'report.final.pdf',
    // Windows calls shortcuts to documents so, and never shows their extension.
    'report.pdf.lnk',
    '.txt.swp',
  ])('is silent on %s', (name) => expect(told(name)).toEqual([]));

  it('takes a folder for what it is', () => {
    expect(told('invoice.pdf.exe', true)).toEqual([]);
  });
});

describe('extensions out of sight', () => {
  it('tells of blanks of all sorts before the extension of a program', () => {
    expect(told('photo          .exe')).toEqual(['spaced-extension']);
    expect(told('photo\u3000\u3000\u3000.scr')).toEqual(['spaced-extension']);
    expect(told('statement.pdf      .com')).toEqual(['double-extension', 'spaced-extension']);
  });

  it('lets a slip of the finger and documents pass', () => {
    expect(told('photo .exe')).toEqual([]);
    expect(told('table      .txt')).toEqual([]);
  });
});

describe('direction', () => {
  it('tells of overrides wherever they are', () => {
    expect(told('invoice\u202efdp.exe')).toEqual(['direction-override']);
    expect(told('\u202dfolder', true)).toEqual(['direction-override']);
  });

  it('takes marks for worth knowing, and for danger on a program without such letters', () => {
    expect(told('שלום\u200f.txt')).toEqual(['direction-mark (note)']);
    expect(told('setup\u2067gpj\u2069.exe')).toEqual(['direction-mark (danger)']);
    expect(told('مرحبا\u200f.exe')).toEqual(['direction-mark (note)']);
  });
});

describe('what cannot be seen', () => {
  it.each(['\u00a0', '\u2800\u2800', ' ', '\u200b\u3164'])('tells of a name of blanks only (%j)', (name) => {
    expect(told(name, true)).toEqual(['blank-name']);
  });

  it('tells of invisible characters between letters', () => {
    expect(told('pay\u200bpal.txt')).toEqual(['invisible-name']);
    expect(told('soft\u00adhyphen.txt')).toEqual(['invisible-name']);
    expect(told('a\u200db.txt')).toEqual(['invisible-name']);
  });

  it('knows joiners that emoji and scripts need', () => {
    expect(told('👩\u200d🔬.txt')).toEqual([]);
    expect(told('می\u200cخواهم.txt')).toEqual([]);
    expect(told('क्\u200dष.txt')).toEqual([]);
  });

  it('is silent on names in the languages of the world', () => {
    for (const name of [
      'Übung.txt',
      '資料.pdf',
      'Отчёт.docx',
      'naïve café.md',
      'ファイル.txt',
      '한국어.txt',
      '10\u202fh\u00a020.png',
    ])
      expect(told(name)).toEqual([]);
  });
});

it('spells out what cannot be seen', () => {
  expect(spelledOut('a\u202eb \u00a0\u0001ü')).toBe('a[U+202E]b [U+00A0][U+0001]ü');
});

it('takes no time for hostile names', () => {
  const start = performance.now();
  for (const name of [' '.repeat(20_000), `${' '.repeat(20_000)}x`, '\u202e'.repeat(20_000), '.a'.repeat(20_000)])
    told(name);
  expect(performance.now() - start).toBeLessThan(5000);
});
