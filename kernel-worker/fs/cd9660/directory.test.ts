import { describe, expect, test } from 'vitest';
import {
  both32,
  buildIso,
  concatenated,
  contentOf,
  fileOf,
  latin1,
  listed,
  mountIso,
  pattern,
} from '../../../test/images/iso-builder.ts';
import { KernelError } from '../../rump/errno.ts';
import { formatTimespec } from '../../rump/vfs/time.ts';

describe('names', () => {
  const image = buildIso({
    records: [
      { id: 'FILE.TXT;2', content: latin1('new') },
      { id: 'FILE.TXT;1', content: latin1('old') },
      { id: 'NOEXT.;1' },
      { id: 'Mixed.;32767' },
      { id: 'NOTAVERSION;1X' },
    ],
  });

  test('version and empty extension go, and of several versions the newest is shown', () => {
    const mount = mountIso(image);
    expect(listed(mount)).toEqual(['FILE.TXT', 'NOEXT', 'Mixed', 'NOTAVERSION;1X']);
    expect(contentOf(mount, 'FILE.TXT')).toEqual(latin1('new'));
    expect(mount.properties(fileOf(mount, 'FILE.TXT'))).toEqual({ path_raw: '/FILE.TXT;2' });
    expect(mount.properties(fileOf(mount, 'NOTAVERSION;1X'))).toEqual({});
  });

  test("'gens' shows every version, 'map' lower case or the identifiers as recorded", () => {
    expect(listed(mountIso(image, { gens: '' }))).toEqual([
      'FILE.TXT;2',
      'FILE.TXT;1',
      'NOEXT.;1',
      'Mixed.;32767',
      'NOTAVERSION;1X',
    ]);
    expect(listed(mountIso(image, { map: 'normal' }))).toEqual(['file.txt', 'noext', 'mixed', 'notaversion.1x']);
    expect(listed(mountIso(image, { map: 'off' }))).toEqual([
      'FILE.TXT;2',
      'FILE.TXT;1',
      'NOEXT.;1',
      'Mixed.;32767',
      'NOTAVERSION;1X',
    ]);
  });
});

describe('flags', () => {
  const image = buildIso({
    records: [
      { id: 'A.;1', flags: 4, content: latin1('resource') },
      { id: 'A.;1', content: latin1('data') },
      { id: 'H.;1', flags: 1 },
    ],
  });

  test('an associated file is hidden unless asked for; a hidden file is shown as such', () => {
    const mount = mountIso(image);
    expect(listed(mount)).toEqual(['A', 'H']);
    expect(contentOf(mount, 'A')).toEqual(latin1('data'));
    expect(mount.properties(fileOf(mount, 'H'))).toEqual({ path_raw: '/H.;1', Hidden: true });
    expect(listed(mountIso(image, { showassoc: '', map: 'off' }))).toEqual(['A.;1', 'A.;1', 'H.;1']);
  });
});

