import { describe, expect, test } from 'vitest';
import {
  concat,
  linkData,
  type NtfsBuilder,
  reparse,
  resident,
  TYPE,
  u32,
  utf16,
} from '../../../test/images/ntfs-builder.ts';
import { at, failureOf, mounted, text } from '../../../test/images/ntfs-mount.ts';
import type { Mount } from '../../rump/vfs/mount.ts';
import { namei } from '../../rump/vfs/namei.ts';

const SYMLINK = 0xa000000c;
const JUNCTION = 0xa0000003;
const RELATIVE = 1;

/** A volume with /link of this tag and data, /Docs/Inner/file.txt, and /Docs/deep, which is the same link. */
function withLink(tag: number, data: Uint8Array, isDirectory = false): Mount {
  const link = [resident({ type: TYPE.reparsePoint }, reparse(tag, data))];
  return mounted((volume) => {
    volume.file({ number: 30, name: 'link', isDirectory, attrib: 0x420, attributes: link });
    volume.file({ number: 31, name: 'Docs', isDirectory: true, attributes: [docs(volume)] });
    volume.file({ number: 32, name: 'Inner', parent: 31, isDirectory: true, attributes: [inner(volume)] });
    volume.file({
      number: 33,
      name: 'file.txt',
      parent: 32,
      attributes: [resident({ type: TYPE.data }, text('found'))],
    });
    volume.file({ number: 34, name: 'deep', parent: 32, attrib: 0x420, attributes: link });
  });
}

function docs(volume: NtfsBuilder): Uint8Array {
  return volume.indexRoot([{ name: 'Inner', number: 32, parent: 31 }]);
}

function inner(volume: NtfsBuilder): Uint8Array {
  return volume.indexRoot([
    { name: 'deep', number: 34, parent: 32 },
    { name: 'file.txt', number: 33, parent: 32 },
  ]);
}

function targetOf(mount: Mount, ...path: string[]): string {
  return mount.readlink(at(mount, ...path));
}

describe('symbolic links and junctions', () => {
  test.each([
    ['..\\other\\file', RELATIVE, '../other/file'],
    ['name', RELATIVE, 'name'],
    ['\\Docs\\Inner', RELATIVE, 'Docs/Inner'],
    ['\\', RELATIVE, '.'],
    ['\\??\\C:\\Docs\\Inner\\file.txt', 0, 'Docs/Inner/file.txt'],
    ['\\??\\x:\\DOCS\\inner\\', 0, 'Docs/Inner'],
    ['C:\\docs', 0, 'Docs'],
    ['\\??\\C:\\Windows\\notepad.exe', 0, 'C:/Windows/notepad.exe'],
    ['\\??\\C:\\', 0, 'C:/'],
    ['\\??\\C:', 0, 'C:'],
    ['\\??\\UNC\\server\\share\\x', 0, '//server/share/x'],
    ['\\\\?\\C:\\Docs', 0, 'Docs'],
    ['\\??\\Volume{01234567-0000-0000-0000-100000000000}\\x', 0, '//?/Volume{01234567-0000-0000-0000-100000000000}/x'],
    ['\\??\\C:\\Docs\\Inner\\file.txt\\below', 0, 'C:/Docs/Inner/file.txt/below'],
    ['\\??\\C:\\link\\below', 0, 'link/below'],
  ])('to %s (flags %d) are shown as %s', (target, flags, shown) => {
    const mount = withLink(SYMLINK, linkData(target, flags));
    expect(targetOf(mount, 'link')).toBe(shown);
    expect(at(mount, 'link').attr).toMatchObject({ type: 'symlink', size: shown.length });
  });

  test('inside of directories are relative to these, and can be followed', () => {
    const mount = withLink(SYMLINK, linkData('\\??\\C:\\docs\\INNER\\FILE.TXT', 0));
    expect(targetOf(mount, 'Docs', 'Inner', 'deep')).toBe('../../Docs/Inner/file.txt');
    expect(namei(mount, '/Docs/Inner/deep', true).attr.fileid).toBe(33);
  });

  test('that are directories to Windows are links too', () => {
    const mount = withLink(JUNCTION, linkData('\\??\\C:\\Docs'), true);
    expect(targetOf(mount, 'link')).toBe('Docs');
    expect(at(mount, 'link').attr).toMatchObject({ type: 'symlink', dosAttributes: 0x430 });
    expect(mount.properties(at(mount, 'link'))).toEqual({
      reparse_tag: '0xa0000003',
      'Reparse point': 'junction or mount point',
    });
  });

  test.each([
    ['no data', new Uint8Array(0)],
    ['an empty target', linkData('', 0)],
    ['a target behind their end', linkData('abc', 0).subarray(0, 14)],
  ])('with %s are damaged', (_what, data) => {
    expect(failureOf(() => at(withLink(SYMLINK, data), 'link'))).toBe(
      'EUCLEAN the target of a link does not fit its reparse point',
    );
  });

  test('shorter than they say are damaged', () => {
    const mount = mounted((volume) => {
      const value = reparse(SYMLINK, linkData('abc', 0)).subarray(0, 20);
      volume.file({ number: 30, name: 'link', attributes: [resident({ type: TYPE.reparsePoint }, value)] });
    });
    expect(failureOf(() => at(mount, 'link'))).toBe('EUCLEAN a reparse point is shorter than it says');
  });
});

