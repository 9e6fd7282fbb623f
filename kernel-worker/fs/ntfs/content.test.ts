import { describe, expect, test } from 'vitest';
import {
  attributeList,
  concat,
  linkData,
  NtfsBuilder,
  reparse,
  resident,
  standardInformation,
  TYPE,
  u32,
} from '../../../test/images/ntfs-builder.ts';
import {
  at,
  contentOf,
  failureOf,
  listed,
  mounted,
  mountOf,
  pattern,
  text,
  textOf,
} from '../../../test/images/ntfs-mount.ts';
import { lzRecords, lzSample } from '../../rump/lib/lz-sample.ts';
import vectors from '../../rump/lib/lz-vectors.json';
import type { Mount } from '../../rump/vfs/mount.ts';

const { data } = TYPE;
const COMPRESSED = 0x0001;
const ENCRYPTED = 0x4000;
const SPARSE = 0x8000;

/** [MS-XCA] 3.3: one chunk of LZNT1, and its text. */
const LZNT1 = Buffer.from(
  '38b08846232000204720410010a24701a04520440008450150790' +
    '0c0452005241388' +
    '05b4024a44ef0358028c0916014845' +
    '00be009e000401189000',
  'hex',
);
const LZNT1_TEXT =
  'F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D ' +
  'E E F# D E F# G F# D E F# G F# E D E A F# F# G A A G F# E D D E F# E D D\0';

/** A mount with one file, 'f', that has these attributes. */
function withFile(attributes: (volume: NtfsBuilder) => Uint8Array[], attrib = 0x20): Mount {
  return mounted((volume) => volume.file({ number: 30, name: 'f', attrib, attributes: attributes(volume) }));
}

function zeros(length: number): Uint8Array {
  return new Uint8Array(length);
}

describe('content', () => {
  test('in the record is read from there, at any offset', () => {
    const mount = withFile(() => [resident({ type: data }, pattern(400))]);
    expect(contentOf(mount, 'f')).toEqual(pattern(400));
    const part = new Uint8Array(100);
    expect(mount.read(at(mount, 'f'), 350, part)).toBe(50);
    expect(part.subarray(0, 50)).toEqual(pattern(400).subarray(350));
    expect(mount.mediumRun(at(mount, 'f'), 0)).toBeNull();
  });

  test('in clusters is mapped', () => {
    const mount = withFile((volume) => [volume.stored({ type: data }, pattern(3000))]);
    const run = mount.mediumRun(at(mount, 'f'), 1500);
    expect(run).toEqual({ deviceOffset: expect.any(Number), lengthBytes: 1500 });
    expect(contentOf(mount, 'f')).toEqual(pattern(3000));
    expect(at(mount, 'f').attr).toMatchObject({ size: 3000, allocatedBytes: 3072 });
  });

  test('behind what was ever written is zeros', () => {
    const mount = withFile((volume) => [volume.stored({ type: data, initialized: 1500 }, pattern(3000))]);
    expect(contentOf(mount, 'f')).toEqual(concat([pattern(1500), zeros(1500)]));
    expect(mount.mediumRun(at(mount, 'f'), 1500)).toEqual({ deviceOffset: null, lengthBytes: 1500 });
  });

  test('in holes is zeros', () => {
    const mount = withFile((volume) => {
      const [a, b] = [volume.store(pattern(1024)), volume.store(pattern(1024))];
      const runs = [
        { lcn: a, clusters: 1 },
        { lcn: null, clusters: 3 },
        { lcn: b, clusters: 1 },
      ];
      return [volume.nonResident({ type: data, flags: SPARSE, compressionUnit: 4, runs, size: 5000 })];
    });
    expect(contentOf(mount, 'f')).toEqual(concat([pattern(1024), zeros(3072), pattern(904)]));
    expect(at(mount, 'f').attr.allocatedBytes).toBe(2048);
    expect(mount.properties(at(mount, 'f'))).toEqual({ Sparse: true });
  });

  test('of a file that has none is empty', () => {
    const mount = withFile(() => []);
    expect(at(mount, 'f').attr.size).toBe(0);
    expect(contentOf(mount, 'f')).toEqual(zeros(0));
  });

  test('whose last cluster was written down as 0 is read by its allocated size', () => {
    const mount = withFile((volume) => {
      const attribute = volume.stored({ type: data }, pattern(3000));
      attribute.fill(0, 24, 32);
      return [attribute];
    });
    expect(contentOf(mount, 'f')).toEqual(pattern(3000));
  });

  test.each([
    ['a size of 2^63', 48, 0x80, 'the size of an attribute cannot be'],
    ['a size larger than what it takes', 43, 0x7f, 'the sizes of an attribute cannot be'],
  ])('with %s is damaged', (_what, at, byte, message) => {
    const mount = withFile((volume) => {
      const attribute = volume.stored({ type: data }, pattern(3000));
      attribute[at === 48 ? 55 : 50] = byte;
      return [attribute];
    });
    expect(listed(mount)).toEqual(['f']);
    expect(failureOf(() => contentOf(mount, 'f'))).toBe(`EUCLEAN ${message}`);
  });

  test('that is encrypted is not read, but its size is told', () => {
    const mount = withFile((volume) => [volume.stored({ type: data, flags: ENCRYPTED }, pattern(3000))], 0x4020);
    expect(at(mount, 'f').attr).toMatchObject({ size: 3000, dosAttributes: 0x4020 });
    expect(failureOf(() => contentOf(mount, 'f'))).toBe('EOPNOTSUPP the content is encrypted (EFS)');
    expect(mount.properties(at(mount, 'f'))).toEqual({ Encrypted: 'EFS' });
  });
});

