import { describe, expect, test } from 'vitest';
import { type IndexEntrySpec, NtfsBuilder, resident, TYPE } from '../../../test/images/ntfs-builder.ts';
import { at, failureOf, listed, mounted, mountOf, text, textOf } from '../../../test/images/ntfs-mount.ts';

/** A file whose content is its name. */
function addFile(volume: NtfsBuilder, number: number, name: string): IndexEntrySpec {
  volume.file({ number, name, attributes: [resident({ type: TYPE.data }, text(name))] });
  return { name, number };
}

interface Tree {
  volume: NtfsBuilder;
  blocks: Uint8Array[];
}

/** A root of three levels: m in the root, f above its left blocks, t above its right ones, and the other letters in four leaves. */
function tree(): Tree {
  const volume = new NtfsBuilder();
  const entry = new Map([...'abcdefghijklmnopqrstuvwxyz'].map((name, i) => [name, addFile(volume, 30 + i, name)]));
  const leaf = (number: number, names: string) =>
    volume.indexBlock(
      number,
      [...names].map((name) => entry.get(name) as IndexEntrySpec),
    );
  const inner = (number: number, name: string, left: number, right: number) =>
    volume.indexBlock(number, [{ ...(entry.get(name) as IndexEntrySpec), below: left }], right);
  const blocks = [
    leaf(0, 'abcde'),
    leaf(1, 'ghijkl'),
    inner(2, 'f', 0, 1),
    leaf(3, 'nopqrs'),
    leaf(4, 'uvwxyz'),
    inner(5, 't', 3, 4),
  ];
  return { volume, blocks };
}

