import { describe, expect, it } from 'vitest';
import {
  packedList,
  SECRET_CONTENT_SEVEN_ZIP,
  SECRET_SEVEN_ZIP,
  SEVEN_ZIP,
  sevenZipHeader,
  sevenZipNumber,
  sevenZipOf,
} from '../../test/builders/seven-zip.ts';
import { fileEntry, type ZipMember, zipFile } from '../../test/builders/zip.ts';
import { tellings } from '../../test/support/lookout-tellings.ts';
import { otherArchive, zipArchive } from './archives.ts';
import type { ExaminedFile } from './examined.ts';
import type { Tell } from './finding.ts';
import { zipDirectory } from './zip-directory.ts';

function zip(file: ExaminedFile, tell: Tell): void {
  const directory = zipDirectory(file);
  if (directory !== null) zipArchive(file, directory, tell);
}
const told = (members: ZipMember[]) => tellings(zip, 'a.zip', zipFile(members));
const other = (name: string, bytes: Uint8Array) =>
  tellings((file, tell) => otherArchive(file, file.type().mime, tell), name, bytes);

describe('ZIP', () => {
  it('tells of members under a password', () => {
    expect(told([fileEntry('a', 'a'), { ...fileEntry('b', 'b'), flags: 1 }])).toEqual(['encrypted-archive']);
    expect(told([fileEntry('a', 'a')])).toEqual([]);
  });

  it('tells of absurd sizes, and what they come to', () => {
    expect(told([{ ...fileEntry('zeros', 'x'.repeat(1000)), statedBytes: 4_000_000_000 }])).toEqual([
      'archive-bomb | 4000000000',
    ]);
    const many = Array.from({ length: 300 }, (_, i) => ({
      ...fileEntry(`${i}`, 'x'.repeat(4_000)),
      statedBytes: 4_290_000_000,
    }));
    expect(told(many)).toEqual(['archive-bomb | 1287000000000']);
  });

  it('lets large and well packed archives pass', () => {
    expect(told([{ ...fileEntry('log', 'x'.repeat(10_000)), statedBytes: 9_000_000 }])).toEqual([]);
    // A small archive of zeros, as tests and samples have them.
    expect(told([{ ...fileEntry('zeros', 'x'.repeat(100)), statedBytes: 200_000_000 }])).toEqual([]);
  });

  it('tells of bombs in layers and of archives that hold themselves', () => {
    const layer = Array.from({ length: 16 }, (_, i) => ({
      ...fileEntry(`lib ${i}.zip`, 'x'.repeat(100)),
      statedBytes: 40_000,
      crc: 7,
    }));
    expect(told(layer)).toEqual(['archive-bomb | 640000']);
    const parts = layer.map((member, i) => ({ ...member, crc: i }));
    expect(told(parts)).toEqual([]);
    const size = zipFile([fileEntry('r.zip', 'xx')]).length;
    expect(told([{ ...fileEntry('r.zip', 'xx'), statedBytes: size }])).toEqual([`archive-bomb | ${size}`]);
  });

  it('reads sizes beyond 4 GiB from the ZIP64 field', () => {
    const plain = zipFile([{ ...fileEntry('a', 'a'), statedBytes: 0xffffffff }]);
    const at = plain.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    const extra = Buffer.alloc(12);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(5_000_000_000_000n, 4);
    const whole = Buffer.concat([plain.subarray(0, at + 47), extra, plain.subarray(at + 47)]);
    whole.writeUInt16LE(12, at + 30);
    const end = whole.length - 22;
    whole.writeUInt32LE(47 + 12, end + 12);
    expect(tellings(zip, 'a.zip', whole)).toEqual(['archive-bomb | 5000000000000']);
  });

  it('finds the directory before a comment, and takes a file without one for none', () => {
    const plain = zipFile([{ ...fileEntry('b', 'b'), flags: 1 }]);
    plain.writeUInt16LE(3000, plain.length - 2);
    expect(tellings(zip, 'a.zip', Buffer.concat([plain, Buffer.alloc(3000, 0x20)]))).toEqual(['encrypted-archive']);
    expect(tellings(zip, 'a.zip', plain.subarray(0, 40))).toEqual([]);
  });

  it('comes to an end whatever the directory states', () => {
    const whole = zipFile([fileEntry('a', 'a'), fileEntry('b', 'b')]);
    for (let at = 0; at < whole.length; at++) {
      const broken = Buffer.from(whole);
      broken.fill(0xff, at, Math.min(at + 4, broken.length));
      expect(() => tellings(zip, 'a.zip', broken)).not.toThrow();
    }
  });
});

