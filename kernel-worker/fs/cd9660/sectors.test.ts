import { describe, expect, test } from 'vitest';
import { contentOf, listed, mountIso, mountIsoOn } from '../../../test/images/iso-builder.ts';
import { imageBytes, mediumOf, mediumOver } from '../../../test/images/media.ts';
import { badRangeBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { probe } from './probe.ts';

const SYNC = [0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0];

/** The sectors of an image with what stands around them on a disc (ECMA-130 14; the error correction is not looked at). */
function raw(image: Uint8Array, head: number[], behind: number): Uint8Array {
  const rawBytes = head.length + 2048 + behind;
  const disc = new Uint8Array((image.length / 2048) * rawBytes);
  for (let sector = 0; sector * 2048 < image.length; sector++) {
    disc.set(head, sector * rawBytes);
    disc.set(image.subarray(sector * 2048, (sector + 1) * 2048), sector * rawBytes + head.length);
    disc.fill(0xee, sector * rawBytes + head.length + 2048, (sector + 1) * rawBytes);
  }
  return disc;
}

const SUBHEADER = [0, 0, 8, 0, 0, 0, 8, 0];
const FORMATS: Array<[string, number[], number]> = [
  ['raw sectors of 2352 bytes, mode 1', [...SYNC, 0, 2, 0, 1], 288],
  ['raw sectors of 2352 bytes, mode 2/XA', [...SYNC, 0, 2, 0, 2, ...SUBHEADER], 280],
  ['raw sectors of 2448 bytes with subchannel, mode 1', [...SYNC, 0, 2, 0, 1], 288 + 96],
  ['raw sectors of 2448 bytes with subchannel, mode 2/XA', [...SYNC, 0, 2, 0, 2, ...SUBHEADER], 280 + 96],
  ['raw sectors of 2336 bytes, mode 2/XA', SUBHEADER, 280],
];

describe.each(FORMATS)('%s', (title, head, behind) => {
  const image = imageBytes('iso/zisofs-1');
  const disc = raw(image, head, behind);

  test('is found and read like the plain image', () => {
    expect(probe(mediumOf(disc))).toEqual(probe(mediumOf(image)));
    const mount = mountIso(disc);
    const plain = mountIso(image);
    expect(mount.info.facts['Sector format']).toBe(title);
    expect(listed(mount)).toEqual(listed(plain));
    for (const name of listed(plain)) expect(Buffer.compare(contentOf(mount, name), contentOf(plain, name))).toBe(0);
    const recorded = { norrip: '', nojoliet: '' };
    const compressed = contentOf(mountIso(disc, recorded), 'NUMBERS.TXT');
    expect(compressed.length).toBeGreaterThan(10 * 2048);
    expect(Buffer.compare(compressed, contentOf(mountIso(image, recorded), 'NUMBERS.TXT'))).toBe(0);
  });
});

test('a bad raw sector costs what lies in it, with its place in the raw image', () => {
  const image = imageBytes('iso/zisofs-1');
  const disc = raw(image, [...SYNC, 0, 2, 0, 1], 288);
  const start = Buffer.from(image).indexOf(Uint8Array.of(0x37, 0xe4, 0x53, 0x96));
  const badOffset = (start / 2048) * 2352 + 16;
  const mount = mountIsoOn(mediumOver(badRangeBlocks(memoryBlocks(disc), badOffset, 512)));
  expect(listed(mount)).toEqual(['numbers.txt', 'small.txt', 'zeros.bin']);
  expect(() => contentOf(mount, 'numbers.txt')).toThrow(
    expect.objectContaining({ errno: 'EIO', byteOffset: Math.floor(badOffset / 512) * 512 }),
  );
  expect(contentOf(mount, 'zeros.bin')).toEqual(new Uint8Array(100000));
});
