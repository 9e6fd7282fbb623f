/** Names made safe for the host. */

import { describe, expect, test } from 'vitest';
import { FolderNames, MAX_NUMBERED_NAMES, POSIX_RULES, safeName } from './safe-names.ts';

const WINDOWS = { ...POSIX_RULES, windows: true, caseInsensitive: true };
const named = (raw: string, rules = POSIX_RULES) => safeName(raw, rules).name;

describe('safeName', () => {
  test('leaves a name alone that the host can hold, and gives no reason then', () => {
    for (const name of [
      'a.txt',
      'Grüße.txt',
      '写真.jpg',
      '.hidden',
      'a b',
      'CON',
      'a:b?',
      '👩‍👩‍👧 family',
      '..x',
      '-rf',
    ])
      expect(safeName(name, POSIX_RULES)).toEqual({ name, reason: null });
  });

  test('replaces separators, so that no name leads to another folder', () => {
    expect(safeName('..\\..\\x', POSIX_RULES)).toEqual({ name: '.._.._x', reason: 'it has a path separator' });
    expect(named('a/b')).toBe('a_b');
    expect(named('..')).toBe('__');
    expect(named('.')).toBe('_');
    expect(named('')).toBe('_');
  });

  test('replaces control characters and those that turn text around', () => {
    expect(safeName('a\u0007\nb', POSIX_RULES)).toEqual({ name: 'a__b', reason: 'it has control characters' });
    expect(named('a\u009b\u2028b')).toBe('a__b');
    expect(safeName('invoice\u202efdp.exe', POSIX_RULES)).toEqual({
      name: 'invoice_fdp.exe',
      reason: 'it has characters that reverse the direction of text',
    });
  });

  test('spells out bytes that are not text, so that two such names stay two', () => {
    expect(safeName('caf\udce9', POSIX_RULES)).toEqual({ name: 'caf%E9', reason: 'it has bytes that are not text' });
    expect(named('x\ud800y')).toBe('x%uD800y');
  });

  test('keeps the rules of Windows where they apply', () => {
    expect(named('a<b>:c"|?*', WINDOWS)).toBe('a_b__c____');
    expect(named('con', WINDOWS)).toBe('con_');
    expect(named('Aux.txt', WINDOWS)).toBe('Aux_.txt');
    expect(named('COM1.tar.gz', WINDOWS)).toBe('COM1_.tar.gz');
    expect(named('console.txt', WINDOWS)).toBe('console.txt');
    expect(named('end. . ', WINDOWS)).toBe('end');
    expect(named('...', WINDOWS)).toBe('_');
  });

  test('shortens to 255 bytes at a character, and keeps the extension', () => {
    const long = named(`${'é'.repeat(200)}.jpeg`);
    expect(Buffer.byteLength(long)).toBe(255);
    expect(long).toBe(`${'é'.repeat(125)}.jpeg`);
    expect(named('x'.repeat(256))).toBe('x'.repeat(255));
    const emoji = named('😀'.repeat(100));
    expect(Buffer.byteLength(emoji)).toBe(252);
    expect(emoji.isWellFormed()).toBe(true);
  });

  test('counts UTF-16 units where the host does', () => {
    const rules = { ...POSIX_RULES, lengthUnit: 'utf16' as const };
    expect(named('写'.repeat(255), rules)).toBe('写'.repeat(255));
    expect(named('写'.repeat(256), rules)).toBe('写'.repeat(255));
  });
});

describe('FolderNames', () => {
  test('numbers names that fall together, before the extension', () => {
    const names = new FolderNames(POSIX_RULES);
    expect(names.claim('a\u0001.txt')).toEqual({ name: 'a_.txt', reason: 'it has control characters' });
    expect(names.claim('a_.txt')).toEqual({ name: 'a_ (2).txt', reason: 'another file here has the same name' });
    expect(names.claim('a\u0002.txt')?.name).toBe('a_ (3).txt');
    expect(names.claim('a_ (2).txt')?.name).toBe('a_ (2) (2).txt');
  });

  test('tells upper from lower case only where the host does', () => {
    const posix = new FolderNames(POSIX_RULES);
    expect([posix.claim('README')?.name, posix.claim('readme')?.name]).toEqual(['README', 'readme']);
    const windows = new FolderNames(WINDOWS);
    expect([windows.claim('README')?.name, windows.claim('readme')?.name]).toEqual(['README', 'readme (2)']);
    expect([windows.claim('straße')?.name, windows.claim('STRASSE')?.name]).toEqual(['straße', 'STRASSE (2)']);
  });

  test('tells composed from decomposed accents only where the host does', () => {
    const apart = new FolderNames(POSIX_RULES);
    expect([apart.claim('\u00e9')?.reason, apart.claim('e\u0301')?.reason]).toEqual([null, null]);
    const together = new FolderNames({ ...POSIX_RULES, normalising: true });
    expect([together.claim('\u00e9')?.name, together.claim('e\u0301')?.name]).toEqual(['\u00e9', 'e\u0301 (2)']);
  });

  test('gives up on a folder that is made to have the same name ever again', () => {
    const names = new FolderNames(POSIX_RULES);
    // Each control character becomes the same '_'; the lengths differ in nothing.
    for (let i = 0; i < MAX_NUMBERED_NAMES; i++) expect(names.claim('\u0001')).not.toBeNull();
    expect(names.claim('\u0001')).toBeNull();
  });
});
