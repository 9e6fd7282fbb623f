import { describe, expect, it } from 'vitest';
import { POSIX_RULES, safeName } from '../../main/transfers/safe-names.ts';
import type { LookoutHost } from './finding.ts';
import { collisionKey, illegalName } from './host-names.ts';

function isIllegal(name: string, platform: LookoutHost['platform']): boolean {
  let illegal = false;
  illegalName(name, { platform, nowMs: 0 }, () => {
    illegal = true;
  });
  return illegal;
}

const NAMES = [
  'plain.txt',
  'a:b',
  'what?.txt',
  'con',
  'CON.txt',
  'console.txt',
  'com1.log',
  'trailing.',
  'trailing ',
  'back\\slash',
  'line\nfeed',
  '\udc80bytes',
  'ö'.repeat(200),
  'x'.repeat(256),
  'Ünïcode – fine.txt',
];

describe('names that a host cannot keep', () => {
  // Directions of text have a kind of their own.
  it.each(NAMES)('agrees with the names of copies: %j', (name) => {
    const windows = { ...POSIX_RULES, windows: true, lengthUnit: 'utf16' as const };
    expect(isIllegal(name, 'linux')).toBe(safeName(name, POSIX_RULES).reason !== null);
    expect(isIllegal(name, 'win32')).toBe(safeName(name, windows).reason !== null);
  });

  it('counts a length as the host does', () => {
    expect(isIllegal('ö'.repeat(200), 'linux')).toBe(true);
    expect(isIllegal('ö'.repeat(200), 'win32')).toBe(false);
  });
});

it('folds names as the host does', () => {
  expect(collisionKey('Straße', { platform: 'win32', nowMs: 0 })).toBe(
    collisionKey('STRASSE', { platform: 'darwin', nowMs: 0 }),
  );
  expect(collisionKey('a', { platform: 'linux', nowMs: 0 })).toBe(null);
});
