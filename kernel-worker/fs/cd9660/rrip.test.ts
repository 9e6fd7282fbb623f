import { describe, expect, test } from 'vitest';
import {
  type BuiltRecord,
  both,
  buildIso,
  concatenated,
  contentOf,
  entry,
  fileOf,
  latin1,
  listed,
  mountIso,
} from '../../../test/images/iso-builder.ts';
import type { Mount } from '../../rump/vfs/mount.ts';

const PX = (mode: number, serial?: number) =>
  entry('PX', both(mode), both(2), both(1000), both(100), ...(serial === undefined ? [] : [both(serial)]));
const NM = (name: string, flags = 0) => entry('NM', flags, name);
const SP = (skip = 0) => entry('SP', 0xbe, 0xef, skip);
const FILE = 0o100644;
const LINK = 0o120777;

function rockRidge(records: BuiltRecord[], rootSystemUse = concatenated(SP(), PX(0o40755))): Mount {
  return mountIso(buildIso({ records, rootSystemUse }));
}

/** A record with a name and these entries. */
function named(name: string, ...entries: Uint8Array[]): BuiltRecord {
  return { id: `${name.toUpperCase().slice(0, 8)}.;1`, systemUse: concatenated(NM(name), ...entries) };
}

describe('what makes a Rock Ridge volume', () => {
  const records = [named('lower', PX(FILE))];

  test("'SP' and attributes in the root's record of itself do", () => {
    const mount = rockRidge(records);
    expect(listed(mount)).toEqual(['lower']);
    expect(mount.info.title).toBe('ISO 9660 with Rock Ridge');
    expect(mount.root.attr.mode).toBe(0o755);
  });

  test("'SP' and an 'ER' of RRIP do, 'SP' with the extension of somebody else does not", () => {
    const ER = (id: string) => entry('ER', id.length, 0, 0, 1, id);
    expect(listed(rockRidge(records, concatenated(SP(), ER('IEEE_P1282'))))).toEqual(['lower']);
    expect(listed(rockRidge(records, concatenated(SP(), ER('RRIP_1991A'))))).toEqual(['lower']);
    expect(listed(rockRidge(records, concatenated(SP(), ER('SOMETHING_ELSE'))))).toEqual(['LOWER']);
  });

  test('wrong check bytes do not', () => {
    expect(listed(rockRidge(records, concatenated(entry('SP', 0xbe, 0xee, 0), PX(0o40755))))).toEqual(['LOWER']);
  });

  test("what 'SP' says is skipped before the entries of other records", () => {
    const skipped = [{ id: 'A.;1', systemUse: concatenated(new Uint8Array(14).fill(0x55), NM('skipped'), PX(FILE)) }];
    expect(listed(rockRidge(skipped, concatenated(SP(14), PX(0o40755))))).toEqual(['skipped']);
  });

  test('norrip shows the recorded identifiers, rrip fails where there is none', () => {
    const image = buildIso({ records, rootSystemUse: concatenated(SP(), PX(0o40755)) });
    expect(listed(mountIso(image, { norrip: '' }))).toEqual(['LOWER']);
    expect(() => mountIso(buildIso({ records }), { rrip: '' })).toThrow('there is no Rock Ridge tree');
  });
});