describe('7z', () => {
  const plain = sevenZipHeader(sevenZipOf([{ name: 'a', sizeBytes: 5 }]));

  it('tells of a password, whether the names are to be seen or not', () => {
    expect(other('a.7z', SECRET_SEVEN_ZIP)).toEqual(['encrypted-archive']);
    // What 7-Zip makes of a password unless it is told to hide the names: the method stands in the packed list only.
    expect(other('a.7z', SECRET_CONTENT_SEVEN_ZIP)).toEqual(['encrypted-archive']);
    expect(other('a.7z', SEVEN_ZIP)).toEqual([]);
  });

  it('tells of a password in a list that is not packed', () => {
    const files = [{ name: 'a', sizeBytes: 5 }];
    expect(other('a.7z', sevenZipOf(files, '0406f10701'))).toEqual(['encrypted-archive']);
    expect(other('a.7z', sevenZipOf(files))).toEqual([]);
    // The same bytes in a name are no method.
    expect(other('a.7z', sevenZipOf([{ name: '\uf106\u0107', sizeBytes: 5 }]))).toEqual([]);
  });

  it('tells of absurd sizes', () => {
    const files = (sizeBytes: number) => [
      { name: 'a', sizeBytes },
      { name: 'b', sizeBytes },
    ];
    expect(other('a.7z', sevenZipOf(files(2e9)))).toEqual(['archive-bomb | 4000000000']);
    expect(other('a.7z', packedList(sevenZipHeader(sevenZipOf(files(2e9)))))).toEqual(['archive-bomb | 4000000000']);
    expect(other('a.7z', sevenZipOf(files(1e8)))).toEqual([]);
  });

  it('unpacks no list that is larger than one call has time for', () => {
    // The largest that is unpacked, and one of a byte more: files whose one attribute nobody reads.
    const listed = (lengthBytes: number) => {
      const files = sevenZipHeader(sevenZipOf([{ name: 'a', sizeBytes: 5 }], '0406f10701'));
      const filler = lengthBytes - files.length - 10;
      return Buffer.concat([
        files.subarray(0, -2),
        Buffer.from([0x19]),
        sevenZipNumber(filler),
        Buffer.alloc(filler + 2),
      ]);
    };
    const largest = 4 * 1024 * 1024;
    expect(listed(largest)).toHaveLength(largest);
    expect(other('a.7z', packedList(listed(largest)))).toEqual(['encrypted-archive']);
    expect(other('a.7z', packedList(listed(largest + 1)))).toEqual([]);
  });

  it('takes a list that is not there, is damaged or packed in a way that is not unpacked for none', () => {
    const far = Buffer.from(SECRET_SEVEN_ZIP);
    far.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, 12);
    expect(other('a.7z', far)).toEqual([]);
    for (const properties of [0x80, 0xe0, 0xff]) expect(other('a.7z', packedList(plain, 5, properties))).toEqual([]);
    expect(other('a.7z', packedList(plain, 2 ** 53))).toEqual([]);
  });

  it('comes to an end whatever the list states', () => {
    for (let at = 0; at < SECRET_CONTENT_SEVEN_ZIP.length; at++) {
      const broken = Buffer.from(SECRET_CONTENT_SEVEN_ZIP);
      broken.fill(0xff, at, Math.min(at + 4, broken.length));
      expect(() => other('a.7z', broken)).not.toThrow();
      expect(() => other('a.7z', SECRET_CONTENT_SEVEN_ZIP.subarray(0, at))).not.toThrow();
    }
    // With sums that fit.
    for (let at = 0; at < plain.length; at++) {
      const broken = Buffer.from(plain);
      broken.fill(0xff, at, Math.min(at + 4, broken.length));
      expect(() => other('a.7z', packedList(broken))).not.toThrow();
    }
  });
});