function finished({ volume, blocks }: Tree): Uint8Array {
  const m: IndexEntrySpec = { name: 'm', number: 42, below: 2 };
  volume.rootIndex([volume.indexRoot([m], 5), ...volume.indexAllocation(blocks)]);
  return volume.build();
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

describe('directories', () => {
  test('are read in order through all levels of their tree', () => {
    expect(listed(mountOf(finished(tree())))).toEqual(LETTERS);
  });

  test('are searched through all levels of their tree', () => {
    const mount = mountOf(finished(tree()));
    expect(LETTERS.map((name) => textOf(mount, name))).toEqual(LETTERS);
    expect(LETTERS.map((name) => textOf(mount, name.toUpperCase()))).toEqual(LETTERS);
    expect(mount.lookup(mount.root, 'aa')).toBeNull();
    expect(mount.lookup(mount.root, 'zz')).toBeNull();
  });

  test('lose one block, and what is above it, where that is damaged', () => {
    const broken = tree();
    broken.blocks[3].set(text('BAAD'));
    const mount = mountOf(finished(broken));
    expect(listed(mount)).toEqual([...'abcdefghijklm', '! this is no INDX record', ...'tuvwxyz']);
    expect(textOf(mount, 'u')).toBe('u');
    expect(failureOf(() => mount.lookup(mount.root, 'p'))).toBe('EUCLEAN this is no INDX record');
    expect(failureOf(() => mount.lookup(mount.root, 'pp'))).toBe('EUCLEAN this is no INDX record');
  });

  test('give what is below a damaged block from the blocks that the bitmap calls used', () => {
    const broken = tree();
    broken.blocks[5].set(text('BAAD'));
    expect(listed(mountOf(finished(broken)))).toEqual([
      ...'abcdefghijklm',
      '! this is no INDX record',
      ...'nopqrsuvwxyz',
    ]);
  });

  test('end where their tree has a loop', () => {
    const looped = tree();
    looped.blocks[2] = looped.volume.indexBlock(2, [{ name: 'f', number: 35, below: 2 }], 1);
    expect(listed(mountOf(finished(looped)))).toEqual([
      '! the index of a directory comes to the same block twice',
      ...'fghijklmnopqrstuvwxyz',
      ...'abcde',
    ]);
  });

  test('tell a tree that points behind its blocks', () => {
    const { volume, blocks } = tree();
    volume.rootIndex([volume.indexRoot([], 9), ...volume.indexAllocation(blocks)]);
    expect(listed(mountOf(volume.build()))[0]).toBe('! the index of a directory points behind its end');
  });

  test('do not take a block for another one', () => {
    const swapped = tree();
    [swapped.blocks[0], swapped.blocks[1]] = [swapped.blocks[1], swapped.blocks[0]];
    const message = '! a block in the index of a directory is not the one that was looked for';
    expect(listed(mountOf(finished(swapped))).filter((line) => line === message)).toHaveLength(2);
  });

  test('find names by scanning where they are not in order', () => {
    const volume = new NtfsBuilder();
    const entries = [...'dbca'].map((name, i) => addFile(volume, 30 + i, name));
    volume.rootIndex([volume.indexRoot([], 0), ...volume.indexAllocation([volume.indexBlock(0, entries)])]);
    const mount = mountOf(volume.build());
    expect([...'abcd'].map((name) => textOf(mount, name))).toEqual([...'abcd']);
    expect(textOf(mount, 'A')).toBe('a');
  });

  test('find names by scanning where $UpCase is damaged, and say so', () => {
    const volume = new NtfsBuilder();
    addFile(volume, 30, 'ÄPFEL');
    volume.record(10, { attributes: [resident({ type: TYPE.data }, new Uint8Array(200))] });
    const mount = mountOf(volume.build());
    expect(textOf(mount, 'äpfel')).toBe('ÄPFEL');
    expect(mount.info.state.notices).toEqual([
      'The table of upper and lower case ($UpCase) is damaged; names are looked up one by one.',
    ]);
  });

  test('are read with clusters larger than their blocks', () => {
    const volume = new NtfsBuilder({ clusterSize: 65536, clusters: 32 });
    const left = addFile(volume, 30, 'a');
    const middle = addFile(volume, 31, 'b');
    const right = addFile(volume, 32, 'c');
    const blocks = [volume.indexBlock(0, [left]), volume.indexBlock(1, [right])];
    volume.rootIndex([volume.indexRoot([{ ...middle, below: 0 }], 1), ...volume.indexAllocation(blocks)]);
    const mount = mountOf(volume.build());
    expect(listed(mount)).toEqual(['a', 'b', 'c']);
    expect(textOf(mount, 'C')).toBe('c');
  });

  test('without an index are damaged', () => {
    const mount = mounted((volume) => volume.file({ number: 30, name: 'dir', isDirectory: true }));
    expect(listed(mount, 'dir')).toEqual(['! a directory has no index']);
  });
});

describe('names', () => {
  test('that differ by case only are each found, and by default others are found whatever their case', () => {
    const fill = (volume: NtfsBuilder) => {
      ['FOO', 'Foo', 'foo', 'Straße'].forEach((name, i) => {
        addFile(volume, 30 + i, name);
      });
    };
    const mount = mounted(fill);
    expect(['FOO', 'Foo', 'foo', 'STRAßE'].map((name) => textOf(mount, name))).toEqual(['FOO', 'Foo', 'foo', 'Straße']);
    expect(textOf(mount, 'fOO')).toBe('FOO');
    expect(mount.lookup(mount.root, 'STRASSE')).toBeNull();
    const strict = mounted(fill, {}, { case_sensitive: '' });
    expect(textOf(strict, 'Foo')).toBe('Foo');
    expect(strict.lookup(strict.root, 'fOO')).toBeNull();
  });

  test('for DOS are not listed, but found and told', () => {
    const mount = mounted((volume) =>
      volume.file({
        number: 30,
        name: 'a long name.text',
        dosName: 'ALONGN~1.TEX',
        attributes: [resident({ type: TYPE.data }, text('long'))],
      }),
    );
    expect(listed(mount)).toEqual(['a long name.text']);
    expect(textOf(mount, 'alongn~1.tex')).toBe('long');
    expect(mount.properties(at(mount, 'a long name.text'))).toEqual({ dos_name: 'ALONGN~1.TEX' });
    expect(at(mount, 'a long name.text').attr.nlink).toBe(2);
  });

  test('of a record that was given to another file since are damaged, one by one', () => {
    const volume = new NtfsBuilder();
    const entries = [addFile(volume, 30, 'a'), { ...addFile(volume, 31, 'b'), sequence: 9 }, addFile(volume, 32, 'c')];
    volume.rootIndex([volume.indexRoot([], 0), ...volume.indexAllocation([volume.indexBlock(0, entries)])]);
    const mount = mountOf(volume.build());
    expect(listed(mount)).toEqual(['a', 'b', 'c']);
    expect(textOf(mount, 'c')).toBe('c');
    expect(failureOf(() => at(mount, 'b'))).toBe('EUCLEAN record 31 of the MFT belongs to another file by now');
  });

  test('of records that are free, extensions or not there are damaged', () => {
    const volume = new NtfsBuilder();
    volume.record(31, { attributes: [], base: { number: 30, sequence: 1 } });
    const entries = ['free', 'other', 'past'].map((name, i) => ({ name, number: [32, 31, 9999][i] }));
    volume.rootIndex([volume.indexRoot([], 0), ...volume.indexAllocation([volume.indexBlock(0, entries)])]);
    const mount = mountOf(volume.build());
    expect(['free', 'other', 'past'].map((name) => failureOf(() => at(mount, name)))).toEqual([
      'EUCLEAN record 32 of the MFT is not in use',
      'EUCLEAN record 31 of the MFT is an extension, not a file',
      'EUCLEAN a file reference lies behind the end of the MFT',
    ]);
  });

  test("of the file system's own files are shown only if asked for, and only in the root", () => {
    const volume = new NtfsBuilder();
    const dir = [volume.indexRoot([{ name: 'stray', number: 6, parent: 40 }])];
    volume.file({ number: 40, name: 'dir', isDirectory: true, attributes: dir });
    volume.file({ number: 41, name: 'dot', isDirectory: true });
    const entries = [
      { name: '$Bitmap', number: 6 },
      { name: '.', number: 5, sequence: 5 },
      { name: 'dir', number: 40 },
    ];
    volume.rootIndex([volume.indexRoot([], 0), ...volume.indexAllocation([volume.indexBlock(0, entries)])]);
    const bytes = volume.build();
    const mount = mountOf(bytes);
    expect(listed(mount)).toEqual(['dir']);
    expect(mount.lookup(mount.root, '$Bitmap')).toBeNull();
    expect(listed(mount, 'dir')).toEqual(["! a directory names one of the file system's own files"]);
    const all = mountOf(bytes, { show_sys_files: '' });
    expect(listed(all)).toEqual(['$Bitmap', 'dir']);
    expect(at(all, '$bitmap').attr.size).toBe(128);
  });

  test('may hold a colon, and else name a stream', () => {
    const streams = [
      resident({ type: TYPE.data }, text('main')),
      resident({ type: TYPE.data, name: 'side' }, text('aside')),
    ];
    const mount = mounted((volume) => {
      volume.file({ number: 30, name: 'file', attributes: streams });
      volume.file({ number: 31, name: 'x:y', attributes: [resident({ type: TYPE.data }, text('colon'))] });
    });
    expect(textOf(mount, 'x:y')).toBe('colon');
    expect(textOf(mount, 'file:side')).toBe('aside');
    expect(at(mount, 'FILE:side').attr).toMatchObject({ type: 'file', size: 5, fileid: 30 });
    for (const name of ['file:none', 'file:', ':side', 'none:side']) expect(mount.lookup(mount.root, name)).toBeNull();
    expect(mount.listextattr(at(mount, 'file:side'))).toEqual([]);
  });

  test('that cannot be in a path cost only themselves', () => {
    const volume = new NtfsBuilder();
    const entries = [addFile(volume, 30, 'a'), addFile(volume, 31, 'b/c'), addFile(volume, 32, 'd')];
    volume.rootIndex([volume.indexRoot([], 0), ...volume.indexAllocation([volume.indexBlock(0, entries)])]);
    expect(listed(mountOf(volume.build()))).toEqual(['a', '! a directory entry has the impossible name "b/c"', 'd']);
  });

  test('longer than their entries cost only themselves', () => {
    const volume = new NtfsBuilder();
    const entries = [addFile(volume, 30, 'a'), addFile(volume, 31, 'b'), addFile(volume, 32, 'c')];
    const block = volume.indexBlock(0, entries);
    // The second entry's name length: entries start at 64 and are 88 bytes long, keys 16 bytes into them, the length at 64 of these.
    block[64 + 88 + 16 + 64] = 200;
    volume.rootIndex([volume.indexRoot([], 0), ...volume.indexAllocation([block])]);
    expect(listed(mountOf(volume.build()))).toEqual([
      'a',
      '! a name does not fit its entry in the index of a directory',
      'c',
    ]);
  });

  test('behind an entry of length zero are lost, with a word', () => {
    const volume = new NtfsBuilder();
    const entries = [addFile(volume, 30, 'a'), addFile(volume, 31, 'b'), addFile(volume, 32, 'c')];
    const block = volume.indexBlock(0, entries);
    block[64 + 88 + 8] = 0;
    volume.rootIndex([volume.indexRoot([], 0), ...volume.indexAllocation([block])]);
    expect(listed(mountOf(volume.build()))).toEqual(['a', '! an entry in the index of a directory has a wrong length']);
  });
});