describe('attributes', () => {
  test("'PX' without and with a file serial number", () => {
    const mount = rockRidge([named('short', PX(0o104755)), named('long', PX(0o100600, 77))]);
    expect(fileOf(mount, 'short').attr).toMatchObject({ type: 'file', mode: 0o4755, nlink: 2, uid: 1000, gid: 100 });
    expect(fileOf(mount, 'long').attr.mode).toBe(0o600);
  });

  test("'TF' in the short and in the long form, times in the order of the flags", () => {
    const short = entry('TF', 0x0e, ...[1, 2, 3].map((day) => Uint8Array.of(100, 1, day, 0, 0, 0, 0)));
    const long = entry('TF', 0x83, '2001010100000050\x00', '2002010100000000\x04');
    const mount = rockRidge([named('short', short), named('long', long), named('none')]);
    const at = (...date: [number, number, number]) => Date.UTC(...date) / 1000;
    const shortAttr = fileOf(mount, 'short').attr;
    expect([shortAttr.mtime?.sec, shortAttr.atime?.sec, shortAttr.ctime?.sec]).toEqual([
      at(2000, 0, 1),
      at(2000, 0, 2),
      at(2000, 0, 3),
    ]);
    expect(shortAttr.birthtime).toBeNull();
    const longAttr = fileOf(mount, 'long').attr;
    expect(longAttr.birthtime).toEqual({ sec: at(2001, 0, 1), nsec: 500_000_000 });
    expect(longAttr.mtime?.sec).toBe(at(2002, 0, 1) - 3600);
    expect(fileOf(mount, 'none').attr.mtime?.sec).toBe(Date.UTC(2024, 2, 4, 5, 6, 7) / 1000);
  });

  test("'PN' as two halves and as a dev_t", () => {
    const mount = rockRidge([
      named('halves', PX(0o020600), entry('PN', both(259), both(70000))),
      named('dev', PX(0o060600), entry('PN', both(0), both(0x11110370))),
      named('small', PX(0o020600), entry('PN', both(0), both(0x103))),
      named('fifo', PX(0o010600)),
      named('sock', PX(0o140600)),
    ]);
    expect(fileOf(mount, 'halves').attr).toMatchObject({ type: 'chr', rdev: { major: 259, minor: 70000 } });
    expect(fileOf(mount, 'dev').attr).toMatchObject({ type: 'blk', rdev: { major: 259, minor: 70000 } });
    expect(fileOf(mount, 'small').attr).toMatchObject({ type: 'chr', rdev: { major: 1, minor: 3 } });
    expect(fileOf(mount, 'fifo').attr.type).toBe('fifo');
    expect(fileOf(mount, 'sock').attr.type).toBe('sock');
  });

  test('hard links share their file id, other files do not', () => {
    const link = (name: string, block: number, nlink: number): BuiltRecord => ({
      ...named(name, entry('PX', both(FILE), both(nlink), both(0), both(0))),
      patch: (view) => {
        view.setUint32(2, block, true);
        view.setUint32(6, block);
        view.setUint32(10, 100, true);
        view.setUint32(14, 100);
      },
    });
    const mount = rockRidge([link('a', 30, 2), link('b', 30, 2), link('c', 31, 2), link('d', 30, 1)]);
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => fileOf(mount, name).attr.fileid);
    expect(b).toBe(a);
    expect(new Set([a, c, d]).size).toBe(3);
  });
});

describe('names', () => {
  test("go on over several 'NM' and over a continuation area", () => {
    // Block 40 of the image holds the second part of the name, and what follows it.
    const rest = concatenated(NM('b'.repeat(200), 1), NM('-end'), PX(FILE));
    const CE = entry('CE', both(40), both(100), both(rest.length));
    const image = buildIso({
      records: [{ id: 'L.;1', systemUse: concatenated(NM('a'.repeat(100), 1), CE) }],
      rootSystemUse: concatenated(SP(), PX(0o40755)),
    });
    image.set(rest, 40 * 2048 + 100);
    expect(listed(mountIso(image))).toEqual([`${'a'.repeat(100)}${'b'.repeat(200)}-end`]);
  });

  test("that say to be '.' or '..' are left to the recorded identifier", () => {
    const record = (flags: number): BuiltRecord => ({
      id: 'DOT.;1',
      systemUse: concatenated(NM('x', flags), PX(FILE)),
    });
    expect(listed(rockRidge([record(2)]))).toEqual(['DOT']);
    expect(listed(rockRidge([record(4)]))).toEqual(['DOT']);
  });

  test('of bytes that are not UTF-8 come through, those with a slash do not', () => {
    expect(listed(rockRidge([named('\xe9', PX(FILE))]))).toEqual(['\udce9']);
    expect(listed(rockRidge([named('../x', PX(FILE))]))).toEqual(['a directory entry has the impossible name "../x"']);
  });
});