describe('sections', () => {
  const first = pattern(4096);
  const second = pattern(5000).reverse();

  test('a file of two sections is read across their border', () => {
    const mount = mountIso(
      buildIso({
        records: [
          { id: 'M.;1', flags: 0x80, content: first },
          { id: 'M.;1', content: second },
          { id: 'N.;1', content: latin1('next') },
        ],
      }),
    );
    expect(listed(mount)).toEqual(['M', 'N']);
    expect(fileOf(mount, 'M').attr.size).toBe(9096);
    expect(contentOf(mount, 'M')).toEqual(concatenated(first, second));
    const across = new Uint8Array(20);
    expect(mount.read(fileOf(mount, 'M'), 4090, across)).toBe(20);
    expect(across).toEqual(concatenated(first.subarray(4090), second.subarray(0, 14)));
    expect(mount.properties(fileOf(mount, 'M'))['File sections']).toBe(2);
  });

  test("another file's record ends the sections, and the file is shown as far as it goes", () => {
    const mount = mountIso(buildIso({ records: [{ id: 'M.;1', flags: 0x80, content: first }, { id: 'N.;1' }] }));
    expect(listed(mount)).toEqual(['the last section of a file is missing', 'M', 'N']);
    expect(contentOf(mount, 'M')).toEqual(first);
  });

  test('so does the end of the directory', () => {
    const mount = mountIso(buildIso({ records: [{ id: 'M.;1', flags: 0x80, content: first }] }));
    expect(listed(mount)).toEqual(['the last section of a file is missing', 'M']);
  });

  test('an interleaved file is put together from its units', () => {
    const content = pattern(9000);
    const mount = mountIso(
      buildIso({ blockSize: 512, records: [{ id: 'I.;1', content, interleave: { unit: 3, gap: 2 } }] }),
    );
    expect(contentOf(mount, 'I')).toEqual(content);
    const part = new Uint8Array(100);
    mount.read(fileOf(mount, 'I'), 1500, part);
    expect(part).toEqual(content.subarray(1500, 1600));
    expect(mount.properties(fileOf(mount, 'I')).Interleaving).toBe('3 of 5 blocks');
  });

  test.each([512, 1024, 2048])('logical blocks of %d bytes', (blockSize) => {
    const content = pattern(3333);
    const mount = mountIso(
      buildIso({
        blockSize,
        records: [
          { id: 'A.;1', content },
          { id: 'B.;1', content: latin1('b') },
        ],
      }),
    );
    expect(contentOf(mount, 'A')).toEqual(content);
    expect(contentOf(mount, 'B')).toEqual(latin1('b'));
    expect(mount.statvfs().blockSize).toBe(blockSize);
  });
});

describe('extended attribute records', () => {
  const record = new Uint8Array(250);
  both32(new DataView(record.buffer), 0, 0);
  record.set([7, 0, 0, 7, 9, 0, 0, 9], 0);
  // Forbidden: to the group and to others all, to the owner nothing.
  record.set([0xff, 0xaf], 8);
  record.set([...latin1('2024030405060789'), 0], 10);
  record[180] = 1;

  test('are passed over, and shown as properties', () => {
    const content = pattern(3000);
    const mount = mountIso(buildIso({ records: [{ id: 'X.;1', content, attributes: { blocks: 2, bytes: record } }] }));
    expect(contentOf(mount, 'X')).toEqual(content);
    expect(mount.properties(fileOf(mount, 'X'))).toEqual({
      path_raw: '/X.;1',
      'Recorded owner': 7,
      'Recorded group': 9,
      'Recorded permissions': 'owner read, owner execute',
      'Recorded creation': '2024-03-04T05:06:07.89Z',
    });
  });

  test('have the first file unit of an interleaved file for themselves', () => {
    const content = pattern(9000);
    const mount = mountIso(
      buildIso({
        records: [{ id: 'X.;1', content, attributes: { blocks: 1, bytes: record }, interleave: { unit: 1, gap: 1 } }],
      }),
    );
    expect(contentOf(mount, 'X')).toEqual(content);
  });
});

describe('byte orders that disagree', () => {
  test('the little-endian field is taken while it lies inside the medium', () => {
    const lines: string[] = [];
    const image = buildIso({
      records: [
        { id: 'LE.;1', content: latin1('little'), patch: (view) => view.setUint32(6, 0xffffff) },
        { id: 'BE.;1', content: latin1('big'), patch: (view) => view.setUint32(2, 0xffffff, true) },
        { id: 'LEN.;1', content: latin1('length'), patch: (view) => view.setUint32(10, 0xffffffff, true) },
      ],
    });
    const mount = mountIso(image, {}, (line) => lines.push(line));
    expect(contentOf(mount, 'LE')).toEqual(latin1('little'));
    expect(contentOf(mount, 'BE')).toEqual(latin1('big'));
    expect(contentOf(mount, 'LEN')).toEqual(latin1('length'));
    expect(mount.properties(fileOf(mount, 'BE'))['Byte orders disagree']).toBe(true);
    expect(lines).toHaveLength(3);
  });

  test('in the volume descriptor they become a notice', () => {
    const image = buildIso({
      records: [{ id: 'A.;1' }],
      patch: (view) => {
        view.setUint32(158, 0xfffff, true);
        view.setUint16(128, 0, true);
      },
    });
    const mount = mountIso(image);
    expect(listed(mount)).toEqual(['A']);
    expect(mount.info.state.notices).toEqual([
      'The two byte orders of the volume descriptor disagree on: block size, location of the root directory.',
    ]);
  });

  test('where no byte order leads to a root directory, the path table does', () => {
    const image = buildIso({
      records: [{ id: 'A.;1' }],
      patch: (view) => {
        both32(view, 158, 30);
      },
    });
    expect(listed(mountIso(image))).toEqual(['A']);
  });
});