describe('streams', () => {
  const streams = (volume: NtfsBuilder) => [
    resident({ type: data }, text('main')),
    volume.stored({ type: data, name: 'large' }, pattern(5000)),
    resident({ type: data, name: 'Zone.Identifier' }, text('[ZoneTransfer]')),
  ];

  test('are extended attributes', () => {
    const mount = withFile(streams);
    const file = at(mount, 'f');
    expect(mount.listextattr(file)).toEqual([
      { name: 'user.large', size: 5000 },
      { name: 'user.Zone.Identifier', size: 14 },
    ]);
    const part = new Uint8Array(3000);
    expect(mount.readextattr(file, 'user.large', 2500, part)).toBe(2500);
    expect(part.subarray(0, 2500)).toEqual(pattern(5000).subarray(2500));
    expect(failureOf(() => mount.readextattr(file, 'user.none', 0, part))).toBe('ENODATA no stream "user.none"');
    expect(failureOf(() => mount.readextattr(file, 'large', 0, part))).toBe('ENODATA no stream "large"');
    expect(failureOf(() => mount.readextattr(file, 'user.', 0, part))).toBe('ENODATA no stream "user."');
  });

  test('of directories are too', () => {
    const mount = mounted((volume) =>
      volume.file({
        number: 30,
        name: 'dir',
        isDirectory: true,
        attributes: [resident({ type: data, name: 'side' }, text('aside')), volume.indexRoot([])],
      }),
    );
    expect(mount.listextattr(at(mount, 'dir'))).toEqual([{ name: 'user.side', size: 5 }]);
    expect(textOf(mount, 'dir:side')).toBe('aside');
  });
});

describe('compressed content', () => {
  /** Units of four clusters: LZNT1 in one cluster, stored as it is, nothing at all, LZNT1 again. */
  function compressed(size: number, initialized = size): Mount {
    return withFile((volume) => {
      const packed = volume.store(LZNT1);
      const plain = volume.store(pattern(4096));
      const runs = [
        { lcn: packed, clusters: 1 },
        { lcn: null, clusters: 3 },
        { lcn: plain, clusters: 4 },
        { lcn: null, clusters: 4 },
        { lcn: packed, clusters: 1 },
        { lcn: null, clusters: 3 },
      ];
      return [volume.nonResident({ type: data, flags: COMPRESSED, compressionUnit: 2, runs, size, initialized })];
    });
  }
  const unit = concat([text(LZNT1_TEXT), zeros(4096 - 142)]);
  const whole = concat([unit, pattern(4096), zeros(4096), unit]);

  test('is read unit by unit', () => {
    const mount = compressed(12_500);
    expect(contentOf(mount, 'f')).toEqual(whole.subarray(0, 12_500));
    expect(mount.properties(at(mount, 'f'))).toEqual({ Compression: 'LZNT1' });
    expect(at(mount, 'f').attr.allocatedBytes).toBe(6 * 1024);
  });

  test('is read at any offset', () => {
    const mount = compressed(16_384);
    for (const [from, length] of [
      [100, 10],
      [140, 5000],
      [4090, 12],
      [8191, 2],
      [12_000, 4384],
      [0, 16_384],
    ]) {
      const part = new Uint8Array(length);
      expect(mount.read(at(mount, 'f'), from, part)).toBe(length);
      expect(part).toEqual(whole.slice(from, from + length));
    }
  });

  test('is zeros behind what was ever written', () => {
    expect(contentOf(compressed(16_384, 5000), 'f')).toEqual(concat([whole.slice(0, 5000), zeros(16_384 - 5000)]));
  });

  test('with a hole within a unit is damaged', () => {
    const mount = withFile((volume) => {
      const runs = [
        { lcn: volume.store(LZNT1), clusters: 1 },
        { lcn: null, clusters: 2 },
        { lcn: volume.store(LZNT1), clusters: 1 },
      ];
      return [volume.nonResident({ type: data, flags: COMPRESSED, compressionUnit: 2, runs })];
    });
    expect(failureOf(() => contentOf(mount, 'f'))).toBe('EUCLEAN a compression unit has a hole within');
  });

  test('that is damaged costs its unit only', () => {
    const mount = withFile((volume) => {
      const runs = [
        { lcn: volume.store(pattern(1024)), clusters: 1 },
        { lcn: null, clusters: 3 },
        { lcn: volume.store(LZNT1), clusters: 1 },
        { lcn: null, clusters: 3 },
      ];
      return [volume.nonResident({ type: data, flags: COMPRESSED, compressionUnit: 2, runs })];
    });
    const part = new Uint8Array(4096);
    expect(failureOf(() => mount.read(at(mount, 'f'), 0, part))).toContain('EUCLEAN a compressed chunk');
    expect(mount.read(at(mount, 'f'), 4096, part)).toBe(4096);
    expect(part).toEqual(unit);
  });

  test('by another method, or in units of 2 MiB, is not read', () => {
    const other = (flags: number, compressionUnit: number) =>
      withFile((volume) => {
        const runs = [{ lcn: volume.store(LZNT1), clusters: 1 }];
        return [volume.nonResident({ type: data, flags, compressionUnit, runs })];
      });
    expect(failureOf(() => contentOf(other(2, 4), 'f'))).toBe('EOPNOTSUPP files compressed by method 2');
    expect(failureOf(() => contentOf(other(1, 11), 'f'))).toBe('EOPNOTSUPP compression units of more than 1 MiB');
  });
});