describe('symbolic links', () => {
  const component = (flags: number, text = '') => concatenated(Uint8Array.of(flags, text.length), latin1(text));
  const target = (...entries: Uint8Array[]) => {
    const mount = rockRidge([named('link', PX(LINK), ...entries)]);
    const vnode = fileOf(mount, 'link');
    expect(vnode.attr.type).toBe('symlink');
    return { text: mount.readlink(vnode), size: vnode.attr.size };
  };

  test('current, parent and root components', () => {
    expect(target(entry('SL', 0, component(2), component(4), component(0, 'x')))).toEqual({ text: './../x', size: 6 });
    expect(target(entry('SL', 0, component(8), component(0, 'etc'), component(0, 'fstab'))).text).toBe('/etc/fstab');
    expect(target(entry('SL', 0, component(8))).text).toBe('/');
  });

  test('a component goes on in the next one, and a target in the next entry', () => {
    expect(target(entry('SL', 0, component(1, 'ab'), component(0, 'cd'), component(0, 'e'))).text).toBe('abcd/e');
    expect(target(entry('SL', 1, component(0, 'a')), entry('SL', 0, component(0, 'b'))).text).toBe('a/b');
    expect(target(entry('SL', 1, component(1, 'a')), entry('SL', 0, component(0, 'b'))).text).toBe('ab');
  });

  test("without 'SL' have no target, and say so", () => {
    const mount = rockRidge([named('link', PX(LINK))]);
    expect(() => mount.readlink(fileOf(mount, 'link'))).toThrow('a symbolic link has no target');
  });

  test('a component that is longer than its entry is damage', () => {
    const mount = rockRidge([named('link', PX(LINK), entry('SL', 0, 0, 9, 'abc'))]);
    expect(listed(mount)).toEqual(['a component of a symbolic link is too long', 'link']);
  });
});

describe('damage in the entries', () => {
  test.each([
    ['points to itself', both(40), 'the system use continuation areas of a directory record never end'],
    ['lies behind the end', both(4000), 'a system use continuation area lies outside of the medium'],
  ])('a continuation area that %s ends them, and the entry stays', (_, block, message) => {
    const CE = entry('CE', block, both(0), both(28));
    const image = buildIso({
      records: [{ id: 'L.;1', systemUse: concatenated(NM('name'), CE) }],
      rootSystemUse: concatenated(SP(), PX(0o40755)),
    });
    image.set(entry('CE', both(40), both(0), both(28)), 40 * 2048);
    expect(listed(mountIso(image))).toEqual([message, 'name']);
  });

  test('a continuation area of a megabyte is not read', () => {
    const mount = rockRidge([named('name', entry('CE', both(40), both(0), both(1 << 20)))]);
    expect(listed(mount)).toEqual(['a system use continuation area is too long', 'name']);
  });

  test('an entry of an impossible length ends them, and the entry stays', () => {
    const mount = rockRidge([{ id: 'L.;1', systemUse: concatenated(NM('name'), Uint8Array.of(0x50, 0x58, 3, 1)) }]);
    expect(listed(mount)).toEqual(['a system use entry has an impossible length', 'name']);
  });
});

describe('relocated directories', () => {
  /** A directory of its own record and its parent's at block 50, that was moved there from the root. */
  function withMoved(record: BuiltRecord): Uint8Array {
    const image = buildIso({ records: [record], rootSystemUse: concatenated(SP(), PX(0o40755)) });
    const moved = buildIso({
      records: [named('inside', PX(FILE))],
      rootSystemUse: concatenated(NM('unused'), PX(0o40711)),
    }).subarray(19 * 2048, 20 * 2048);
    image.set(moved, 50 * 2048);
    return image;
  }

  test("stand where 'CL' is, under its name, with the attributes of their own record", () => {
    const mount = mountIso(withMoved(named('back', PX(FILE), entry('CL', both(50)))));
    expect(listed(mount)).toEqual(['back']);
    const dir = fileOf(mount, 'back');
    expect(dir.attr).toMatchObject({ type: 'dir', mode: 0o711, size: 2048 });
    expect(listed(mount, dir)).toEqual(['inside']);
  });

  test("are hidden where 'RE' is", () => {
    expect(listed(mountIso(withMoved({ ...named('hidden', entry('RE')), flags: 2 })))).toEqual([]);
  });

  test("a 'CL' to where no directory is costs the entry", () => {
    const mount = mountIso(withMoved(named('back', entry('CL', both(60)))));
    expect(listed(mount)).toEqual(['there is no directory where a relocated one should be']);
  });
});

test('a sparse file of Rock Ridge is refused by name when it is read', () => {
  const mount = rockRidge([
    { ...named('sparse', PX(FILE), entry('SF', both(0), both(4096), 1)), content: latin1('table') },
  ]);
  expect(() => contentOf(mount, 'sparse')).toThrow('sparse files of Rock Ridge');
});