describe('damage', () => {
  test('a record of an impossible length costs the rest of its sector', () => {
    const records = [{ id: 'A.;1' }, { id: 'B.;1', patch: (view: DataView) => view.setUint8(0, 20) }, { id: 'C.;1' }];
    expect(listed(mountIso(buildIso({ records })))).toEqual(['A', 'a directory record has an impossible length']);
  });

  test('an identifier longer than its record does so too', () => {
    const records = [{ id: 'A.;1', patch: (view: DataView) => view.setUint8(32, 9) }];
    expect(listed(mountIso(buildIso({ records })))).toEqual(['a directory record has an impossible length']);
  });

  test('a record whose length was wiped out is missed', () => {
    const records = [{ id: 'A.;1' }, { id: 'B.;1', patch: (view: DataView) => view.setUint8(0, 0) }];
    expect(listed(mountIso(buildIso({ records })))).toEqual(['A', 'a directory record has no length']);
  });

  test('a file that goes on past the end of the medium is read as far as the medium goes', () => {
    const image = buildIso({
      records: [{ id: 'A.;1', content: latin1('start'), patch: (view) => both32(view, 10, 1 << 30) }],
    });
    const mount = mountIso(image);
    const file = fileOf(mount, 'A');
    const start = new Uint8Array(5);
    expect(mount.read(file, 0, start)).toBe(5);
    expect(start).toEqual(latin1('start'));
    const behind = () => mount.read(file, image.length, new Uint8Array(10));
    expect(behind).toThrow('the content of a file lies outside of the medium');
    expect(behind).toThrow(KernelError);
  });

  test('a directory that points outside of the medium is an entry that cannot be entered', () => {
    const image = buildIso({ records: [{ id: 'D', flags: 2, patch: (view) => both32(view, 2, 99999) }] });
    const mount = mountIso(image);
    expect(listed(mount)).toEqual(['D']);
    expect(listed(mount, fileOf(mount, 'D'))).toEqual(['a directory lies outside of the medium']);
  });

  test('a short image says how much is missing', () => {
    const image = buildIso({ records: [{ id: 'A.;1' }] });
    const mount = mountIso(image.subarray(0, image.length - 5000));
    expect(mount.info.state.notices).toEqual([
      'The medium is 5000 bytes shorter than its volume: files at the end cannot be read.',
    ]);
  });
});

test('High Sierra volumes are read', () => {
  const image = buildIso({
    highSierra: true,
    records: [
      { id: 'READ.ME;1', content: latin1('1986'), date: [86, 5, 28, 10, 11, 12, 0], flags: 0 },
      { id: 'HIDDEN.;1', flags: 4 },
    ],
  });
  const mount = mountIso(image);
  expect(mount.info).toMatchObject({ title: 'High Sierra', label: 'BUILT', uuid: null });
  expect(listed(mount)).toEqual(['READ.ME']);
  const { mtime } = fileOf(mount, 'READ.ME').attr;
  expect(mtime && formatTimespec(mtime)).toBe('1986-05-28T10:11:12');
  expect(contentOf(mount, 'READ.ME')).toEqual(latin1('1986'));
});
