/** 7z archives for tests (7zFormat.txt of the LZMA SDK): three that 7-Zip 26.02 made, and lists put together byte by byte, also such as no program writes. */

import { crc32 } from 'node:zlib';
import { compress } from 'lzma1';

/** Two folders, an empty file, and two files packed together by LZMA2; the list is packed. */
export const SEVEN_ZIP = Buffer.from(
  'N3q8ryccAATX3mkewAAAAAAAAAAiAAAAAAAAAEU0Cc3gC74AHV0APG/7v/6jsV7l+D+yqiZV+GggZArY+R0iOQMAgAAAAACBMweuD9BaW3yfP0dBBYeGo1kMwwcKYNYEF+3J' +
    'DOBr9DeaG33ACylA+EhGV6EaJDDDiomPjJ5ZeiaeC+GQTpaWCkDIZ4c64JMAXN949gsVYrNHMo+1CTBsA6re9a8oFEAvWcWh8GD8Prqmm/eVFam3Jbd0hlBuyWMi1DGblrvq' +
    'X4dAyBJHV1pXnPt/XlRE3bsD+KF69YQAAAAXBiUBCYCbAAcLAQABIwMBAQVdABAAAAyA+goBCq0/cQAA',
  'base64',
);

/** One file, encrypted with its name (7z -p -mhe=on). */
export const SECRET_SEVEN_ZIP = Buffer.from(
  'N3q8ryccAAQUNKw+kAAAAAAAAAAvAAAAAAAAAK5Cgb55aQ8Sb+DxWytVfwKsjA9HyOF+eZijELCKwr6g6D+h66o/cR2kJr6pj+MQRS/H2/YXBXIL1t12VrlJmqLKbNWmemZt' +
    'QcB+Fadpht6A7InxICjsViBQoLDFUVPlqu5jj2qf1PcfXiYFbOXLI7bCKiapdp9bhhv9AonNbTY6zjDe2s++6mY4FFDcwxRXlm58lJ8XBhABCYCAAAcLAQABJAbxBwESUw+c' +
    'CCWmJ+Deh0CdyNStV7/iDHIKAR91ojsAAA==',
  'base64',
);

/** Three files in a folder, encrypted; their names are not, and the list is packed (7z -p, as it comes). */
export const SECRET_CONTENT_SEVEN_ZIP = Buffer.from(
  'N3q8ryccAAToIIvypwAAAAAAAAAiAAAAAAAAAA7QRrMuK41d6PrLNIFrQS765wMYAACBMweuD87ysgwHsMPa919FiphISvgMRwqnsJi9jLI7P5e8orduvY9mBFMfhPWNAZMM7cp1' +
    '2qtGdVBmdX72kr/fYEuc7+2IBHK+naKViMAn10WGeXnuKfPQnR9HVhkv99cw5oK3eMTAqVWQVeQqAhetH+7JLZ3VZ78nCpT8eHvx7/X/Lj7I81EK+KP/kCqE6hItbwAAABcGEAEJ' +
    'gJcABwsBAAEjAwEBBV0AEAAADID+CgFYTgB9AAA=',
  'base64',
);

/** An archive around a list, with sums that fit. */
export function sevenZipAround(header: Uint8Array, packed: Uint8Array = Buffer.alloc(0)): Buffer {
  const start = Buffer.alloc(32);
  Buffer.from('377abcaf271c0004', 'hex').copy(start);
  start.writeBigUInt64LE(BigInt(packed.length), 12);
  start.writeBigUInt64LE(BigInt(header.length), 20);
  start.writeUInt32LE(crc32(header), 28);
  start.writeUInt32LE(crc32(start.subarray(12)), 8);
  return Buffer.concat([start, packed, header]);
}

/** In its longest form: nine bytes. */
export function sevenZipNumber(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(9, 0xff);
  bytes.writeBigUInt64LE(BigInt(value), 1);
  return bytes;
}

export interface SevenZipFile {
  name: string;
  sizeBytes: number | bigint;
}

/** An archive with files that each stand in a folder of its own, unpacked (method Copy); nothing of their content is there. */
export function sevenZipOf(files: readonly SevenZipFile[], coder = '0100'): Buffer {
  const number = sevenZipNumber;
  const names = Buffer.from(files.map(({ name }) => `${name}\0`).join(''), 'utf16le');
  return sevenZipAround(
    Buffer.concat([
      Buffer.from([0x01, 0x04, 0x06, 0x00]),
      number(files.length),
      Buffer.from([0x09]),
      ...files.map(() => number(0)),
      Buffer.from([0x00, 0x07, 0x0b]),
      number(files.length),
      Buffer.from([0x00]),
      ...files.map(() => Buffer.from(`01${coder}`, 'hex')),
      Buffer.from([0x0c]),
      ...files.map(({ sizeBytes }) => number(sizeBytes)),
      Buffer.from([0x00, 0x00, 0x05]),
      number(files.length),
      Buffer.from([0x11]),
      number(names.length + 1),
      Buffer.from([0x00]),
      names,
      Buffer.from([0x00, 0x00]),
    ]),
  );
}

/** A list packed by LZMA; `said` in place of what it unpacks to. */
export function packedList(
  header: Uint8Array,
  said: number = header.length,
  properties?: number,
  coder?: string,
): Buffer {
  const alone = Buffer.from(compress(header, 1));
  const stream = alone.subarray(13);
  const first = properties ?? alone[0];
  return sevenZipAround(
    Buffer.concat([
      Buffer.from([0x17, 0x06, 0x00, 0x01, 0x09]),
      sevenZipNumber(stream.length),
      Buffer.from([0x00, 0x07, 0x0b, 0x01, 0x00, 0x01]),
      coder === undefined
        ? Buffer.from([0x23, 0x03, 0x01, 0x01, 0x05, first, 0xff, 0xff, 0xff, 0xff])
        : Buffer.from(coder, 'hex'),
      Buffer.from([0x0c]),
      sevenZipNumber(said),
      Buffer.from([0x00, 0x00]),
    ]),
    stream,
  );
}

/** The list of an archive in which nothing else stands behind it. */
export function sevenZipHeader(archive: Buffer): Buffer {
  return archive.subarray(32 + Number(archive.readBigUInt64LE(12)));
}
