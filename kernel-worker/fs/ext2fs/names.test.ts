import { describe, expect, test } from 'vitest';
import { foldedName } from './casefold.ts';
import { recordLength } from './dirchecksum.ts';
import { dirHash } from './dirhash.ts';
import { noKeyTarget, noKeyTargetLength } from './fscrypt.ts';

const text = (name: string) => new TextEncoder().encode(name);
const NO_SEED = new Uint32Array(4);

describe('directory hashes', () => {
  // debugfs -R 'dx_hash -h ALGORITHM NAME' of e2fsprogs 1.47.0; it prints no minor hash for the legacy algorithm but 0.
  test.each([
    ['a', [0xe74b53e2, 0], [0xd5fa7d7a, 0xacb48187], [0x6d0ea4c0, 0xc18922df]],
    ['hello', [0x32252546, 0], [0x1746da32, 0x420013b5], [0x6f5bb1a8, 0x231917c2]],
    ['name-of-17-chars-x', [0xb41d7aca, 0], [0x119ce7a6, 0xb9442606], [0xafae5984, 0xd7d1be51]],
    ['exactly-thirty-two-characters-xx', [0x7456b354, 0], [0xdc10aa0c, 0x993a909e], [0x9379eabc, 0x362b64ae]],
    [
      'a much longer name that has more than thirty-two characters in it.txt',
      [0x8aaa2c00, 0],
      [0xa7f1cb34, 0xd75c2e89],
      [0x088de09c, 0x6bb4c60c],
    ],
    ['täst', [0xf49f56fe, 0], [0x105374a6, 0xd1f512bb], [0x422726f4, 0x7da08c03]],
  ])('of %j are those of debugfs', (name, legacy, halfMd4, tea) => {
    expect(dirHash(text(name), 0, false, NO_SEED)).toEqual(legacy);
    expect(dirHash(text(name), 1, false, NO_SEED)).toEqual(halfMd4);
    expect(dirHash(text(name), 2, false, NO_SEED)).toEqual(tea);
  });

  test('count characters without sign where the file system or the version says so', () => {
    expect(dirHash(text('hello'), 4, false, NO_SEED)).toEqual(dirHash(text('hello'), 1, true, NO_SEED));
    expect(dirHash(text('täst'), 1, true, NO_SEED)).not.toEqual(dirHash(text('täst'), 1, false, NO_SEED));
  });

  test('of another version are not known', () => {
    expect(dirHash(text('a'), 6, false, NO_SEED)).toBe(null);
  });
});

describe('case folding', () => {
  test.each([
    ['Straße', 'STRASSE'],
    ['ẞ', 'ss'],
    ['Ä', 'a\u0308'],
    ['ﬁ', 'FI'],
    ['ΑΣ', 'ας'],
    ['K', 'k'],
    ['a\u00adb', 'AB'],
  ])('%j and %j are one name', (a, b) => {
    expect(foldedName(a)).toBe(foldedName(b));
  });

  test.each([
    ['ı', 'i'],
    ['a', 'ä'],
    ['ab\udce4', 'AB\udce4'],
  ])('%j and %j are two', (a, b) => {
    expect(foldedName(a)).not.toBe(foldedName(b));
  });
});

test('record lengths of 64 KiB blocks have their upper bits in the lower two', () => {
  expect(recordLength(12, 4096)).toBe(12);
  expect(recordLength(65535, 65536)).toBe(65536);
  expect(recordLength(0, 65536)).toBe(65536);
  expect(recordLength(0, 4096)).toBe(0);
  expect(recordLength(0xfff4, 65536)).toBe(0xfff4);
});

describe('encrypted targets', () => {
  test('are shown as base64url of two empty hashes and the encrypted bytes', () => {
    const content = Uint8Array.of(16, 0, ...new Uint8Array(16).fill(0xff), 0);
    expect(noKeyTarget(content)).toBe('AAAAAAAAAAD_____________________');
    expect(noKeyTargetLength(18)).toBe(32);
  });

  test('longer than 149 bytes end in the SHA-256 of the rest', () => {
    const content = new Uint8Array(2 + 160);
    content[0] = 160;
    // 8 bytes of hashes, 149 of the target, 32 of digest: 189 bytes are 252 digits.
    expect(noKeyTarget(content).length).toBe(252);
    expect(noKeyTargetLength(162)).toBe(252);
  });

  test('of an impossible length are damage', () => {
    expect(() => noKeyTarget(Uint8Array.of(9, 0, 1))).toThrow('impossible length');
    expect(() => noKeyTarget(Uint8Array.of(0, 0))).toThrow('impossible length');
  });
});
