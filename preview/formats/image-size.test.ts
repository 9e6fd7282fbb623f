/** The size of a picture by its header, of pictures made by hand: each header's bytes as the format has them. */

import { describe, expect, test } from 'vitest';
import { imageSize } from './image-size.ts';

const ascii = (text: string) => [...text].map((c) => c.charCodeAt(0));
const be16 = (n: number) => [n >> 8, n & 0xff];
const be32 = (n: number) => [n >>> 24, (n >> 16) & 0xff, (n >> 8) & 0xff, n & 0xff];
const le16 = (n: number) => [n & 0xff, n >> 8];
const le24 = (n: number) => [n & 0xff, (n >> 8) & 0xff, n >> 16];
const le32 = (n: number) => be32(n).reverse();
const zeros = (count: number) => new Array<number>(count).fill(0);
const size = (...parts: number[][]) => imageSize(Uint8Array.from(parts.flat()));

const png = (width: number, height: number) => [
  ...[0x89, ...ascii('PNG'), 13, 10, 26, 10],
  ...be32(13),
  ...ascii('IHDR'),
  ...be32(width),
  ...be32(height),
];

describe('the size of', () => {
  test('a PNG is in its first chunk', () => {
    expect(size(png(50_000, 50_000))).toEqual({ width: 50_000, height: 50_000 });
    expect(size(png(1, 0xffff_ffff))).toEqual({ width: 1, height: 0xffff_ffff });
  });

  test('a GIF is its screen, or its first picture where that sticks out', () => {
    const screen = [...ascii('GIF89a'), ...le16(10), ...le16(20), 0x80, 0, 0, ...zeros(6)];
    const extension = [0x21, 0xf9, 4, 1, 2, 3, 4, 0];
    const picture = (x: number, y: number, w: number, h: number) => [
      0x2c,
      ...le16(x),
      ...le16(y),
      ...le16(w),
      ...le16(h),
      0,
    ];
    expect(size(screen, extension, picture(0, 0, 10, 20))).toEqual({ width: 10, height: 20 });
    expect(size(screen, extension, extension, picture(5, 0, 65_535, 3))).toEqual({ width: 65_540, height: 20 });
    expect(size(screen, [0x3b])).toBeNull();
  });

  test('a JPEG is in its frame header, behind whatever segments', () => {
    const start = [0xff, 0xd8];
    const exif = [0xff, 0xe1, ...be16(6), 1, 2, 3, 4];
    const table = [0xff, 0xc4, ...be16(4), 0, 0];
    const frame = [0xff, 0xc2, ...be16(11), 8, ...be16(300), ...be16(400), 1];
    expect(size(start, exif, [0xff], table, frame, zeros(4))).toEqual({ width: 400, height: 300 });
    expect(size(start, exif, [0xff, 0xda], zeros(20))).toBeNull();
    expect(size(start, exif, [0x00, 0xc2], zeros(20))).toBeNull();
  });

  test('a WebP stands differently in each of its three kinds', () => {
    const riff = (kind: string) => [...ascii('RIFF'), ...le32(100), ...ascii('WEBP'), ...ascii(kind), ...le32(50)];
    expect(size(riff('VP8X'), le32(0), le24(16_383), le24(99))).toEqual({ width: 16_384, height: 100 });
    expect(size(riff('VP8L'), [0x2f], le32((199 << 14) | 319))).toEqual({ width: 320, height: 200 });
    expect(size(riff('VP8 '), zeros(3), [0x9d, 0x01, 0x2a], le16(640), le16(480))).toEqual({ width: 640, height: 480 });
    expect(size(riff('XXXX'), zeros(20))).toBeNull();
  });

  test('a BMP may be turned over', () => {
    const file = [...ascii('BM'), ...zeros(12)];
    expect(size(file, le32(40), le32(7), le32(-9 >>> 0))).toEqual({ width: 7, height: 9 });
    expect(size(file, le32(12), le16(3), le16(4))).toEqual({ width: 3, height: 4 });
  });

  test('an icon is that of its largest picture, a PNG inside included', () => {
    const entry = (at: number) => [0, 0, 0, 0, ...le16(1), ...le16(32), ...le32(0), ...le32(at)];
    const header = [...le16(0), ...le16(1), ...le16(2), ...entry(38), ...entry(38 + 12)];
    expect(size(header, [...le32(40), ...le32(16), ...le32(32)], png(30_000, 40_000))).toEqual({
      width: 30_000,
      height: 40_000,
    });
  });

  test('an AVIF is the largest that its properties say', () => {
    const box = (w: number, h: number) => [...be32(20), ...ascii('ispe'), ...zeros(4), ...be32(w), ...be32(h)];
    expect(size([...be32(16), ...ascii('ftypavif'), ...zeros(4)], ascii('iiis'), box(10, 10), box(60_000, 20))).toEqual(
      {
        width: 60_000,
        height: 20,
      },
    );
  });

  test('the size of an AVIF is found behind any number of small ones', () => {
    const box = (w: number, h: number) => [...be32(20), ...ascii('ispe'), ...zeros(4), ...be32(w), ...be32(h)];
    const small = box(10, 10);
    const many = Array.from({ length: 20_000 }, () => small).flat();
    expect(size([...be32(16), ...ascii('ftypavif'), ...zeros(4)], many, box(60_000, 20))).toEqual({
      width: 60_000,
      height: 20,
    });
  });

  test('anything else, nothing and a size of zero is not known', () => {
    expect(size([])).toBeNull();
    expect(size(ascii('hello, world'))).toBeNull();
    expect(size(png(0, 10))).toBeNull();
    expect(size([...ascii('GIF89a'), ...le16(0), ...le16(0), 0, 0, 0, 0x21, ...new Array(100_000).fill(1)])).toBeNull();
  });
});