describe('attribute lists', () => {
  /** 'f' with its content in two extents: one in record 30 or 31, one in record 32. `store` makes the list's attribute. */
  function listedFile(
    store: (volume: NtfsBuilder, list: Uint8Array) => Uint8Array,
    change: (volume: NtfsBuilder) => void = () => {},
  ): Mount {
    const volume = new NtfsBuilder();
    const [a, b] = [volume.store(pattern(2048)), volume.store(pattern(4096).subarray(2048))];
    const list = attributeList([
      { type: TYPE.standardInformation, number: 30 },
      { type: TYPE.fileName, number: 30, instance: 2 },
      { type: data, number: 31 },
      { type: data, lowestVcn: 2, number: 32 },
      { type: data, name: 'side', number: 32 },
    ]);
    volume.file({ number: 30, name: 'f', attributes: [] });
    volume.record(30, { attributes: [standardInformation(0x20), store(volume, list)] });
    const base = { number: 30, sequence: 1 };
    const first = volume.nonResident({ type: data, runs: [{ lcn: a, clusters: 2 }], size: 4000, allocated: 4096 });
    volume.record(31, { base, attributes: [first] });
    const second = volume.nonResident({ type: data, runs: [{ lcn: b, clusters: 2 }], lowestVcn: 2 });
    volume.record(32, { base, attributes: [second, resident({ type: data, name: 'side' }, text('aside'))] });
    change(volume);
    return mountOf(volume.build());
  }
  const residentList = (_volume: NtfsBuilder, list: Uint8Array) => resident({ type: TYPE.attributeList }, list);

  test.each([
    ['in the record', residentList],
    ['in clusters', (volume: NtfsBuilder, list: Uint8Array) => volume.stored({ type: TYPE.attributeList }, list)],
  ])('%s lead to extents in other records', (_where, store) => {
    const mount = listedFile(store);
    expect(contentOf(mount, 'f')).toEqual(pattern(4000));
    expect(mount.listextattr(at(mount, 'f'))).toEqual([{ name: 'user.side', size: 5 }]);
    expect(textOf(mount, 'f:side')).toBe('aside');
  });

  test('do not lead to records of other files', () => {
    const mount = listedFile(residentList, (volume) =>
      volume.record(32, { base: { number: 33, sequence: 1 }, attributes: [] }),
    );
    expect(at(mount, 'f').attr.size).toBe(4000);
    expect(failureOf(() => contentOf(mount, 'f'))).toBe('EUCLEAN an attribute list names a record of another file');
  });

  test('do not lead to records that were given to another file since', () => {
    const mount = listedFile(residentList, (volume) =>
      volume.record(31, { base: { number: 30, sequence: 1 }, sequence: 2, attributes: [] }),
    );
    expect(failureOf(() => at(mount, 'f'))).toBe(
      'EUCLEAN an attribute list names a record that was given to another file since',
    );
  });

  test('that name what is not there are damaged', () => {
    const mount = listedFile(residentList, (volume) =>
      volume.record(31, {
        base: { number: 30, sequence: 1 },
        attributes: [resident({ type: data, name: 'x' }, text('x'))],
      }),
    );
    expect(failureOf(() => at(mount, 'f'))).toBe('EUCLEAN an attribute is not where its list says');
  });

  test('of more than 256 KiB are damaged', () => {
    const mount = listedFile((volume) => volume.stored({ type: TYPE.attributeList }, new Uint8Array(257 * 1024)));
    expect(failureOf(() => at(mount, 'f'))).toBe('EUCLEAN an attribute list is too large');
  });

  test('may leave a gap, which costs what lies in it', () => {
    const mount = listedFile(
      (_volume) =>
        resident(
          { type: TYPE.attributeList },
          attributeList([
            { type: TYPE.standardInformation, number: 30 },
            { type: data, number: 31 },
            { type: data, lowestVcn: 3, number: 33 },
          ]),
        ),
      (volume) =>
        volume.record(33, {
          base: { number: 30, sequence: 1 },
          attributes: [
            volume.nonResident({ type: data, runs: [{ lcn: volume.store(pattern(1024)), clusters: 1 }], lowestVcn: 3 }),
          ],
        }),
    );
    const part = new Uint8Array(2048);
    expect(mount.read(at(mount, 'f'), 0, part)).toBe(2048);
    expect(part).toEqual(pattern(2048));
    expect(failureOf(() => mount.read(at(mount, 'f'), 2048, part))).toBe(
      'EUCLEAN the clusters of a part of the content are not recorded',
    );
    expect(mount.read(at(mount, 'f'), 3072, part)).toBe(928);
  });
});

