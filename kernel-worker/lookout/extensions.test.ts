import { describe, expect, it } from 'vitest';
import { extensionOf, stemOf } from './extensions.ts';

describe('extensions', () => {
  it.each([
    ['a.TXT', 'txt', 'a'],
    ['a.pdf.exe', 'exe', 'a.pdf'],
    ['a.exe. . ', 'exe', 'a'],
    ['a', '', 'a'],
    ['...', '', '...'],
    ['', '', ''],
    ['.profile', 'profile', ''],
    [`a.${'x'.repeat(17)}`, '', 'a'],
  ])('%j', (name, extension, stem) => {
    expect([extensionOf(name), stemOf(name)]).toEqual([extension, stem]);
  });

  it('are found at once in the longest names, of dots alone too', () => {
    const name = `${'. '.repeat(300_000)}a`;
    expect(extensionOf(name)).toBe(' a');
    expect(extensionOf(`${name}.exe${'.'.repeat(300_000)}`)).toBe('exe');
    expect(stemOf(`${'.'.repeat(500_000)}a`)).toHaveLength(499_999);
  });
});