describe('RAR', () => {
  const RAR4 = Buffer.from('526172211a0700', 'hex');
  const RAR5 = Buffer.from('526172211a070100', 'hex');
  const block4 = (type: number, flags: number, size = 13) => {
    const block = Buffer.alloc(size);
    block[2] = type;
    block.writeUInt16LE(flags, 3);
    block.writeUInt16LE(size, 5);
    return block;
  };

  it('tells of encrypted headers and files of version 4', () => {
    expect(other('a.rar', Buffer.concat([RAR4, block4(0x73, 0x80)]))).toEqual(['encrypted-archive']);
    expect(other('a.rar', Buffer.concat([RAR4, block4(0x73, 0), block4(0x74, 4, 40)]))).toEqual(['encrypted-archive']);
    expect(other('a.rar', Buffer.concat([RAR4, block4(0x73, 0), block4(0x74, 0, 40), block4(0x7b, 0)]))).toEqual([]);
  });

  it('tells of encrypted headers and files of version 5', () => {
    const sum = Buffer.alloc(4);
    expect(other('a.rar', Buffer.concat([RAR5, sum, Buffer.from([4, 4, 0, 0, 0])]))).toEqual(['encrypted-archive']);
    // A file header: size, type 2, flags 1 (extra area), its size, then a record of two bytes of type 1.
    const file = Buffer.from([6, 2, 1, 3, 2, 1, 0]);
    expect(other('a.rar', Buffer.concat([RAR5, sum, file]))).toEqual(['encrypted-archive']);
    expect(
      other('a.rar', Buffer.concat([RAR5, sum, Buffer.from([3, 1, 0, 0]), sum, Buffer.from([3, 5, 0, 0])])),
    ).toEqual([]);
  });

  it('comes to an end on blocks of no length and on rings', () => {
    expect(other('a.rar', Buffer.concat([RAR4, block4(0x75, 0, 13).fill(0, 5, 7)]))).toEqual([]);
    expect(other('a.rar', Buffer.concat([RAR5, Buffer.alloc(5000)]))).toEqual([]);
    expect(other('a.rar', Buffer.concat([RAR5, Buffer.alloc(5000, 0xff)]))).toEqual([]);
  });
});

describe('gzip and xz', () => {
  it('tells of absurd sizes', () => {
    const gzip = Buffer.concat([Buffer.from('1f8b0800000000000003', 'hex'), Buffer.alloc(1000)]);
    gzip.writeUInt32LE(2_000_000_000, gzip.length - 4);
    expect(other('a.gz', gzip)).toEqual(['archive-bomb | 2000000000']);
    gzip.writeUInt32LE(1_000_000, gzip.length - 4);
    expect(other('a.gz', gzip)).toEqual([]);
  });

  it('adds up the blocks of the index of xz', () => {
    // 2^40 is 80 80 80 80 80 20 in numbers of seven bits.
    const index = Buffer.from('000110808080808020000000', 'hex');
    const footer = Buffer.alloc(12);
    footer.writeUInt32LE(index.length / 4 - 1, 4);
    footer.write('YZ', 10);
    const bytes = Buffer.concat([Buffer.from('fd377a585a000004', 'hex'), Buffer.alloc(40), index, footer]);
    expect(other('a.xz', bytes)).toEqual([`archive-bomb | ${2 ** 40}`]);
    expect(other('a.xz', bytes.subarray(0, 40))).toEqual([]);
  });
});