describe('system-compressed content', () => {
  const WOF = 0x80000017;
  const vector = (name: keyof typeof vectors) => new Uint8Array(Buffer.from(vectors[name], 'base64'));

  /** A file of `size` bytes that is kept in `packed` with the algorithm. */
  function packedFile(algorithm: number, size: number, packed: Uint8Array, info = [1, 2, 1, algorithm]): Mount {
    return withFile(
      (volume) => [
        volume.nonResident({
          type: data,
          flags: SPARSE,
          compressionUnit: 4,
          runs: [{ lcn: null, clusters: Math.ceil(size / 1024) }],
          size,
        }),
        volume.stored({ type: data, name: 'WofCompressedData' }, packed),
        resident({ type: data, name: 'user' }, text('mine')),
        resident({ type: TYPE.reparsePoint }, reparse(WOF, u32(...info))),
      ],
      0x620,
    );
  }

  test.each([
    ['XPRESS4K', 0, lzSample(4096), vector('xpress 4096')],
    ['XPRESS16K', 3, lzSample(16384), vector('xpress 16384')],
    ['LZX', 1, lzSample(32768), vector('lzx 32768')],
    ['LZX', 1, lzRecords(3008), vector('lzx records 3008')],
  ])('by %s (%d) is decoded', (name, algorithm, expected, packed) => {
    const mount = packedFile(algorithm, expected.length, packed);
    expect(contentOf(mount, 'f')).toEqual(expected);
    expect(mount.properties(at(mount, 'f'))).toMatchObject({ Compression: name, reparse_tag: '0x80000017' });
    expect(mount.listextattr(at(mount, 'f'))).toEqual([{ name: 'user.user', size: 4 }]);
    expect(mount.mediumRun(at(mount, 'f'), 0)).toBeNull();
  });

  test('in several chunks is read at any offset, those that did not get smaller as they are', () => {
    const chunk = vector('xpress 4096');
    const plain = pattern(4096);
    const ends = u32(chunk.length, chunk.length + 4096, 2 * chunk.length + 4096);
    const tail = text('tail');
    const mount = packedFile(0, 3 * 4096 + 4, concat([ends, chunk, plain, chunk, tail]));
    const whole = concat([lzSample(4096), plain, lzSample(4096), tail]);
    expect(contentOf(mount, 'f')).toEqual(whole);
    for (const [from, length] of [
      [4000, 200],
      [8190, 4],
      [12_280, 12],
      [1, 12_000],
    ]) {
      const part = new Uint8Array(length);
      expect(mount.read(at(mount, 'f'), from, part)).toBe(length);
      expect(part).toEqual(whole.slice(from, from + length));
    }
  });

  test('of 8 KiB chunks is read', () => {
    const plain = pattern(8192);
    const mount = packedFile(2, 8193, concat([u32(8192), plain, text('!')]));
    expect(contentOf(mount, 'f')).toEqual(concat([plain, text('!')]));
  });

  test('of an empty file is empty', () => {
    const mount = withFile(() => [
      resident({ type: data }, zeros(0)),
      resident({ type: data, name: 'WofCompressedData' }, zeros(0)),
      resident({ type: TYPE.reparsePoint }, reparse(WOF, u32(1, 2, 1, 0))),
    ]);
    expect(contentOf(mount, 'f')).toEqual(zeros(0));
  });

  test.each([
    ['in a WIM archive', [1, 1, 0, 0], 'EOPNOTSUPP the content is in a WIM archive (WIMBoot)'],
    ['by an unknown algorithm', [1, 2, 1, 4], 'EOPNOTSUPP an unknown kind of system compression'],
    ['of an unknown version', [2, 2, 1, 0], 'EOPNOTSUPP an unknown kind of system compression'],
    ['without its data', [1, 2], 'EUCLEAN the data of a system-compressed file are too short'],
  ])('%s is refused', (_what, info, message) => {
    expect(failureOf(() => contentOf(packedFile(0, 4096, vector('xpress 4096'), info), 'f'))).toBe(message);
  });

  test.each([
    ['a table that does not fit', 5_000_000, zeros(100), 'the chunk table of a system-compressed file does not fit'],
    [
      'a chunk that ends before it starts',
      8192,
      concat([u32(0), zeros(500)]),
      'a chunk of a system-compressed file has a wrong length',
    ],
    [
      'a chunk that ends behind the stream',
      8192,
      concat([u32(900), zeros(500)]),
      'a chunk of a system-compressed file has a wrong length',
    ],
    [
      'a chunk larger than its content',
      8192,
      concat([u32(4097), zeros(5000)]),
      'a chunk of a system-compressed file has a wrong length',
    ],
  ])('with %s is damaged', (_what, size, packed, message) => {
    expect(failureOf(() => contentOf(packedFile(0, size, packed), 'f'))).toBe(`EUCLEAN ${message}`);
  });

  test('without its stream is damaged', () => {
    const mount = withFile(() => [
      resident({ type: data }, pattern(100)),
      resident({ type: TYPE.reparsePoint }, reparse(WOF, u32(1, 2, 1, 0))),
    ]);
    expect(failureOf(() => contentOf(mount, 'f'))).toBe('EUCLEAN a system-compressed file has no compressed content');
  });
});