describe('files of WSL', () => {
  /** FILE_FULL_EA_INFORMATION. */
  function ea(name: string, value: Uint8Array, isLast: boolean): Uint8Array {
    const head = new Uint8Array(8);
    const length = 8 + name.length + 1 + value.length;
    const padded = Math.ceil(length / 4) * 4;
    new DataView(head.buffer).setUint32(0, isLast ? 0 : padded, true);
    head[5] = name.length;
    head[6] = value.length;
    return concat([head, text(`${name}\0`), value, new Uint8Array(padded - length)]);
  }
  const metadata = concat([
    ea('$LXUID', u32(1000), false),
    ea('OTHER', text('x'), false),
    ea('$LXGID', u32(1001), false),
    ea('$LXMOD', u32(0o20640), false),
    ea('$LXDEV', u32(259, 70000), true),
  ]);

  test.each([
    ['sock', 0x80000023],
    ['fifo', 0x80000024],
    ['chr', 0x80000025],
    ['blk', 0x80000026],
  ])('are a %s by their tag', (type, tag) => {
    const mount = mounted((volume) =>
      volume.file({
        number: 30,
        name: 'f',
        attributes: [
          resident({ type: TYPE.data }, text('')),
          resident({ type: TYPE.reparsePoint }, reparse(tag, text(''))),
          resident({ type: TYPE.ea }, metadata),
        ],
      }),
    );
    const { attr } = at(mount, 'f');
    expect(attr).toMatchObject({ type, uid: 1000, gid: 1001, mode: 0o640 });
    expect(attr.rdev).toEqual(type === 'chr' || type === 'blk' ? { major: 259, minor: 70000 } : undefined);
  });

  test('are links with a target in UTF-8', () => {
    const target = new Uint8Array(Buffer.from('../ümläut'));
    const mount = withLink(0xa000001d, concat([u32(2), target]));
    expect(targetOf(mount, 'link')).toBe('../ümläut');
    expect(at(mount, 'link').attr.size).toBe(11);
    expect(failureOf(() => at(withLink(0xa000001d, u32(2)), 'link'))).toBe('EUCLEAN a link of WSL has no target');
  });

  test('with metadata that leave their attribute are damaged', () => {
    const mount = mounted((volume) =>
      volume.file({ number: 30, name: 'f', attributes: [resident({ type: TYPE.ea }, metadata.subarray(0, 18))] }),
    );
    expect(failureOf(() => at(mount, 'f'))).toBe('EUCLEAN an extended attribute is longer than all of them');
  });
});

describe('files of Interix', () => {
  const numbers = concat([u32(8, 0), u32(17, 0)]);
  const special = (content: Uint8Array, attrib = 0x24) =>
    mounted((volume) =>
      volume.file({ number: 30, name: 'f', attrib, attributes: [resident({ type: TYPE.data }, content)] }),
    );

  test.each([
    ['fifo', text(''), undefined],
    ['sock', text('\0'), undefined],
    ['chr', concat([text('IntxCHR\0'), numbers]), { major: 8, minor: 17 }],
    ['blk', concat([text('IntxBLK\0'), numbers]), { major: 8, minor: 17 }],
  ])('are a %s by their content', (type, content, rdev) => {
    const { attr } = at(special(content), 'f');
    expect([attr.type, attr.rdev, attr.size]).toEqual([type, rdev, 0]);
  });

  test('are links in UTF-16', () => {
    const mount = special(concat([text('IntxLNK\x01'), utf16('/bin/ä')]));
    expect(targetOf(mount, 'f')).toBe('/bin/ä');
    expect(at(mount, 'f').attr).toMatchObject({ type: 'symlink', size: 7 });
  });

  test.each([
    ['without the system attribute', text('IntxLNK\x01x\0'), 0x20],
    ['with other content', text('IntxLNKx\0'), 0x24],
    ['empty and hidden, as DOS has them', text(''), 0x26],
    ['with too few numbers', text('IntxCHR\0abc'), 0x24],
  ])('are none %s', (_what, content, attrib) => {
    const { attr } = at(special(content, attrib), 'f');
    expect([attr.type, attr.size]).toEqual(['file', content.length]);
  });
});
