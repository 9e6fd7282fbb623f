import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  both,
  buildIso,
  concatenated,
  contentOf,
  entry,
  fileOf,
  latin1,
  mountIso,
} from '../../../test/images/iso-builder.ts';
import { imageBytes } from '../../../test/images/media.ts';

/** seq 1 30000; head -c 100000 /dev/zero; echo small. */
const HASHES = {
  'numbers.txt': '5bc81dbc42fe0b86fd1c103f37dfa3de5bd7e8a1767fd1bd4a2471aa8be7a06e',
  'zeros.bin': '9192c25b734fcbadbe32dadc28089c60db0e39f90cc20ce2e5733f57261acc0c',
  'small.txt': '4c47b3e816fbe7d40cef9f665ba8f0be1ae68b5e8e7ed70f5b6bab7f70528e8f',
};

/**
 * 1: mkzftree t tz; genisoimage -R -z -V ZISOFS1 tz
 * 2: xorriso -zisofs version_2=on:block_size_v2=32k:by_magic=off -outdev … -volid ZISOFS2 -map t / -set_filter_r --zisofs / -- -commit
 */
describe.each([1, 2])('zisofs version %d', (version) => {
  const mount = mountIso(imageBytes(`iso/zisofs-${version}`));

  test.each(Object.entries(HASHES))('%s is inflated', (name, hash) => {
    expect(createHash('sha256').update(contentOf(mount, name)).digest('hex')).toBe(hash);
  });

  test('reads at any place, across blocks too, are those of the whole', () => {
    const whole = contentOf(mount, 'numbers.txt');
    const file = fileOf(mount, 'numbers.txt');
    for (const offset of [0, 1, 32767, 32768, 98303, whole.length - 5]) {
      const part = new Uint8Array(Math.min(40000, whole.length - offset));
      expect(mount.read(file, offset, part)).toBe(part.length);
      expect(Buffer.compare(part, whole.subarray(offset, offset + part.length))).toBe(0);
    }
  });

  test('is told as a property', () => {
    expect(mount.properties(fileOf(mount, 'zeros.bin')).Compression).toBe(`zisofs version ${version}`);
    expect(fileOf(mount, 'zeros.bin').attr.size).toBe(100000);
  });

  test('without Rock Ridge the file is what is recorded', () => {
    const plain = mountIso(imageBytes(`iso/zisofs-${version}`), { norrip: '', nojoliet: '' });
    expect(contentOf(plain, 'NUMBERS.TXT').subarray(0, 4)).toEqual(
      version === 1 ? Uint8Array.of(0x37, 0xe4, 0x53, 0x96) : Uint8Array.of(0xef, 0x22, 0x55, 0xa1),
    );
  });
});

describe('a damaged zisofs file', () => {
  const magic = Uint8Array.of(0x37, 0xe4, 0x53, 0x96, 0xc9, 0xdb, 0xd6, 0x07);
  const le32 = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);
  const read = (content: Uint8Array, zf: Uint8Array) => {
    const PX = entry('PX', both(0o100644), both(1), both(0), both(0));
    const image = buildIso({
      records: [{ id: 'Z.;1', content, systemUse: concatenated(entry('NM', 0, 'z'), PX, zf) }],
      rootSystemUse: concatenated(entry('SP', 0xbe, 0xef, 0), entry('PX', both(0o40755), both(1), both(0), both(0))),
    });
    return () => contentOf(mountIso(image), 'z');
  };
  const ZF = (size: number, log2 = 15, algorithm = 'pz') => entry('ZF', algorithm, 4, log2, both(size));
  const header = (size: number, log2 = 15) => concatenated(magic, le32(size), Uint8Array.of(4, log2, 0, 0));

  test('a block of no length is zeros', () => {
    expect(read(concatenated(header(10), le32(24, 24)), ZF(10))()).toEqual(new Uint8Array(10));
  });

  test.each([
    ['begins with something else', latin1('not compressed at all, is it'), ZF(10), 'does not begin with its signature'],
    ['is shorter than its header', latin1('short'), ZF(10), 'is shorter than its header'],
    ['says another size than its entry', concatenated(header(11), le32(24, 24)), ZF(10), 'disagree on the size'],
    ['has another block size than its entry', concatenated(header(10, 16), le32(24, 24)), ZF(10), 'disagree'],
    [
      'has blocks that no writer makes',
      concatenated(header(10, 30), le32(24, 24)),
      ZF(10, 30),
      'zisofs blocks of 2^30 bytes',
    ],
    ['has pointers past its end', concatenated(header(10), le32(24, 999)), ZF(10), 'block pointer is impossible'],
    ['has pointers that go back', concatenated(header(10), le32(24, 20)), ZF(10), 'block pointer is impossible'],
    [
      'claims more blocks than it has pointers',
      concatenated(header(1 << 30), le32(24, 24)),
      ZF(1 << 30),
      'shorter than its block pointers',
    ],
    ['holds no zlib stream', concatenated(header(10), le32(24, 28), latin1('junk')), ZF(10), 'cannot be inflated'],
    [
      'is compressed by another algorithm',
      concatenated(header(10), le32(24, 24)),
      ZF(10, 15, 'XZ'),
      'zisofs compression "XZ"',
    ],
  ])('that %s is told', (_, content, zf, message) => {
    expect(read(content, zf)).toThrow(message);
  });
});
