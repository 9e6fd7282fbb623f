import { describe, expect, test } from 'vitest';
import { latin1 } from '../../../test/images/iso-builder.ts';
import { longTime, parseVolumeDescriptor, shortTime } from './format.ts';

describe('times', () => {
  test('the short form counts quarters of an hour from Greenwich', () => {
    const zone = (quarters: number) => shortTime(Uint8Array.of(124, 1, 1, 12, 0, 0, quarters & 0xff), 0, true)?.sec;
    const noon = Date.UTC(2024, 0, 1, 12) / 1000;
    expect(zone(0)).toBe(noon);
    expect(zone(8)).toBe(noon - 7200);
    expect(zone(-18)).toBe(noon + 16200);
    expect(zone(56)).toBe(noon - 14 * 3600);
    expect(zone(57)).toBe(noon);
    expect(zone(-100)).toBe(noon);
  });

  test('years go on to 2155', () => {
    expect(shortTime(Uint8Array.of(255, 12, 31, 23, 59, 59, 0), 0, true)).toEqual({
      sec: Date.UTC(2155, 11, 31, 23, 59, 59) / 1000,
      nsec: 0,
    });
  });

  test('a date of zeros, and one that does not exist, are no times', () => {
    expect(shortTime(new Uint8Array(7), 0, true)).toBeNull();
    expect(shortTime(Uint8Array.of(123, 2, 29, 0, 0, 0, 0), 0, true)).toBeNull();
    expect(shortTime(Uint8Array.of(123, 2, 28, 24, 0, 0, 0), 0, true)).toBeNull();
  });

  test('High Sierra records no zone: the time is local', () => {
    expect(shortTime(Uint8Array.of(86, 5, 1, 0, 0, 1, 99), 0, false)).toEqual({
      sec: Date.UTC(1986, 4, 1, 0, 0, 1) / 1000,
      nsec: 0,
      local: true,
    });
  });

  test('the long form has hundredths and a zone', () => {
    const bytes = new Uint8Array([...latin1('1999123123595942'), 4]);
    expect(longTime(bytes, 0)).toEqual({ sec: Date.UTC(1999, 11, 31, 22, 59, 59) / 1000, nsec: 420_000_000 });
    expect(longTime(new Uint8Array([...latin1('0000000000000000'), 0]), 0)).toBeNull();
    expect(longTime(new Uint8Array(17), 0)).toBeNull();
  });
});

describe('volume descriptors', () => {
  const sector = (type: number, version: number, escapes: string): Uint8Array => {
    const bytes = new Uint8Array(2048);
    bytes[0] = type;
    bytes.set(latin1('CD001'), 1);
    bytes[6] = version;
    bytes.set(latin1(escapes), 88);
    bytes.set([0, 8, 8, 0], 128);
    return bytes;
  };

  test.each([
    ['%/@', 1],
    ['%/C', 2],
    ['%/E', 3],
  ])('the escape sequence %s is Joliet level %d', (escapes, level) => {
    expect(parseVolumeDescriptor(sector(2, 1, escapes), 0, 1e6, null)).toMatchObject({
      tree: 'joliet',
      jolietLevel: level,
    });
  });

  test('version 2 without escape sequences is the enhanced descriptor of ISO 9660:1999', () => {
    expect(parseVolumeDescriptor(sector(2, 2, ''), 0, 1e6, null)?.tree).toBe('enhanced');
  });

  test('a supplementary descriptor of another character set, a boot record and a terminator lead to no tree', () => {
    expect(parseVolumeDescriptor(sector(2, 1, '%/B'), 0, 1e6, null)).toBeNull();
    expect(parseVolumeDescriptor(sector(0, 1, ''), 0, 1e6, null)).toBeNull();
    expect(parseVolumeDescriptor(sector(255, 1, ''), 0, 1e6, null)).toBeNull();
  });

  test('an impossible block size is taken from the other byte order, then from the primary descriptor', () => {
    const bytes = sector(1, 1, '');
    bytes.set([0, 0, 4, 0], 128);
    const swapped = parseVolumeDescriptor(bytes, 0, 1e6, 2048);
    expect(swapped).toMatchObject({ blockSize: 1024, disagreeing: ['block size'] });
    bytes.set([1, 0, 0, 3], 128);
    expect(parseVolumeDescriptor(bytes, 0, 1e6, 512)?.blockSize).toBe(512);
    expect(parseVolumeDescriptor(bytes, 0, 1e6, null)).toBeNull();
  });
});
