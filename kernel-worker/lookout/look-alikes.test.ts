import { describe, expect, it } from 'vitest';
import { mixedScript, skeletonOf } from './look-alikes.ts';
import { type Sibling, siblings } from './siblings.ts';

function mixed(name: string): string[] {
  const quotes: string[] = [];
  mixedScript(name, (_, telling) => quotes.push(telling?.quote ?? ''));
  return quotes;
}

function entry(name: string, given: Partial<Sibling> = {}): Sibling {
  const extension = name.includes('.') ? (name.split('.').pop() ?? '').toLowerCase() : '';
  return { name, isFolder: false, dosHidden: false, hidden: false, extension, ...given };
}

function told(entries: Sibling[], platform: 'linux' | 'darwin' | 'win32' = 'linux'): string[] {
  const lines: string[] = [];
  siblings(entries, { platform, nowMs: 0 }, ({ name }, kind, telling) =>
    lines.push([kind, name, telling?.quote ?? telling?.sort].filter(Boolean).join(' | ')),
  );
  return lines;
}

describe('skeletonOf', () => {
  it('makes the same of names that look the same', () => {
    expect(skeletonOf('Pаypal.txt')).toBe('Paypal.txt');
    expect(skeletonOf('ΑΒΕ')).toBe('ABE');
    expect(skeletonOf('ｓｅｔｕｐ')).toBe('setup');
    expect(skeletonOf('plain.txt')).toBe('plain.txt');
  });
});

describe('words of several alphabets', () => {
  it('names the letters that are not Latin', () => {
    expect(mixed('Pаypаl.txt')).toEqual(['а (Cyrillic), а (Cyrillic)']);
    expect(mixed('micrοsoft')).toEqual(['ο (Greek)']);
  });

  it('lets words of one alphabet, and letters that look like nothing Latin, pass', () => {
    expect(mixed('Отчёт final.txt')).toEqual([]);
    expect(mixed('Δx.txt')).toEqual([]);
    expect(mixed('µm λ-calculus')).toEqual([]);
    expect(mixed('файл-copy.txt')).toEqual([]);
  });
});

describe('siblings that look the same', () => {
  it('tells of the one that is not plain, and names the other', () => {
    expect(told([entry('Pаypal.txt'), entry('Paypal.txt')])).toEqual(['look-alike | Pаypal.txt | Paypal.txt']);
  });

  it('is silent on one of them alone, and on two ways to write an accent', () => {
    expect(told([entry('Pаypal.txt'), entry('other.txt')])).toEqual([]);
    expect(told([entry('e\u0301.txt'), entry('\u00e9.txt')])).toEqual([]);
  });
});

describe('hidden doubles', () => {
  const hidden = { dosHidden: true, hidden: true };

  it('tells of shortcuts and programs in the place of a hidden folder or file', () => {
    const folder = entry('Photos', { isFolder: true, extension: '', ...hidden });
    expect(told([folder, entry('Photos.lnk')])).toEqual(['folder-double | Photos.lnk | shortcut']);
    expect(told([folder, entry('photos.EXE')])).toEqual(['folder-double | photos.EXE | windows']);
    expect(told([entry('cv.doc', hidden), entry('cv.doc.lnk')])).toEqual(['folder-double | cv.doc.lnk | shortcut']);
    expect(told([entry('cv.doc', hidden), entry('cv.exe')])).toEqual(['folder-double | cv.exe | windows']);
  });

  it('is silent where the folder can be seen, or where both are hidden', () => {
    expect(told([entry('Photos', { isFolder: true, extension: '' }), entry('Photos.lnk')])).toEqual([]);
    expect(told([entry('Photos', { isFolder: true, ...hidden }), entry('Photos.lnk', hidden)])).toEqual([]);
    // A dot hides nothing where such shortcuts work.
    expect(told([entry('.git', { isFolder: true, hidden: true }), entry('.git.lnk')])).toEqual([]);
  });
});

describe('names that fall together', () => {
  it('are told on Windows and macOS, and are two names on Linux', () => {
    const both = [entry('Read Me.txt'), entry('READ ME.TXT')];
    expect(told(both, 'win32')).toEqual(['colliding-name | READ ME.TXT | Read Me.txt']);
    expect(told([entry('e\u0301'), entry('\u00e9')], 'darwin')).toEqual(['colliding-name | \u00e9 | e\u0301']);
    expect(told(both)).toEqual([]);
  });
});