describe('content that is elsewhere', () => {
  const tagged = (tag: number, attrib: number, attribute: (volume: NtfsBuilder) => Uint8Array) =>
    withFile((volume) => [attribute(volume), resident({ type: TYPE.reparsePoint }, reparse(tag, u32(0)))], attrib);
  const hole = (volume: NtfsBuilder) =>
    volume.nonResident({ type: data, flags: SPARSE, compressionUnit: 4, runs: [{ lcn: null, clusters: 4 }] });
  const there = (volume: NtfsBuilder) => volume.stored({ type: data }, pattern(4096));

  test.each([
    ['deduplicated', 0x80000013, 0x620, there, 'deduplication, reparse tag 0x80000013'],
    ['in the cloud by its attributes', 0x9000601a, 0x400420, there, 'cloud file, reparse tag 0x9000601a'],
    ['offline', 0xc0000004, 0x1420, there, 'hierarchical storage, reparse tag 0xc0000004'],
    ['not on the medium at all', 0x80000021, 0x620, hole, 'OneDrive, reparse tag 0x80000021'],
  ])('because it is %s is refused by name', (_what, tag, attrib, attribute, message) => {
    const mount = tagged(tag, attrib, attribute);
    expect(at(mount, 'f').attr).toMatchObject({ type: 'file', size: 4096 });
    expect(failureOf(() => contentOf(mount, 'f'))).toBe(`EOPNOTSUPP the content is not on this medium (${message})`);
  });

  test('is read where it is there all the same', () => {
    const mount = tagged(0x9000601a, 0x420, there);
    expect(contentOf(mount, 'f')).toEqual(pattern(4096));
    expect(mount.properties(at(mount, 'f'))).toEqual({ reparse_tag: '0x9000601a', 'Reparse point': 'cloud file' });
  });
});

test('a reparse point that is no link has no target', () => {
  const mount = withFile(() => [resident({ type: TYPE.reparsePoint }, reparse(0x9000601a, linkData('x', 1)))]);
  expect(failureOf(() => mount.readlink(at(mount, 'f')))).toBe('EINVAL not a symbolic link');
});
