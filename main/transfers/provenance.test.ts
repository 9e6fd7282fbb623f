/** The address of a file's origin, and what is made of it on each system. */

import { expect, test } from 'vitest';
import { originAddress, originBase } from './provenance.ts';
import { quarantineValue, zoneIdentifier } from './provenance-marks.ts';

test('names the device and the volume, and no serial number', () => {
  const stick = {
    kind: 'device' as const,
    name: 'SanDisk Ultra',
    vendor: 'SanDisk',
    model: 'Ultra Fit',
    serial: '4C53',
  };
  expect(originBase(stick, 'CAMERA')).toBe('airlock://SanDisk-Ultra-Fit/CAMERA');
  expect(originBase(stick, null)).toBe('airlock://SanDisk-Ultra-Fit/volume');
  const image = { kind: 'image' as const, name: 'holiday 1.img', vendor: null, model: null };
  expect(originBase(image, null)).toBe('airlock://holiday-1.img/holiday%201.img');
});

test('encodes every name so that it stays one component of an address', () => {
  const base = 'airlock://x/y';
  expect(originAddress(base, '/a b/50%/#?.txt')).toBe('airlock://x/y/a%20b/50%25/%23%3F.txt');
  expect(originAddress(base, "/it's (1)!*")).toBe('airlock://x/y/it%27s%20%281%29%21%2A');
  // Bytes that are not text travel as lone surrogates.
  expect(originAddress(base, '/\udcff\ud800')).toBe('airlock://x/y/%FF%EF%BF%BD');
  expect(originAddress(base, '/line\nbreak\r\n')).toBe('airlock://x/y/line%0Abreak%0D%0A');
  expect(originAddress(base, `/${'ü'.repeat(500)}`)).toBe('airlock://x/y/');
});

test('is written as Windows and macOS have it', () => {
  expect(zoneIdentifier('airlock://x/y', '/a b')).toBe(
    '[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=airlock://x/y/\r\nHostUrl=airlock://x/y/a%20b\r\n',
  );
  expect(quarantineValue(0x5f5e1000 * 1000)).toBe('0081;5f5e1000;Airlock;');
});
