/**
 * How large a picture becomes when it is decoded, from its header alone, before any decoder sees it: PNG (ISO/IEC 15948), GIF89a, JPEG (ITU-T T.81), WebP (RFC 9649),
 * BMP ([MS-WMF] 2.2.2), ICO, AVIF (ISO/IEC 23008-12). A small file can say that it is larger than all memory.
 */

import { latin1, u16be, u16le, u24le, u32be, u32le } from './bytes.ts';

export interface PixelSize {
  width: number;
  height: number;
}

/** Segments before a JPEG's frame header, blocks before a GIF's first picture: files have some tens. */
const MAX_STEPS = 10_000;

/** null: no such size is in it. Of several pictures in one file the largest counts. */
export function imageSize(bytes: Uint8Array): PixelSize | null {
  const size = sizeByFormat(bytes);
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}

function sizeByFormat(bytes: Uint8Array): PixelSize | null {
  if (u32be(bytes, 0) === 0x89504e47) return pngSize(bytes, 0);
  if (latin1(bytes, 0, 4) === 'GIF8') return gifSize(bytes);
  if (u16be(bytes, 0) === 0xffd8) return jpegSize(bytes);
  if (latin1(bytes, 0, 4) === 'RIFF' && latin1(bytes, 8, 4) === 'WEBP') return webpSize(bytes);
  if (latin1(bytes, 0, 2) === 'BM') return bitmapSize(bytes, 14);
  if (u32le(bytes, 0) === 0x00010000 || u32le(bytes, 0) === 0x00020000) return iconSize(bytes);
  if (latin1(bytes, 4, 4) === 'ftyp') return avifSize(bytes);
  return null;
}

function pngSize(bytes: Uint8Array, at: number): PixelSize | null {
  if (latin1(bytes, at + 12, 4) !== 'IHDR') return null;
  return { width: u32be(bytes, at + 16), height: u32be(bytes, at + 20) };
}

/** A first picture that sticks out of the screen enlarges it. */
function gifSize(bytes: Uint8Array): PixelSize | null {
  const screen = { width: u16le(bytes, 6), height: u16le(bytes, 8) };
  let at = 13 + colours(bytes[10]);
  for (let step = 0; step < MAX_STEPS && at < bytes.length; step++) {
    const block = bytes[at];
    if (block === 0x2c) {
      const picture = {
        width: u16le(bytes, at + 1) + u16le(bytes, at + 5),
        height: u16le(bytes, at + 3) + u16le(bytes, at + 7),
      };
      return larger(screen, picture);
    }
    if (block !== 0x21) return null;
    for (at += 2; step < MAX_STEPS && bytes[at] > 0; step++) at += bytes[at] + 1;
    at += 1;
  }
  return null;
}

function colours(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function jpegSize(bytes: Uint8Array): PixelSize | null {
  let at = 2;
  for (let step = 0; step < MAX_STEPS && at + 9 < bytes.length; step++) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1];
    // Filling bytes, and markers without a segment.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (isFrameHeader(marker)) return { width: u16be(bytes, at + 7), height: u16be(bytes, at + 5) };
    else if (marker === 0xda || marker === 0xd9) return null;
    else at += 2 + Math.max(2, u16be(bytes, at + 2));
  }
  return null;
}

/** SOF0 to SOF15, without the tables and arithmetic conditioning that stand between them. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function webpSize(bytes: Uint8Array): PixelSize | null {
  switch (latin1(bytes, 12, 4)) {
    case 'VP8X':
      return { width: u24le(bytes, 24) + 1, height: u24le(bytes, 27) + 1 };
    case 'VP8L': {
      const bits = u32le(bytes, 21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: u16le(bytes, 26) & 0x3fff, height: u16le(bytes, 28) & 0x3fff };
    default:
      return null;
  }
}

/** A header of 12 bytes has 16-bit sizes; in the others a negative height turns the picture over. */
function bitmapSize(bytes: Uint8Array, at: number): PixelSize {
  if (u32le(bytes, at) === 12) return { width: u16le(bytes, at + 4), height: u16le(bytes, at + 6) };
  return { width: Math.abs(u32le(bytes, at + 4) | 0), height: Math.abs(u32le(bytes, at + 8) | 0) };
}

function iconSize(bytes: Uint8Array): PixelSize | null {
  let size: PixelSize | null = null;
  for (let i = 0; i < Math.min(u16le(bytes, 4), 256); i++) {
    const at = u32le(bytes, 6 + i * 16 + 12);
    const isPng = u32be(bytes, at) === 0x89504e47;
    const one = isPng ? pngSize(bytes, at) : bitmapSize(bytes, at);
    if (one !== null) size = size === null ? one : larger(size, one);
  }
  return size;
}

/** The largest of its pictures' sizes: 'ispe' boxes, all that are in the file, so that none hides behind many. */
function avifSize(bytes: Uint8Array): PixelSize | null {
  let size: PixelSize | null = null;
  for (let at = indexOfBox(bytes, 0); at !== -1; at = indexOfBox(bytes, at + 16)) {
    const one = { width: u32be(bytes, at + 8), height: u32be(bytes, at + 12) };
    size = size === null ? one : larger(size, one);
  }
  return size;
}

/** Where 'ispe' stands next. */
function indexOfBox(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x69, from); at !== -1; at = bytes.indexOf(0x69, at + 1))
    if (u32be(bytes, at) === 0x69737065) return at;
  return -1;
}

function larger(a: PixelSize, b: PixelSize): PixelSize {
  return { width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) };
}
